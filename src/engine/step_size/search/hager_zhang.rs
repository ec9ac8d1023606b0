//! Two secants at a time, and slopes are believed where values drown in rounding.

use std::ops::ControlFlow;
use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Knot, Origin, Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::search;
use crate::engine::search::condition::Demand;
use crate::engine::search::interpolate::secant;

/// The Wolfe or approximate Wolfe conditions by the method of Hager and Zhang (2005), known from `CG_DESCENT`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HagerZhang {
    /// The first α that is tried.
    pub initial: f64,
    /// How much of the promised decrease is demanded, γ₁ (their δ).
    pub gamma1: f64,
    /// How steep the slope may still be, as a share γ₂ of the first slope (their σ).
    pub gamma2: f64,
    /// The longest α that is tried.
    pub max: f64,
}

impl Default for HagerZhang {
    fn default() -> Self {
        Self { initial: 1.0, gamma1: 0.1, gamma2: 0.9, max: search::LONGEST }
    }
}

const PARAMETERS: &[Parameter] = &[
    search::INITIAL,
    // Their secants go to the minimiser, which a parabola's Armijo condition accepts only below ½.
    Parameter { domain: Domain::Between(0.0, 0.5), ..search::GAMMA1 },
    search::GAMMA2,
    search::MAX,
];

settings!(HagerZhang { initial, gamma1, gamma2, max } of PARAMETERS);

/// ε: f may rise by this share of |f| and still count as level.
const LEVEL: f64 = 1e-6;
/// The growth of α while bracketing, their ρ.
const GROWTH: f64 = 5.0;
/// γ: unless two secants shrink the interval by this factor, it is halved.
const SHRINK: f64 = 2.0 / 3.0;
/// A secant closer to an end than this share of the interval says no more than that end.
const EDGE: f64 = f64::EPSILON;
/// More trials than a smooth function ever needs.
const MOST: usize = 100;

impl StepSize for HagerZhang {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match verdict {
            Some(Verdict::Accepted) => "Wolfe or approximate Wolfe: return α",
            _ => "update [a, b]; α ← secant(a, b)",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.phase, trial.verdict) {
            (Phase::Bracketing, Verdict::TooShort) => "lengthen α by σ = 5".into(),
            (Phase::Bracketing, Verdict::NotFinite) => "go back towards 0".into(),
            _ => "a secant inside the interval, or its middle".into(),
        }
    }

    fn demand(&self) -> Option<Demand> {
        Some(Demand::hager_zhang(self.gamma1, self.gamma2, LEVEL))
    }

    fn refusal(&self) -> Option<String> {
        search::refuse_order(self.gamma1, self.gamma2).or_else(|| search::refuse_initial(self.initial, self.max))
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let origin = search::downhill(line)?;
        let demand = Demand::hager_zhang(self.gamma1, self.gamma2, LEVEL);
        let level = origin.value + LEVEL * origin.value.abs();
        let mut hunt = Hunt { line, demand, level };
        let longest = search::longest(hunt.line, self.max);
        match hunt.run(origin, self.initial, longest) {
            HuntEnd::Acceptable(alpha) => Ok(alpha),
            HuntEnd::Nothing => search::settle_for_best(line),
            HuntEnd::Endless(last) => search::take_longest(line, &last),
        }
    }
}

/// What the search comes back with.
enum HuntEnd {
    Acceptable(f64),
    Nothing,
    Endless(Knot),
}

/// An interval [a, b] with φ'(a) < 0, φ(a) ≤ level and φ'(b) ≥ 0, or the end of the search.
type Next<T> = ControlFlow<HuntEnd, T>;

struct Hunt<'h, 'l> {
    line: &'h mut SearchLine<'l>,
    demand: Demand,
    level: f64,
}

impl Hunt<'_, '_> {
    fn run(&mut self, origin: Knot, initial: f64, max: f64) -> HuntEnd {
        let caught = self.bracket(origin, initial, max).map_continue(|(low, high)| self.narrow(low, high));
        match caught {
            ControlFlow::Break(caught) | ControlFlow::Continue(caught) => caught,
        }
    }

    /// Tries α; the search is over if it is acceptable, or if too many were tried.
    fn look(&mut self, alpha: f64, phase: Phase, bracket: Option<(f64, f64)>) -> Next<Knot> {
        let is_end = |(low, high)| self.line.is_same_point(alpha, low) || self.line.is_same_point(alpha, high);
        let is_idle = !alpha.is_finite() || self.line.stands_still_at(alpha) || bracket.is_some_and(is_end);
        if is_idle || self.line.tried() >= MOST {
            return ControlFlow::Break(HuntEnd::Nothing);
        }
        let how = match phase {
            Phase::Bracketing if self.line.tried() == 0 => Origin::Initial,
            Phase::Bracketing => Origin::Grown,
            Phase::Bisection => Origin::Halved,
            _ => Origin::Interpolated,
        };
        let trial = self.line.try_for(&self.demand, alpha, how, phase, bracket);
        match trial.verdict {
            Verdict::Accepted => ControlFlow::Break(HuntEnd::Acceptable(alpha)),
            _ => ControlFlow::Continue(trial.knot()),
        }
    }

    /// Whether φ is finite, falls and is low there: a left end.
    fn is_left(&self, knot: &Knot) -> bool {
        knot.slope < 0.0 && knot.value <= self.level && knot.value.is_finite() && knot.slope.is_finite()
    }

    fn is_right(knot: &Knot) -> bool {
        knot.slope >= 0.0 && knot.value.is_finite() && knot.slope.is_finite()
    }

    /// Lengthens α until φ rises: steps B0 to B3.
    fn bracket(&mut self, origin: Knot, initial: f64, max: f64) -> Next<(Knot, Knot)> {
        let (mut low, mut alpha) = (origin, initial.min(max));
        loop {
            let here = self.look(alpha, Phase::Bracketing, None)?;
            if Self::is_right(&here) {
                return ControlFlow::Continue((low, here));
            }
            if !self.is_left(&here) {
                return self.bisect(low, here.alpha);
            }
            if alpha >= max {
                return ControlFlow::Break(HuntEnd::Endless(here));
            }
            low = here;
            alpha = (GROWTH * alpha).min(max);
        }
    }

    /// Halves [low, high], where φ is too high or not finite at `high`, until the right end rises: step U3.
    fn bisect(&mut self, low: Knot, high: f64) -> Next<(Knot, Knot)> {
        let (mut low, mut high) = (low, high);
        loop {
            let here = self.look(f64::midpoint(low.alpha, high), Phase::Bisection, Some((low.alpha, high)))?;
            if Self::is_right(&here) {
                return ControlFlow::Continue((low, here));
            }
            if self.is_left(&here) {
                low = here;
            } else {
                high = here.alpha;
            }
        }
    }

    /// Tries α in [low, high] and puts it in the place of one of the ends: steps U0 to U3.
    fn update(&mut self, low: Knot, high: Knot, alpha: f64, phase: Phase) -> Next<(Knot, Knot)> {
        if !(low.alpha < alpha && alpha < high.alpha) || (phase == Phase::Secant && self.is_idle(&low, &high, alpha)) {
            return ControlFlow::Continue((low, high));
        }
        let here = self.look(alpha, phase, Some((low.alpha, high.alpha)))?;
        if Self::is_right(&here) {
            ControlFlow::Continue((low, here))
        } else if self.is_left(&here) {
            ControlFlow::Continue((here, high))
        } else {
            self.bisect(low, here.alpha)
        }
    }

    /// Whether a secant went nowhere: where one slope dwarfs the other it lies on an end, or where x stands still. That
    /// is no progress, so the interval is halved; only where its middle stands still, too, is the search over.
    fn is_idle(&self, low: &Knot, high: &Knot, alpha: f64) -> bool {
        let edge = EDGE * (high.alpha - low.alpha);
        let is_same = |end: &Knot| self.line.is_same_point(alpha, end.alpha);
        alpha - low.alpha <= edge || high.alpha - alpha <= edge || is_same(low) || is_same(high)
    }

    /// A secant, and a second one from the end that it replaced: steps S1 to S4.
    fn secants(&mut self, low: Knot, high: Knot) -> Next<(Knot, Knot)> {
        let first = secant(&low, &high);
        let (left, right) = self.update(low, high, first, Phase::Secant)?;
        let second = if right.alpha == first {
            secant(&high, &right)
        } else if left.alpha == first {
            secant(&low, &left)
        } else {
            return ControlFlow::Continue((left, right));
        };
        self.update(left, right, second, Phase::Secant)
    }

    /// Narrows until something is acceptable: steps L1 to L3.
    fn narrow(&mut self, low: Knot, high: Knot) -> HuntEnd {
        let (mut low, mut high) = (low, high);
        loop {
            let width = high.alpha - low.alpha;
            let mut narrowed = self.secants(low, high);
            if let ControlFlow::Continue((left, right)) = narrowed
                && right.alpha - left.alpha > SHRINK * width
            {
                let middle = f64::midpoint(left.alpha, right.alpha);
                narrowed = self.update(left, right, middle, Phase::Bisection);
            }
            match narrowed {
                ControlFlow::Break(caught) => return caught,
                ControlFlow::Continue((left, right)) if right.alpha - left.alpha >= width => return HuntEnd::Nothing,
                ControlFlow::Continue(ends) => (low, high) = ends,
            }
        }
    }
}
