//! A screen as text with its colours: what a terminal of any size shows when it is written there.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Weights and the codes that switch them on.
const WEIGHTS: [(Modifier, &str); 5] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
];

/// The rows, each ending with everything switched off, so that any of them can be cut out. Blanks at the end of a row
/// stay where they have a ground or a weight to show.
pub fn ansi(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let (mut last, mut x) = (String::new(), buffer.area.left());
        let end = end_of_row(buffer, y);
        while x < end {
            let cell = &buffer[(x, y)];
            let codes = codes(cell);
            if codes != last {
                // Each stretch starts from nothing, since no code takes a single weight back everywhere.
                out.push_str(if codes.is_empty() { "\x1b[0" } else { "\x1b[0;" });
                out.push_str(&codes);
                out.push('m');
                last = codes;
            }
            out.push_str(if cell.symbol().contains(char::is_control) { " " } else { cell.symbol() });
            x = x.saturating_add(cell.symbol().width().max(1) as u16);
        }
        if !last.is_empty() {
            out.push_str("\x1b[0m");
        }
        out.push('\n');
    }
    out
}

/// The column after the last cell that shows something.
fn end_of_row(buffer: &Buffer, y: u16) -> u16 {
    let shows = |x: &u16| buffer[(*x, y)].symbol() != " " || !codes(&buffer[(*x, y)]).is_empty();
    (buffer.area.left()..buffer.area.right()).rev().find(shows).map_or(buffer.area.left(), |x| x + 1)
}

/// What switches a cell's look on; nothing for the terminal's own.
fn codes(cell: &Cell) -> String {
    let weights = WEIGHTS.iter().filter(|(weight, _)| cell.modifier.contains(*weight)).map(|(_, code)| (*code).into());
    let is_blank = cell.symbol() == " " && !cell.modifier.intersects(Modifier::UNDERLINED | Modifier::REVERSED);
    let colours = [colour(cell.fg, 30).filter(|_| !is_blank), colour(cell.bg, 40)];
    let weights = weights.filter(|_| !is_blank);
    weights.chain(colours.into_iter().flatten()).collect::<Vec<String>>().join(";")
}

/// The code of a colour; `base` is 30 for letters and 40 for the ground under them.
fn colour(colour: Color, base: u8) -> Option<String> {
    let named = |number: u8| Some(format!("{}", if number < 8 { base + number } else { base + 52 + number }));
    match colour {
        Color::Reset => None,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{layout::Rect, style::Style};

    #[test]
    fn looks_become_codes_and_end_with_their_row() {
        let mut buffer = Buffer::empty(Rect::new(2, 1, 8, 4));
        buffer.set_string(2, 1, "ab", Style::new().fg(Color::Indexed(45)).bold());
        buffer.set_string(4, 1, "c d", Style::new());
        buffer.set_string(2, 2, "漢", Style::new().fg(Color::LightRed).bg(Color::Blue));
        buffer.set_string(2, 3, "x  ", Style::new().fg(Color::Rgb(1, 2, 3)));
        buffer[(2, 4)].set_symbol("\u{1b}");
        assert_eq!(
            ansi(&buffer),
            "\x1b[0;1;38;5;45mab\x1b[0mc d\n\x1b[0;91;44m漢\x1b[0m\n\x1b[0;38;2;1;2;3mx\x1b[0m\n \n"
        );
        assert_eq!(ansi(&Buffer::empty(Rect::ZERO)), "");
    }

    #[test]
    fn only_what_shows_is_written() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "a     ", Style::new().fg(Color::Red));
        assert_eq!(ansi(&buffer), "\x1b[0;31ma\x1b[0m\n");
        buffer.set_string(4, 0, " ", Style::new().reversed());
        assert_eq!(ansi(&buffer), "\x1b[0;31ma\x1b[0m   \x1b[0;7;31m \x1b[0m\n");
    }
}
