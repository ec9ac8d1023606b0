//! The moment that all in a room are at.

use crate::app::room::errand::Proof;

/// What a card, a draft or a notice of a viewer is about; when it has passed, so have they.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moment {
    /// Where the page was opened; `None` at home.
    pub(in crate::app) place: Option<OpenedPage>,
    pub(in crate::app) page: usize,
    pub(in crate::app) proof: Option<Proof>,
    /// How many runs were made before in this sitting.
    pub(in crate::app) made: usize,
    pub(in crate::app) is_asked: bool,
    pub(in crate::app) is_answered: bool,
}

/// A page that was opened: what a viewer had in focus before belongs to another one.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedPage {
    pub(in crate::app) lesson: String,
    /// How many sittings wait beneath it.
    pub(in crate::app) depth: usize,
    pub(in crate::app) is_solution: bool,
    /// How many pages were opened before in this sitting.
    pub(in crate::app) opened: usize,
}
