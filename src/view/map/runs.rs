//! The runs on the map: their paths, the trials on their ray, a letter where a rival stands, and what the map does not hold.

use ratatui::layout::Rect;

use crate::app::run::scene::Scene;
use crate::app::run::visible::SeenRun;
use crate::engine::number::{short, tuple};
use crate::view::map::sheet::{Sheet, compass};
use crate::view::map::trail::Trail;
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::memo::Memo;

/// Of so many iterates outside the map the edge shows where they are.
const MOST_ARROWS: usize = 100;

/// The runs of a scene, and where they are drawn.
#[derive(Clone, Copy)]
pub struct Runs<'a> {
    pub scene: &'a Scene<'a>,
    /// The characters.
    pub theme: Theme,
    /// Where coordinates lie on the raster.
    pub sheet: &'a Sheet,
}

impl Runs<'_> {
    /// Draws all of them, the learner's last.
    pub fn draw(&self, raster: &mut Raster, memo: &mut Memo) {
        for (index, run) in self.scene.runs().skip(1).rev() {
            let t = run.iteration();
            with_trail(run, self.sheet, raster, memo, |trail, raster| trail.paint(t, rival(index), raster));
        }
        self.trace_path(raster, memo);
        self.trace_trials(raster);
        // Only where the learner's run stands hides the letter of another.
        for (index, run) in self.scene.runs().skip(1).rev() {
            self.name_rival(index, run, raster);
        }
        raster.stamp_at(
            self.sheet.place(&self.scene.glimpse().point().point),
            self.theme.symbol(Mark::Here),
            Ink::Here,
        );
    }

    /// Puts a rival's letter where it stands.
    fn name_rival(&self, index: usize, run: SeenRun<'_>, raster: &mut Raster) {
        let Self { scene, theme, sheet } = *self;
        let (name, ink) = (scene.name_of(index), rival(index));
        let here = &run.here().point;
        let Some((right, up)) = sheet.way_out(here) else {
            return raster.stamp_at(sheet.place(here), name, ink);
        };
        // Outside the map: an arrow at the edge, and the letter beside it, farther in.
        let Some((x, y)) = sheet.edge(here) else { return };
        let (wide, high) = Raster::dots_per_cell(theme.glyphs);
        let inward =
            if right == 0 { (0.0, f64::from(up) * high as f64) } else { (-f64::from(right) * wide as f64, 0.0) };
        raster.stamp_at(Some((x, y)), theme.symbol(Mark::Arrow(right, up)), ink);
        raster.stamp_at(Some((x + inward.0, y + inward.1)), name, ink);
    }

    fn trace_path(&self, raster: &mut Raster, memo: &mut Memo) {
        let Self { scene, theme, sheet } = *self;
        let (glimpse, run) = (scene.glimpse(), scene.run());
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
                raster.stamp_at(sheet.edge(&step.from.point), theme.symbol(Mark::Arrow(right, up)), Ink::Path);
            }
        }
        raster.stamp_at(next, symbol, Ink::Path);
        raster.stamp_at(sheet.place(run.start()), theme.symbol(Mark::Start), Ink::Start);
    }

    fn trace_trials(&self, raster: &mut Raster) {
        let Self { scene, theme, sheet } = *self;
        let glimpse = scene.glimpse();
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
                raster.stamp_at(Some(tip), theme.symbol(compass(right, down)), Ink::Direction);
            }
        }
        for trial in glimpse.trials {
            raster.stamp_at(sheet.place(&proposal.candidate(here, trial.alpha)), theme.symbol(Mark::Trial), Ink::Trial);
        }
    }

    /// Says where the point in view, or else the last trial, is, if the map does not show it: an arrow at the edge and its coordinates.
    pub fn point_outside(&self, inner: Rect, pad: &mut Pad<'_>) {
        let Self { scene, theme, sheet } = *self;
        let glimpse = scene.glimpse();
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
        // Into the nearest row in which no mark stands in the way.
        let marks = [Mark::Minimum, Mark::Saddle, Mark::Start, Mark::Here, Mark::Trial].map(|mark| theme.symbol(mark));
        let is_mark =
            |symbol: &str| marks.contains(&symbol) || scene.runs().any(|(index, _)| scene.name_of(index) == symbol);
        let is_free = |row: &u16| {
            let columns = column..(column + width).min(inner.width);
            !columns.map(|column| (inner.x + column, inner.y + row)).any(|at| is_mark(pad.cells[at].symbol()))
        };
        let mut rows: Vec<u16> = (0..inner.height).collect();
        rows.sort_by_key(|other| other.abs_diff(row));
        let row = rows.iter().find(|row| is_free(row)).unwrap_or(&row);
        pad.put(&text, ink, (inner.x + column, inner.y + row), inner.width);
    }
}

fn rival(index: usize) -> Ink {
    Ink::Rival((index - 1).min(usize::from(u8::MAX)) as u8)
}

/// Draws with the path of a run, which is kept as long as the plane stays.
fn with_trail(
    run: SeenRun<'_>,
    sheet: &Sheet,
    raster: &mut Raster,
    memo: &mut Memo,
    draw: impl FnOnce(&Trail, &mut Raster),
) {
    if sheet.plane.stays() {
        return draw(memo.trail(run, sheet.window, raster, |point| sheet.place(point)), raster);
    }
    let mut trail = Trail::new(run, sheet.window, raster);
    trail.follow(run, raster, |point| sheet.place(point));
    draw(&trail, raster);
}
