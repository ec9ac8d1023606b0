//! What a theorem promises of a step: two sides, what it asks for first, and whether it was kept.

use serde::Serialize;

use crate::engine::number::product::norm;
use crate::engine::record::trial::Margin;
use crate::engine::record::{Proposal, Step};
use crate::objective::point::Vector;

/// Step sizes this close to a limit (relative) count as the limit.
pub const AT_THE_LIMIT: f64 = 1e-12;

/// Sixteen times the smallest double: below the normal numbers rounding is no share of a number, but a few of these.
pub const LEAST: f64 = 16.0 * 5e-324;

/// The name of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// f(x₊) ≤ f(x) − (α/2)‖∇f‖² for α ≤ 1/L.
    DescentLemma,
    /// f(x₊) ≤ f(x) − (α − Lα²/2)‖∇f‖² for every α.
    GuaranteedDecrease,
    /// f(x₊) − f* ≤ (‖x − x*‖² − ‖x₊ − x*‖²)/(2α) for convex f and α ≤ 1/L.
    OneStepBound,
    /// f(xₖ) − f* ≤ ‖x₀ − x*‖²/(2αk) for convex f and α ≤ 1/L.
    RateOneOverK,
    /// min ‖∇f(xⱼ)‖² over j < k is at most (f(x₀) − f*)/(kα(1 − Lα/2)) for α < 2/L.
    GradientRate,
    /// f(x₊) ≤ f(x) for α < 2/L.
    TwoOverL,
    /// f(xₖ) − f* ≤ (1 − αμ)ᵏ(f(x₀) − f*) for μ-strongly convex f and α ≤ 1/L.
    LinearRate,
    /// f(x₊) − f(x) = ∇fᵀs + ½sᵀ∇²f s for quadratic f.
    SecondOrderPrediction,
    /// ‖∇f(x₊) − ∇f(x)‖/‖x₊ − x‖ ≤ L.
    LipschitzRatio,
}

impl Promise {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::DescentLemma,
        Self::GuaranteedDecrease,
        Self::OneStepBound,
        Self::RateOneOverK,
        Self::GradientRate,
        Self::TwoOverL,
        Self::LinearRate,
        Self::SecondOrderPrediction,
        Self::LipschitzRatio,
    ];

    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::DescentLemma => "descent-lemma",
            Self::GuaranteedDecrease => "guaranteed-decrease",
            Self::OneStepBound => "one-step-bound",
            Self::RateOneOverK => "rate-one-over-k",
            Self::GradientRate => "gradient-rate",
            Self::TwoOverL => "two-over-l",
            Self::LinearRate => "linear-rate",
            Self::SecondOrderPrediction => "second-order-prediction",
            Self::LipschitzRatio => "lipschitz-ratio",
        }
    }
}

/// Whether a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseStatus {
    /// Its premises hold, and so does the inequality.
    Holds,
    /// Its premises hold, but the inequality does not.
    Violated,
    /// A premise fails.
    NotApplicable,
}

impl PromiseStatus {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Violated => "violated",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// A promise held against a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub promise: Promise,
    /// Both sides, in units of f; of ‖∇f‖² for the gradient rate, and of L for the Lipschitz ratio.
    pub margin: Margin,
    /// Whether it was kept.
    pub kept: PromiseStatus,
    /// Why it does not apply.
    pub because: Option<String>,
}

impl Check {
    /// Judges `lhs` ≤ `rhs`, forgiving `rounding`, unless a premise fails.
    pub fn at_most(promise: Promise, (lhs, rhs): (f64, f64), rounding: f64, because: Option<&str>) -> Self {
        let because = because.or_else(|| overflow(lhs, rhs, rounding));
        Self::judged(promise, Margin { lhs, rhs }, because, lhs <= rhs + rounding)
    }

    /// Judges `lhs` = `rhs`, forgiving `rounding`, unless a premise fails.
    pub fn equal(promise: Promise, (lhs, rhs): (f64, f64), rounding: f64, because: Option<&str>) -> Self {
        let because = because.or_else(|| overflow(lhs, rhs, rounding));
        Self::judged(promise, Margin { lhs, rhs }, because, (lhs - rhs).abs() <= rounding)
    }

    fn judged(promise: Promise, margin: Margin, because: Option<&str>, is_kept: bool) -> Self {
        let kept = match (because, is_kept) {
            (Some(_), _) => PromiseStatus::NotApplicable,
            (None, true) => PromiseStatus::Holds,
            (None, false) => PromiseStatus::Violated,
        };
        Self { promise, margin, kept, because: because.map(str::to_owned) }
    }
}

/// Why two sides cannot be compared, if they cannot: one is no number, or both are too large to be told apart.
fn overflow(lhs: f64, rhs: f64, rounding: f64) -> Option<&'static str> {
    let are_numbers = !lhs.is_nan() && !rhs.is_nan() && rounding.is_finite();
    let is_lost = !are_numbers || (lhs == rhs && lhs.is_infinite());
    is_lost.then_some("the numbers overflow, so that the sides cannot be compared")
}

/// A step with what its promises need to know of f.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    pub step: &'a Step,
    /// L, if it is known.
    pub lipschitz: Option<f64>,
    /// μ, if it is known.
    pub strong_convexity: Option<f64>,
    /// f*, if it is known.
    pub lowest: Option<f64>,
    /// The minimisers that are known, n coordinates each.
    pub minimisers: Vec<Vector>,
    /// Whether f is known to be convex.
    pub is_convex: bool,
    /// Whether f is known to be a quadratic.
    pub is_quadratic: bool,
}

impl Evidence<'_> {
    /// How far rounding alone may move a difference of values of f: 4ε times the sizes that went into them, and a few of the
    /// smallest doubles, in units of x² as well as of f.
    pub fn rounding(&self) -> f64 {
        let Step { from, to, .. } = self.step;
        let values = from.value.abs().max(to.value.abs()).max(self.lowest.unwrap_or(0.0).abs());
        let (reach, slope) = (self.reach(), norm(&from.gradient).max(norm(&to.gradient)));
        // A quadratic such as x² − 2x + 1 is made of terms far larger than its value.
        let terms = if self.is_quadratic { (self.lipschitz.unwrap_or(0.0) * reach) * reach } else { 0.0 };
        4.0 * f64::EPSILON * (values + reach * slope + terms) + (1.0 + self.lipschitz.unwrap_or(0.0)) * LEAST
    }

    /// The larger of ‖x‖ and ‖x₊‖.
    pub fn reach(&self) -> f64 {
        norm(&self.step.from.point).max(norm(&self.step.to.point))
    }

    /// What forbids a theorem on steepest descent that asks for α ≤ 1/L.
    pub fn up_to_one_over(&self, lipschitz: f64) -> Option<&'static str> {
        uphill(self.step).or_else(|| (self.step.alpha * lipschitz > 1.0 + AT_THE_LIMIT).then_some("α > 1/L"))
    }

    /// What forbids a theorem on steepest descent that asks for α < 2/L.
    pub fn below_two_over(&self, lipschitz: f64) -> Option<&'static str> {
        uphill(self.step).or_else(|| (self.step.alpha * lipschitz >= 2.0 - AT_THE_LIMIT).then_some("α ≥ 2/L"))
    }

    /// What forbids a theorem on convex functions.
    pub fn convex(&self) -> Option<&'static str> {
        (!self.is_convex).then_some("f is not known to be convex")
    }
}

/// Whether the candidates lie on a ray from x: nothing is added to it, or a velocity of 0.
pub fn is_ray(proposal: &Proposal) -> bool {
    proposal.base.as_ref().is_none_or(|base| base.iter().all(|component| *component == 0.0))
}

/// What forbids a theorem on steps along −∇f.
pub fn other_way(step: &Step) -> Option<&'static str> {
    // Without a vector in between: a rate asks this of every step of a run.
    let mut pairs = step.proposal.direction.iter().zip(step.from.gradient.iter());
    let is_steepest = is_ray(&step.proposal) && pairs.all(|(along, slope)| *along == -*slope);
    (!is_steepest).then_some("d is not −∇f")
}

/// What forbids a theorem on steps along −∇f with α ≥ 0.
fn uphill(step: &Step) -> Option<&'static str> {
    other_way(step).or_else(|| (step.alpha < 0.0).then_some("α < 0"))
}
