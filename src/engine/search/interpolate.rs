//! Where should the next trial be? Guesses from what was seen at two step sizes.

use crate::engine::record::trial::{Knot, Origin};

/// The lowest point of the parabola with the value and slope of `from` and the value of `to` (Martins & Ning, eq. 4.34).
///
/// Infinite or not a number where the parabola does not bend up.
pub fn quadratic(from: &Knot, to: &Knot) -> f64 {
    let width = to.alpha - from.alpha;
    let bend = to.value - from.value - from.slope * width;
    if bend > 0.0 { from.alpha - 0.5 * from.slope * width * width / bend } else { f64::NAN }
}

/// Where the straight line through two slopes is zero.
pub fn secant(one: &Knot, other: &Knot) -> f64 {
    one.alpha - one.slope * (other.alpha - one.alpha) / (other.slope - one.slope)
}

/// The guess if it lies in the inner 80 % of the interval between `low` and `high`, otherwise the middle; and which.
pub fn guarded(guess: f64, low: f64, high: f64) -> (f64, Origin) {
    let (left, right) = (low.min(high), low.max(high));
    let edge = 0.1 * (right - left);
    if left + edge <= guess && guess <= right - edge {
        (guess, Origin::Interpolated)
    } else {
        (f64::midpoint(left, right), Origin::Halved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knot(alpha: f64) -> Knot {
        Knot { alpha, value: 3.0 * (alpha - 2.0).powi(2) + 5.0, slope: 6.0 * (alpha - 2.0) }
    }

    #[test]
    fn a_parabola_is_guessed_exactly_from_both_sides() {
        for (from, to) in [(0.0, 7.0), (7.0, 0.0), (1.0, 1.5)] {
            assert!((quadratic(&knot(from), &knot(to)) - 2.0).abs() < 1e-14);
            assert!((secant(&knot(from), &knot(to)) - 2.0).abs() < 1e-14);
        }
    }

    #[test]
    fn a_guess_too_near_the_ends_gives_way_to_the_middle() {
        assert_eq!(guarded(0.5, 0.0, 10.0), (5.0, Origin::Halved));
        assert_eq!(guarded(2.0, 10.0, 0.0), (2.0, Origin::Interpolated));
        assert_eq!(guarded(f64::NAN, 0.0, 10.0).0, 5.0);
        let not_finite = Knot { value: f64::INFINITY, ..knot(1.0) };
        assert_eq!(guarded(quadratic(&knot(0.0), &not_finite), 0.0, 1.0).0, 0.5);
    }
}
