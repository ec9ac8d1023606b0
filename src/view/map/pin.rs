//! The learner's own point on the map: a start or an answer on its way, or an answer that was given.

use crate::view::paper::spelling::Mark;

/// A point of the learner's on the map.
pub struct Pin {
    /// Where.
    pub at: Vec<f64>,
    /// What it is.
    pub mark: Mark,
    /// Whether it is being moved; else it gives way to the run.
    pub is_moving: bool,
}
