//! Slower and slower, but never so slow that the way is finite.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, Parameter, StepSize};

/// αₜ = α₀ / (1 + λt).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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

impl InverseTimeDecay {
    /// α at iteration t = 0, 1, …
    pub fn at(&self, t: usize) -> f64 {
        self.alpha0 / (1.0 + self.lambda * t as f64)
    }
}

impl StepSize for InverseTimeDecay {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, t: usize) -> String {
        format!("α = α₀/(1+λt) = {}/(1+{}·{t}) = {}", short(self.alpha0), short(self.lambda), short(self.at(t)))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α₀/(1+λt)"
    }

    fn planned(&self, t: usize) -> Option<f64> {
        Some(self.at(t))
    }

    fn choose(&self, _line: &mut Line<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(self.at(past.len()))
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
