//! Each step size is the same fraction of the one before.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, Parameter, StepSize};

/// αₜ = α₀ e^{−λt}; all of them together are finite, so a run can stop short of the minimum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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

impl ExponentialDecay {
    /// α at iteration t = 0, 1, …
    pub fn at(&self, t: usize) -> f64 {
        self.alpha0 * (-self.lambda * t as f64).exp()
    }
}

impl StepSize for ExponentialDecay {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, t: usize) -> String {
        format!("α = α₀e^(−λt) = {}·e^(−{}·{t}) = {}", short(self.alpha0), short(self.lambda), short(self.at(t)))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α₀·e^(−λt)"
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
