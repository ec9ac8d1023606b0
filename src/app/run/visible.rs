//! What has been seen of the iteration in view, and nothing beyond it: panels draw from this, so they cannot tell too much.

use std::sync::Arc;

use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::{self, Cursor};
use crate::engine::record::ending::Ending;
use crate::engine::record::memory::Memory;
use crate::engine::record::trial::Trial;
use crate::engine::record::{Beat, Part, Proposal, Sample, Step};
use crate::engine::rule::seen::Seen;
use crate::engine::run::Run;
use crate::lesson::scenario::Cast;

/// The part of an iteration that was told up to the cursor.
#[derive(Clone, Copy)]
pub struct Glimpse<'a> {
    /// The iteration t.
    pub t: usize,
    /// xₜ with f and ∇f.
    pub here: &'a Sample,
    /// The steps that led here.
    pub past: &'a [Arc<Step>],
    /// What the rule remembered, or what else leads to the direction, once it is seen.
    pub memory: Option<&'a Memory>,
    /// The direction, once it is seen.
    pub proposal: Option<&'a Proposal>,
    /// The trials seen so far.
    pub trials: &'a [Trial],
    /// The step size, once it is chosen.
    pub alpha: Option<f64>,
    /// xₜ₊₁, once the move is made.
    pub to: Option<&'a Sample>,
    /// The ending, once it is seen.
    pub ending: Option<&'a Ending>,
}

/// The direction and the trials of the step ahead, or of the one that failed.
fn ahead<'a>(next: Result<&'a Step, &'a Ending>) -> (Option<&'a Proposal>, &'a [Trial]) {
    match next {
        Ok(step) => (Some(&step.proposal), &step.trials),
        Err(ending) => ending.attempt.as_ref().map_or((None, &[]), |(proposal, trials)| (Some(proposal), trials)),
    }
}

impl<'a> Glimpse<'a> {
    /// What was seen of the learner's run.
    pub fn of(sitting: &'a Sitting) -> Self {
        Self::at(&sitting.cast, sitting.cursor)
    }

    /// What was seen of the first run of a cast.
    pub fn at(cast: &'a Cast, cursor: Cursor) -> Self {
        let run = &cast.runs[0];
        let mut glimpse = Self {
            t: run.iteration(),
            here: run.here(),
            past: run.past(),
            memory: None,
            proposal: None,
            trials: &[],
            alpha: None,
            to: None,
            ending: None,
        };
        for beat in cursor::story(cast, cursor.t).iter().take(cursor.beat + 1) {
            glimpse.see(*beat, run.peek().map(|step| &**step));
        }
        glimpse
    }

    fn see(&mut self, beat: Beat, next: Result<&'a Step, &'a Ending>) {
        let (proposal, trials) = ahead(next);
        match (beat, next) {
            (Beat::Trial(index), next) => {
                self.trials = &trials[..=index];
                if let Ok(step) = next {
                    self.alpha = (index + 1 == trials.len()).then_some(step.alpha);
                }
            }
            (Beat::StepSize, Ok(step)) => self.alpha = Some(step.alpha),
            (Beat::Move, Ok(step)) => {
                self.alpha = Some(step.alpha);
                self.to = Some(&step.to);
            }
            (Beat::End, Err(ending)) => self.ending = Some(ending),
            _ if beat.part() == Part::Memory => self.memory = proposal.map(|proposal| &proposal.memory),
            _ if beat.part() == Part::Direction => self.proposal = proposal,
            _ => {}
        }
    }

    /// What was seen, for a rule that tells its working; `run` is the one that was looked at.
    pub fn seen(&self, run: &'a Run) -> Seen<'a> {
        let noise = run.peek().ok().and_then(|step| step.noise.as_ref());
        let Self { t, here, past, proposal, trials, alpha, .. } = *self;
        Seen { objective: run.objective(), t, here, past, noise, proposal, trials, alpha }
    }

    /// The whole step, for a rule that tells a beat of its own: it knows how much that beat may show.
    pub fn whole(&self, run: &'a Run) -> Seen<'a> {
        let next = run.peek().map(|step| &**step);
        let ((proposal, trials), alpha) = (ahead(next), next.ok().map(|step| step.alpha));
        Seen { proposal, trials, alpha, ..self.seen(run) }
    }

    /// The point in view: xₜ₊₁ after the move, xₜ before.
    pub fn point(&self) -> &'a Sample {
        self.to.unwrap_or(self.here)
    }
}
