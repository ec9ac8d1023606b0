//! A formula cut into its numbers, names and signs; what nobody can read is told, and the rest goes on.

use std::ops::Range;

use crate::objective::glyph::{
    fraction, is_invisible, is_lowered_letter, is_raised_letter, lowered, plain, raised,
};
use crate::objective::latex::{self, Command, Instead};
use crate::objective::mistake::{Edit, Fault, Problem};

/// One piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// What a piece of a formula is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A finite number, never negative: a minus sign is a sign of its own.
    Number(f64),
    /// A whole number written above, as in `x⁻¹`.
    Raised(f64),
    /// A name; the text has its letters.
    Name,
    /// The coordinate `x[i]`, counted from 0, written in a way that was told as a fault.
    Coordinate(usize),
    /// An operator, parenthesis, comma, comparison, or one of the words `and`, `or`, `not`.
    Sign(&'static str),
    /// Something that was told as a fault without a cure.
    Unreadable,
    /// The end of the text, with an empty span.
    End,
}

/// The pieces of a text, closed by [`Kind::End`], and what is wrong with its characters.
pub struct Pieces {
    /// The pieces, as if every cure had been taken.
    pub tokens: Vec<Token>,
    /// The faults, in the order of the text.
    pub faults: Vec<Fault>,
}

/// What is written, and what it means; the longest first, so that `<=` is not read as `<`.
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

/// What is written elsewhere, what to write here, and what that means; no cure says that it is no part of a formula.
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

/// The pieces of `text`.
pub fn split(text: &str) -> Pieces {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), faults: Vec::new(), open: Vec::new() };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.tokens.push(Token { kind: Kind::End, span: text.len()..text.len() });
    Pieces { tokens: lexer.tokens, faults: lexer.faults }
}

/// Where the cutting stands.
struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    faults: Vec<Fault>,
    open: Vec<Closing>,
}

/// How an open bracket is closed.
struct Closing {
    /// The character that closes it.
    sign: char,
    /// What it means then, and what to write.
    signs: Vec<&'static str>,
    /// Whether a second group has to follow: the denominator of a LaTeX fraction.
    is_numerator: bool,
    /// The fault that told of its opening.
    fault: Option<usize>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on by so many bytes with a token for them.
    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Tells that `length` bytes are strange, that `instead` is to be written for them, and goes on as if it had been.
    fn cure(&mut self, length: usize, cure: String, instead: &str, kinds: &[Kind]) {
        let span = self.at..self.at + length;
        let problem = Problem::Strange { found: named(&self.text[span.clone()]), cure };
        self.faults.push(Fault::cured(span.clone(), problem, instead));
        self.tokens.extend(kinds.iter().map(|kind| Token { kind: *kind, span: span.clone() }));
        self.at += length;
    }

    /// Tells that `length` bytes are strange, with no cure that a machine could make.
    fn refuse(&mut self, length: usize, cure: &str) {
        let problem = Problem::Strange { found: named(&self.rest()[..length]), cure: cure.into() };
        self.faults.push(Fault::open(self.at..self.at + length, problem));
        self.push(Kind::Unreadable, length);
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        let next = plain(first);
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if next.is_ascii_digit() || (next == '.' && digit_follows(rest)) {
            self.number();
        } else if raised(first).is_some() {
            self.raised();
        } else if let Some((above, below)) = fraction(first) {
            self.push(Kind::Number(above / below), first.len_utf8());
        } else if first == '\\' {
            self.latex();
        } else if next == '_' || next.is_alphabetic() && !is_raised_letter(first) && !is_lowered_letter(first) {
            self.name();
        } else {
            self.sign(first, next);
        }
    }

    fn number(&mut self) {
        let rest = self.rest();
        let mut length = run(rest, |c| plain(c).is_ascii_digit() || plain(c) == '.');
        let after = &rest[length..];
        if let Some(exponent) = after.strip_prefix(['e', 'E']) {
            let sign = exponent.chars().next().filter(|c| matches!(plain(*c), '+' | '-')).map_or(0, char::len_utf8);
            let digits = run(&exponent[sign..], |c| plain(c).is_ascii_digit());
            if digits > 0 {
                length += 1 + sign + digits; // otherwise the `e` begins a name, as in `2e`
            }
        }
        let groups = run(&rest[length..], |c| plain(c).is_ascii_digit() || "_'’".contains(c));
        let found = &rest[..length];
        let ascii: String = found.chars().map(plain).collect();
        if groups > 0 {
            let digits: String = rest[..length + groups].chars().map(plain).filter(char::is_ascii_digit).collect();
            let value = digits.parse().unwrap_or(f64::NAN);
            return self.cure(length + groups, format!(": write {digits}"), &digits, &[Kind::Number(value)]);
        }
        let problem = match ascii.parse::<f64>() {
            Ok(value) if value.is_finite() => return self.push(Kind::Number(value), length),
            Ok(_) => Problem::HugeNumber { found: found.into() },
            Err(_) => Problem::BadNumber { found: found.into() },
        };
        self.faults.push(Fault::open(self.at..self.at + length, problem));
        self.push(Kind::Unreadable, length);
    }

    fn raised(&mut self) {
        let length = run(self.rest(), |c| raised(c).is_some());
        let digits: String = self.rest()[..length].chars().filter_map(raised).collect();
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => self.push(Kind::Raised(value), length),
            _ => self.refuse(length, ": write a whole number, as in x1^2"),
        }
    }

    fn name(&mut self) {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or(' ');
        let is_ascii = |c: char| plain(c).is_ascii_alphanumeric() || plain(c) == '_';
        let mut length = if is_ascii(first) {
            run(rest, is_ascii)
        } else if first.is_alphabetic() && ('α'..='ω').contains(&plain(first)) {
            let tail = |c: char| plain(c) != 'π' && (plain(c).is_ascii_digit() || c == '_');
            let letter = first.len_utf8();
            letter + if plain(first) == 'π' { 0 } else { run(&rest[letter..], tail) }
        } else {
            run(rest, |c| c.is_alphabetic() || c.is_ascii_digit() || c == '_')
        };
        length += braces(rest, length);
        length += run(&rest[length..], |c| lowered(c).is_some() || is_lowered_letter(c));
        while rest[length..].starts_with('.') && rest[length + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            length += 1 + run(&rest[length + 1..], |c| c.is_ascii_alphanumeric() || c == '_'); // `np.sin`
        }
        match &rest[..length] {
            "and" | "AND" => return self.push(Kind::Sign("and"), length),
            "or" | "OR" => return self.push(Kind::Sign("or"), length),
            "not" | "NOT" => return self.push(Kind::Sign("not"), length),
            _ => {}
        }
        let index = rest[length..].strip_prefix('[').and_then(|inner| inner.split_once(']')).map(|(index, _)| index);
        match index.map(|index| (index, index.parse::<usize>())) {
            Some((index, Ok(number))) if number < 1000 && length < 6 => {
                // Where x[0] is found, coordinates are counted from 0.
                let place = if self.text.contains("[0]") { number } else { number.saturating_sub(1) };
                let instead = format!("x{}", place + 1);
                let cure = format!(": write {instead}");
                self.cure(length + index.len() + 2, cure, &instead, &[Kind::Coordinate(place)]);
            }
            _ => self.push(Kind::Name, length),
        }
    }

    fn sign(&mut self, first: char, next: char) {
        let rest = self.rest();
        if let Some((written, instead, sign)) = ELSEWHERE.iter().find(|(written, ..)| rest.starts_with(written)) {
            return match *instead {
                "" => self.push(Kind::Sign(sign), written.len()), // the parser says what to write
                _ => self.cure(written.len(), format!(": write {instead}"), instead, &[Kind::Sign(sign)]),
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
            return self.push(Kind::Sign(sign), length);
        }
        let length = first.len_utf8();
        match next {
            '[' => self.bracket(1, ']', vec!["("], vec![")"]),
            '{' => self.bracket(1, '}', vec!["("], vec![")"]),
            ']' | '}' => self.close(next),
            ';' if rest.trim() == ";" => self.cure(length, ": write nothing after the formula".into(), "", &[]),
            ';' => self.cure(length, ": write a comma between arguments".into(), ",", &[Kind::Sign(",")]),
            '$' => self.cure(length, ": take it out".into(), "", &[]),
            '"' | '`' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' if self.is_at_border(length) => {
                self.cure(length, ": write the formula alone".into(), "", &[]);
            }
            '.' if rest.trim() == "." => self.cure(length, ": write nothing after the formula".into(), "", &[]),
            '=' if !self.open.is_empty() => self.cure(length, ": write ==".into(), "==", &[Kind::Sign("==")]),
            '√' | '∛' => self.push(Kind::Name, length),
            _ if is_invisible(first) => {
                self.cure(length, ": take it out".into(), "", &[]);
            }
            _ if lowered(first).is_some() => self.refuse(length, ": write an index right behind its name, as in x1"),
            _ => self.refuse(length, in_words(first)),
        }
    }

    /// Whether nothing but spaces stands before or behind the next `length` bytes.
    fn is_at_border(&self, length: usize) -> bool {
        self.text[..self.at].trim().is_empty() || self.rest()[length..].trim().is_empty()
    }

    fn latex(&mut self) {
        let Command { length, instead } = latex::command(self.rest());
        let text = &self.rest()[..length];
        match instead {
            Instead::Nothing => self.cure(length, ": take it out".into(), "", &[]),
            Instead::Letters => {
                let letters = text[1..].to_owned();
                self.cure(1, format!(": write {letters}"), "", &[]);
            }
            Instead::CubeRoot => self.cure(length, ": write cbrt".into(), "cbrt", &[Kind::Name]),
            Instead::Sign(sign) => self.cure(length, format!(": write {sign}"), sign, &[Kind::Sign(sign)]),
            Instead::Group => self.bracket(length, '}', Vec::new(), vec![]),
            Instead::Fraction { signs, is_simple } => {
                let ends = if is_simple { vec![] } else { vec![")"] };
                self.bracket(length, '}', signs, ends);
                if let Some(open) = self.open.last_mut() {
                    open.is_numerator = true;
                }
            }
            Instead::Author(cure) => self.refuse(length, cure),
        }
    }

    /// A bracket of `length` bytes that formulas do not use, with what it and its end are to be.
    fn bracket(&mut self, length: usize, sign: char, begin: Vec<&'static str>, end: Vec<&'static str>) {
        let text = begin.concat();
        let cure = if text.is_empty() { ": take it out".into() } else { format!(": write {text}") };
        let kinds: Vec<Kind> = begin.into_iter().map(Kind::Sign).collect();
        self.cure(length, cure, &text, &kinds);
        let fault = self.faults.len().checked_sub(1);
        self.open.push(Closing { sign, signs: end, is_numerator: false, fault });
    }

    /// The end of such a bracket, told with its beginning.
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
        self.tokens.extend(closing.signs.iter().map(|sign| Token { kind: Kind::Sign(sign), span: span.clone() }));
        self.at += length;
    }
}

/// How a strange piece of text is named: in backquotes, or by its number if it cannot be seen.
fn named(found: &str) -> String {
    match found.chars().next() {
        Some(first) if is_invisible(first) => format!("the invisible character U+{:04X}", first as u32),
        _ => format!("`{found}`"),
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
        '∇' | '∂' | '∫' => ": derivatives are found by the program; write f alone",
        '@' => ": write out the matrix product, as in 2*x1^2 + 2*x1*x2",
        '&' => ": write and",
        '±' | '∓' => ": write + or -",
        '∜' => ": write a fourth root as (…)^(1/4)",
        '°' => ": write an angle in radians, as in x1*pi/180",
        '\'' | '′' | '’' => ": derivatives are found by the program; write f alone",
        '…' => ": write out every term",
        '#' | '~' | '\\' => ": write plain text, as in sin(x1)^2/2",
        _ if is_raised_letter(c) => ": write a power as x1^2",
        _ => ": write numbers, x1, x2, + - * / ^ and functions such as sin(x1)",
    }
}

fn digit_follows(rest: &str) -> bool {
    rest.chars().nth(1).is_some_and(|c| plain(c).is_ascii_digit() || c == '.')
}

/// The bytes of `{12}` behind a name that ends with an underscore.
fn braces(rest: &str, length: usize) -> usize {
    let inner = rest[..length].ends_with('_').then(|| rest[length..].strip_prefix('{')).flatten();
    inner.and_then(|inner| inner.split_once('}')).map_or(0, |(index, _)| {
        let is_index = !index.is_empty() && index.len() < 8 && index.chars().all(|c| c.is_ascii_alphanumeric());
        if is_index { index.len() + 2 } else { 0 }
    })
}

/// How many bytes at the start of `text` satisfy `is`.
fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}
