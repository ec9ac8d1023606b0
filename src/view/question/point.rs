//! A point: where it is, and how far a key moves it.

use crate::app::answer::attempt::Attempt;
use crate::app::answer::point::Pointing;
use crate::engine::number::short;
use crate::lesson::markup::{self, MarkupLine};
use crate::view::question::posed::{AttemptShown, Columns, Posed, plain};

/// A question for a point.
pub struct Marking<'a> {
    /// The point so far; `None` where nobody answers.
    pub attempt: Option<&'a Attempt>,
}

impl Posed for Marking<'_> {
    fn shown(&self, columns: Columns) -> AttemptShown {
        let Some(Attempt::Point(pointing)) = self.attempt else { return AttemptShown::default() };
        AttemptShown { lines: point(pointing, columns), ..AttemptShown::default() }
    }

    fn invites(&self, dimension: usize) -> Vec<String> {
        vec![format!("Type its coordinates, as in {}.", vec!["0.5"; dimension].join(", "))]
    }

    fn is_line(&self) -> bool {
        true
    }

    fn place(&self) -> Option<&[f64]> {
        if let Some(Attempt::Point(pointing)) = self.attempt { Some(&pointing.at) } else { None }
    }
}

fn point(pointing: &Pointing, Columns { theme, width }: Columns) -> Vec<MarkupLine> {
    let names = ["x₁", "x₂", "x₃", "x₄"];
    if !pointing.typed.is_empty() {
        return vec![plain(&format!("Your point: {}_", pointing.typed), theme)];
    }
    let at: Vec<String> = pointing.at.iter().zip(names).map(|(x, name)| format!("{name} = {}", short(*x))).collect();
    let steps = match pointing.at.len() {
        1 => format!("← → move it by {}.", short(pointing.pace(0))),
        _ => format!("← → move it by {}, ↑ ↓ by {}.", short(pointing.pace(0)), short(pointing.pace(1))),
    };
    markup::wrap(&theme.text(&format!("Your point: {}.   {steps}", at.join(", "))), width)
}
