//! Momentum divided by the usual size of the slopes, corrected for having started at 0.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{counted, short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::pairing::{Length, SCALED};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Working, base, each, factor, index};
use crate::objective::point::Vector;

/// Adam: d = −m̂/(√v̂ + ε), each coordinate by itself (Kingma and Ba 2015, algorithm 1).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Adam {
    /// How slowly the mean of the slopes forgets, β₁.
    pub beta1: f64,
    /// How slowly the mean of their squares forgets, β₂.
    pub beta2: f64,
    /// What keeps the division from 0/0, ε.
    pub epsilon: f64,
    /// Where ε is added.
    pub variant: AdamVariant,
}

/// Where ε is added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdamVariant {
    /// To √v̂, after the correction (the paper's algorithm 1; torch).
    #[default]
    Paper,
    /// To √v, before the correction (the paper's "ε-hat"; Keras, TensorFlow).
    EpsilonHat,
}

impl Default for Adam {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, variant: AdamVariant::Paper }
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

settings!(Adam { beta1, beta2, epsilon, variant } of PARAMETERS);

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

    /// 1 − β₁ᵗ and 1 − β₂ᵗ: the share of the means that is there after `seen` gradients.
    fn shares(&self, seen: f64) -> (f64, f64) {
        (1.0 - self.beta1.powf(seen), 1.0 - self.beta2.powf(seen))
    }

    /// The update of the coordinate `i`, where the slope is `g` and the direction `d`.
    fn told(&self, i: usize, g: f64, before: &Moments, after: &Moments, d: f64) -> Working {
        let (name, seen) = (index(i + 1), after.seen);
        let (first, second) = (after.first[i], after.second[i]);
        let mean = |beta: f64, old: f64| format!("{}·{} + {}·", short(beta), factor(old), short(1.0 - beta));
        let mut working = vec![
            Equation::new(format!("m{name}"), [mean(self.beta1, before.first[i]) + &factor(g), short(first)]),
            Equation::new(
                format!("v{name}"),
                [mean(self.beta2, before.second[i]) + &format!("{}²", base(g)), short(second)],
            ),
        ];
        if self.variant == AdamVariant::Paper {
            let (share1, share2) = self.shares(seen);
            let (m_hat, v_hat) = (first / share1, second / share2);
            let corrected = |value: f64, beta: f64| format!("{}/(1 − {}^{seen})", short(value), short(beta));
            let quotient = format!("−{}/(√{} + {})", factor(m_hat), short(v_hat), short(self.epsilon));
            working.extend([
                Equation::new(format!("m̂{name}"), [corrected(first, self.beta1), short(m_hat)]),
                Equation::new(format!("v̂{name}"), [corrected(second, self.beta2), short(v_hat)]),
                Equation::new(format!("d{name}"), [quotient, short(d)]),
            ]);
        }
        working
    }

    fn direction(&self, moments: &Moments) -> Vector {
        let (missing1, missing2) = self.shares(moments.seen);
        moments.first.zip_map(&moments.second, |first, second| match self.variant {
            AdamVariant::Paper => -(first / missing1) / ((second / missing2).sqrt() + self.epsilon),
            AdamVariant::EpsilonHat => -(missing2.sqrt() / missing1) * first / (second.sqrt() + self.epsilon),
        })
    }
}

impl Direction for Adam {
    fn letters(&self) -> String {
        match self.variant {
            AdamVariant::Paper => "−m̂/(√v̂ + ε)",
            AdamVariant::EpsilonHat => "−√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        "m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; d ← −m̂/(√v̂ + ε)"
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        let (before, after) = (Moments::kept(&proposal.memory), Moments::kept(&proposal.kept));
        let Some((before, after)) = before.zip(after) else { return Working::new() };
        each(&seen.gradient(), |i, g| Some(self.told(i, g, &before, &after, proposal.direction[i])))
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        match name {
            FIRST => Some("m₋"),
            SECOND => Some("v₋"),
            _ => None,
        }
    }

    fn length(&self) -> Length {
        Length::NotSearched(SCALED)
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
