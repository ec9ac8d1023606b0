//! Is this step good enough? Each condition says by how much, not only yes or no.

use crate::engine::record::Margin;

/// The Armijo condition φ(α) ≤ φ(0) + γ₁ α φ'(0), computed exactly so (Nocedal & Wright, eq. 3.4).
///
/// `value` is φ(0), `slope` is φ'(0) (negative for a descent direction), `trial` is φ(α); both sides in units of f.
pub fn armijo(value: f64, slope: f64, gamma1: f64, alpha: f64, trial: f64) -> Margin {
    Margin { lhs: trial, rhs: value + gamma1 * alpha * slope }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a quadratic, Armijo holds exactly for α ≤ 2(1−γ₁)α*.
    #[test]
    fn armijo_on_a_quadratic_holds_up_to_its_closed_form() {
        for (slope, curvature, gamma1) in [(-2000.0, 32400.0, 0.1), (-4.0, 2.0, 0.5), (-1.0, 8.0, 0.9)] {
            let best = -slope / curvature;
            let phi = |alpha: f64| 7.0 + slope * alpha + 0.5 * curvature * alpha * alpha;
            let edge = 2.0 * (1.0 - gamma1) * best;
            for (factor, holds) in [(0.01, true), (0.999_999, true), (1.000_001, false), (3.0, false)] {
                let alpha = factor * edge;
                assert_eq!(armijo(7.0, slope, gamma1, alpha, phi(alpha)).holds(), holds, "γ₁ = {gamma1}, α = {alpha}");
            }
        }
    }

    #[test]
    fn a_trial_that_is_not_finite_never_holds() {
        for trial in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!armijo(1.0, -1.0, 0.1, 1.0, trial).holds());
        }
    }

    #[test]
    fn equality_holds_so_that_rounding_cannot_block_a_step() {
        assert!(armijo(1e9, -1e-12, 0.1, 1.0, 1e9).holds());
    }
}
