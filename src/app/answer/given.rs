//! What one of two answered, for themselves.

use crate::lesson::file::safe::Safe;
use crate::lesson::question::Answer;

/// What one of the two answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Whose answer it is.
    pub name: Safe,
    pub answer: Answer,
    /// How sure they were: 0 guess, 1 think, 2 sure.
    pub confidence: usize,
    /// Whether it is right, once the two have answered.
    pub is_right: Option<bool>,
}
