//! Ever shorter steps: the first is α₀, the second half of it, the third a third.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, Parameter, StepSize};

/// αₜ = α₀ / (t + 1), t = 0, 1, …
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Diminishing {
    /// The first step size α₀.
    pub alpha0: f64,
}

impl Default for Diminishing {
    fn default() -> Self {
        Self { alpha0: 1.0 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive }];

impl StepSize for Diminishing {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, t: usize) -> String {
        let times = t + 1;
        format!("α = α₀/(t+1) = {}/{times} = {}", short(self.alpha0), short(self.alpha0 / times as f64))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α₀/(t+1)"
    }

    fn planned(&self, t: usize) -> Option<f64> {
        Some(self.alpha0 / (t as f64 + 1.0))
    }

    fn choose(&self, _line: &mut Line<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(self.alpha0 / (past.len() as f64 + 1.0))
    }
}
