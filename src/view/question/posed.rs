//! What the view asks of a kind of question, and how the lines of an answer are made.

use unicode_width::UnicodeWidthStr;

use crate::app::room::sitting::Sitting;
use crate::lesson::markup::{MarkupLine, Piece, Style};
use crate::lesson::question::grade::Grade;
use crate::view::paper::theme::Theme;

/// The columns of a pointer and a number before a line.
pub const LEAD: usize = 4;

/// What is shown of an answer that is being made.
#[derive(Default)]
pub struct AttemptShown {
    /// In the frame of the page box; empty where there is nothing to note.
    pub note: String,
    pub lines: Vec<MarkupLine>,
}

/// The letters of the terminal, and the columns of the page box.
#[derive(Clone, Copy)]
pub struct Columns {
    pub theme: Theme,
    pub width: usize,
}

/// A question of one kind, with the answer that is being made. What is not said of a kind is as here.
pub trait Posed {
    /// The answer so far.
    fn shown(&self, _columns: Columns) -> AttemptShown {
        AttemptShown::default()
    }

    /// The right answer as it was made: it stays in view beside the reason.
    fn made(&self, _sitting: &Sitting, _grade: &Grade, _columns: Columns) -> Vec<MarkupLine> {
        Vec::new()
    }

    /// What is read out after the question, for an objective of so many coordinates: what there is to choose or type.
    fn invites(&self, _dimension: usize) -> Vec<String> {
        Vec::new()
    }

    /// Whether the answer is a line, which stays in sight above a hint.
    fn is_line(&self) -> bool {
        false
    }

    /// The columns that it needs in a page box beside the panels; 0 where any will do.
    fn least_columns(&self) -> usize {
        0
    }

    /// The point on the map that the answer is so far; `None` for any other answer.
    fn place(&self) -> Option<&[f64]> {
        None
    }
}

/// A line of one piece that stands out.
pub fn plain(text: &str, theme: Theme) -> MarkupLine {
    vec![piece(theme.text(text).into_owned(), Style::Emphasis)]
}

/// A piece, spelled already.
pub fn piece(text: String, style: Style) -> Piece {
    Piece { text, style }
}

/// A line of a program, its rest indented below it where it is too long.
pub fn broken(line: &Piece, width: usize) -> Vec<MarkupLine> {
    let mut lines: Vec<MarkupLine> = Vec::new();
    let mut rest = line.text.clone();
    while rest.width() > width {
        // Broken no earlier than behind its indent, else what is left would never get shorter.
        let blanks = rest.char_indices().enumerate().filter(|(count, (_, letter))| *letter == ' ' && *count > LEAD + 2);
        let Some((_, (at, _))) = blanks.take_while(|(count, _)| *count < width).last() else { break };
        let next = format!("{}{}", " ".repeat(LEAD + 2), &rest[at + 1..]);
        rest.truncate(at);
        lines.push(vec![piece(rest, line.style)]);
        rest = next;
    }
    lines.push(vec![piece(rest, line.style)]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However narrow the screen: all words stay, in order, and no line is longer where it can be broken.
    #[test]
    fn a_long_line_is_broken_at_every_width_and_loses_nothing() {
        let text = "▶1)     while f(x + alpha d) > f(x) + gamma1 alpha grad f^T d";
        for width in 0..80 {
            let lines = broken(&piece(text.into(), Style::Plain), width);
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let kept: Vec<String> = lines.iter().flatten().flat_map(|piece| words(&piece.text)).collect();
            assert_eq!(kept, words(text), "{width}");
            assert!(width < 24 || lines.iter().flatten().all(|piece| piece.text.width() <= width), "{width}");
        }
    }
}
