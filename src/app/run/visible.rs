//! What has been seen of the iteration in view and of the runs, and nothing beyond it.

use std::sync::Arc;

use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::{self, Cursor};
use crate::engine::record::ending::Ending;
use crate::engine::record::memory::Memory;
use crate::engine::record::trial::Trial;
use crate::engine::record::{Beat, Calls, Part, Proposal, Sample, Step};
use crate::engine::rule::method::Method;
use crate::engine::rule::seen::Seen;
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::lesson::scenario::Cast;
use crate::objective::function::Objective;
use crate::objective::point::Point;

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
pub(in crate::app) fn ahead<'a>(next: Result<&'a Step, &'a Ending>) -> (Option<&'a Proposal>, &'a [Trial]) {
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
        Self::told(&cast.runs[0], &cursor::story(cast, cursor.t), cursor.beat)
    }

    /// What was seen of a run, of whose story the beat of that index was seen last.
    pub(in crate::app) fn told(run: &'a Run, story: &[Beat], last: usize) -> Self {
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
        for beat in story.iter().take(last + 1) {
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
    pub(in crate::app) fn seen(&self, run: &'a Run) -> Seen<'a> {
        let noise = run.peek().ok().and_then(|step| step.noise.as_ref());
        let Self { t, here, past, proposal, trials, alpha, .. } = *self;
        Seen { objective: run.objective(), t, here, past, noise, proposal, trials, alpha }
    }

    /// The whole step, for a rule that tells a beat of its own: it knows how much that beat may show.
    pub(in crate::app) fn whole(&self, run: &'a Run) -> Seen<'a> {
        let next = run.peek().map(|step| &**step);
        let ((proposal, trials), alpha) = (ahead(next), next.ok().map(|step| step.alpha));
        Seen { proposal, trials, alpha, ..self.seen(run) }
    }

    /// The point in view: xₜ₊₁ after the move, xₜ before.
    pub fn point(&self) -> &'a Sample {
        self.to.unwrap_or(self.here)
    }
}

/// A run as far as it was seen: its iterates until xₜ, and no step that is still to be made.
#[derive(Clone, Copy)]
pub struct SeenRun<'a> {
    run: &'a Run,
    /// The step from xₜ, once its move is seen; `None` before, and for every run that is not the learner's.
    made: Option<&'a Arc<Step>>,
}

impl<'a> SeenRun<'a> {
    /// A run of which everything until xₜ was seen.
    pub fn of(run: &'a Run) -> Self {
        Self { run, made: None }
    }

    /// The run that a glimpse was taken of.
    pub(in crate::app) fn glimpsed(run: &'a Run, glimpse: &Glimpse<'a>) -> Self {
        Self { run, made: run.peek().ok().filter(|_| glimpse.to.is_some()) }
    }

    /// The iteration t.
    pub fn iteration(self) -> usize {
        self.run.iteration()
    }

    /// The iterate xₜ.
    pub fn here(self) -> &'a Arc<Sample> {
        self.run.here()
    }

    /// The start x₀ with f and ∇f.
    pub fn first(self) -> &'a Arc<Sample> {
        self.run.iterate(0).unwrap_or_else(|| self.run.here())
    }

    /// Where it started.
    pub fn start(self) -> &'a Point {
        self.run.start()
    }

    /// The steps that led to xₜ.
    pub fn past(self) -> &'a [Arc<Step>] {
        self.run.past()
    }

    /// The step from xₜ; `None` until its move is seen.
    pub fn made(self) -> Option<&'a Arc<Step>> {
        self.made
    }

    /// Whether iterate `t` is this very sample. A cache asks it to know its run again, also after going back.
    pub fn is_at(self, t: usize, sample: &Arc<Sample>) -> bool {
        self.run.iterate(t).is_some_and(|known| Arc::ptr_eq(known, sample))
    }

    /// Evaluation counts until f and ∇f at the iterate `t` were known; xₜ₊₁ counts once its move is seen.
    pub fn calls_at(self, t: usize) -> Calls {
        match self.made {
            Some(step) if t > self.run.iteration() => step.arrival,
            _ => self.run.calls_at(t),
        }
    }

    /// Evaluation counts until f and ∇f at xₜ were known.
    pub fn calls(self) -> Calls {
        self.run.calls()
    }

    /// What it descends.
    pub fn objective(self) -> &'a dyn Objective {
        self.run.objective()
    }

    /// Its method now.
    pub fn method(self) -> &'a Method {
        self.run.method()
    }

    /// Its method in iteration `t`, which a fork may have changed since.
    pub fn method_at(self, t: usize) -> &'a Method {
        self.run.method_at(t)
    }

    /// When it stops.
    pub fn limits(self) -> &'a Limits {
        self.run.limits()
    }
}
