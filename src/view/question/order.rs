//! Lines to put in order: those that are offered, beside those that were placed.

use unicode_width::UnicodeWidthStr;

use crate::app::answer::attempt::Attempt;
use crate::app::answer::order::Lining;
use crate::app::room::sitting::Sitting;
use crate::lesson::markup::{MarkupLine, Piece, Style};
use crate::lesson::question::grade::Grade;
use crate::lesson::question::order::Order;
use crate::view::paper::spelling::Mark;
use crate::view::question::posed::{AttemptShown, Columns, LEAD, Posed, broken, piece};

/// From so many columns on, what there is and what was chosen stand side by side.
const WIDE: usize = 60;

/// A question for an order.
pub struct Sorting<'a> {
    pub order: &'a Order,
    /// The lines placed so far; `None` where nobody answers.
    pub attempt: Option<&'a Attempt>,
}

impl Posed for Sorting<'_> {
    fn shown(&self, columns: Columns) -> AttemptShown {
        let Some(Attempt::Lines(lining)) = self.attempt else { return AttemptShown::default() };
        AttemptShown {
            note: format!("{} of {} lines", lining.placed.len(), lining.wanted),
            lines: lines(lining, self.order, columns),
        }
    }

    fn made(&self, _sitting: &Sitting, _grade: &Grade, Columns { theme, width }: Columns) -> Vec<MarkupLine> {
        let lines = self.order.lines.iter().zip(1..);
        let numbered = lines.map(|(line, number)| format!("{number}. {}", theme.text(line.as_str())));
        numbered.flat_map(|line| broken(&piece(line, Style::Plain), width)).collect()
    }
}

fn lines(lining: &Lining, order: &Order, Columns { theme, width }: Columns) -> Vec<MarkupLine> {
    let all: Vec<String> = order.all().map(|line| theme.text(line.as_str()).into_owned()).collect();
    let text = |line: &usize| all.get(*line).cloned().unwrap_or_default();
    let pointer = theme.symbol(Mark::Pointer);
    // Spelled in ASCII a line may be too long for half of the width.
    let is_beside = width >= WIDE && all.iter().all(|line| line.width() + LEAD < width / 2);
    let offered = lining.offered.iter().enumerate().map(|(place, line)| {
        let lead = if place == lining.focus { pointer } else { " " };
        match lining.placed.iter().position(|placed| placed == line) {
            Some(_) if is_beside => piece(format!("{lead}{}) {}", place + 1, theme.text("–")), Style::Plain),
            Some(at) => piece(format!("{lead}[{}] {}", at + 1, text(line)), Style::Emphasis),
            None => piece(format!("{lead}{}) {}", place + 1, text(line)), Style::Plain),
        }
    });
    if !is_beside {
        return offered.flat_map(|piece| broken(&piece, width)).collect();
    }
    let rows = lining.offered.len();
    let slot = |row: usize| match lining.placed.get(row) {
        Some(line) => format!("{}. {}", row + 1, text(line)),
        None if row < lining.wanted => format!("{}. {}", row + 1, if row == lining.placed.len() { "_" } else { "" }),
        None => String::new(),
    };
    let beside = (0..rows).map(|row| piece(slot(row), Style::Code));
    let gap = |left: &Piece| " ".repeat((width / 2).saturating_sub(left.text.width()).max(1));
    offered.zip(beside).map(|(left, right)| vec![left.clone(), piece(gap(&left), Style::Plain), right]).collect()
}
