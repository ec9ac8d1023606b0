//! The map of a landscape: lines of equal height over dim bands, placed so that valleys can be seen.

use crate::app::look::appearance::Glyphs;
use crate::engine::number;
use crate::view::paper::raster::{Raster, stroke};
use crate::view::paper::theme::Ink;

/// The band of a value that is not finite: off the map, as for ln at 0.
const NOWHERE: u8 = u8::MAX;
/// In ASCII a line shows its level again after so many cells along and rows down.
const DIGIT_EVERY: (usize, usize) = (14, 5);

/// The objective at every dot of a map, row by row from the upper left; x₂ grows upward.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    columns: usize,
    rows: usize,
    values: Vec<f64>,
}

impl Grid {
    /// Asks f(x₁, x₂) at every dot of the window `[[x₁ low, x₁ high], [x₂ low, x₂ high]]`, the ends on the outermost dots.
    pub fn sample(columns: usize, rows: usize, window: [[f64; 2]; 2], f: impl Fn(f64, f64) -> f64) -> Self {
        let place = |[low, high]: [f64; 2], index: usize, count: usize| {
            let share = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.5 };
            low * (1.0 - share) + high * share
        };
        // The same places in every row: to divide for each dot anew would cost a tenth of the whole.
        let across: Vec<f64> = (0..columns).map(|column| place(window[0], column, columns)).collect();
        let mut values = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            let x2 = place(window[1], rows - 1 - row, rows);
            values.extend(across.iter().map(|x1| f(*x1, x2)));
        }
        Grid { columns, rows, values }
    }

    /// The value at a dot, counted from the upper left.
    pub fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.columns + column]
    }
}

/// The heights at which lines are drawn: even steps of `ln(1 + (f − f_min) / s)`.
///
/// With s = 1 this would depend on the units of f: a landscape of height 0.01 would get even steps of f, one of height
/// 10⁶ nothing but the bottom of its valley. So s is the scale at which half of the map lies below two thirds of the
/// levels: long tails are compressed, and a landscape without one, as a saddle, keeps nearly even steps of f. In the end each
/// height is rounded to two digits of its step, so that a line stands exactly where its name says.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    heights: Vec<f64>,
}

impl Levels {
    /// How many levels a map shows: 9 in braille, 6 in ASCII.
    pub fn count_for(glyphs: Glyphs) -> usize {
        if glyphs == Glyphs::Braille { 9 } else { 6 }
    }

    /// So many levels for the values of a grid: the first begins at the lowest value, and each further one at a line.
    pub fn of(grid: &Grid, count: usize) -> Self {
        let sorted = sample_in_order(&grid.values);
        let (Some(&low), Some(&top)) = (sorted.first(), sorted.get(sorted.len() * 99 / 100)) else {
            return Levels { heights: Vec::new() };
        };
        let span = top / 2.0 - low / 2.0;
        if span <= 0.0 {
            return Levels { heights: vec![low] };
        }
        let middle = (sorted[sorted.len() / 2] / 2.0 - low / 2.0) / span;
        let bend = bend(middle);
        let share = |level: usize| (bend.ln_1p() * level as f64 / count as f64).exp_m1() / bend;
        let exact = |level: usize| low + share(level) * span * 2.0;
        let round = |level: usize| to_two_digits(exact(level), exact(level) - exact(level - 1));
        Levels { heights: std::iter::once(low).chain((1..count).map(round)).collect() }
    }

    /// The band of a value: the highest level that begins at or below it.
    pub fn band(&self, value: f64) -> u8 {
        if !value.is_finite() {
            return NOWHERE;
        }
        self.heights.iter().skip(1).take_while(|height| **height <= value).count() as u8
    }

    /// How many levels there are; fewer than asked for where the landscape is flat.
    pub fn count(&self) -> usize {
        self.heights.len()
    }

    /// The height of a line, written for a label; level 0 is the lowest value seen, and no line.
    pub fn name(&self, level: usize) -> String {
        self.heights.get(level).map_or_else(String::new, |height| number::trimmed(*height, 12))
    }
}

/// Rounds a height to a tenth of the power of ten in its distance from the one below.
fn to_two_digits(height: f64, step: f64) -> f64 {
    let unit = 10f64.powf(step.log10().floor() - 1.0);
    let rounded = (height / unit).round() * unit;
    if rounded.is_finite() { rounded } else { height }
}

/// At most some thousands of the finite values, in order, the lowest one among them.
fn sample_in_order(values: &[f64]) -> Vec<f64> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    // A stride that is prime to usual widths, so that no column of the map is preferred.
    let stride = if values.len() > 8192 { (values.len() / 4096) | 1 } else { 1 };
    let mut sorted: Vec<f64> = finite().step_by(stride).chain(finite().reduce(f64::min)).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The factor c for which ln(1 + c·middle) / ln(1 + c) is two thirds, by bisection of its exponent.
fn bend(middle: f64) -> f64 {
    let (mut low, mut high) = (-6.0f64, 9.0f64);
    for _ in 0..40 {
        let power = f64::midpoint(low, high);
        let factor = 10f64.powf(power);
        if (factor * middle).ln_1p() / factor.ln_1p() < 2.0 / 3.0 {
            low = power;
        } else {
            high = power;
        }
    }
    10f64.powf(low)
}

/// The bands of a grid, ready to be drawn as often as needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Contour {
    grid: Grid,
    bands: Vec<u8>,
    /// The levels that part the bands.
    pub levels: Levels,
}

/// How wide the lines of the map are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EdgeWidth {
    /// One dot.
    Thin,
    /// Every dot that has a neighbour in another band.
    Whole,
}

impl Contour {
    /// Sorts the values of a grid into so many bands.
    pub fn of(grid: Grid, count: usize) -> Self {
        let levels = Levels::of(&grid, count);
        let bands = grid.values.iter().map(|value| levels.band(*value)).collect();
        Contour { grid, bands, levels }
    }

    /// Sorts the values of a grid into the bands between levels chosen elsewhere.
    pub fn at(grid: Grid, levels: Levels) -> Self {
        let bands = grid.values.iter().map(|value| levels.band(*value)).collect();
        Contour { grid, bands, levels }
    }

    /// Draws the lines alone, every other dot of them.
    pub fn paint_dotted(&self, ink: Ink, raster: &mut Raster) {
        for (column, row, _) in self.edges(EdgeWidth::Thin).filter(|(column, row, _)| (column + row) % 2 == 0) {
            raster.dot((column as f64, row as f64), ink);
        }
    }

    /// The band of every dot, row by row from the upper left; 255 where the value is not finite.
    pub fn bands(&self) -> &[u8] {
        &self.bands
    }

    /// Draws ground and lines. The grid has to have been sampled at the resolution of the raster; where it was not, what
    /// both have is drawn.
    pub fn paint(&self, raster: &mut Raster) {
        self.lay_ground(raster);
        if raster.glyphs() == Glyphs::Braille {
            for (column, row, level) in self.edges(EdgeWidth::Thin) {
                raster.dot((column as f64, row as f64), Ink::IsoLine(level));
            }
        } else {
            self.write_lines(raster);
        }
    }

    /// The dots on a line, with its level: where the band differs from the right or the lower neighbour. For thin lines
    /// only the one of the two counts to which the land rises faster.
    fn edges(&self, width: EdgeWidth) -> impl Iterator<Item = (usize, usize, u8)> {
        (0..self.grid.rows).flat_map(move |row| {
            (0..self.grid.columns).filter_map(move |column| {
                let here = self.bands[row * self.grid.columns + column];
                let right = self.band_at(column + 1, row).filter(|band| *band != here);
                let below = self.band_at(column, row + 1).filter(|band| *band != here);
                right.or(below)?;
                let (across, upward) = if width == EdgeWidth::Thin { self.slope(column, row) } else { (0.0, 0.0) };
                let counts = |one: f64, other: f64| one.abs() >= other.abs() || one.is_nan() || other.is_nan();
                let right = right.filter(|_| counts(across, upward));
                let below = below.filter(|_| counts(upward, across));
                right.or(below).map(|other| (column, row, other.max(here)))
            })
        })
    }

    fn band_at(&self, column: usize, row: usize) -> Option<u8> {
        let inside = column < self.grid.columns && row < self.grid.rows;
        inside.then(|| self.bands[row * self.grid.columns + column])
    }

    /// The ground of a cell is the mean of its dots.
    fn lay_ground(&self, raster: &mut Raster) {
        let (across, down) = Raster::dots_per_cell(raster.glyphs());
        for row in 0..self.grid.rows / down {
            for column in 0..self.grid.columns / across {
                let dots = (0..across * down)
                    .filter_map(|dot| self.band_at(column * across + dot % across, row * down + dot / across))
                    .filter(|band| *band != NOWHERE);
                let (count, sum) = dots.fold((0, 0), |(count, sum), band| (count + 1, sum + usize::from(band)));
                if count * 2 >= across * down {
                    raster.shade(column, row, Ink::Band(((sum * 2 + count) / (count * 2)) as u8));
                }
            }
        }
    }

    /// Lines as strokes along their slope, now and then with the digit of their level.
    fn write_lines(&self, raster: &mut Raster) {
        let mut digits: Vec<(usize, usize, u8)> = Vec::new();
        for (column, row, level) in self.edges(EdgeWidth::Whole) {
            let (right, up) = self.slope(column, row);
            let near = |&(x, y, other): &(usize, usize, u8)| {
                let (along, down) = if other == level { DIGIT_EVERY } else { (3, 1) };
                x.abs_diff(column) < along && y.abs_diff(row) < down
            };
            let symbol = if level == NOWHERE {
                '#'
            } else if column > 0 && row > 0 && !digits.iter().any(near) {
                digits.push((column, row, level));
                char::from(b'0' + level.min(9))
            } else {
                stroke(-up, right)
            };
            raster.stamp(column, row, symbol, Ink::IsoLine(level));
        }
    }

    /// How fast the values grow to the right and upward, in dots; a line runs across it.
    fn slope(&self, column: usize, row: usize) -> (f64, f64) {
        let (left, above) = (column.saturating_sub(1), row.saturating_sub(1));
        let right = (column + 1).min(self.grid.columns - 1);
        let below = (row + 1).min(self.grid.rows - 1);
        let change = |from: f64, to: f64, dots: usize| (to / 2.0 - from / 2.0) / dots.max(1) as f64;
        (
            change(self.grid.value(left, row), self.grid.value(right, row), right - left),
            change(self.grid.value(column, below), self.grid.value(column, above), below - above),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::{Depth, Ground};
    use crate::view::paper::frame::Frame;
    use crate::view::paper::pad::Pad;
    use crate::view::paper::scale::Scale;
    use crate::view::paper::theme::Theme;
    use ratatui::{buffer::Buffer, layout::Rect};

    const WINDOW: [[f64; 2]; 2] = [[-2.0, 2.0], [-1.0, 3.0]];

    fn rosenbrock(x1: f64, x2: f64) -> f64 {
        (1.0 - x1).powi(2) + 100.0 * (x2 - x1 * x1).powi(2)
    }

    #[test]
    fn a_plane_has_straight_lines_where_their_names_say() {
        let contour = Contour::of(Grid::sample(91, 5, [[0.0, 9.0], [0.0, 1.0]], |x1, _| x1), 9);
        let rows: Vec<Vec<usize>> = (0..5)
            .map(|row| contour.edges(EdgeWidth::Thin).filter(|edge| edge.1 == row).map(|edge| edge.0).collect())
            .collect();
        assert!(rows.iter().all(|row| *row == rows[0]), "{rows:?}");
        assert_eq!(rows[0].len(), 8);
        assert!(rows[0].windows(2).all(|pair| (6..=16).contains(&(pair[1] - pair[0]))), "{rows:?}");
        for (level, column) in rows[0].iter().enumerate() {
            let height: f64 = contour.levels.name(level + 1).parse().unwrap();
            assert!((*column as f64 / 10.0 - height).abs() <= 0.101, "{height} at {column}");
        }
    }

    #[test]
    fn x2_grows_upward() {
        let grid = Grid::sample(3, 4, WINDOW, |_, x2| x2);
        assert_eq!((grid.value(0, 0), grid.value(2, 3)), (3.0, -1.0));
    }

    #[test]
    fn bands_rise_with_the_value_and_divide_the_map() {
        for scale in [1e-6, 1.0, 1e9, 1e300] {
            let grid = Grid::sample(76, 56, WINDOW, |x1, x2| scale * rosenbrock(x1, x2));
            let contour = Contour::of(grid.clone(), 9);
            assert_eq!(contour.levels.count(), 9);
            let mut pairs: Vec<(f64, u8)> = grid.values.iter().copied().zip(contour.bands().iter().copied()).collect();
            pairs.sort_by(|one, next| one.0.total_cmp(&next.0));
            assert!(pairs.windows(2).all(|pair| pair[0].1 <= pair[1].1));
            for band in 0..9 {
                let share = pairs.iter().filter(|pair| pair.1 == band).count() as f64 / pairs.len() as f64;
                assert!(share > 0.01 && share < 0.35, "band {band} covers {share} at scale {scale}");
            }
        }
    }

    #[test]
    fn what_is_not_finite_or_flat_is_no_panic() {
        let edge = Contour::of(Grid::sample(20, 20, WINDOW, |x1, x2| x1.ln() + 1.0 / x2), 9);
        assert!(edge.bands().contains(&NOWHERE) && edge.levels.count() == 9);
        for value in [0.0, -1e308, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let flat = Contour::of(Grid::sample(8, 8, WINDOW, |_, _| value), 9);
            assert_eq!(flat.edges(EdgeWidth::Thin).count(), 0);
            assert!(flat.levels.count() <= 1 && flat.levels.name(7).is_empty());
        }
        let huge = Contour::of(Grid::sample(9, 9, WINDOW, |x1, _| x1.signum() * f64::MAX), 9);
        assert!(huge.edges(EdgeWidth::Thin).count() > 0);
        assert_eq!(Contour::of(Grid::sample(0, 0, WINDOW, rosenbrock), 9).bands().len(), 0);
    }

    #[test]
    fn in_ascii_lines_carry_their_level() {
        let mut raster = Raster::new(38, 14, Glyphs::Ascii);
        Contour::of(Grid::sample(38, 14, WINDOW, rosenbrock), 6).paint(&mut raster);
        let mut cells = Buffer::empty(Rect::new(0, 0, 38, 14));
        let theme = Theme {
            glyphs: Glyphs::Ascii,
            depth: Depth::None,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        raster.paint(theme, cells.area, &mut cells);
        let seen: String = cells.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(seen.chars().all(|symbol| " -|/\\12345".contains(symbol)), "{seen}");
        assert!("12345-|/\\".chars().all(|symbol| seen.contains(symbol)), "{seen}");
    }

    /// A small generator of pseudo-random numbers (xorshift), wild values among them.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % sides
        }

        fn value(&mut self) -> f64 {
            let wild = [0.0, 1e308, -1e308, f64::MAX, 5e-324, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e17, -0.5];
            match self.roll(3) {
                0 => wild[self.roll(10) as usize],
                1 => f64::from_bits(self.roll(u64::MAX)),
                _ => self.roll(400) as f64 / 3.0 - 60.0,
            }
        }
    }

    #[test]
    fn two_thousand_wild_frames_are_drawn() {
        let mut dice = Dice(0x0D15_EA5E);
        for _ in 0..2000 {
            let glyphs = [Glyphs::Braille, Glyphs::Ascii][dice.roll(2) as usize];
            let depth = [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True][dice.roll(4) as usize];
            let theme = Theme {
                glyphs,
                depth,
                ground: [Ground::Dark, Ground::Light][dice.roll(2) as usize],
                notation: crate::app::look::notation::Notation::Lmu,
            };
            let mut cells = Buffer::empty(Rect::new(0, 0, dice.roll(30) as u16, dice.roll(12) as u16));
            let area = Rect::new(dice.roll(9) as u16, dice.roll(5) as u16, dice.roll(30) as u16, dice.roll(14) as u16);
            let (low, high, title) = (dice.value(), dice.value(), format!("α {:e} 漢", dice.value()));
            let inner =
                Frame { title: &title, right: "Aé", bottom: &title }.draw(&mut Pad::new(theme, area, &mut cells));
            let mut raster = Raster::new(inner.width, inner.height, glyphs);
            let (a, b, window) = (dice.value(), dice.value(), [[low, high], [high, dice.value()]]);
            let grid = Grid::sample(raster.width(), raster.height(), window, |x1, x2| a * x1 * x1 + b * x2 + x1 / x2);
            Contour::of(grid, Levels::count_for(glyphs)).paint(&mut raster);
            let scale = Scale::linear(low, high, raster.width());
            for ink in [Ink::Path, Ink::Ray, Ink::Rival(200)] {
                let from = (scale.dot(dice.value()).unwrap_or(f64::NAN), dice.value());
                raster.dashed(from, (dice.value(), dice.value()), dice.roll(4) as usize, ink);
                raster.dot((dice.value(), dice.value()), ink);
            }
            raster.paint(theme, inner, &mut cells);
            for (value, name) in scale.ticks(5) {
                let at = (value as u16, area.y);
                Pad::new(theme, area, &mut cells).put(&name, Ink::Axis, at, dice.roll(9) as u16);
            }
            if glyphs == Glyphs::Ascii {
                assert!(cells.content.iter().all(|cell| cell.symbol().is_ascii()));
            }
        }
    }
}
