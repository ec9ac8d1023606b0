//! The signs of a formula, and all that people write and formulas do not use: each is told with what to write.

use crate::objective::formula::mistake::Edit;
use crate::objective::formula::parse::glyph::{is_invisible, is_raised_letter, lowered};
use crate::objective::formula::parse::latex::{self, Instead, LatexCommand};
use crate::objective::formula::token::{Closing, Lexer, Token, TokenKind};

/// Operators of formulas: the written sign and its token; the longest first, so that `<=` is not read as `<`.
const SIGNS: [(&str, &str); 29] = [
    ("**", "^"),
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("&&", "and"),
    ("≤", "<="),
    ("⩽", "<="),
    ("≦", "<="),
    ("≥", ">="),
    ("⩾", ">="),
    ("≧", ">="),
    ("≠", "!="),
    ("∧", "and"),
    ("∨", "or"),
    ("¬", "not"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    ("<", "<"),
    (">", ">"),
    ("|", "|"),
    ("!", "not"),
    ("%", "%"),
];

/// Operators of other languages: the written sign, its correction, and the token; an empty correction means there is none.
const ELSEWHERE: [(&str, &str, &str); 10] = [
    ("===", "==", "=="),
    ("!==", "!=", "!="),
    ("<>", "!=", "!="),
    ("=<", "<=", "<="),
    ("=>", ">=", ">="),
    (".^", "^", "^"),
    (".*", "*", "*"),
    ("./", "/", "/"),
    ("?", "", "?"),
    (":", "", ":"),
];

impl Lexer<'_> {
    pub fn sign(&mut self, first: char, next: char) {
        let rest = self.rest();
        if let Some((written, instead, sign)) = ELSEWHERE.iter().find(|(written, ..)| rest.starts_with(written)) {
            return match *instead {
                "" => self.push(TokenKind::Sign(sign), written.len()), // the parser says what to write
                _ => self.cure(written.len(), format!(": write {instead}"), instead, &[TokenKind::Sign(sign)]),
            };
        }
        let mut buffer = [0; 4];
        let folded: &str = next.encode_utf8(&mut buffer);
        let known = SIGNS.iter().find(|(written, _)| rest.starts_with(written) || *written == folded);
        if let Some((written, sign)) = known {
            if *sign == "(" {
                self.open.push(Closing { sign: ')', signs: vec![")"], is_numerator: false, fault: None });
            } else if *sign == ")" && self.open.last().is_some_and(|open| open.sign == ')') {
                self.open.pop();
            }
            let length = if rest.starts_with(written) { written.len() } else { first.len_utf8() };
            return self.push(TokenKind::Sign(sign), length);
        }
        let length = first.len_utf8();
        match next {
            '[' => self.bracket(1, ']', vec!["("], vec![")"]),
            '{' => self.bracket(1, '}', vec!["("], vec![")"]),
            ']' | '}' => self.close(next),
            ';' if rest.trim() == ";" => self.cure(length, ": write nothing after the formula".into(), "", &[]),
            ';' => self.cure(length, ": write a comma between arguments".into(), ",", &[TokenKind::Sign(",")]),
            '$' => self.cure(length, ": take it out".into(), "", &[]),
            '"' | '`' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' if self.is_at_border(length) => {
                self.cure(length, ": write the formula alone".into(), "", &[]);
            }
            '.' if rest.trim() == "." => self.cure(length, ": write nothing after the formula".into(), "", &[]),
            '=' if !self.open.is_empty() => self.cure(length, ": write ==".into(), "==", &[TokenKind::Sign("==")]),
            '√' | '∛' => self.push(TokenKind::Name, length),
            _ if is_invisible(first) => {
                self.cure(length, ": take it out".into(), "", &[]);
            }
            _ if lowered(first).is_some() => self.refuse(length, ": write an index right behind its name, as in x1"),
            '∑' | '∏' | '∫' | '∇' | '∂' => self.refuse_as(TokenKind::Notation, length, in_words(first)),
            _ => self.refuse(length, in_words(first)),
        }
    }

    /// Whether nothing but spaces stands before or behind the next `length` bytes.
    fn is_at_border(&self, length: usize) -> bool {
        self.text[..self.at].trim().is_empty() || self.rest()[length..].trim().is_empty()
    }

    pub fn latex(&mut self) {
        let LatexCommand { length, instead } = latex::command(self.rest());
        let text = &self.rest()[..length];
        match instead {
            Instead::Nothing => self.cure(length, ": take it out".into(), "", &[]),
            Instead::Letters => {
                let letters = text[1..].to_owned();
                self.cure(1, format!(": write {letters}"), "", &[]);
            }
            Instead::CubeRoot => self.cure(length, ": write cbrt".into(), "cbrt", &[TokenKind::Name]),
            Instead::Sign(sign) => self.cure(length, format!(": write {sign}"), sign, &[TokenKind::Sign(sign)]),
            Instead::Group => self.bracket(length, '}', Vec::new(), vec![]),
            Instead::Fraction { signs, is_simple } => {
                let ends = if is_simple { vec![] } else { vec![")"] };
                self.bracket(length, '}', signs, ends);
                if let Some(open) = self.open.last_mut() {
                    open.is_numerator = true;
                }
            }
            Instead::Author(cure) => self.refuse(length, cure),
            Instead::Notation(cure) => self.refuse_as(TokenKind::Notation, length, cure),
        }
    }

    /// A bracket of `length` bytes that formulas do not use, with what it and its end are to be.
    fn bracket(&mut self, length: usize, sign: char, begin: Vec<&'static str>, end: Vec<&'static str>) {
        let text = begin.concat();
        let cure = match (length, text.is_empty()) {
            (_, true) => ": take it out".into(),
            (1, false) => ": write ( and )".into(),
            _ => ": write a fraction as (a)/(b)".into(),
        };
        let kinds: Vec<TokenKind> = begin.into_iter().map(TokenKind::Sign).collect();
        self.cure(length, cure, &text, &kinds);
        let fault = self.faults.len().checked_sub(1);
        self.open.push(Closing { sign, signs: end, is_numerator: false, fault });
    }

    /// Closes such a bracket; its correction joins the fault of the opening.
    fn close(&mut self, sign: char) {
        let Some(mut closing) = self.open.pop_if(|open| open.sign == sign) else {
            return self.refuse(1, ": take it out");
        };
        let mut length = 1;
        if closing.is_numerator {
            let Some(gap) = self.rest()[1..].find('{').filter(|gap| self.rest()[1..=*gap].trim().is_empty()) else {
                return self.refuse(1, ": write a fraction as (a)/(b)");
            };
            length += gap + 1;
            let is_simple = latex::is_simple(&self.rest()[length..]);
            closing.signs.push("/");
            closing.signs.extend((!is_simple).then_some("("));
            let signs = if is_simple { vec![")"] } else { vec![")", ")"] };
            self.open.push(Closing { sign, signs, is_numerator: false, fault: closing.fault });
        }
        let span = self.at..self.at + length;
        if let Some(edits) = closing.fault.and_then(|fault| self.faults.get_mut(fault)?.edits.as_mut()) {
            edits.push(Edit::new(span.clone(), closing.signs.concat()));
        }
        self.tokens.extend(closing.signs.iter().map(|sign| Token { kind: TokenKind::Sign(sign), span: span.clone() }));
        self.at += length;
    }
}

/// What to write for a character that has no single cure.
fn in_words(c: char) -> &'static str {
    match c {
        '=' => ": write == in a condition, and only the right-hand side of an equation",
        '∑' | 'Σ' => ": write out the sum, as in x1^2 + x2^2",
        '∏' | 'Π' => ": write out the product, as in x1*x2",
        '∞' => ": write a finite number such as 1e308",
        '‖' => ": write a norm as sqrt(x1^2 + x2^2)",
        '∇' | '∂' | '∫' | '\'' | '′' | '’' => ": derivatives are found by the program; write f alone",
        '@' => ": write out the matrix product, as in 2*x1^2 + 2*x1*x2",
        '&' => ": write and",
        '±' | '∓' => ": write + or -",
        '∜' => ": write a fourth root as (…)^(1/4)",
        '°' => ": write an angle in radians, as in x1*pi/180",
        '…' => ": write out every term",
        '#' | '~' | '\\' => ": write plain text, as in sin(x1)^2/2",
        _ if is_raised_letter(c) => ": write a power as x1^2",
        _ => ": write numbers, x1, x2, + - * / ^ and functions such as sin(x1)",
    }
}
