//! When a question was passed, and when it is due again.

use serde::{Deserialize, Serialize};

/// How many days pass before a question comes again, and again, and for the last time.
const DAYS: [u32; 3] = [1, 3, 7];

/// When a question was last answered rightly, and how often it came again since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repetition {
    /// The day, counted from 1 January 1970.
    pub day: u32,
    /// How often it was answered rightly in a review.
    pub times: usize,
}

impl Repetition {
    /// The day on which it comes again; none after the last time.
    pub fn next(self) -> Option<u32> {
        DAYS.get(self.times).map(|days| self.day.saturating_add(*days))
    }

    /// After an answer in a review: further on, or from the beginning.
    #[must_use]
    pub fn answered(self, is_right: bool, day: u32) -> Self {
        Self { day, times: if is_right { self.times + 1 } else { 0 } }
    }
}

/// A question that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The id of its lesson.
    pub lesson: String,
    /// Its page, from 1.
    pub page: usize,
    /// Whether its answer was counted.
    pub is_counted: bool,
}
