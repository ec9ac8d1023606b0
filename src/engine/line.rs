//! The objective along one direction: the only way to try a step, and every try is logged.

use crate::engine::condition::armijo;
use crate::engine::oracle::Oracle;
use crate::engine::record::{Phase, Proposal, Sample, Trial, Verdict};
use crate::objective::point::{Point, Vector};

/// φ(α) = f(x + base + αd), asked through the oracle.
pub struct Line<'a> {
    oracle: &'a Oracle<'a>,
    here: &'a Sample,
    proposal: &'a Proposal,
    trials: Vec<Trial>,
    seen: Option<Seen>,
}

/// The last place looked at, so that a step which goes there asks for nothing twice.
struct Seen {
    alpha: f64,
    point: Point,
    value: f64,
    gradient: Option<Vector>,
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
    pub fn new(oracle: &'a Oracle<'a>, here: &'a Sample, proposal: &'a Proposal) -> Self {
        Self { oracle, here, proposal, trials: Vec::new(), seen: None }
    }

    /// φ(0) = f(x).
    pub fn value_here(&self) -> f64 {
        self.here.value
    }

    /// φ'(0) = ∇f(x)ᵀd.
    pub fn slope_here(&self) -> f64 {
        self.here.gradient.dot(&self.proposal.direction)
    }

    /// ‖∇f(x)‖·‖d‖, the scale of the slope.
    pub fn slope_scale(&self) -> f64 {
        self.here.gradient.norm() * self.proposal.direction.norm()
    }

    /// Whether α is so small that x + base + αd rounds to x in every coordinate.
    pub fn stands_still_at(&self, alpha: f64) -> bool {
        self.proposal.candidate(&self.here.point, alpha) == self.here.point
    }

    /// Tries α: asks for φ(α), judges Armijo with γ₁ and logs the trial, accepted if the condition holds.
    pub fn try_armijo(&mut self, alpha: f64, gamma1: f64, phase: Phase) -> Trial {
        let value = self.look(alpha);
        let margin = armijo(self.here.value, self.slope_here(), gamma1, alpha, value);
        let verdict = match (margin.holds(), value.is_finite()) {
            (true, _) => Verdict::Accepted,
            (false, true) => Verdict::TooLong,
            (false, false) => Verdict::NotFinite,
        };
        let trial =
            Trial { alpha, value, slope: None, armijo: Some(margin), curvature: None, phase, bracket: None, verdict };
        self.trials.push(trial);
        trial
    }

    /// How many α were tried.
    pub fn tried(&self) -> usize {
        self.trials.len()
    }

    /// The log.
    pub fn into_trials(self) -> Vec<Trial> {
        self.trials
    }

    /// Where α leads, with what was learned there.
    pub fn landing(&self, alpha: f64) -> Landing {
        match &self.seen {
            Some(seen) if seen.alpha == alpha => {
                Landing { point: seen.point.clone(), value: Some(seen.value), gradient: seen.gradient.clone() }
            }
            _ if alpha == 0.0 && self.proposal.base.is_none() => Landing {
                point: self.here.point.clone(),
                value: Some(self.here.value),
                gradient: Some(self.here.gradient.clone()),
            },
            _ => Landing { point: self.proposal.candidate(&self.here.point, alpha), value: None, gradient: None },
        }
    }

    fn look(&mut self, alpha: f64) -> f64 {
        let point = self.proposal.candidate(&self.here.point, alpha);
        let value = self.oracle.value(&point);
        self.seen = Some(Seen { alpha, point, value, gradient: None });
        value
    }
}
