//! Is this a critical point, and what kind is it: a rule that no factor before f and no unit of x changes.

use serde::Serialize;

use crate::engine::number::product;
use crate::engine::record::Sample;
use crate::engine::theory::curvature::{Kind, Spectrum, look};
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

/// So far from a critical point, beside how far x and the run have come, counts as there.
const NEAR: f64 = 1e-6;
/// Newton's step from there must leave no more than this share of ∇f, or H does not speak for ∇f.
const LEFT: f64 = 0.1;

/// What a critical point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriticalPoint {
    /// Every λ is positive.
    Minimum,
    /// Every λ is negative.
    Maximum,
    /// Both signs occur.
    Saddle,
    /// Some λ is 0, or f has a kink there: the second-order test is inconclusive.
    Degenerate,
}

impl CriticalPoint {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Degenerate => "degenerate",
        }
    }

    /// The reason in words for n coordinates: the signs of the eigenvalues.
    pub fn because(self, n: usize) -> &'static str {
        match (self, n) {
            (Self::Minimum, 1) => "f'' > 0",
            (Self::Maximum, 1) => "f'' < 0",
            (Self::Minimum, _) => "every λ > 0",
            (Self::Maximum, _) => "every λ < 0",
            (Self::Saddle, _) => "λ of both signs",
            (Self::Degenerate, _) => "second order does not decide",
        }
    }
}

/// What the critical point at a sample of a run from `start` is; `None` where ∇f ≠ 0 and no critical point is near, and
/// where ∇²f is not finite or has more than 64 rows.
pub fn critical_point(objective: &dyn Objective, sample: &Sample, start: &Point) -> Option<CriticalPoint> {
    classify(objective, &look(objective, sample)?, sample, start)
}

/// The same, where ∇²f and its spectrum at the sample are known already.
pub fn classify(
    objective: &dyn Objective,
    (hessian, spectrum): &(Matrix, Spectrum),
    sample: &Sample,
    start: &Point,
) -> Option<CriticalPoint> {
    let is_critical = sample.gradient.amax() == 0.0 || is_near(objective, hessian, spectrum, sample, start);
    is_critical.then(|| match spectrum.kind() {
        // Where f changes its branch, ∇f and H are one choice among several.
        _ if objective.has_kink_at(&sample.point) => CriticalPoint::Degenerate,
        Kind::MinimumLike => CriticalPoint::Minimum,
        Kind::MaximumLike => CriticalPoint::Maximum,
        Kind::SaddleLike => CriticalPoint::Saddle,
        Kind::FlatLike => CriticalPoint::Degenerate,
    })
}

/// Whether along each eigenvector a critical point is no farther than 1e-6·s, with s the larger of ‖x‖∞ and ‖x − x₀‖∞, and
/// Newton's step p there makes ∇f much smaller, as it does near a critical point alone, or is lost in rounding.
fn is_near(objective: &dyn Objective, hessian: &Matrix, spectrum: &Spectrum, sample: &Sample, start: &Point) -> bool {
    let Sample { point, gradient, .. } = sample;
    let reach = point.amax().max((point - start).amax());
    let mut step = Vector::zeros(point.len());
    for (value, vector) in spectrum.values.iter().zip(&spectrum.vectors) {
        let slope = product::dot(vector, gradient);
        // An eigenvalue is known to the rounding of the terms that it is the sum of.
        let known = value.abs().max(f64::EPSILON * product::size_of_terms(hessian, vector));
        if slope.abs() > NEAR * known * reach {
            return false;
        }
        if *value != 0.0 {
            step -= vector * (slope / value);
        }
    }
    let left = || objective.gradient(&(point + &step)).amax();
    step.amax() <= 8.0 * f64::EPSILON * reach || left() <= LEFT * gradient.amax()
}
