//! A sheet of dots, finer than letters, on which curves, paths and arrows are drawn.

use crate::app::look::Glyphs;
use crate::view::theme::{Ink, Theme};
use ratatui::{buffer::Buffer, layout::Rect};
use std::mem::discriminant;

/// The bit of each braille dot, row by row.
const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    dots: u8,
    symbol: Option<char>,
    ink: Option<Ink>,
    ground: Option<Ink>,
}

/// Dots over an area of cells: 2 × 4 in each cell as braille, one character in ASCII. Dot (0, 0) is at the upper left.
///
/// A cell shows one ink, the last one. A new kind of ink wipes what the cell held; the same kind adds to it. So draw the
/// background first and what matters last.
#[derive(Debug, Clone)]
pub struct Raster {
    columns: u16,
    rows: u16,
    glyphs: Glyphs,
    cells: Vec<Cell>,
}

impl Raster {
    /// An empty sheet over so many cells.
    pub fn new(columns: u16, rows: u16, glyphs: Glyphs) -> Self {
        let cells = vec![Cell::default(); usize::from(columns) * usize::from(rows)];
        Raster { columns, rows, glyphs, cells }
    }

    /// How many dots a cell has, across and down.
    pub fn dots_per_cell(glyphs: Glyphs) -> (usize, usize) {
        if glyphs == Glyphs::Braille { (2, 4) } else { (1, 1) }
    }

    /// How many dots the sheet has across.
    pub fn width(&self) -> usize {
        usize::from(self.columns) * Self::dots_per_cell(self.glyphs).0
    }

    /// How many dots the sheet has down.
    pub fn height(&self) -> usize {
        usize::from(self.rows) * Self::dots_per_cell(self.glyphs).1
    }

    /// The characters it is drawn with.
    pub fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    /// Sets the dot nearest to a place; outside, and where a coordinate is not finite, nothing happens.
    pub fn dot(&mut self, (x, y): (f64, f64), ink: Ink) {
        self.set(x, y, '.', ink);
    }

    /// Draws a straight line between two places. In ASCII its slope chooses among `- | / \`.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        self.dashed(from, to, 1, ink);
    }

    /// Draws only every so manyth dot of a line; in ASCII a gap above 1 writes points instead of strokes.
    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64), every: usize, ink: Ink) {
        let Some((from, to)) = self.clip(from, to) else { return };
        let (right, down) = (to.0 - from.0, to.1 - from.1);
        let symbol = if every > 1 { '.' } else { stroke(right, -down) };
        let steps = right.abs().max(down.abs()).round() as usize;
        let every = if self.glyphs == Glyphs::Ascii { every.clamp(1, 2) } else { every.max(1) };
        for step in (0..=steps).step_by(every) {
            let share = step as f64 / steps.max(1) as f64;
            self.set(from.0 + share * right, from.1 + share * down, symbol, ink);
        }
    }

    /// Joins places by lines. A place with a coordinate that is not finite breaks the chain.
    pub fn chain(&mut self, places: impl IntoIterator<Item = (f64, f64)>, ink: Ink) {
        let mut before = None;
        for place in places {
            self.line(before.unwrap_or(place), place, ink);
            before = Some(place);
        }
    }

    /// Puts a character over a whole cell, counted in cells.
    pub fn stamp(&mut self, column: usize, row: usize, symbol: char, ink: Ink) {
        if let Some(cell) = self.cell(column, row) {
            *cell = Cell { dots: 0, symbol: Some(symbol), ink: Some(ink), ground: cell.ground };
        }
    }

    /// Lays a ground under a cell, counted in cells.
    pub fn shade(&mut self, column: usize, row: usize, ground: Ink) {
        if let Some(cell) = self.cell(column, row) {
            cell.ground = Some(ground);
        }
    }

    /// The cell, across and down, that holds a place, if it is on the sheet: where a mark for that place is put.
    pub fn cell_at(&self, (x, y): (f64, f64)) -> Option<(u16, u16)> {
        let (across, down) = Self::dots_per_cell(self.glyphs);
        let (column, row) = ((nearest(x) / across as f64).floor(), (nearest(y) / down as f64).floor());
        let inside = column >= 0.0 && row >= 0.0 && column < f64::from(self.columns) && row < f64::from(self.rows);
        inside.then_some((column as u16, row as u16))
    }

    /// Transfers the sheet to the screen, as much of it as fits. Empty cells without a ground leave the screen alone.
    pub fn paint(&self, theme: Theme, area: Rect, cells: &mut Buffer) {
        let visible = area.intersection(cells.area);
        for y in visible.top()..visible.bottom().min(area.y.saturating_add(self.rows)) {
            for x in visible.left()..visible.right().min(area.x.saturating_add(self.columns)) {
                let cell = &self.cells[usize::from(y - area.y) * usize::from(self.columns) + usize::from(x - area.x)];
                let target = &mut cells[(x, y)];
                if let Some(ground) = cell.ground {
                    target.set_style(theme.style(ground));
                }
                if let Some(ink) = cell.ink {
                    let braille = char::from_u32(0x2800 + u32::from(cell.dots)).unwrap_or(' ');
                    target.set_char(cell.symbol.unwrap_or(braille)).set_style(theme.style(ink));
                }
            }
        }
    }

    fn cell(&mut self, column: usize, row: usize) -> Option<&mut Cell> {
        let columns = usize::from(self.columns);
        if column < columns { self.cells.get_mut(row * columns + column) } else { None }
    }

    fn set(&mut self, x: f64, y: f64, symbol: char, ink: Ink) {
        let Some((column, row)) = self.cell_at((x, y)) else { return };
        let bit = BRAILLE[nearest(y) as usize % 4][nearest(x) as usize % 2];
        let ascii = self.glyphs == Glyphs::Ascii;
        let Some(cell) = self.cell(usize::from(column), usize::from(row)) else { return };
        let same = cell.symbol.is_none() && cell.ink.is_some_and(|old| discriminant(&old) == discriminant(&ink));
        let dots = if same { cell.dots | bit } else { bit };
        *cell = Cell { dots, symbol: ascii.then_some(symbol), ink: Some(ink), ground: cell.ground };
    }

    /// The part of a line that lies on the sheet (Liang and Barsky). Halves keep differences of huge numbers finite.
    fn clip(&self, from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let finite = [from.0, from.1, to.0, to.1].iter().all(|coordinate| coordinate.is_finite());
        if !finite || self.cells.is_empty() {
            return None;
        }
        // From the end nearer to the sheet, where a share of the way is an exact place.
        let size = |place: (f64, f64)| place.0.abs().max(place.1.abs());
        if size(from) > size(to) {
            return self.clip(to, from).map(|(near, far)| (far, near));
        }
        let far = (self.width() as f64 - 0.501, self.height() as f64 - 0.501);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        for (start, end, limit) in [(from.0, to.0, far.0), (from.1, to.1, far.1)] {
            let way = end / 2.0 - start / 2.0;
            let (low, high) = ((-0.25 - start / 2.0), (limit / 2.0 - start / 2.0));
            if way == 0.0 && (low > 0.0 || high < 0.0) {
                return None;
            }
            if way != 0.0 {
                let (first, second) = (low / way, high / way);
                enter = enter.max(first.min(second));
                leave = leave.min(first.max(second));
            }
        }
        let on = |share: f64, start: f64, end: f64, limit: f64| {
            (start + share * (end / 2.0 - start / 2.0) * 2.0).clamp(-0.5, limit)
        };
        let place = |share| (on(share, from.0, to.0, far.0), on(share, from.1, to.1, far.1));
        (enter <= leave).then(|| (place(enter), place(leave)))
    }
}

/// The dot that covers a place.
fn nearest(coordinate: f64) -> f64 {
    (coordinate + 0.5).floor()
}

/// The ASCII character for a line that goes so far right and up.
pub(super) fn stroke(right: f64, up: f64) -> char {
    match (right.abs(), up.abs()) {
        (across, height) if height <= 0.4 * across => '-',
        (across, height) if across <= 0.4 * height => '|',
        _ if (right > 0.0) == (up > 0.0) => '/',
        _ => '\\',
    }
}
