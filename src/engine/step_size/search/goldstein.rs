//! Neither too long nor too short, judged by values alone: f must lie between two lines.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::search;
use crate::engine::search::condition::Demand;

/// φ(0) + (1−c)αφ'(0) ≤ φ(α) ≤ φ(0) + cαφ'(0), found by doubling and then halving (Goldstein 1965).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Goldstein {
    /// The first α that is tried.
    pub initial: f64,
    /// The share c of the first slope that the upper line has; the lower one has 1 − c.
    pub c: f64,
}

impl Default for Goldstein {
    fn default() -> Self {
        Self { initial: 1.0, c: 0.25 }
    }
}

const PARAMETERS: &[Parameter] = &[
    search::INITIAL,
    Parameter { name: "c", symbol: "c", meaning: "share of the slope", domain: Domain::Between(0.0, 1.0) },
];

settings!(Goldstein { initial, c } of PARAMETERS);

impl StepSize for Goldstein {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "φ(α) lies between both lines: end while",
            Some(Verdict::TooShort) => "if φ(α) < lower line: low ← α",
            _ => "if φ(α) > upper line: high ← α",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.verdict, trial.phase) {
            (Verdict::TooShort, Phase::Bracketing) => "double α".into(),
            _ => "halve the interval".into(),
        }
    }

    fn demand(&self) -> Option<Demand> {
        Some(Demand::goldstein(self.c))
    }

    fn refusal(&self) -> Option<String> {
        (self.c >= 0.5)
            .then(|| format!("`c` = {} must be below 0.5, or no α lies between the two lines of a parabola", self.c))
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let max = search::LONGEST.max(self.initial);
        search::bisect(line, &Demand::goldstein(self.c), self.initial, 2.0, max)
    }
}
