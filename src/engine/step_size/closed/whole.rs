//! The whole step: for directions that set their own lengths.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Parameter, StepSize};

/// αₜ = 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {}

impl StepSize for Whole {
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn formula(&self, _t: usize) -> String {
        "α = 1, since d has its length already".into()
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← 1"
    }

    fn choose(&self, _line: &mut Line<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(1.0)
    }
}
