//! Like a heavy ball: keep most of the last move, and add a little of −∇f.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::velocity;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::pairing::Length;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::way::Way;
use crate::engine::rule::working::{Equation, Working, vector};
use crate::engine::theory::modes::Form;
use crate::objective::function::Objective;
use crate::objective::point::Vector;

/// Momentum, the heavy ball: v ← βv − α∇f, x ← x + v.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Momentum {
    /// How much of the velocity stays, β.
    pub beta: f64,
    /// The velocity at the start; empty for rest.
    pub velocity: Vec<f64>,
    /// Where α comes in.
    pub variant: MomentumVariant,
}

/// Two conventions; they part only where α changes from step to step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MomentumVariant {
    /// Each gradient enters with the α of its time: v ← βv − α∇f, x ← x + v.
    #[default]
    Lecture,
    /// All gradients are rescaled by the α of now: b ← βb + ∇f, x ← x − αb.
    Torch,
}

impl Default for Momentum {
    fn default() -> Self {
        Self { beta: 0.9, velocity: Vec::new(), variant: MomentumVariant::Lecture }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "beta", symbol: "β", meaning: "share of the velocity that stays", domain: Domain::Fraction },
    Parameter { name: "velocity", symbol: "v₀", meaning: "velocity at the start", domain: Domain::Vector },
    Parameter {
        name: "variant",
        symbol: "variant",
        meaning: "where α comes in",
        domain: Domain::Word(&["lecture", "torch"]),
    },
];

settings!(Momentum { beta, velocity, variant } of PARAMETERS);

/// The name of torch's memory.
const BUFFER: &str = "buffer";

impl Direction for Momentum {
    fn letters(&self) -> String {
        match self.variant {
            MomentumVariant::Lecture => "−∇f",
            MomentumVariant::Torch => "−b",
        }
        .into()
    }

    fn formula(&self) -> String {
        match self.variant {
            MomentumVariant::Lecture => "d = −∇f, from x + βv: d",
            MomentumVariant::Torch => "b = βb + ∇f, d = −b",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        match self.variant {
            MomentumVariant::Lecture => "v ← βv − α∇f(x); x ← x + v",
            MomentumVariant::Torch => "b ← βb + ∇f(x); d ← −b",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        if self.variant == MomentumVariant::Lecture {
            return velocity::carried(self.beta, seen.here, proposal);
        }
        let (Some(old), Some(new)) = (proposal.memory.vector(BUFFER), proposal.kept.vector(BUFFER)) else {
            return Working::new();
        };
        let [old, gradient, new] = [old, &*seen.gradient(), new].map(|part| vector(part.as_slice()));
        let numbers = format!("{}·{old} + {gradient}", short(self.beta));
        vec![Equation::new("b", ["βb₋ + ∇f".to_owned(), numbers, new])]
    }

    fn leaves(&self, proposal: &Proposal, alpha: f64) -> Working {
        velocity::left(proposal, alpha)
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        if name == BUFFER { Some("b₋") } else { velocity::symbol(name) }
    }

    fn base(&self) -> &'static str {
        velocity::BASE
    }

    fn length(&self) -> Length {
        velocity::LENGTH
    }

    fn way(&self) -> Way {
        Way::Ball(Form::HeavyBall, self.beta)
    }

    fn recalled(&self, memory: &Memory) -> String {
        match (velocity::recalled(memory), memory.vector(BUFFER)) {
            (Some(velocity), _) => format!("velocity v = {}, of which β = {} stays", tuple(velocity), short(self.beta)),
            (_, Some(buffer)) => format!("buffer b = {}, of which β = {} stays", tuple(buffer), short(self.beta)),
            (None, None) => "nothing yet".into(),
        }
    }

    fn fits(&self, objective: &dyn Objective) -> Result<(), String> {
        velocity::fits(&self.velocity, objective.dimension())
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let n = here.point.len();
        Ok(match self.variant {
            MomentumVariant::Lecture => {
                let velocity = velocity::arriving(past, &self.velocity, n);
                Proposal {
                    base: Some(&velocity * self.beta),
                    ..Proposal::ray(-&here.gradient).recalling(velocity::remembered(velocity))
                }
            }
            MomentumVariant::Torch => {
                let kept = past.last().and_then(|last| last.proposal.kept.vector(BUFFER));
                // b = −v/α: at the start α counts as 1.
                let before: Vector = kept.cloned().unwrap_or_else(|| -velocity::given(&self.velocity, n));
                let buffer = &before * self.beta + &here.gradient;
                let buffered = |buffer: Vector| Memory::default().with(BUFFER, buffer);
                Proposal::ray(-&buffer).recalling(buffered(before)).keeping(buffered(buffer))
            }
        })
    }
}
