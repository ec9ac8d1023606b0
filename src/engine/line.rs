//! The objective along one direction: the only way to try a step, and every try is logged.

use crate::engine::condition::Demand;
use crate::engine::curvature::Model;
use crate::engine::oracle::Oracle;
use crate::engine::product;
use crate::engine::record::{Proposal, Sample};
use crate::engine::trial::{Knot, Phase, Trial, Verdict};
use crate::objective::point::{Point, Vector};

/// φ(α) = f(x + base + αd), asked through the oracle.
pub struct Line<'a> {
    oracle: &'a Oracle<'a>,
    here: &'a Sample,
    proposal: &'a Proposal,
    origin: Knot,
    /// Where the log is written; lent, so that its room is used again at the next step.
    trials: &'a mut Vec<Trial>,
    /// ∇f at each trial where it was asked, so that a step which goes there asks for nothing twice.
    gradients: Vec<(f64, Vector)>,
    /// The candidate that was looked at last, and its α.
    candidate: Option<(f64, Point)>,
}

/// Where a step lands, with what is known there already.
pub struct Landing {
    /// x + base + αd.
    pub point: Point,
    /// f there, if the search asked.
    pub value: Option<f64>,
    /// ∇f there, if the search asked.
    pub gradient: Option<Vector>,
}

impl<'a> Line<'a> {
    /// The line from `here` that `proposal` opens.
    ///
    /// The log is written into `trials`, whatever was in it.
    pub fn new(oracle: &'a Oracle<'a>, here: &'a Sample, proposal: &'a Proposal, trials: &'a mut Vec<Trial>) -> Self {
        trials.clear();
        let origin = Knot { alpha: 0.0, value: here.value, slope: product::dot(&here.gradient, &proposal.direction) };
        Self { oracle, here, proposal, origin, trials, gradients: Vec::new(), candidate: None }
    }

    /// Where the line starts, x, with what is known there.
    pub fn here(&self) -> &'a Sample {
        self.here
    }

    /// α = 0 with φ(0) = f(x) and φ'(0) = ∇f(x)ᵀd.
    pub fn origin(&self) -> Knot {
        self.origin
    }

    /// φ'(0) = ∇f(x)ᵀd.
    pub fn slope_here(&self) -> f64 {
        self.origin.slope
    }

    /// cos θ = −∇f(x)ᵀd/(‖∇f(x)‖‖d‖), however small or large the two are; `None` if one of them is 0.
    pub fn cosine(&self) -> Option<f64> {
        product::cosine(&self.here.gradient, &self.proposal.direction).map(|cosine| 0.0 - cosine)
    }

    /// ‖d‖.
    pub fn direction_norm(&self) -> f64 {
        product::norm(&self.proposal.direction)
    }

    /// The minimiser α* of the quadratic model along d; `Err` with dᵀHd where there is none. Asks for ∇²f once.
    pub fn model_minimum(&self) -> Result<f64, f64> {
        let hessian = self.oracle.hessian(&self.here.point);
        let (gradient, direction) = (&self.here.gradient, &self.proposal.direction);
        Model::best_step(gradient, &hessian, direction).ok_or_else(|| Model::along(gradient, &hessian, direction).bend)
    }

    /// Whether α is so small that x + base + αd rounds to x in every coordinate.
    pub fn stands_still_at(&self, alpha: f64) -> bool {
        self.proposal.is_standing_still(&self.here.point, alpha)
    }

    /// Looks at α without judging it: asks for φ(α), and for φ'(α) if the slope is wanted, and logs the look.
    pub fn look(&mut self, alpha: f64, wants_slope: bool, phase: Phase, bracket: Option<(f64, f64)>) -> Trial {
        let (value, slope) = self.ask(alpha, wants_slope);
        let is_finite = value.is_finite() && slope.is_none_or(f64::is_finite);
        let verdict = if is_finite { Verdict::Open } else { Verdict::NotFinite };
        let trial = Trial { alpha, value, slope, armijo: None, curvature: None, phase, bracket, verdict };
        self.trials.push(trial);
        trial
    }

    /// φ(α), and φ'(α) if it is wanted.
    fn ask(&mut self, alpha: f64, wants_slope: bool) -> (f64, Option<f64>) {
        let here = &self.here.point;
        let point = match &mut self.candidate {
            Some((at, point)) => {
                *at = alpha;
                self.proposal.put_candidate(here, alpha, point);
                &*point
            }
            none => &none.insert((alpha, self.proposal.candidate(here, alpha))).1,
        };
        if !wants_slope {
            return (self.oracle.value(point), None);
        }
        let (value, gradient) = self.oracle.sample(point);
        let slope = product::dot(&gradient, &self.proposal.direction);
        self.gradients.push((alpha, gradient));
        (value, Some(slope))
    }

    /// Tries α: looks there and judges what is seen by `demand`.
    pub fn try_for(&mut self, demand: &Demand, alpha: f64, phase: Phase, bracket: Option<(f64, f64)>) -> Trial {
        let (value, slope) = self.ask(alpha, demand.asks_slope());
        let judgement = demand.judge(&self.origin, &Knot { alpha, value, slope: slope.unwrap_or(f64::NAN) });
        let (armijo, curvature, verdict) = (Some(judgement.armijo), judgement.curvature, judgement.verdict);
        let trial = Trial { alpha, value, slope, armijo, curvature, phase, bracket, verdict };
        self.trials.push(trial);
        trial
    }

    /// Gives the trial at α its verdict, the last one if α was tried more than once.
    pub fn rule(&mut self, alpha: f64, verdict: Verdict) {
        if let Some(trial) = self.trials.iter_mut().rfind(|trial| trial.alpha == alpha) {
            trial.verdict = verdict;
        }
    }

    /// How many α were tried.
    pub fn tried(&self) -> usize {
        self.trials.len()
    }

    /// The lowest of the trials that meet Armijo, where all that was asked is a finite number.
    pub fn best_armijo(&self) -> Option<Trial> {
        let is_meeting = |trial: &&Trial| trial.armijo.is_some_and(|margin| margin.holds());
        let meeting = self.trials.iter().filter(is_meeting).filter(|trial| trial.verdict != Verdict::NotFinite);
        meeting.min_by(|one, other| one.value.total_cmp(&other.value)).copied()
    }

    /// The log, in no more room than it needs: it is kept for long.
    pub fn into_trials(self) -> Vec<Trial> {
        self.trials.as_slice().to_vec()
    }

    /// Where α leads, with what was learned there, and the log.
    pub fn landing(mut self, alpha: f64) -> (Landing, Vec<Trial>) {
        if alpha == 0.0 && self.proposal.base.is_none() {
            let Sample { point, value, gradient } = self.here.clone();
            return (Landing { point, value: Some(value), gradient: Some(gradient) }, self.into_trials());
        }
        let value = self.trials.iter().rfind(|trial| trial.alpha == alpha).map(|trial| trial.value);
        let seen = self.gradients.iter().rposition(|(tried, _)| *tried == alpha);
        let gradient = seen.map(|index| self.gradients.swap_remove(index).1);
        let point = match self.candidate.take() {
            // Mostly the step goes where the search looked last.
            Some((at, point)) if at == alpha => point,
            _ => self.proposal.candidate(&self.here.point, alpha),
        };
        (Landing { point, value, gradient }, self.into_trials())
    }
}
