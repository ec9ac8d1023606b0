//! A number: what was typed of it, with its unit.

use crate::app::answer::attempt::Attempt;
use crate::app::answer::number::Typing;
use crate::lesson::question::number::Measure;
use crate::view::question::posed::{AttemptShown, Columns, Posed, plain};

/// A question for a number.
pub struct Measuring<'a> {
    pub measure: &'a Measure,
    /// The number as typed; `None` where nobody answers.
    pub attempt: Option<&'a Attempt>,
}

impl Posed for Measuring<'_> {
    fn shown(&self, Columns { theme, .. }: Columns) -> AttemptShown {
        let Some(Attempt::Number(Typing { text: typed, .. })) = self.attempt else { return AttemptShown::default() };
        let answer = self.measure.with_unit(typed).replacen(typed, &format!("{typed}_"), 1);
        AttemptShown { lines: vec![plain(&format!("Your answer: {answer}"), theme)], ..AttemptShown::default() }
    }

    fn is_line(&self) -> bool {
        true
    }
}
