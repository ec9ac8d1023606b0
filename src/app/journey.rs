//! A long way forward: to an iteration or to the ending, in slices, with every stop of a single step.

use crate::app::cursor;
use crate::app::progress::Progress;
use crate::app::sitting::{Sitting, Standing};
use crate::engine::run::Run;
use crate::lesson::schema::Place;

/// A way forward that was set out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journey {
    from: usize,
    to: Option<usize>,
    standing: Standing,
    has_moved: bool,
}

/// How much a slice does: about so many evaluations of a small objective.
const SLICE: usize = 256;

impl Journey {
    /// From here to the start of iteration `to`, or to the ending.
    pub fn new(sitting: &Sitting, to: Option<usize>) -> Self {
        Self { from: sitting.cursor.t, to, standing: sitting.standing(), has_moved: false }
    }

    /// How far it is; where it ends is not known before, only where it ends at the latest.
    pub fn progress(&self, sitting: &Sitting) -> Progress {
        let limits = sitting.cast.runs.iter().map(|run| usize::try_from(run.limits().iterations).unwrap_or(usize::MAX));
        let latest = limits.max().unwrap_or(0);
        let total = self.to.map_or(latest, |to| to.min(latest)).saturating_sub(self.from);
        let words = format!("step {} of at most {}", sitting.cursor.t, self.from + total);
        Progress { what: "The run", words, done: sitting.cursor.t - self.from, total: Some(total) }
    }
}

impl Sitting {
    /// Goes on by a slice of a journey; whether there is more of it.
    pub(in crate::app) fn travel(&mut self, journey: &mut Journey) -> bool {
        let mut spent = 0;
        while spent < SLICE {
            if journey.to.is_some_and(|to| self.cursor.t >= to) || !self.stride() {
                return false;
            }
            journey.has_moved = true;
            let pauses = matches!(journey.standing, Standing::Stepping | Standing::Aiming);
            if pauses && self.standing() != journey.standing {
                return false;
            }
            spent += self.effort();
        }
        true
    }

    /// Goes the whole way at once.
    pub(in crate::app) fn go_all_the_way(&mut self, to: Option<usize>) -> bool {
        let mut journey = Journey::new(self, to);
        while self.travel(&mut journey) {}
        self.look_at_goal();
        journey.has_moved
    }

    /// What there is to say at the end of a journey, if it was not made or does not end where it was to.
    pub(in crate::app) fn arrive(&mut self, journey: Journey) -> Result<(), String> {
        self.look_at_goal();
        let t = self.cursor.t;
        match journey.to {
            Some(to) if t >= to => Ok(()),
            Some(to) if self.is_over() => Err(format!("The run has ended at t = {t}; it has no iteration {to}.")),
            Some(_) if self.standing() == Standing::Asked => {
                Err(format!("Stopped at t = {t}: a question comes first."))
            }
            Some(_) => Err(format!("Stopped at t = {t}, where the page has something to see.")),
            None if journey.has_moved => Ok(()),
            None => Err(self.no_more()),
        }
    }

    /// Why there is no step to make.
    pub(in crate::app) fn no_more(&self) -> String {
        match (self.detour.is_some(), self.standing()) {
            (true, _) => "The proof ends here. Esc goes back to the lesson.".into(),
            (_, Standing::Aiming) => {
                "The run has ended and the goal is not met: e changes a setting, r runs again.".into()
            }
            _ => "The run has ended.".into(),
        }
    }

    /// On by a whole iteration where nothing can stop it, else by one beat; false if there is none.
    fn stride(&mut self) -> bool {
        let is_far = |place: Option<Place>| place.is_none_or(|place| self.cursor.t < place.iteration);
        let is_free = is_far(self.stop()) && is_far(self.page().until);
        if is_free && self.cast.runs.iter().any(|run| run.peek().is_ok()) {
            let next = self.cursor.t + 1;
            cursor::move_to(&mut self.cast, &mut self.cursor, next);
            return true;
        }
        self.step()
    }

    /// What the step ahead takes, roughly in evaluations of a small objective.
    fn effort(&self) -> usize {
        let of = |run: &Run| {
            let n = run.objective().dimension();
            1 + n * n / 32 + run.peek().map_or(0, |step| step.trials.len())
        };
        self.cast.runs.iter().map(of).sum()
    }
}
