//! Go where the slope is steepest: d = −∇f.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::record::ending::Stuck;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::{Direction, Domain, Parameter};

/// Steepest descent; normalised, every direction has length 1, and α is the length of the step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SteepestDescent {
    /// Whether d = −∇f/‖∇f‖ instead of −∇f.
    pub normalize: bool,
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "normalize", symbol: "normalize", meaning: "divide d by its length", domain: Domain::Flag }];

impl Direction for SteepestDescent {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self) -> String {
        if self.normalize { "d = −∇f/‖∇f‖" } else { "d = −∇f" }.into()
    }

    fn code(&self) -> &'static str {
        if self.normalize { "d ← −∇f(x)/‖∇f(x)‖" } else { "d ← −∇f(x)" }
    }

    fn propose(&self, here: &Sample, _past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let mut direction = -&here.gradient;
        if self.normalize {
            // Scaled first: ‖∇f‖² under- or overflows long before ‖∇f‖ does.
            let scale = direction.amax();
            if scale > 0.0 {
                direction /= scale;
                direction /= direction.norm();
            }
        }
        Ok(Proposal::ray(direction))
    }
}
