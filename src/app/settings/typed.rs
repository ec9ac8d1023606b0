//! A line of text while it is being typed, and the place in it where the next character goes.

use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use crate::engine::number::Sense;

/// No line is longer.
const LONGEST: usize = 400;
/// No number is typed longer.
pub const LONGEST_NUMBER: usize = 40;
/// No word to look for is longer.
pub const LONGEST_WORD: usize = 24;
/// No point is typed longer.
pub const LONGEST_POINT: usize = 120;

/// A line of text with a caret.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    text: String,
    /// How many characters stand before it.
    caret: usize,
    /// What is wrong with it, once it was tried.
    pub fault: Option<TypedFault>,
}

/// Why a line cannot be taken: where, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedFault {
    /// The characters at fault; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong, and the cure.
    pub sentence: String,
}

impl Typed {
    /// A line to go on with, the caret at its end.
    pub fn of(text: String) -> Self {
        let caret = text.chars().count();
        Self { text, caret, fault: None }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.byte(self.caret)]
    }

    /// Whether the caret stands behind the last character.
    pub fn is_at_end(&self) -> bool {
        self.before().len() == self.text.len()
    }

    /// The byte at which the character of that place begins.
    fn byte(&self, place: usize) -> usize {
        self.text.char_indices().nth(place).map_or(self.text.len(), |(byte, _)| byte)
    }

    /// Types a character; says so if there is no place for it.
    pub fn insert(&mut self, character: char) -> Result<(), String> {
        let character = typed(character)?;
        if self.text.chars().count() >= LONGEST {
            return Err(format!("That is as long as it can be: {LONGEST} characters."));
        }
        self.text.insert(self.byte(self.caret), character);
        self.caret += 1;
        self.fault = None;
        Ok(())
    }

    /// Takes back the character before the caret.
    pub fn erase(&mut self) {
        if let Some(before) = self.caret.checked_sub(1) {
            self.text.remove(self.byte(before));
            self.caret = before;
            self.fault = None;
        }
    }

    /// Moves the caret by one.
    pub fn walk(&mut self, sense: Sense) {
        let count = self.text.chars().count();
        self.caret = if sense == Sense::More { (self.caret + 1).min(count) } else { self.caret.saturating_sub(1) };
    }
}

/// A character as a field keeps it: a blank for every kind of blank, and none that takes no column, or two.
fn typed(character: char) -> Result<char, String> {
    if character.is_whitespace() && character.width() == Some(1) {
        return Ok(' ');
    }
    let is_seen = !character.is_control() && character.width() == Some(1);
    if is_seen { Ok(character) } else { Err("This character cannot be typed here.".into()) }
}

/// Types a character at the end of a number, a point or a word of at most so many characters.
pub fn push(text: &mut String, character: char, longest: usize) -> Result<(), String> {
    if text.chars().count() >= longest {
        return Err(format!("That is as long as it can be: {longest} characters."));
    }
    text.push(typed(character)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_where_the_caret_is() {
        let mut line = Typed::of("x1^2".into());
        line.walk(Sense::Less);
        line.walk(Sense::Less);
        line.erase();
        line.insert('2').unwrap();
        assert_eq!((line.text(), line.before()), ("x2^2", "x2"));
        for _ in 0..9 {
            line.walk(Sense::More);
        }
        assert!(line.is_at_end());
        assert!(line.insert('\n').is_err() && line.insert('\u{301}').is_err() && line.insert('数').is_err());
        for character in ['·', '½', '²', '\u{a0}'] {
            line.insert(character).unwrap();
        }
        line.walk(Sense::Less);
        line.walk(Sense::Less);
        line.erase();
        assert_eq!((line.text(), line.before(), line.is_at_end()), ("x2^2·² ", "x2^2·", false));
        line.walk(Sense::More);
        line.walk(Sense::More);
        for _ in 0..9 {
            line.erase();
        }
        assert_eq!(line, Typed::default());
        for _ in 0..LONGEST {
            line.insert('1').unwrap();
        }
        assert!(line.insert('1').is_err());
    }
}
