//! A heavy ball that looks ahead: take the slope where the velocity leads, not where it starts.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::tuple;
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::velocity;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::pairing::Length;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::way::Way;
use crate::engine::rule::working::Working;
use crate::engine::theory::modes::Form;
use crate::objective::function::Objective;

/// Nesterov's momentum: v ← βv − α∇f(look-ahead), x ← x + v (Sutskever et al. 2013).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nesterov {
    /// How much of the velocity stays, β.
    pub beta: f64,
    /// The velocity at the start; empty for rest.
    pub velocity: Vec<f64>,
    /// Where the slope is taken.
    pub variant: NesterovVariant,
}

/// Where the slope is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NesterovVariant {
    /// At x + βv, where the velocity leads.
    #[default]
    Standard,
    /// At x + v, as the slide has it: β is missing there, and β = 0 is not steepest descent.
    Lecture,
}

impl Default for Nesterov {
    fn default() -> Self {
        Self { beta: 0.9, velocity: Vec::new(), variant: NesterovVariant::Standard }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "beta", symbol: "β", meaning: "share of the velocity that stays", domain: Domain::Fraction },
    Parameter { name: "velocity", symbol: "v₀", meaning: "velocity at the start", domain: Domain::Vector },
    Parameter {
        name: "variant",
        symbol: "variant",
        meaning: "where the slope is taken",
        domain: Domain::Word(&["standard", "lecture"]),
    },
];

settings!(Nesterov { beta, velocity, variant } of PARAMETERS);

impl Nesterov {
    /// Where the slope is taken, as a formula in words.
    fn place(&self) -> &'static str {
        match self.variant {
            NesterovVariant::Standard => "the look-ahead x + βv",
            NesterovVariant::Lecture => "the look-ahead x + v",
        }
    }
}

impl Direction for Nesterov {
    fn letters(&self) -> String {
        match self.variant {
            NesterovVariant::Standard => "−∇f(x + βv)",
            NesterovVariant::Lecture => "−∇f(x + v)",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        match self.variant {
            NesterovVariant::Standard => "v ← βv − α∇f(x + βv); x ← x + v",
            NesterovVariant::Lecture => "v ← βv − α∇f(x + v); x ← x + v",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        velocity::carried(self.beta, seen.here, proposal)
    }

    fn leaves(&self, proposal: &Proposal, alpha: f64) -> Working {
        velocity::left(proposal, alpha)
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        velocity::symbol(name)
    }

    fn base(&self) -> &'static str {
        velocity::BASE
    }

    fn length(&self) -> Length {
        velocity::LENGTH
    }

    fn way(&self) -> Way {
        let form = match self.variant {
            NesterovVariant::Standard => Form::Nesterov,
            NesterovVariant::Lecture => Form::NesterovLecture,
        };
        Way::Ball(form, self.beta)
    }

    fn recalled(&self, memory: &Memory) -> String {
        let Some(velocity) = velocity::recalled(memory) else { return "nothing yet".into() };
        let ahead = match self.variant {
            NesterovVariant::Standard => velocity * self.beta,
            NesterovVariant::Lecture => velocity.clone(),
        };
        format!("v = {}; the slope is taken at x + {}", tuple(velocity), tuple(&ahead))
    }

    fn fits(&self, objective: &dyn Objective) -> Result<(), String> {
        velocity::fits(&self.velocity, objective.dimension())
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let velocity = velocity::arriving(past, &self.velocity, here.point.len());
        let base = &velocity * self.beta;
        let ahead = match self.variant {
            NesterovVariant::Standard => &here.point + &base,
            NesterovVariant::Lecture => &here.point + &velocity,
        };
        let direction = if ahead == here.point { -&here.gradient } else { -ask.gradient_beside(&ahead, self.place())? };
        Ok(Proposal { base: Some(base), ..Proposal::ray(direction).recalling(velocity::remembered(velocity)) })
    }
}
