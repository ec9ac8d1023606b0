//! A screen as plain text, line by line: for mails, for tests, for terminals that can do no more.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// The rows of a screen, each ended by a line feed, without blanks at the end. A character two columns wide counts once.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            out.push_str(symbol);
            x = x.saturating_add(symbol.width().max(1) as u16);
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{layout::Rect, style::Style};

    #[test]
    fn rows_are_trimmed_and_wide_characters_count_once() {
        let mut buffer = Buffer::empty(Rect::new(3, 2, 8, 3));
        buffer.set_string(4, 2, "‖∇f‖", Style::new());
        buffer.set_string(3, 4, "漢字ab", Style::new());
        assert_eq!(text(&buffer), " ‖∇f‖\n\n漢字ab\n");
        assert_eq!(text(&Buffer::empty(Rect::ZERO)), "");
    }
}
