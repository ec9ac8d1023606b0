//! Always the same step size.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, Parameter, StepSize};

/// αₜ = α.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fixed {
    /// The step size α.
    pub alpha: f64,
}

impl Default for Fixed {
    fn default() -> Self {
        Self { alpha: 0.01 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "alpha", symbol: "α", meaning: "step size", domain: Domain::Positive }];

impl StepSize for Fixed {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, _t: usize) -> String {
        format!("α = {}, the same every time", short(self.alpha))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← the fixed α"
    }

    fn choose(&self, _line: &mut Line<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(self.alpha)
    }
}
