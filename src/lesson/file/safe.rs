//! Foreign text, made harmless once, when it is loaded.

use std::fmt;
use std::ops::Deref;

use unicode_width::UnicodeWidthChar;

/// Text that holds nothing a terminal would obey: only characters that take a place, their accents, and line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Safe(String);

/// More accents than this on one letter would climb over the lines above.
const MOST_ACCENTS: usize = 2;

impl Safe {
    /// Takes the harmful characters out of a text; a tab becomes a space.
    pub fn new(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len());
        let mut accents = MOST_ACCENTS;
        for character in text.chars() {
            let character = if "\t\u{2028}\u{2029}".contains(character) { ' ' } else { character };
            if character == '\n' {
                // An accent that opens a line would land on the frame around it.
                accents = MOST_ACCENTS;
            } else if is_harmful(character) || (is_accent(character) && accents == MOST_ACCENTS) {
                continue;
            } else if is_accent(character) {
                accents += 1;
            } else {
                accents = 0;
            }
            safe.push(character);
        }
        Self(safe)
    }

    /// The same in one line: each line break becomes a space.
    pub fn line(text: &str) -> Self {
        Self::new(&text.replace("\r\n", " ").replace(['\n', '\r'], " "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first character that `new` would take out of a text, a lone carriage return aside.
    pub fn first_harm(text: &str) -> Option<char> {
        text.chars().find(|&character| is_harmful(character) && character != '\r')
    }
}

/// Whether a character is drawn over the one before.
fn is_accent(character: char) -> bool {
    character.width() == Some(0)
}

/// Whether a character steers the terminal, turns the reading direction, hides, or has no meaning here.
fn is_harmful(character: char) -> bool {
    matches!(character,
        '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}'                          // C0, DEL, C1
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // direction
        | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fe00}'..='\u{fe0f}'             // no width, or another's
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'                       // private
        | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(character) & 0xfffe == 0xfffe
}

impl Deref for Safe {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        for (foreign, safe) in [
            ("\x1b[31mred\x07", "[31mred"),
            ("a\tb\r\nc\0d", "a b\ncd"),
            ("\u{9b}2J\u{7f}", "2J"),
            ("left\u{202e}tfel\u{2066}\u{200e}", "lefttfel"),
            ("tag\u{e0041}\u{e007f}\u{feff}\u{200d}", "tag"),
            ("\u{fffe}\u{1ffff}\u{fdd0}\u{e000}\u{10fffd}.", "."),
            ("αᵢ ≤ ½‖∇f‖² ✓ 中", "αᵢ ≤ ½‖∇f‖² ✓ 中"),
        ] {
            assert_eq!(&*Safe::new(foreign), safe, "{foreign:?}");
        }
    }

    #[test]
    fn accents_stay_on_their_letter_and_are_few() {
        assert_eq!(Safe::new("x\u{302}").as_str(), "x\u{302}");
        assert_eq!(Safe::new(&format!("z{}!", "\u{301}".repeat(50))).as_str(), "z\u{301}\u{301}!");
        assert_eq!(Safe::new("\u{301}a\n\u{301}b").as_str(), "a\nb");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(Safe::line("a\r\nb\nc\rd").as_str(), "a b c d");
    }
}
