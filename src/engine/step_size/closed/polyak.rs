//! If you know how low the minimum is, the slope says how far it should be.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::product::dot;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Working, factor};
use crate::engine::search;

/// α = (f − f*)/‖∇f‖² along −∇f (Polyak 1969): where the tangent line reaches f*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Polyak {
    /// f*, the value at the minimum.
    pub minimum: f64,
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "minimum", symbol: "f*", meaning: "value at the minimum", domain: Domain::Real }];

settings!(Polyak { minimum } of PARAMETERS);

impl StepSize for Polyak {
    fn formula(&self, _t: usize) -> String {
        format!("α = (f − f*)/‖∇f‖² with f* = {}", short(self.minimum))
    }

    fn working(&self, seen: &Seen<'_>, alpha: f64) -> Working {
        let Some(proposal) = seen.proposal else { return Working::new() };
        let square = -dot(&seen.here.gradient, &proposal.direction);
        let numbers = format!("({} − {})/{}", short(seen.here.value), factor(self.minimum), short(square));
        vec![Equation::new("α", ["(f − f*)/‖∇f‖²".to_owned(), numbers, short(alpha)])]
    }

    fn wants(&self) -> Wants {
        Wants::Steepest
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← (f(x) − f*)/‖∇f(x)‖²"
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        search::refuse_uphill(line)?;
        let origin = line.origin();
        let excess = origin.value - self.minimum;
        if excess > 0.0 {
            return Ok(if origin.slope.is_normal() {
                excess / -origin.slope
            } else {
                // ‖∇f‖² is 0 or infinite, ‖∇f‖ is not; a normalised d never comes here.
                let scale = line.here().gradient.amax();
                excess / scale / (&line.here().gradient / scale).norm_squared() / scale
            });
        }
        let (value, minimum) = (short(origin.value), short(self.minimum));
        let sentence = format!(
            "f = {value} is no higher than f* = {minimum} but ∇f ≠ 0: f* is not the minimum of f, or the rest is rounding"
        );
        Err(Stuck { reason: Reason::NoAcceptableStep, sentence })
    }
}
