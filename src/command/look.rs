//! `--glyphs`, `--color`, `--plain`: what the terminal may be shown, whatever it says of itself.

use clap::{Args, ValueEnum};

use crate::app::look::{Depth, Glyphs, Ground, Look};
use crate::host::capability::{Environment, Wish, look};

/// The flags about characters and colours.
#[derive(Debug, Clone, Copy, Args)]
pub struct LookArgs {
    /// Characters: braille, plain ASCII, or what the locale allows
    #[arg(long, global = true, value_enum, default_value_t = GlyphsArg::Auto)]
    glyphs: GlyphsArg,
    /// Colours: none, 16, 256, true, or what the terminal has
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    color: ColorArg,
    /// The terminal's background is light
    #[arg(long, global = true)]
    light: bool,
    /// Plain text that is only appended, lines for keys: for screen readers, pipes and logs
    #[arg(long, global = true)]
    pub plain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GlyphsArg {
    Auto,
    Braille,
    Ascii,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorArg {
    Auto,
    None,
    #[value(name = "16")]
    Sixteen,
    #[value(name = "256")]
    Indexed,
    #[value(name = "true")]
    True,
}

impl LookArgs {
    fn wish(self) -> Wish {
        Wish {
            glyphs: match self.glyphs {
                GlyphsArg::Auto => None,
                GlyphsArg::Braille => Some(Glyphs::Braille),
                GlyphsArg::Ascii => Some(Glyphs::Ascii),
            },
            depth: match self.color {
                ColorArg::Auto => None,
                ColorArg::None => Some(Depth::None),
                ColorArg::Sixteen => Some(Depth::Sixteen),
                ColorArg::Indexed => Some(Depth::Indexed),
                ColorArg::True => Some(Depth::True),
            },
            ground: self.light.then_some(Ground::Light),
        }
    }

    /// What the terminal at hand can show: flags first, then the environment.
    pub fn at_terminal(self) -> Look {
        look(&Environment::read(), self.wish())
    }

    /// What a drawing without a terminal shows: flags first, then everything there is, whatever the environment.
    pub fn on_paper(self) -> Look {
        let wish = self.wish();
        Look {
            glyphs: wish.glyphs.unwrap_or(Glyphs::Braille),
            depth: wish.depth.unwrap_or(Depth::Indexed),
            ground: wish.ground.unwrap_or(Ground::Dark),
        }
    }
}
