//! Lines of a panel, fitted to its width: they break between their pieces, and what goes on is indented.

use crate::app::look::appearance::Glyphs;
use crate::view::paper::frame::{Frame, put, shorten};
use crate::view::paper::theme::{Ink, Theme};
use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::UnicodeWidthStr;

/// How much farther right a line goes on.
const CONTINUED: usize = 2;
/// From so many columns on, a panel leaves its first one free; in ASCII much earlier, since frame and norm look alike.
const ROOMY: u16 = 48;
const ROOMY_IN_ASCII: u16 = 20;

/// One line of a panel before it is fitted: pieces that stay whole as long as they can.
#[derive(Debug, Clone, Default)]
pub struct Line {
    indent: usize,
    is_flush: bool,
    pieces: Vec<(Ink, String)>,
}

/// One row of the screen: texts with their inks, and the columns where they start.
pub type WrappedRow = Vec<(usize, Ink, String)>;

impl Line {
    /// A line of one piece.
    pub fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self { indent: 0, is_flush: false, pieces: vec![(ink, text.into())] }
    }

    /// A line of these pieces.
    pub fn of(pieces: Vec<(Ink, String)>) -> Self {
        Self { indent: 0, is_flush: false, pieces }
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

/// Draws rows from the top of an area, as many as fit.
pub fn draw(rows: &[WrappedRow], theme: Theme, area: Rect, cells: &mut Buffer) {
    let area = area.intersection(cells.area);
    for (row, y) in rows.iter().zip(area.top()..area.bottom()) {
        for (column, ink, text) in row {
            let column = (*column).min(usize::from(area.width)) as u16;
            put(text, *ink, (area.x + column, y), area.width - column, theme, cells);
        }
    }
}

/// Draws a panel that is nothing but lines; its lower edge says how many rows found no place.
pub fn panel(title: &str, right: &str, lines: &[Line], is_focus: bool, theme: Theme, area: Rect, cells: &mut Buffer) {
    let area = area.intersection(cells.area);
    let roomy = if theme.glyphs == Glyphs::Ascii { ROOMY_IN_ASCII } else { ROOMY };
    let margin = u16::from(area.width >= roomy);
    let rows = fit(lines, area.width.saturating_sub(2 + margin), theme);
    let hidden = rows.len().saturating_sub(usize::from(area.height.saturating_sub(2)));
    let cure = if is_focus { ": z shows all" } else { "" };
    let bottom = match hidden {
        0 => String::new(),
        1 => format!("… 1 row more{cure}"),
        more => format!("… {more} rows more{cure}"),
    };
    let inner = Frame { title, right, bottom: &bottom, ink: frame_ink(is_focus) }.draw(theme, area, cells);
    let inner = Rect { x: inner.x + margin.min(inner.width), width: inner.width.saturating_sub(margin), ..inner };
    draw(&rows, theme, inner, cells);
}

pub fn frame_ink(is_focus: bool) -> Ink {
    if is_focus { Ink::FrameFocus } else { Ink::Frame }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::paper::specimen::{THEMES, text_of};

    fn drawn(line: &Line, width: u16) -> String {
        let area = Rect::new(0, 0, width, 6);
        let mut cells = Buffer::empty(area);
        draw(&fit(std::slice::from_ref(line), width, THEMES[0]), THEMES[0], area, &mut cells);
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
