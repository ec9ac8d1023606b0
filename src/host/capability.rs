//! What the terminal can show, read from the environment: which letters, and how many colours.

use crate::app::look::appearance::{Depth, Glyphs, Ground, Look};

/// The variables that say what a terminal can show. An empty value counts as unset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    pub lc_all: Option<String>,
    pub lc_ctype: Option<String>,
    pub lang: Option<String>,
    pub term: Option<String>,
    pub colorterm: Option<String>,
    pub no_color: Option<String>,
    pub sty: Option<String>,
    pub tmux: Option<String>,
}

/// Terminals with all colours; `COLORTERM`, which says so at home, does not travel over ssh. A name may go on with `-`.
const TRUE: [&str; 10] =
    ["alacritty", "contour", "foot", "ghostty", "kitty", "mintty", "rio", "wezterm", "xterm-ghostty", "xterm-kitty"];

/// Consoles whose fonts have no braille, whatever the locale: none of the 456 console fonts of Debian has a glyph of it.
const CONSOLES: [&str; 4] = ["cons25", "linux", "pcconsole", "wsvt25"];

/// What flags ask for; `None` leaves the choice to the environment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Which characters.
    pub glyphs: Option<Glyphs>,
    /// How many colours.
    pub depth: Option<Depth>,
    /// On what ground; no variable tells it, so dark is assumed.
    pub ground: Option<Ground>,
}

impl Environment {
    /// The environment of this process.
    pub fn read() -> Self {
        let variable = |name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            lc_all: variable("LC_ALL"),
            lc_ctype: variable("LC_CTYPE"),
            lang: variable("LANG"),
            term: variable("TERM"),
            colorterm: variable("COLORTERM"),
            no_color: variable("NO_COLOR"),
            sty: variable("STY"),
            tmux: variable("TMUX"),
        }
    }

    /// Does the locale speak UTF-8? `LC_ALL` hides `LC_CTYPE`, which hides `LANG`.
    fn is_utf8(&self) -> bool {
        let locale = set(self.lc_all.as_deref())
            .or(set(self.lc_ctype.as_deref()))
            .or(set(self.lang.as_deref()))
            .unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }

    /// How many colours the terminal is known to have.
    fn depth(&self) -> Depth {
        let term = set(self.term.as_deref()).unwrap_or("dumb");
        let colorterm = set(self.colorterm.as_deref()).unwrap_or_default().to_ascii_lowercase();
        if set(self.no_color.as_deref()).is_some()
            || term == "dumb"
            || term.ends_with("-mono")
            || is_video_terminal(term)
        {
            Depth::None
        } else if is_one_of(term, &TRUE) || colorterm == "truecolor" || colorterm == "24bit" || term.contains("direct")
        {
            if self.is_in_screen() { Depth::Indexed } else { Depth::True }
        } else if term.contains("256color") {
            Depth::Indexed
        } else {
            Depth::Sixteen
        }
    }

    /// Is this GNU screen? It inherits `COLORTERM`, and reads a colour of three numbers as five codes. In a tmux inside it
    /// nobody else writes `screen` into `TERM`, in a screen inside tmux nobody but screen; where it may be both, it is.
    fn is_in_screen(&self) -> bool {
        let is_named =
            set(self.term.as_deref()).is_some_and(|term| is_one_of(term, &["screen"]) || term.starts_with("screen."));
        let has_session = set(self.sty.as_deref()).is_some();
        if set(self.tmux.as_deref()).is_some() { has_session && is_named } else { has_session || is_named }
    }

    /// Has this terminal glyphs beyond those of a console?
    fn has_braille(&self) -> bool {
        let term = set(self.term.as_deref()).unwrap_or_default();
        self.is_utf8() && !CONSOLES.iter().any(|console| term.starts_with(console))
    }

    /// Is this a terminal that only appends, without moving its cursor?
    pub fn is_dumb(&self) -> bool {
        set(self.term.as_deref()) == Some("dumb")
    }
}

/// What the terminal can show, as flags wish it or else as the environment says.
pub fn look(environment: &Environment, wish: Wish) -> Look {
    let locale = if environment.has_braille() { Glyphs::Braille } else { Glyphs::Ascii };
    Look {
        glyphs: wish.glyphs.unwrap_or(locale),
        depth: wish.depth.unwrap_or_else(|| environment.depth()),
        ground: wish.ground.unwrap_or_default(),
        ..Look::default()
    }
}

/// The value, when there is one.
fn set(variable: Option<&str>) -> Option<&str> {
    variable.filter(|value| !value.is_empty())
}

/// Is this one of these terminals, or a variant of one (`foot-extra`)?
fn is_one_of(term: &str, names: &[&str]) -> bool {
    names.iter().any(|name| term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// Is this one of the glass terminals without colour (vt52, vt100, vt220 …)?
fn is_video_terminal(term: &str) -> bool {
    term.strip_prefix("vt").is_some_and(|model| model.starts_with(|char: char| char.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `NAME=value` pairs parted by spaces, as in front of a command.
    fn environment(pairs: &str) -> Environment {
        let mut environment = Environment::default();
        for (name, value) in pairs.split_whitespace().filter_map(|pair| pair.split_once('=')) {
            let field = match name {
                "LC_ALL" => &mut environment.lc_all,
                "LC_CTYPE" => &mut environment.lc_ctype,
                "LANG" => &mut environment.lang,
                "TERM" => &mut environment.term,
                "COLORTERM" => &mut environment.colorterm,
                "NO_COLOR" => &mut environment.no_color,
                "STY" => &mut environment.sty,
                "TMUX" => &mut environment.tmux,
                _ => unreachable!("{name}"),
            };
            *field = Some(value.to_owned());
        }
        environment
    }

    #[test]
    fn letters_follow_the_locale() {
        for (pairs, utf8) in [
            ("", false),
            ("LANG=C", false),
            ("LANG=en_GB.UTF-8", true),
            ("LANG=de_DE.utf8", true),
            ("LANG=de_DE.ISO-8859-1", false),
            ("LC_ALL=C LC_CTYPE=C.UTF-8 LANG=C.UTF-8", false),
            ("LC_ALL= LC_CTYPE=C.UTF-8 LANG=C", true),
            ("LC_CTYPE=C LANG=C.UTF-8", false),
            ("LANG=C.UTF-8 TERM=linux", false),
            ("LANG=C.UTF-8 TERM=linux-16color", false),
            ("LANG=C.UTF-8 TERM=cons25l1", false),
            ("LANG=C.UTF-8 TERM=wsvt25", false),
            ("LANG=C.UTF-8 TERM=xterm-256color", true),
        ] {
            let glyphs = if utf8 { Glyphs::Braille } else { Glyphs::Ascii };
            assert_eq!(look(&environment(pairs), Wish::default()).glyphs, glyphs, "{pairs}");
        }
    }

    #[test]
    fn colours_follow_the_terminal() {
        for (pairs, depth) in [
            ("", Depth::None),
            ("TERM=dumb COLORTERM=truecolor", Depth::None),
            ("TERM=vt220", Depth::None),
            ("TERM=xterm-mono", Depth::None),
            ("TERM=linux", Depth::Sixteen),
            ("TERM=xterm", Depth::Sixteen),
            ("TERM=vte-256color", Depth::Indexed),
            ("TERM=xterm-256color", Depth::Indexed),
            ("TERM=xterm-256color COLORTERM=truecolor", Depth::True),
            ("TERM=xterm COLORTERM=24bit", Depth::True),
            ("TERM=xterm-direct", Depth::True),
            ("TERM=xterm-kitty", Depth::True),
            ("TERM=alacritty", Depth::True),
            ("TERM=foot-extra", Depth::True),
            ("TERM=xterm-ghostty", Depth::True),
            ("TERM=wezterm", Depth::True),
            ("TERM=contour", Depth::True),
            ("TERM=footling", Depth::Sixteen),
            ("TERM=xterm-kitty NO_COLOR=1", Depth::None),
            ("TERM=screen.xterm-256color COLORTERM=truecolor STY=1.pts", Depth::Indexed),
            ("TERM=xterm-256color COLORTERM=truecolor STY=1.pts", Depth::Indexed),
            ("TERM=screen COLORTERM=truecolor", Depth::Indexed),
            ("TERM=screen.xterm-kitty STY=1.pts", Depth::Sixteen),
            ("TERM=screen-256color COLORTERM=truecolor STY=1.pts TMUX=/tmp/t", Depth::Indexed),
            ("TERM=screen-256color COLORTERM=truecolor TMUX=/tmp/t", Depth::True),
            ("TERM=tmux-256color COLORTERM=truecolor STY=1.pts TMUX=/tmp/t", Depth::True),
            ("TERM=xterm-256color COLORTERM=truecolor STY=", Depth::True),
            ("TERM=xterm-256color NO_COLOR=1", Depth::None),
            ("TERM=xterm-256color NO_COLOR=", Depth::Indexed),
        ] {
            assert_eq!(look(&environment(pairs), Wish::default()).depth, depth, "{pairs}");
        }
    }

    #[test]
    fn a_flag_has_the_last_word() {
        let plain = environment("LANG=C TERM=xterm-256color NO_COLOR=1");
        let wish = Wish { glyphs: Some(Glyphs::Braille), depth: Some(Depth::True), ground: Some(Ground::Light) };
        let wished = Look { glyphs: Glyphs::Braille, depth: Depth::True, ground: Ground::Light, ..Look::default() };
        assert_eq!(look(&plain, wish), wished);
    }
}
