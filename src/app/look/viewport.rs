//! Looking around: the part of the map in view, moved and magnified from what the lesson shows.

use crate::engine::number::Sense;

/// How far one key moves the view, as a share of what is in view.
const STRIDE: f64 = 0.25;
/// The most halvings or doublings of the window.
const MOST_ZOOM: i32 = 30;
/// The most that the view moves away, in windows of the lesson.
const FARTHEST: f64 = 1e6;

/// A view, told from the lesson's window: no move and no zoom show that window itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Viewport {
    /// How far the middle was moved right and up, in lengths of the lesson's window.
    moved: [f64; 2],
    /// How often the window was halved; below 0, doubled.
    zoom: i32,
}

impl Viewport {
    /// Moves the view: signs of right and up.
    pub fn pan(&mut self, right: i8, up: i8) {
        let stride = STRIDE / self.factor();
        for (moved, sign) in self.moved.iter_mut().zip([right, up]) {
            *moved = (*moved + f64::from(sign) * stride).clamp(-FARTHEST, FARTHEST);
        }
    }

    /// Twice as close (more), or half as close.
    pub fn zoom(&mut self, sense: Sense) {
        self.zoom = (self.zoom + sense.sign()).clamp(-MOST_ZOOM, MOST_ZOOM);
    }

    /// How many times closer than the lesson's window.
    pub fn factor(&self) -> f64 {
        2.0_f64.powi(self.zoom)
    }

    /// The ends in view along an axis (0 across, 1 up) whose ends in the lesson are `low` and `high`. Where numbers end,
    /// far out or deep in, the lesson's window stays.
    pub fn window(&self, axis: usize, [low, high]: [f64; 2]) -> [f64; 2] {
        if *self == Self::default() {
            return [low, high];
        }
        let half = high / 2.0 - low / 2.0;
        let middle = low / 2.0 + high / 2.0 + self.moved[axis] * half * 2.0;
        let (from, to) = (middle - half / self.factor(), middle + half / self.factor());
        let fits = from < to && (to - from).is_finite() && (to - from) > middle.abs() * 1e-13;
        if fits { [from, to] } else { [low, high] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_a_moved_and_scaled_window() {
        let mut viewport = Viewport::default();
        assert_eq!(viewport.window(1, [-25.0, 25.0]), [-25.0, 25.0]);
        viewport.zoom(Sense::More);
        viewport.zoom(Sense::More);
        assert_eq!(viewport.window(0, [-4.0, 4.0]), [-1.0, 1.0]);
        viewport.pan(1, -1);
        assert_eq!((viewport.window(0, [-4.0, 4.0]), viewport.window(1, [0.0, 16.0])), ([-0.5, 1.5], [5.0, 9.0]));
        viewport.pan(-1, 1);
        viewport.zoom(Sense::Less);
        viewport.zoom(Sense::Less);
        assert_eq!(viewport, Viewport::default());
        viewport.zoom(Sense::Less);
        assert_eq!(viewport.window(0, [-4.0, 4.0]), [-8.0, 8.0]);
    }

    #[test]
    fn wherever_one_looks_there_is_a_window() {
        for base in [[-3.0, 3.0], [1e15, 1.000_1e15], [-8e307, 8e307], [-1e-300, 1e-300], [1e308, 1.5e308]] {
            for keys in ["+", "-", "+>", "->", ">", "+<>>"] {
                let mut viewport = Viewport::default();
                for key in keys.chars().cycle().take(200) {
                    match key {
                        '+' | '-' => viewport.zoom(if key == '+' { Sense::More } else { Sense::Less }),
                        _ => viewport.pan(if key == '>' { 1 } else { -1 }, 1),
                    }
                    let [low, high] = viewport.window(0, base);
                    assert!(low < high && (high - low).is_finite(), "{base:?} {keys}: {low} {high}");
                }
            }
        }
    }
}
