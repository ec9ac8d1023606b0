//! The map's sheet: from coordinates to dots, and which way a point has left it.

use crate::app::look::viewport::Viewport;
use crate::engine::number::{short, trimmed};
use crate::objective::point::Point;
use crate::view::map::plane::Plane;
use crate::view::paper::frame::shorten;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Theme;

/// The scales of the two axes, in dots.
pub struct Sheet {
    /// Of the first axis.
    pub across: Scale,
    /// Of the second axis.
    pub down: Scale,
    /// The low and the high end of the two axes.
    pub window: [[f64; 2]; 2],
    /// The plane that it shows.
    pub plane: Plane,
}

impl Sheet {
    /// The sheet that shows a window on a raster.
    pub fn new(plane: Plane, window: [[f64; 2]; 2], raster: &Raster) -> Self {
        Self {
            across: Scale::linear(window[0][0], window[0][1], raster.width()),
            down: Scale::linear(window[1][0], window[1][1], raster.height()).upward(),
            window,
            plane,
        }
    }

    /// The dot of a point, which may lie outside.
    pub fn place(&self, point: &Point) -> Option<(f64, f64)> {
        let [right, up] = self.plane.place(point);
        Some((self.across.dot(right)?, self.down.dot(up)?))
    }

    /// The dot on the sheet that is nearest to a point.
    pub fn edge(&self, point: &Point) -> Option<(f64, f64)> {
        let place = self.plane.place(point);
        let held = |axis: usize| place[axis].max(self.window[axis][0]).min(self.window[axis][1]);
        Some((self.across.dot(held(0))?, self.down.dot(held(1))?))
    }

    /// Which way the window is left to reach a point: signs of right and up, or `None` if it is inside.
    pub fn way_out(&self, point: &Point) -> Option<(i8, i8)> {
        let side = |value: f64, [low, high]: [f64; 2]| i8::from(value > high) - i8::from(value < low);
        let [right, up] = self.plane.place(point);
        let way = (side(right, self.window[0]), side(up, self.window[1]));
        (way != (0, 0)).then_some(way)
    }

    /// How far beyond the window a point lies.
    pub fn beyond(&self, point: &Point) -> f64 {
        let place = self.plane.place(point);
        let over = |axis: usize| {
            let [low, high] = self.window[axis];
            (place[axis] - high).max(low - place[axis]).max(0.0)
        };
        over(0).hypot(over(1))
    }
}

/// The ends of a window, with as many digits as it takes to tell them apart.
pub fn ends([low, high]: [f64; 2]) -> String {
    let size = low.abs().max(high.abs()) / (high - low);
    let digits = if size.is_finite() { size.log10().ceil().clamp(0.0, 12.0) as usize + 3 } else { 15 };
    format!("{}…{}", trimmed(low, digits.max(4)), trimmed(high, digits.max(4)))
}

/// How many times the map is magnified, if it is, as a scale.
pub fn magnified(viewport: Viewport) -> String {
    let factor = viewport.factor();
    match factor {
        1.0 => String::new(),
        1.0.. => format!("   {}:1", short(factor)),
        _ => format!("   1:{}", short(1.0 / factor)),
    }
}

/// Corners, blanks, and a stretch of the edge between a title and what stands beside it.
pub const AROUND: usize = 8;

/// A title cut so that a note stands beside it, where that leaves its slice and enough of its formula.
pub fn beside(title: &str, slice: &str, note: &str, width: u16, theme: Theme) -> String {
    const LEAST: usize = 12;
    let room = usize::from(width).saturating_sub(theme.text(note).chars().count() + AROUND);
    let least = LEAST + theme.text(slice).chars().count();
    if note.is_empty() || room < least { title.to_owned() } else { shorten(title, room, theme) }
}

/// The arrow nearest to a direction on the screen.
pub fn compass(right: f64, down: f64) -> Mark {
    let sign = |along: f64, other: f64| if along.abs() * 2.0 < other.abs() { 0 } else { along.signum() as i8 };
    Mark::Arrow(sign(right, down), -sign(down, right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::Glyphs;

    #[test]
    fn the_ends_of_a_small_window_can_be_told_apart() {
        assert_eq!(ends([-3.0, 3.0]), "−3…3");
        assert_eq!(ends([1.0, 1.000_001]), "1…1.000001");
        assert_eq!(ends([-1e308, 1e308]), "−1.0e308…1.0e308");
    }

    #[test]
    fn what_is_outside_is_told_by_its_way_and_its_distance() {
        let plane = Plane::coordinates(&Point::zeros(2), [0, 1]);
        let sheet = Sheet::new(plane, [[-1.0, 1.0], [-2.0, 2.0]], &Raster::new(20, 10, Glyphs::Braille));
        for (point, way, beyond) in [
            ([0.5, 2.0], None, 0.0),
            ([4.0, 6.0], Some((1, 1)), 5.0),
            ([-3.0, 0.0], Some((-1, 0)), 2.0),
            ([0.0, f64::NEG_INFINITY], Some((0, -1)), f64::INFINITY),
        ] {
            let point = Point::from_column_slice(&point);
            assert_eq!((sheet.way_out(&point), sheet.beyond(&point)), (way, beyond), "{point}");
        }
    }
}
