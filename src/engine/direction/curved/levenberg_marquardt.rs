//! For sums of squares: linearise each residual, and damp the step while it does not pay.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::definite;
use crate::engine::number::product::dot;
use crate::engine::number::short;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step, Telling};
use crate::engine::rule::{Direction, Domain, Parameter};
use crate::engine::theory::curvature::Spectrum;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Vector};

/// Levenberg–Marquardt on f = Σ rᵢ²: (JᵀJ + λD) d = −Jᵀr, with λ falling after a step that pays and growing after
/// one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LevenbergMarquardt {
    /// The first damping λ₀.
    pub damping: f64,
    /// The factor by which λ grows after a step that was refused.
    pub up: f64,
    /// The divisor by which λ falls after a step that was taken.
    pub down: f64,
    /// What is damped.
    pub scaling: Scaling,
}

/// The matrix D that the damping multiplies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// D = I (Levenberg).
    #[default]
    Identity,
    /// D = diag(JᵀJ) (Marquardt): the units of the coordinates do not matter. Where no residual changes with a
    /// coordinate its entry would be 0 and damp nothing; it counts as 1, as in MINPACK.
    Diagonal,
}

impl Default for LevenbergMarquardt {
    fn default() -> Self {
        Self { damping: 1e-3, up: 10.0, down: 10.0, scaling: Scaling::Identity }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "damping", symbol: "λ₀", meaning: "first damping", domain: Domain::Positive },
    Parameter { name: "up", symbol: "up", meaning: "factor after a refused step", domain: Domain::Above(1.0) },
    Parameter { name: "down", symbol: "down", meaning: "divisor after a taken step", domain: Domain::Above(1.0) },
    Parameter {
        name: "scaling",
        symbol: "D",
        meaning: "what is damped",
        domain: Domain::Word(&["identity", "diagonal"]),
    },
];

const DAMPING: &str = "damping";
/// λ of the next step, if this one is taken and if it is refused: with the factors that were in force when it was made.
const IF_TAKEN: &str = "damping_if_taken";
const IF_REFUSED: &str = "damping_if_refused";
const NO_RESIDUALS: &str =
    "f is not written as a sum of squares c·(…)^2 with c > 0, so there are no residuals to linearise";
/// How often λ was raised before JᵀJ + λD could be solved; absent where the first λ would do.
const RAISED: &str = "raised";
/// λ is raised so often at most, and no further than this.
const MOST_RAISES: u64 = 1100;
const MOST_DAMPING: f64 = 1e150;
/// With pivots above this share of the diagonal Cholesky's solution has eight right digits.
const WELL_POSED: f64 = 1e-8;

/// Whether the last step was one of this rule and was refused: then r and J are those of before.
fn is_refused(past: &[Arc<Step>]) -> bool {
    past.last().is_some_and(|last| last.alpha == 0.0 && last.proposal.memory.number(DAMPING).is_some())
}

impl LevenbergMarquardt {
    /// λ at arrival.
    fn damping(&self, past: &[Arc<Step>]) -> f64 {
        past.last().and_then(|last| next_damping(last)).unwrap_or(self.damping)
    }
}

/// λ after a step of this method.
pub fn next_damping(step: &Step) -> Option<f64> {
    step.proposal.kept.number(if step.alpha == 0.0 { IF_REFUSED } else { IF_TAKEN })
}

impl Direction for LevenbergMarquardt {
    fn parameters(&self) -> &'static [Parameter] {
        PARAMETERS
    }

    fn formula(&self) -> String {
        match self.scaling {
            Scaling::Identity => "d = −(JᵀJ + λI)⁻¹Jᵀr",
            Scaling::Diagonal => "d = −(JᵀJ + λ diag JᵀJ)⁻¹Jᵀr",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        match self.scaling {
            Scaling::Identity => "solve (JᵀJ + λI) d = −Jᵀr",
            Scaling::Diagonal => "solve (JᵀJ + λ diag JᵀJ) d = −Jᵀr",
        }
    }

    fn recalled(&self, memory: &Memory) -> String {
        let damping = memory.number(DAMPING).unwrap_or(self.damping);
        let (damping, down, up) = (short(damping), short(self.down), short(self.up));
        let raised = if memory.count(RAISED).is_some() { ", raised until JᵀJ + λD could be solved" } else { "" };
        format!("damping λ = {damping}{raised}; ÷{down} after a step that pays, ×{up} after one refused")
    }

    fn fits(&self, objective: &dyn Objective) -> Result<(), String> {
        let origin = nalgebra::DVector::zeros(objective.dimension());
        objective.residuals(&origin).map(drop).ok_or_else(|| NO_RESIDUALS.to_owned())
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let known = is_refused(past).then(|| ask.residuals_again(&here.point));
        let Some((residuals, jacobian)) = known.unwrap_or_else(|| ask.residuals(&here.point)) else {
            return Err(Stuck { reason: Reason::NoAcceptableStep, sentence: NO_RESIDUALS.into() });
        };
        let model: Matrix = jacobian.tr_mul(&jacobian);
        let own = model.diagonal();
        let sizes = own.map(|own| if self.scaling == Scaling::Diagonal && own != 0.0 { own } else { 1.0 });
        // A smaller λ is lost in the rounding of JᵀJ.
        let least = (f64::EPSILON * own.component_div(&sizes).max()).max(f64::MIN_POSITIVE);
        let (mut damping, mut raised) = (self.damping(past), 0);
        let slopes = jacobian.tr_mul(&residuals);
        // A model that cannot be solved is refused like a step that does not pay: λ grows.
        let direction = loop {
            match solved(&(&model + Matrix::from_diagonal(&(&sizes * damping))), &slopes) {
                Some(direction) => break direction,
                None if raised < MOST_RAISES && damping < MOST_DAMPING => {
                    (damping, raised) = ((damping * self.up).max(least), raised + 1);
                }
                None => {
                    let sentence = format!("JᵀJ + λD overflows or is singular, even with λ = {}", short(damping));
                    return Err(Stuck { reason: Reason::SingularHessian, sentence });
                }
            }
        };
        let if_refused = (damping * self.up).min(MOST_DAMPING);
        let kept = Memory::default().with(IF_TAKEN, damping / self.down).with(IF_REFUSED, if_refused);
        let memory = Memory::default().with(DAMPING, damping);
        let memory = if raised > 0 { memory.with(RAISED, raised) } else { memory };
        Ok(Proposal::ray(direction).recalling(memory).keeping(kept).told(Telling::LeastSquares))
    }
}

/// d with (JᵀJ + λD) d = −Jᵀr; `None` if the matrix is singular.
fn solved(damped: &Matrix, slopes: &Vector) -> Option<Vector> {
    if let Some(factor) = definite::factor_above(damped.clone(), WELL_POSED) {
        return Some(-factor.solve(slopes));
    }
    // Nearly singular: Jᵀr has no part along what J does not see, and must not get one by rounding.
    let scales = damped.diagonal().map(|entry| 1.0 / entry.sqrt());
    let scaled = Matrix::from_fn(damped.nrows(), damped.ncols(), |i, j| scales[i] * damped[(i, j)] * scales[j]);
    let (spectrum, slopes) = (Spectrum::of(&scaled)?, slopes.component_mul(&scales));
    let mut direction = Vector::zeros(slopes.len());
    for (value, vector) in spectrum.values.iter().zip(&spectrum.vectors) {
        let slope = dot(vector, &slopes);
        if slope != 0.0 {
            direction -= vector * (slope / (*value > 0.0).then_some(*value)?);
        }
    }
    Some(direction.component_mul(&scales))
}
