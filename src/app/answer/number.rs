//! A number being typed, as an answer.

use crate::app::act::acts::Stroke;
use crate::app::answer::making::Making;
use crate::app::settings::typed::{LONGEST_NUMBER, push};
use crate::engine::number::numeral;
use crate::lesson::question::Answer;

/// A number being typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typing {
    pub text: String,
    /// Whether it counts something, so that it is whole and not below 0.
    pub is_count: bool,
}

impl Making for Typing {
    fn take(&mut self, stroke: Stroke) -> Result<(), String> {
        match stroke {
            Stroke::Type(character) => push(&mut self.text, character, LONGEST_NUMBER),
            Stroke::Erase => self.text.pop().map(drop).ok_or_else(|| "Nothing is typed yet.".into()),
            _ => Err("Type a number; Enter answers with it.".into()),
        }
    }

    fn finish(&mut self) -> Result<Option<Answer>, String> {
        match numeral::number(&self.text)? {
            given if self.is_count && (given < 0.0 || given.fract() != 0.0) => {
                Err(format!("`{}` is no count: it is 0, 1, 2 and so on.", self.text))
            }
            given => Ok(Some(Answer::Number(given))),
        }
    }

    fn ways(&self) -> Option<(&'static str, &'static str)> {
        Some(("0-9", "type"))
    }

    fn typed(&self) -> &str {
        &self.text
    }

    fn retype(&mut self, text: &str) -> bool {
        text.clone_into(&mut self.text);
        true
    }

    fn goes_up_and_down(&self) -> bool {
        false
    }
}
