//! All that is known of a step, written down once and never changed.

pub mod ending;
pub mod memory;
pub mod quantity;
pub mod row;
pub mod secant;
pub mod trial;
pub mod velocity;

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::engine::record::memory::Memory;
use crate::engine::record::trial::Trial;
use crate::objective::point::{Point, Vector};

/// An iterate with what was measured there.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The iterate xₜ.
    pub point: Point,
    /// f(xₜ).
    pub value: f64,
    /// ∇f(xₜ).
    pub gradient: Vector,
}

impl Sample {
    /// The same sample with noise in its gradient.
    #[must_use]
    pub fn blurred(&self, noise: &Vector) -> Self {
        Self { gradient: &self.gradient + noise, ..self.clone() }
    }

    /// Whether the point, the value and every slope are finite.
    pub fn is_finite(&self) -> bool {
        let are_finite = |numbers: &Vector| numbers.as_slice().iter().all(|number| number.is_finite());
        self.value.is_finite() && are_finite(&self.point) && are_finite(&self.gradient)
    }
}

/// Where a direction rule wants to go: the candidates are x(α) = x + base + α·direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What is added whatever α is (βv for momentum); absent for a ray from x.
    pub base: Option<Vector>,
    /// The direction d.
    pub direction: Vector,
    /// What the rule remembered when it arrived at x; the trace shows it as `state`.
    pub memory: Memory,
    /// What it will remember on the next arrival, as far as that is known before α is (Adam's moments). The rest it
    /// reads off the finished step (a velocity, a secant pair).
    pub kept: Memory,
    /// How the way to the direction is told.
    pub telling: Telling,
}

/// How the way to a direction is told; two methods have beats of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Telling {
    /// What the rule remembers, if anything; the direction.
    #[default]
    Direction,
    /// The residuals, their damped model, the direction that solves it; after the trial, what it says of the damping.
    LeastSquares,
    /// A try of the whole move; the signs of the slopes there, and so the direction.
    Signs,
}

impl Proposal {
    /// A ray from x along `direction`, with nothing to remember.
    pub fn ray(direction: Vector) -> Self {
        let (memory, kept) = (Memory::default(), Memory::default());
        Self { base: None, direction, memory, kept, telling: Telling::Direction }
    }

    /// The same ray, chosen with this memory.
    #[must_use]
    pub fn recalling(self, memory: Memory) -> Self {
        Self { memory, ..self }
    }

    /// The same ray, with this to be remembered.
    #[must_use]
    pub fn keeping(self, kept: Memory) -> Self {
        Self { kept, ..self }
    }

    /// The same ray, told so.
    #[must_use]
    pub fn told(self, telling: Telling) -> Self {
        Self { telling, ..self }
    }

    /// The candidate x(α) from `point`.
    pub fn candidate(&self, point: &Point, alpha: f64) -> Point {
        let mut candidate = point.clone();
        self.put_candidate(point, alpha, &mut candidate);
        candidate
    }

    /// Overwrites a point with the candidate x(α) from `point`.
    #[inline]
    pub fn put_candidate(&self, point: &Point, alpha: f64, candidate: &mut Point) {
        // One pass over plain slices: a search does nothing more often.
        let parts = candidate.as_mut_slice().iter_mut().zip(point.as_slice()).zip(self.direction.as_slice());
        match &self.base {
            None => parts.for_each(|((to, from), direction)| *to = from + alpha * direction),
            Some(base) => parts
                .zip(base.as_slice())
                .for_each(|(((to, from), direction), base)| *to = (from + base) + alpha * direction),
        }
    }

    /// Whether the candidate x(α) from `point` rounds to `point` in every coordinate.
    pub fn is_standing_still(&self, point: &Point, alpha: f64) -> bool {
        let mut parts = point.as_slice().iter().zip(self.direction.as_slice());
        match &self.base {
            None => parts.all(|(from, direction)| from + alpha * direction == *from),
            Some(base) => {
                parts.zip(base.as_slice()).all(|((from, direction), base)| (from + base) + alpha * direction == *from)
            }
        }
    }
}

/// How often the method has asked, from the start of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Calls {
    /// Evaluations of f.
    pub value: u64,
    /// Evaluations of ∇f.
    pub gradient: u64,
    /// Evaluations of ∇²f.
    pub hessian: u64,
}

/// One iteration, with its whole story.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// xₜ, where the step starts.
    pub from: Arc<Sample>,
    /// What was added to every gradient that the direction rule saw, in a run with noise.
    pub noise: Option<Vector>,
    /// The direction and what the rule remembers.
    pub proposal: Proposal,
    /// Every α that was tried, in order; empty where α comes from a formula.
    pub trials: Vec<Trial>,
    /// The α that was taken.
    pub alpha: f64,
    /// xₜ₊₁, where the step ends.
    pub to: Arc<Sample>,
    /// All that was asked until xₜ₊₁ was chosen.
    pub calls: Calls,
    /// The same, once f and ∇f are known at xₜ₊₁.
    pub arrival: Calls,
}

/// A sub-step: the smallest piece of an iteration that is told by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// At xₜ: f, ∇f and the stop tests.
    Here,
    /// What the rule remembers.
    Memory,
    /// For a sum of squares: the residuals r.
    Residuals,
    /// Their linear model with its damping λ.
    Model,
    /// A move that is only tried, for the signs of the slopes there.
    Try,
    /// What those signs say of each coordinate: the direction d.
    Signs,
    /// The direction d.
    Direction,
    /// The trial of this index, from 0.
    Trial(usize),
    /// α from a formula, without a trial.
    StepSize,
    /// What the trial says of the damping λ.
    Verdict,
    /// x ← x + base + αd.
    Move,
    /// The run ends here.
    End,
}

impl Step {
    /// The sub-steps of this iteration, in the order in which they happened.
    pub fn story(&self) -> Vec<Beat> {
        let (mut beats, telling) = (opening(&self.proposal), self.proposal.telling);
        if self.trials.is_empty() && telling != Telling::Signs {
            beats.push(Beat::StepSize);
        }
        beats.extend((0..self.trials.len()).map(Beat::Trial));
        if telling == Telling::LeastSquares && !self.trials.is_empty() {
            beats.push(Beat::Verdict);
        }
        beats.push(Beat::Move);
        beats
    }

    /// Whether a move was asked for: not after a refused step (α = 0), nor where a rule waits (d = 0).
    pub fn meant_to_move(&self) -> bool {
        self.alpha != 0.0 && self.proposal.direction.iter().any(|component| *component != 0.0)
    }

    /// The gradient at xₜ as the direction rule saw it.
    pub fn seen_gradient(&self) -> Cow<'_, Vector> {
        match &self.noise {
            Some(noise) => Cow::Owned(&self.from.gradient + noise),
            None => Cow::Borrowed(&self.from.gradient),
        }
    }

    /// xₜ₊₁ − xₜ.
    pub fn displacement(&self) -> Vector {
        &self.to.point - &self.from.point
    }
}

/// The beats that every iteration opens with.
pub(in crate::engine) fn opening(proposal: &Proposal) -> Vec<Beat> {
    match proposal.telling {
        Telling::LeastSquares => vec![Beat::Here, Beat::Residuals, Beat::Model, Beat::Direction],
        Telling::Signs => vec![Beat::Here, Beat::Try, Beat::Signs],
        Telling::Direction if proposal.memory.is_empty() => vec![Beat::Here, Beat::Direction],
        Telling::Direction => vec![Beat::Here, Beat::Memory, Beat::Direction],
    }
}
