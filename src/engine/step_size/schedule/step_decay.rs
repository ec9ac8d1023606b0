//! Down a flight of stairs: the same α for a while, then a fraction of it.

use serde::Deserialize;

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, MANY, Parameter};
use crate::engine::rule::schedule::Schedule;

/// αₜ = α₀ γ^⌊t/s⌋: the first shorter step is that of t = s.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(StepDecay { alpha0, gamma, every } of PARAMETERS);

impl StepDecay {
    /// How many drops there were until iteration t.
    fn drops(&self, t: usize) -> usize {
        t / self.every as usize
    }
}

impl Schedule for StepDecay {
    fn at(&self, t: usize) -> f64 {
        self.alpha0 * self.gamma.powf(self.drops(t) as f64)
    }

    fn ways(&self, t: usize) -> [String; 2] {
        let numbers = format!("{}·{}^{}", short(self.alpha0), short(self.gamma), self.drops(t));
        ["α₀γ^⌊t/s⌋".into(), numbers]
    }

    fn code(&self) -> &'static str {
        "α ← α₀·γ^⌊t/s⌋"
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
