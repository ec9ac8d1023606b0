//! How far a long work is.

/// How far a long work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkProgress {
    /// What goes on, as a sentence begins.
    pub what: &'static str,
    /// How far it is, in words.
    pub words: String,
    /// How many are done.
    pub done: usize,
    /// How many there are at most, if that is known.
    pub total: Option<usize>,
}

impl WorkProgress {
    /// That it goes on, to whoever presses another key.
    pub fn refusal(&self) -> String {
        format!("{} goes on; Esc stops it.", self.what)
    }
}
