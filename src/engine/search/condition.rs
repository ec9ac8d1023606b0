//! Is this step good enough? Each condition says by how much, not only yes or no.

use crate::engine::record::trial::{Knot, Margin, Verdict};

/// The Armijo condition φ(α) ≤ φ(0) + γ₁ α φ'(0), computed exactly so (Nocedal & Wright, eq. 3.4).
///
/// `value` is φ(0), `slope` is φ'(0) (negative for a descent direction), `trial` is φ(α); both sides in units of f.
pub fn armijo(value: f64, slope: f64, gamma1: f64, alpha: f64, trial: f64) -> Margin {
    Margin { lhs: trial, rhs: value + gamma1 * alpha * slope }
}

/// The weak curvature condition γ₂ φ'(0) ≤ φ'(α) (Nocedal & Wright, eq. 3.5), both sides in units of φ'.
pub fn weak_curvature(slope: f64, gamma2: f64, trial_slope: f64) -> Margin {
    Margin { lhs: gamma2 * slope, rhs: trial_slope }
}

/// The strong curvature condition |φ'(α)| ≤ γ₂ |φ'(0)| (Nocedal & Wright, eq. 3.7), both sides in units of φ'.
pub fn strong_curvature(slope: f64, gamma2: f64, trial_slope: f64) -> Margin {
    Margin { lhs: trial_slope.abs(), rhs: gamma2 * slope.abs() }
}

/// Goldstein's lower bound φ(0) + (1−c) α φ'(0) ≤ φ(α) (Nocedal & Wright, eq. 3.11), both sides in units of f.
pub fn goldstein_floor(value: f64, slope: f64, c: f64, alpha: f64, trial: f64) -> Margin {
    Margin { lhs: value + (1.0 - c) * alpha * slope, rhs: trial }
}

/// What a line search demands of α: enough decrease, and whatever keeps it from being too short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// γ₁ of the Armijo condition.
    pub gamma1: f64,
    second: Second,
    lenience: Lenience,
}

/// The condition that keeps α from being too short.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Second {
    Nothing,
    Weak(f64),
    Strong(f64),
    Goldstein(f64),
}

/// When slopes may vouch for the decrease although values are too high (Hager & Zhang 2005, "approximate Wolfe").
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lenience {
    /// Never: φ(α) ≤ φ(0) must hold, too, where slopes are asked.
    Never,
    /// Where the demanded decrease is smaller than the rounding of f.
    InRounding,
    /// Wherever φ(α) ≤ φ(0) + ε|φ(0)|.
    Within(f64),
}

/// Values of f closer than this, relative to f, are the same up to rounding.
pub const ROUNDING: f64 = 32.0 * f64::EPSILON;

/// What a demand says of one look along the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The Armijo condition.
    pub armijo: Margin,
    /// φ'(α) ≤ (2γ₁−1)φ'(0), which decides instead where values do not show the decrease.
    pub by_slope: Option<Margin>,
    /// The condition that keeps α from being too short.
    pub curvature: Option<Margin>,
    /// All together.
    pub verdict: Verdict,
}

impl Demand {
    /// Armijo alone.
    pub fn armijo(gamma1: f64) -> Self {
        Self { gamma1, second: Second::Nothing, lenience: Lenience::Never }
    }

    /// The weak Wolfe conditions.
    pub fn weak(gamma1: f64, gamma2: f64) -> Self {
        Self { gamma1, second: Second::Weak(gamma2), lenience: Lenience::InRounding }
    }

    /// The strong Wolfe conditions.
    pub fn strong(gamma1: f64, gamma2: f64) -> Self {
        Self { gamma1, second: Second::Strong(gamma2), lenience: Lenience::InRounding }
    }

    /// The Goldstein conditions: Armijo with c, and not below the line with 1 − c.
    pub fn goldstein(c: f64) -> Self {
        Self { gamma1: c, second: Second::Goldstein(c), lenience: Lenience::Never }
    }

    /// The conditions of Hager and Zhang: weak Wolfe, or approximate Wolfe where f rises by no more than `epsilon`·|f|.
    pub fn hager_zhang(gamma1: f64, gamma2: f64, epsilon: f64) -> Self {
        Self { gamma1, second: Second::Weak(gamma2), lenience: Lenience::Within(epsilon) }
    }

    /// Whether it looks at slopes.
    pub fn asks_slope(&self) -> bool {
        matches!(self.second, Second::Weak(_) | Second::Strong(_))
    }

    /// γ₂, for the demands that look at slopes.
    pub fn gamma2(&self) -> Option<f64> {
        match self.second {
            Second::Weak(gamma2) | Second::Strong(gamma2) => Some(gamma2),
            Second::Nothing | Second::Goldstein(_) => None,
        }
    }

    /// ε, for the demand of Hager and Zhang: by slope f may rise by ε|f|.
    pub fn epsilon(&self) -> Option<f64> {
        match self.lenience {
            Lenience::Within(epsilon) => Some(epsilon),
            Lenience::Never | Lenience::InRounding => None,
        }
    }

    /// Whether slopes must be known near `alpha`: always, or because the demanded decrease is lost in rounding.
    pub fn may_ask_slope(&self, from: &Knot, alpha: f64) -> bool {
        self.asks_slope() || self.is_lost(from, alpha)
    }

    /// Whether φ(0) + γ₁αφ'(0) rounds to φ(0): then any α that leaves f level meets Armijo, a flip from x to −x, too.
    fn is_lost(&self, from: &Knot, alpha: f64) -> bool {
        self.gamma1 > 0.0 && from.value + self.gamma1 * alpha * from.slope == from.value
    }

    /// Whether the slope at `alpha` decides on the decrease: values, φ(α) = `value`, do not show it, nor speak against it.
    pub fn is_by_slope(&self, from: &Knot, alpha: f64, value: f64) -> bool {
        let size = from.value.abs();
        let drop = self.gamma1 * alpha * from.slope.abs();
        let (blur, may_vouch) = match self.lenience {
            Lenience::Never => (0.0, false),
            Lenience::InRounding => (ROUNDING * size, drop <= ROUNDING * size),
            Lenience::Within(epsilon) => (epsilon * size, true),
        };
        let is_level = value.is_finite() && value <= from.value + blur;
        let is_shown = armijo(from.value, from.slope, self.gamma1, alpha, value).holds();
        is_level && (self.is_lost(from, alpha) || may_vouch && !is_shown)
    }

    /// Judges a look at `at` from `from`, where α = 0.
    pub fn judge(&self, from: &Knot, at: &Knot) -> Judgement {
        let armijo = armijo(from.value, from.slope, self.gamma1, at.alpha, at.value);
        // Armijo for a quadratic, in units of φ'.
        let by_slope = self
            .is_by_slope(from, at.alpha, at.value)
            .then_some(Margin { lhs: at.slope, rhs: (2.0 * self.gamma1 - 1.0) * from.slope });
        let curvature = match self.second {
            Second::Nothing => None,
            Second::Weak(gamma2) => Some(weak_curvature(from.slope, gamma2, at.slope)),
            Second::Strong(gamma2) => Some(strong_curvature(from.slope, gamma2, at.slope)),
            // The floor for a quadratic, in units of φ'.
            Second::Goldstein(c) if by_slope.is_some() => Some(weak_curvature(from.slope, 1.0 - 2.0 * c, at.slope)),
            Second::Goldstein(c) => Some(goldstein_floor(from.value, from.slope, c, at.alpha, at.value)),
        };
        let wants_slope = self.asks_slope() || by_slope.is_some();
        let verdict = if !at.value.is_finite() || wants_slope && !at.slope.is_finite() {
            Verdict::NotFinite
        } else if !by_slope.as_ref().unwrap_or(&armijo).holds() {
            Verdict::TooLong
        } else if curvature.is_none_or(|margin| margin.holds()) {
            Verdict::Accepted
        } else if self.asks_slope() && at.slope >= 0.0 {
            Verdict::TooLong
        } else {
            Verdict::TooShort
        };
        Judgement { armijo, by_slope, curvature, verdict }
    }
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

    /// On a quadratic: weak ⇔ α ≥ (1−γ₂)α*, strong ⇔ also α ≤ (1+γ₂)α*, Goldstein ⇔ 2cα* ≤ α ≤ 2(1−c)α*.
    #[test]
    fn the_other_conditions_on_a_quadratic_hold_between_their_closed_forms() {
        let (slope, curvature) = (-12.0, 8.0);
        let best = -slope / curvature;
        let at = |alpha: f64| Knot {
            alpha,
            value: 3.0 + slope * alpha + 0.5 * curvature * alpha * alpha,
            slope: slope + curvature * alpha,
        };
        let accepted = |demand: Demand, alpha: f64| demand.judge(&at(0.0), &at(alpha)).verdict == Verdict::Accepted;
        for (demand, low, high) in [
            (Demand::weak(0.1, 0.4), 0.6, 1.8),
            (Demand::strong(0.1, 0.4), 0.6, 1.4),
            (Demand::strong(0.4, 0.5), 0.5, 1.2),
            (Demand::goldstein(0.3), 0.6, 1.4),
            (Demand::hager_zhang(0.2, 0.9, 1e-6), 0.1, 1.6),
        ] {
            for (edge, inside, outside) in [(low, 1.0 + 1e-9, 1.0 - 1e-9), (high, 1.0 - 1e-9, 1.0 + 1e-9)] {
                assert!(accepted(demand, best * edge * inside), "{demand:?} at {edge}");
                assert!(!accepted(demand, best * edge * outside), "{demand:?} at {edge}");
            }
        }
        assert_eq!(Demand::weak(0.1, 0.4).judge(&at(0.0), &at(0.1)).verdict, Verdict::TooShort);
        assert_eq!(Demand::strong(0.1, 0.1).judge(&at(0.0), &at(1.5 * best)).verdict, Verdict::TooLong);
    }

    /// The cubic of the lecture's figure: α = 3 is a maximum as high as the start, and never acceptable.
    #[test]
    fn slopes_vouch_for_the_decrease_only_where_rounding_hides_it() {
        let at = |offset: f64, alpha: f64, value: f64, slope: f64| Knot { alpha, value: offset + value, slope };
        let demand = Demand::strong(0.05, 0.9);
        let accepts = |from: Knot, to: Knot| demand.judge(&from, &to).verdict == Verdict::Accepted;
        assert!(!accepts(at(0.0, 0.0, 2.0, -9.0), at(0.0, 3.0, 2.0, 0.0)));
        let tiny = |offset: f64| accepts(at(offset, 0.0, 0.0, -1e-9), at(offset + 3e-7, 1.0, 0.0, 1e-12));
        assert!(tiny(1e9) && !tiny(1.0));
    }

    /// f = 2 + x² from x = 10⁻⁷ along −∇f: α = 1 flips to −x, α = ½ is the minimum; γ₁αφ'(0) = −4·10⁻¹⁸ is lost in 2.
    #[test]
    fn where_the_bound_rounds_to_f_a_flip_is_too_long_and_the_minimum_is_accepted() {
        let from = Knot { alpha: 0.0, value: 2.0, slope: -4e-14 };
        let at = |alpha: f64| Knot { alpha, value: 2.0, slope: -4e-14 * (1.0 - 2.0 * alpha) };
        for demand in [
            Demand::armijo(1e-4),
            Demand::weak(1e-4, 0.9),
            Demand::strong(1e-4, 0.9),
            Demand::goldstein(1e-4),
            Demand::hager_zhang(1e-4, 0.9, 1e-6),
        ] {
            for (alpha, wanted) in [(1.0, Verdict::TooLong), (0.5, Verdict::Accepted)] {
                let judged = demand.judge(&from, &at(alpha));
                assert!(judged.armijo.holds() && judged.armijo.slack() == 0.0);
                assert_eq!(judged.verdict, wanted, "{demand:?} at {alpha}");
                assert_eq!(judged.by_slope.unwrap().holds(), wanted == Verdict::Accepted);
            }
        }
        // A longer step loses nothing there: 2γ₁α|φ'(0)| is seen beside 10⁻¹³.
        let seen = Demand::armijo(1e-4).judge(&Knot { value: 1e-13, ..from }, &at(1.0));
        assert_eq!(seen.by_slope, None);
    }

    /// Goldstein's two lines for a quadratic are 2cα* ≤ α ≤ 2(1−c)α*; where values say nothing, slopes say the same.
    #[test]
    fn goldsteins_lines_are_told_by_slopes_where_values_are_lost() {
        let from = Knot { alpha: 0.0, value: 1e9, slope: -4e-14 };
        let at = |alpha: f64| Knot { alpha, value: 1e9, slope: -4e-14 * (1.0 - 2.0 * alpha) };
        for (alpha, wanted) in
            [(0.24, Verdict::TooShort), (0.26, Verdict::Accepted), (0.74, Verdict::Accepted), (0.76, Verdict::TooLong)]
        {
            assert_eq!(Demand::goldstein(0.25).judge(&from, &at(alpha)).verdict, wanted, "{alpha}");
        }
    }
}
