//! How a formula is written with its numbers put in.

use crate::engine::rule::working::{Equation, Tone, Working, base};
use crate::objective::formula::names::{self, canonical};
use crate::objective::formula::token::{self, TokenKind};
use crate::view::paper::lines::Line;
use crate::view::paper::theme::Ink;

/// A working, an equation a line.
pub fn set(working: Working) -> impl Iterator<Item = Line> {
    working.into_iter().map(line)
}

/// One equation; its result stands out.
pub fn line(written: Equation) -> Line {
    let Equation { name, sign, ways, notes, indent } = written;
    let count = ways.len();
    let way = |(at, way): (usize, String)| {
        let ink = if at + 1 == count { Ink::Emphasis } else { Ink::Text };
        (ink, if at == 0 { format!("{name} {sign} {way}") } else { format!("= {way}") })
    };
    let text = (count == 0 && !name.is_empty()).then(|| (Ink::Text, name.clone()));
    let pieces = text.into_iter().chain(ways.into_iter().enumerate().map(way));
    let notes = notes.into_iter().map(|(tone, note)| (ink(tone), note));
    Line::of(pieces.chain(notes).collect()).indented(indent)
}

fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Plain => Ink::Text,
        Tone::Result => Ink::Emphasis,
        Tone::Good => Ink::Good,
        Tone::Warning => Ink::Warning,
        Tone::Bad => Ink::Bad,
        Tone::Dim => Ink::Dim,
    }
}

/// One formula: its name, the ways to write it, and its value, which stands out.
pub fn equation(name: &str, ways: &[String]) -> Line {
    line(Equation::new(name, ways))
}

/// The text of an objective with the coordinates of a point in the place of its variables; `None` if it cannot be read.
pub fn put_in(text: &str, point: &[f64]) -> Option<String> {
    let mut written = String::new();
    let mut end = 0;
    let mut is_power = false;
    let (mut is_operand, mut is_function) = (false, false);
    let pieces = token::split(text);
    if !pieces.faults.is_empty() {
        return None;
    }
    for token in pieces.tokens {
        let piece = &text[token.span.clone()];
        let raised = is_power.then(|| raised(piece)).flatten();
        let value = coordinate(piece).filter(|_| token.kind == TokenKind::Name).and_then(|index| point.get(index));
        is_power = token.kind == TokenKind::Sign("^");
        if raised.is_some() {
            written.truncate(written.trim_end_matches(['^', ' ']).len());
        } else if text[end..token.span.start].contains(char::is_whitespace) {
            written.push(' ');
        }
        // Where the product was written without its sign, two numbers would become one.
        let begins = matches!(token.kind, TokenKind::Number(_) | TokenKind::Name | TokenKind::Sign("("));
        if is_operand && begins {
            written.truncate(written.trim_end().len());
            written.push('·');
        }
        // The raised 2 of sin²(x) is a part of its name.
        is_operand = value.is_some()
            || matches!(token.kind, TokenKind::Number(_) | TokenKind::Sign(")"))
            || matches!(token.kind, TokenKind::Raised(_)) && !is_function;
        is_function = token.kind == TokenKind::Name && value.is_none();
        end = token.span.end;
        match (raised, value, token.kind) {
            (Some(raised), ..) => written.push(raised),
            (_, Some(value), _) => written.push_str(&base(*value)),
            (_, _, TokenKind::Sign("*")) => written.push('·'),
            (_, _, TokenKind::Sign("-")) => written.push('−'),
            (_, _, TokenKind::Sign("^")) => written.push('^'),
            _ => written.push_str(piece),
        }
    }
    Some(written)
}

fn raised(exponent: &str) -> Option<char> {
    ["2", "3", "4"].iter().position(|known| *known == exponent).and_then(|at| "²³⁴".chars().nth(at))
}

fn coordinate(name: &str) -> Option<usize> {
    match canonical(name).to_ascii_lowercase().as_str() {
        "x" => Some(0),
        "y" => Some(1),
        name => names::coordinate(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_place_of_names() {
        let at = [2.0, -20.0];
        assert_eq!(put_in("10*x1^2 + x2^2/2", &at).unwrap(), "10·2² + (−20)²/2");
        assert_eq!(put_in("(1-x)^2+exp(-y)", &at).unwrap(), "(1−2)²+exp(−(−20))");
        assert_eq!(put_in("x1^x2", &at).unwrap(), "2^(−20)");
        assert_eq!(put_in("x1^2", &[1e-9]).unwrap(), "(1.0e-9)²");
        assert_eq!(put_in("2x1² + 3(x₂+1)X1", &at).unwrap(), "2·2² + 3·((−20)+1)·2");
        assert_eq!(put_in("x1**2 − sin²(x2)", &at).unwrap(), "2² − sin²((−20))");
        assert_eq!(put_in("x1 $", &at), None);
    }
}
