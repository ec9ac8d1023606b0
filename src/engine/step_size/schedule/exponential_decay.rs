//! Each step size is the same fraction of the one before.

use serde::Deserialize;

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::schedule::Schedule;

/// αₜ = α₀ e^{−λt}; all of them together are finite, so a run can stop short of the minimum.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExponentialDecay {
    /// The first step size α₀.
    pub alpha0: f64,
    /// The rate of decay λ.
    pub lambda: f64,
}

impl Default for ExponentialDecay {
    fn default() -> Self {
        Self { alpha0: 0.1, lambda: 0.1 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive },
    Parameter { name: "lambda", symbol: "λ", meaning: "rate of decay", domain: Domain::Positive },
];

settings!(ExponentialDecay { alpha0, lambda } of PARAMETERS);

impl Schedule for ExponentialDecay {
    fn at(&self, t: usize) -> f64 {
        self.alpha0 * (-self.lambda * t as f64).exp()
    }

    fn ways(&self, t: usize) -> [String; 2] {
        let numbers = format!("{}·e^(−{}·{t})", short(self.alpha0), short(self.lambda));
        ["α₀e^(−λt)".into(), numbers]
    }

    fn code(&self) -> &'static str {
        "α ← α₀·e^(−λt)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// E14 of the lectures' errata: on ½x² from 1 the run stops at x = 0.5669, for all α together are finite.
    #[test]
    fn the_step_sizes_together_are_finite_and_vanish_in_the_end() {
        let rule = ExponentialDecay { alpha0: 0.1, lambda: 0.2 };
        assert_eq!(rule.at(0), 0.1);
        assert!((rule.at(1) / rule.at(0) - (-0.2_f64).exp()).abs() < 1e-15);
        let stalled = (0..1000).fold(1.0, |x, t| x * (1.0 - rule.at(t)));
        assert!((stalled - 0.5669).abs() < 1e-4, "{stalled}");
        assert!(rule.at(3700) > 0.0);
        assert_eq!(rule.at(3800), 0.0);
        assert_eq!(rule.formula(3800), "α = α₀e^(−λt) = 0.1·e^(−0.2·3800) = 0");
    }
}
