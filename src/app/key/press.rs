//! A key press, whichever terminal it came from, and the short script that can stand for a person's fingers.

use std::fmt;

/// One key press with the modifiers held.
///
/// For a character the character itself says whether shift was held (`E`, `?`), so `shift` is only ever set on named
/// keys such as `→` and `Tab`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Was control held?
    pub ctrl: bool,
    /// Was alt (option, meta) held?
    pub alt: bool,
    /// Was shift held?
    pub shift: bool,
}

/// Which key was pressed, without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    Char(char),
    Enter,
    Backspace,
    Tab,
    Esc,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    Function(u8),
}

/// Everything that a host can tell a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted as one piece.
    Paste(String),
    /// The screen now has so many columns and rows.
    Resize(u16, u16),
    /// A moment (50 ms) went by.
    Tick,
    /// The terminal has shown all that it was sent before it was asked (DSR 5).
    Answer,
}

impl From<Key> for Input {
    fn from(key: Key) -> Self {
        Self::Key(key)
    }
}

/// One line of a script: who does what. Viewers count from 1; without `<as:…>` everything is done by the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Whose hands these are, from 1.
    pub viewer: usize,
    /// What they do.
    pub input: Input,
}

/// Why a script cannot be played: which token, and what may stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("token {place}, `{token}`, is not a key: {allowed}")]
pub struct ScriptError {
    /// Which token of the script, counted from 1.
    pub place: usize,
    /// The token as it was written.
    pub token: String,
    /// What may stand there, as a sentence.
    pub allowed: String,
}

/// More repetitions than this in one token are taken for a slip of the finger.
const MOST_TICKS: usize = 100_000;

/// The named keys: how a script writes them (the first name of a key is the usual one) and how a footer shows them.
const NAMES: &[(&str, Code, &str)] = &[
    ("right", Code::Right, "→"),
    ("left", Code::Left, "←"),
    ("up", Code::Up, "↑"),
    ("down", Code::Down, "↓"),
    ("enter", Code::Enter, "Enter"),
    ("bs", Code::Backspace, "Backspace"),
    ("backspace", Code::Backspace, "Backspace"),
    ("tab", Code::Tab, "Tab"),
    ("space", Code::Char(' '), "space"),
    ("esc", Code::Esc, "Esc"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("pgup", Code::PageUp, "PgUp"),
    ("pgdn", Code::PageDown, "PgDn"),
    ("del", Code::Delete, "Del"),
    ("delete", Code::Delete, "Del"),
];

impl Key {
    /// A key with no modifier held.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character typed with no modifier held.
    pub const fn char(char: char) -> Self {
        Self::plain(Code::Char(char))
    }

    /// The same character with control held: `Key::ctrl('c')`.
    pub const fn ctrl(char: char) -> Self {
        Self { ctrl: true, ..Self::char(char) }
    }

    pub const RIGHT: Self = Self::plain(Code::Right);
    pub const LEFT: Self = Self::plain(Code::Left);
    pub const UP: Self = Self::plain(Code::Up);
    pub const DOWN: Self = Self::plain(Code::Down);
    pub const ENTER: Self = Self::plain(Code::Enter);
    pub const BACKSPACE: Self = Self::plain(Code::Backspace);
    pub const TAB: Self = Self::plain(Code::Tab);
    pub const ESC: Self = Self::plain(Code::Esc);
    pub const SPACE: Self = Self::char(' ');

    /// How the footer and the key sheet write this key: `→`, `Enter`, `e`; empty for one that no table has.
    pub fn label(self) -> &'static str {
        const PRINTABLE: &str =
            "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
        if self == Self::ctrl('c') {
            return "ctrl-c";
        }
        match (NAMES.iter().find(|(_, code, _)| *code == self.code), self.code) {
            (Some((_, _, shown)), _) => shown,
            (None, Code::Char(char)) => PRINTABLE.find(char).map_or("", |at| &PRINTABLE[at..at + char.len_utf8()]),
            (None, _) => "",
        }
    }
}

impl Key {
    /// How a script writes this key: `<right>`, `<ctrl-c>`, `e`.
    pub fn token(&self) -> String {
        let name = NAMES.iter().find(|(_, code, _)| *code == self.code).map(|(word, _, _)| (*word).to_owned());
        let held: String = [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")]
            .into_iter()
            .filter_map(|(held, name)| held.then_some(name))
            .collect();
        match (name, self.code) {
            (Some(name), _) => format!("<{held}{name}>"),
            (None, Code::Char(char)) if held.is_empty() => char.to_string(),
            (None, Code::Char(char)) => format!("<{held}{char}>"),
            (None, Code::Function(number)) => format!("<{held}f{number}>"),
            (None, other) => format!("<{held}{other:?}>"),
        }
    }
}

/// The name shown in footers and help: `→`, `Enter`, `space`, `ctrl-c`. With `{:#}` arrows are words, for terminals
/// that have no arrow glyphs.
impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                out.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code, _)| *code == self.code), self.code) {
            (Some((word, _, shown)), _) => {
                out.write_str(if out.alternate() && !shown.is_ascii() { word } else { shown })
            }
            (None, Code::Char(char)) => write!(out, "{char}"),
            (None, Code::Function(number)) => write!(out, "F{number}"),
            (None, other) => write!(out, "{other:?}"),
        }
    }
}

/// Reads a key string, such as `s 0.05 <enter> <shift-right> <tick:20> <resize:60x20> <paste:x1^2 + x2^2> <as:2> n`.
///
/// Tokens are parted by white space. Printable characters are typed one by one; names stand in angle brackets, with
/// their modifiers inside; a lone `<` or `>` is that key. The text of `<paste:…>` may hold spaces: it ends at the first
/// `>` that ends a token. `<as:2>` hands the keyboard to the second viewer until the next `<as:…>`.
pub fn script(text: &str) -> Result<Vec<Cue>, ScriptError> {
    let (mut cues, mut viewer) = (Vec::new(), 1);
    for (index, token) in tokens(text).into_iter().enumerate() {
        let wrong = |allowed: String| ScriptError { place: index + 1, token: token.to_owned(), allowed };
        let mut play = |input: Input| cues.push(Cue { viewer, input });
        let Some(name) = token.strip_prefix('<').filter(|rest| !rest.is_empty()) else {
            if token.contains('<') && token.contains('>') && token != "<" {
                return Err(wrong("part tokens by a space, as in `0.05 <enter>`".into()));
            }
            token.chars().for_each(|char| play(Input::Key(Key::char(char))));
            continue;
        };
        let Some(name) = name.strip_suffix('>') else {
            return Err(wrong("a name ends in `>`, and the key `<` stands alone".into()));
        };
        match name.split_once(':') {
            None if name == "tick" => play(Input::Tick),
            None => play(Input::Key(named(name).ok_or_else(|| wrong(known_names()))?)),
            Some(("paste", text)) => play(Input::Paste(text.to_owned())),
            Some(("tick", count)) => {
                let count = number(count, MOST_TICKS)
                    .ok_or_else(|| wrong(format!("say how many moments pass, 1 to {MOST_TICKS}, as in `<tick:20>`")))?;
                (0..count).for_each(|_| play(Input::Tick));
            }
            Some(("resize", size)) => {
                let side = |text| number(text, usize::from(u16::MAX)).and_then(|side| u16::try_from(side).ok());
                let (width, height) = size
                    .split_once('x')
                    .and_then(|(width, height)| side(width).zip(side(height)))
                    .ok_or_else(|| wrong("say columns and rows, as in `<resize:60x20>`".into()))?;
                play(Input::Resize(width, height));
            }
            Some(("as", who)) => {
                viewer = number(who, usize::from(u8::MAX))
                    .ok_or_else(|| wrong("say which viewer, from 1, as in `<as:2>`".into()))?;
            }
            Some(_) => return Err(wrong(known_names())),
        }
    }
    Ok(cues)
}

/// Parts a script at white space, except inside `<paste:…>`.
fn tokens(text: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), text.trim_start());
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let closing = |at: usize| rest[at + 1..].chars().next().is_none_or(char::is_whitespace);
        let end = if rest.starts_with("<paste:") {
            rest.match_indices('>').find(|(at, _)| closing(*at)).map_or(word, |(at, _)| at + 1)
        } else {
            word
        };
        tokens.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    tokens
}

/// The key called `name`, with its modifiers in front: `right`, `shift-right`, `ctrl-c`, `alt-<`, `f5`.
fn named(name: &str) -> Option<Key> {
    let (mut key, mut rest) = (Key::char(' '), name);
    while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
        match modifier {
            "ctrl" => key.ctrl = true,
            "alt" => key.alt = true,
            "shift" => key.shift = true,
            _ => return None,
        }
        rest = after;
    }
    let held = key.ctrl || key.alt || key.shift;
    let mut characters = rest.chars();
    key.code = match (characters.next(), characters.as_str()) {
        (Some(char), "") if held && !key.shift => Code::Char(char),
        (Some('f'), digits) if !digits.is_empty() && number(digits, 12).is_some() => {
            Code::Function(digits.parse().ok()?)
        }
        _ => NAMES.iter().find(|(word, ..)| *word == rest)?.1,
    };
    Some(key)
}

/// A whole number from 1 to `most`.
fn number(text: &str, most: usize) -> Option<usize> {
    text.parse().ok().filter(|number| (1..=most).contains(number))
}

/// The sentence that lists what may stand in angle brackets.
fn known_names() -> String {
    let names: Vec<&str> = NAMES.iter().map(|(word, ..)| *word).collect();
    format!(
        "in angle brackets stand {}, f1 to f12 (each with ctrl-, alt-, shift- before it), ctrl-c and the like, \
         tick, tick:20, resize:60x20, paste:… and as:2",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Input> {
        script(text).unwrap().into_iter().map(|cue| cue.input).collect()
    }

    fn refused(text: &str) -> String {
        script(text).unwrap_err().to_string()
    }

    #[test]
    fn printable_tokens_are_typed_one_by_one() {
        let keys = ['s', '0', '.', '0', '5', '?', 'ä'].map(|char| Input::Key(Key::char(char)));
        assert_eq!(typed("s  0.05\n? ä"), keys);
    }

    #[test]
    fn a_lone_bracket_is_that_key() {
        assert_eq!(typed("< > <"), ['<', '>', '<'].map(|char| Input::Key(Key::char(char))));
    }

    #[test]
    fn named_keys_carry_their_modifiers_inside() {
        let keys = [
            Key::plain(Code::Right),
            Key { shift: true, ..Key::plain(Code::Right) },
            Key::ctrl('c'),
            Key { alt: true, ..Key::char('-') },
            Key { ctrl: true, alt: true, ..Key::plain(Code::PageUp) },
            Key::plain(Code::Function(12)),
            Key::char(' '),
            Key::plain(Code::Backspace),
        ];
        assert_eq!(
            typed("<right> <shift-right> <ctrl-c> <alt--> <ctrl-alt-pgup> <f12> <space> <bs>"),
            keys.map(Input::Key)
        );
    }

    #[test]
    fn the_rest_of_the_world_has_tokens_too() {
        assert_eq!(typed("<tick> <tick:2>"), [Input::Tick, Input::Tick, Input::Tick]);
        assert_eq!(typed("<resize:60x20>"), [Input::Resize(60, 20)]);
        assert_eq!(
            typed("<paste:x1>0 and x2> q"),
            [Input::Paste("x1>0 and x2".into()), Input::Key(Key::char('q'))][..]
        );
        assert_eq!(typed("<paste:>"), [Input::Paste(String::new())]);
        let viewers: Vec<usize> = script("a <as:2> b c <as:1> d").unwrap().iter().map(|cue| cue.viewer).collect();
        assert_eq!(viewers, [1, 2, 2, 1]);
    }

    #[test]
    fn a_wrong_token_is_named_with_the_cure() {
        assert!(
            refused("s <rihgt>").starts_with("token 2, `<rihgt>`, is not a key: in angle brackets stand right, left")
        );
        assert!(refused("0.05<enter>").contains("part tokens by a space"));
        assert!(refused("<right").contains("a name ends in `>`"));
        assert!(refused("<paste:abc").contains("a name ends in `>`"));
        assert!(refused("<tick:0>").contains("<tick:20>"));
        assert!(refused("<resize:60>").contains("<resize:60x20>"));
        assert!(refused("<as:0>").contains("<as:2>"));
        assert!(refused("<f13>").contains("f1 to f12"));
        assert!(refused("<q>").contains("in angle brackets"));
    }

    #[test]
    fn keys_are_shown_as_a_footer_names_them() {
        let shown = |text| match &typed(text)[0] {
            Input::Key(key) => (key.to_string(), format!("{key:#}")),
            _ => unreachable!(),
        };
        for (text, glyph, word) in [
            ("<right>", "→", "right"),
            ("<shift-left>", "shift-←", "shift-left"),
            ("<enter>", "Enter", "Enter"),
            ("<space>", "space", "space"),
            ("<ctrl-c>", "ctrl-c", "ctrl-c"),
            ("<pgdn>", "PgDn", "PgDn"),
            ("<f5>", "F5", "F5"),
            ("E", "E", "E"),
        ] {
            assert_eq!(shown(text), (glyph.into(), word.into()));
        }
    }
}
