//! A chart: curves against t, or against what they cost, with ticks, bounds drawn as dots, and a letter at each end.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::engine::number::{right, short};
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::axes::Axes;

/// What a curve is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveKind {
    /// The learner's run.
    Mine,
    /// Another run.
    Rival,
    /// What a theorem allows: dotted, with its name.
    Bound,
    /// What is planned: dotted.
    Plan,
}

/// One curve.
#[derive(Debug, Clone)]
pub struct Curve {
    /// What it is.
    pub kind: CurveKind,
    /// The letter of its run.
    pub letter: char,
    /// The name of its run or bound.
    pub name: String,
    pub ink: Ink,
    /// Its points, from left to right; all are finite.
    pub points: Vec<(f64, f64)>,
}

/// Whether a logarithmic scale shows more: nothing is negative and the positive values span 1.5 decades.
pub fn is_logarithmic(curves: &[Curve]) -> bool {
    let values = || curves.iter().flat_map(|curve| &curve.points).map(|(_, value)| *value);
    let (low, high) = values()
        .filter(|value| *value > 0.0)
        .fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    // A plan that starts or ends at α = 0 has its shape on a linear scale only.
    let is_planned = curves.iter().any(|curve| curve.kind == CurveKind::Plan);
    let is_on_scale = |value: f64| if is_planned { value > 0.0 } else { value >= 0.0 };
    values().all(is_on_scale) && high.log10() - low.log10() > 1.5
}

/// Where a chart puts its numbers.
pub struct Chart<'a> {
    axes: Axes,
    labels: Vec<(f64, String)>,
    label_width: u16,
    axis: &'a str,
}

impl<'a> Chart<'a> {
    /// A chart in an area, its horizontal axis from 0 on and named; `None` if there is no room for one.
    pub fn new(curves: &[Curve], axis: &'a str, theme: Theme, area: Rect) -> Option<Self> {
        let rows = area.height.checked_sub(1).filter(|rows| *rows >= 2)?;
        let (dots_across, dots_down) = Raster::dots_per_cell(theme.glyphs);
        let points = || curves.iter().flat_map(|curve| &curve.points);
        // A bound far above all runs would press them flat.
        let runs = curves.iter().filter(|curve| curve.kind != CurveKind::Bound).flat_map(|curve| &curve.points);
        let highest = runs.map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
        let values = || points().map(|(_, value)| *value).filter(|value| *value <= 10.0 * highest || highest <= 0.0);
        let down = usize::from(rows) * dots_down;
        let up = if is_logarithmic(curves) {
            Scale::around_logarithmic(values(), down).upward()
        } else {
            Scale::around(values(), down).upward()
        };
        let (low, high) =
            values().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), value| (l.min(value), h.max(value)));
        // What never changes has one height, and one name for it.
        let is_level = high - low <= 1e-9 * high.abs();
        let labels = if is_level { vec![(high, short(high))] } else { up.ticks((usize::from(rows) / 2).clamp(2, 6)) };
        let label_width = labels.iter().map(|(_, label)| theme.text(label).width()).max().unwrap_or(0) as u16;
        let columns = area.width.checked_sub(label_width + 1).filter(|columns| *columns >= 8)?;
        let last = points().map(|(x, _)| *x).fold(1.0, f64::max);
        let across = Scale::linear(0.0, last, usize::from(columns) * dots_across);
        let canvas = Rect { x: area.x + label_width + 1, width: columns, height: rows, ..area };
        Some(Chart { axes: Axes::new(canvas, across, up, theme.glyphs), labels, label_width, axis })
    }

    /// Draws both axes with their ticks.
    pub fn axes(&self, pad: &mut Pad<'_>) {
        self.axes.upright(pad);
        for (value, label) in &self.labels {
            if let Some(row) = self.axes.row_of(*value) {
                let label = right(&pad.theme.text(label), usize::from(self.label_width));
                self.axes.tick(row, (&label, Ink::Axis), pad);
            }
        }
        self.axes.count(self.axis, pad);
    }

    fn place(&self, (x, value): (f64, f64)) -> Option<(f64, f64)> {
        self.axes.place(x, value)
    }

    /// Bounds and plans first, then the rivals, the learner's run over them, then the marks: letters name runs, so colour
    /// is not needed.
    pub fn curves(&self, curves: &[Curve], pad: &mut Pad<'_>) {
        let (theme, canvas) = (pad.theme, self.axes.canvas);
        let mut raster = Raster::new(canvas.width, canvas.height, theme.glyphs);
        let is_dotted = |curve: &&Curve| matches!(curve.kind, CurveKind::Bound | CurveKind::Plan);
        for curve in curves.iter().filter(is_dotted) {
            let places = self.thinned(&curve.points);
            for pair in places.windows(2) {
                raster.dashed(pair[0], pair[1], 3, curve.ink);
            }
        }
        for curve in curves.iter().rev().filter(|curve| !is_dotted(curve)) {
            raster.chain(self.thinned(&curve.points), curve.ink);
            let dot = if curve.kind == CurveKind::Mine { symbol(theme, Mark::Iterate) } else { curve.letter };
            let is_sparse = curve.points.len() * 4 <= usize::from(self.axes.canvas.width);
            for point in curve.points.iter().filter(|_| is_sparse) {
                if let Some((column, row)) = self.place(*point).and_then(|place| raster.cell_at(place)) {
                    raster.stamp(usize::from(column), usize::from(row), dot, curve.ink);
                }
            }
        }
        let taken = self.ends(curves, theme, &mut raster);
        self.names(curves, theme, taken, &mut raster);
        raster.paint(theme, canvas, pad.cells);
    }

    /// The letter of each run where it stands, or left of it where another letter has the place already: in its own row,
    /// since another row would be another value.
    fn ends(&self, curves: &[Curve], theme: Theme, raster: &mut Raster) -> Vec<(u16, u16)> {
        let floor = raster.height().saturating_sub(1) as f64;
        let mut taken = Vec::new();
        let is_run = |curve: &&Curve| matches!(curve.kind, CurveKind::Mine | CurveKind::Rival);
        let is_alone = curves.iter().filter(is_run).count() == 1;
        for curve in curves.iter().filter(is_run) {
            let end = curve.points.last().and_then(|point| self.place(*point));
            let Some((column, row)) = end.and_then(|(x, y)| raster.cell_at((x, y.clamp(0.0, floor)))) else { continue };
            let Some(column) = (0..=column).rev().find(|column| !taken.contains(&(*column, row))) else { continue };
            let letter = if is_alone { symbol(theme, Mark::Here) } else { curve.letter };
            let letter = theme.text(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or('?');
            let ink = if curve.kind == CurveKind::Mine { Ink::Here } else { curve.ink };
            raster.stamp(usize::from(column), usize::from(row), letter, ink);
            taken.push((column, row));
        }
        taken
    }

    /// The name of each bound, and of each plan that has one, along its last stretch, where no letter stands and no other name.
    fn names(&self, curves: &[Curve], theme: Theme, mut taken: Vec<(u16, u16)>, raster: &mut Raster) {
        let floor = raster.height().saturating_sub(1) as f64;
        for curve in curves
            .iter()
            .filter(|curve| matches!(curve.kind, CurveKind::Bound | CurveKind::Plan) && !curve.name.is_empty())
        {
            let name = theme.text(&curve.name).into_owned();
            let wide = name.width() as u16;
            let Some(first) = self.axes.canvas.width.checked_sub(wide + 2) else { continue };
            // Beside the place where the curve passes the middle of its name.
            let middle =
                self.axes.across.value(f64::from(first + wide / 2) * Raster::dots_per_cell(theme.glyphs).0 as f64);
            let Some(point) = curve.points.iter().rfind(|(x, _)| *x <= middle).or(curve.points.first()) else {
                continue;
            };
            let Some((_, row)) = self.place(*point).and_then(|(x, y)| raster.cell_at((x, y.clamp(0.0, floor)))) else {
                continue;
            };
            let rows = [row.checked_sub(1), Some(row + 1), Some(row)];
            let is_free = |row: &u16| {
                *row < self.axes.canvas.height && (first..first + wide).all(|column| !taken.contains(&(column, *row)))
            };
            let Some(row) = rows.into_iter().flatten().find(is_free) else { continue };
            for (column, letter) in (first..).zip(name.chars()) {
                raster.stamp(usize::from(column), usize::from(row), letter, curve.ink);
                taken.push((column, row));
            }
        }
    }

    /// The places of a curve, at most four in a column of dots: its first, lowest, highest and last.
    fn thinned(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut places: Vec<(f64, f64)> = Vec::new();
        let mut column: Vec<(f64, f64)> = Vec::new();
        for place in points.iter().filter_map(|point| self.place(*point)) {
            if column.first().is_some_and(|first| first.0.round() != place.0.round()) {
                places.append(&mut column);
            }
            if let [_, low, high, last] = &mut column[..] {
                low.1 = low.1.min(place.1);
                high.1 = high.1.max(place.1);
                *last = place;
            } else {
                column.push(place);
            }
        }
        places.append(&mut column);
        places
    }
}

fn symbol(theme: Theme, mark: Mark) -> char {
    theme.symbol(mark).chars().next().unwrap_or('o')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::paper::specimen::{THEMES, drawn};

    fn curve(kind: CurveKind, name: &str, points: Vec<(f64, f64)>) -> Curve {
        Curve { kind, letter: name.chars().next().unwrap(), name: name.into(), ink: Ink::Path, points }
    }

    #[test]
    fn long_runs_are_thinned() {
        let points: Vec<(f64, f64)> = (0..100_000_u32).map(|t| (f64::from(t), 1.0 / (1.0 + f64::from(t)))).collect();
        let curves = [curve(CurveKind::Mine, "A", points)];
        let chart = Chart::new(&curves, "t", THEMES[0], Rect::new(0, 0, 60, 12)).unwrap();
        let all: Vec<(f64, f64)> = (0..100_000_u32).map(|t| (f64::from(t), f64::from(t % 7))).collect();
        assert!(chart.thinned(&all).len() <= 4 * 2 * 60);
    }

    #[test]
    fn bounds_are_dotted_and_named_beside_letters() {
        let run: Vec<(f64, f64)> = (0..40).map(|t| (f64::from(t), 0.8_f64.powi(t))).collect();
        let bound: Vec<(f64, f64)> = (1..40).map(|t| (f64::from(t), 1.0 / f64::from(t))).collect();
        let curves = [
            curve(CurveKind::Mine, "A", run.clone()),
            curve(CurveKind::Rival, "B", run),
            curve(CurveKind::Bound, "O(1/k)", bound),
        ];
        for theme in THEMES {
            let text = drawn((50, 12), theme, |pad| {
                let chart = Chart::new(&curves, "evals", theme, pad.area).unwrap();
                chart.axes(pad);
                chart.curves(&curves, pad);
            });
            assert!(text.contains("O(1/k)") && text.contains('A') && text.contains('B'), "{text}");
            assert!(text.contains("BA"), "letters of equal runs stand in one row: {text}");
            assert!(text.trim_end().ends_with("evals"), "{text}");
        }
    }
}
