//! How many coordinates a formula names.

use crate::objective::formula::names::{canonical, coordinate};
use crate::objective::formula::parse::cure::{indexed, latin};
use crate::objective::formula::parse::heading;
use crate::objective::formula::token::{TokenKind, split};

/// The largest number of a coordinate in a text: 2 for `x1*x2`, `x^2 + y^2`, `X₂` and `xy`, 0 where none is named. What
/// a book writes instead counts too, so that the formula to write in its place can be named: `θ₁`, and `z` beside x and y.
pub fn named(text: &str) -> usize {
    let (body, _) = heading::of(text);
    let mut highest = 0;
    let mut has_z = false;
    for token in split(&text[body..]).tokens {
        let found = match token.kind {
            TokenKind::Coordinate(index) => index + 1,
            TokenKind::Name => {
                let name = canonical(&text[body..][token.span]).to_ascii_lowercase();
                let name = latin(&name).unwrap_or(name);
                has_z |= name.contains('z') && is_joined(&name);
                of_name(&name)
            }
            _ => 0,
        };
        highest = highest.max(found);
    }
    if has_z && highest > 0 { highest.max(3) } else { highest }
}

fn of_name(name: &str) -> usize {
    if let Some(index) = coordinate(name).or_else(|| indexed(name)) {
        return index.saturating_add(1);
    }
    if !is_joined(name) {
        return 0;
    }
    let indices = name.split('x').skip(1).filter_map(|rest| {
        let digits = rest.trim_end_matches(|c: char| !c.is_ascii_digit());
        if digits.is_empty() { Some(1) } else { digits.parse().ok() }
    });
    indices.chain(name.contains('y').then_some(2)).max().unwrap_or(0)
}

/// Whether a name is made of coordinates alone, as `xy` and `x1x2` are.
fn is_joined(name: &str) -> bool {
    name.len() <= 24 && name.chars().all(|c| matches!(c, 'x' | 'y' | 'z' | '0'..='9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_found_however_they_are_written() {
        for (text, dimension) in [
            ("3", 0),
            ("x^2", 1),
            ("X1 + y", 2),
            ("f(x1, x2, x3) = x1^2", 1),
            ("xy", 2),
            ("x1x3", 3),
            ("x₂ + x_{12}", 12),
            ("x[0]^2 + x[4]", 5),
            ("θ₁² + θ₂²", 2),
            ("x^2 + y^2 + z^2", 3),
            ("z^2", 0),
            ("exp(x1)", 1),
            ("max(x1, x7)", 7),
        ] {
            assert_eq!(named(text), dimension, "{text}");
        }
    }
}
