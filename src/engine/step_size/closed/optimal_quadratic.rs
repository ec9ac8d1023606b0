//! Straight to the bottom of the parabola that fits f along d.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::Line;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::trial::Verdict;
use crate::engine::rule::{Parameter, StepSize};
use crate::engine::search;

/// α* = −∇fᵀd / dᵀHd, which is gᵀg/gᵀHg for d = −g; there is none where the parabola does not bend up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptimalQuadratic {}

impl StepSize for OptimalQuadratic {
    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn formula(&self, _t: usize) -> String {
        "α* = −∇fᵀd / dᵀHd".into()
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← −∇fᵀd / dᵀHd"
    }

    fn choose(&self, line: &mut Line<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        search::refuse_uphill(line)?;
        line.model_minimum().map_err(|bend| {
            if bend.is_nan() {
                let sentence = "the model is no number: the Hessian holds numbers that are not finite".into();
                return Stuck { reason: Reason::NotFinite, sentence };
            }
            let sentence = format!(
                "there is no limit in the model: dᵀHd = {} is not positive, so every α lowers it and none is best",
                short(bend)
            );
            Stuck { reason: Reason::NoAcceptableStep, sentence }
        })
    }
}
