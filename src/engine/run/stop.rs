//! When to stop, and what a stop means.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Landing;
use crate::engine::number::{counted, short};
use crate::engine::record::ending::{Reason, not_finite};
use crate::engine::record::{Calls, Proposal, Sample, Step};

/// The limits of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The most iterations.
    pub iterations: u64,
    /// The run ends when ‖∇f‖∞ is at most this; 0 asks for no such test.
    pub gradient: f64,
    /// The run ends when f is at most this.
    pub value: Option<f64>,
    /// The run ends when ‖xₜ − xₜ₋₁‖∞ is at most this, if it is above 0.
    pub step: f64,
    /// The most evaluations of f.
    pub evaluations: Option<u64>,
    /// Whether a 2-cycle ends the run; otherwise it is only noted.
    pub cycle: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { iterations: 1000, gradient: 1e-8, value: None, step: 0.0, evaluations: None, cycle: false }
    }
}

/// Limit of ‖x‖∞ and of −f; beyond it a run counts as diverged or unbounded.
const FAR: f64 = 1e12;

/// One stop test at an iterate: what is compared, with what, and whether it ends the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The reason of the ending.
    pub reason: Reason,
    /// The symbol of the tested quantity.
    pub quantity: &'static str,
    /// The value of the quantity.
    pub now: f64,
    pub limit: f64,
    /// Whether the run ends here.
    pub met: bool,
}

/// The order of the stop tests.
const ORDER: [Reason; 8] = [
    Reason::NotFinite,
    Reason::GradientSmall,
    Reason::StepSmall,
    Reason::Cycle,
    Reason::IterationLimit,
    Reason::ValueReached,
    Reason::Unbounded,
    Reason::EvaluationLimit,
];

/// All stop tests at `here` in order; the first one that is met ends the run.
pub fn tests(limits: &Limits, here: &Sample, past: &[Arc<Step>], calls: Calls) -> impl Iterator<Item = Test> {
    ORDER.into_iter().filter_map(move |reason| test(reason, limits, here, past, calls))
}

/// The test that would end a run for this reason, if the limits ask for it.
fn test(reason: Reason, limits: &Limits, here: &Sample, past: &[Arc<Step>], calls: Calls) -> Option<Test> {
    let truth = |quantity, met: bool, one: f64| {
        Some(Test { reason, quantity, now: f64::from(u8::from(met)) * one, limit: one, met })
    };
    match reason {
        Reason::NotFinite => truth("numbers that are not finite", !here.is_finite(), 1.0),
        Reason::GradientSmall if limits.gradient > 0.0 => {
            Some(at_most(reason, "‖∇f‖∞", here.gradient.amax(), limits.gradient))
        }
        Reason::StepSmall if limits.step > 0.0 => {
            let last = past.last().filter(|last| last.meant_to_move())?;
            Some(at_most(reason, "‖Δx‖∞", last.displacement().amax(), limits.step))
        }
        Reason::Cycle if limits.cycle => truth("period", is_two_cycle(past), 2.0),
        Reason::IterationLimit => Some(at_least(reason, "t", past.len() as f64, limits.iterations as f64)),
        Reason::ValueReached => limits.value.map(|limit| at_most(reason, "f", here.value, limit)),
        Reason::Unbounded => {
            let far = here.point.amax().max(-here.value);
            Some(Test { reason, quantity: "max(‖x‖∞, −f)", now: far, limit: FAR, met: far > FAR })
        }
        Reason::EvaluationLimit => {
            limits.evaluations.map(|most| at_least(reason, "evaluations of f", calls.value as f64, most as f64))
        }
        _ => None,
    }
}

fn at_most(reason: Reason, quantity: &'static str, now: f64, limit: f64) -> Test {
    Test { reason, quantity, now, limit, met: now <= limit }
}

fn at_least(reason: Reason, quantity: &'static str, now: f64, limit: f64) -> Test {
    Test { reason, quantity, now, limit, met: now >= limit }
}

/// Whether the last two steps undid each other: xₜ is xₜ₋₂ again up to rounding, with a far longer move between, however
/// short that is beside x.
pub fn is_two_cycle(past: &[Arc<Step>]) -> bool {
    let [.., before, last] = past else { return false };
    let scale = last.to.point.amax().max(f64::MIN_POSITIVE);
    let back = (&last.to.point - &before.from.point).amax();
    let out = (&last.to.point - &last.from.point).amax();
    back <= 1e-12 * scale && back <= 1e-6 * out && out > 0.0
}

/// What to say of two steps that undid each other; `None` if they did not, or if a rule remembers more than x.
/// `is_for_ever`: the next two would, too.
pub(in crate::engine) fn two_cycle(past: &[Arc<Step>], is_for_ever: bool) -> Option<String> {
    let is_memoryless = past.last().is_none_or(|last| last.proposal.memory.is_empty());
    let again = if is_for_ever { ", and the next two would again" } else { "" };
    (is_memoryless && is_two_cycle(past)).then(|| format!("a 2-cycle: the last two steps undid each other{again}"))
}

/// The last α, if it is nothing beside the longest and its step was lost in rounding: what looks like convergence is none.
fn faded_step(past: &[Arc<Step>]) -> Option<f64> {
    let last = past.last().filter(|last| last.trials.is_empty())?;
    let longest = past.iter().fold(0.0, |longest: f64, step| longest.max(step.alpha));
    let is_lost = last.displacement().amax() <= f64::EPSILON * last.to.point.amax();
    (is_lost && last.alpha < 1e-6 * longest).then_some(last.alpha)
}

/// The sentence of a stop, with its numbers.
pub fn sentence(test: &Test, here: &Sample, past: &[Arc<Step>]) -> String {
    let now = short(test.now);
    let limit = short(test.limit);
    match test.reason {
        Reason::NotFinite => not_finite(here, "here"),
        Reason::GradientSmall if past.is_empty() && test.now == 0.0 => {
            "the start is a critical point already: ∇f = 0".to_owned()
        }
        Reason::GradientSmall if past.is_empty() => {
            format!("the gradient is small at the start already: ‖∇f‖∞ = {now} is at most {limit}")
        }
        Reason::GradientSmall => format!("‖∇f‖∞ = {now} is at most {limit}"),
        Reason::ValueReached => format!("f = {now} is at most the value aimed for, {limit}"),
        Reason::StepSmall => format!("the last step was no longer than {limit}: ‖Δx‖∞ = {now}"),
        Reason::IterationLimit => {
            let slope = short(here.gradient.amax());
            let limit = counted(test.limit as u64, "iteration");
            let faded = faded_step(past).map(|alpha| format!("step → 0 (α = {}), ‖∇f‖∞ still {slope}", short(alpha)));
            format!("the limit of {limit} is reached; {}", faded.unwrap_or_else(|| format!("‖∇f‖∞ = {slope}")))
        }
        Reason::EvaluationLimit => format!("the budget of {} is spent", counted(test.limit as u64, "evaluation of f")),
        Reason::Unbounded if here.value < -FAR => {
            format!("f = {} is below {}: f may be unbounded below", short(here.value), short(-FAR))
        }
        Reason::Unbounded if past.is_empty() => {
            format!("the start lies too far out: ‖x‖∞ = {now} is above {limit}")
        }
        Reason::Unbounded => format!("the iterates ran away: ‖x‖∞ = {now} is above {limit}"),
        Reason::Cycle => "the iterates repeat: xₜ is where xₜ₋₂ was".to_owned(),
        Reason::Memory | Reason::NotADescentDirection | Reason::SingularHessian | Reason::NoAcceptableStep => {
            String::new()
        }
    }
}

/// What to add to the sentence of a search whose slope ∇fᵀd overflowed.
pub(in crate::engine) fn overflow(slope: f64) -> &'static str {
    if slope.is_finite() { "" } else { "; ∇fᵀd overflowed, so that no bound is a finite number" }
}

/// What to say of a step that was asked for and moved nothing; `None` if x moved, or α·d = 0 asked for no step.
pub(in crate::engine) fn lost_step(
    here: &Sample,
    proposal: &Proposal,
    alpha: f64,
    landing: &Landing,
) -> Option<String> {
    let is_asked = alpha != 0.0 && proposal.direction.iter().any(|component| *component != 0.0);
    let candidate = if proposal.base.is_some() { "x + base + αd" } else { "x + αd" };
    (is_asked && landing.point == here.point).then(|| {
        let alpha = short(alpha);
        format!("the step is lost in rounding: at α = {alpha} every coordinate of {candidate} rounds back to x")
    })
}
