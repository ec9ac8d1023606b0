//! Theorems on random quadratics, to the last digits: what the course derives by hand, the engine does.
#![expect(clippy::unwrap_used, reason = "in a test a surprise is a failure")]

use crate::spelled;

use std::fmt::Write as _;
use std::sync::Arc;

use downhill::engine::number::random::Generator;
use downhill::engine::record::trial::{Knot, Verdict};
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::search::condition::{Demand, armijo, strong_curvature, weak_curvature};
use downhill::engine::theory::curvature::Model;
use downhill::objective::function::Objective;
use downhill::objective::point::{Matrix, Point, Vector};

/// f = ½(x − x*)ᵀA(x − x*), with `A = QΛQᵀ` for a random orthogonal Q and eigenvalues uniform in their logarithm.
struct Quadratic {
    objective: Arc<dyn Objective>,
    hessian: Matrix,
    turn: Matrix,
    curvatures: Vec<f64>,
    minimum: Vector,
    start: Vector,
    dice: Generator,
}

impl Quadratic {
    /// One with κ up to 10^`decades`.
    fn random(seed: u64, n: usize, decades: f64) -> Self {
        let mut dice = Generator::of_iteration(seed, n);
        let turn = Matrix::from_fn(n, n, |_, _| dice.normal()).qr().q();
        let curvatures: Vec<f64> = (0..n).map(|_| 10_f64.powf(decades * (dice.fraction() - 0.5))).collect();
        let diagonal = Matrix::from_diagonal(&Vector::from_column_slice(&curvatures));
        let minimum = Vector::from_fn(n, |_, _| dice.normal());
        let start = &minimum + Vector::from_fn(n, |_, _| dice.normal());
        // As a sum of λᵢ(qᵢᵀ(x − x*))²/2 the formula is exact where it matters: at the minimum.
        let mut formula = String::new();
        for (i, curvature) in curvatures.iter().enumerate() {
            let part = (0..n).map(|j| format!("({:?})*(x{}-({:?}))", turn[(j, i)], j + 1, minimum[j]));
            let sum = part.collect::<Vec<_>>().join(" + ");
            write!(formula, "{}{:?}*({sum})^2", if i == 0 { "" } else { " + " }, 0.5 * curvature).unwrap();
        }
        let objective = spelled::objective(&formula, n);
        let hessian = &turn * diagonal * turn.transpose();
        Self { objective, hessian, turn, curvatures, minimum, start, dice }
    }

    /// L, the largest eigenvalue.
    fn steepest(&self) -> f64 {
        self.curvatures.iter().copied().fold(0.0, f64::max)
    }

    fn ran(&self, direction: &str, step_size: &str, iterations: u64) -> Run {
        let limits = Limits { iterations, gradient: 0.0, ..Limits::default() };
        let method = spelled::method(direction, step_size);
        spelled::ran(Arc::clone(&self.objective), self.start.as_slice(), method, limits)
    }

    /// The part of x − x* along each eigenvector.
    fn parts(&self, x: &Point) -> Vector {
        self.turn.transpose() * (x - &self.minimum)
    }
}

/// Holds a theorem on many quadratics; a failure names the one that breaks it.
fn on_quadratics(decades: f64, theorem: impl Fn(Quadratic, &str)) {
    for n in 1..=5 {
        for seed in 0..40 {
            theorem(Quadratic::random(seed, n, decades), &format!("seed {seed}, n = {n}"));
        }
    }
}

const STEEPEST: &str = "rule = \"steepest-descent\"";

/// The line from the start along a random descent direction: where it starts, what is seen at α, and α*.
fn line(quadratic: &mut Quadratic) -> (Knot, impl Fn(f64) -> Knot + use<>, f64) {
    let start = quadratic.start.clone();
    let (value, gradient) = quadratic.objective.sample(&start);
    let raw = Vector::from_fn(start.len(), |_, _| quadratic.dice.normal());
    let direction = if raw.dot(&gradient) < 0.0 { raw } else { -raw };
    let best = Model::best_step(&gradient, &quadratic.hessian, &direction).unwrap();
    let origin = Knot { alpha: 0.0, value, slope: gradient.dot(&direction) };
    let objective = Arc::clone(&quadratic.objective);
    let at = move |alpha: f64| {
        let (value, gradient) = objective.sample(&(&start + &direction * alpha));
        Knot { alpha, value, slope: gradient.dot(&direction) }
    };
    (origin, at, best)
}

/// Armijo ⇔ α ≤ 2(1−γ₁)α*; weak curvature ⇔ α ≥ (1−γ₂)α*; strong ⇔ also α ≤ (1+γ₂)α*.
#[test]
fn the_conditions_hold_exactly_within_their_closed_forms() {
    on_quadratics(4.0, |mut quadratic, case| {
        let (origin, at, best) = line(&mut quadratic);
        // A line along which f hardly falls has its bounds in the rounding of f.
        let visible = -origin.slope * best > 1e-3 * origin.value;
        for _ in 0..20 {
            let (gamma1, gamma2) = (0.01 + 0.98 * quadratic.dice.fraction(), 0.01 + 0.98 * quadratic.dice.fraction());
            for share in [0.5, 0.99, 1.0 - 1e-6, 1.0 + 1e-6, 1.01, 1.5] {
                let case = format!("{case}, γ₁ = {gamma1}, γ₂ = {gamma2}, {share} of the bound");
                let armijo_at = at(share * 2.0 * (1.0 - gamma1) * best);
                let margin = armijo(origin.value, origin.slope, gamma1, armijo_at.alpha, armijo_at.value);
                assert!(!visible || margin.holds() == (share < 1.0), "Armijo: {case}: {margin:?}");
                let weak_at = at(share * (1.0 - gamma2) * best);
                let margin = weak_curvature(origin.slope, gamma2, weak_at.slope);
                assert_eq!(margin.holds(), share > 1.0, "weak: {case}: {margin:?}");
                let strong_at = at(share * (1.0 + gamma2) * best);
                let margin = strong_curvature(origin.slope, gamma2, strong_at.slope);
                let is_too_short = strong_at.alpha < (1.0 - gamma2) * best * (1.0 - 1e-9);
                assert_eq!(margin.holds(), share < 1.0 && !is_too_short, "strong: {case}: {margin:?}");
            }
        }
    });
}

/// The Wolfe set is empty iff 2(1−γ₁) < 1−γ₂; and γ₁ > ½ rejects even the exact minimiser.
#[test]
fn the_wolfe_set_is_empty_just_where_the_two_bounds_cross() {
    on_quadratics(4.0, |mut quadratic, case| {
        let (origin, at, best) = line(&mut quadratic);
        if -origin.slope * best <= 1e-3 * origin.value {
            return;
        }
        for _ in 0..20 {
            let (gamma1, gamma2) = (0.01 + 0.98 * quadratic.dice.fraction(), 0.01 + 0.98 * quadratic.dice.fraction());
            let (low, high) = (1.0 - gamma2, 2.0 * (1.0 - gamma1));
            if (high - low).abs() < 0.01 {
                continue;
            }
            let demand = Demand::weak(gamma1, gamma2);
            let accepted = |share: f64| demand.judge(&origin, &at(share * best)).verdict == Verdict::Accepted;
            let found = (1..=400).any(|k| accepted(0.005 * f64::from(k)));
            assert_eq!(found, high > low, "{case}, γ₁ = {gamma1}, γ₂ = {gamma2}");
            assert_eq!(accepted(1.0), gamma1 < 0.5, "{case}: α* with γ₁ = {gamma1}");
        }
    });
}

/// At the exact step φ' = 0, so that consecutive gradients are orthogonal; α* lies between 1/λmax and 1/λmin.
#[test]
fn exact_steps_end_where_the_next_gradient_is_orthogonal() {
    on_quadratics(3.0, |quadratic, case| {
        let flattest = quadratic.curvatures.iter().copied().fold(f64::INFINITY, f64::min);
        for rule in ["exact", "optimal-quadratic"] {
            let run = quadratic.ran(STEEPEST, &format!("rule = \"{rule}\""), 8);
            let first = quadratic.objective.gradient(&quadratic.start).norm();
            for step in run.past() {
                let (before, after) = (&step.from.gradient, &step.to.gradient);
                if before.norm() < 1e-9 * first {
                    break;
                }
                let cosine = before.dot(after).abs() / before.norm_squared();
                assert!(cosine < 1e-5, "{case}, {rule}: {cosine}");
                assert!(step.alpha * quadratic.steepest() > 1.0 - 1e-6, "{case}, {rule}: {}", step.alpha);
                assert!(step.alpha * flattest < 1.0 + 1e-6, "{case}, {rule}: {}", step.alpha);
            }
        }
    });
}

/// With a fixed α the part along an eigenvector is multiplied by 1 − αλ, step for step, converging or not.
#[test]
fn a_fixed_step_multiplies_each_part_by_its_factor() {
    on_quadratics(3.0, |mut quadratic, case| {
        for share in [0.3, 1.0, 1.9, 2.1] {
            let alpha = share * (0.9 + 0.1 * quadratic.dice.fraction()) / quadratic.steepest();
            let run = quadratic.ran(STEEPEST, &format!("rule = \"fixed\", alpha = {alpha:?}"), 25);
            let first = quadratic.parts(&quadratic.start);
            let last = quadratic.parts(&run.here().point);
            let size = first.amax() * (1.0 + last.amax());
            for (i, curvature) in quadratic.curvatures.iter().enumerate() {
                let expected = first[i] * (1.0 - alpha * curvature).powi(run.iteration() as i32);
                assert!((last[i] - expected).abs() < 1e-11 * size, "{case}, α = {alpha}: {} {expected}", last[i]);
            }
        }
    });
}

#[test]
fn newton_arrives_in_one_step() {
    on_quadratics(4.0, |quadratic, case| {
        for safeguard in ["none", "shift", "absolute"] {
            let newton = format!("rule = \"newton\", safeguard = \"{safeguard}\"");
            let run = quadratic.ran(&newton, "rule = \"fixed\", alpha = 1.0", 1);
            let error = (&run.here().point - &quadratic.minimum).amax();
            assert!(error < 1e-10, "{case}, {safeguard}: {error}");
        }
    });
}

/// With exact steps all conjugate-gradient formulas arrive in n steps.
#[test]
fn conjugate_gradients_arrive_in_n_steps() {
    on_quadratics(2.0, |quadratic, case| {
        let n = quadratic.start.len();
        let first = quadratic.objective.gradient(&quadratic.start).norm();
        for beta in ["pr+", "fr", "hs", "dy"] {
            let direction = format!("rule = \"conjugate-gradient\", beta = \"{beta}\"");
            let run = quadratic.ran(&direction, "rule = \"optimal-quadratic\"", n as u64);
            let left = run.here().gradient.norm();
            assert!(left < 1e-9 * first, "{case}, {beta}: {left} of {first}");
        }
    });
}

/// Where the eigenvalues of [[1−αλ, β], [−αλ, β]] are complex their modulus is √β (its determinant is β), whatever α is.
#[test]
fn momentum_shrinks_by_the_root_of_beta_where_it_swings() {
    on_quadratics(1.0, |quadratic, case| {
        for beta in [0.81, 0.9, 0.95] {
            let alpha = 1.0 / quadratic.steepest();
            let is_swinging = |curvature: &f64| (1.0 + beta - alpha * curvature).powi(2) < 0.98 * 4.0 * beta;
            if !quadratic.curvatures.iter().all(is_swinging) {
                continue;
            }
            let steps = 200;
            let direction = format!("rule = \"momentum\", beta = {beta:?}");
            let run = quadratic.ran(&direction, &format!("rule = \"fixed\", alpha = {alpha:?}"), steps);
            // xₜxₜ₊₂ − xₜ₊₁² is the determinant of two states side by side: each step multiplies it by β.
            let parts: Vec<Vector> = run.past().iter().map(|step| quadratic.parts(&step.from.point)).collect();
            let area = |t: usize| parts[t].component_mul(&parts[t + 2]) - parts[t + 1].component_mul(&parts[t + 1]);
            for shrunk in area(30).component_div(&area(0)).iter() {
                assert!((shrunk / beta.powi(30) - 1.0).abs() < 1e-8, "{case}, β = {beta}: {shrunk}");
            }
            // x and v turn in a plane whose invariant is a quadratic form: (x, v) shrinks by √β a step on the mean.
            let size = |x: &Point, v: &Vector| (x - &quadratic.minimum).norm() + v.norm();
            let last = run.past().last().unwrap();
            let left = size(&run.here().point, &last.displacement());
            let rate = (left / size(&quadratic.start, &Vector::zeros(quadratic.start.len()))).powf(1.0 / steps as f64);
            // The form's axes differ by a factor that a 200th root makes small.
            assert!((rate / beta.sqrt() - 1.0).abs() < 0.02, "{case}, β = {beta}: {rate} is not {}", beta.sqrt());
        }
    });
}
