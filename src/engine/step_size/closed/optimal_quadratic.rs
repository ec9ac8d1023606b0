//! Straight to the bottom of the parabola that fits f along d.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Working};
use crate::engine::search;
use crate::engine::theory::curvature::{self, Model};

/// α* = −∇fᵀd / dᵀHd, which is gᵀg/gᵀHg for d = −g; there is none where the parabola does not bend up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptimalQuadratic {}

settings!(OptimalQuadratic {} of &[]);

impl StepSize for OptimalQuadratic {
    fn formula(&self, _t: usize) -> String {
        "α* = −∇fᵀd / dᵀHd".into()
    }

    fn working(&self, seen: &Seen<'_>, alpha: f64) -> Working {
        let model = || {
            let (hessian, _) = curvature::look(seen.objective, seen.here)?;
            Some(Model::along(&seen.here.gradient, &hessian, &seen.proposal?.direction))
        };
        vec![match model() {
            Some(model) => {
                let numbers = format!("{}/{}", short(-model.slope), short(model.bend));
                Equation::new("α*", ["−∇fᵀd/dᵀHd".to_owned(), numbers, short(alpha)])
            }
            None => Equation::new("α*", [short(alpha)]),
        }]
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← −∇fᵀd / dᵀHd"
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
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
