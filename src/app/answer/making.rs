//! What an answer is while it is being made: each kind tells how it is typed, moved, taken back and finished.

use crate::app::act::acts::Stroke;
use crate::app::key::press::Key;
use crate::engine::number::numeral;
use crate::lesson::question::Answer;

/// An answer of one kind while it is being made.
pub trait Making {
    /// Takes a key; says in words why it does nothing.
    fn take(&mut self, stroke: Stroke) -> Result<(), String>;

    /// The answer, if it is whole; `None` where Enter only went on in it; or, in words, what is missing.
    fn finish(&mut self) -> Result<Option<Answer>, String>;

    /// The keys that make it, and what they do, as the footer says; `None` where no more can be made of it.
    fn ways(&self) -> Option<(&'static str, &'static str)>;

    /// What Enter does, as the footer says.
    fn confirms(&self) -> &'static str {
        "answer"
    }

    /// What is being typed; empty where nothing is.
    fn typed(&self) -> &str;

    /// Puts a text in the place of what was typed; false for an answer that no single text makes.
    fn retype(&mut self, _text: &str) -> bool {
        false
    }

    /// Whether a character is typed into it, rather than being a key.
    fn takes(&self, character: char) -> bool {
        numeral::begins(character) || !self.typed().is_empty() && numeral::goes_on(character)
    }

    /// The keys that a line of plain text stands for; `None` where the line is typed as a whole.
    fn keys(&self, _line: &str) -> Option<Vec<Key>> {
        None
    }

    /// Whether ↑ and ↓ move something in it.
    fn goes_up_and_down(&self) -> bool {
        true
    }

    /// Whether it is a point of the map.
    fn is_on_map(&self) -> bool {
        false
    }
}
