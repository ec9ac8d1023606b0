//! A run: one method on one objective from one start, one step at a time, forward and back.

pub mod attic;
pub mod room;
pub mod stop;

use std::sync::Arc;

use crate::engine::ask::line::SearchLine;
use crate::engine::ask::noise::Noise;
use crate::engine::ask::oracle::Oracle;
use crate::engine::number::short;
use crate::engine::record::ending::{Ending, Reason, Stuck, no_direction};
use crate::engine::record::trial::Trial;
use crate::engine::record::{Calls, Proposal, Sample, Step};
use crate::engine::rule::method::{Method, made_by};
use crate::engine::run::room::ROOM;
use crate::engine::run::stop::Limits;
use crate::objective::function::Objective;
use crate::objective::point::Point;

/// A run of a method; it always holds the step after iteration t, computed ahead.
///
/// A step is a pure function of the past, so going back and forth changes nothing, and a fork shares its past. Large
/// models (more than 64 numbers) of steps long past are dropped, and made again by going back there. Where the record
/// takes all the bytes that it may, the run ends ([`Reason::Memory`]).
#[derive(Clone)]
pub struct Run {
    objective: Arc<dyn Objective>,
    method: Method,
    /// The iteration from which `method` computes the steps; `earlier` holds the methods before a fork, each with its own.
    since: usize,
    earlier: Vec<(usize, Method)>,
    limits: Limits,
    noise: Option<Noise>,
    origin: Arc<Sample>,
    start_calls: Calls,
    steps: Vec<Arc<Step>>,
    /// Bytes that the steps take, and the maximum (`room`).
    taken: usize,
    room: usize,
    ending: Option<Arc<Ending>>,
    t: usize,
    /// Reused buffer for the trial log of a line search.
    log: Vec<Trial>,
    #[cfg(test)]
    _cloned: crate::engine::tally::Cloned,
}

impl Run {
    /// A run from `start` (n coordinates, n = the objective's dimension), at iteration 0.
    pub fn new(objective: Arc<dyn Objective>, start: Point, method: Method, limits: Limits) -> Self {
        let oracle = Oracle::new(&*objective, Calls::default());
        let (value, gradient) = oracle.sample(&start);
        let start_calls = oracle.calls();
        let origin = Arc::new(Sample { point: start, value, gradient });
        let mut run = Self {
            objective,
            method,
            since: 0,
            earlier: Vec::new(),
            limits,
            noise: None,
            origin,
            start_calls,
            steps: Vec::new(),
            taken: 0,
            room: ROOM,
            ending: None,
            t: 0,
            log: Vec::new(),
            #[cfg(test)]
            _cloned: crate::engine::tally::Cloned,
        };
        run.look_ahead();
        run
    }

    /// The same run from its start, with noise in the gradients that its direction rule sees.
    #[must_use]
    pub fn with_noise(self, noise: Option<Noise>) -> Self {
        if noise == self.noise {
            return self;
        }
        let mut noisy = Self { noise, steps: vec![], taken: 0, since: 0, earlier: vec![], ending: None, t: 0, ..self };
        noisy.look_ahead();
        noisy
    }

    /// The same run with a maximum of `room` bytes for its record; steps that were computed already stay.
    #[must_use]
    pub fn within(self, room: usize) -> Self {
        Self { room, ..self }
    }

    /// The bytes that the record takes, large models aside.
    pub fn taken(&self) -> usize {
        self.taken
    }

    pub fn objective(&self) -> &dyn Objective {
        &*self.objective
    }

    /// The method that computes the step from the current iterate.
    pub fn method(&self) -> &Method {
        self.method_at(self.t)
    }

    /// The method that computes the step from xₜ; before a fork it may be another one.
    pub fn method_at(&self, t: usize) -> &Method {
        made_by(t, &self.earlier, (self.since, &self.method))
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// t, the current iteration: the number of steps advanced.
    pub fn iteration(&self) -> usize {
        self.t
    }

    /// The iterate xₜ.
    pub fn here(&self) -> &Arc<Sample> {
        self.t.checked_sub(1).map_or(&self.origin, |last| &self.steps[last].to)
    }

    /// The iterate of iteration `t`; `None` if it was never computed. Iterates after the current one count.
    pub fn iterate(&self, t: usize) -> Option<&Arc<Sample>> {
        t.checked_sub(1).map_or(Some(&self.origin), |last| self.steps.get(last).map(|step| &step.to))
    }

    /// The steps that led here.
    pub fn past(&self) -> &[Arc<Step>] {
        &self.steps[..self.t]
    }

    /// The step computed ahead from xₜ, or the ending of the run at xₜ.
    pub fn peek(&self) -> Result<&Arc<Step>, &Ending> {
        self.ahead().map_err(|ending| &**ending)
    }
    /// The same, with the handle of the ending, which tells two endings apart.
    pub fn ahead(&self) -> Result<&Arc<Step>, &Arc<Ending>> {
        match (self.steps.get(self.t), &self.ending) {
            (Some(step), _) => Ok(step),
            (None, Some(ending)) => Err(ending),
            (None, None) => unreachable!("a run is always one step ahead"),
        }
    }

    /// Evaluation counts until f and ∇f at the current iterate were known.
    pub fn calls(&self) -> Calls {
        self.calls_at(self.t)
    }

    /// Evaluation counts until f and ∇f at xₜ were known; a larger `t` counts as the current iteration.
    pub fn calls_at(&self, t: usize) -> Calls {
        self.past()[..t.min(self.t)].last().map_or(self.start_calls, |step| step.arrival)
    }

    /// Advances by one step; false if the run has ended.
    pub fn advance(&mut self) -> bool {
        if self.peek().is_err() {
            return false;
        }
        self.t += 1;
        if self.steps.len() > self.t {
            self.restore();
        }
        self.look_ahead();
        if let Some(old) = self.t.checked_sub(attic::kept(self.origin.point.len(), self.room) + 1) {
            attic::thin(&mut self.steps[old]);
        }
        true
    }

    /// Goes back by one step; false at the start.
    pub fn back(&mut self) -> bool {
        if self.t == 0 {
            return false;
        }
        self.t -= 1;
        self.restore();
        true
    }

    /// Goes to iteration `t`, or to the end if that comes first.
    pub fn go_to(&mut self, t: usize) {
        if t < self.t {
            self.t = t;
            self.restore();
        }
        while self.t < t && self.advance() {}
    }

    /// The same past, going on with another method.
    #[must_use]
    pub fn fork(&self, method: Method) -> Self {
        let mut fork = self.clone();
        fork.steps.truncate(self.t);
        fork.taken = fork.steps.iter().map(|step| room::of_step(step)).sum();
        fork.ending = None;
        if fork.since < fork.t {
            fork.earlier.push((fork.since, fork.method));
        }
        fork.earlier.retain(|(since, _)| *since < fork.t);
        (fork.since, fork.method) = (fork.t, method);
        fork.look_ahead();
        fork
    }

    /// Where the run started.
    pub fn start(&self) -> &Point {
        &self.origin.point
    }

    /// Runs to the end and tells only how many steps that took and what the end is. Steps long past are forgotten on the
    /// way, so that a run of any length takes little room.
    pub fn finish(mut self) -> (usize, Ending) {
        while self.advance() {
            if let Some(old) = self.t.checked_sub(attic::KEPT + 1).filter(|old| *old > 0) {
                // Rules count the past and read its end, so forgotten steps are replaced by a pointer to the first.
                self.taken -= room::of_step(&self.steps[old]) - size_of::<usize>();
                self.steps[old] = Arc::clone(&self.steps[0]);
            }
        }
        let Some(ending) = self.ending else { unreachable!("a run advances until it ends") };
        (self.t, Arc::unwrap_or_clone(ending))
    }

    /// Recomputes the large models that were dropped and are read at this iteration.
    fn restore(&mut self) {
        let (earlier, latest) = (&self.earlier, (self.since, &self.method));
        let kept = attic::kept(self.origin.point.len(), self.room);
        let made_by = |t: usize| made_by(t, earlier, latest);
        attic::restore(&mut self.steps, self.t, kept, &*self.objective, made_by);
    }

    fn look_ahead(&mut self) {
        if self.steps.len() > self.t || self.ending.is_some() {
            return;
        }
        let mut log = std::mem::take(&mut self.log);
        let next = self.next(&mut log);
        self.log = log;
        match next {
            Ok(step) => {
                self.taken += room::of_step(&step);
                self.steps.push(step);
            }
            Err(ending) => self.ending = Some(ending),
        }
    }

    fn next(&self, log: &mut Vec<Trial>) -> Result<Arc<Step>, Arc<Ending>> {
        let (here, past, calls) = (self.here(), self.past(), self.calls());
        if let Some(met) = stop::tests(&self.limits, here, past, calls).find(|test| test.met) {
            return Err(self.ending(met.reason, stop::sentence(&met, here, past), None, calls));
        }
        let kept = attic::kept(self.origin.point.len(), self.room);
        if let Some(sentence) = room::refusal(self.taken, past.last(), kept, self.room) {
            return Err(self.ending(Reason::Memory, sentence, None, calls));
        }
        let noise = self.noise.map(|noise| noise.at(self.t, here.point.len()));
        let blurred = noise.as_ref().map(|noise| here.blurred(noise));
        let ask = Oracle::noisy(&*self.objective, noise.as_ref(), calls);
        let proposal = self
            .method
            .direction
            .rule()
            .propose(blurred.as_ref().unwrap_or(here), past, &ask)
            .map_err(|Stuck { reason, sentence }| self.ending(reason, sentence, None, ask.calls()))?;
        if let Some(sentence) = no_direction(&proposal.direction) {
            return Err(self.ending(Reason::NotFinite, sentence, Some((proposal, Vec::new())), ask.calls()));
        }
        let oracle = Oracle::new(&*self.objective, ask.calls());
        let mut line = SearchLine::new(&oracle, here, &proposal, log);
        let step_size = self.method.step_size.rule();
        let alpha = match step_size.choose(&mut line, past) {
            Ok(alpha) => alpha,
            Err(Stuck { reason, sentence }) => {
                let (sentence, trials) = (sentence + stop::overflow(line.slope_here()), line.into_trials());
                return Err(self.ending(reason, sentence, Some((proposal, trials)), oracle.calls()));
            }
        };
        if !alpha.is_finite() {
            let (sentence, trials) = (format!("α is no finite number: it is {}", short(alpha)), line.into_trials());
            return Err(self.ending(Reason::NotFinite, sentence, Some((proposal, trials)), oracle.calls()));
        }
        let (landing, trials) = line.landing(alpha);
        let lost = || stop::lost_step(here, &proposal, alpha, &landing);
        if let Some(sentence) = (!step_size.is_schedule()).then(lost).flatten() {
            return Err(self.ending(Reason::StepSmall, sentence, Some((proposal, trials)), oracle.calls()));
        }
        let calls = oracle.calls();
        let (value, gradient) = match (landing.value, landing.gradient) {
            (Some(value), Some(gradient)) => (value, gradient),
            (Some(value), None) => (value, oracle.gradient(&landing.point)),
            _ => oracle.sample(&landing.point),
        };
        let to = Arc::new(Sample { point: landing.point, value, gradient });
        let (from, arrival) = (Arc::clone(here), oracle.calls());
        Ok(Arc::new(Step { from, noise, proposal, trials, alpha, to, calls, arrival }))
    }

    fn ending(
        &self,
        reason: Reason,
        sentence: String,
        attempt: Option<(Proposal, Vec<Trial>)>,
        calls: Calls,
    ) -> Arc<Ending> {
        // α(t) and noise change with t, and may lead out of a 2-cycle.
        let is_for_ever = self.noise.is_none() && !self.method.step_size.rule().is_schedule();
        let note = (reason != Reason::Cycle).then(|| stop::two_cycle(self.past(), is_for_ever)).flatten();
        Arc::new(Ending { reason, sentence, note, at: Arc::clone(self.here()), attempt, calls })
    }
}
