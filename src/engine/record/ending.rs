//! Why a run ends, or cannot go on: values with evidence, not errors.

use std::sync::Arc;

use serde::Serialize;

use crate::engine::number::short;
use crate::engine::record::trial::Trial;
use crate::engine::record::{Beat, Calls, Proposal, Sample, opening};
use crate::objective::point::Vector;

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// ‖∇f‖∞ is at most the tolerance.
    GradientSmall,
    /// f is at most the value aimed for.
    ValueReached,
    /// The step moved nothing, or no more than `stop.step`.
    StepSmall,
    /// `stop.iterations` steps were made.
    IterationLimit,
    /// `stop.evaluations` values of f were asked for.
    EvaluationLimit,
    /// The record of the run has taken all the bytes that it may.
    Memory,
    /// The line search was given a direction that does not go down.
    NotADescentDirection,
    /// The Newton system has no solution.
    SingularHessian,
    /// The line search found no α.
    NoAcceptableStep,
    /// f falls without end, or the iterates ran away.
    Unbounded,
    /// f, ∇f or x is not a finite number.
    NotFinite,
    /// The iterates repeat themselves (only with `stop.cycle`).
    Cycle,
}

impl Reason {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::GradientSmall => "gradient-small",
            Self::ValueReached => "value-reached",
            Self::StepSmall => "step-small",
            Self::IterationLimit => "iteration-limit",
            Self::EvaluationLimit => "evaluation-limit",
            Self::Memory => "memory",
            Self::NotADescentDirection => "not-a-descent-direction",
            Self::SingularHessian => "singular-hessian",
            Self::NoAcceptableStep => "no-acceptable-step",
            Self::Unbounded => "unbounded",
            Self::NotFinite => "not-finite",
            Self::Cycle => "cycle",
        }
    }
}

/// Why a rule could not go on: a value with a sentence, not an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Stuck {
    /// The reason that the run will end with.
    pub reason: Reason,
    /// The evidence, in one sentence.
    pub sentence: String,
}

/// Which of x, f and ∇f is no finite number at a sample, and what that is; `place` is "here" or "there".
pub fn not_finite(here: &Sample, place: &str) -> String {
    let none = |vector: &Vector| vector.iter().copied().find(|number| !number.is_finite());
    let value = here.value;
    match (none(&here.point), none(&here.gradient)) {
        (Some(x), _) => format!("x overflowed: a coordinate is {}, which is no finite number", short(x)),
        (None, _) if value.is_nan() => format!("f is not a number {place}: this is outside its domain, or overflow"),
        (None, _) if value.is_infinite() => format!("f overflowed, or has a pole {place}: f = {}", short(value)),
        (None, Some(slope)) if slope.is_infinite() => {
            format!(
                "a slope overflowed, or f is vertical {place}: ∇f holds {}, while f = {}",
                short(slope),
                short(value)
            )
        }
        _ => format!("∇f is not a number {place}: f = {} has a kink, or a slope overflowed", short(value)),
    }
}

/// What to say of a direction with a component that is no finite number; `None` if all are finite.
pub fn no_direction(direction: &Vector) -> Option<String> {
    let (at, &component) = direction.iter().enumerate().find(|(_, component)| !component.is_finite())?;
    let why =
        if component.is_nan() { "a number overflowed on the way, or 0 was divided by 0" } else { "it overflowed" };
    Some(format!("d is no direction: its component {} is {}; {why}", at + 1, short(component)))
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    /// Why.
    pub reason: Reason,
    /// Why, in one sentence with its numbers.
    pub sentence: String,
    /// What else was seen: a 2-cycle, a start on a critical point.
    pub note: Option<String>,
    /// The last iterate.
    pub at: Arc<Sample>,
    /// The step that failed, with all its trials.
    pub attempt: Option<(Proposal, Vec<Trial>)>,
    /// All that was asked.
    pub calls: Calls,
}

impl Ending {
    /// The sub-steps that led to the end.
    pub fn story(&self) -> Vec<Beat> {
        let mut beats = match &self.attempt {
            None => vec![Beat::Here],
            Some((proposal, trials)) => {
                let mut beats = opening(proposal);
                beats.extend((0..trials.len()).map(Beat::Trial));
                beats
            }
        };
        beats.push(Beat::End);
        beats
    }
}
