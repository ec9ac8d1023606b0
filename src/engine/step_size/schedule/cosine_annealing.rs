//! Down along half a wave: slowly at first, fast in the middle, slowly at the end.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, MANY, Parameter};
use crate::engine::rule::schedule::Schedule;
use crate::engine::rule::working::Equation;

/// `αₜ = α_min + ½(α₀ − α_min)(1 + cos(πt/T))` up to t = T.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CosineAnnealing {
    /// The first step size α₀.
    pub alpha0: f64,
    /// The step size at t = T.
    pub alpha_min: f64,
    /// T: how many iterations the half wave takes.
    pub period: u32,
    /// What comes after t = T.
    pub after: After,
}

/// What a cosine does when its half wave is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// α stays at its minimum.
    #[default]
    Hold,
    /// The closed form goes on: α rises again until t = 2T.
    Periodic,
}

impl Default for CosineAnnealing {
    fn default() -> Self {
        Self { alpha0: 0.1, alpha_min: 0.0, period: 100, after: After::Hold }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive },
    Parameter { name: "alpha_min", symbol: "α_min", meaning: "last step size", domain: Domain::NotNegative },
    Parameter { name: "period", symbol: "T", meaning: "iterations of half a wave", domain: Domain::Whole(1, MANY) },
    Parameter {
        name: "after",
        symbol: "after T",
        meaning: "keep α_min, or rise again",
        domain: Domain::Word(&["hold", "periodic"]),
    },
];

settings!(CosineAnnealing { alpha0, alpha_min, period, after } of PARAMETERS);

impl CosineAnnealing {
    /// t, held at T unless the wave goes on.
    fn place(&self, t: usize) -> f64 {
        match self.after {
            After::Hold => (t as f64).min(f64::from(self.period)),
            After::Periodic => t as f64,
        }
    }

    /// From t = T on, α stays at its minimum: said instead of a formula.
    fn held(&self, t: usize) -> Option<String> {
        let is_held = self.place(t) >= f64::from(self.period) && self.after == After::Hold;
        is_held.then(|| format!("t ≥ T = {}: α stays at α_min = {}", self.period, short(self.alpha_min)))
    }
}

impl Schedule for CosineAnnealing {
    fn at(&self, t: usize) -> f64 {
        let wave = (PI * self.place(t) / f64::from(self.period)).cos();
        self.alpha_min + 0.5 * (self.alpha0 - self.alpha_min) * (1.0 + wave)
    }

    fn ways(&self, t: usize) -> [String; 2] {
        let [low, high] = [self.alpha_min, self.alpha0].map(short);
        let numbers = format!("{low} + ½({high} − {low})(1 + cos(π·{t}/{}))", self.period);
        ["α_min + ½(α₀ − α_min)(1 + cos(πt/T))".into(), numbers]
    }

    fn formula(&self, t: usize) -> String {
        self.held(t).unwrap_or_else(|| {
            let (alpha, place, period) = (short(self.at(t)), short(self.place(t)), self.period);
            format!("α = α_min + ½(α₀−α_min)(1+cos(πt/T)) = {alpha} at t/T = {place}/{period}")
        })
    }

    fn plan(&self, t: usize) -> Equation {
        self.held(t).map_or_else(|| self.written(t), |words| self.said(words, t))
    }

    fn code(&self) -> &'static str {
        "α ← α_min + ½(α₀−α_min)(1+cos(πt/T))"
    }

    fn period(&self) -> Option<usize> {
        Some(self.period as usize)
    }

    fn refusal(&self) -> Option<String> {
        (self.alpha_min > self.alpha0)
            .then(|| format!("`alpha_min` = {} is above `alpha0` = {}: α would rise", self.alpha_min, self.alpha0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_its_period_it_holds_or_rises_again() {
        let hold = CosineAnnealing { alpha0: 1.0, alpha_min: 0.1, period: 10, after: After::Hold };
        let periodic = CosineAnnealing { after: After::Periodic, ..hold };
        for rule in [hold, periodic] {
            assert_eq!(rule.at(0), 1.0);
            assert!((rule.at(5) - 0.55).abs() < 1e-15);
            assert!((rule.at(10) - 0.1).abs() < 1e-15);
        }
        assert_eq!((hold.at(11), hold.at(20)), (hold.at(10), hold.at(10)));
        assert!((periodic.at(15) - 0.55).abs() < 1e-15 && (periodic.at(20) - 1.0).abs() < 1e-15);
        assert!(hold.formula(12).contains("stays at α_min = 0.1") && periodic.formula(12).contains("12/10"));
        assert!(CosineAnnealing { alpha_min: 2.0, ..hold }.refusal().is_some());
    }
}
