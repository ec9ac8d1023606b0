//! What line searches have in common: they refuse to go uphill, look for an interval, and know when to give up.

pub mod condition;
pub mod interpolate;
pub mod judged;
pub mod safeguard;
pub mod univariate;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::trial::{Knot, Origin, Phase, Trial, Verdict};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::search::condition::{Demand, ROUNDING};

/// The longest α that a search tries, unless it is told otherwise; a step of that many times max(1, ‖x‖∞) goes far.
pub const LONGEST: f64 = 65536.0;

/// f falls on without end, as far as one can see, where twice the α would lower it by this share of all it fell so far.
const FALLS_ON: f64 = 0.03;

/// Enough halvings to fall from the largest double to the smallest; an uncapped loop may never end.
pub const MOST_TRIALS: usize = 1100;

/// So often is an interval narrowed once it holds a point that meets Armijo.
const MOST_PINPOINTS: usize = 30;

/// `initial`, the same in every search.
pub const INITIAL: Parameter =
    Parameter { name: "initial", symbol: "α_init", meaning: "first α tried", domain: Domain::Positive };

/// `gamma1`, the same in every search.
pub const GAMMA1: Parameter =
    Parameter { name: "gamma1", symbol: "γ₁", meaning: "share of the decrease", domain: Domain::Between(0.0, 1.0) };

/// `gamma2`, the same in every Wolfe search.
pub const GAMMA2: Parameter =
    Parameter { name: "gamma2", symbol: "γ₂", meaning: "share of the slope", domain: Domain::Between(0.0, 1.0) };

/// `growth`, the same in every search that brackets.
pub const GROWTH: Parameter =
    Parameter { name: "growth", symbol: "σ", meaning: "lengthening factor", domain: Domain::Above(1.0) };

/// `max`, the same in every search.
pub const MAX: Parameter =
    Parameter { name: "max", symbol: "α_max", meaning: "longest α tried", domain: Domain::Positive };

/// The longest α for the setting `max`. Unless it was set, it is longer where d is short: α‖d‖∞ may be 65536·max(1, ‖x‖∞).
pub fn longest(line: &SearchLine<'_>, max: f64) -> f64 {
    if max == LONGEST { line.alpha_of_length(LONGEST).max(max) } else { max }
}

/// Where the search starts, if f falls along d; otherwise no α can be acceptable.
pub fn downhill(line: &SearchLine<'_>) -> Result<Knot, Stuck> {
    let origin = line.origin();
    if origin.slope < 0.0 {
        return Ok(origin);
    }
    refuse_uphill(line)?;
    // The slope is there, but its product with d is not.
    let (size, length) = (line.here().gradient.amax(), line.direction_norm());
    let reason = if size < length { Reason::GradientSmall } else { Reason::StepSmall };
    let (size, length) = (short(size), short(length));
    let sentence =
        format!("∇fᵀd rounds to 0 with ‖∇f‖∞ = {size} and ‖d‖ = {length}: f changes too little along d to be compared");
    Err(Stuck { reason, sentence })
}

/// Says why f does not fall along d, if it does not; sees slopes that are too small or too large for a product, too.
pub fn refuse_uphill(line: &SearchLine<'_>) -> Result<(), Stuck> {
    match line.cosine() {
        Some(cosine) if cosine > 0.0 => Ok(()),
        None if line.here().gradient.amax() == 0.0 => {
            Err(Stuck { reason: Reason::GradientSmall, sentence: "∇f = 0 exactly: no direction goes down".into() })
        }
        None => {
            let size = short(line.here().gradient.amax());
            let sentence = format!("d is no descent direction: d = 0 while ‖∇f‖∞ = {size}, so that no α moves x");
            Err(Stuck { reason: Reason::NotADescentDirection, sentence })
        }
        Some(cosine) => Err(Stuck {
            reason: Reason::NotADescentDirection,
            sentence: format!(
                "d is no descent direction: ∇fᵀd = {} is not negative (cos θ = {}), so f does not fall along d",
                short(line.slope_here()),
                short(cosine)
            ),
        }),
    }
}

/// What to do where f still falls at the longest α, which was tried last: take it, unless f falls on without end there.
///
/// That is said only of a deep fall, over a long way or ever steeper, whose slope has not died out: no f ≥ 0 falls by more
/// than max(1, |f|), and one with a limit, as 1/x, falls less with every doubling of α.
pub fn take_longest(line: &mut SearchLine<'_>, last: &Knot) -> Result<f64, Stuck> {
    let origin = line.origin();
    let (fall, size) = (origin.value - last.value, origin.value.abs().max(1.0));
    let falls_without_end = fall > size && {
        let slope = line.slope_of_last();
        let is_far = last.alpha >= line.alpha_of_length(LONGEST);
        let is_steeper = slope <= 10.0 * origin.slope && fall > 1000.0 * size;
        (is_far || is_steeper) && -last.alpha * slope >= FALLS_ON * fall
    };
    if falls_without_end {
        let [alpha, from, to] = [last.alpha, origin.value, last.value].map(short);
        let sentence =
            format!("f fell from {from} to {to} along d and still falls at α = {alpha}: it seems unbounded below");
        return Err(Stuck { reason: Reason::Unbounded, sentence });
    }
    line.rule(last.alpha, Verdict::CurvatureNotMet);
    Ok(last.alpha)
}

/// The next α while an interval is looked for: σ times this one, up to `max`; why there is none after too many trials.
pub fn lengthened(line: &SearchLine<'_>, alpha: f64, growth: f64, max: f64) -> Result<f64, Stuck> {
    if line.tried() < MOST_TRIALS {
        return Ok((growth * alpha).min(max));
    }
    let sentence = format!(
        "α = {} is still too short after {} trials: choose a larger first α, or a larger σ than {growth}",
        short(alpha),
        line.tried()
    );
    Err(Stuck { reason: Reason::NoAcceptableStep, sentence })
}

/// The lowest trial where f falls enough, taken although nothing acceptable was found; or why there is none.
pub fn settle_for_best(line: &mut SearchLine<'_>) -> Result<f64, Stuck> {
    match line.best_falling() {
        Some(best) => {
            line.rule(best.alpha, Verdict::CurvatureNotMet);
            Ok(best.alpha)
        }
        None => Err(none_acceptable(line)),
    }
}

/// What to say when no trial will do: what was asked of them, and why it fails down to the shortest.
pub fn none_acceptable(line: &SearchLine<'_>) -> Stuck {
    let (trials, slope) = (line.trials(), line.slope_here());
    let asks_armijo = trials.iter().any(|trial| trial.armijo.is_some());
    let wanted = if asks_armijo { "meets Armijo" } else { "lowers f" };
    let shortest = trials.iter().map(|trial| trial.alpha).fold(f64::INFINITY, f64::min);
    let count = trials.len();
    let sentence = if count == 0 {
        "the first α is lost in rounding: x + αd rounds back to x".to_owned()
    } else if trials.iter().all(|trial| trial.verdict == Verdict::NotFinite) {
        format!("none of {count} trials {wanted}: down to α = {} f is no finite number", short(shortest))
    } else if is_kink(line) {
        let slope = short(slope);
        format!("none of {count} trials {wanted}, though ∇fᵀd = {slope}: x is at a kink or jump of f, maybe a minimum")
    } else if shortest * slope.abs() <= TELLING * blur(line) || line.stands_still_at(0.1 * shortest) {
        format!("none of {count} trials {wanted}: down to α = {} the decrease is lost in rounding", short(shortest))
    } else {
        format!("none of {count} trials {wanted}")
    };
    Stuck { reason: Reason::NoAcceptableStep, sentence }
}

/// A change of f this many times its rounding is none of rounding.
const TELLING: f64 = 100.0;

/// How far rounding f, and x before it, may move a value of f near x.
fn blur(line: &SearchLine<'_>) -> f64 {
    let here = line.here();
    ROUNDING * (here.value.abs() + here.point.amax() * here.gradient.amax())
}

/// Whether f does not follow its own slope: it falls by less than half of α|∇fᵀd| at the shortest α where rounding is small
/// beside that, although far longer ones were tried before.
fn is_kink(line: &SearchLine<'_>) -> bool {
    const FAR_SHORTER: f64 = 1e-6;
    let (origin, blur) = (line.origin(), blur(line));
    let is_telling = |trial: &&Trial| trial.value.is_finite() && trial.alpha * -origin.slope > TELLING * blur;
    let telling = line.trials().iter().filter(is_telling);
    let (mut shortest, mut longest) = (None::<Knot>, 0.0_f64);
    for trial in telling {
        longest = longest.max(trial.alpha);
        if shortest.is_none_or(|knot| trial.alpha < knot.alpha) {
            shortest = Some(trial.knot());
        }
    }
    shortest.is_some_and(|knot| {
        let falls = knot.alpha * (0.5 * origin.slope);
        knot.alpha <= FAR_SHORTER * longest && knot.value - origin.value > falls
    })
}

/// How long an interval is narrowed: not when it is a point, nor for long once it holds a step that will do.
#[derive(Debug, Default)]
pub struct Patience {
    narrowed: usize,
}

impl Patience {
    /// Whether to stop narrowing [`low`, `high`] before trying `next`: it is as good as a point, or nothing comes of it.
    pub fn is_spent(&mut self, line: &SearchLine<'_>, low: f64, high: f64, next: f64) -> bool {
        // Between two neighbouring numbers, or where x rounds to one of the ends, there is nothing new to try.
        if line.is_same_point(next, low) || line.is_same_point(next, high) {
            return true;
        }
        let is_point = (high - low).abs() <= 1e-10 * low.max(high);
        if line.best_falling().is_some() {
            self.narrowed += 1;
            return self.narrowed > MOST_PINPOINTS || is_point;
        }
        line.tried() >= MOST_TRIALS || line.stands_still_at(next)
    }
}

/// Lengthens α until it is too long, then halves the interval until `demand` is met (Lewis & Overton 2013).
pub fn bisect(line: &mut SearchLine<'_>, demand: &Demand, initial: f64, growth: f64, max: f64) -> Result<f64, Stuck> {
    downhill(line)?;
    let max = longest(line, max);
    let (mut low, mut high) = (0.0, None);
    let (mut alpha, mut how) = (initial.min(max), Origin::Initial);
    let mut patience = Patience::default();
    loop {
        let phase = if high.is_none() { Phase::Bracketing } else { Phase::Pinpointing };
        let trial = line.try_for(demand, alpha, how, phase, high.map(|high| (low, high)));
        match trial.verdict {
            Verdict::Accepted => return Ok(alpha),
            Verdict::TooShort if high.is_none() && alpha >= max => return take_longest(line, &trial.knot()),
            Verdict::TooShort => low = alpha,
            _ => high = Some(alpha),
        }
        let Some(high) = high else {
            (alpha, how) = (lengthened(line, alpha, growth, max)?, Origin::Grown);
            continue;
        };
        (alpha, how) = (f64::midpoint(low, high), Origin::Halved);
        if patience.is_spent(line, low, high, alpha) {
            return settle_for_best(line);
        }
    }
}

/// Why γ₁ and γ₂ cannot go together, if they cannot.
pub fn refuse_order(gamma1: f64, gamma2: f64) -> Option<String> {
    (gamma1 >= gamma2).then(|| {
        format!(
            "`gamma1` = {gamma1} must be below `gamma2` = {gamma2}, or there may be no α that meets both conditions"
        )
    })
}

/// Why a search cannot start at `initial`, if it cannot.
pub fn refuse_initial(initial: f64, max: f64) -> Option<String> {
    (initial > max)
        .then(|| format!("`initial` = {initial} is above `max` = {max}: the first α tried would be too long"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use crate::engine::record::trial::{Origin, Trial};
    use crate::engine::rule::list::StepSizeRule;
    use crate::engine::rule::method::Method;
    use crate::engine::run::Run;
    use crate::engine::run::stop::Limits;
    use crate::engine::step_size::search::backtracking::{Backtracking, Restart};
    use crate::engine::step_size::search::exact::{self, Exact};
    use crate::engine::step_size::search::weak_wolfe::WeakWolfe;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    /// The trials of the first steps of steepest descent from (2, 20).
    fn trials(formula: &str, step_size: StepSizeRule, steps: usize) -> Vec<Vec<Trial>> {
        let objective = Arc::new(Formula::parse(formula, 2, &BTreeMap::new()).unwrap());
        let start = Point::from_column_slice(&[2.0, 20.0]);
        let mut run = Run::new(objective, start, Method::steepest(step_size), Limits::default());
        run.go_to(steps);
        run.past().iter().map(|step| step.trials.clone()).collect()
    }

    fn origins(step_size: impl Into<StepSizeRule>, steps: usize) -> Vec<Vec<Origin>> {
        let steps = trials("10*x1^2 + x2^2/2", step_size.into(), steps);
        steps.iter().map(|trials| trials.iter().map(|trial| trial.origin).collect()).collect()
    }

    /// In the ravine α = 1/16 is the first half of 1 that is accepted; from there αₜ₋₁/τ = 1/8 is one too long.
    #[test]
    fn a_search_records_how_it_came_to_each_alpha() {
        let gamma = Backtracking { gamma1: 0.1, ..Backtracking::default() };
        assert_eq!(origins(gamma, 1)[0][..3], [Origin::Initial, Origin::Shrunk, Origin::Shrunk]);
        let resumed = origins(Backtracking { restart: Restart::Previous, ..gamma }, 2);
        assert_eq!((resumed[0][0], resumed[1][0]), (Origin::Initial, Origin::Previous));
        let short = origins(WeakWolfe { initial: 1e-4, ..WeakWolfe::default() }, 1);
        assert_eq!(short[0][..2], [Origin::Initial, Origin::Grown]);
        let golden = origins(Exact { method: exact::ExactMethod::Golden, ..Exact::default() }, 1);
        assert_eq!((golden[0].first(), golden[0].last()), (Some(&Origin::Short), Some(&Origin::Golden)));
        // One shrink above an α of ½ is 1, which is α_init too: the record tells them apart, numbers do not.
        let same = Backtracking { initial: 1.0, restart: Restart::Previous, ..Backtracking::default() };
        let steps = trials("0.9*x1^2 + 0.9*x2^2", same.into(), 2);
        let (first, second) = (steps[0][0], steps[1][0]);
        assert_eq!(
            (first.alpha, first.origin, second.alpha, second.origin),
            (1.0, Origin::Initial, 2.0, Origin::Previous)
        );
    }

    #[test]
    fn every_origin_is_true_of_its_alpha() {
        for step_size in StepSizeRule::all() {
            for formula in ["10*x1^2 + x2^2/2", "(x1^2+x2-11)^2 + (x1+x2^2-7)^2", "abs(x1) + x2^4"] {
                for trials in trials(formula, step_size.clone(), 12) {
                    let is_first = |origin| matches!(origin, Origin::Initial | Origin::Previous | Origin::Short);
                    assert!(trials.first().is_none_or(|first| is_first(first.origin)), "{step_size:?}: {trials:?}");
                    for pair in trials.windows(2) {
                        let (before, trial) = (pair[0].alpha, pair[1]);
                        let is_inside =
                            trial.bracket.is_some_and(|(low, high)| low < trial.alpha && trial.alpha < high);
                        let is_true = match trial.origin {
                            Origin::Shrunk => trial.alpha < before,
                            Origin::Grown | Origin::Extrapolated => trial.alpha > before,
                            Origin::Interpolated | Origin::Halved | Origin::Golden => is_inside,
                            _ => false,
                        };
                        assert!(is_true, "{step_size:?} on {formula}: {pair:?}");
                    }
                }
            }
        }
    }
}
