//! Down a flight of stairs: the same α for a while, then a fraction of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, MANY, Parameter, StepSize};

/// αₜ = α₀ γ^⌊t/s⌋: the first shorter step is that of t = s.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StepDecay {
    /// The first step size α₀.
    pub alpha0: f64,
    /// The factor γ of each drop.
    pub gamma: f64,
    /// s: how many iterations lie between drops.
    pub every: u32,
}

impl Default for StepDecay {
    fn default() -> Self {
        Self { alpha0: 0.1, gamma: 0.5, every: 10 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive },
    Parameter { name: "gamma", symbol: "γ", meaning: "factor of each drop", domain: Domain::Between(0.0, 1.0) },
    Parameter { name: "every", symbol: "s", meaning: "iterations between drops", domain: Domain::Whole(1, MANY) },
];

impl StepDecay {
    /// α at iteration t = 0, 1, …
    pub fn at(&self, t: usize) -> f64 {
        self.alpha0 * self.gamma.powf((t / self.every as usize) as f64)
    }
}

impl StepSize for StepDecay {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, t: usize) -> String {
        let drops = t / self.every as usize;
        format!("α = α₀γ^⌊t/s⌋ = {}·{}^{} = {}", short(self.alpha0), short(self.gamma), drops, short(self.at(t)))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α₀·γ^⌊t/s⌋"
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
    fn the_first_shorter_step_is_that_of_the_drop() {
        let rule = StepDecay { alpha0: 0.8, gamma: 0.5, every: 3 };
        let alphas: Vec<f64> = (0..8).map(|t| rule.at(t)).collect();
        assert_eq!(alphas, [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2]);
        assert_eq!(rule.formula(3), "α = α₀γ^⌊t/s⌋ = 0.8·0.5^1 = 0.4");
    }
}
