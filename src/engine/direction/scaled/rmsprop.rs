//! Divide every coordinate by the size that its slopes had lately.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::{Direction, Domain, Parameter};
use crate::objective::point::Vector;

/// RMSProp: v ← β₂v + (1−β₂)g², d = −g/(√v + ε), each coordinate by itself; the first step is α/√(1−β₂) long.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rmsprop {
    /// How slowly old slopes are forgotten, β₂ as in Adam; others write ρ.
    pub rho: f64,
    /// What keeps the division from 0/0, ε.
    pub epsilon: f64,
}

impl Default for Rmsprop {
    fn default() -> Self {
        Self { rho: 0.99, epsilon: 1e-8 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "rho", symbol: "β₂", meaning: "share of old squares that stays", domain: Domain::Fraction },
    Parameter { name: "epsilon", symbol: "ε", meaning: "what keeps √v from 0", domain: Domain::Positive },
];

const SECOND: &str = "second_moment";

impl Direction for Rmsprop {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self) -> String {
        "d = −∇f/(√v + ε)".into()
    }

    fn code(&self) -> &'static str {
        "v ← β₂v + (1−β₂)∇f²; d ← −∇f/(√v + ε)"
    }

    fn recalled(&self, memory: &Memory) -> String {
        let second = memory.vector(SECOND).map_or_else(String::new, tuple);
        format!("mean square v = {second}, of which β₂ = {} stays", short(self.rho))
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let kept = past.last().and_then(|last| last.proposal.kept.vector(SECOND));
        let before = kept.cloned().unwrap_or_else(|| Vector::zeros(here.point.len()));
        let second = before.zip_map(&here.gradient, |mean, slope| self.rho * mean + (1.0 - self.rho) * slope * slope);
        let direction = here.gradient.zip_map(&second, |slope, mean| -slope / (mean.sqrt() + self.epsilon));
        let remembered = |second: Vector| Memory::default().with(SECOND, second);
        Ok(Proposal::ray(direction).recalling(remembered(before)).keeping(remembered(second)))
    }
}
