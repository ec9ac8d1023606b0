//! The pen of a terminal: ink, paper and modifiers, and the codes that change one for another.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a character is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pen {
    /// Of the character.
    pub ink: Color,
    /// Behind it.
    pub paper: Color,
    /// Under it.
    pub underline: Color,
    /// Bold, dim and their like.
    pub modifier: Modifier,
}

impl Pen {
    /// The pen of a cell.
    pub fn of(cell: &Cell) -> Self {
        Self { ink: cell.fg, paper: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
    }

    /// The codes, each with its `;`, that lead from this pen to another.
    pub fn codes_to(self, pen: Pen) -> String {
        let mut codes = String::new();
        let mut kept = self.modifier;
        for (modifiers, off) in OFF {
            if (kept - pen.modifier).intersects(modifiers) {
                write!(codes, "{off};").ok();
                kept -= modifiers;
            }
        }
        for (bit, code) in (1..=9).enumerate() {
            if (pen.modifier - kept).contains(Modifier::from_bits_truncate(1 << bit)) {
                write!(codes, "{code};").ok();
            }
        }
        for (color, held, ground) in [(pen.ink, self.ink, 30), (pen.paper, self.paper, 40)] {
            if color != held {
                codes.push_str(&color_codes(color, ground));
            }
        }
        if pen.underline != self.underline {
            codes.push_str(&color_codes(pen.underline, 50));
        }
        codes
    }
}

/// The codes that take modifiers away; bold and dim only go together.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// The codes that choose a colour, each with its `;`, for ink (30), paper (40) or underline (50).
///
/// Ours and not crossterm's: that one asks `NO_COLOR` behind our back, where a flag may have said otherwise, and
/// writes the sixteen colours in the 256-colour form, which sixteen-colour terminals do not know.
fn color_codes(color: Color, ground: u8) -> String {
    let named = match color {
        Color::Reset => return format!("{};", ground + 9),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue};", ground + 8),
        Color::Indexed(index) => return format!("{};5;{index};", ground + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    match (ground, named) {
        (50, _) => format!("58;5;{named};"),
        (_, ..8) => format!("{};", ground + named),
        _ => format!("{};", ground + 60 + named - 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_colours_are_written_in_their_own_codes() {
        let codes = |color, ground| color_codes(color, ground);
        assert_eq!(codes(Color::Red, 30), "31;");
        assert_eq!(codes(Color::LightBlue, 40), "104;");
        assert_eq!(codes(Color::DarkGray, 30), "90;");
        assert_eq!(codes(Color::Reset, 40), "49;");
        assert_eq!(codes(Color::Green, 50), "58;5;2;");
        assert_eq!(codes(Color::Indexed(238), 40), "48;5;238;");
        assert_eq!(codes(Color::Rgb(1, 2, 3), 30), "38;2;1;2;3;");
    }
}
