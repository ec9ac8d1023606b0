//! The landscape from above: lines of equal height, the path so far, the trials on their ray.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::number::short;
use crate::engine::number::tuple;
use crate::objective::point::Point;
use crate::view::contour::{Contour, Grid, Levels};
use crate::view::curve;
use crate::view::memo::{MapKey, Memo};
use crate::view::plot::{Frame, Scale, put};
use crate::view::raster::Raster;
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};
use crate::view::typeset;

/// Draws the map; for an objective of one variable its curve.
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer, memo: &mut Memo) {
    let formula = sitting.scenario().objective.text().to_owned();
    if sitting.cast.runs[0].objective().dimension() == 1 {
        return curve::draw(sitting, theme, is_focus, area, cells);
    }
    let window = window(sitting);
    let title = format!("f = {}", typeset::set(&formula));
    let bottom = format!(
        "x₁ {}…{}   x₂ {}…{}",
        short(window[0][0]),
        short(window[0][1]),
        short(window[1][0]),
        short(window[1][1])
    );
    let ink = if is_focus { Ink::FrameFocus } else { Ink::Frame };
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let mut raster = Raster::new(columns, rows, theme.glyphs);
    let sheet = Sheet::new(window, &raster);
    let rest: Vec<f64> = sitting.cast.runs[0].here().point.iter().skip(2).copied().collect();
    let key = MapKey {
        formula,
        window,
        rest,
        dots: (raster.width(), raster.height()),
        levels: Levels::count_for(theme.glyphs),
    };
    let (contour, drawn) = memo.contour(key, &raster, |key| contour(sitting, key));
    raster.clone_from(drawn);
    let levels = named(&contour.levels);
    let inner = Frame { title: &title, right: &levels, bottom: &bottom, ink }.draw(theme, area, cells);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    mark_known(sitting, theme, &sheet, &mut raster);
    for index in (1..sitting.cast.runs.len()).rev() {
        trace_rival(sitting, index, &sheet, &mut raster, memo);
    }
    let glimpse = Glimpse::of(sitting);
    trace_path(sitting, &glimpse, theme, &sheet, &mut raster, memo);
    trace_trials(&glimpse, theme, &sheet, &mut raster);
    mark_here(&glimpse, theme, &sheet, &mut raster);
    raster.paint(theme, inner, cells);
    point_outside(&glimpse, theme, &sheet, inner, cells);
}

/// Marks where the start is being moved to, on the map that was drawn in the same place.
pub fn mark_start(sitting: &Sitting, start: &[f64], theme: Theme, area: Rect, cells: &mut Buffer) {
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let raster = Raster::new(columns, rows, theme.glyphs);
    let place = match start {
        // A curve has no second coordinate: its start is marked on the lower edge.
        [x] => Sheet::new(window(sitting), &raster).across.dot(*x).map(|dot| (dot, raster.height() as f64 - 1.0)),
        _ => Sheet::new(window(sitting), &raster).place(&Point::from_column_slice(start)),
    };
    if let Some((column, row)) = place.and_then(|place| raster.cell_at(place)) {
        let at = (area.x + 1 + column, area.y + 1 + row);
        put(theme.symbol(Mark::Start), Ink::Chosen, at, 1, theme, cells);
    }
}

/// The heights of the lowest and the highest line.
fn named(levels: &Levels) -> String {
    match levels.count() {
        0 | 1 => String::new(),
        count => format!("lines {}…{}", levels.name(1), levels.name(count - 1)),
    }
}

fn window(sitting: &Sitting) -> [[f64; 2]; 2] {
    let window = &sitting.scenario().window;
    let axis = |index: usize| window.get(index).copied().unwrap_or([-1.0, 1.0]);
    [axis(0), axis(1)]
}

fn contour(sitting: &Sitting, key: &MapKey) -> Contour {
    let objective = sitting.cast.runs[0].objective();
    let at = std::cell::RefCell::new(Point::from_iterator(
        key.rest.len() + 2,
        [0.0, 0.0].into_iter().chain(key.rest.iter().copied()),
    ));
    let height = |first: f64, second: f64| {
        let mut at = at.borrow_mut();
        at[0] = first;
        at[1] = second;
        objective.value(&at)
    };
    Contour::of(Grid::sample(key.dots.0, key.dots.1, key.window, height), key.levels)
}

/// The scales of the two axes, in dots.
struct Sheet {
    across: Scale,
    down: Scale,
    window: [[f64; 2]; 2],
}

impl Sheet {
    fn new(window: [[f64; 2]; 2], raster: &Raster) -> Self {
        Self {
            across: Scale::linear(window[0][0], window[0][1], raster.width()),
            down: Scale::linear(window[1][0], window[1][1], raster.height()).upward(),
            window,
        }
    }

    fn place(&self, point: &Point) -> Option<(f64, f64)> {
        Some((self.across.dot(point[0])?, self.down.dot(point[1])?))
    }

    /// Which way the window is left to reach a point: signs of right and up, or `None` if it is inside.
    fn way_out(&self, point: &Point) -> Option<(i8, i8)> {
        let side = |value: f64, [low, high]: [f64; 2]| i8::from(value > high) - i8::from(value < low);
        let way = (side(point[0], self.window[0]), side(point[1], self.window[1]));
        (way != (0, 0)).then_some(way)
    }
}

fn stamp(place: Option<(f64, f64)>, symbol: &str, ink: Ink, raster: &mut Raster) {
    if let (Some((column, row)), Some(symbol)) = (place.and_then(|place| raster.cell_at(place)), symbol.chars().next())
    {
        raster.stamp(usize::from(column), usize::from(row), symbol, ink);
    }
}

fn mark_known(sitting: &Sitting, theme: Theme, sheet: &Sheet, raster: &mut Raster) {
    for point in sitting.cast.known[0].points.iter().filter(|point| point.len() >= 2) {
        let place = sheet.place(&Point::from_column_slice(point));
        stamp(place, theme.symbol(Mark::Minimum), Ink::Minimum, raster);
    }
}

fn trace_rival(sitting: &Sitting, index: usize, sheet: &Sheet, raster: &mut Raster, memo: &mut Memo) {
    let run = &sitting.cast.runs[index];
    let ink = Ink::Rival((index - 1).min(usize::from(u8::MAX)) as u8);
    memo.trail(run, sheet.window, raster, |point| sheet.place(point)).paint(run.iteration(), ink, raster);
    let name = sitting.cast.names[index].as_str();
    stamp(sheet.place(&run.here().point), name, ink, raster);
}

fn trace_path(
    sitting: &Sitting,
    glimpse: &Glimpse<'_>,
    theme: Theme,
    sheet: &Sheet,
    raster: &mut Raster,
    memo: &mut Memo,
) {
    let run = &sitting.cast.runs[0];
    let trail = memo.trail(run, sheet.window, raster, |point| sheet.place(point));
    let symbol = theme.symbol(Mark::Iterate);
    trail.paint(run.iteration(), Ink::Path, raster);
    let next = glimpse.to.and_then(|to| sheet.place(&to.point));
    if let Some(next) = next {
        let here = sheet.place(&glimpse.here.point).unwrap_or(next);
        raster.dashed(here, next, Raster::trail_gap(theme.glyphs), Ink::Path);
    }
    trail.stamp(run.iteration(), symbol.chars().next().unwrap_or('o'), Ink::Path, raster);
    stamp(next, symbol, Ink::Path, raster);
    stamp(sheet.place(run.start()), theme.symbol(Mark::Start), Ink::Start, raster);
}

fn trace_trials(glimpse: &Glimpse<'_>, theme: Theme, sheet: &Sheet, raster: &mut Raster) {
    let (Some(proposal), None) = (glimpse.proposal, glimpse.to) else { return };
    let here = &glimpse.here.point;
    if let Some(longest) = glimpse.trials.iter().map(|trial| trial.alpha).reduce(f64::max) {
        if let (Some(from), Some(to)) = (sheet.place(here), sheet.place(&proposal.candidate(here, longest))) {
            raster.dashed(from, to, 3, Ink::Ray);
        }
    } else if let (Some(from), Some(tip)) = (sheet.place(here), sheet.place(&proposal.candidate(here, 1.0))) {
        // An arrow of a fixed length on the screen: where d points, not how far it goes.
        let (right, down) = (tip.0 - from.0, tip.1 - from.1);
        let length = right.hypot(down);
        if length > 0.0 && length.is_finite() {
            let reach = (raster.width().min(raster.height()) as f64 * 0.3).min(length) / length;
            let tip = (from.0 + right * reach, from.1 + down * reach);
            raster.line(from, tip, Ink::Direction);
            stamp(Some(tip), theme.symbol(compass(right, down)), Ink::Direction, raster);
        }
    }
    for trial in glimpse.trials {
        stamp(sheet.place(&proposal.candidate(here, trial.alpha)), theme.symbol(Mark::Trial), Ink::Trial, raster);
    }
}

/// The arrow nearest to a direction on the screen.
fn compass(right: f64, down: f64) -> Mark {
    let sign = |along: f64, other: f64| if along.abs() * 2.0 < other.abs() { 0 } else { along.signum() as i8 };
    Mark::Arrow(sign(right, down), -sign(down, right))
}

fn mark_here(glimpse: &Glimpse<'_>, theme: Theme, sheet: &Sheet, raster: &mut Raster) {
    stamp(sheet.place(&glimpse.point().point), theme.symbol(Mark::Here), Ink::Here, raster);
}

/// Says where the point in view, or else the last trial, is, if the map does not show it: an arrow at the edge and its coordinates.
fn point_outside(glimpse: &Glimpse<'_>, theme: Theme, sheet: &Sheet, inner: Rect, cells: &mut Buffer) {
    let last = glimpse.trials.last().filter(|_| glimpse.to.is_none());
    let trial = last.and_then(|trial| Some(glimpse.proposal?.candidate(&glimpse.here.point, trial.alpha)));
    let here = &glimpse.point().point;
    let (point, mark, ink) = match (sheet.way_out(here), trial) {
        (Some(_), _) => (here.clone(), Mark::Here, Ink::Here),
        (None, Some(trial)) => (trial, Mark::Trial, Ink::Trial),
        (None, None) => return,
    };
    let Some(way) = sheet.way_out(&point) else { return };
    let arrow = theme.symbol(Mark::Arrow(way.0, way.1));
    let label = format!("{} {}", theme.symbol(mark), tuple(&point));
    let text = if way.0 > 0 { format!("{label} {arrow}") } else { format!("{arrow} {label}") };
    let width = theme.text(&text).chars().count() as u16;
    let raw_row = sheet.down.dot(point[1].clamp(sheet.window[1][0], sheet.window[1][1])).unwrap_or(0.0);
    let per_cell = Raster::dots_per_cell(theme.glyphs);
    let row = ((raw_row / per_cell.1 as f64) as u16).min(inner.height - 1);
    let raw_column = sheet.across.dot(point[0].clamp(sheet.window[0][0], sheet.window[0][1])).unwrap_or(0.0);
    let centre = (raw_column / per_cell.0 as f64) as u16;
    let column = match way.0 {
        1 => inner.width.saturating_sub(width),
        -1 => 0,
        _ => centre.saturating_sub(width / 2).min(inner.width.saturating_sub(width)),
    };
    put(&text, ink, (inner.x + column, inner.y + row), inner.width, theme, cells);
}
