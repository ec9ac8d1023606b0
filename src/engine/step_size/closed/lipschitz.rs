//! As long as the bend of f allows everywhere: one over the largest slope change.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::working::{Equation, Working};

/// α = 1/L, for which the descent lemma promises f(x₊) ≤ f(x) − ‖∇f‖²/(2L).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(Lipschitz { lipschitz } of PARAMETERS);

impl Lipschitz {
    /// α in letters, with its numbers put in, and the result.
    fn ways(self) -> [String; 3] {
        ["1/L".into(), format!("1/{}", short(self.lipschitz)), short(1.0 / self.lipschitz)]
    }
}

impl StepSize for Lipschitz {
    fn formula(&self, _t: usize) -> String {
        format!("α = {}", self.ways().join(" = "))
    }

    fn plan(&self, _t: usize) -> Working {
        vec![Equation::new("α(t)", self.ways())]
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← 1/L"
    }

    fn choose(&self, _line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(1.0 / self.lipschitz)
    }
}
