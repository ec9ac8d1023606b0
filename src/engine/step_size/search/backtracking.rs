//! Start long; shorten until the step pays.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Origin, Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::working::{self, Equation};
use crate::engine::search::condition::Demand;
use crate::engine::search::{self, MOST_TRIALS};

/// Backtracking until the Armijo condition holds (Martins & Ning, algorithm 4.2), with a cap.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backtracking {
    /// The first α that is tried.
    pub initial: f64,
    /// How much of the promised decrease is demanded, γ₁.
    pub gamma1: f64,
    /// The factor τ by which α shrinks.
    pub tau: f64,
    /// Where the next iteration starts.
    pub restart: Restart,
}

/// Where a search starts after the first iteration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// At `initial` again.
    #[default]
    Initial,
    /// One shrink above the α accepted last, so that α can grow back.
    Previous,
}

impl Default for Backtracking {
    fn default() -> Self {
        Self { initial: 1.0, gamma1: 1e-4, tau: 0.5, restart: Restart::Initial }
    }
}

const PARAMETERS: &[Parameter] = &[
    search::INITIAL,
    search::GAMMA1,
    Parameter { name: "tau", symbol: "τ", meaning: "shrinking factor", domain: Domain::Between(0.0, 1.0) },
    Parameter {
        name: "restart",
        symbol: "restart",
        meaning: "where the next search starts",
        domain: Domain::Word(&["initial", "previous"]),
    },
];

settings!(Backtracking { initial, gamma1, tau, restart } of PARAMETERS);

impl StepSize for Backtracking {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "φ(α) ≤ bound: end while",
            _ => "while φ(α) > bound: α ← τα",
        }
    }

    fn tried(&self, before: Option<&Trial>, trial: &Trial) -> Equation {
        let (tau, alpha) = (short(self.tau), short(trial.alpha));
        match (trial.origin, before) {
            (Origin::Shrunk, Some(before)) => {
                let numbers = format!("{tau}·{}", short(before.alpha));
                Equation { sign: "←", ..Equation::new("α", ["τ·α".to_owned(), numbers, alpha]) }
            }
            (Origin::Previous, _) => {
                let numbers = format!("{}/{tau}", short(trial.alpha * self.tau));
                Equation::new("α", ["αₜ₋₁/τ".to_owned(), numbers, alpha])
            }
            _ => working::tried(trial),
        }
    }

    fn after(&self, _trial: &Trial) -> String {
        format!("shrink α by τ = {} and try again", short(self.tau))
    }

    fn demand(&self) -> Option<Demand> {
        Some(Demand::armijo(self.gamma1))
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        search::downhill(line)?;
        let demand = Demand::armijo(self.gamma1);
        let (mut alpha, mut how) = match (self.restart, past.last()) {
            (Restart::Previous, Some(last)) if last.alpha > 0.0 => (last.alpha / self.tau, Origin::Previous),
            _ => (self.initial, Origin::Initial),
        };
        while line.tried() < MOST_TRIALS && !line.stands_still_at(alpha) {
            if line.try_for(&demand, alpha, how, Phase::Backtrack, None).verdict == Verdict::Accepted {
                return Ok(alpha);
            }
            (alpha, how) = (self.tau * alpha, Origin::Shrunk);
        }
        Err(search::none_acceptable(line))
    }
}
