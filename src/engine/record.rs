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
    /// The beats of the rule's own; `None` if its steps are told like all others.
    pub own: Option<&'static OwnBeats>,
}

impl Proposal {
    /// A ray from x along `direction`, with nothing to remember.
    pub fn ray(direction: Vector) -> Self {
        let (memory, kept) = (Memory::default(), Memory::default());
        Self { base: None, direction, memory, kept, own: None }
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

    /// The same ray, told in beats of the rule's own.
    #[must_use]
    pub fn told(self, own: &'static OwnBeats) -> Self {
        Self { own: Some(own), ..self }
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
    /// The direction d.
    Direction,
    /// The trial of this index, from 0.
    Trial(usize),
    /// α from a formula, without a trial.
    StepSize,
    /// A sub-step that only the direction rule has, which tells it.
    Own(OwnBeat),
    /// x ← x + base + αd.
    Move,
    /// The run ends here.
    End,
}

/// A sub-step that only one rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnBeat {
    /// What it is called, in one word.
    pub name: &'static str,
    /// What of the iteration is known from then on.
    pub part: Part,
}

/// The parts of an iteration, in the order in which they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The iterate.
    Here,
    /// What leads to the direction.
    Memory,
    /// The direction d.
    Direction,
    /// The step size α.
    StepSize,
    /// The move, or the end of the run.
    Move,
}

/// How the steps of a rule are told that has beats of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnBeats {
    /// From the iterate to the direction, which the last of them shows.
    pub before: &'static [Beat],
    /// Whether an α without a trial has a beat.
    pub shows_alpha: bool,
    /// What follows the trials, and how it is announced.
    pub after: Option<(OwnBeat, &'static str)>,
}

impl Beat {
    /// The part of the iteration that it belongs to.
    pub fn part(self) -> Part {
        match self {
            Self::Here => Part::Here,
            Self::Memory => Part::Memory,
            Self::Direction => Part::Direction,
            Self::Trial(_) | Self::StepSize => Part::StepSize,
            Self::Own(own) => own.part,
            Self::Move | Self::End => Part::Move,
        }
    }
}

impl Step {
    /// The sub-steps of this iteration, in the order in which they happened.
    pub fn story(&self) -> Vec<Beat> {
        let (mut beats, own) = (opening(&self.proposal), self.proposal.own);
        if self.trials.is_empty() && own.is_none_or(|own| own.shows_alpha) {
            beats.push(Beat::StepSize);
        }
        beats.extend((0..self.trials.len()).map(Beat::Trial));
        let after = own.and_then(|own| own.after).filter(|_| !self.trials.is_empty());
        beats.extend(after.map(|(beat, _)| Beat::Own(beat)));
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

/// The beats with which an iteration opens, up to the direction.
pub(in crate::engine) fn opening(proposal: &Proposal) -> Vec<Beat> {
    let before = match proposal.own {
        Some(own) => own.before,
        None if proposal.memory.is_empty() => &[Beat::Direction],
        None => &[Beat::Memory, Beat::Direction],
    };
    [&[Beat::Here], before].concat()
}
