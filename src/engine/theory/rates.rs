//! How fast a whole run must get lower: promises on the first k steps together.

use std::sync::Arc;

use crate::engine::number::product::norm;
use crate::engine::record::{Sample, Step};
use crate::engine::theory::promise::{AT_THE_LIMIT, Check, Evidence, Promise, PromiseStatus, other_way};
use crate::objective::point::Vector;

/// Rates are checked for the first 5,000 steps: each check sums over all steps before it, which is quadratic in time.
pub const MOST_STEPS: usize = 5_000;

/// The rates, held against the steps in `past` and the one after them; k is their number.
///
/// A rate with a different α in every step has Σα for kα, Σα(1 − Lα/2) for kα(1 − Lα/2), and Π(1 − αμ) for (1 − αμ)ᵏ.
pub fn rates(evidence: &Evidence<'_>, past: &[Arc<Step>]) -> Vec<Check> {
    let (Some(lipschitz), Some(lowest)) = (evidence.lipschitz, evidence.lowest) else { return Vec::new() };
    if past.len() >= MOST_STEPS {
        return Vec::new();
    }
    let first = past.first().map_or(&evidence.step.from, |step| &step.from);
    let tally = RateSums::of(past, evidence, lipschitz, first.value - lowest);
    let checks = [
        one_over_k(evidence, &tally, first, lowest),
        Some(gradient(evidence, &tally, first, lowest)),
        linear(evidence, &tally, lowest),
    ];
    checks.into_iter().flatten().collect()
}

/// The right sides of the rates for f − f* after k = 1, 2, … of these steps, as far as their premises hold from the
/// start on; `evidence` is that of the first step.
pub fn bounds<'a>(mut evidence: Evidence<'a>, steps: &'a [Arc<Step>]) -> Vec<(Promise, Vec<f64>)> {
    let mut found = vec![(Promise::RateOneOverK, Vec::new()), (Promise::LinearRate, Vec::new())];
    let (Some(lipschitz), Some(lowest)) = (evidence.lipschitz, evidence.lowest) else { return Vec::new() };
    let first = &evidence.step.from;
    let mut tally = RateSums::new(first.value - lowest);
    for (before, step) in steps.iter().take(MOST_STEPS).enumerate() {
        evidence.step = step;
        tally.add(step, step, &evidence, lipschitz);
        let checks = [one_over_k(&evidence, &tally, first, lowest), linear(&evidence, &tally, lowest)];
        for check in checks.into_iter().flatten().filter(|check| check.kept != PromiseStatus::NotApplicable) {
            for (_, rights) in found.iter_mut().filter(|(promise, _)| *promise == check.promise) {
                if rights.len() == before {
                    rights.push(check.margin.rhs);
                }
            }
        }
    }
    found.retain(|(_, rights)| !rights.is_empty());
    found
}

/// f(xₖ) − f* ≤ ‖x₀ − x*‖²/(2Σα) (Beck 2017, theorem 10.21, with the telescoped sum); absent without x*.
fn one_over_k(evidence: &Evidence<'_>, tally: &RateSums, first: &Sample, lowest: f64) -> Option<Check> {
    let distance = distance(&first.point, &evidence.minimisers)?;
    let sides = (evidence.step.to.value - lowest, distance / (2.0 * tally.length) * distance);
    let because = tally.up_to_one_over().or_else(|| evidence.convex()).or_else(|| tally.standing());
    Some(Check::at_most(Promise::RateOneOverK, sides, evidence.rounding() + tally.rounding(sides.1), because))
}

/// min ‖∇f(xⱼ)‖² ≤ (f(x₀) − f*)/Σα(1 − Lα/2), j = 0 … k−1; f need not be convex (Nesterov 2018, 1.2.15).
fn gradient(evidence: &Evidence<'_>, tally: &RateSums, first: &Sample, lowest: f64) -> Check {
    let sides = (tally.least_slope * tally.least_slope, (first.value - lowest) / tally.progress);
    let because = tally.below_two_over().or_else(|| tally.standing());
    let rounding = evidence.rounding() / tally.progress.abs() + tally.rounding(sides.1);
    Check::at_most(Promise::GradientRate, sides, rounding, because)
}

/// f(xₖ) − f* ≤ Π(1 − αμ)·(f(x₀) − f*), by ‖∇f‖² ≥ 2μ(f − f*) in every step; absent without μ.
fn linear(evidence: &Evidence<'_>, tally: &RateSums, lowest: f64) -> Option<Check> {
    evidence.strong_convexity?;
    let sides = (evidence.step.to.value - lowest, tally.left);
    let rounding = evidence.rounding() + tally.rounding(sides.1);
    Some(Check::at_most(Promise::LinearRate, sides, rounding, tally.up_to_one_over()))
}

/// How far `from` is from the nearest minimiser.
fn distance(from: &Vector, minimisers: &[Vector]) -> Option<f64> {
    minimisers.iter().map(|point| norm(&(from - point))).min_by(f64::total_cmp)
}

/// What the first k steps have summed up to.
struct RateSums {
    /// k.
    count: f64,
    /// Σα.
    length: f64,
    /// Σα(1 − Lα/2).
    progress: f64,
    /// Π(1 − αμ)·(f(x₀) − f*), multiplied in this order: the product alone may be below the smallest double.
    left: f64,
    /// The least ‖∇f(xⱼ)‖.
    least_slope: f64,
    /// The shortest and the longest αL.
    range: (f64, f64),
    /// What is wrong with the first step that is not along −∇f.
    other_way: Option<&'static str>,
}

impl RateSums {
    fn new(excess: f64) -> Self {
        Self {
            count: 0.0,
            length: 0.0,
            progress: 0.0,
            left: excess,
            least_slope: f64::INFINITY,
            range: (f64::INFINITY, f64::NEG_INFINITY),
            other_way: None,
        }
    }

    fn of(past: &[Arc<Step>], evidence: &Evidence<'_>, lipschitz: f64, excess: f64) -> Self {
        let mut tally = Self::new(excess);
        for step in past.iter().map(AsRef::as_ref).chain([evidence.step]) {
            tally.add(step, evidence.step, evidence, lipschitz);
        }
        tally
    }

    /// Adds a step; `last` is the one that the rates are told of.
    fn add(&mut self, step: &Step, last: &Step, evidence: &Evidence<'_>, lipschitz: f64) {
        let alpha = step.alpha;
        self.count += 1.0;
        self.length += alpha;
        self.progress += alpha * (1.0 - 0.5 * lipschitz * alpha);
        self.left *= 1.0 - alpha * evidence.strong_convexity.unwrap_or(0.0);
        self.least_slope = self.least_slope.min(norm(&step.from.gradient));
        self.range = (self.range.0.min(alpha * lipschitz), self.range.1.max(alpha * lipschitz));
        self.other_way = self.other_way.or_else(|| {
            other_way(step).map(|here| if std::ptr::eq(step, last) { here } else { "an earlier d is not −∇f" })
        });
    }

    fn up_to_one_over(&self) -> Option<&'static str> {
        self.uphill().or_else(|| (self.range.1 > 1.0 + AT_THE_LIMIT).then_some("α > 1/L, now or earlier"))
    }

    fn below_two_over(&self) -> Option<&'static str> {
        self.uphill().or_else(|| (self.range.1 >= 2.0 - AT_THE_LIMIT).then_some("α ≥ 2/L, now or earlier"))
    }

    fn uphill(&self) -> Option<&'static str> {
        self.other_way.or_else(|| (self.range.0 < 0.0).then_some("α < 0, now or earlier"))
    }

    fn standing(&self) -> Option<&'static str> {
        (self.length == 0.0).then_some("every α was 0: nothing moved yet")
    }

    /// Every step adds a rounding to a sum or a product.
    fn rounding(&self, side: f64) -> f64 {
        2.0 * f64::EPSILON * self.count * side.abs()
    }
}
