//! `--glyphs`, `--color`, `--notation`, `--plain`: what the terminal may be shown, whatever it says of itself.

use clap::{Args, ValueEnum};

use crate::app::look::appearance::{Depth, Glyphs, Ground, Look};
use crate::app::look::notation::Notation;
use crate::command::answer::Failure;
use crate::host::capability::{Environment, Wish, look};

/// The flags about characters and colours.
#[derive(Debug, Clone, Copy, Args)]
pub struct LookArgs {
    /// Characters: braille, plain ASCII, or what the locale allows; `screen` and `export` take braille unless told
    #[arg(long, global = true, value_enum, default_value_t = GlyphsArg::Auto)]
    glyphs: GlyphsArg,
    /// Colours: none, 16, 256, true, or what the terminal has; `screen` takes 256 unless told
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    color: ColorArg,
    /// The terminal's background is light
    #[arg(long, global = true)]
    light: bool,
    /// Letters: those of the LMU lectures, or of another course or book
    #[arg(long, global = true, value_enum, default_value_t = NotationArg::Lmu)]
    notation: NotationArg,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NotationArg {
    /// α, γ₁, γ₂, τ, β
    Lmu,
    /// μ₁, μ₂ for γ₁, γ₂, and ρ for τ
    MartinsNing,
    /// c₁, c₂ for γ₁, γ₂, and ρ for τ
    Nocedal,
    /// ϵ for α, δ for ε, ρ₁, ρ₂ for β₁, β₂
    Goodfellow,
    /// η for α, as in CMU 11-785 and most papers on learning
    DeepLearning,
}

impl LookArgs {
    /// Refuses the flags that would change nothing there; what asks for what is there anyway may be said.
    pub fn only(self, used: &[&str], there: &str) -> Result<(), Failure> {
        let given = [
            ("--glyphs", self.glyphs != GlyphsArg::Auto),
            ("--color", !matches!(self.color, ColorArg::Auto | ColorArg::None)),
            ("--light", self.light),
            ("--notation", self.notation != NotationArg::Lmu),
            ("--plain", self.plain),
        ];
        match given.into_iter().find(|(flag, is_given)| *is_given && !used.contains(flag)) {
            Some((flag, _)) => Err(Failure::Misuse(format!("{flag} changes nothing {there}: leave it out"))),
            None => Ok(()),
        }
    }

    /// The same for somebody who learns, at a terminal or in plain text.
    pub fn fits_learner(self) -> Result<(), Failure> {
        if self.plain { self.only(&["--glyphs", "--notation", "--plain"], "in plain text") } else { Ok(()) }
    }

    fn notation(self) -> Notation {
        match self.notation {
            NotationArg::Lmu => Notation::Lmu,
            NotationArg::MartinsNing => Notation::MartinsNing,
            NotationArg::Nocedal => Notation::Nocedal,
            NotationArg::Goodfellow => Notation::Goodfellow,
            NotationArg::DeepLearning => Notation::DeepLearning,
        }
    }

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
        Look { notation: self.notation(), ..look(&Environment::read(), self.wish()) }
    }

    /// What a drawing without a terminal shows: flags first, then everything there is, whatever the environment.
    pub fn on_paper(self) -> Look {
        let wish = self.wish();
        Look {
            glyphs: wish.glyphs.unwrap_or(Glyphs::Braille),
            depth: wish.depth.unwrap_or(Depth::Indexed),
            ground: wish.ground.unwrap_or(Ground::Dark),
            notation: self.notation(),
        }
    }
}
