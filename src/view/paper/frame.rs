//! Frames with titles, and texts and numbers that fit into their columns.

use crate::engine::number;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use ratatui::layout::Rect;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Spells a text for this terminal and shortens it to so many columns; what was cut is marked with an ellipsis.
pub fn shorten(text: &str, width: usize, theme: Theme) -> String {
    let spelled = theme.text(text);
    if spelled.width() <= width {
        return spelled.into_owned();
    }
    let mark = theme.text("…");
    let mut room = width.saturating_sub(mark.width());
    let fits = |symbol: &char| {
        let left = room.checked_sub(symbol.width().unwrap_or(0));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let kept: String = spelled.chars().take_while(fits).collect();
    if mark.width() <= width { kept + &mark } else { kept }
}

/// Writes a value right-aligned in so many columns, spelled for this terminal: with four digits, fewer where the column
/// is narrow, at last as its size alone. Where not even that fits there are dots, since half a number would be another.
pub fn column(value: f64, width: usize, theme: Theme) -> String {
    number::right(&fitting(value, width, theme).unwrap_or_else(|| shorten("…", width, theme)), width)
}

/// The most telling way to write a value in at most so many columns, if there is one.
pub fn fitting(value: f64, width: usize, theme: Theme) -> Option<String> {
    let mut spelled = (2..=4)
        .rev()
        .map(|digits| number::number(value, digits))
        .chain([number::scientific(value, 2), number::number(value, 1), number::brief(value)])
        .map(|text| theme.text(&text).into_owned());
    spelled.find(|text| text.width() <= width)
}

/// A box around a panel, with texts in its upper and lower edge.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// In the upper edge, on the left.
    pub title: &'a str,
    /// In the upper edge, on the right; the first to go where the edge is short.
    pub right: &'a str,
    /// In the lower edge, on the left.
    pub bottom: &'a str,
}

impl Frame<'_> {
    /// Draws the box and returns the area inside. A box of less than two rows or columns draws nothing and holds nothing.
    pub fn draw(&self, pad: &mut Pad<'_>) -> Rect {
        let area = pad.area.intersection(pad.cells.area);
        let pad = &mut pad.part(area);
        let (theme, ink) = (pad.theme, pad.frame_ink());
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let border = theme.border(ink);
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        edge([border.top_left, border.horizontal, border.top_right], area.y, pad);
        edge([border.bottom_left, border.horizontal, border.bottom_right], bottom, pad);
        let style = theme.style(ink);
        for (x, y) in (area.y + 1..bottom).flat_map(|y| [(area.x, y), (right, y)]) {
            pad.cells[(x, y)].set_symbol(border.vertical).set_style(style);
        }
        let used = label(self.title, Ink::Title, area.y, pad);
        let items = whole_items(self.bottom, usize::from(area.width.saturating_sub(4)), theme);
        label(&items, Ink::Dim, bottom, pad);
        let note = theme.text(self.right);
        let wide = note.width() as u16 + 3;
        if !note.is_empty() && used.saturating_add(wide) < area.width {
            pad.put(&format!(" {note} "), Ink::Dim, (area.right() - wide, area.y), wide);
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }
}

/// Draws a titled line across a framed area, joined to the frame on both sides.
pub fn divide(title: &str, y: u16, pad: &mut Pad<'_>) {
    let area = pad.area.intersection(pad.cells.area);
    if area.width >= 2 && (area.top()..area.bottom()).contains(&y) {
        let border = pad.theme.border(pad.frame_ink());
        let pad = &mut pad.part(area);
        edge([border.left_tee, border.horizontal, border.right_tee], y, pad);
        label(title, Ink::Title, y, pad);
    }
}

/// A row of the frame: its left end, what is between, and its right end.
fn edge(symbols: [&str; 3], y: u16, pad: &mut Pad<'_>) {
    let (area, style) = (pad.area, pad.theme.style(pad.frame_ink()));
    for (x, symbol) in (area.left()..area.right()).zip(std::iter::once(symbols[0]).chain(std::iter::repeat(symbols[1])))
    {
        pad.cells[(x, y)].set_symbol(symbol).set_style(style);
    }
    pad.cells[(area.right() - 1, y)].set_symbol(symbols[2]);
}

/// As many of the items, parted by two blanks or more, as there is room for: none is cut in its middle.
fn whole_items(text: &str, width: usize, theme: Theme) -> String {
    let mut kept = text;
    while theme.text(kept).width() > width {
        // Two columns are for the dots that say that something is missing.
        let Some((head, _)) = kept.trim_end().rsplit_once("  ") else { return text.to_owned() };
        kept = head.trim_end();
        if theme.text(kept).width() + 4 <= width {
            return format!("{kept} …");
        }
    }
    kept.to_owned()
}

/// A text in an edge, between two blanks; returns the columns it took, the corner among them.
fn label(text: &str, ink: Ink, y: u16, pad: &mut Pad<'_>) -> u16 {
    let area = pad.area;
    if text.is_empty() || area.width < 6 {
        return 1;
    }
    let text = format!(" {} ", shorten(text, usize::from(area.width) - 4, pad.theme));
    1 + pad.put(&text, ink, (area.x + 1, y), area.width - 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;

    use crate::app::look::appearance::{Depth, Glyphs, Ground};

    const ASCII: Theme = Theme {
        glyphs: Glyphs::Ascii,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    };
    const RICH: Theme = Theme { glyphs: Glyphs::Braille, ..ASCII };

    #[test]
    fn a_caption_loses_whole_items() {
        let table = [
            ("A: 1.5   B: 2.5", 15, "A: 1.5   B: 2.5"),
            ("A: 1.5   B: 2.5", 14, "A: 1.5 …"),
            ("one long item", 8, "one long item"),
        ];
        for (text, width, kept) in table {
            assert_eq!(whole_items(text, width, RICH), kept, "{width}");
        }
    }

    fn row(cells: &Buffer, y: u16) -> String {
        (cells.area.left()..cells.area.right()).map(|x| cells[(x, y)].symbol()).collect()
    }

    #[test]
    fn frames_hold_their_titles() {
        let mut cells = Buffer::empty(Rect::new(0, 0, 20, 4));
        let frame = Frame { title: "φ(α) ≤ …", right: "A", bottom: "x₁ −3…3" };
        let inner = frame.draw(&mut Pad::new(RICH, cells.area, &mut cells));
        divide("trials", 2, &mut Pad::new(RICH, Rect::new(0, 0, 20, 4), &mut cells));
        assert_eq!(inner, Rect::new(1, 1, 18, 2));
        assert_eq!(row(&cells, 0), "┌ φ(α) ≤ … ───── A ┐");
        assert_eq!(row(&cells, 2), "├ trials ──────────┤");
        assert_eq!(row(&cells, 3), "└ x₁ −3…3 ─────────┘");
        frame.draw(&mut Pad::new(ASCII, cells.area, &mut cells));
        assert_eq!(row(&cells, 0), "+ phi(alpha) <=... +");
        for width in 0..9 {
            for height in 0..5 {
                let area = Rect::new(15, 2, width, height);
                let inner = frame.draw(&mut Pad { area, ..Pad::new(ASCII, area, &mut cells) });
                divide("trials", 3, &mut Pad { area, ..Pad::new(ASCII, area, &mut cells) });
                assert!(inner.area() == 0 || area.contains(inner.as_position()));
            }
        }
    }

    #[test]
    fn what_is_cut_is_marked() {
        assert_eq!(
            (shorten("Line search", 7, RICH), shorten("γ₁ of 3", 7, ASCII)),
            ("Line s…".into(), "gamm...".into())
        );
        assert_eq!((shorten("漢字", 3, RICH), shorten("abc", 2, ASCII)), ("漢…".into(), String::new()));
    }

    #[test]
    fn a_column_keeps_its_width_and_never_cuts_a_number() {
        let rich = Theme {
            glyphs: Glyphs::Braille,
            depth: Depth::None,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        let plain = Theme { glyphs: Glyphs::Ascii, ..rich };
        assert_eq!(column(752.5, 8, rich), "   752.5");
        assert_eq!(column(-3.421e-49, 8, rich), "−3.4e-49");
        assert_eq!(column(f64::NEG_INFINITY, 6, rich) + &column(f64::NEG_INFINITY, 6, plain), "    −∞  -inf");
        assert_eq!((column(14440.0, 3, rich), column(14440.0, 2, rich)), ("1e4".into(), " …".into()));
        assert_eq!((column(-3.421e-49, 6, rich), column(1.25e-12, 6, plain)), ("−3e-49".into(), " 1e-12".into()));
        for value in [0.0, -0.5, 1e308, -5e-324, f64::NAN, f64::NEG_INFINITY, 999_999.5] {
            for width in 0..12 {
                assert_eq!(column(value, width, rich).width(), width, "{value:e} in {width}");
                assert_eq!(column(value, width, plain).len(), width, "{value:e} in {width}");
            }
        }
    }
}
