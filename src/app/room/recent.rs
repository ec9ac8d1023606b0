//! The last story and the last standing of a sitting, beside all that they depend on.

use std::cell::RefCell;
use std::sync::Arc;

use crate::app::room::errand::{Errand, Standing};
use crate::app::run::cursor::Cursor;
use crate::engine::record::ending::Ending;
use crate::engine::record::{Beat, Step};
use crate::lesson::schema::Place;

/// The last story and the last standing, with what they were computed from; a copy begins without.
#[derive(Default)]
pub(in crate::app) struct Recent {
    pub(in crate::app) story: RefCell<Option<(StoryKey, Arc<[Beat]>)>>,
    pub(in crate::app) standing: RefCell<Option<(StandingKey, Standing)>>,
}

impl Clone for Recent {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// All that a story depends on: whether the run stands at the cursor, and what is ahead of it there.
pub(in crate::app) struct StoryKey {
    pub(in crate::app) is_here: bool,
    pub(in crate::app) ahead: Result<Arc<Step>, Arc<Ending>>,
}

/// All that a standing depends on, beside the lesson and the story.
#[derive(PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that a standing depends on")]
pub(in crate::app) struct StandingKey {
    pub(in crate::app) story: Arc<[Beat]>,
    pub(in crate::app) errand: Errand,
    pub(in crate::app) page: usize,
    pub(in crate::app) cursor: Cursor,
    pub(in crate::app) is_unlocked: bool,
    pub(in crate::app) is_answered: bool,
    /// Where the outcome is seen, and whether it was; `None` without a verdict.
    pub(in crate::app) outcome: Option<(Option<Place>, bool)>,
    pub(in crate::app) is_met: bool,
    pub(in crate::app) is_over: bool,
}
