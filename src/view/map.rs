//! The landscape from above: lines of equal height, the path so far, the trials on their ray.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::glimpse::Glimpse;
use crate::app::lookout::Lookout;
use crate::app::overlay::Overlay;
use crate::app::scene::Scene;
use crate::engine::number::{short, tuple};
use crate::engine::run::Run;
use crate::lesson::scenario::Cast;
use crate::objective::point::Point;
use crate::view::compared;
use crate::view::contour::{Contour, Grid, Levels};
use crate::view::curve;
use crate::view::memo::{MapKey, Memo};
use crate::view::overlay;
use crate::view::plane::Plane;
use crate::view::plot::{Frame, put, shorten};
use crate::view::raster::Raster;
use crate::view::sheet::{Sheet, compass, ends, magnified, stamp};
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};
use crate::view::trail::Trail;
use crate::view::typeset;

/// Of so many iterates outside the map the edge shows where they are.
const MOST_ARROWS: usize = 100;

/// How the map is looked at.
#[derive(Clone, Copy)]
pub struct Sight {
    /// What the terminal can show.
    pub theme: Theme,
    /// What lies over the map.
    pub overlay: Option<Overlay>,
    /// Which part is in view.
    pub lookout: Lookout,
}

impl Sight {
    /// The lesson's window, and nothing over it.
    pub fn plain(theme: Theme) -> Self {
        Self { theme, overlay: None, lookout: Lookout::default() }
    }
}

/// Draws the map; for an objective of one variable its curve.
pub fn draw(scene: &Scene<'_>, sight: Sight, is_focus: bool, area: Rect, cells: &mut Buffer, memo: &mut Memo) {
    let Sight { theme, overlay, lookout } = sight;
    if scene.cast.runs[0].objective().dimension() == 1 {
        return curve::draw(scene, theme, lookout, is_focus, area, cells);
    }
    let window = window(scene, lookout);
    let plane = Plane::of(&scene.cast.runs[0], scene.scenario.slice);
    let slice =
        format!("{}{}", compared::name(scene), plane.title().map_or_else(String::new, |slice| format!("{slice}   ")));
    let title = format!("{slice}f = {}", typeset::set(scene.scenario.formula().text()));
    let [first, second] = plane.names();
    let ends = format!("{first} {}   {second} {}", ends(window[0]), ends(window[1]));
    let bottom = format!("{ends}{}{}", magnified(lookout), compared::height(scene));
    let ink = if is_focus { Ink::FrameFocus } else { Ink::Frame };
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let mut raster = Raster::new(columns, rows, theme.glyphs);
    let sheet = Sheet::new(plane, window, &raster);
    let key = MapKey {
        objective: Arc::clone(scene.scenario.formula()),
        window,
        plane: sheet.plane.clone(),
        dots: (raster.width(), raster.height()),
        levels: Levels::count_for(theme.glyphs),
    };
    let (contour, drawn) = memo.contour(key, &raster, |key| contour(scene, key));
    raster.clone_from(drawn);
    let levels = contour.levels.clone();
    // Two formulas are there to be compared: both stand in full before the heights do.
    let heights = heights(&levels, &title, area.width, theme);
    let title = if scene.name.is_some() { title } else { beside(&title, &slice, &heights, area.width, theme) };
    let inner = Frame { title: &title, right: &heights, bottom: &bottom, ink }.draw(theme, area, cells);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    mark_known(scene, theme, &sheet, &mut raster);
    let glimpse = scene.glimpse();
    let caption = overlay.map(|overlay| {
        let (objective, basins) = (scene.cast.runs[0].objective(), scene.basins);
        overlay::Ground { glimpse: &glimpse, objective, levels: &levels, basins, sheet: &sheet, theme }
            .draw(overlay, &mut raster)
    });
    if overlay == Some(Overlay::Basins) {
        mark_known(scene, theme, &sheet, &mut raster);
    }
    for index in (1..scene.cast.runs.len()).rev() {
        trace_rival(scene.cast, index, theme, &sheet, &mut raster, memo);
    }
    trace_path(&scene.cast.runs[0], &glimpse, theme, &sheet, &mut raster, memo);
    trace_trials(&glimpse, theme, &sheet, &mut raster);
    mark_here(&glimpse, theme, &sheet, &mut raster);
    raster.paint(theme, inner, cells);
    point_outside(&glimpse, theme, &sheet, inner, cells);
    compared::tell_ending(scene, theme, inner, cells);
    if let Some(caption) = caption {
        put(&format!(" {caption} "), Ink::Emphasis, (inner.x, inner.y), inner.width, theme, cells);
    }
}

/// Marks where the start is being moved to, on the map that was drawn in the same place.
pub fn mark_point(scene: &Scene<'_>, point: &[f64], mark: Mark, sight: Sight, area: Rect, cells: &mut Buffer) {
    let Sight { theme, lookout, .. } = sight;
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let raster = Raster::new(columns, rows, theme.glyphs);
    let sheet = Sheet::new(Plane::of(&scene.cast.runs[0], scene.scenario.slice), window(scene, lookout), &raster);
    let place = match point {
        // A curve has no second coordinate: a point is marked on the lower edge.
        [x] => sheet.across.dot(*x).map(|dot| (dot, raster.height() as f64 - 1.0)),
        _ => sheet.place(&Point::from_column_slice(point)),
    };
    if let Some((column, row)) = place.and_then(|place| raster.cell_at(place)) {
        let at = (area.x + 1 + column, area.y + 1 + row);
        put(theme.symbol(mark), Ink::Chosen, at, 1, theme, cells);
    }
}

/// Corners, blanks, and a stretch of the edge between a title and what stands beside it.
const AROUND: usize = 8;

/// A title cut so that the heights of the lines stand beside it, where that leaves its slice and enough of its formula.
fn beside(title: &str, slice: &str, heights: &str, width: u16, theme: Theme) -> String {
    const LEAST: usize = 12;
    let room = usize::from(width).saturating_sub(theme.text(heights).chars().count() + AROUND);
    let least = LEAST + theme.text(slice).chars().count();
    if heights.is_empty() || room < least { title.to_owned() } else { shorten(title, room, theme) }
}

/// The heights of the lowest and the highest line; not said to be lines where that leaves a long title whole.
fn heights(levels: &Levels, title: &str, width: u16, theme: Theme) -> String {
    let count = levels.count();
    if count < 2 {
        return String::new();
    }
    let brief = format!("{}…{}", levels.name(1), levels.name(count - 1));
    let heights = format!("lines {brief}");
    let count = |text: &str| theme.text(text).chars().count();
    let is_whole = |heights: &str| count(title) + count(heights) + AROUND <= usize::from(width);
    if !is_whole(&heights) && is_whole(&brief) { brief } else { heights }
}

fn window(scene: &Scene<'_>, lookout: Lookout) -> [[f64; 2]; 2] {
    let window = &scene.scenario.window;
    [0, 1].map(|axis| lookout.window(axis, window.get(axis).copied().unwrap_or([-1.0, 1.0])))
}

fn contour(scene: &Scene<'_>, key: &MapKey) -> Contour {
    let objective = scene.cast.runs[0].objective();
    let at = std::cell::RefCell::new(key.plane.blank());
    let height = |first: f64, second: f64| {
        let mut at = at.borrow_mut();
        key.plane.put([first, second], &mut at);
        objective.value(&at)
    };
    Contour::of(Grid::sample(key.dots.0, key.dots.1, key.window, height), key.levels)
}

fn mark_known(scene: &Scene<'_>, theme: Theme, sheet: &Sheet, raster: &mut Raster) {
    let known = &scene.cast.known[0];
    for (points, mark, ink) in
        [(&known.saddles, Mark::Saddle, Ink::Saddle), (&known.points, Mark::Minimum, Ink::Minimum)]
    {
        for point in points.iter().filter(|point| point.len() >= 2) {
            stamp(sheet.place(&Point::from_column_slice(point)), theme.symbol(mark), ink, raster);
        }
    }
}

/// Draws with the path of a run, which is kept as long as the plane stays.
fn with_trail(run: &Run, sheet: &Sheet, raster: &mut Raster, memo: &mut Memo, draw: impl FnOnce(&Trail, &mut Raster)) {
    if sheet.plane.stays() {
        return draw(memo.trail(run, sheet.window, raster, |point| sheet.place(point)), raster);
    }
    let mut trail = Trail::new(run, sheet.window, raster);
    trail.follow(run, raster, |point| sheet.place(point));
    draw(&trail, raster);
}

fn trace_rival(cast: &Cast, index: usize, theme: Theme, sheet: &Sheet, raster: &mut Raster, memo: &mut Memo) {
    let run = &cast.runs[index];
    let ink = Ink::Rival((index - 1).min(usize::from(u8::MAX)) as u8);
    with_trail(run, sheet, raster, memo, |trail, raster| trail.paint(run.iteration(), ink, raster));
    let name = cast.names[index].as_str();
    let here = &run.here().point;
    let Some((right, up)) = sheet.way_out(here) else { return stamp(sheet.place(here), name, ink, raster) };
    // Outside the map: an arrow at the edge, and the letter beside it, farther in.
    let Some((x, y)) = sheet.edge(here) else { return };
    let (wide, high) = Raster::dots_per_cell(theme.glyphs);
    let inward = if right == 0 { (0.0, f64::from(up) * high as f64) } else { (-f64::from(right) * wide as f64, 0.0) };
    stamp(Some((x, y)), theme.symbol(Mark::Arrow(right, up)), ink, raster);
    stamp(Some((x + inward.0, y + inward.1)), name, ink, raster);
}

fn trace_path(run: &Run, glimpse: &Glimpse<'_>, theme: Theme, sheet: &Sheet, raster: &mut Raster, memo: &mut Memo) {
    let symbol = theme.symbol(Mark::Iterate);
    let next = glimpse.to.and_then(|to| sheet.place(&to.point));
    with_trail(run, sheet, raster, memo, |trail, raster| {
        trail.paint(run.iteration(), Ink::Path, raster);
        if let Some(next) = next {
            let here = sheet.place(&glimpse.here.point).unwrap_or(next);
            raster.dashed(here, next, Raster::trail_gap(theme.glyphs), Ink::Path);
        }
        trail.stamp(run.iteration(), symbol.chars().next().unwrap_or('o'), Ink::Path, raster);
    });
    for step in glimpse.past.iter().rev().take(MOST_ARROWS) {
        if let Some((right, up)) = sheet.way_out(&step.from.point) {
            stamp(sheet.edge(&step.from.point), theme.symbol(Mark::Arrow(right, up)), Ink::Path, raster);
        }
    }
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
    let label = format!("{} {} {} beyond", theme.symbol(mark), tuple(&point), short(sheet.beyond(&point)));
    let text = if way.0 > 0 { format!("{label} {arrow}") } else { format!("{arrow} {label}") };
    let width = theme.text(&text).chars().count() as u16;
    let (raw_column, raw_row) = sheet.edge(&point).unwrap_or((0.0, 0.0));
    let per_cell = Raster::dots_per_cell(theme.glyphs);
    let row = ((raw_row / per_cell.1 as f64) as u16).min(inner.height - 1);
    let centre = (raw_column / per_cell.0 as f64) as u16;
    let column = match way.0 {
        1 => inner.width.saturating_sub(width),
        -1 => 0,
        _ => centre.saturating_sub(width / 2).min(inner.width.saturating_sub(width)),
    };
    put(&text, ink, (inner.x + column, inner.y + row), inner.width, theme, cells);
}
