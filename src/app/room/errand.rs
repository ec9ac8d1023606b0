//! What a sitting is for, and what can be done in it next.

use crate::lesson::schema::Place;

/// What a sitting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// A lesson of the course or of a file.
    Lesson,
    /// Free play.
    Sandbox,
    /// The solution of a goal, step by step.
    Solution,
    /// Questions that are due again.
    Review,
    /// A run that proves a why card of the page.
    Proof(Proof),
}

/// The run that proves a why card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Where it stops; `None`: at its end.
    pub until: Option<Place>,
    /// Its scenario, as an index into the lesson.
    pub scenario: usize,
    /// The why card, by its number on the page.
    pub card: usize,
}

/// What the learner can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A question is open and locks.
    Asked,
    /// There is a beat to see before the page is done.
    Stepping,
    /// A goal is not met yet, or there is none: free play.
    Aiming,
    /// The page is done.
    Done,
}
