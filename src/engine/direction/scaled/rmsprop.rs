//! Divide every coordinate by the size that its slopes had lately.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::pairing::{Length, SCALED};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Working, base, each, index};
use crate::objective::point::Vector;

/// RMSProp: v ← β₂v + (1−β₂)g², d = −g/(√v + ε), each coordinate by itself; the first step is α/√(1−β₂) long.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(Rmsprop { rho, epsilon } of PARAMETERS);

const SECOND: &str = "second_moment";

impl Direction for Rmsprop {
    fn letters(&self) -> String {
        "−∇f/(√v + ε)".into()
    }

    fn code(&self) -> &'static str {
        "v ← β₂v + (1−β₂)∇f²; d ← −∇f/(√v + ε)"
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        each(&seen.gradient(), |i, g| {
            let (old, mean) = (proposal.memory.vector(SECOND)?[i], proposal.kept.vector(SECOND)?[i]);
            let (name, stays) = (index(i + 1), self.rho);
            let numbers = format!("{}·{} + {}·{}²", short(stays), short(old), short(1.0 - stays), base(g));
            let quotient = format!("{}/(√{} + {})", short(-g), short(mean), short(self.epsilon));
            Some(vec![
                Equation::new(format!("v{name}"), [numbers, short(mean)]),
                Equation::new(format!("d{name}"), [quotient, short(proposal.direction[i])]),
            ])
        })
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == SECOND).then_some("v₋")
    }

    fn length(&self) -> Length {
        Length::NotSearched(SCALED)
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
