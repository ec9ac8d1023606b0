//! The progress panel: how far each run still is from f*, iteration by iteration.

use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::UnicodeWidthStr;

use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::number::{right, short};
use crate::engine::record::Step;
use crate::view::drawn::Drawn;
use crate::view::lines::{self, Line, frame_ink};
use crate::view::memo::Memo;
use crate::view::plot::{Frame, Scale, divide, put};
use crate::view::raster::Raster;
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};

/// The least rows of a chart, its axis and its title among them.
const LEAST_ROWS: u16 = 7;

/// A run as points (t, value), with the letter that names it.
struct Curve {
    letter: char,
    name: String,
    ink: Ink,
    points: Vec<(f64, f64)>,
}

/// Draws the quantities of the page, or f − f*, for every run up to the cursor; charts that do not fit are left out.
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer, memo: &mut Memo) {
    let area = area.intersection(cells.area);
    let mut wanted: Vec<Drawn<'_>> = sitting.page().plot.iter().map(Drawn::Asked).collect();
    if wanted.is_empty() {
        let is_known = sitting.cast.known.iter().all(|known| known.value.is_some());
        wanted.push(if is_known { Drawn::Gap } else { Drawn::Gradient });
    }
    let count = (area.height / LEAST_ROWS).clamp(1, wanted.len() as u16);
    let charts: Vec<(Drawn<'_>, Vec<Curve>)> =
        wanted.into_iter().take(usize::from(count)).map(|drawn| (drawn, curves(sitting, drawn, memo))).collect();
    let Some(((first, curves), _)) = charts.split_first() else { return };
    let note = format!("t = {}", sitting.cursor.t);
    let bottom = values(curves);
    let frame = Frame { title: &title(*first, curves), right: &note, bottom: &bottom, ink: frame_ink(is_focus) };
    let inner = frame.draw(theme, area, cells);
    let share = inner.height / count;
    for (index, (drawn, curves)) in (0..count).zip(&charts) {
        let top = inner.y + index * share;
        let last = index + 1 == count;
        let height = if last { inner.bottom() - top } else { share };
        let mut part = Rect { y: top, height, ..inner };
        if index > 0 {
            divide(&title(*drawn, curves), top, frame.ink, theme, area, cells);
            part = Rect { y: top + 1, height: height.saturating_sub(1), ..part };
        }
        chart(*drawn, curves, theme, part, cells);
    }
}

/// Every run as far as it was seen; what is not finite is left out.
fn curves(sitting: &Sitting, drawn: Drawn<'_>, memo: &mut Memo) -> Vec<Curve> {
    let glimpse = Glimpse::of(sitting);
    let cast = &sitting.cast;
    let letters: Vec<char> = cast.names.iter().map(|name| name.as_str().chars().next().unwrap_or('?')).collect();
    let curve = |(index, run): (usize, &crate::engine::run::Run)| {
        let is_mine = index == 0;
        let lowest = cast.known[index].value;
        let value = |step: &Step| drawn.at(&step.from, Some(step.alpha), lowest).unwrap_or(f64::NAN);
        let made = memo.series(&format!("{} {lowest:?}", drawn.name()), run, value);
        let here = drawn.at(run.here(), glimpse.alpha.filter(|_| is_mine), lowest);
        let next = glimpse.to.filter(|_| is_mine).and_then(|to| drawn.at(to, None, lowest));
        let mut points = made.points(run.iteration());
        let rest = [here, next].into_iter().zip(run.iteration()..);
        points.extend(rest.filter_map(|(value, t)| Some((t as f64, value.filter(|value| value.is_finite())?))));
        let is_clash = letters.iter().filter(|letter| **letter == letters[index]).count() > 1;
        Curve {
            letter: if is_clash { char::from(b'A' + (index % 26) as u8) } else { letters[index] },
            name: cast.names[index].as_str().to_owned(),
            ink: if is_mine { Ink::Path } else { Ink::Rival((index - 1).min(255) as u8) },
            points,
        }
    };
    cast.runs.iter().enumerate().map(curve).collect()
}

/// Whether a logarithmic scale shows more: nothing is negative and the positive values span 1.5 decades.
fn is_logarithmic(curves: &[Curve]) -> bool {
    let values = || curves.iter().flat_map(|curve| &curve.points).map(|(_, value)| *value);
    let (low, high) = values()
        .filter(|value| *value > 0.0)
        .fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    values().all(|value| value >= 0.0) && high.log10() - low.log10() > 1.5
}

fn title(drawn: Drawn<'_>, curves: &[Curve]) -> String {
    let scale = if is_logarithmic(curves) { ", log" } else { "" };
    format!("{} against t{scale}", drawn.name())
}

/// The last value of each run, by its name.
fn values(curves: &[Curve]) -> String {
    let last = |curve: &Curve| {
        let (_, value) = curve.points.last()?;
        let name = if curve.name.chars().eq([curve.letter]) {
            curve.name.clone()
        } else {
            format!("{} {}", curve.letter, curve.name)
        };
        Some(if curves.len() == 1 { format!("now {}", short(*value)) } else { format!("{name}: {}", short(*value)) })
    };
    curves.iter().filter_map(last).collect::<Vec<_>>().join("   ")
}

fn chart(drawn: Drawn<'_>, curves: &[Curve], theme: Theme, area: Rect, cells: &mut Buffer) {
    let most = curves.iter().map(|curve| curve.points.len()).max().unwrap_or(0);
    if most < 2 {
        let line = if drawn.is_drawable() {
            let value = curves.first().and_then(|curve| curve.points.first());
            let now =
                value.map_or_else(String::new, |(_, value)| format!(" yet: {} = {}", drawn.name(), short(*value)));
            Line::new(Ink::Dim, format!("nothing to draw{}", if now.is_empty() { " yet" } else { &now }))
        } else {
            Line::new(Ink::Dim, format!("{} is not drawn here; its numbers are in the trace", drawn.name()))
        };
        return lines::draw(&lines::fit(&[line], area.width, theme), theme, area, cells);
    }
    let Some(plot) = Plot::new(curves, theme, area) else {
        let line = Line::new(Ink::Text, format!("{}: {}", drawn.name(), values(curves)));
        return lines::draw(&lines::fit(&[line], area.width, theme), theme, area, cells);
    };
    plot.axes(theme, cells);
    plot.curves(curves, theme, cells);
}

/// Where a chart puts its numbers.
struct Plot {
    area: Rect,
    across: Scale,
    up: Scale,
    labels: Vec<(f64, String)>,
    label_width: u16,
}

impl Plot {
    /// A chart in an area; `None` if there is no room for one.
    fn new(curves: &[Curve], theme: Theme, area: Rect) -> Option<Self> {
        let rows = area.height.checked_sub(1).filter(|rows| *rows >= 2)?;
        let (dots_across, dots_down) = Raster::dots_per_cell(theme.glyphs);
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let values = || points().map(|(_, value)| *value);
        let down = usize::from(rows) * dots_down;
        let up = if is_logarithmic(curves) {
            Scale::around_logarithmic(values(), down).upward()
        } else {
            Scale::around(values(), down).upward()
        };
        let labels = up.ticks((usize::from(rows) / 2).clamp(2, 6));
        let label_width = labels.iter().map(|(_, label)| theme.text(label).width()).max().unwrap_or(0) as u16;
        let columns = area.width.checked_sub(label_width + 1).filter(|columns| *columns >= 8)?;
        let last = points().map(|(t, _)| *t).fold(1.0, f64::max);
        let across = Scale::linear(0.0, last, usize::from(columns) * dots_across);
        let area = Rect { x: area.x + label_width + 1, width: columns, height: rows, ..area };
        Some(Plot { area, across, up, labels, label_width })
    }

    fn axes(&self, theme: Theme, cells: &mut Buffer) {
        let Plot { area, label_width, .. } = self;
        let (dots_across, dots_down) = Raster::dots_per_cell(theme.glyphs);
        for y in area.top()..area.bottom() {
            put("│", Ink::Axis, (area.x - 1, y), 1, theme, cells);
        }
        for (value, label) in &self.labels {
            let Some(row) = self.up.dot(*value).map(|dot| (dot.round() / dots_down as f64).floor() as u16) else {
                continue;
            };
            let at = (area.x - 1 - label_width, area.y + row.min(area.height - 1));
            put(&right(&theme.text(label), usize::from(*label_width)), Ink::Axis, at, *label_width, theme, cells);
            put("┤", Ink::Axis, (area.x - 1, at.1), 1, theme, cells);
        }
        let y = area.bottom();
        let mut free = area.x - 1;
        let end = area.right() - 2;
        for (t, label) in self.across.ticks(usize::from(area.width / 10).clamp(2, 8)) {
            let Some(dot) = self.across.dot(t).filter(|_| t.fract() == 0.0) else { continue };
            let column = area.x + (dot.round() / dots_across as f64).floor() as u16;
            let label = theme.text(&label);
            let wide = label.width() as u16;
            let x = column.saturating_sub(wide / 2).max(area.x);
            if x >= free && x + wide <= end {
                put(&label, Ink::Axis, (x, y), wide, theme, cells);
                free = x + wide + 1;
            }
        }
        put("t", Ink::Axis, (area.right() - 1, y), 1, theme, cells);
    }

    fn place(&self, (t, value): (f64, f64)) -> Option<(f64, f64)> {
        Some((self.across.dot(t)?, self.up.dot(value)?))
    }

    /// The rivals first, the learner's run over them, then the marks: letters name runs, so colour is not needed.
    fn curves(&self, curves: &[Curve], theme: Theme, cells: &mut Buffer) {
        let mut raster = Raster::new(self.area.width, self.area.height, theme.glyphs);
        for (index, curve) in curves.iter().enumerate().rev() {
            raster.chain(self.thinned(&curve.points), curve.ink);
            let dot = if index == 0 { symbol(theme, Mark::Iterate) } else { curve.letter };
            let is_sparse = curve.points.len() * 4 <= usize::from(self.area.width);
            for point in curve.points.iter().filter(|_| is_sparse) {
                if let Some((column, row)) = self.place(*point).and_then(|place| raster.cell_at(place)) {
                    raster.stamp(usize::from(column), usize::from(row), dot, curve.ink);
                }
            }
        }
        self.ends(curves, theme, &mut raster);
        raster.paint(theme, self.area, cells);
    }

    /// The letter of each run where it stands, or beside that place where another letter has it already.
    fn ends(&self, curves: &[Curve], theme: Theme, raster: &mut Raster) {
        let floor = raster.height().saturating_sub(1) as f64;
        let mut taken = Vec::new();
        for (index, curve) in curves.iter().enumerate() {
            let end = curve.points.last().and_then(|point| self.place(*point));
            let Some((column, row)) = end.and_then(|(x, y)| raster.cell_at((x, y.clamp(0.0, floor)))) else { continue };
            let rows = [row, row.saturating_sub(1), row + 1, row.saturating_sub(2), row + 2];
            let free = rows.into_iter().find(|row| *row < self.area.height && !taken.contains(&(column, *row)));
            let Some(row) = free else { continue };
            let letter = if curves.len() == 1 { symbol(theme, Mark::Here) } else { curve.letter };
            let letter = theme.text(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or('?');
            raster.stamp(usize::from(column), usize::from(row), letter, if index == 0 { Ink::Here } else { curve.ink });
            taken.push((column, row));
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
    use crate::engine::record::Beat;
    use crate::lesson::predicate::Quantity;
    use crate::lesson::schema::Grain;
    use crate::view::drawn::coordinate;
    use crate::view::specimen::{RAVINE, THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, walk_to};

    fn seen(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn(width, height, |area, cells| draw(sitting, THEMES[0], true, area, cells, &mut Memo::default()))
    }

    fn race(plot: &[&[&str]]) -> Sitting {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[fixed(0.05), backtracking(), fixed(0.02)]);
        let quantity = |path: &&[&str]| Quantity {
            text: path.join("."),
            path: path.iter().map(|key| (*key).to_owned()).collect(),
            is_absolute: false,
        };
        lesson.pages[0].plot = plot.iter().map(quantity).collect();
        Sitting::open(lesson).unwrap()
    }

    #[test]
    fn nothing_is_drawn_before_the_first_move() {
        let mut sitting = race(&[]);
        assert!(seen(&sitting, 60, 12).contains("nothing to draw yet: f − f* = 240"));
        walk_to(&mut sitting, Beat::StepSize);
        assert!(seen(&sitting, 60, 12).contains("nothing to draw yet"));
        sitting.step();
        let text = seen(&sitting, 60, 12);
        assert!(text.contains("f − f* against t") && text.contains("A: 180.5   B: 240   C: 240"), "{text}");
    }

    #[test]
    fn letters_end_the_curves_of_a_race() {
        let mut sitting = race(&[]);
        sitting.step_while(|sitting| sitting.cursor.t < 40);
        let text = seen(&sitting, 60, 16);
        assert!(text.contains("f − f* against t, log") && text.contains("t = 40"), "{text}");
        let chart: String = text.lines().skip(1).take(13).collect();
        assert!(['A', 'B', 'C'].iter().all(|letter| chart.contains(*letter)), "{text}");
    }

    #[test]
    fn a_page_chooses_what_is_drawn() {
        let mut sitting = race(&[&["x", "1"], &["alpha"], &["hessian", "condition"]]);
        sitting.forward(Grain::Iteration);
        let text = seen(&sitting, 60, 24);
        for wanted in ["x₂ against t", "α against t", "hessian.condition is not drawn here"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert_eq!(coordinate(&["x2"]), Some(1));
    }

    #[test]
    fn without_a_known_minimum_the_slope_is_drawn() {
        let mut lesson = lesson("x1^2 - x2^2", &[1.0, 0.1], &[fixed(0.2)]);
        lesson.scenarios[0].known.value = None;
        let mut sitting = Sitting::open(lesson).unwrap();
        sitting.forward(Grain::Run);
        assert!(seen(&sitting, 60, 12).contains("‖∇f‖∞ against t, log"), "{}", seen(&sitting, 60, 12));
    }

    #[test]
    fn long_and_endless_runs_are_thinned() {
        let points: Vec<(f64, f64)> = (0..100_000_u32).map(|t| (f64::from(t), 1.0 / (1.0 + f64::from(t)))).collect();
        let curve = Curve { letter: 'A', name: "A".into(), ink: Ink::Path, points };
        let plot = Plot::new(&[curve], THEMES[0], Rect::new(0, 0, 60, 12)).unwrap();
        let all: Vec<(f64, f64)> = (0..100_000_u32).map(|t| (f64::from(t), f64::from(t % 7))).collect();
        assert!(plot.thinned(&all).len() <= 4 * 2 * 60);
        let mut sitting = Sitting::open(lesson(RAVINE, &[2.0, 20.0], &[fixed(3.0)])).unwrap();
        sitting.forward(Grain::Run);
        assert!(seen(&sitting, 60, 12).contains("log"));
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = race(&[]);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells, &mut Memo::default()));
        sitting.step_while(|sitting| sitting.cursor.t < 9);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells, &mut Memo::default()));
        let mut sitting = race(&[&["x", "0"], &["gradient_norm"], &["reason"]]);
        sitting.forward(Grain::Run);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells, &mut Memo::default()));
    }
}
