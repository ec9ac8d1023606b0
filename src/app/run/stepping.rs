//! Forward and back through a lesson in progress, never past an open question.

use std::sync::Arc;

use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor;
use crate::lesson::claim::watch::{self, Watch};
use crate::lesson::schema::{Grain, Place};

impl Sitting {
    /// What going on pauses at: whether this is another than it was.
    pub(in crate::app) fn pause(&self) -> (Standing, bool) {
        (self.standing(), self.open_question().is_some())
    }

    /// On by one beat; false if there is none, or if the page stops here.
    pub fn step(&mut self) -> bool {
        if self.proof().is_none() && self.standing() == Standing::Asked {
            return false;
        }
        self.pass_question();
        cursor::forward(&mut self.cast, &mut self.cursor)
    }

    /// On by beats for as long as `goes_on` says so of the state before a beat, but not past a stop; whether any was made.
    pub fn step_while(&mut self, goes_on: impl Fn(&Self) -> bool) -> bool {
        let start = self.pause();
        let mut moved = false;
        while goes_on(self) && self.step() {
            moved = true;
            if start.0 == Standing::Stepping && self.pause() != start {
                break;
            }
        }
        self.look_at_goal();
        moved
    }

    /// On by a grain; whether any beat was made.
    pub fn forward(&mut self, grain: Grain) -> bool {
        if self.pass_question() {
            return true;
        }
        let start = self.cursor;
        match grain {
            Grain::SubStep => self.step_while(|sitting| sitting.cursor == start),
            // Mid-step this completes the iteration; past the end of the learner's run, rivals go on one by one.
            Grain::Iteration => self.step_while(|sitting| sitting.cursor.t == start.t),
            Grain::Run => self.go_all_the_way(None),
        }
    }

    /// Back by one beat, or to the page before as it was left; false at the very start.
    pub fn back(&mut self) -> bool {
        if self.was_told_here() {
            (self.records[self.page].verdict, self.records[self.page].told_at) = (None, None);
            return true;
        }
        if self.leads_back() {
            return self.turn_back();
        }
        cursor::back(&mut self.cast, &mut self.cursor)
    }

    /// Back to the start of this iteration, or of the one before.
    pub fn whole_back(&mut self) -> bool {
        if self.cursor.beat > 0 {
            self.cursor.beat = 0;
            return true;
        }
        let Some(t) = self.cursor.t.checked_sub(1) else { return false };
        cursor::move_to(&mut self.cast, &mut self.cursor, t);
        true
    }

    /// To the start of iteration `t`, or as far as the page and the runs allow.
    pub fn go_to(&mut self, t: usize) {
        if t <= self.cursor.t {
            cursor::move_to(&mut self.cast, &mut self.cursor, t);
        } else {
            self.go_all_the_way(Some(t));
        }
    }

    pub(in crate::app) fn go_to_place(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        cursor::move_to(&mut self.cast, &mut self.cursor, place.iteration);
        if self.cursor.t == place.iteration {
            self.cursor.beat = cursor::beat_of(&self.story(), place.reached);
        }
    }

    /// Notes that the goal is met, as soon as the steps made meet it, with the evaluations that took.
    pub(in crate::app) fn look_at_goal(&mut self) {
        let lesson = Arc::clone(&self.lesson);
        let Some(goal) = lesson.pages[self.page].goal.as_ref().filter(|_| self.is_aiming()) else { return };
        let (page, cast) = (self.page, &mut self.cast);
        let followed = self.watch.take().filter(|(known, watch)| *known == page && watch.is_of(cast));
        // A claim that compares runs with each other can turn at any row, so all rows are read again.
        let followed = followed.filter(|_| watch::can_follow(&goal.claim));
        let (_, mut watch) = followed.unwrap_or_else(|| (page, Watch::new(cast)));
        let holds = watch.holds(&goal.claim, cast);
        self.watch = Some((page, watch));
        if let Ok((true, met_at)) = holds {
            let run = &self.cast.runs[0];
            let t = met_at.unwrap_or(run.iteration());
            let spent = if goal.claim.counts_evaluations() { run.calls_at(t).value } else { t as u64 };
            // Of several tries the best one counts.
            let best = self.records[page].goal.map_or(spent, |before| before.min(spent));
            self.records[page].goal = Some(best);
        } else if self.is_over() {
            self.records[page].missed = true;
        }
    }

    /// Why nothing goes on by itself from here.
    pub(in crate::app) fn why_play_stops(&self) -> &'static str {
        match self.standing() {
            Standing::Asked => "Play stops for the question: answer it, and the run goes on.",
            Standing::Done if self.page().goal.is_some() && !self.record().is_new_try => "Play stops: the goal is met.",
            _ if self.is_over() => "Play stops: the run has ended.",
            _ => "Play stops: this page is done.",
        }
    }

    /// Whether the goal of the page is to be looked at after every step.
    pub(in crate::app) fn watches_goal(&self) -> bool {
        self.is_aiming() && self.page().goal.as_ref().is_some_and(|goal| watch::can_follow(&goal.claim))
    }

    fn is_aiming(&self) -> bool {
        self.proof().is_none() && (self.record().goal.is_none() || self.record().is_new_try)
    }
}
