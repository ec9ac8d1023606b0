//! What each thing on the screen means, and which colour and weight that meaning gets on the terminal at hand.

use ratatui::style::{Color, Modifier, Style};

use crate::app::look::appearance::{Depth, Glyphs, Ground, Look};
use crate::app::look::notation::Notation;

/// The meaning of what is drawn. Panels speak of meanings only; a [`Theme`] turns them into styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Running text.
    Text,
    /// Text that may be overlooked: units, remarks, what is past.
    Dim,
    /// The title of a page or a panel.
    Title,
    /// The frame of a panel.
    Frame,
    /// The frame of the panel that gets the keys.
    FrameFocus,
    /// A key that can be pressed.
    Key,
    /// A word that matters.
    Emphasis,
    /// A formula, a file name, a line of pseudo-code.
    Code,
    /// The entry under the cursor, in reverse.
    Chosen,
    /// It holds.
    Good,
    /// It fails.
    Bad,
    /// It holds, but take care.
    Warning,
    /// The point where the run stands.
    Here,
    /// The way that the run came.
    Path,
    /// A point or a step size that is being tried.
    Trial,
    /// Where the run began.
    Start,
    /// A known minimum.
    Minimum,
    /// A known saddle.
    Saddle,
    /// Another run on the same map, counted from 0.
    Rival(u8),
    /// A line of equal height; level 0 is the lowest and 8 the highest.
    IsoLine(u8),
    /// The ground between two lines of equal height, 0 to 8: a background, and none where colours are few.
    Band(u8),
    /// The half-line on which step sizes are tried.
    Ray,
    /// The curve of a function.
    Curve,
    /// A bound that a trial has to stay below, as the Armijo line.
    Bound,
    /// Step sizes that a condition accepts.
    Accepted,
    /// A quadratic model of the objective.
    Model,
    /// The direction of steepest descent.
    Steepest,
    /// The direction of this step.
    Direction,
    /// An axis and its ticks.
    Axis,
    /// What was, or would have been.
    Ghost,
}

/// All that a panel has to know of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Which characters it can show.
    pub glyphs: Glyphs,
    /// How many colours it can show.
    pub depth: Depth,
    /// What it writes on.
    pub ground: Ground,
    /// Whose letters the quantities have.
    pub notation: Notation,
}

impl Theme {
    /// The theme for what a viewer's terminal can show.
    pub fn of(look: Look) -> Self {
        Self { glyphs: look.glyphs, depth: look.depth, ground: look.ground, notation: look.notation }
    }

    /// The style of an ink. It replaces colour and weight of what was there and keeps the ground under it; only
    /// [`Ink::Band`] is a ground, and changes nothing else.
    pub fn style(self, ink: Ink) -> Style {
        if let Ink::Band(level) = ink {
            return self.band(level).map_or_else(Style::new, |colour| Style::new().bg(colour));
        }
        let (hue, weight) = meaning(ink);
        let (colour, weight) = match (hue, self.depth) {
            (_, Depth::None) => (Color::Reset, weight | self.weight_for_hue(hue)),
            (Hue::Level(level), _) => (self.iso_line(level), weight),
            (Hue::Faint, Depth::Sixteen) => (Color::Reset, weight | Modifier::DIM),
            (_, Depth::Sixteen) => (sixteen(hue, self.ground), weight),
            (_, Depth::Indexed | Depth::True) => (indexed(hue, self.ground), weight),
        };
        Style::new().fg(colour).add_modifier(weight).remove_modifier(weight.complement())
    }

    /// Whether the map gets a coloured ground between its lines.
    pub fn has_bands(self) -> bool {
        self.band(0).is_some()
    }

    fn band(self, level: u8) -> Option<Color> {
        let level = usize::from(level.min(8));
        match (self.depth, self.ground) {
            (Depth::Indexed, Ground::Dark) => Some(Color::Indexed(BANDS_OF_256[level])),
            (Depth::True, Ground::Dark) => {
                let [red, green, blue] = CIVIDIS_AT_HALF_LIGHT[level];
                Some(Color::Rgb(red, green, blue))
            }
            _ => None,
        }
    }

    fn iso_line(self, level: u8) -> Color {
        let level = usize::from(level.min(8));
        match (self.depth, self.ground) {
            (Depth::None, _) => Color::Reset,
            (Depth::Sixteen, Ground::Dark) => LINES_OF_16_ON_DARK[level],
            (Depth::Sixteen, Ground::Light) => LINES_OF_16_ON_LIGHT[level],
            (_, Ground::Dark) => Color::Indexed(LINES_OVER_BANDS[level]),
            (_, Ground::Light) => Color::Indexed(LINES_ON_LIGHT[level]),
        }
    }

    /// Without colour, what recedes is dim.
    fn weight_for_hue(self, hue: Hue) -> Modifier {
        match hue {
            Hue::Faint | Hue::Level(_) if self.depth == Depth::None => Modifier::DIM,
            _ => Modifier::empty(),
        }
    }
}

const BANDS_OF_256: [u8; 9] = [234, 235, 236, 237, 238, 239, 240, 58, 94];
/// The last two a little darker than half, so that a path stands out from them as well.
const CIVIDIS_AT_HALF_LIGHT: [[u8; 3]; 9] = [
    [0, 17, 39],
    [12, 28, 56],
    [33, 39, 54],
    [48, 50, 56],
    [63, 62, 59],
    [78, 74, 59],
    [94, 87, 54],
    [105, 95, 42],
    [114, 104, 26],
];
const LINES_OVER_BANDS: [u8; 9] = [250, 250, 250, 250, 251, 252, 253, 254, 255];
const LINES_ON_LIGHT: [u8; 9] = [17, 18, 19, 25, 24, 30, 65, 101, 137];
/// Without yellow, which is for what the run does: a path has to stand out from the lines it crosses.
const LINES_OF_16_ON_DARK: [Color; 9] = [
    Color::LightBlue,
    Color::LightBlue,
    Color::Cyan,
    Color::LightCyan,
    Color::Green,
    Color::LightGreen,
    Color::Gray,
    Color::Gray,
    Color::White,
];
const LINES_OF_16_ON_LIGHT: [Color; 9] = [
    Color::Blue,
    Color::Blue,
    Color::Blue,
    Color::Cyan,
    Color::Cyan,
    Color::Green,
    Color::Green,
    Color::DarkGray,
    Color::DarkGray,
];

/// A family of colours, before the terminal is known.
#[derive(Clone, Copy)]
enum Hue {
    Plain,
    Strong,
    Faint,
    Orange,
    Yellow,
    Cyan,
    Green,
    Red,
    Pink,
    Violet,
    Blue,
    Level(u8),
}

fn meaning(ink: Ink) -> (Hue, Modifier) {
    let plain = Modifier::empty();
    match ink {
        Ink::Text | Ink::Band(_) => (Hue::Plain, plain),
        Ink::Emphasis => (Hue::Plain, Modifier::BOLD),
        Ink::Chosen => (Hue::Plain, Modifier::REVERSED),
        Ink::Title | Ink::Here | Ink::FrameFocus | Ink::Start => (Hue::Strong, Modifier::BOLD),
        Ink::Dim | Ink::Frame | Ink::Axis | Ink::Ghost => (Hue::Faint, plain),
        Ink::Key => (Hue::Cyan, Modifier::BOLD),
        Ink::Code | Ink::Curve => (Hue::Cyan, plain),
        Ink::Good | Ink::Minimum => (Hue::Green, Modifier::BOLD),
        Ink::Accepted => (Hue::Green, plain),
        Ink::Bad => (Hue::Red, Modifier::BOLD),
        Ink::Path => (Hue::Orange, Modifier::BOLD),
        Ink::Warning | Ink::Trial | Ink::Direction => (Hue::Yellow, Modifier::BOLD),
        Ink::Ray => (Hue::Yellow, plain),
        Ink::Saddle => (Hue::Violet, Modifier::BOLD),
        Ink::Bound | Ink::Model => (Hue::Violet, plain),
        Ink::Steepest => (Hue::Blue, Modifier::BOLD),
        Ink::IsoLine(level) => (Hue::Level(level), plain),
        Ink::Rival(number) => {
            let hues = [Hue::Cyan, Hue::Violet, Hue::Green, Hue::Pink, Hue::Blue, Hue::Yellow];
            (hues[usize::from(number) % hues.len()], plain)
        }
    }
}

/// The user's own sixteen; yellow and cyan are too pale to be read on a light ground.
fn sixteen(hue: Hue, ground: Ground) -> Color {
    let (on_dark, on_light) = match hue {
        Hue::Plain | Hue::Faint | Hue::Level(_) => (Color::Reset, Color::Reset),
        Hue::Strong => (Color::White, Color::Black),
        Hue::Orange => (Color::LightYellow, Color::Red),
        Hue::Yellow => (Color::Yellow, Color::Magenta),
        Hue::Cyan => (Color::LightCyan, Color::Blue),
        Hue::Green => (Color::LightGreen, Color::Green),
        Hue::Red | Hue::Pink => (Color::LightRed, Color::Red),
        Hue::Violet => (Color::LightMagenta, Color::Magenta),
        Hue::Blue => (Color::LightBlue, Color::Blue),
    };
    if ground == Ground::Dark { on_dark } else { on_light }
}

fn indexed(hue: Hue, ground: Ground) -> Color {
    let (on_dark, on_light) = match hue {
        Hue::Plain | Hue::Level(_) => return Color::Reset,
        Hue::Strong => (231, 16),
        Hue::Faint => (246, 243),
        Hue::Orange => (214, 130),
        Hue::Yellow => (227, 94),
        Hue::Cyan => (45, 25),
        Hue::Green => (84, 28),
        Hue::Red => (210, 160),
        Hue::Pink => (217, 162),
        Hue::Violet => (183, 91),
        Hue::Blue => (117, 26),
    };
    Color::Indexed(if ground == Ground::Dark { on_dark } else { on_light })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUNDS: [Ground; 2] = [Ground::Dark, Ground::Light];

    #[test]
    fn without_colour_there_is_only_weight() {
        for ground in GROUNDS {
            let theme = Theme {
                glyphs: Glyphs::Ascii,
                depth: Depth::None,
                ground,
                notation: crate::app::look::notation::Notation::Lmu,
            };
            for ink in [Ink::Text, Ink::Here, Ink::Path, Ink::IsoLine(3), Ink::Rival(7), Ink::Band(2), Ink::Bad] {
                let style = theme.style(ink);
                assert!(style.fg.is_none_or(|colour| colour == Color::Reset) && style.bg.is_none(), "{ink:?}");
            }
            assert!(theme.style(Ink::IsoLine(3)).add_modifier.contains(Modifier::DIM));
            assert!(theme.style(Ink::Here).add_modifier.contains(Modifier::BOLD));
        }
    }

    #[test]
    fn bands_exist_on_dark_ground_with_many_colours_only() {
        for ground in GROUNDS {
            for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme {
                    glyphs: Glyphs::Braille,
                    depth,
                    ground,
                    notation: crate::app::look::notation::Notation::Lmu,
                };
                let expected = ground == Ground::Dark && matches!(depth, Depth::Indexed | Depth::True);
                assert_eq!(theme.has_bands(), expected);
                assert_eq!(theme.style(Ink::Band(200)).bg.is_some(), expected);
            }
        }
    }

    fn red_green_blue(colour: Color) -> [u8; 3] {
        match colour {
            Color::Rgb(red, green, blue) => [red, green, blue],
            Color::Indexed(grey @ 232..) => [8 + 10 * (grey - 232); 3],
            Color::Indexed(cube @ 16..) => {
                [36, 6, 1].map(|place| [0, 95, 135, 175, 215, 255][usize::from((cube - 16) / place % 6)])
            }
            other => panic!("{other}"),
        }
    }

    /// Between 1 and 21. // WCAG 2.1, relative luminance and contrast ratio
    fn contrast(one: Color, other: Color) -> f64 {
        let light = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [one, other] = [one, other].map(|colour| {
            let [red, green, blue] = red_green_blue(colour).map(light);
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        });
        one.max(other) / one.min(other)
    }

    #[test]
    fn what_the_runs_draw_stands_out_from_every_ground() {
        assert!((contrast(Color::Indexed(16), Color::Indexed(231)) - 21.0).abs() < 1e-9);
        let runs = [Ink::Path, Ink::Here, Ink::Start, Ink::Trial, Ink::Ray, Ink::Direction, Ink::Saddle, Ink::Minimum];
        let notation = crate::app::look::notation::Notation::Lmu;
        for (depth, ground) in [(Depth::True, GROUNDS[0]), (Depth::Indexed, GROUNDS[0]), (Depth::True, GROUNDS[1])] {
            let theme = Theme { glyphs: Glyphs::Braille, depth, ground, notation };
            for level in 0..9 {
                let under = theme.style(Ink::Band(level)).bg.unwrap_or(Color::Indexed(231));
                for ink in runs.into_iter().chain((0..6).map(Ink::Rival)) {
                    let contrast = contrast(theme.style(ink).fg.unwrap(), under);
                    assert!(contrast >= 3.0, "{ink:?} on band {level}, {depth:?} {ground:?}: {contrast:.2}");
                }
            }
        }
    }

    #[test]
    fn an_ink_replaces_the_weight_and_keeps_the_ground() {
        let theme = Theme {
            glyphs: Glyphs::Braille,
            depth: Depth::True,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        let mut cell = ratatui::buffer::Cell::default();
        cell.set_style(theme.style(Ink::Band(4))).set_style(theme.style(Ink::Here)).set_style(theme.style(Ink::Ray));
        assert_eq!(cell.modifier, Modifier::empty());
        assert_eq!(cell.bg, Color::Rgb(63, 62, 59));
    }
}
