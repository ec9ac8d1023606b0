//! What one step tells of the curvature: how the gradient changed (y) along the way that was gone (s).

use std::borrow::Cow;
use std::sync::Arc;

use crate::engine::record::{Sample, Step};
use crate::objective::point::Vector;

/// A secant pair: the Hessian between two iterates maps s to y.
#[derive(Debug, Clone)]
pub struct SecantPair {
    /// s = xₜ₊₁ − xₜ.
    pub s: Vector,
    /// y = ∇f(xₜ₊₁) − ∇f(xₜ), as the rule saw them.
    pub y: Vector,
    /// The largest slope at either end, whose rounding y carries.
    pub slope: f64,
}

/// A change of slope no larger than this share of the slopes themselves is their rounding.
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// A pair whose curvature yᵀs is smaller beside ‖s‖‖y‖ teaches nothing (and none that is negative can be used).
const LEAST_CURVATURE: f64 = 1e-10;

impl SecantPair {
    /// The pair of the last step, which led to `here`.
    pub fn last(here: &Sample, past: &[Arc<Step>]) -> Option<Self> {
        let last = past.last()?;
        Some(Self::between(last.displacement(), &last.seen_gradient(), &here.gradient))
    }

    fn between(s: Vector, before: &Vector, after: &Vector) -> Self {
        Self { s, y: after - before, slope: before.amax().max(after.amax()) }
    }

    /// The `count` newest pairs, oldest first.
    pub fn newest(here: &Sample, past: &[Arc<Step>], count: usize) -> Vec<Self> {
        let first = past.len().saturating_sub(count);
        let seen = |t: usize| past.get(t).map_or_else(|| Cow::Borrowed(&here.gradient), |step| step.seen_gradient());
        (first..past.len()).map(|t| Self::between(past[t].displacement(), &seen(t), &seen(t + 1))).collect()
    }

    /// yᵀs: the curvature along s, times ‖s‖².
    pub fn curvature(&self) -> f64 {
        self.y.dot(&self.s)
    }

    /// Whether f bends up along s by enough to learn from: yᵀs > 10⁻¹⁰‖s‖‖y‖, and y is more than rounding.
    ///
    /// Where f is straight, y is the rounding of two equal gradients, and s/y would be a step to nowhere.
    pub fn bends_up(&self) -> bool {
        self.y.amax() > ROUNDING * self.slope && self.curvature() > LEAST_CURVATURE * self.s.norm() * self.y.norm()
    }

    /// γ = sᵀy/yᵀy, the size of the inverse Hessian along the pair (Nocedal & Wright, eq. 6.20).
    pub fn scale(&self) -> f64 {
        self.curvature() / self.y.norm_squared()
    }
}
