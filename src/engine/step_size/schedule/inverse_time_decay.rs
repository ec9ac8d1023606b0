//! Slower and slower, but never so slow that the way is finite.

use serde::Deserialize;

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::schedule::Schedule;

/// αₜ = α₀ / (1 + λt).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InverseTimeDecay {
    /// The first step size α₀.
    pub alpha0: f64,
    /// The rate of decay λ.
    pub lambda: f64,
}

impl Default for InverseTimeDecay {
    fn default() -> Self {
        Self { alpha0: 0.1, lambda: 0.1 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive },
    Parameter { name: "lambda", symbol: "λ", meaning: "rate of decay", domain: Domain::Positive },
];

settings!(InverseTimeDecay { alpha0, lambda } of PARAMETERS);

impl Schedule for InverseTimeDecay {
    fn at(&self, t: usize) -> f64 {
        self.alpha0 / (1.0 + self.lambda * t as f64)
    }

    fn ways(&self, t: usize) -> [String; 2] {
        ["α₀/(1+λt)".into(), format!("{}/(1+{}·{t})", short(self.alpha0), short(self.lambda))]
    }

    fn code(&self) -> &'static str {
        "α ← α₀/(1+λt)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_sizes_shrink_fastest_at_first_and_never_vanish() {
        let rule = InverseTimeDecay { alpha0: 0.1, lambda: 0.2 };
        assert_eq!((rule.at(0), rule.at(5)), (0.1, 0.05));
        let drop = |t: usize| rule.at(t) - rule.at(t + 1);
        assert!((0..100).all(|t| drop(t) > drop(t + 1)));
        // With the same λ it is never below the exponential.
        assert!((0..100).all(|t| rule.at(t) >= 0.1 * (-0.2 * t as f64).exp()));
        let far = (0..1000).fold(1.0, |x, t| x * (1.0 - rule.at(t)));
        assert!((far - 0.065).abs() < 1e-3, "{far}");
    }
}
