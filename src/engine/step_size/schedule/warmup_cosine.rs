//! Up a ramp before going down along half a wave.

use std::f64::consts::PI;

use serde::Deserialize;

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, MANY, Parameter};
use crate::engine::rule::schedule::Schedule;
use crate::engine::rule::working::{Equation, Tone};

/// αₜ = α₀ t/w up to t = w, so that the first update does not move; then a cosine down to `alpha_min` at t = T.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(WarmupCosine { alpha0, alpha_min, warmup, period } of PARAMETERS);

impl WarmupCosine {
    /// Whether iteration t is one of the ramp.
    fn is_ramp(&self, t: usize) -> bool {
        t < self.warmup as usize
    }

    /// From t = T on, α stays at its minimum: said instead of a formula.
    fn held(&self, t: usize) -> Option<String> {
        let is_held = t >= self.period as usize && !self.is_ramp(t);
        is_held.then(|| format!("t ≥ T = {}: α stays at α_min = {}", self.period, short(self.at(t))))
    }
}

impl Schedule for WarmupCosine {
    fn at(&self, t: usize) -> f64 {
        let (warmup, period) = (f64::from(self.warmup), f64::from(self.period));
        let time = (t as f64).min(period);
        if time < warmup {
            return self.alpha0 * time / warmup;
        }
        let wave = (PI * (time - warmup) / (period - warmup)).cos();
        self.alpha_min + 0.5 * (self.alpha0 - self.alpha_min) * (1.0 + wave)
    }

    fn ways(&self, t: usize) -> [String; 2] {
        let (warmup, period) = (self.warmup as usize, self.period as usize);
        let [low, high] = [self.alpha_min, self.alpha0].map(short);
        if self.is_ramp(t) {
            return ["α₀t/w".into(), format!("{high}·{t}/{warmup}")];
        }
        let (past, whole) = (t - warmup, period - warmup);
        let numbers = format!("{low} + ½({high} − {low})(1 + cos(π·{past}/{whole}))");
        ["α_min + ½(α₀ − α_min)(1 + cos(π(t − w)/(T − w)))".into(), numbers]
    }

    fn formula(&self, t: usize) -> String {
        let alpha = short(self.at(t));
        if self.is_ramp(t) {
            return format!("warm-up: α = α₀t/w = {}·{t}/{} = {alpha}", short(self.alpha0), self.warmup);
        }
        self.held(t).unwrap_or_else(|| format!("α = α_min + ½(α₀−α_min)(1+cos(π(t−w)/(T−w))) = {alpha}"))
    }

    fn plan(&self, t: usize) -> Equation {
        match self.held(t) {
            Some(words) => self.said(words, t),
            None if self.is_ramp(t) => self.written(t).noted(Tone::Dim, ": warm-up"),
            None => self.written(t),
        }
    }

    fn code(&self) -> &'static str {
        "α ← α₀t/w, then a cosine"
    }

    fn period(&self) -> Option<usize> {
        Some(self.period as usize)
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
