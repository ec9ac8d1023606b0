//! What of an iteration may be looked at, when a rule tells its working.

use std::borrow::Cow;
use std::sync::Arc;

use crate::engine::record::trial::Trial;
use crate::engine::record::{Proposal, Sample, Step};
use crate::objective::function::Objective;
use crate::objective::point::Vector;

/// The part of an iteration that may be told.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The objective f, to ask for what no step records; uncounted.
    pub objective: &'a dyn Objective,
    /// The iteration t.
    pub t: usize,
    /// xₜ with f and ∇f.
    pub here: &'a Sample,
    /// The steps that led here.
    pub past: &'a [Arc<Step>],
    /// What was added to ∇f when the direction rule saw it; `None` in a run without noise, and where a run ended.
    pub noise: Option<&'a Vector>,
    /// The direction and what the rule remembers; `None` until it may be told.
    pub proposal: Option<&'a Proposal>,
    /// The trials that may be told.
    pub trials: &'a [Trial],
    /// The step size; `None` until it may be told, and where there is none.
    pub alpha: Option<f64>,
}

impl Seen<'_> {
    /// ∇f(xₜ) as the direction rule saw it: with the noise.
    pub fn gradient(&self) -> Cow<'_, Vector> {
        match self.noise {
            Some(noise) => Cow::Owned(&self.here.gradient + noise),
            None => Cow::Borrowed(&self.here.gradient),
        }
    }
}
