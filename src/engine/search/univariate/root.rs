//! Follow the slope to where it is zero: secants while they help, halving when they do not.

use crate::engine::ask::line::SearchLine;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Knot, Origin, Phase, Verdict};
use crate::engine::search;
use crate::engine::search::condition::ROUNDING;
use crate::engine::search::interpolate::secant;
use crate::engine::search::univariate::bracket::{GROWTH, first_look, too_long};

/// A rise by less than this share of the values is not believed where the slope says that f falls.
const BELIEVED: f64 = 1e-10;

/// The first minimiser that the bracketing meets: φ' is 0 there, or changes its sign within `tolerance` relative to α.
///
/// A small φ' alone proves nothing: that of x⁸ is small far from its minimum.
pub fn minimise(line: &mut SearchLine<'_>, max: f64, tolerance: f64) -> Result<f64, Stuck> {
    let origin = search::downhill(line)?;
    let mut low = origin;
    let (mut alpha, mut how) = (first_look(line, max), Origin::Short);
    let high = loop {
        let here = line.look(alpha, true, how, Phase::Bracketing, None).knot();
        if is_root(&here, &origin) {
            line.rule(alpha, Verdict::Accepted);
            return Ok(alpha);
        }
        if !is_left(line, &low, &here) {
            line.rule(alpha, too_long(&here));
            break here;
        }
        line.rule(alpha, Verdict::TooShort);
        if alpha >= max {
            return search::take_longest(line, &here);
        }
        let last = low.alpha;
        if line.tried() >= search::MOST_TRIALS {
            return Err(search::none_acceptable(line));
        }
        low = here;
        (alpha, how) = ((alpha + GROWTH * (alpha - last)).min(max), Origin::Grown);
    };
    narrow(line, &origin, low, high, tolerance)
}

/// Whether φ still falls at `here` and has not plainly risen since `low`.
///
/// Near a minimum values say less than slopes: f may be the small rest of large terms, and rounding x alone moves it by
/// ε‖x‖‖∇f‖. So only a rise above all that noise shows that a minimum was passed.
fn is_left(line: &SearchLine<'_>, low: &Knot, here: &Knot) -> bool {
    let start = line.here();
    let reach = start.point.norm() + here.alpha * line.direction_norm();
    let blur = BELIEVED * (low.value.abs() + start.value.abs()) + ROUNDING * reach * start.gradient.norm();
    here.value.is_finite() && here.slope < 0.0 && here.slope.is_finite() && here.value <= low.value + blur
}

fn is_root(here: &Knot, origin: &Knot) -> bool {
    here.value.is_finite() && here.value <= origin.value && here.slope == 0.0
}

/// Narrows [low, high], with φ' negative at `low`, until φ' is zero.
fn narrow(line: &mut SearchLine<'_>, origin: &Knot, low: Knot, high: Knot, tolerance: f64) -> Result<f64, Stuck> {
    let (mut low, mut high) = (low, high);
    let mut widths = [f64::INFINITY; 2];
    while line.tried() < search::MOST_TRIALS {
        let width = high.alpha - low.alpha;
        let least = (tolerance * high.alpha).max(f64::EPSILON * high.alpha);
        if width <= least {
            break;
        }
        // Unless two looks together halve the interval, the next one does.
        let guess = if width > 0.5 * widths[1] { f64::NAN } else { root(&low, &high, least) };
        widths = [width, widths[0]];
        let (alpha, how, phase) = if low.alpha < guess && guess < high.alpha {
            (guess, Origin::Interpolated, Phase::Secant)
        } else {
            (f64::midpoint(low.alpha, high.alpha), Origin::Halved, Phase::Bisection)
        };
        if line.is_same_point(alpha, low.alpha) || line.is_same_point(alpha, high.alpha) {
            break;
        }
        let here = line.look(alpha, true, how, phase, Some((low.alpha, high.alpha))).knot();
        if is_root(&here, origin) {
            line.rule(alpha, Verdict::Accepted);
            return Ok(alpha);
        }
        line.rule(alpha, if here.value.is_finite() { Verdict::Narrowed } else { Verdict::NotFinite });
        if is_left(line, &low, &here) {
            low = here;
        } else {
            high = here;
        }
    }
    let is_high_flatter = high.slope.abs() < low.slope.abs() && high.value <= origin.value;
    let best = if is_high_flatter || low.alpha == 0.0 && high.value < origin.value { high } else { low };
    if best.alpha == 0.0 {
        return Err(search::none_acceptable(line));
    }
    line.rule(best.alpha, Verdict::Accepted);
    Ok(best.alpha)
}

/// Where the line through both slopes is zero, at least `least` away from the flatter end, so that the other end moves too.
fn root(low: &Knot, high: &Knot, least: f64) -> f64 {
    if !(low.slope < 0.0 && high.slope > 0.0) {
        return f64::NAN;
    }
    secant(low, high).max(low.alpha + least).min(high.alpha - least)
}
