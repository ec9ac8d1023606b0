//! The whole step: for directions that set their own lengths.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::{Own, Wants};
use crate::engine::rule::working::{Equation, Working};

/// αₜ = 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {}

settings!(Whole {} of &[]);

impl StepSize for Whole {
    fn formula(&self, _t: usize) -> String {
        "α = 1, since d has its length already".into()
    }

    fn plan(&self, _t: usize) -> Working {
        vec![Equation::new("α(t)", [short(1.0)])]
    }

    fn wants(&self) -> Wants {
        Wants::Own(Own::Whole)
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← 1"
    }

    fn choose(&self, _line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(1.0)
    }
}
