//! Always the same step size.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::working::{Equation, Tone, Working};

/// αₜ = α.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(Fixed { alpha } of PARAMETERS);

impl StepSize for Fixed {
    fn formula(&self, _t: usize) -> String {
        format!("α = {}, the same every time", short(self.alpha))
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← the fixed α"
    }

    fn plan(&self, _t: usize) -> Working {
        vec![Equation::new("α(t)", ["α".to_owned(), short(self.alpha)]).noted(Tone::Dim, "for every t")]
    }

    fn constant(&self) -> Option<f64> {
        Some(self.alpha)
    }

    fn choose(&self, _line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(self.alpha)
    }
}
