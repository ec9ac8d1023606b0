//! The learner's own point on the map: a start or an answer on its way, or an answer that was given.

use crate::app::answer::attempt::Attempt;
use crate::app::room::sitting::Sitting;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::question::Answer;
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

impl Pin {
    /// The point that is on its way, or was given as an answer whose outcome is not seen yet.
    pub fn of(sitting: &Sitting, viewer: &Viewer) -> Option<Self> {
        let is_waiting = sitting.proof().is_none() && !sitting.is_outcome_seen();
        let (at, mark, is_moving) = match (&viewer.layer, viewer.attempt(sitting), &sitting.record().answer) {
            (Layer::Settings(draft), ..) => (draft.placing.is_some().then(|| draft.start.clone())?, Mark::Start, true),
            (_, Some(Attempt::Point(pointing)), _) => (pointing.at, Mark::Guess, true),
            (_, _, Some(Answer::Point(point))) if is_waiting => (point.clone(), Mark::Guess, false),
            _ => return None,
        };
        Some(Self { at, mark, is_moving })
    }
}
