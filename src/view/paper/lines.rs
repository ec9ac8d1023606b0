//! Lines of a panel, fitted to its width: they break between their pieces, and what goes on is indented.

use crate::view::paper::frame::shorten;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use unicode_width::UnicodeWidthStr;

/// How much farther right a line goes on.
const CONTINUED: usize = 2;

/// One line of a panel before it is fitted: pieces that stay whole as long as they can.
#[derive(Debug, Clone, Default)]
pub struct Line {
    indent: usize,
    is_flush: bool,
    pieces: Vec<(Ink, String)>,
    /// The columns where the pieces of a row of a table start; empty for a line that breaks.
    columns: Vec<usize>,
}

/// One row of the screen: texts with their inks, and the columns where they start.
pub type WrappedRow = Vec<(usize, Ink, String)>;

impl Line {
    /// A line of one piece.
    pub fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self::of(vec![(ink, text.into())])
    }

    /// A line of these pieces.
    pub fn of(pieces: Vec<(Ink, String)>) -> Self {
        Self { pieces, ..Self::default() }
    }

    /// A row of a table, whose pieces keep their columns and never break.
    pub fn row(row: WrappedRow) -> Self {
        let columns = row.iter().map(|(column, ..)| *column).collect();
        Self { columns, ..Self::of(row.into_iter().map(|(_, ink, text)| (ink, text)).collect()) }
    }

    /// The same with one piece more. A relation stands one blank away, a colon none, any other piece two.
    #[must_use]
    pub fn then(mut self, ink: Ink, text: impl Into<String>) -> Self {
        self.pieces.push((ink, text.into()));
        self
    }

    /// The same, going on with the pieces of another line.
    #[must_use]
    pub fn with(mut self, other: Line) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// The same, so much farther right.
    #[must_use]
    pub fn indented(mut self, by: usize) -> Self {
        self.indent += by;
        self
    }

    /// The same, going on where it began, as prose does.
    #[must_use]
    pub fn flush(mut self) -> Self {
        self.is_flush = true;
        self
    }

    fn fit(&self, width: usize, theme: Theme, rows: &mut Vec<WrappedRow>) {
        if !self.columns.is_empty() {
            let pieces = self.columns.iter().zip(&self.pieces);
            return rows.push(pieces.map(|(column, (ink, text))| (*column, *ink, text.clone())).collect());
        }
        let first = self.indent.min(width / 4);
        let later = if self.is_flush { first } else { (first + CONTINUED).min(width / 3) };
        let (mut row, mut column) = (WrappedRow::new(), first);
        for (at, (ink, text)) in self.pieces.iter().enumerate() {
            let text = theme.text(text);
            let gap = if row.is_empty() { 0 } else { gap_before(&text) };
            // A colon and what it says stay with what is said of.
            let glued = self.pieces[at + 1..].iter().take_while(|(_, text)| gap_before(text) == 0);
            let need = text.width() + glued.map(|(_, text)| theme.text(text).width()).sum::<usize>();
            if column + gap + need <= width {
                column += gap;
                row.push((column, *ink, text.to_string()));
                column += text.width();
                continue;
            }
            let is_whole = later + need <= width;
            let words: Vec<&str> = if is_whole { vec![&text] } else { text.split(' ').collect() };
            let mut gap = gap;
            if !is_whole && column > width / 2 && !row.is_empty() {
                rows.push(std::mem::take(&mut row));
                (column, gap) = (later, 0);
            }
            for word in words.into_iter().filter(|word| !word.is_empty()) {
                if (is_whole || column + gap + word.width() > width) && !row.is_empty() {
                    rows.push(std::mem::take(&mut row));
                    (column, gap) = (later, 0);
                }
                let word = shorten(word, width.saturating_sub(column + gap), theme);
                column += gap;
                let end = column + word.width();
                row.push((column, *ink, word));
                (column, gap) = (end, 1);
            }
        }
        rows.push(row);
    }
}

fn gap_before(text: &str) -> usize {
    match text.chars().next() {
        Some(':' | ',') => 0,
        Some('=' | '<' | '>' | '≤' | '≥' | '≈') => 1,
        _ => 2,
    }
}

/// The rows that these lines take in so many columns.
pub fn fit(lines: &[Line], width: u16, theme: Theme) -> Vec<WrappedRow> {
    let mut rows = Vec::new();
    for line in lines.iter().filter(|_| width > 0) {
        line.fit(usize::from(width), theme, &mut rows);
    }
    rows
}

/// Draws rows from the top of a pad, as many as fit.
pub fn draw(rows: &[WrappedRow], pad: &mut Pad<'_>) {
    let area = pad.area.intersection(pad.cells.area);
    for (row, y) in rows.iter().zip(area.top()..area.bottom()) {
        for (column, ink, text) in row {
            let column = (*column).min(usize::from(area.width)) as u16;
            pad.put(text, *ink, (area.x + column, y), area.width - column);
        }
    }
}

/// Draws lines from the top of a pad, fitted to its width.
pub fn draw_fitted(lines: &[Line], pad: &mut Pad<'_>) {
    draw(&fit(lines, pad.area.width, pad.theme), pad);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{buffer::Buffer, layout::Rect};

    use crate::view::paper::specimen::{THEMES, text_of};

    fn drawn(line: &Line, width: u16) -> String {
        let area = Rect::new(0, 0, width, 6);
        let mut cells = Buffer::empty(area);
        draw_fitted(std::slice::from_ref(line), &mut Pad::new(THEMES[0], area, &mut cells));
        text_of(&cells).trim_end().to_owned()
    }

    #[test]
    fn a_line_breaks_between_its_pieces_first() {
        let line = Line::new(Ink::Text, "bound = f + slack").then(Ink::Emphasis, "= 215").then(Ink::Good, "holds");
        assert_eq!(drawn(&line, 40), "bound = f + slack = 215  holds");
        assert_eq!(drawn(&line, 24), "bound = f + slack = 215\n  holds");
        assert_eq!(drawn(&line, 18), "bound = f + slack\n  = 215  holds");
        assert_eq!(drawn(&line, 10), "bound = f\n  + slack\n  = 215\n  holds");
    }

    #[test]
    fn a_word_that_is_too_long_is_marked() {
        assert_eq!(drawn(&Line::new(Ink::Text, "incomprehensible"), 8), "incompr…");
    }
}
