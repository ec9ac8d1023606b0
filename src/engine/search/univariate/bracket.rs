//! Three step sizes with the lowest value in the middle: a minimum must lie between the outer ones.

use crate::engine::ask::line::SearchLine;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Knot, Origin, Phase, Verdict};
use crate::engine::search;

/// The golden ratio: what each step of the bracketing is longer than the one before.
pub const GROWTH: f64 = 1.618_033_988_749_895;

/// 1 − 1/φ = 0.38…: the shorter part of an interval cut by the golden ratio, as a share of the whole.
pub const SHORTER: f64 = 0.381_966_011_250_105_1;

/// Three looks with `left.alpha < middle.alpha < right.alpha` and the lowest value in the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triple {
    /// The shortest α.
    pub left: Knot,
    /// The α with the lowest value.
    pub middle: Knot,
    /// The longest α; its value may be infinite.
    pub right: f64,
}

/// What a widening search comes back with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Caught {
    /// Looks with the lowest value in the middle.
    Minimum(Triple),
    /// The look at the longest α, where f still falls.
    Nothing(Knot),
}

/// A first α that is surely short: it moves x by a hundredth of its own length.
pub fn first_look(line: &SearchLine<'_>, max: f64) -> f64 {
    let length = 0.01 * line.here().point.norm().max(0.01);
    (length / line.direction_norm()).max(f64::MIN_POSITIVE).min(max)
}

/// Lengthens α by the golden ratio until f rises; shortens it first if the first look is too long.
pub fn triple(line: &mut SearchLine<'_>, max: f64) -> Result<Caught, Stuck> {
    let mut left = search::downhill(line)?;
    let (mut middle, mut right): (Option<Knot>, Option<f64>) = (None, None);
    let (mut alpha, mut how) = (first_look(line, max), Origin::Short);
    while line.tried() < search::MOST_TRIALS && !line.stands_still_at(alpha) {
        let here = line.look(alpha, false, how, Phase::Bracketing, right.map(|right| (left.alpha, right))).knot();
        let is_lower = here.value.is_finite() && here.value < middle.map_or(left.value, |knot| knot.value);
        line.rule(alpha, if is_lower { Verdict::TooShort } else { too_long(&here) });
        match (middle, is_lower, right) {
            (None, true, Some(right)) => return Ok(Caught::Minimum(Triple { left, middle: here, right })),
            (Some(middle), false, _) => return Ok(Caught::Minimum(Triple { left, middle, right: alpha })),
            (_, true, None) if alpha >= max => return Ok(Caught::Nothing(here)),
            (_, true, _) => {
                left = middle.unwrap_or(left);
                middle = Some(here);
                (alpha, how) = ((alpha + GROWTH * (alpha - left.alpha)).min(max), Origin::Grown);
            }
            (None, false, _) => {
                right = Some(alpha);
                (alpha, how) = (SHORTER * alpha, Origin::Shrunk);
            }
        }
    }
    Err(search::none_acceptable(line))
}

/// Why a look is too long.
pub fn too_long(here: &Knot) -> Verdict {
    if here.value.is_finite() { Verdict::TooLong } else { Verdict::NotFinite }
}
