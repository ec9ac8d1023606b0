//! A choice: its options stand on the page already, and are read out with their numbers.

use crate::lesson::question::choose::Choice;
use crate::view::question::posed::Posed;

/// A question with options.
pub struct Choosing<'a> {
    pub choices: &'a [Choice],
}

impl Posed for Choosing<'_> {
    fn invites(&self, _dimension: usize) -> Vec<String> {
        let numbered = (1..).zip(self.choices);
        numbered.map(|(number, choice)| format!("{number}) {}", choice.text.as_str())).collect()
    }
}
