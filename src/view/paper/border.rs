//! The frames around panels: light ones, and heavier ones for the panel in focus, in Unicode and in ASCII.

use crate::app::look::appearance::Glyphs;
use crate::view::paper::theme::{Ink, Theme};

/// The characters a frame is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Border {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub top_left: &'static str,
    pub top_right: &'static str,
    pub bottom_left: &'static str,
    pub bottom_right: &'static str,
    pub left_tee: &'static str,
    pub right_tee: &'static str,
}

const LIGHT: Border = Border {
    horizontal: "─",
    vertical: "│",
    top_left: "┌",
    top_right: "┐",
    bottom_left: "└",
    bottom_right: "┘",
    left_tee: "├",
    right_tee: "┤",
};
/// For the panel in focus: heavier, so that no colour is needed to see it.
const HEAVY: Border = Border {
    horizontal: "━",
    vertical: "┃",
    top_left: "┏",
    top_right: "┓",
    bottom_left: "┗",
    bottom_right: "┛",
    left_tee: "┣",
    right_tee: "┫",
};
const ASCII_HEAVY: Border = Border { horizontal: "=", vertical: "#", ..ASCII };
const ASCII: Border = Border {
    horizontal: "-",
    vertical: "|",
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    left_tee: "+",
    right_tee: "+",
};

impl Theme {
    /// The characters for a frame of that ink.
    pub fn border(self, ink: Ink) -> Border {
        match (self.glyphs, ink == Ink::FrameFocus) {
            (Glyphs::Ascii, false) => ASCII,
            (Glyphs::Ascii, true) => ASCII_HEAVY,
            (Glyphs::Braille, false) => LIGHT,
            (Glyphs::Braille, true) => HEAVY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::paper::specimen::THEMES;

    #[test]
    fn the_focus_is_seen_without_colour() {
        for theme in THEMES {
            let (plain, focused) = (theme.border(Ink::Frame), theme.border(Ink::FrameFocus));
            assert!(plain.horizontal != focused.horizontal && plain.vertical != focused.vertical);
        }
        let ascii = THEMES[1].border(Ink::FrameFocus);
        assert!(
            [ascii.horizontal, ascii.vertical, ascii.left_tee, ascii.top_left].iter().all(|piece| piece.is_ascii())
        );
    }
}
