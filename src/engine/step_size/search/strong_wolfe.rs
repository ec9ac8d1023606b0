//! First catch an interval that must hold a good step, then pinpoint one in it.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Knot, Origin, Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::Parameter;
use crate::engine::search::condition::{Demand, ROUNDING};
use crate::engine::search::interpolate::{guarded, quadratic, secant};
use crate::engine::search::{self, Patience};

/// The strong Wolfe conditions by bracketing and pinpointing (Martins & Ning, algorithms 4.3 and 4.4), with guards.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StrongWolfe {
    /// The first α that is tried.
    pub initial: f64,
    /// How much of the promised decrease is demanded, γ₁.
    pub gamma1: f64,
    /// How steep the slope may be, as a share γ₂ of the first slope.
    pub gamma2: f64,
    /// The factor σ by which α grows while bracketing.
    pub growth: f64,
    /// The longest α that is tried.
    pub max: f64,
}

impl Default for StrongWolfe {
    fn default() -> Self {
        Self { initial: 1.0, gamma1: 1e-4, gamma2: 0.9, growth: 2.0, max: search::LONGEST }
    }
}

const PARAMETERS: &[Parameter] = &[search::INITIAL, search::GAMMA1, search::GAMMA2, search::GROWTH, search::MAX];

settings!(StrongWolfe { initial, gamma1, gamma2, growth, max } of PARAMETERS);

impl StepSize for StrongWolfe {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "|φ'(α)| ≤ γ₂|φ'(0)|: return α",
            Some(Verdict::TooShort) => "low ← α, or α ← σα while bracketing",
            _ => "high ← α; α ← interpolate(low, high)",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.phase, trial.verdict) {
            (Phase::Bracketing, Verdict::TooShort) => format!("lengthen α by σ = {}", short(self.growth)),
            (Phase::Bracketing, _) => "the interval is caught: pinpoint α in it".into(),
            _ => "pinpoint α in the smaller interval".into(),
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
        let longest = search::longest(line, self.max);
        let mut low = origin;
        let (mut alpha, mut how) = (self.initial.min(longest), Origin::Initial);
        loop {
            let trial = line.try_for(&demand, alpha, how, Phase::Bracketing, None);
            let here = trial.knot();
            match sort(line, &low, &trial) {
                Side::Found => return Ok(alpha),
                Side::High => return self.pinpoint(line, low, here),
                Side::Low if here.slope >= 0.0 => return self.pinpoint(line, here, low),
                Side::Low if alpha >= longest => return search::take_longest(line, &here),
                Side::Low => low = here,
            }
            (alpha, how) = (search::lengthened(line, alpha, self.growth, longest)?, Origin::Grown);
        }
    }
}

/// Which end of the interval a trial becomes: `low` is the end with the lower *value*, wherever it lies.
enum Side {
    Found,
    Low,
    High,
}

/// Compares a trial with the lowest point so far; one that is higher than that is no good, whatever its slope.
fn sort(line: &mut SearchLine<'_>, low: &Knot, trial: &Trial) -> Side {
    let here = trial.knot();
    // A rise that rounding could make is none.
    let is_higher = low.alpha > 0.0 && here.value > low.value + ROUNDING * low.value.abs();
    match trial.verdict {
        Verdict::NotFinite => Side::High,
        Verdict::Accepted if !is_higher => Side::Found,
        _ if is_higher => {
            let verdict = if here.alpha > low.alpha { Verdict::TooLong } else { Verdict::TooShort };
            line.rule(here.alpha, verdict);
            Side::High
        }
        _ if trial.decrease().is_some_and(|margin| margin.holds()) => Side::Low,
        _ => Side::High,
    }
}

impl StrongWolfe {
    /// Narrows the interval between `low` and `high` until the conditions hold.
    fn pinpoint(&self, line: &mut SearchLine<'_>, low: Knot, high: Knot) -> Result<f64, Stuck> {
        let demand = Demand::strong(self.gamma1, self.gamma2);
        let (mut low, mut high) = (low, high);
        let mut patience = Patience::default();
        loop {
            // Values that are equal up to rounding make no parabola; slopes on both sides of 0 still make a line.
            let is_level = (high.value - low.value).abs() <= ROUNDING * low.value.abs();
            let is_crossing = low.slope * high.slope < 0.0;
            let guess = if is_level && is_crossing { secant(&low, &high) } else { quadratic(&low, &high) };
            let (alpha, how) = guarded(guess, low.alpha, high.alpha);
            if patience.is_spent(line, low.alpha, high.alpha, alpha) {
                return search::settle_for_best(line);
            }
            let bracket = (low.alpha.min(high.alpha), low.alpha.max(high.alpha));
            let trial = line.try_for(&demand, alpha, how, Phase::Pinpointing, Some(bracket));
            let here = trial.knot();
            match sort(line, &low, &trial) {
                Side::Found => return Ok(alpha),
                Side::High => high = here,
                Side::Low => {
                    if here.slope * (high.alpha - low.alpha) >= 0.0 {
                        high = low;
                    }
                    low = here;
                }
            }
        }
    }
}
