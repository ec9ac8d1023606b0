//! As long as the bend of f allows everywhere: one over the largest slope change.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Domain, Parameter, StepSize};

/// α = 1/L, for which the descent lemma promises f(x₊) ≤ f(x) − ‖∇f‖²/(2L).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lipschitz {
    /// L: ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖.
    pub lipschitz: f64,
}

impl Default for Lipschitz {
    fn default() -> Self {
        Self { lipschitz: 1.0 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "lipschitz", symbol: "L", meaning: "bound on the bend of f", domain: Domain::Positive }];

impl StepSize for Lipschitz {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self, _t: usize) -> String {
        format!("α = 1/L = 1/{} = {}", short(self.lipschitz), short(1.0 / self.lipschitz))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← 1/L"
    }

    fn choose(&self, _line: &mut Line<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(1.0 / self.lipschitz)
    }
}
