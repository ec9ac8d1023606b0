//! What the theorems promise of a step: it holds, it is violated, or it does not apply, because …

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::curvature::{Model, Spectrum};
use crate::engine::promise::{Check, Evidence, Promise, other_way};
use crate::engine::rates;
use crate::engine::record::Step;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Vector};

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

/// Holds every promise against the step that follows `past`; `looked` is ∇²f at its start, if somebody looked.
///
/// A promise is absent where a number that it names is not known: L, μ, f*, x* or ∇²f. Without f* it is read off x*.
pub fn checks(
    past: &[Arc<Step>],
    step: &Step,
    objective: &dyn Objective,
    looked: Option<&(Matrix, Spectrum)>,
    known: &Known,
) -> Vec<Check> {
    let evidence = evidence(step, objective, looked, known);
    let mut checks: Vec<Check> =
        evidence.lipschitz.map(|lipschitz| of_one_step(&evidence, lipschitz)).into_iter().flatten().collect();
    checks.extend(rates::rates(&evidence, past));
    checks.extend(looked.map(|(hessian, _)| second_order_prediction(&evidence, hessian)));
    checks
}

fn evidence<'a>(
    step: &'a Step,
    objective: &dyn Objective,
    looked: Option<&(Matrix, Spectrum)>,
    known: &Known,
) -> Evidence<'a> {
    let n = step.from.point.len();
    let minimisers: Vec<Vector> =
        known.points.iter().filter(|point| point.len() == n).cloned().map(Vector::from_vec).collect();
    let lowest = known.value.or_else(|| minimisers.iter().map(|point| objective.value(point)).min_by(f64::total_cmp));
    let is_quadratic = objective.is_quadratic();
    let bends_down = |spectrum: &Spectrum| {
        let largest = spectrum.values.iter().fold(0.0_f64, |high, value| high.max(value.abs()));
        spectrum.values.iter().any(|value| *value < -1e-12 * largest)
    };
    let is_convex =
        known.strong_convexity.is_some() || is_quadratic && looked.is_some_and(|(_, spectrum)| !bends_down(spectrum));
    Evidence {
        step,
        lipschitz: known.lipschitz,
        strong_convexity: known.strong_convexity,
        lowest,
        minimisers,
        is_convex,
        is_quadratic,
    }
}

fn of_one_step(evidence: &Evidence<'_>, lipschitz: f64) -> Vec<Check> {
    let mut checks = vec![
        descent_lemma(evidence, lipschitz),
        guaranteed_decrease(evidence, lipschitz),
        two_over_l(evidence, lipschitz),
        lipschitz_ratio(evidence, lipschitz),
    ];
    checks.extend(one_step_bound(evidence, lipschitz));
    checks
}

/// Guaranteed progress of steepest descent: f(x₊) ≤ f − (α/2)‖∇f‖² if α ≤ 1/L (Nesterov 2018, 1.2.25).
fn descent_lemma(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let step = evidence.step;
    let sides = (step.to.value, step.from.value - 0.5 * step.alpha * step.from.gradient.norm_squared());
    Check::at_most(Promise::DescentLemma, sides, evidence.rounding(), evidence.up_to_one_over(lipschitz))
}

/// The quadratic upper bound along −∇f: f(x₊) ≤ f − (α − Lα²/2)‖∇f‖², whatever α is (Nesterov 2018, 1.2.11).
fn guaranteed_decrease(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let step = evidence.step;
    let progress = step.alpha * (1.0 - 0.5 * lipschitz * step.alpha) * step.from.gradient.norm_squared();
    let sides = (step.to.value, step.from.value - progress);
    Check::at_most(Promise::GuaranteedDecrease, sides, evidence.rounding(), other_way(step))
}

/// f(x₊) ≤ f(x) for α < 2/L: no bound from 1/L on, but still no ascent.
fn two_over_l(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let sides = (evidence.step.to.value, evidence.step.from.value);
    Check::at_most(Promise::TwoOverL, sides, evidence.rounding(), evidence.below_two_over(lipschitz))
}

/// f(x₊) − f* ≤ (‖x − x*‖² − ‖x₊ − x*‖²)/(2α) for the nearest x*; absent without x*.
fn one_step_bound(evidence: &Evidence<'_>, lipschitz: f64) -> Option<Check> {
    let Step { from, to, alpha, .. } = evidence.step;
    let distance = |point: &&Vector| (&from.point - *point).norm();
    let nearest = evidence.minimisers.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    let (before, after) = (&from.point - nearest, &to.point - nearest);
    // The difference of the squares as a product: no digit is lost where they are nearly equal.
    let gain = (&from.point - &to.point).dot(&(&before + &after)) / (2.0 * alpha);
    let because = evidence
        .up_to_one_over(lipschitz)
        .or_else(|| evidence.convex())
        .or_else(|| (*alpha == 0.0).then_some("α = 0: the step stands still"));
    let moved = 4.0 * f64::EPSILON * (evidence.reach() + nearest.norm()) * before.norm() / alpha.abs();
    let sides = (to.value - evidence.lowest?, gain);
    Some(Check::at_most(Promise::OneStepBound, sides, evidence.rounding() + moved, because))
}

/// ‖∇f(x₊) − ∇f(x)‖/‖x₊ − x‖ ≤ L: what L means, measured along the path, whatever the method.
fn lipschitz_ratio(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let Step { from, to, .. } = evidence.step;
    let moved = evidence.step.displacement().norm();
    let ratio = (&to.gradient - &from.gradient).norm() / moved;
    let slope = from.gradient.norm().max(to.gradient.norm());
    let rounding = 4.0 * f64::EPSILON * (lipschitz + (slope + lipschitz * evidence.reach()) / moved);
    let because = (moved == 0.0).then_some("the step stands still");
    Check::at_most(Promise::LipschitzRatio, (ratio, lipschitz), rounding, because)
}

/// The change that happened is the change of the quadratic model: always so on quadratics, whatever the method.
fn second_order_prediction(evidence: &Evidence<'_>, hessian: &Matrix) -> Check {
    let Step { from, to, .. } = evidence.step;
    let model = Model::along(&from.gradient, hessian, &evidence.step.displacement());
    let sides = (to.value - from.value, model.slope + 0.5 * model.bend);
    let bend = hessian.norm() * evidence.reach().powi(2);
    let rounding = 4.0 * evidence.rounding() + 16.0 * f64::EPSILON * (model.slope.abs() + bend);
    let because = (!evidence.is_quadratic).then_some("f is not quadratic: its model is right near x only");
    Check::equal(Promise::SecondOrderPrediction, sides, rounding, because)
}
