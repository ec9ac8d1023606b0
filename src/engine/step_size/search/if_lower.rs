//! Take the whole step if f falls there; else stay, and ask for another direction.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Origin, Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::{Own, Wants};
use crate::engine::search::condition::Demand;

/// αₜ = 1 if f(x + d) ≤ f(x), else 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IfLower {}

settings!(IfLower {} of &[]);

impl StepSize for IfLower {
    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← 1 if f(x + d) ≤ f(x), else 0"
    }

    fn after(&self, _trial: &Trial) -> String {
        "stay, and damp the next step more".into()
    }

    fn wants(&self) -> Wants {
        Wants::Own(Own::IfLower)
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        // A step that is lost in rounding is not worth a look: the run ends there.
        if line.stands_still_at(1.0) {
            return Ok(1.0);
        }
        // With γ₁ = 0 the Armijo bound is f(x) itself.
        let is_lower =
            line.try_for(&Demand::armijo(0.0), 1.0, Origin::Whole, Phase::Whole, None).verdict == Verdict::Accepted;
        Ok(f64::from(u8::from(is_lower)))
    }
}
