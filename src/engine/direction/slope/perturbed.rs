//! Steepest descent that kicks itself where it is flat, so that no saddle holds it.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::product::norm;
use crate::engine::number::random::Generator;
use crate::engine::number::{counted, short};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::pairing::Length;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::objective::point::Vector;

/// Perturbed gradient descent (Jin et al. 2017): a small random kick where ∇f is small, then −∇f from there.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Perturbed {
    /// The kick comes where ‖∇f‖ is at most this.
    pub threshold: f64,
    /// The kick ends in a ball of this radius times 1 + ‖x‖.
    pub radius: f64,
    /// T: so many steps without a kick lie between two kicks at least.
    pub wait: u32,
    /// What the kicks are drawn from.
    pub seed: u32,
}

impl Default for Perturbed {
    fn default() -> Self {
        Self { threshold: 1e-4, radius: 1e-2, wait: 50, seed: 1 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "threshold", symbol: "g_thres", meaning: "kick where ‖∇f‖ is below", domain: Domain::Positive
    },
    Parameter {
        name: "radius", symbol: "r", meaning: "radius of the kick, times 1 + ‖x‖", domain: Domain::Positive
    },
    Parameter { name: "wait", symbol: "T", meaning: "steps between kicks", domain: Domain::Whole(1, 100_000) },
    Parameter { name: "seed", symbol: "seed", meaning: "of the random kicks", domain: Domain::Whole(0, 999_999) },
];

settings!(Perturbed { threshold, radius, wait, seed } of PARAMETERS);

/// How many steps ago the last kick was; counted no further than T + 1, when another may come.
const WAITED: &str = "waited";

impl Perturbed {
    /// ξ, uniform in the ball around 0, for iteration `t` at `point`.
    fn kick(&self, t: usize, point: &Vector) -> Vector {
        let mut generator = Generator::of_iteration(u64::from(self.seed), t);
        let n = point.len();
        let normal = Vector::from_fn(n, |_, _| generator.normal());
        // The volume within a share u of the radius is uⁿ of the ball's.
        let share = generator.fraction().powf(1.0 / n as f64);
        let length = normal.norm().max(f64::MIN_POSITIVE);
        normal * (share * self.radius * (1.0 + point.norm()) / length)
    }
}

impl Direction for Perturbed {
    fn letters(&self) -> String {
        "−∇f".into()
    }

    fn code(&self) -> &'static str {
        "if ‖∇f‖ ≤ g_thres and no ξ in T steps: x ← x + ξ; d ← −∇f(x)"
    }

    fn recalled(&self, memory: &Memory) -> String {
        let waited = memory.count(WAITED).unwrap_or_default();
        if waited > u64::from(self.wait) {
            format!("no kick of late: one comes where ‖∇f‖ ≤ {}", short(self.threshold))
        } else {
            let steps = counted(waited, "step");
            format!("{steps} since the last kick; after T = {} another may come", self.wait)
        }
    }

    fn base(&self) -> &'static str {
        "ξ"
    }

    fn length(&self) -> Length {
        Length::NotSearched("is kicked at random now and then, so that no α need lower f")
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        // t − t_noise > T: no kick among the last T steps.
        let ready = u64::from(self.wait) + 1;
        let waited = past.last().and_then(|last| last.proposal.kept.count(WAITED)).unwrap_or(ready).min(ready);
        let kicks = waited >= ready && norm(&here.gradient) <= self.threshold;
        let remembered = |waited: u64| Memory::default().with(WAITED, waited);
        let memory = remembered(waited).with("seed", u64::from(self.seed));
        if !kicks {
            return Ok(Proposal::ray(-&here.gradient).recalling(memory).keeping(remembered(waited + 1)));
        }
        let kick = self.kick(past.len(), &here.point);
        let direction = -ask.gradient_beside(&(&here.point + &kick), "the kicked point x + ξ")?;
        Ok(Proposal { base: Some(kick), ..Proposal::ray(direction).recalling(memory).keeping(remembered(1)) })
    }
}
