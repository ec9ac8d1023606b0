//! Go where the slope is steepest: d = −∇f.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::record::ending::Stuck;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::way::Way;

/// Steepest descent; normalised, every direction has length 1, and α is the length of the step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SteepestDescent {
    /// Whether d = −∇f/‖∇f‖ instead of −∇f.
    pub normalize: bool,
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "normalize", symbol: "normalize", meaning: "divide d by its length", domain: Domain::Flag }];

settings!(SteepestDescent { normalize } of PARAMETERS);

impl Direction for SteepestDescent {
    fn letters(&self) -> String {
        if self.normalize { "−∇f/‖∇f‖" } else { "−∇f" }.into()
    }

    fn code(&self) -> &'static str {
        if self.normalize { "d ← −∇f(x)/‖∇f(x)‖" } else { "d ← −∇f(x)" }
    }

    fn way(&self) -> Way {
        if self.normalize { Way::UnitSteepest } else { Way::Steepest }
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
