//! Ever shorter steps: the first is α₀, the second half of it, the third a third.

use serde::Deserialize;

use crate::engine::number::short;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::schedule::Schedule;

/// αₜ = α₀ / (t + 1), t = 0, 1, …
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Diminishing {
    /// The first step size α₀.
    pub alpha0: f64,
}

impl Default for Diminishing {
    fn default() -> Self {
        Self { alpha0: 1.0 }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive }];

settings!(Diminishing { alpha0 } of PARAMETERS);

impl Schedule for Diminishing {
    fn at(&self, t: usize) -> f64 {
        self.alpha0 / (t as f64 + 1.0)
    }

    fn ways(&self, t: usize) -> [String; 2] {
        ["α₀/(t + 1)".into(), format!("{}/({t} + 1)", short(self.alpha0))]
    }

    fn formula(&self, t: usize) -> String {
        format!("α = α₀/(t+1) = {}/{} = {}", short(self.alpha0), t + 1, short(self.at(t)))
    }

    fn code(&self) -> &'static str {
        "α ← α₀/(t+1)"
    }
}
