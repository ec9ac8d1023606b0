//! Work that takes longer than a key: it is done in slices between the keys, so that nobody ever waits.
//!
//! A session has at most one work. A slice is bounded by a count, not by a clock, and what comes out does not depend on how
//! the slices fall. `Esc` stops it: a run stays where it is, a map of basins is dropped.
//!
//! Another kind of work, a sweep of settings say, is a variant here with its struct in a file of its own: a bounded `slice`, a
//! `progress`, what is said at the end, and what a stop leaves. What it finds goes where its requester looks for it.

use crate::app::room::sitting::Sitting;
use crate::app::run::basins::Basins;
use crate::app::run::long_run::LongRun;
use crate::app::run::work_progress::WorkProgress;

/// What goes on.
#[derive(Clone)]
pub enum Work {
    /// The run goes on.
    Run(LongRun),
    /// Where the starts of a grid lead; the answer goes to `Sitting::basins`.
    Basins(Box<Basins>),
}

impl Work {
    /// Does a slice; whether there is more.
    pub fn slice(&mut self, sitting: &mut Sitting) -> bool {
        match self {
            Self::Run(journey) => sitting.travel(journey),
            Self::Basins(basins) => basins.slice(),
        }
    }

    /// Leaves what was found where it belongs; as a refusal, what there is to say.
    pub fn finish(self, sitting: &mut Sitting) -> Result<(), String> {
        match self {
            Self::Run(journey) => sitting.arrive(journey),
            Self::Basins(basins) => {
                sitting.basins = Some(basins.map());
                Err("Each start has the letter of the minimum it reaches; ! leaves the map, ? rests elsewhere, . goes on."
                    .into())
            }
        }
    }

    /// Stops before its end, and says what that leaves.
    pub fn stop(self, sitting: &mut Sitting) -> String {
        match self {
            Self::Run(_) => {
                sitting.look_at_goal();
                format!("Stopped at t = {}; E goes on.", sitting.cursor.t)
            }
            Self::Basins(_) => "Stopped: the map of basins is not drawn.".into(),
        }
    }

    /// How far it is.
    pub fn progress(&self, sitting: &Sitting) -> WorkProgress {
        match self {
            Self::Run(journey) => journey.progress(sitting),
            Self::Basins(basins) => basins.progress(),
        }
    }
}
