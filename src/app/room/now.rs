//! What a sitting tells of its moment: the story of its iteration, and what the learner can do next.
//!
//! Both are asked for many times a key and a frame, so they are kept beside all that they depend on, and computed
//! again only when some of it has changed.

use std::sync::Arc;

use crate::app::room::errand::Standing;
use crate::app::room::recent::{StandingKey, StoryKey};
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor;
use crate::engine::record::Beat;
use crate::lesson::schema::Place;

impl Sitting {
    /// The beats of the iteration in view.
    pub fn story(&self) -> Arc<[Beat]> {
        let run = &self.cast.runs[0];
        let (is_here, ahead) = (run.iteration() == self.cursor.t, run.ahead());
        let mut known = self.now.story.borrow_mut();
        let is_known = |key: &StoryKey| {
            key.is_here == is_here
                && match (&key.ahead, ahead) {
                    (Ok(known), Ok(ahead)) => Arc::ptr_eq(known, ahead),
                    (Err(known), Err(ahead)) => Arc::ptr_eq(known, ahead),
                    _ => false,
                }
        };
        if let Some((_, story)) = known.as_ref().filter(|(key, _)| is_known(key)) {
            return Arc::clone(story);
        }
        #[cfg(test)]
        crate::engine::tally::told();
        let story: Arc<[Beat]> = cursor::story(&self.cast, self.cursor.t).into();
        *known = Some((StoryKey { is_here, ahead: ahead.cloned().map_err(Arc::clone) }, Arc::clone(&story)));
        story
    }

    /// The beat that was seen last.
    pub fn beat(&self) -> Beat {
        self.story().get(self.cursor.beat).copied().unwrap_or(Beat::End)
    }

    /// Whether a place of the page has been reached; a run that ended before it counts as having reached it.
    pub(in crate::app) fn has_reached(&self, place: Place) -> bool {
        cursor::has_reached(&self.cast, self.cursor, place, &self.story())
    }

    /// What can be done next.
    pub fn standing(&self) -> Standing {
        let record = self.record();
        let key = StandingKey {
            story: self.story(),
            errand: self.errand,
            page: self.page,
            cursor: self.cursor,
            is_unlocked: self.is_unlocked,
            is_answered: record.answer.is_some(),
            outcome: record.verdict.as_ref().map(|verdict| (verdict.place, verdict.was_seen)),
            is_met: record.goal.is_some() && (!record.is_new_try || self.is_over()),
            is_over: self.cast.is_over(),
        };
        let mut known = self.now.standing.borrow_mut();
        if let Some((_, standing)) = known.as_ref().filter(|(known, _)| *known == key) {
            return *standing;
        }
        #[cfg(test)]
        crate::engine::tally::stood();
        let standing = self.standing_now(&key);
        *known = Some((key, standing));
        standing
    }

    fn standing_now(&self, key: &StandingKey) -> Standing {
        if self.open_question().is_some() && !self.is_unlocked {
            Standing::Asked
        } else if self.is_sandbox() {
            Standing::Aiming
        } else if self.proof().is_none() && self.page().goal.is_some() {
            if key.is_met { Standing::Done } else { Standing::Aiming }
        } else if self.open_question().is_some() || self.stop().is_some_and(|place| !self.has_reached(place)) {
            // With the lock lifted a question is passed like a beat.
            Standing::Stepping
        } else {
            Standing::Done
        }
    }

    /// The next place at which stepping pauses; `None` at the end of the page.
    pub(in crate::app) fn stop(&self) -> Option<Place> {
        if let Some(proof) = self.proof() {
            return proof.until;
        }
        self.record().verdict.as_ref().and_then(|verdict| verdict.place).or(self.page().until)
    }
}
