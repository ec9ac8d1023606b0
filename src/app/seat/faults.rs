//! What is wrong with a lesson file that was saved while its lesson is open, as it lies on the page.

use crate::lesson::file::complaint::Brief;
use crate::lesson::file::safe::Safe;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    /// What the file is called.
    pub file: Safe,
    /// Whether what is seen is the file as it was before.
    pub is_old: bool,
    /// What is wrong with it.
    pub complaints: Vec<Brief>,
}
