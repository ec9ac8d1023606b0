//! Momentum divided by the usual size of the slopes, corrected for having started at 0.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{counted, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::{Direction, Domain, Parameter};
use crate::objective::point::Vector;

/// Adam: d = −m̂/(√v̂ + ε), each coordinate by itself (Kingma and Ba 2015, algorithm 1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Adam {
    /// How slowly the mean of the slopes forgets, β₁.
    pub beta1: f64,
    /// How slowly the mean of their squares forgets, β₂.
    pub beta2: f64,
    /// What keeps the division from 0/0, ε.
    pub epsilon: f64,
    /// Where ε is added.
    pub variant: Variant,
}

/// Where ε is added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// To √v̂, after the correction (the paper's algorithm 1; torch).
    #[default]
    Paper,
    /// To √v, before the correction (the paper's "ε-hat"; Keras, TensorFlow).
    EpsilonHat,
}

impl Default for Adam {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, variant: Variant::Paper }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "beta1", symbol: "β₁", meaning: "share of old slopes that stays", domain: Domain::Fraction },
    Parameter { name: "beta2", symbol: "β₂", meaning: "share of old squares that stays", domain: Domain::Fraction },
    Parameter { name: "epsilon", symbol: "ε", meaning: "what keeps √v̂ from 0", domain: Domain::Positive },
    Parameter {
        name: "variant",
        symbol: "variant",
        meaning: "where ε is added",
        domain: Domain::Word(&["paper", "epsilon-hat"]),
    },
];

const FIRST: &str = "first_moment";
const SECOND: &str = "second_moment";
/// How many gradients the moments have seen.
const SEEN: &str = "updates";

/// The moments, and how many gradients they have seen.
#[derive(Clone)]
struct Moments {
    first: Vector,
    second: Vector,
    seen: f64,
}

impl Moments {
    fn kept(memory: &Memory) -> Option<Self> {
        let (first, second) = (memory.vector(FIRST)?.clone(), memory.vector(SECOND)?.clone());
        Some(Self { first, second, seen: memory.number(SEEN)? })
    }

    fn remembered(self) -> Memory {
        Memory::default().with(FIRST, self.first).with(SECOND, self.second).with(SEEN, self.seen as u64)
    }
}

impl Adam {
    fn after(&self, before: &Moments, gradient: &Vector) -> Moments {
        let Self { beta1, beta2, .. } = *self;
        Moments {
            first: before.first.zip_map(gradient, |mean, slope| beta1 * mean + (1.0 - beta1) * slope),
            second: before.second.zip_map(gradient, |mean, slope| beta2 * mean + (1.0 - beta2) * slope * slope),
            seen: before.seen + 1.0,
        }
    }

    fn direction(&self, moments: &Moments) -> Vector {
        let (missing1, missing2) = (1.0 - self.beta1.powf(moments.seen), 1.0 - self.beta2.powf(moments.seen));
        moments.first.zip_map(&moments.second, |first, second| match self.variant {
            Variant::Paper => -(first / missing1) / ((second / missing2).sqrt() + self.epsilon),
            Variant::EpsilonHat => -(missing2.sqrt() / missing1) * first / (second.sqrt() + self.epsilon),
        })
    }
}

impl Direction for Adam {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self) -> String {
        match self.variant {
            Variant::Paper => "d = −m̂/(√v̂ + ε)",
            Variant::EpsilonHat => "d = −√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; d ← −m̂/(√v̂ + ε)"
    }

    fn recalled(&self, memory: &Memory) -> String {
        let Some(Moments { first, second, seen }) = Moments::kept(memory) else { return "nothing yet".into() };
        format!("means m = {}, v = {} after {}", tuple(&first), tuple(&second), counted(seen as u64, "update"))
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let zeros = || Vector::zeros(here.point.len());
        let fresh = || Moments { first: zeros(), second: zeros(), seen: 0.0 };
        let before = past.last().and_then(|last| Moments::kept(&last.proposal.kept)).unwrap_or_else(fresh);
        let moments = self.after(&before, &here.gradient);
        let direction = self.direction(&moments);
        Ok(Proposal::ray(direction).recalling(before.remembered()).keeping(moments.remembered()))
    }
}
