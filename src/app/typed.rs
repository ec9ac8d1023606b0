//! A line of text while it is being typed, and the place in it where the next character goes.

use std::ops::Range;

/// No line is longer.
const LONGEST: usize = 400;
/// No number is typed longer.
const LONGEST_NUMBER: usize = 24;

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

/// Types a character of a number.
pub fn push(typed: &mut String, character: char) -> Result<(), String> {
    if typed.chars().count() >= LONGEST_NUMBER {
        return Err("That is as long as a number can be.".into());
    }
    typed.push(character);
    Ok(())
}

/// The number that was typed: `0.0625`, `1e-3`, `−2`, or a fraction such as `2/11`.
pub fn number(typed: &str) -> Result<f64, String> {
    if typed.is_empty() {
        return Err("Type a number first.".into());
    }
    let read = |part: &str| part.trim().replace('−', "-").parse::<f64>().ok();
    let found = match typed.split_once('/') {
        Some((above, below)) => read(above).zip(read(below)).map(|(above, below)| above / below),
        None => read(typed),
    };
    found
        .filter(|number| number.is_finite())
        .ok_or_else(|| format!("`{typed}` is no number: write 0.05, 1e-3 or 2/11."))
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
