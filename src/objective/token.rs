//! A formula cut into its numbers, names and signs.

use std::ops::Range;

use crate::objective::mistake::{ParseError, Problem};

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
    /// A name; the text has its letters.
    Name,
    /// An operator, parenthesis, comma or comparison.
    Sign(&'static str),
    /// The end of the text, with an empty span.
    End,
}

/// The longest first, so that `<=` is not read as `<`.
const SIGNS: [&str; 13] = ["<=", ">=", "==", "+", "-", "*", "/", "^", "(", ")", ",", "<", ">"];

/// The pieces of `text`, closed by [`Kind::End`].
pub fn split(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (kind, length) = if next.is_ascii_digit() || next == '.' {
            number(rest, at)?
        } else if next.is_ascii_alphabetic() || next == '_' {
            (Kind::Name, run(rest, |c| c.is_ascii_alphanumeric() || c == '_'))
        } else {
            sign(rest, at)?
        };
        tokens.push(Token { kind, span: at..at + length });
        at += length;
    }
    tokens.push(Token { kind: Kind::End, span: at..at });
    Ok(tokens)
}

/// How many bytes at the start of `text` satisfy `is`.
fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

fn number(rest: &str, at: usize) -> Result<(Kind, usize), ParseError> {
    let mut length = run(rest, |c| c.is_ascii_digit() || c == '.');
    if let Some(exponent) = rest[length..].strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let digits = run(&exponent[sign..], |c| c.is_ascii_digit());
        if digits > 0 {
            length += 1 + sign + digits; // otherwise the `e` begins a name, as in `2e`
        }
    }
    let found = &rest[..length];
    let problem = match found.parse::<f64>() {
        Ok(value) if value.is_finite() => return Ok((Kind::Number(value), length)),
        Ok(_) => Problem::HugeNumber { found: found.into() },
        Err(_) => Problem::BadNumber { found: found.into() },
    };
    Err(ParseError { span: at..at + length, problem })
}

fn sign(rest: &str, at: usize) -> Result<(Kind, usize), ParseError> {
    if !rest.starts_with("**")
        && let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign))
    {
        return Ok((Kind::Sign(sign), sign.len()));
    }
    let (length, cure) = strange(rest);
    let found = rest[..length].into();
    Err(ParseError { span: at..at + length, problem: Problem::StrangeCharacter { found, cure } })
}

/// How long the strange piece at the start of `rest` is, and what to write instead.
fn strange(rest: &str) -> (usize, String) {
    if rest.starts_with("**") {
        return (2, ": write ^ for a power".into());
    }
    let lowered: String = rest.chars().map_while(|c| position("₀₁₂₃₄₅₆₇₈₉", c)).collect();
    if !lowered.is_empty() {
        return (3 * lowered.len(), format!(": write {lowered}, as in x{lowered}")); // each takes 3 bytes
    }
    let raised: String = rest.chars().map_while(|c| position("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", c)).collect();
    if !raised.is_empty() {
        let length = rest.chars().take(raised.len()).map(char::len_utf8).sum();
        return (length, format!(": write ^{raised}"));
    }
    let first = rest.chars().next().unwrap_or(' ');
    let instead = match first {
        '·' | '⋅' | '×' | '∙' | '•' => ": write *",
        '−' | '–' | '—' => ": write -",
        '÷' | '∕' | '⁄' | ':' => ": write /",
        'π' => ": write pi",
        '√' => ": write sqrt(…)",
        '≤' => ": write <=",
        '≥' => ": write >=",
        '=' => ": write == in a condition, and only the right-hand side of an equation",
        '|' => ": write abs(…)",
        '[' | '{' => ": write (",
        ']' | '}' => ": write )",
        _ => "",
    };
    (first.len_utf8(), instead.into())
}

/// The ASCII digit (or minus) at the place where `c` stands in `digits`.
fn position(digits: &str, c: char) -> Option<char> {
    digits.chars().position(|digit| digit == c).and_then(|place| "0123456789-".chars().nth(place))
}
