//! For sums of squares: linearise each residual, and damp the step while it does not pay.

mod told;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::direction::curved::levenberg_marquardt::told::Judged;
use crate::engine::number::definite;
use crate::engine::number::product::dot;
use crate::engine::number::short;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::memory::Memory;
use crate::engine::record::{Beat, OwnBeat, OwnBeats, Part, Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::narration::Narration;
use crate::engine::rule::pairing::{Length, Own};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::Working;
use crate::engine::theory::curvature::Spectrum;
use crate::engine::theory::linearised::Linearised;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Vector};

/// Levenberg–Marquardt on f = Σ rᵢ²: (JᵀJ + λD) d = −Jᵀr, with λ falling after a step that pays and growing after
/// one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
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

settings!(LevenbergMarquardt { damping, up, down, scaling } of PARAMETERS);

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

const RESIDUALS: OwnBeat = OwnBeat { name: "residuals", part: Part::Memory };
const MODEL: OwnBeat = OwnBeat { name: "model", part: Part::Memory };
const VERDICT: OwnBeat = OwnBeat { name: "verdict", part: Part::StepSize };
/// The residuals, their damped model, the direction that solves it; after the trial, what it says of the damping.
static BEATS: OwnBeats = OwnBeats {
    before: &[Beat::Own(RESIDUALS), Beat::Own(MODEL), Beat::Direction],
    shows_alpha: true,
    after: Some((VERDICT, "hold f there against the model")),
};

/// Whether the last step was one of this rule and was refused: then r and J are those of before.
fn is_refused(past: &[Arc<Step>]) -> bool {
    past.last().is_some_and(|last| last.alpha == 0.0 && last.proposal.memory.number(DAMPING).is_some())
}

impl LevenbergMarquardt {
    /// λ at arrival.
    fn damping(&self, past: &[Arc<Step>]) -> f64 {
        past.last().and_then(|last| next_damping(&last.proposal, last.alpha)).unwrap_or(self.damping)
    }
}

/// λ after a step of this rule; `None` if another rule made it.
fn next_damping(proposal: &Proposal, alpha: f64) -> Option<f64> {
    proposal.kept.number(if alpha == 0.0 { IF_REFUSED } else { IF_TAKEN })
}

impl Direction for LevenbergMarquardt {
    fn letters(&self) -> String {
        match self.scaling {
            Scaling::Identity => "−(JᵀJ + λI)⁻¹Jᵀr",
            Scaling::Diagonal => "−(JᵀJ + λ diag JᵀJ)⁻¹Jᵀr",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        match self.scaling {
            Scaling::Identity => "solve (JᵀJ + λI) d = −Jᵀr",
            Scaling::Diagonal => "solve (JᵀJ + λ diag JᵀJ) d = −Jᵀr",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        let Some(model) = Linearised::at(seen.objective, &seen.here.point) else { return Working::new() };
        proposal.memory.number(DAMPING).map_or_else(Working::new, |damping| told::direction(&model, damping))
    }

    fn tell(&self, beat: OwnBeat, seen: &Seen<'_>) -> Option<Narration> {
        let model = Linearised::at(seen.objective, &seen.here.point)?;
        match beat {
            RESIDUALS => Some(told::residuals(&model)),
            MODEL => Some(told::model(&model, seen.proposal?.memory.number(DAMPING)?)),
            VERDICT => Some(judged(&model, seen)?.tell()),
            _ => None,
        }
    }

    fn work(&self, beat: OwnBeat, seen: &Seen<'_>) -> Option<Working> {
        let model = Linearised::at(seen.objective, &seen.here.point)?;
        match beat {
            RESIDUALS => Some(told::residual_working(&model)),
            MODEL => Some(told::model_working(&model, seen.proposal?.memory.number(DAMPING)?)),
            VERDICT => Some(judged(&model, seen)?.working()),
            _ => None,
        }
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == DAMPING).then_some("λ")
    }

    fn length(&self) -> Length {
        let why = "it takes its whole step if f falls there and stays if not; the damping sets the length";
        Length::Own(Own::IfLower, why)
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
        Ok(Proposal::ray(direction).recalling(memory).keeping(kept).told(&BEATS))
    }
}

/// What became of the whole step; `None` until its trial was judged.
fn judged(model: &Linearised, seen: &Seen<'_>) -> Option<Judged> {
    let (proposal, alpha, there) = (seen.proposal?, seen.alpha?, seen.trials.last()?.value);
    Some(Judged {
        here: seen.here.value,
        there,
        foretold: model.foretold_fall(&proposal.direction),
        is_taken: alpha != 0.0,
        damping: proposal.memory.number(DAMPING)?,
        next: next_damping(proposal, alpha)?,
    })
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
