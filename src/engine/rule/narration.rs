//! What is told of a sub-step: a sentence, what comes next, and a line of pseudo-code.

/// What is told of a beat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narration {
    /// What was just done, with its numbers.
    pub now: String,
    /// What comes next; empty while a question is open.
    pub next: String,
    /// The line of pseudo-code.
    pub code: String,
}
