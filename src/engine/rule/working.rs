//! Arithmetic as data: equations with their numbers put in, which a rule writes and a view sets.

use unicode_width::UnicodeWidthStr;

use crate::engine::number::{right, short};
use crate::engine::record::memory::{Memory, Remembered};
use crate::engine::record::trial::{Origin, Trial};
use crate::objective::point::{Matrix, Vector};

/// So many coordinates are written out; more are only counted.
pub const MOST_SHOWN: usize = 4;
/// A matrix of more rows is not written out.
pub const MOST_ROWS: usize = 3;

/// The arithmetic of a rule: equations in the order in which they are computed.
pub type Working = Vec<Equation>;

/// How a note is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As a part of the arithmetic.
    Plain,
    Result,
    /// A condition holds.
    Good,
    /// Something to look out for.
    Warning,
    /// A condition fails.
    Bad,
    /// An explanation.
    Dim,
}

/// One formula: its name, the ways to write it, and notes behind them; or a note alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// What is computed, such as `∇fᵀd`; empty for a note alone.
    pub name: String,
    /// The sign between the name and the first way: `=`, or `←` for an assignment.
    pub sign: &'static str,
    /// The ways to write it: letters, numbers, and last the result. Empty for a text.
    pub ways: Vec<String>,
    /// What is said behind it, each note with its tone.
    pub notes: Vec<(Tone, String)>,
    /// How many columns farther right it stands.
    pub indent: usize,
}

impl Equation {
    /// `name = way = way`, the last way being the result.
    pub fn new(name: impl Into<String>, ways: impl Into<Vec<String>>) -> Self {
        Self { name: name.into(), sign: "=", ways: ways.into(), notes: Vec::new(), indent: 0 }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::new(text, [])
    }

    /// A note alone.
    pub fn note(tone: Tone, text: impl Into<String>) -> Self {
        Self::text("").noted(tone, text)
    }

    /// The same with a note behind it.
    #[must_use]
    pub fn noted(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.notes.push((tone, text.into()));
        self
    }

    /// The same, so many columns farther right.
    #[must_use]
    pub fn indented(self, by: usize) -> Self {
        Self { indent: self.indent + by, ..self }
    }
}

/// A point or a vector: `(2, 20)`; a single coordinate is only a number.
pub fn vector(entries: &[f64]) -> String {
    if let [only] = entries {
        return short(*only);
    }
    let shown: Vec<String> = entries.iter().take(MOST_SHOWN).map(|entry| short(*entry)).collect();
    match entries.len().saturating_sub(MOST_SHOWN) {
        0 => format!("({})", shown.join(", ")),
        more => format!("({}, … {more} more)", shown.join(", ")),
    }
}

/// A number inside a product or behind a plus: in brackets if it is negative.
pub fn factor(number: f64) -> String {
    let text = short(number);
    if number < 0.0 { format!("({text})") } else { text }
}

/// A number that is raised to a power: in brackets if it is negative or has an exponent of its own.
pub fn base(number: f64) -> String {
    let text = short(number);
    if number < 0.0 || text.contains('e') { format!("({text})") } else { text }
}

/// A number as an index: `₁₂`.
pub fn index(number: usize) -> String {
    let lowered = |digit: char| digit.to_digit(10).and_then(|digit| char::from_u32('₀' as u32 + digit));
    number.to_string().chars().filter_map(lowered).collect()
}

/// A matrix row by row where it is small.
pub fn matrix(name: &str, matrix: &Matrix) -> Working {
    let n = matrix.nrows();
    if n > MOST_ROWS {
        return vec![Equation::text(format!("{name}: {n} × {}", matrix.ncols()))];
    }
    let entries = |i: usize| (0..matrix.ncols()).map(move |j| short(matrix[(i, j)]));
    let wide = (0..n).flat_map(entries).map(|entry| entry.width()).max().unwrap_or(0);
    let row = |i: usize| entries(i).map(|entry| right(&entry, wide)).collect::<Vec<_>>().join("  ");
    let blank = " ".repeat(name.width() + 3);
    let line = |i: usize| format!("{}[ {} ]", if i == 0 { format!("{name} = ") } else { blank.clone() }, row(i));
    (0..n).map(|i| Equation::text(line(i))).collect()
}

/// Some equations for each coordinate that is shown, which is given by its index and the slope there.
pub fn each(gradient: &Vector, equations: impl Fn(usize, f64) -> Option<Working>) -> Working {
    let shown = gradient.iter().enumerate().take(MOST_SHOWN);
    let each = shown.filter_map(|(i, slope)| equations(i, *slope)).flatten();
    each.map(|equation| equation.indented(1)).collect()
}

/// What a rule arrives with, each thing with its symbol.
pub fn remembered(memory: &Memory, symbol: impl Fn(&str) -> Option<&'static str>) -> Working {
    let one = |(name, remembered): &(&'static str, Remembered)| {
        let words = name.replace('_', " ");
        let symbol = symbol(name).map_or_else(|| words.clone(), |symbol| format!("{words} {symbol}"));
        match remembered {
            Remembered::Number(number) => vec![Equation::new(symbol, [short(*number)])],
            Remembered::Count(count) => vec![Equation::new(symbol, [short(*count as f64)])],
            Remembered::Vector(entries) => vec![Equation::new(symbol, [vector(entries.as_slice())])],
            Remembered::Word(word) => vec![Equation::text(format!("{name}: {word}"))],
            Remembered::Dropped => vec![Equation::note(Tone::Dim, format!("{name}: not kept so long"))],
            Remembered::Matrix(model) => matrix(&symbol, model),
        }
    };
    memory.0.iter().flat_map(one).collect()
}

/// Where the α of a trial comes from, as far as every search says it alike.
pub fn tried(trial: &Trial) -> Equation {
    let alpha = short(trial.alpha);
    match trial.origin {
        Origin::Initial => Equation::new("α", ["α_init".to_owned(), alpha]),
        _ => Equation::new("α", [alpha]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_and_indices_are_written() {
        assert_eq!(vector(&[2.0, -0.5]), "(2, −0.5)");
        assert_eq!(vector(&[1.0; 6]), "(1, 1, 1, 1, … 2 more)");
        assert_eq!(index(12), "₁₂");
    }
}
