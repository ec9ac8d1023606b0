//! Where something is drawn: the theme, a place on the screen, its cells. Text stays inside.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::view::paper::theme::{Ink, Theme};

/// A place on the screen with all that it takes to draw there.
pub struct Pad<'a> {
    /// What the terminal can show.
    pub theme: Theme,
    /// The place.
    pub area: Rect,
    /// The cells of the whole screen.
    pub cells: &'a mut Buffer,
    /// Whether it is the panel in focus, so that its frame stands out.
    pub is_focus: bool,
}

impl<'a> Pad<'a> {
    /// A pad that is not in focus; what of its area lies outside of the cells is cut off.
    pub fn new(theme: Theme, area: Rect, cells: &'a mut Buffer) -> Self {
        Self { theme, area: area.intersection(cells.area), cells, is_focus: false }
    }

    /// Another place on the same screen.
    pub fn part(&mut self, area: Rect) -> Pad<'_> {
        Pad { theme: self.theme, area, cells: self.cells, is_focus: self.is_focus }
    }

    /// The ink of the frame around it.
    pub fn frame_ink(&self) -> Ink {
        if self.is_focus { Ink::FrameFocus } else { Ink::Frame }
    }

    /// Writes blanks all over it.
    pub fn blank(&mut self) {
        let blank = " ".repeat(usize::from(self.area.width));
        for y in self.area.top()..self.area.bottom() {
            let style = self.theme.style(Ink::Text);
            self.cells.set_stringn(self.area.x, y, &blank, usize::from(self.area.width), style);
        }
    }

    /// Writes a text at a place of the screen and returns how many columns it took. It is spelled by the theme, cut at
    /// `width` columns and at the edge of the screen, and never starts outside.
    pub fn put(&mut self, text: &str, ink: Ink, at: (u16, u16), width: u16) -> u16 {
        let cells = &mut *self.cells;
        if !cells.area.contains(at.into()) {
            return 0;
        }
        let (text, style) = (self.theme.text(text), self.theme.style(ink));
        if !text.chars().all(is_plain) {
            return cells.set_stringn(at.0, at.1, text, usize::from(width), style).0.saturating_sub(at.0);
        }
        let (start, room) = (cells.index_of(at.0, at.1), width.min(cells.area.right() - at.0));
        let places = cells.content[start..].iter_mut().take(usize::from(room));
        let written = places.zip(text.chars()).map(|(cell, letter)| cell.set_char(letter).set_style(style));
        written.count() as u16
    }
}

/// Whether a character takes one column and stands for itself whatever is beside it. Nearly every text is made of these,
/// and to look for clusters of characters takes longer than all other drawing.
fn is_plain(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | 'À'..='ʯ' | 'Α'..='ϡ' | '‐'..='‧' | '⁰'..='₎' | '←'..='⋿' | '─'..='◯' | '⠀'..='⣿' | '·' | '²' | '³' | '¹' | '✓' | '✗')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::{Depth, Glyphs, Ground};

    const ASCII: Theme = Theme {
        glyphs: Glyphs::Ascii,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    };
    const RICH: Theme = Theme { glyphs: Glyphs::Braille, ..ASCII };

    fn row(cells: &Buffer, y: u16) -> String {
        (cells.area.left()..cells.area.right()).map(|x| cells[(x, y)].symbol()).collect()
    }

    #[test]
    fn plain_letters_are_written_as_by_the_library() {
        let letters = (' '..='\u{ffff}').filter(|letter| is_plain(*letter));
        let mut count = 0;
        for letter in letters {
            count += 1;
            let text = format!("a{letter}b{letter}");
            let [mut ours, mut theirs] = [(); 2].map(|()| Buffer::empty(Rect::new(2, 1, 3, 2)));
            assert_eq!(Pad::new(RICH, ours.area, &mut ours).put(&text, Ink::Good, (2, 2), 9), 3, "{letter:?}");
            theirs.set_stringn(2, 2, &text, 9, RICH.style(Ink::Good));
            assert_eq!(ours, theirs, "{letter:?}");
        }
        assert!(count > 1200, "{count}");
    }

    #[test]
    fn text_stays_in_its_place() {
        let mut cells = Buffer::empty(Rect::new(2, 1, 8, 2));
        assert_eq!(Pad::new(RICH, cells.area, &mut cells).put("‖∇f‖", Ink::Text, (7, 1), 9), 3);
        assert_eq!(Pad::new(RICH, cells.area, &mut cells).put("漢字", Ink::Text, (2, 2), 3), 2);
        assert_eq!(Pad::new(ASCII, cells.area, &mut cells).put("αd", Ink::Text, (5, 2), 5), 5);
        assert_eq!(Pad::new(RICH, cells.area, &mut cells).put("gone", Ink::Text, (1, 1), 9), 0);
        assert_eq!(Pad::new(RICH, cells.area, &mut cells).put("gone", Ink::Text, (2, 3), 9), 0);
        assert_eq!((row(&cells, 1).as_str(), row(&cells, 2).as_str()), ("     ‖∇f", "漢  alpha"));
    }
}
