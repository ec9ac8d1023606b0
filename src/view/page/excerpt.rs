//! What is in sight of a text that is longer than its place, and how much of it is not.

use ratatui::layout::Rect;

use crate::lesson::markup::{MarkupLine, Piece, Style};
use crate::view::page::content::Content;
use crate::view::paper::frame::Frame;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;

/// The lines in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt {
    /// How many lines are out of sight above.
    pub above: usize,
    /// How many are out of sight below.
    pub below: usize,
}

impl Excerpt {
    /// What is seen of `count` lines in so many rows. The last lines, as many as are `needed`, come first; where there
    /// are none, or not all of them fit, it is read from its beginning. From there it is `scrolled`.
    pub fn of(count: usize, needed: usize, rows: usize, scrolled: i32) -> Self {
        let hidden = count.saturating_sub(rows);
        let from = match needed {
            0 => 0,
            needed => (count - needed.min(count)).min(hidden),
        };
        let above = (from as i32).saturating_add(scrolled).clamp(0, hidden as i32) as usize;
        Self { above, below: hidden - above }
    }

    /// What is said of the lines that are out of sight, after what is pressed before the arrows.
    pub fn words(self, before: &str) -> String {
        match (self.above, self.below) {
            (0, 0) => String::new(),
            (0, below) => format!("{before}↓ {below} more"),
            (above, 0) => format!("{before}↑ {above} more"),
            (above, below) => format!("{before}↑ {above}, ↓ {below} more"),
        }
    }
}

/// Draws the page box: as much of what it says as fits; its lower edge says how much does not.
///
/// ```text
/// +-- title ------------------------------------- note --+
/// | prose, or a card in its place                        |
/// | ? question                                           |
/// | 1) answer   2) answer     needed: these rows go last |
/// +-- ↑ 2, ↓ 1 more -------------------------------------+
/// ```
pub fn draw(content: &Content, scrolled: i32, pad: &mut Pad<'_>) {
    let rows = usize::from(pad.area.height.saturating_sub(2));
    let excerpt = Excerpt::of(content.lines.len(), content.needed, rows, scrolled);
    let (title, right, bottom) = (&content.title, &content.right, excerpt.words(content.before_arrows));
    let inner = Frame { title, right, bottom: &bottom }.draw(pad);
    // One column of air on each side.
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    lines(&content.lines[excerpt.above..], &mut pad.part(inner));
}

/// Draws lines from the top of a pad, as many as fit.
pub fn lines(lines: &[(MarkupLine, Ink)], pad: &mut Pad<'_>) {
    let area = pad.area;
    for (y, (line, ink)) in (area.top()..area.bottom()).zip(lines) {
        let mut x = area.x;
        for Piece { text, style } in line {
            let ink = match style {
                Style::Plain => *ink,
                Style::Bold | Style::Emphasis => Ink::Emphasis,
                Style::Code => Ink::Code,
            };
            x += pad.put(text, ink, (x, y), area.right().saturating_sub(x));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first_and_is_read_from_its_beginning() {
        // Lines, how many of the last are needed, rows, and what is out of sight above and below.
        let table =
            [(5, 0, 5, 0, 0), (8, 0, 5, 0, 3), (8, 3, 5, 3, 0), (8, 5, 5, 3, 0), (8, 6, 5, 2, 1), (8, 8, 5, 0, 3)];
        for (count, needed, rows, above, below) in table {
            let excerpt = Excerpt::of(count, needed, rows, 0);
            assert_eq!(excerpt, Excerpt { above, below }, "{needed} of {count} in {rows}");
        }
    }

    #[test]
    fn arrows_reach_both_ends_and_go_no_farther() {
        for scrolled in -20..20_i32 {
            let excerpt = Excerpt::of(8, 6, 5, scrolled);
            assert_eq!(excerpt.above, (2 + scrolled).clamp(0, 3) as usize);
            assert_eq!(excerpt.above + excerpt.below, 3);
        }
        assert_eq!(Excerpt::of(8, 6, 5, 0).words(""), "↑ 2, ↓ 1 more");
        assert_eq!(Excerpt::of(3, 0, 5, i32::MIN).words("Esc, then "), "");
    }
}
