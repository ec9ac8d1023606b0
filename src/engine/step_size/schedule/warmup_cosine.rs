//! Up a ramp before going down along half a wave.

use std::f64::consts::PI;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, MANY, Parameter, StepSize};

/// αₜ = α₀ t/w up to t = w, so that the first update does not move; then a cosine down to `alpha_min` at t = T.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarmupCosine {
    /// The step size α₀ at the top of the ramp.
    pub alpha0: f64,
    /// The step size from t = T on.
    pub alpha_min: f64,
    /// w: how many iterations the ramp takes; 0 is no ramp.
    pub warmup: u32,
    /// T: the iteration at which `alpha_min` is reached.
    pub period: u32,
}

impl Default for WarmupCosine {
    fn default() -> Self {
        Self { alpha0: 0.1, alpha_min: 0.0, warmup: 10, period: 100 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "alpha0", symbol: "α₀", meaning: "longest step size", domain: Domain::Positive },
    Parameter { name: "alpha_min", symbol: "α_min", meaning: "last step size", domain: Domain::NotNegative },
    Parameter { name: "warmup", symbol: "w", meaning: "iterations of the ramp", domain: Domain::Whole(0, MANY) },
    Parameter {
        name: "period",
        symbol: "T",
        meaning: "iteration where α_min is reached",
        domain: Domain::Whole(1, MANY),
    },
];

impl WarmupCosine {
    /// α at iteration t = 0, 1, …
    pub fn at(&self, t: usize) -> f64 {
        let (warmup, period) = (f64::from(self.warmup), f64::from(self.period));
        let time = (t as f64).min(period);
        if time < warmup {
            return self.alpha0 * time / warmup;
        }
        let wave = (PI * (time - warmup) / (period - warmup)).cos();
        self.alpha_min + 0.5 * (self.alpha0 - self.alpha_min) * (1.0 + wave)
    }
}

impl StepSize for WarmupCosine {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, t: usize) -> String {
        let alpha = short(self.at(t));
        if t < self.warmup as usize {
            format!("warm-up: α = α₀t/w = {}·{t}/{} = {alpha}", short(self.alpha0), self.warmup)
        } else if t >= self.period as usize {
            format!("t ≥ T = {}: α stays at α_min = {alpha}", self.period)
        } else {
            format!("α = α_min + ½(α₀−α_min)(1+cos(π(t−w)/(T−w))) = {alpha}")
        }
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α₀t/w, then a cosine"
    }

    fn refusal(&self) -> Option<String> {
        let (low, high) = (self.alpha_min, self.alpha0);
        if low > high {
            return Some(format!("`alpha_min` = {low} is above `alpha0` = {high}: α would rise after the ramp"));
        }
        (self.warmup >= self.period).then(|| {
            let (warmup, period) = (self.warmup, self.period);
            format!("`warmup` = {warmup} must be below `period` = {period}: the cosine has no iteration to itself")
        })
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
    fn the_first_update_does_not_move_and_the_ramp_joins_the_cosine() {
        let rule = WarmupCosine { alpha0: 0.08, alpha_min: 0.001, warmup: 8, period: 40 };
        assert_eq!((rule.at(0), rule.at(4), rule.at(8)), (0.0, 0.04, 0.08));
        assert!((rule.at(24) - 0.0405).abs() < 1e-15);
        assert!((rule.at(40) - 0.001).abs() < 1e-15 && rule.at(1000) == rule.at(40));
    }

    #[test]
    fn no_ramp_is_allowed_and_a_ramp_alone_is_not() {
        let rule = WarmupCosine { alpha0: 1.0, alpha_min: 0.0, warmup: 0, period: 1 };
        assert_eq!(rule.refusal(), None);
        assert!(rule.at(0) == 1.0 && rule.at(1).abs() < 1e-15);
        assert!(WarmupCosine { warmup: 1, ..rule }.refusal().is_some_and(|why| why.contains("`warmup` = 1")));
    }
}
