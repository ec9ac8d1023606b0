//! What the theorems promise of a step: it holds, it is violated, or it does not apply, because …

use serde::{Deserialize, Serialize};

use crate::engine::record::Step;
use crate::engine::trial::Margin;

/// What is known of an objective beyond its formula.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Known {
    /// L: the gradient is L-Lipschitz.
    pub lipschitz: Option<f64>,
    /// μ: f is μ-strongly convex.
    pub strong_convexity: Option<f64>,
    /// f* = f at the global minimum.
    pub value: Option<f64>,
    /// The minimisers, one row of coordinates each.
    pub points: Vec<Vec<f64>>,
}

/// The name of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// f(x₊) ≤ f(x) − (α/2)‖∇f‖² for α ≤ 1/L.
    DescentLemma,
}

/// Whether a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// Its premises hold, and so does the inequality.
    Holds,
    /// Its premises hold, but the inequality does not.
    Violated,
    /// A premise fails.
    NotApplicable,
}

/// A promise held against a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Which promise.
    pub promise: Promise,
    /// Both sides, in units of f.
    pub margin: Margin,
    /// Whether it was kept.
    pub kept: Kept,
    /// Why it does not apply.
    pub because: Option<String>,
}

/// Holds every promise against a step.
pub fn checks(step: &Step, known: &Known) -> Vec<Check> {
    descent_lemma(step, known).into_iter().collect()
}

/// Guaranteed progress of steepest descent: f(x₊) ≤ f − (α/2)‖∇f‖² if α ≤ 1/L (Nesterov 2018, 1.2.25); absent without L.
fn descent_lemma(step: &Step, known: &Known) -> Option<Check> {
    let lipschitz = known.lipschitz?;
    let gradient = &step.from.gradient;
    let margin = Margin { lhs: step.to.value, rhs: step.from.value - 0.5 * step.alpha * gradient.norm_squared() };
    let is_steepest = step.proposal.base.is_none() && step.proposal.direction == -gradient;
    let because = if !is_steepest {
        Some("d is not −∇f")
    } else if step.alpha * lipschitz > 1.0 + 1e-12 {
        Some("α > 1/L")
    } else {
        None
    };
    let rounding = 4.0 * f64::EPSILON * step.from.value.abs().max(step.to.value.abs());
    let kept = match because {
        Some(_) => Kept::NotApplicable,
        None if margin.lhs <= margin.rhs + rounding => Kept::Holds,
        None => Kept::Violated,
    };
    Some(Check { promise: Promise::DescentLemma, margin, kept, because: because.map(str::to_owned) })
}
