//! Parabolas while they help, the golden ratio when they do not.

use crate::engine::ask::line::SearchLine;
use crate::engine::record::trial::{Knot, Origin, Phase, Verdict};
use crate::engine::search::univariate::bracket::{SHORTER, Triple};

/// Brent's method without derivatives (Brent 1973, chapter 5), to `tolerance` relative to α.
pub fn minimise(line: &mut SearchLine<'_>, triple: Triple, tolerance: f64) -> f64 {
    const MOST: usize = 500;
    let (mut left, mut right) = (triple.left.alpha, triple.right);
    // The lowest three looks so far, lowest first; the last two steps, the last one first.
    let mut lowest = [triple.middle; 3];
    let mut steps = [0.0_f64; 2];
    for _ in 0..MOST {
        let best = lowest[0].alpha;
        let least = tolerance * best;
        let middle = f64::midpoint(left, right);
        if (best - middle).abs() <= 2.0 * least - 0.5 * (right - left) {
            break;
        }
        let parabola = parabola_step(&lowest).filter(|step| {
            let next = best + step;
            steps[1].abs() > least && step.abs() < 0.5 * steps[1].abs() && left < next && next < right
        });
        let (step, phase) = match parabola {
            Some(step) if (best + step - left).min(right - best - step) < 2.0 * least => {
                (least.copysign(middle - best), Phase::Parabola)
            }
            Some(step) => (step, Phase::Parabola),
            None => {
                let longer = if best >= middle { left - best } else { right - best };
                steps[0] = longer;
                (SHORTER * longer, Phase::Golden)
            }
        };
        steps = [step, steps[0]];
        let alpha = best + if step.abs() >= least { step } else { least.copysign(step) };
        if line.is_same_point(alpha, best) {
            break;
        }
        let how = if phase == Phase::Parabola { Origin::Interpolated } else { Origin::Golden };
        let here = line.look(alpha, false, how, phase, Some((left, right))).knot();
        if here.value.is_finite() {
            line.rule(alpha, Verdict::Narrowed);
        }
        let is_lower = here.value.is_finite() && here.value <= lowest[0].value;
        let end = if is_lower { best } else { alpha };
        if (alpha > best) == is_lower {
            left = end;
        } else {
            right = end;
        }
        keep(&mut lowest, here, is_lower);
    }
    line.rule(lowest[0].alpha, Verdict::Accepted);
    lowest[0].alpha
}

/// Puts a look among the lowest three.
fn keep(lowest: &mut [Knot; 3], here: Knot, is_lower: bool) {
    let [first, second, third] = *lowest;
    if is_lower {
        *lowest = [here, first, second];
    } else if here.value <= second.value || second.alpha == first.alpha {
        *lowest = [first, here, second];
    } else if here.value <= third.value || third.alpha == first.alpha || third.alpha == second.alpha {
        *lowest = [first, second, here];
    }
}

/// From the lowest look to the bottom of the parabola through all three; `None` while they are not apart.
fn parabola_step([first, second, third]: &[Knot; 3]) -> Option<f64> {
    let (to_second, to_third) = (first.alpha - second.alpha, first.alpha - third.alpha);
    let (rise_second, rise_third) = (first.value - second.value, first.value - third.value);
    let (one, two) = (to_second * rise_third, to_third * rise_second);
    let step = -0.5 * (to_second * one - to_third * two) / (one - two);
    step.is_finite().then_some(step)
}
