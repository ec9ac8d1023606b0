//! The search inside most serious programs: cubics and secants, each trusted only as far as it has earned.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Origin, Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::Parameter;
use crate::engine::search;
use crate::engine::search::condition::Demand;
use crate::engine::search::safeguard::{Interval, Reach};

/// The strong Wolfe conditions by the method of Moré and Thuente (1994), known as dcsrch.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MoreThuente {
    /// The first α that is tried.
    pub initial: f64,
    /// How much of the promised decrease is demanded, γ₁.
    pub gamma1: f64,
    /// How steep the slope may be, as a share γ₂ of the first slope.
    pub gamma2: f64,
    /// The longest α that is tried.
    pub max: f64,
}

impl Default for MoreThuente {
    fn default() -> Self {
        Self { initial: 1.0, gamma1: 1e-4, gamma2: 0.9, max: search::LONGEST }
    }
}

const PARAMETERS: &[Parameter] = &[search::INITIAL, search::GAMMA1, search::GAMMA2, search::MAX];

settings!(MoreThuente { initial, gamma1, gamma2, max } of PARAMETERS);

/// An interval this narrow, relative to its upper end, is a point.
const NARROWEST: f64 = 1e-14;

/// More trials than a smooth function ever needs.
const MOST: usize = 100;

impl StepSize for MoreThuente {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "both conditions hold: return α",
            _ => "update the interval; α ← cubic or secant step",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.phase, trial.verdict) {
            (_, Verdict::NotFinite) => "go half the way back".into(),
            (Phase::Bracketing, Verdict::TooShort) => "extrapolate beyond it".into(),
            _ => "interpolate inside the interval".into(),
        }
    }

    fn demand(&self) -> Option<Demand> {
        Some(Demand::strong(self.gamma1, self.gamma2))
    }

    fn refusal(&self) -> Option<String> {
        search::refuse_order(self.gamma1, self.gamma2).or_else(|| search::refuse_initial(self.initial, self.max))
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let origin = search::downhill(line)?;
        let demand = Demand::strong(self.gamma1, self.gamma2);
        let asked = self.gamma1 * origin.slope;
        let longest = search::longest(line, self.max);
        let mut interval = Interval::new(origin, self.max);
        let mut reach = Reach { min: 0.0, max: 5.0 * self.initial };
        let mut is_first_stage = true;
        let (mut alpha, mut how) = (self.initial.min(longest), Origin::Initial);
        while line.tried() < MOST {
            let phase = if interval.is_bracket { Phase::Pinpointing } else { Phase::Bracketing };
            let bracket = interval.is_bracket.then_some((reach.min, reach.max));
            let trial = line.try_for(&demand, alpha, how, phase, bracket);
            let here = trial.knot();
            match trial.verdict {
                Verdict::Accepted => return Ok(alpha),
                Verdict::NotFinite => {
                    (alpha, how) = (interval.wall(alpha), Origin::Halved);
                    reach = interval.reach(alpha);
                    if is_over(line, &interval, reach, alpha) {
                        break;
                    }
                    continue;
                }
                _ => {}
            }
            let bound = origin.value + asked * alpha;
            if alpha >= longest && here.value <= bound && here.slope <= asked {
                return search::take_longest(line, &here);
            }
            is_first_stage &= here.value > bound || here.slope < 0.0;
            // In the first stage ψ(α) = φ(α) − φ(0) − γ₁αφ'(0) is minimised, as long as it is positive.
            let tilt =
                if is_first_stage && here.value <= interval.best.value && here.value > bound { asked } else { 0.0 };
            (alpha, how) = interval.update(here, reach, tilt);
            alpha = alpha.min(longest);
            reach = interval.reach(alpha);
            if is_over(line, &interval, reach, alpha) {
                break;
            }
        }
        search::settle_for_best(line)
    }
}

/// Whether rounding leaves nothing to narrow, or nothing new to try.
fn is_over(line: &SearchLine<'_>, interval: &Interval, reach: Reach, alpha: f64) -> bool {
    let is_outside = alpha <= reach.min || alpha >= reach.max;
    let is_seen = |end: f64| line.is_same_point(alpha, end);
    let is_point = reach.max - reach.min <= NARROWEST * reach.max;
    interval.is_bracket && (is_outside || is_point || is_seen(reach.min) || is_seen(reach.max))
}
