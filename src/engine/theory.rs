//! What the theorems promise of a step: it holds, it is violated, or it does not apply, because …

pub mod critical;
pub mod curvature;
pub mod linearised;
pub mod modes;
pub mod promise;
pub mod rates;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::number::product::norm;
use crate::engine::record::Step;
use crate::engine::theory::curvature::{Model, Spectrum};
use crate::engine::theory::promise::{Check, Evidence, LEAST, Promise, other_way};
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
    /// Saddles, one row of coordinates each.
    pub saddles: Vec<Vec<f64>>,
}

/// Checks every promise for the step that follows `past`; `looked` is ∇²f at its start, `None` if it is not available.
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

/// The rates for f − f* as curves: what each allows after k = 1, 2, … of these steps, which begin at the start.
pub fn bounds(steps: &[Arc<Step>], objective: &dyn Objective, known: &Known) -> Vec<(Promise, Vec<f64>)> {
    let Some(first) = steps.first() else { return Vec::new() };
    let looked = curvature::look(objective, &first.from);
    rates::bounds(evidence(first, objective, looked.as_ref(), known), steps)
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
    // ‖∇f‖² alone is 0 below 1e-162 and infinite above 1e154; α‖∇f‖·‖∇f‖ is as large as f.
    let slope = norm(&step.from.gradient);
    let sides = (step.to.value, step.from.value - 0.5 * step.alpha * slope * slope);
    Check::at_most(Promise::DescentLemma, sides, evidence.rounding(), evidence.up_to_one_over(lipschitz))
}

/// The quadratic upper bound along −∇f: f(x₊) ≤ f − (α − Lα²/2)‖∇f‖², whatever α is (Nesterov 2018, 1.2.11).
fn guaranteed_decrease(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let step = evidence.step;
    let slope = norm(&step.from.gradient);
    let progress = step.alpha * (1.0 - 0.5 * lipschitz * step.alpha) * slope * slope;
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
    let distance = |point: &&Vector| norm(&(&from.point - *point));
    let nearest = evidence.minimisers.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    let (before, after) = (&from.point - nearest, &to.point - nearest);
    // The difference of the squares as a product: no digit is lost where they are nearly equal.
    let moved = &from.point - &to.point;
    let unit = moved.amax();
    let gain = if unit > 0.0 { (moved / unit).dot(&(&before + &after)) * (unit / (2.0 * alpha)) } else { 0.0 };
    let because = evidence
        .up_to_one_over(lipschitz)
        .or_else(|| evidence.convex())
        .or_else(|| (*alpha == 0.0).then_some("α = 0: the step stands still"));
    let place = 4.0 * f64::EPSILON * (evidence.reach() + norm(nearest)) + LEAST;
    let rounding = evidence.rounding() + if *alpha == 0.0 { 0.0 } else { norm(&before) * (place / alpha.abs()) };
    let sides = (to.value - evidence.lowest?, gain);
    Some(Check::at_most(Promise::OneStepBound, sides, rounding, because))
}

/// ‖∇f(x₊) − ∇f(x)‖/‖x₊ − x‖ ≤ L: what L means, measured along the path, whatever the method.
fn lipschitz_ratio(evidence: &Evidence<'_>, lipschitz: f64) -> Check {
    let Step { from, to, .. } = evidence.step;
    let moved = norm(&evidence.step.displacement());
    if moved == 0.0 {
        let because = Some("the step stands still");
        return Check::at_most(Promise::LipschitzRatio, (0.0, lipschitz), 0.0, because);
    }
    let ratio = norm(&(&to.gradient - &from.gradient)) / moved;
    let slope = norm(&from.gradient).max(norm(&to.gradient));
    let lost = 4.0 * f64::EPSILON * (slope + lipschitz * evidence.reach()) + (1.0 + lipschitz) * LEAST;
    let rounding = 4.0 * f64::EPSILON * lipschitz + lost / moved;
    Check::at_most(Promise::LipschitzRatio, (ratio, lipschitz), rounding, None)
}

/// The change that happened is the change of the quadratic model: always so on quadratics, whatever the method.
fn second_order_prediction(evidence: &Evidence<'_>, hessian: &Matrix) -> Check {
    let Step { from, to, .. } = evidence.step;
    let model = Model::along(&from.gradient, hessian, &evidence.step.displacement());
    let sides = (to.value - from.value, model.slope + 0.5 * model.bend);
    let bend = hessian.norm() * evidence.reach() * evidence.reach();
    let rounding = 4.0 * evidence.rounding() + 16.0 * f64::EPSILON * (model.slope.abs() + bend);
    let because = (!evidence.is_quadratic).then_some("f is not quadratic: its model is right near x only");
    Check::equal(Promise::SecondOrderPrediction, sides, rounding, because)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::slope::momentum::Momentum;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::number::random::Generator;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::run::Run;
    use crate::engine::run::stop::Limits;
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::engine::theory::promise::PromiseStatus;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    const RAVINE: &str = "10*x1^2 + x2^2/2";

    fn run(formula: &str, start: &[f64], alpha: f64, direction: DirectionRule) -> Run {
        limited(Limits { iterations: 60, ..Limits::default() }, formula, start, alpha, direction)
    }

    fn limited(limits: Limits, formula: &str, start: &[f64], alpha: f64, direction: DirectionRule) -> Run {
        let objective = Formula::parse(formula, start.len(), &std::collections::BTreeMap::new()).unwrap();
        let method = Method { direction, step_size: StepSizeRule::Fixed(Fixed { alpha }) };
        Run::new(Arc::new(objective), Point::from_column_slice(start), method, limits)
    }

    fn steepest() -> DirectionRule {
        DirectionRule::SteepestDescent(SteepestDescent::default())
    }

    fn known(lipschitz: f64) -> Known {
        Known {
            lipschitz: Some(lipschitz),
            strong_convexity: Some(1.0),
            value: Some(0.0),
            points: vec![vec![0.0; 2]],
            saddles: vec![],
        }
    }

    fn held(run: &Run, known: &Known) -> Vec<Check> {
        let step = run.peek().unwrap();
        let looked = curvature::look(run.objective(), &step.from);
        checks(run.past(), step, run.objective(), looked.as_ref(), known)
    }

    fn found(checks: &[Check], promise: Promise) -> &Check {
        checks.iter().find(|check| check.promise == promise).unwrap()
    }

    #[test]
    fn every_promise_holds_on_the_ravine() {
        for alpha in [0.01, 0.05] {
            let mut run = run(RAVINE, &[2.0, 20.0], alpha, steepest());
            while run.peek().is_ok() {
                let checks = held(&run, &known(20.0));
                for promise in Promise::ALL {
                    assert_eq!(found(&checks, promise).kept, PromiseStatus::Holds, "{:?}", found(&checks, promise));
                }
                run.advance();
            }
        }
    }

    #[test]
    fn bounds_are_the_right_sides_step_by_step() {
        let mut run = run(RAVINE, &[2.0, 20.0], 0.03, steepest());
        run.go_to(12);
        let bounds = bounds(run.past(), run.objective(), &known(20.0));
        assert_eq!(bounds.len(), 2);
        for t in 0..12 {
            let step = &run.past()[t];
            let looked = curvature::look(run.objective(), &step.from);
            let checks = checks(&run.past()[..t], step, run.objective(), looked.as_ref(), &known(20.0));
            for (promise, rights) in &bounds {
                assert_eq!(rights[t], found(&checks, *promise).margin.rhs, "{promise:?} at {t}");
            }
        }
        // ‖x₀ − x*‖² = 404, and (1 − αμ)ᵏ·240.
        assert!((bounds[0].1[9] - 404.0 / (2.0 * 0.03 * 10.0)).abs() < 1e-9);
        assert!((bounds[1].1[9] - 240.0 * 0.97_f64.powi(10)).abs() < 1e-9);
        let mut long = super::tests::run(RAVINE, &[2.0, 20.0], 0.06, steepest());
        long.go_to(5);
        assert!(super::bounds(long.past(), long.objective(), &known(20.0)).is_empty(), "α > 1/L");
    }

    #[test]
    fn a_wrong_constant_breaks_every_promise() {
        // α = 0.11 is above 2/L = 0.1, but an L of 2 claims that it is not.
        let mut fooled = run(RAVINE, &[2.0, 0.1], 0.11, steepest());
        fooled.go_to(10);
        let checks = held(&fooled, &known(2.0));
        for promise in Promise::ALL {
            let is_about_f = promise == Promise::SecondOrderPrediction || promise == Promise::GradientRate;
            let wanted = if is_about_f { PromiseStatus::Holds } else { PromiseStatus::Violated };
            if promise != Promise::GradientRate {
                assert_eq!(found(&checks, promise).kept, wanted, "{:?}", found(&checks, promise));
            }
        }
        // The least gradient is the first one here: its rate breaks as k grows.
        fooled.go_to(50);
        assert_eq!(found(&held(&fooled, &known(2.0)), Promise::GradientRate).kept, PromiseStatus::Violated);
    }

    #[test]
    fn a_failed_premise_is_said() {
        let mut long = run(RAVINE, &[2.0, 20.0], 0.11, steepest());
        long.go_to(2);
        let checks = held(&long, &known(20.0));
        for (promise, because) in [
            (Promise::DescentLemma, Some("α > 1/L")),
            (Promise::GuaranteedDecrease, None),
            (Promise::OneStepBound, Some("α > 1/L")),
            (Promise::RateOneOverK, Some("α > 1/L, now or earlier")),
            (Promise::GradientRate, Some("α ≥ 2/L, now or earlier")),
            (Promise::TwoOverL, Some("α ≥ 2/L")),
            (Promise::LinearRate, Some("α > 1/L, now or earlier")),
        ] {
            assert_eq!(found(&checks, promise).because.as_deref(), because, "{promise:?}");
        }
        let mut ball = run(RAVINE, &[2.0, 20.0], 0.01, DirectionRule::Momentum(Momentum::default()));
        // From rest the first step is one of steepest descent.
        assert_eq!(found(&held(&ball, &known(20.0)), Promise::GuaranteedDecrease).kept, PromiseStatus::Holds);
        ball.go_to(1);
        let checks = held(&ball, &known(20.0));
        assert_eq!(found(&checks, Promise::GuaranteedDecrease).because.as_deref(), Some("d is not −∇f"));
        assert_eq!(found(&checks, Promise::LipschitzRatio).kept, PromiseStatus::Holds, "whatever the method");
        assert_eq!(found(&checks, Promise::SecondOrderPrediction).kept, PromiseStatus::Holds, "whatever the method");
        let still = held(&run(RAVINE, &[2.0, 20.0], 0.0, steepest()), &known(20.0));
        assert_eq!(found(&still, Promise::LipschitzRatio).because.as_deref(), Some("the step stands still"));
        assert_eq!(found(&still, Promise::OneStepBound).kept, PromiseStatus::NotApplicable);
        let curved = held(&run("x1^4 + x2^2", &[1.0, 1.0], 0.01, steepest()), &known(20.0));
        assert_eq!(found(&curved, Promise::SecondOrderPrediction).kept, PromiseStatus::NotApplicable);
    }

    /// x² with a gradient that is too small: the self-test must notice.
    struct Liar;

    impl Objective for Liar {
        fn dimension(&self) -> usize {
            1
        }

        fn value(&self, at: &Point) -> f64 {
            at[0] * at[0]
        }

        fn hessian(&self, _at: &Point) -> Matrix {
            Matrix::from_element(1, 1, 2.0)
        }

        fn sample(&self, at: &Point) -> (f64, Vector) {
            (self.value(at), at * 1.9)
        }

        fn is_quadratic(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_wrong_derivative_fails_the_self_test() {
        let method = run("x1^2", &[1.0], 0.1, steepest()).method().clone();
        let run = Run::new(Arc::new(Liar), Point::from_element(1, 1.0), method, Limits::default());
        let checks = held(&run, &Known::default());
        assert_eq!(found(&checks, Promise::SecondOrderPrediction).kept, PromiseStatus::Violated);
    }

    #[test]
    fn convexity_is_never_guessed() {
        let bare = Known { strong_convexity: None, ..known(20.0) };
        let because = |formula: &str, known: &Known| {
            let checks = held(&run(formula, &[1.0, 1.0], 0.01, steepest()), known);
            found(&checks, Promise::OneStepBound).because.clone()
        };
        assert_eq!(because(RAVINE, &bare), None, "a quadratic tells");
        assert_eq!(because("x1^2", &bare), None, "a valley is convex too");
        for formula in ["x1^2 - x2^2", "x1^4 + x2^2"] {
            assert_eq!(because(formula, &bare).as_deref(), Some("f is not known to be convex"), "{formula}");
        }
        assert_eq!(because("x1^4 + x2^2", &known(20.0)), None, "the author knows");
    }

    #[test]
    fn a_promise_without_its_constants_is_absent() {
        let run = run(RAVINE, &[2.0, 20.0], 0.05, steepest());
        let keys = |known: &Known| held(&run, known).iter().map(|check| check.promise).collect::<Vec<_>>();
        assert_eq!(keys(&Known::default()), [Promise::SecondOrderPrediction]);
        let only = Known { lipschitz: Some(20.0), ..Known::default() };
        assert_eq!(keys(&only).len(), 5, "{:?}", keys(&only));
        assert_eq!(keys(&Known { value: Some(0.0), ..only.clone() }).len(), 6);
        assert_eq!(keys(&Known { points: vec![vec![0.0; 2]], ..only }).len(), 8, "f* is read off x*");
    }

    #[test]
    fn random_quadratics_keep_their_promises() {
        let mut generator = Generator::of_iteration(1, 0);
        for case in 0..40 {
            let (slow, turn) = (0.05 + generator.normal().abs(), generator.normal());
            let (fast, (sin, cos)) = (slow + 10.0 * generator.normal().abs(), turn.sin_cos());
            let centre = [generator.normal(), generator.normal()];
            let formula = format!(
                "{fast:?}/2*({cos:?}*(x1-({c0:?})) + {sin:?}*(x2-({c1:?})))^2 + {slow:?}/2*({cos:?}*(x2-({c1:?})) - {sin:?}*(x1-({c0:?})))^2",
                c0 = centre[0],
                c1 = centre[1]
            );
            let known = Known {
                lipschitz: Some(fast),
                strong_convexity: Some(slow),
                value: Some(0.0),
                points: vec![centre.to_vec()],
                saddles: vec![],
            };
            let start = [5.0 * generator.normal(), 5.0 * generator.normal()];
            for part in [0.1, 0.5, 1.0, 1.2, 1.9] {
                let mut run = run(&formula, &start, part / fast, steepest());
                while run.peek().is_ok() {
                    for check in held(&run, &known) {
                        let asks_for_less = matches!(
                            check.promise,
                            Promise::DescentLemma | Promise::OneStepBound | Promise::RateOneOverK | Promise::LinearRate
                        );
                        let wanted = if asks_for_less && part > 1.0 {
                            PromiseStatus::NotApplicable
                        } else {
                            PromiseStatus::Holds
                        };
                        assert_eq!(check.kept, wanted, "case {case}, αL = {part}, t = {}: {check:?}", run.iteration());
                    }
                    run.advance();
                }
            }
        }
    }

    /// Quadratics far in their tail and far out, where squares of slopes and steps are 0 or infinite.
    #[test]
    fn neither_underflow_nor_overflow_breaks_a_promise() {
        let mut generator = Generator::of_iteration(5, 0);
        for (factor, reach) in [
            (1.0, 1e-100),
            (1.0, 1e-154),
            (1.0, 1e-160),
            (1.0, 1e-170),
            (1.0, 1e-300),
            (1e-200, 1e-60),
            (1e200, 1e-200),
            (1e200, 1e11),
            (1e290, 1e5),
            (1e250, 1e10),
            (1e-300, 1e-3),
        ] {
            for _ in 0..8 {
                let slow = factor * (0.05 + generator.normal().abs());
                let fast = slow + factor * 10.0 * generator.normal().abs();
                let start = [reach * (1.0 + generator.fraction()), reach * generator.normal()];
                let known = Known { strong_convexity: Some(slow), ..known(fast) };
                for part in [0.1, 0.9, 1.0, 1.9] {
                    let formula = format!("{fast:?}/2*x1^2 + {slow:?}/2*x2^2");
                    let limits = Limits { gradient: 0.0, iterations: 80, ..Limits::default() };
                    let mut run = limited(limits, &formula, &start, part / fast, steepest());
                    while run.peek().is_ok() {
                        for check in held(&run, &known) {
                            assert_ne!(
                                check.kept,
                                PromiseStatus::Violated,
                                "{factor:e} {reach:e} t = {}: {check:?}",
                                run.iteration()
                            );
                        }
                        run.advance();
                    }
                    assert!(run.iteration() > 0, "{factor:e} {reach:e}: {:?}", run.peek().unwrap_err());
                }
            }
        }
    }

    /// The same sizes do not blind the checks: an L that is ten times too small is seen wherever f has its digits.
    #[test]
    fn a_wrong_constant_is_seen_in_every_size() {
        for (factor, reach) in
            [(1.0, 1e-140), (1.0, 1e-100), (1e200, 1e-140), (1e200, 1e11), (1e-200, 1e11), (1e-290, 1e5)]
        {
            let mut fooled = limited(
                Limits { gradient: 0.0, iterations: 9, ..Limits::default() },
                &format!("{:?}*x1^2 + {:?}*x2^2", 10.0 * factor, 0.5 * factor),
                &[reach, reach],
                0.11 / factor,
                steepest(),
            );
            fooled.go_to(3);
            let checks = held(&fooled, &Known { strong_convexity: None, ..known(2.0 * factor) });
            for promise in
                [Promise::DescentLemma, Promise::GuaranteedDecrease, Promise::TwoOverL, Promise::LipschitzRatio]
            {
                assert_eq!(
                    found(&checks, promise).kept,
                    PromiseStatus::Violated,
                    "{factor:e} {reach:e}: {:?}",
                    found(&checks, promise)
                );
            }
        }
    }
}
