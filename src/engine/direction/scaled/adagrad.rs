//! Shorter where it was steep: every coordinate is divided by all the slopes that it has seen.

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

/// AdaGrad: G ← G + g², d = −g/(√G + ε), each coordinate by itself (Duchi et al. 2011).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Adagrad {
    /// What keeps the division from 0/0, ε.
    pub epsilon: f64,
}

impl Default for Adagrad {
    fn default() -> Self {
        Self { epsilon: 1e-10 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "epsilon", symbol: "ε", meaning: "what keeps √G from 0", domain: Domain::Positive }];

settings!(Adagrad { epsilon } of PARAMETERS);

const SQUARES: &str = "squared_gradients";

impl Direction for Adagrad {
    fn letters(&self) -> String {
        "−∇f/(√G + ε)".into()
    }

    fn code(&self) -> &'static str {
        "G ← G + ∇f²; d ← −∇f/(√G + ε)"
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        each(&seen.gradient(), |i, g| {
            let (old, sum) = (proposal.memory.vector(SQUARES)?[i], proposal.kept.vector(SQUARES)?[i]);
            let (name, epsilon) = (index(i + 1), short(self.epsilon));
            let quotient = format!("{}/(√{} + {epsilon})", short(-g), short(sum));
            Some(vec![
                Equation::new(format!("G{name}"), [format!("{} + {}²", short(old), base(g)), short(sum)]),
                Equation::new(format!("d{name}"), [quotient, short(proposal.direction[i])]),
            ])
        })
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == SQUARES).then_some("G₋")
    }

    fn length(&self) -> Length {
        Length::NotSearched(SCALED)
    }

    fn recalled(&self, memory: &Memory) -> String {
        let squares = memory.vector(SQUARES).map_or_else(String::new, tuple);
        format!("sum of all squared slopes G = {squares}")
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let kept = past.last().and_then(|last| last.proposal.kept.vector(SQUARES));
        let before = kept.cloned().unwrap_or_else(|| Vector::zeros(here.point.len()));
        let squares = before.zip_map(&here.gradient, |sum, slope| sum + slope * slope);
        let direction = here.gradient.zip_map(&squares, |slope, sum| -slope / (sum.sqrt() + self.epsilon));
        let remembered = |squares: Vector| Memory::default().with(SQUARES, squares);
        Ok(Proposal::ray(direction).recalling(remembered(before)).keeping(remembered(squares)))
    }
}
