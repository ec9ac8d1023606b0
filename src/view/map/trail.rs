//! The path of a run on a map, kept dot by dot, so that drawing it costs the same at any t.

use std::sync::Arc;

use crate::app::run::visible::SeenRun;
use crate::engine::record::Sample;
use crate::objective::point::Point;
use crate::view::paper::raster::Raster;
use crate::view::paper::theme::Ink;

/// What a place of the screen is before the run comes there.
const NEVER: u32 = u32::MAX;

/// Which step first drew each dot, and first marked each cell. Going back then costs nothing.
#[derive(Debug, Clone)]
pub struct Trail {
    window: [[f64; 2]; 2],
    size: (usize, usize),
    cells: usize,
    dots: Vec<u32>,
    marks: Vec<u32>,
    t: usize,
    before: Option<(f64, f64)>,
    last: Arc<Sample>,
}

impl Trail {
    /// A trail with nothing but the start.
    pub fn new(run: SeenRun<'_>, window: [[f64; 2]; 2], raster: &Raster) -> Self {
        let size = (raster.width(), raster.height());
        let (across, down) = Raster::dots_per_cell(raster.glyphs());
        let (columns, rows) = (size.0 / across, size.1 / down);
        let last = run.first();
        Self {
            window,
            size,
            cells: columns,
            dots: vec![NEVER; size.0 * size.1],
            marks: vec![NEVER; columns * rows],
            t: 0,
            before: None,
            last: Arc::clone(last),
        }
    }

    /// Whether it is the trail of this run on such a map.
    pub fn is_of(&self, run: SeenRun<'_>, window: [[f64; 2]; 2], raster: &Raster) -> bool {
        let is_same_run = run.is_at(self.t, &self.last);
        let cells = raster.width() / Raster::dots_per_cell(raster.glyphs()).0;
        is_same_run && self.window == window && self.size == (raster.width(), raster.height()) && self.cells == cells
    }

    /// Goes on to where the run is; `place` tells where a point lies on the map.
    pub fn follow(&mut self, run: SeenRun<'_>, raster: &Raster, place: impl Fn(&Point) -> Option<(f64, f64)>) {
        if self.before.is_none() && self.t == 0 {
            self.before = place(&run.first().point);
            self.draw(self.before, self.before, raster);
        }
        for step in run.past().iter().skip(self.t) {
            self.t += 1;
            self.last = Arc::clone(&step.to);
            let Some(next) = place(&step.to.point) else { continue };
            self.draw(self.before.or(Some(next)), Some(next), raster);
            self.before = Some(next);
            if let Some((column, row)) = raster.cell_at(next) {
                self.mark(usize::from(row) * self.cells + usize::from(column));
            }
        }
    }

    /// Draws the line of the first `t` steps.
    pub fn paint(&self, t: usize, ink: Ink, raster: &mut Raster) {
        for (index, first) in self.dots.iter().enumerate() {
            if *first != NEVER && *first as usize <= t {
                raster.dot(((index % self.size.0) as f64, (index / self.size.0) as f64), ink);
            }
        }
    }

    /// Marks the iterates after the start of the first `t` steps.
    pub fn stamp(&self, t: usize, symbol: char, ink: Ink, raster: &mut Raster) {
        for (index, first) in self.marks.iter().enumerate() {
            if *first != NEVER && *first as usize <= t {
                raster.stamp(index % self.cells, index / self.cells, symbol, ink);
            }
        }
    }

    fn draw(&mut self, from: Option<(f64, f64)>, to: Option<(f64, f64)>, raster: &Raster) {
        let (Some(from), Some(to)) = (from, to) else { return };
        let (every, wide, now) = (Raster::trail_gap(raster.glyphs()), self.size.0, self.t as u32);
        raster.along(from, to, every, |x, y| {
            if let Some(first) = self.dots.get_mut(y * wide + x).filter(|first| **first == NEVER) {
                *first = now;
            }
        });
    }

    fn mark(&mut self, index: usize) {
        let now = self.t as u32;
        if let Some(first) = self.marks.get_mut(index).filter(|first| **first == NEVER) {
            *first = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::Glyphs;
    use crate::view::paper::specimen::{THEMES, fixed, ravine};
    use ratatui::{buffer::Buffer, layout::Rect};

    fn shown(raster: &Raster, theme: crate::view::paper::theme::Theme) -> Buffer {
        let mut cells = Buffer::empty(Rect::new(0, 0, 20, 10));
        raster.paint(theme, cells.area, &mut cells);
        cells
    }

    #[test]
    fn a_trail_is_the_path_drawn_line_by_line_at_every_t() {
        for theme in THEMES {
            let mut run = ravine(fixed(0.09)).cast.runs[0].clone();
            let sheet = Raster::new(20, 10, theme.glyphs);
            let wide = sheet.width() as f64;
            let place = |point: &Point| Some(((point[0] + 3.0) / 6.0 * wide, (point[1] + 3.0) / 24.0 * wide));
            let window = [[-3.0, 3.0]; 2];
            let mut trail = Trail::new(SeenRun::of(&run), window, &sheet);
            run.go_to(30);
            trail.follow(SeenRun::of(&run), &sheet, place);
            for t in [30, 29, 3, 1, 0] {
                run.go_to(t);
                assert!(trail.is_of(SeenRun::of(&run), window, &sheet));
                let (mut kept, mut drawn) = (sheet.clone(), sheet.clone());
                trail.paint(t, Ink::Path, &mut kept);
                let points: Vec<(f64, f64)> = (0..=t).filter_map(|t| place(&run.iterate(t)?.point)).collect();
                let every = if theme.glyphs == Glyphs::Ascii { 2 } else { 1 };
                for (index, to) in points.iter().enumerate() {
                    drawn.dashed(points[index.saturating_sub(1)], *to, every, Ink::Path);
                }
                assert!(shown(&kept, theme) == shown(&drawn, theme), "t = {t}");
            }
            assert!(!trail.is_of(SeenRun::of(&run.fork(fixed(0.01))), window, &sheet));
        }
    }
}
