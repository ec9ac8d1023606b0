//! Neither too long nor too short: enough decrease, and a slope that is no longer steep.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::Parameter;
use crate::engine::search;
use crate::engine::search::condition::Demand;

/// The weak Wolfe conditions, found by lengthening and then halving (Lewis & Overton 2013); needs no smooth f.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeakWolfe {
    /// The first α that is tried.
    pub initial: f64,
    /// How much of the promised decrease is demanded, γ₁.
    pub gamma1: f64,
    /// How steep the slope may still be, as a share γ₂ of the first slope.
    pub gamma2: f64,
    /// The factor σ by which α grows.
    pub growth: f64,
    /// The longest α that is tried.
    pub max: f64,
}

impl Default for WeakWolfe {
    fn default() -> Self {
        Self { initial: 1.0, gamma1: 1e-4, gamma2: 0.9, growth: 2.0, max: search::LONGEST }
    }
}

const PARAMETERS: &[Parameter] = &[search::INITIAL, search::GAMMA1, search::GAMMA2, search::GROWTH, search::MAX];

settings!(WeakWolfe { initial, gamma1, gamma2, growth, max } of PARAMETERS);

impl StepSize for WeakWolfe {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "both conditions hold: end while",
            Some(Verdict::TooShort) => "if φ'(α) < γ₂φ'(0): low ← α",
            _ => "if φ(α) > bound: high ← α",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.verdict, trial.phase) {
            (Verdict::TooShort, Phase::Bracketing) => format!("lengthen α by σ = {}", short(self.growth)),
            _ => "halve the interval".into(),
        }
    }

    fn demand(&self) -> Option<Demand> {
        Some(Demand::weak(self.gamma1, self.gamma2))
    }

    fn refusal(&self) -> Option<String> {
        search::refuse_order(self.gamma1, self.gamma2).or_else(|| search::refuse_initial(self.initial, self.max))
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let demand = Demand::weak(self.gamma1, self.gamma2);
        search::bisect(line, &demand, self.initial, self.growth, self.max)
    }
}
