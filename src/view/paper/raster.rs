//! A sheet of dots, finer than letters, on which curves, paths and arrows are drawn.

use crate::app::look::appearance::Glyphs;
use crate::view::paper::theme::{Ink, Theme};
use ratatui::{buffer::Buffer, layout::Rect};
use std::mem::discriminant;

/// The bit of each braille dot, row by row.
const BRAILLE: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

#[derive(Debug, Clone, Copy, Default)]
struct DotCell {
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
    cells: Vec<DotCell>,
}

impl Raster {
    /// An empty sheet over so many cells.
    pub fn new(columns: u16, rows: u16, glyphs: Glyphs) -> Self {
        let cells = vec![DotCell::default(); usize::from(columns) * usize::from(rows)];
        Raster { columns, rows, glyphs, cells }
    }

    /// How many dots a cell has, across and down.
    pub fn dots_per_cell(glyphs: Glyphs) -> (usize, usize) {
        if glyphs == Glyphs::Braille { (2, 4) } else { (1, 1) }
    }

    /// Whether it has as many cells of the same kind.
    pub fn is_as_large_as(&self, other: &Raster) -> bool {
        (self.columns, self.rows, self.glyphs) == (other.columns, other.rows, other.glyphs)
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
        let symbol = if every > 1 { '.' } else { stroke(to.0 - from.0, from.1 - to.1) };
        for (x, y) in dots_between(from, to, self.gap(every)) {
            self.set(x, y, symbol, ink);
        }
    }

    /// Tells the dots of a dashed line, across and down, without drawing it.
    pub fn along(&self, from: (f64, f64), to: (f64, f64), every: usize, mut tell: impl FnMut(usize, usize)) {
        let Some((from, to)) = self.clip(from, to) else { return };
        for place in dots_between(from, to, self.gap(every)) {
            if self.cell_at(place).is_some() {
                tell(nearest(place.0) as usize, nearest(place.1) as usize);
            }
        }
    }

    /// In ASCII a character fills a cell, so that a wider gap than every other would tear a line apart.
    fn gap(&self, every: usize) -> usize {
        if self.glyphs == Glyphs::Ascii { every.clamp(1, 2) } else { every.max(1) }
    }

    /// Which dots of the line of a path are drawn: all; in ASCII every other, as points, which no line of a map is made of.
    pub fn trail_gap(glyphs: Glyphs) -> usize {
        if glyphs == Glyphs::Ascii { 2 } else { 1 }
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
            *cell = DotCell { dots: 0, symbol: Some(symbol), ink: Some(ink), ground: cell.ground };
        }
    }

    /// Puts the first character of a symbol over the cell that holds a place; nothing outside, or where there is no place.
    pub fn stamp_at(&mut self, place: Option<(f64, f64)>, symbol: &str, ink: Ink) {
        if let (Some((column, row)), Some(symbol)) =
            (place.and_then(|place| self.cell_at(place)), symbol.chars().next())
        {
            self.stamp(usize::from(column), usize::from(row), symbol, ink);
        }
    }

    /// Takes everything off but the ground.
    pub fn wipe(&mut self) {
        for cell in &mut self.cells {
            *cell = DotCell { ground: cell.ground, ..DotCell::default() };
        }
    }

    /// Takes everything off a cell, counted in cells.
    pub fn clear(&mut self, column: usize, row: usize) {
        if let Some(cell) = self.cell(column, row) {
            *cell = DotCell::default();
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
        let end = visible.right().min(area.x.saturating_add(self.columns)).max(visible.left());
        if end == visible.left() {
            return;
        }
        for y in visible.top()..visible.bottom().min(area.y.saturating_add(self.rows)) {
            // A row at a time: to look up each cell by its place would cost as much as to paint it.
            let from = usize::from(y - area.y) * usize::from(self.columns) + usize::from(visible.left() - area.x);
            let start = cells.index_of(visible.left(), y);
            let targets = cells.content[start..].iter_mut().take(usize::from(end - visible.left()));
            for (target, cell) in targets.zip(&self.cells[from..]) {
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

    fn cell(&mut self, column: usize, row: usize) -> Option<&mut DotCell> {
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
        *cell = DotCell { dots, symbol: ascii.then_some(symbol), ink: Some(ink), ground: cell.ground };
    }

    /// The part of a line that lies on the sheet: cut at one edge after the other.
    fn clip(&self, from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (mut from, mut to) = ([from.0, from.1], [to.0, to.1]);
        if self.cells.is_empty() || !from.iter().chain(&to).all(|coordinate| coordinate.is_finite()) {
            return None;
        }
        let far = [self.width() as f64 - 0.501, self.height() as f64 - 0.501];
        for (axis, edge, is_far) in [(0, -0.5, false), (0, far[0], true), (1, -0.5, false), (1, far[1], true)] {
            let outside = |place: [f64; 2]| if is_far { place[axis] > edge } else { place[axis] < edge };
            match (outside(from), outside(to)) {
                (true, true) => return None,
                (true, false) => from = cut(to, from, axis, edge),
                (false, true) => to = cut(from, to, axis, edge),
                (false, false) => {}
            }
        }
        Some((from.into(), to.into()))
    }
}

/// The places of every so manyth dot of a line.
fn dots_between(from: (f64, f64), to: (f64, f64), every: usize) -> impl Iterator<Item = (f64, f64)> {
    let (right, down) = (to.0 - from.0, to.1 - from.1);
    let steps = right.abs().max(down.abs()).round() as usize;
    (0..=steps).step_by(every).map(move |step| {
        let share = step as f64 / steps.max(1) as f64;
        (from.0 + share * right, from.1 + share * down)
    })
}

/// Where a line leaves through an edge. Reckoned from the end inside, and in halves, since the difference of two huge
/// numbers is infinite and a share near 1 of a huge way is no place at all.
fn cut(inside: [f64; 2], outside: [f64; 2], axis: usize, edge: f64) -> [f64; 2] {
    let share = (edge / 2.0 - inside[axis] / 2.0) / (outside[axis] / 2.0 - inside[axis] / 2.0);
    let mut place = [0, 1].map(|other| inside[other] * (1.0 - share) + outside[other] * share);
    place[axis] = edge;
    place
}

/// The dot that covers a place.
fn nearest(coordinate: f64) -> f64 {
    (coordinate + 0.5).floor()
}

/// The ASCII character for a line that goes so far right and up.
pub fn stroke(right: f64, up: f64) -> char {
    match (right.abs(), up.abs()) {
        (across, height) if height <= 0.4 * across => '-',
        (across, height) if across <= 0.4 * height => '|',
        _ if (right > 0.0) == (up > 0.0) => '/',
        _ => '\\',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::{Depth, Ground};

    fn shown(raster: &Raster) -> Vec<String> {
        let theme = Theme {
            glyphs: raster.glyphs,
            depth: Depth::None,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        let area = Rect::new(0, 0, raster.columns, raster.rows);
        let mut cells = Buffer::empty(area);
        raster.paint(theme, area, &mut cells);
        (0..area.height).map(|y| (0..area.width).map(|x| cells[(x, y)].symbol()).collect()).collect()
    }

    #[test]
    fn dots_and_lines_land_where_they_should() {
        let mut raster = Raster::new(3, 2, Glyphs::Braille);
        raster.dot((0.0, 0.0), Ink::Curve);
        raster.dot((1.4, 3.4), Ink::Curve);
        raster.line((2.0, 7.0), (5.0, 7.0), Ink::Curve);
        assert_eq!(shown(&raster), ["⢁  ", " ⣀⣀"]);
        let mut plain = Raster::new(5, 3, Glyphs::Ascii);
        plain.line((0.0, 2.0), (2.0, 0.0), Ink::Curve);
        plain.line((3.0, 0.0), (3.0, 2.0), Ink::Curve);
        plain.dashed((4.0, 0.0), (4.0, 2.0), 2, Ink::Ray);
        assert_eq!(shown(&plain), ["  /|.", " / | ", "/  |."]);
    }

    #[test]
    fn the_last_ink_keeps_the_cell_and_its_kind_adds_to_it() {
        let mut raster = Raster::new(1, 1, Glyphs::Braille);
        raster.shade(0, 0, Ink::Band(3));
        raster.dot((0.0, 0.0), Ink::IsoLine(1));
        raster.dot((1.0, 0.0), Ink::IsoLine(2));
        assert_eq!(shown(&raster), ["⠉"]);
        raster.dot((0.0, 3.0), Ink::Path);
        assert_eq!(shown(&raster), ["⡀"]);
        raster.stamp(0, 0, '◆', Ink::Here);
        raster.stamp(1, 0, '!', Ink::Here);
        assert_eq!(shown(&raster), ["◆"]);
    }

    #[test]
    fn lines_are_clipped_before_they_are_drawn() {
        for (from, to, expected) in [
            ((-1e308, 1.0), (1e308, 1.0), ["⠒⠒⠒"]),
            ((2.0, -1e308), (2.0, 1e308), [" ⡇ "]),
            ((0.0, 0.0), (1e308, 0.0), ["⠉⠉⠉"]),
            ((0.0, 0.0), (1e300, 1e300), ["⠑⢄ "]),
            ((-9.0, 20.0), (9.0, 20.0), ["   "]),
            ((-9.0, 2.0), (0.0, -20.0), ["   "]),
            ((f64::NAN, 0.0), (3.0, 3.0), ["   "]),
            ((0.0, 0.0), (3.0, f64::INFINITY), ["   "]),
        ] {
            let mut raster = Raster::new(3, 1, Glyphs::Braille);
            raster.line(from, to, Ink::Ray);
            assert_eq!(shown(&raster), expected, "{from:?} {to:?}");
        }
        let mut raster = Raster::new(3, 1, Glyphs::Braille);
        raster.chain([(0.0, 0.0), (1.0, 0.0), (f64::NAN, 0.0), (4.0, 0.0), (5.0, 0.0)], Ink::Curve);
        assert_eq!(shown(&raster), ["⠉ ⠉"]);
    }

    #[test]
    fn painting_stays_within_area_screen_and_sheet() {
        let theme = Theme {
            glyphs: Glyphs::Braille,
            depth: Depth::True,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        let mut cells = Buffer::empty(Rect::new(1, 1, 4, 2));
        let mut raster = Raster::new(6, 6, Glyphs::Braille);
        raster.line((0.0, 0.0), (11.0, 23.0), Ink::Path);
        for area in [Rect::ZERO, Rect::new(0, 0, 9, 9), Rect::new(4, 2, 60000, 60000), Rect::new(65535, 65535, 9, 9)] {
            raster.paint(theme, area, &mut cells);
        }
        assert_eq!(raster.cell_at((11.0, 23.0)), Some((5, 5)));
        assert_eq!(raster.cell_at((12.0, 0.0)), None);
        assert_eq!(raster.cell_at((f64::NAN, 0.0)), None);
    }
}
