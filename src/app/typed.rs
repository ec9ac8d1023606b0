//! A line of text while it is being typed, and the place in it where the next character goes.

use std::ops::Range;

/// No line is longer.
const LONGEST: usize = 400;

/// A line of ASCII text with a caret.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    text: String,
    caret: usize,
    /// What is wrong with it, once it was tried.
    pub fault: Option<Fault>,
}

/// Why a line cannot be taken: where, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The characters at fault; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong, and the cure.
    pub sentence: String,
}

impl Typed {
    /// A line to go on with, the caret at its end.
    pub fn of(text: String) -> Self {
        let caret = text.len();
        Self { text, caret, fault: None }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters stand before the caret.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Types a character; says so if there is no place for it.
    pub fn insert(&mut self, character: char) -> Result<(), String> {
        // One column and one byte a character: a caret can then be counted, and every terminal can show it.
        if !(character.is_ascii_graphic() || character == ' ') {
            return Err(format!("Numbers and formulas are written in ASCII, as in x1^2: not `{character}`."));
        }
        if self.text.len() >= LONGEST {
            return Err(format!("That is as long as it can be: {LONGEST} characters."));
        }
        self.text.insert(self.caret, character);
        self.caret += 1;
        self.fault = None;
        Ok(())
    }

    /// Takes back the character before the caret.
    pub fn erase(&mut self) {
        if let Some(before) = self.caret.checked_sub(1) {
            self.text.remove(before);
            self.caret = before;
            self.fault = None;
        }
    }

    /// Moves the caret by one.
    pub fn walk(&mut self, right: bool) {
        self.caret = if right { (self.caret + 1).min(self.text.len()) } else { self.caret.saturating_sub(1) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_where_the_caret_is() {
        let mut line = Typed::of("x1^2".into());
        line.walk(false);
        line.walk(false);
        line.erase();
        line.insert('2').unwrap();
        assert_eq!((line.text(), line.caret()), ("x2^2", 2));
        for _ in 0..9 {
            line.walk(true);
        }
        assert_eq!(line.caret(), 4);
        assert!(line.insert('²').is_err() && line.insert('\n').is_err());
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
