//! A ball with momentum along one eigenvector: when it settles, ripples, or is thrown out.

use serde::Serialize;

/// How close to a boundary counts as the boundary.
const AT_THE_BOUNDARY: f64 = 1e-12;

/// The update of a rule with velocity v and inertia β.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// v ← βv − α∇f(x), x ← x + v (Polyak 1964).
    HeavyBall,
    /// v ← βv − α∇f(x + βv), x ← x + v (Nesterov 1983).
    Nesterov,
    /// v ← βv − α∇f(x + v), x ← x + v: the lecture looks ahead by the whole velocity.
    NesterovLecture,
}

/// What the iterates do along the eigenvector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// Both factors are 0: solved at once.
    OneStep,
    /// The largest factor lies in (0, 1): settles on one side.
    Monotone,
    /// A pair of complex factors: swings around the minimum, less and less.
    Rippling,
    /// The largest factor lies in (−1, 0): changes sides in every step.
    Oscillating,
    /// The largest factor has size 1: neither settles nor grows.
    Neutral,
    /// A factor is larger than 1 in size although f bends up: α is too long.
    Diverging,
    /// λ < 0: runs away downhill.
    Escaping,
}

impl Motion {
    pub fn word(self) -> &'static str {
        match self {
            Self::OneStep => "one step",
            Self::Monotone => "monotone",
            Self::Rippling => "rippling",
            Self::Oscillating => "oscillating",
            Self::Neutral => "neutral",
            Self::Diverging => "diverging",
            Self::Escaping => "escaping",
        }
    }
}

/// One step along an eigenvector is a 2×2 matrix on (x, v): its trace and determinant tell everything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mode {
    /// The sum of the two factors.
    pub trace: f64,
    /// The product of the two factors.
    pub determinant: f64,
    /// αλ.
    pub bend: f64,
}

impl Form {
    /// The step of size α with inertia β along an eigenvector of eigenvalue λ.
    pub fn mode(self, alpha: f64, lambda: f64, beta: f64) -> Mode {
        let bend = alpha * lambda;
        let (trace, determinant) = match self {
            Self::HeavyBall => (1.0 + beta - bend, beta),
            Self::Nesterov => ((1.0 - bend) * (1.0 + beta), (1.0 - bend) * beta),
            Self::NesterovLecture => (1.0 + beta - 2.0 * bend, beta - bend),
        };
        Mode { trace, determinant, bend }
    }

    /// The αλ below which (and above 0) the iterates settle, for 0 ≤ β < 1.
    pub fn limit(self, beta: f64) -> f64 {
        match self {
            Self::HeavyBall => 2.0 * (1.0 + beta),
            Self::Nesterov => 2.0 * (1.0 + beta) / (1.0 + 2.0 * beta),
            Self::NesterovLecture => 2.0 * (1.0 + beta) / 3.0,
        }
    }
}

impl Mode {
    /// Whether the two factors are complex, so that the iterates swing.
    pub fn is_complex(&self) -> bool {
        self.discriminant() < 0.0
    }

    /// The factor of largest size; of a complex pair its size, √det.
    pub fn leading(&self) -> f64 {
        if self.is_complex() {
            return self.determinant.sqrt();
        }
        let size = 0.5 * (self.trace.abs() + self.discriminant().sqrt());
        if self.trace < 0.0 { -size } else { size }
    }

    /// The spectral radius: what the distance to the minimum is multiplied with per step, in the long run.
    pub fn radius(&self) -> f64 {
        self.leading().abs()
    }

    /// What the iterates do.
    pub fn motion(&self) -> Motion {
        let radius = self.radius();
        if radius <= AT_THE_BOUNDARY {
            Motion::OneStep
        } else if (radius - 1.0).abs() <= AT_THE_BOUNDARY {
            Motion::Neutral
        } else if radius > 1.0 {
            if self.bend < 0.0 { Motion::Escaping } else { Motion::Diverging }
        } else if self.is_complex() {
            Motion::Rippling
        } else if self.leading() > 0.0 {
            Motion::Monotone
        } else {
            Motion::Oscillating
        }
    }

    fn discriminant(&self) -> f64 {
        self.trace * self.trace - 4.0 * self.determinant
    }
}

/// The α and β with which the heavy ball settles fastest on all of [μ, L], 0 < μ ≤ L (Polyak 1964).
pub fn best_heavy_ball(strong_convexity: f64, lipschitz: f64) -> (f64, f64) {
    let (slow, fast) = (strong_convexity.sqrt(), lipschitz.sqrt());
    ((2.0 / (fast + slow)).powi(2), ((fast - slow) / (fast + slow)).powi(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [Form; 3] = [Form::HeavyBall, Form::Nesterov, Form::NesterovLecture];

    /// One step of the rule itself on ½λx².
    fn step(form: Form, (x, v): (f64, f64), alpha: f64, lambda: f64, beta: f64) -> (f64, f64) {
        let at = match form {
            Form::HeavyBall => x,
            Form::Nesterov => x + beta * v,
            Form::NesterovLecture => x + v,
        };
        let v = beta * v - alpha * lambda * at;
        (x + v, v)
    }

    #[test]
    fn momentum_has_five_regimes() {
        for (alpha, beta, motion, radius) in [
            (1.4, 0.8, Motion::Rippling, 0.8944),
            (0.25, 0.1, Motion::Monotone, 0.7089),
            (1.0, 0.0, Motion::OneStep, 0.0),
            (2.0, 0.1, Motion::Oscillating, 0.7702),
            (2.23, 0.1, Motion::Diverging, 1.0332),
        ] {
            let mode = Form::HeavyBall.mode(alpha, 1.0, beta);
            assert_eq!(mode.motion(), motion, "α = {alpha}, β = {beta}");
            assert!((mode.radius() - radius).abs() < 5e-5, "{}", mode.radius());
        }
        assert_eq!(Form::HeavyBall.mode(0.1, -2.0, 0.5).motion(), Motion::Escaping);
        assert_eq!(Form::HeavyBall.mode(2.0, 1.0, 0.0).motion(), Motion::Neutral);
    }

    #[test]
    fn looking_ahead_narrows_the_range_of_steps() {
        for (form, limit) in FORMS.into_iter().zip([3.8, 1.357, 1.267]) {
            assert!((form.limit(0.9) - limit).abs() < 5e-4, "{form:?}: {}", form.limit(0.9));
        }
    }

    #[test]
    fn the_limits_are_where_the_radius_is_one() {
        for form in FORMS {
            for beta in [0.0, 0.1, 0.5, 0.9, 0.99] {
                let limit = form.limit(beta);
                assert_eq!(form.mode(limit, 1.0, beta).motion(), Motion::Neutral, "{form:?} at β = {beta}");
                assert_eq!(form.mode(1.001 * limit, 1.0, beta).motion(), Motion::Diverging, "{form:?} at β = {beta}");
                for part in 1..100 {
                    let mode = form.mode(limit * f64::from(part) / 100.0, 1.0, beta);
                    assert!(mode.radius() < 1.0, "{form:?} at β = {beta}: {mode:?}");
                }
            }
        }
    }

    #[test]
    fn trace_and_determinant_are_those_of_the_rule() {
        for form in FORMS {
            for (alpha, lambda, beta) in [(0.1, 2.0, 0.9), (1.3, 1.0, 0.4), (0.2, -3.0, 0.5)] {
                let (a, c) = step(form, (1.0, 0.0), alpha, lambda, beta);
                let (b, d) = step(form, (0.0, 1.0), alpha, lambda, beta);
                let mode = form.mode(alpha, lambda, beta);
                assert!((mode.trace - (a + d)).abs() < 1e-15, "{form:?}");
                assert!((mode.determinant - (a * d - b * c)).abs() < 1e-15, "{form:?}");
            }
        }
    }

    #[test]
    fn the_best_heavy_ball_ripples_alike_at_both_ends() {
        let (alpha, beta) = best_heavy_ball(1.0, 20.0);
        for lambda in [1.0, 20.0] {
            let radius = Form::HeavyBall.mode(alpha, lambda, beta).radius();
            // A double factor: rounding moves it by √ε.
            assert!((radius - beta.sqrt()).abs() < 1e-7, "λ = {lambda}: {radius}");
        }
    }
}
