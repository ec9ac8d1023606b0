//! The next step from two points and a new one: cubic or straight line, whichever is safer (Moré & Thuente 1994).

use crate::engine::record::trial::{Knot, Origin};
use crate::engine::search::interpolate::{quadratic, secant};

/// Where the next α may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// The shortest.
    pub min: f64,
    /// The longest.
    pub max: f64,
}

/// The interval that is narrowed around a minimiser, once `is_bracket` says that it holds one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The end with the lowest value so far.
    pub best: Knot,
    /// The other end.
    pub other: Knot,
    /// Whether a minimiser lies between them.
    pub is_bracket: bool,
    width: f64,
    width_before: f64,
}

impl Interval {
    /// The interval before anything was tried.
    pub fn new(origin: Knot, longest: f64) -> Self {
        Self { best: origin, other: origin, is_bracket: false, width: longest, width_before: 2.0 * longest }
    }

    /// Takes in what was seen at `new` and says where to look next, and how it came to that; all values are seen less a
    /// line of slope `tilt`.
    pub fn update(&mut self, new: Knot, reach: Reach, tilt: f64) -> (f64, Origin) {
        let tilted = |knot: Knot, by: f64| Knot { value: knot.value - by * knot.alpha, slope: knot.slope - by, ..knot };
        let (best, other, new) = (tilted(self.best, tilt), tilted(self.other, tilt), tilted(new, tilt));
        let (step, brackets) = safeguarded(&best, &other, &new, self.is_bracket, reach);
        let (best, other) = if new.value > best.value {
            (best, new)
        } else if new.slope * best.slope.signum() < 0.0 {
            (new, best)
        } else {
            (new, other)
        };
        (self.best, self.other) = (tilted(best, -tilt), tilted(other, -tilt));
        self.is_bracket |= brackets;
        if !self.is_bracket {
            return (step, Origin::Extrapolated);
        }
        let gap = self.other.alpha - self.best.alpha;
        // Unless the interval shrinks by a third in two steps, halve it; beside a wall there may be no other guess.
        let is_slow = gap.abs() >= 0.66 * self.width_before;
        let is_halved = is_slow || !step.is_finite();
        let next = if is_halved { (self.best.alpha + 0.5 * gap, Origin::Halved) } else { (step, Origin::Interpolated) };
        (self.width_before, self.width) = (self.width, gap.abs());
        next
    }

    /// Takes in that φ is no number at `alpha`, and says where to look next: half the way back.
    pub fn wall(&mut self, alpha: f64) -> f64 {
        self.other = Knot { alpha, value: f64::INFINITY, slope: f64::NAN };
        self.is_bracket = true;
        f64::midpoint(self.best.alpha, alpha)
    }

    /// Where the α after `next` may lie.
    pub fn reach(&self, next: f64) -> Reach {
        let (best, other) = (self.best.alpha, self.other.alpha);
        if self.is_bracket {
            Reach { min: best.min(other), max: best.max(other) }
        } else {
            Reach { min: next + 1.1 * (next - best), max: next + 4.0 * (next - best) }
        }
    }
}

/// The step from `best` and `new` (and `other`, once there is a bracket), and whether they bracket a minimiser.
fn safeguarded(best: &Knot, other: &Knot, new: &Knot, is_bracket: bool, reach: Reach) -> (f64, bool) {
    let is_forward = new.alpha > best.alpha;
    let far_end = if is_forward { reach.max } else { reach.min };
    let line = secant(new, best);
    let nearer = |one: f64, two: f64, to: f64| if (one - to).abs() < (two - to).abs() { one } else { two };
    let farther = |one: f64, two: f64, to: f64| if (one - to).abs() > (two - to).abs() { one } else { two };
    if new.value > best.value {
        // Higher: a minimiser lies between; the cubic if it is nearer to the best point than the parabola.
        let (cubic, parabola) = (cubic(best, new).0, quadratic(best, new));
        let is_near = (cubic - best.alpha).abs() <= (parabola - best.alpha).abs();
        (if is_near { cubic } else { cubic + (parabola - cubic) / 2.0 }, true)
    } else if new.slope * best.slope.signum() < 0.0 {
        // Lower, and past a minimiser: the farther one.
        (farther(cubic(new, best).0, line, new.alpha), true)
    } else if new.slope.abs() < best.slope.abs() {
        // Lower, and the slope is flattening: the cubic only if it has its minimum ahead.
        let (cubic, ratio, root) = cubic(new, best);
        let cubic = if ratio < 0.0 && root != 0.0 { cubic } else { far_end };
        if !is_bracket {
            return (farther(cubic, line, new.alpha).max(reach.min).min(reach.max), false);
        }
        let limit = new.alpha + 0.66 * (other.alpha - new.alpha);
        let step = nearer(cubic, line, new.alpha);
        (if is_forward { step.min(limit) } else { step.max(limit) }, false)
    } else if is_bracket {
        (cubic(new, other).0, false)
    } else {
        (far_end, false)
    }
}

/// The minimiser of the cubic with both values and slopes, as a share of the way between them, and its root term.
fn cubic(from: &Knot, to: &Knot) -> (f64, f64, f64) {
    let width = to.alpha - from.alpha;
    let theta = 3.0 * (from.value - to.value) / width + from.slope + to.slope;
    let scale = theta.abs().max(from.slope.abs()).max(to.slope.abs());
    let square = (theta / scale).powi(2) - (from.slope / scale) * (to.slope / scale);
    let root = (scale * square.max(0.0).sqrt()).copysign(width);
    let ratio = ((root - from.slope) + theta) / (((root - from.slope) + root) + to.slope);
    (from.alpha + ratio * width, ratio, root)
}
