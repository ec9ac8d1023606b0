//! Cut the interval by the golden ratio, keep the part with the lower value, and cut again.

use crate::engine::ask::line::SearchLine;
use crate::engine::record::trial::{Origin, Phase, Verdict};
use crate::engine::search::univariate::bracket::{SHORTER, Triple, too_long};

/// The middle of the triple once the interval is at most `tolerance` of it wide (Kiefer 1953).
pub fn minimise(line: &mut SearchLine<'_>, triple: Triple, tolerance: f64) -> f64 {
    const MOST: usize = 200;
    let (mut left, mut best, mut right) = (triple.left.alpha, triple.middle, triple.right);
    for _ in 0..MOST {
        if right - left <= tolerance * best.alpha {
            break;
        }
        let is_right_longer = right - best.alpha > best.alpha - left;
        let alpha = if is_right_longer {
            best.alpha + SHORTER * (right - best.alpha)
        } else {
            best.alpha - SHORTER * (best.alpha - left)
        };
        if line.is_same_point(alpha, best.alpha) {
            break;
        }
        let here = line.look(alpha, false, Origin::Golden, Phase::Golden, Some((left, right))).knot();
        let is_lower = here.value.is_finite() && here.value < best.value;
        line.rule(alpha, if here.value.is_finite() { Verdict::Narrowed } else { too_long(&here) });
        match (is_lower, is_right_longer) {
            (true, true) => left = best.alpha,
            (true, false) => right = best.alpha,
            (false, true) => right = alpha,
            (false, false) => left = alpha,
        }
        if is_lower {
            best = here;
        }
    }
    line.rule(best.alpha, Verdict::Accepted);
    best.alpha
}
