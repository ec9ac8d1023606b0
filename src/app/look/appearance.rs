//! What a viewer's terminal can show, as far as the learner has a say in it.

use crate::app::look::notation::Notation;

/// Which characters may be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Braille, box drawing and the symbols of the field.
    #[default]
    Braille,
    /// Plain ASCII.
    Ascii,
}

/// How many colours there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// None: bold, dim and reverse only.
    None,
    /// The sixteen of every terminal, in whatever hues its owner chose.
    Sixteen,
    /// The 256 of xterm.
    #[default]
    Indexed,
    /// 24 bits.
    True,
}

impl Depth {
    /// Which colours are on.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::None => "No colours now: bold, dim and reversed letters only. C: 24 bits.",
            Self::Sixteen => "16 colours now. C: none.",
            Self::Indexed => "256 colours now. C: 16.",
            Self::True => "24-bit colours now. C: 256.",
        }
    }
}

/// What the terminal's background is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ground {
    /// Dark.
    #[default]
    Dark,
    Light,
}

/// All of it together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Which characters.
    pub glyphs: Glyphs,
    /// How many colours.
    pub depth: Depth,
    pub ground: Ground,
    /// Whose letters the quantities have.
    pub notation: Notation,
}

impl Glyphs {
    /// The other set.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Braille => Self::Ascii,
            Self::Ascii => Self::Braille,
        }
    }
}

impl Look {
    /// The next choice of colours: 24 bits, 256, 16, none, and round again.
    #[must_use]
    pub fn next_depth(self) -> Self {
        let depth = match self.depth {
            Depth::True => Depth::Indexed,
            Depth::Indexed => Depth::Sixteen,
            Depth::Sixteen => Depth::None,
            Depth::None => Depth::True,
        };
        Self { depth, ..self }
    }
}
