//! A formula cut into its numbers, names and signs; what nobody can read is told, and the rest goes on.

use std::ops::Range;

use crate::objective::formula::mistake::{Fault, Problem};
use crate::objective::formula::parse::glyph::{
    fraction, is_invisible, is_lowered_letter, is_raised_letter, lowered, plain, raised,
};

/// One piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// What a piece of a formula is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TokenKind {
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
    /// Text that was recorded as a fault without a correction.
    Unreadable,
    /// The same, where the text that follows is no formula either: a sum sign, an integral, the cases of LaTeX.
    Notation,
    /// The end of the text, with an empty span.
    End,
}

/// The pieces of a text, closed by [`TokenKind::End`], and what is wrong with its characters.
pub struct Pieces {
    /// The pieces, as if every cure had been taken.
    pub tokens: Vec<Token>,
    /// The faults, in the order of the text.
    pub faults: Vec<Fault>,
}

/// The pieces of `text`.
pub fn split(text: &str) -> Pieces {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), faults: Vec::new(), open: Vec::new() };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.tokens.push(Token { kind: TokenKind::End, span: text.len()..text.len() });
    Pieces { tokens: lexer.tokens, faults: lexer.faults }
}

/// The lexer: the text, the position, and the tokens found so far.
pub(in crate::objective) struct Lexer<'a> {
    pub text: &'a str,
    pub at: usize,
    pub tokens: Vec<Token>,
    pub faults: Vec<Fault>,
    pub open: Vec<Closing>,
}

/// An open bracket: how it is closed, and what is written for both.
pub(in crate::objective) struct Closing {
    /// The character that closes it.
    pub sign: char,
    /// What it means then, and what to write.
    pub signs: Vec<&'static str>,
    /// Whether a second group has to follow: the denominator of a LaTeX fraction.
    pub is_numerator: bool,
    /// Index of the fault that was recorded at its opening; `None` if there is none.
    pub fault: Option<usize>,
}

impl<'a> Lexer<'a> {
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Appends a token of `length` bytes and moves behind it.
    pub fn push(&mut self, kind: TokenKind, length: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Records a fault of `length` bytes whose correction is `instead`, and continues as if it were written.
    pub fn cure(&mut self, length: usize, cure: String, instead: &str, kinds: &[TokenKind]) {
        let span = self.at..self.at + length;
        let problem = Problem::Strange { found: named(&self.text[span.clone()]), cure };
        self.faults.push(Fault::cured(span.clone(), problem, instead));
        self.tokens.extend(kinds.iter().map(|kind| Token { kind: *kind, span: span.clone() }));
        self.at += length;
    }

    /// Records a fault of `length` bytes without a correction.
    pub fn refuse(&mut self, length: usize, cure: &str) {
        self.refuse_as(TokenKind::Unreadable, length, cure);
    }

    pub fn refuse_as(&mut self, kind: TokenKind, length: usize, cure: &str) {
        let problem = Problem::Strange { found: named(&self.rest()[..length]), cure: cure.into() };
        self.faults.push(Fault::open(self.at..self.at + length, problem));
        self.push(kind, length);
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
            self.push(TokenKind::Number(above / below), first.len_utf8());
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
            return self.cure(length + groups, format!(": write {digits}"), &digits, &[TokenKind::Number(value)]);
        }
        let problem = match ascii.parse::<f64>() {
            Ok(value) if value.is_finite() => return self.push(TokenKind::Number(value), length),
            Ok(_) => Problem::HugeNumber { found: found.into() },
            Err(_) => Problem::BadNumber { found: found.into() },
        };
        self.faults.push(Fault::open(self.at..self.at + length, problem));
        self.push(TokenKind::Number(1.0), length);
    }

    fn raised(&mut self) {
        let length = run(self.rest(), |c| raised(c).is_some());
        let digits: String = self.rest()[..length].chars().filter_map(raised).collect();
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => self.push(TokenKind::Raised(value), length),
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
        // `np.sin`, `std::sin`
        while let Some(dots) = [".", "::"].iter().find(|dots| rest[length..].starts_with(**dots)).map(|dots| dots.len())
            && rest[length + dots..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            length += dots + run(&rest[length + dots..], |c| c.is_ascii_alphanumeric() || c == '_');
        }
        match &rest[..length] {
            "and" | "AND" => return self.push(TokenKind::Sign("and"), length),
            "or" | "OR" => return self.push(TokenKind::Sign("or"), length),
            "not" | "NOT" => return self.push(TokenKind::Sign("not"), length),
            _ => {}
        }
        let index = rest[length..].strip_prefix('[').and_then(|inner| inner.split_once(']')).map(|(index, _)| index);
        match index.map(|index| (index, index.parse::<usize>())) {
            Some((index, Ok(number))) if number < 1000 && length < 6 => {
                // Where x[0] is found, coordinates are counted from 0.
                let place = if self.text.contains("[0]") { number } else { number.saturating_sub(1) };
                let instead = format!("x{}", place + 1);
                let cure = format!(": write {instead}");
                self.cure(length + index.len() + 2, cure, &instead, &[TokenKind::Coordinate(place)]);
            }
            _ => self.push(TokenKind::Name, length),
        }
    }
}

/// The name of a character or text in a complaint: in backquotes, or by its code point if it is invisible.
fn named(found: &str) -> String {
    match found.chars().next() {
        Some('`') => "a backquote".into(),
        Some(first) if is_invisible(first) => format!("the invisible character U+{:04X}", first as u32),
        _ => format!("`{found}`"),
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
