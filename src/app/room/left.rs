//! A lesson that waits, exactly as it was left, while its learner plays in the sandbox.

use crate::app::room::sitting::Sitting;

/// A lesson that waits while its learner plays, and what one viewer saw of it.
#[derive(Clone)]
pub struct Left {
    pub(in crate::app) sitting: Sitting,
    pub(in crate::app) panel: usize,
    pub(in crate::app) is_zoomed: bool,
}

impl Left {
    /// A lesson of which nobody has seen a panel yet.
    pub fn of(sitting: Sitting) -> Self {
        Self { sitting, panel: 0, is_zoomed: false }
    }

    /// The lesson itself.
    pub(in crate::app) fn into_sitting(self) -> Sitting {
        self.sitting
    }

    /// The lesson that waits.
    pub fn sitting(&self) -> &Sitting {
        &self.sitting
    }
}
