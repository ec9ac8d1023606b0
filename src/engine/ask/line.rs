//! The objective along one direction: the only way to try a step, and every try is logged.

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::product;
use crate::engine::record::trial::{Knot, Origin, Phase, Trial, Verdict};
use crate::engine::record::{Proposal, Sample};
use crate::engine::search::condition::Demand;
use crate::engine::theory::curvature::Model;
use crate::objective::point::{Point, Vector};

/// φ(α) = f(x + base + αd), asked through the oracle.
pub struct SearchLine<'a> {
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

impl<'a> SearchLine<'a> {
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

    /// Whether both α lead to the same point: what lies between them is rounding.
    pub fn is_same_point(&self, one: f64, other: f64) -> bool {
        let point = |alpha: f64| self.proposal.candidate(&self.here.point, alpha);
        one == other || point(one) == point(other)
    }

    /// The α whose step is `length` times max(1, ‖x‖∞) long, measured by its largest coordinate.
    pub fn alpha_of_length(&self, length: f64) -> f64 {
        let size = self.here.point.amax().max(1.0);
        (length * size / self.proposal.direction.amax()).min(f64::MAX)
    }

    /// What was tried, in order.
    pub fn trials(&self) -> &[Trial] {
        self.trials
    }

    /// Looks at α without judging it: asks for φ(α), and for φ'(α) if the slope is wanted, and logs the look.
    pub fn look(
        &mut self,
        alpha: f64,
        wants_slope: bool,
        origin: Origin,
        phase: Phase,
        bracket: Option<(f64, f64)>,
    ) -> Trial {
        let (value, slope) = self.ask(alpha, wants_slope);
        let is_finite = value.is_finite() && slope.is_none_or(f64::is_finite);
        let verdict = if is_finite { Verdict::Open } else { Verdict::NotFinite };
        let (armijo, slope_bound, curvature) = (None, None, None);
        let trial = Trial { alpha, origin, value, slope, armijo, slope_bound, curvature, phase, bracket, verdict };
        self.trials.push(trial);
        trial
    }

    /// φ'(α) at the α that was looked at last: asked for now, unless it is known.
    pub fn slope_of_last(&mut self) -> f64 {
        let Some(last) = self.trials.last().copied() else { return self.origin.slope };
        last.slope.unwrap_or_else(|| {
            let slope = self.ask_slope();
            if let Some(last) = self.trials.last_mut() {
                last.slope = Some(slope);
            }
            slope
        })
    }

    /// φ' at the candidate, where φ is known already.
    fn ask_slope(&mut self) -> f64 {
        let Some((alpha, point)) = &self.candidate else { return self.origin.slope };
        let gradient = self.oracle.gradient(point);
        let slope = gradient.dot(&self.proposal.direction);
        self.gradients.push((*alpha, gradient));
        slope
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

    /// Tries α: looks there and judges what is seen by `demand`; φ'(α) is asked for where the demand needs it.
    pub fn try_for(
        &mut self,
        demand: &Demand,
        alpha: f64,
        origin: Origin,
        phase: Phase,
        bracket: Option<(f64, f64)>,
    ) -> Trial {
        let (value, mut slope) = self.ask(alpha, demand.asks_slope());
        if slope.is_none() && demand.is_by_slope(&self.origin, alpha, value) {
            slope = Some(self.ask_slope());
        }
        let judgement = demand.judge(&self.origin, &Knot { alpha, value, slope: slope.unwrap_or(f64::NAN) });
        let (armijo, curvature, verdict) = (Some(judgement.armijo), judgement.curvature, judgement.verdict);
        let slope_bound = judgement.by_slope.map(|margin| margin.rhs);
        let trial = Trial { alpha, origin, value, slope, armijo, slope_bound, curvature, phase, bracket, verdict };
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

    /// The lowest of the trials where f falls enough, the flattest of equals; all that was asked there is a finite number.
    pub fn best_falling(&self) -> Option<Trial> {
        let falls = |trial: &&Trial| trial.decrease().is_some_and(|margin| margin.holds());
        let falling = self.trials.iter().filter(falls).filter(|trial| trial.verdict != Verdict::NotFinite);
        let steepness = |trial: &Trial| trial.knot().slope.abs();
        let order = |one: &Trial, other: &Trial| {
            one.value.total_cmp(&other.value).then(steepness(one).total_cmp(&steepness(other)))
        };
        falling.min_by(|one, other| order(one, other)).copied()
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
