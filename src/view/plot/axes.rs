//! The axes of every plot: two scales on a canvas, the upright line with its ticks, and the numbers below.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::look::appearance::Glyphs;
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::theme::Ink;

/// Where the numbers of a plot lie on the screen.
pub struct Axes {
    /// The cells of the picture; the upright axis stands in the column left of it, the lower one in the row below.
    pub canvas: Rect,
    /// From the left to the right end of the canvas, in dots.
    pub across: Scale,
    /// From its foot to its top, in dots.
    pub up: Scale,
    /// Where a tick joins the upright axis.
    pub joint: &'static str,
    dots_per_cell: (usize, usize),
}

impl Axes {
    /// Two scales over the dots of a canvas.
    pub fn new(canvas: Rect, across: Scale, up: Scale, glyphs: Glyphs) -> Self {
        Self { canvas, across, up, joint: "┤", dots_per_cell: Raster::dots_per_cell(glyphs) }
    }

    /// The dot of a pair of numbers, which may lie outside; `None` where one of them is NaN.
    pub fn place(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((self.across.dot(x)?, self.up.dot(y)?))
    }

    /// Puts the first character of a symbol over the cell of a pair of numbers; nothing where that lies outside.
    pub fn mark(&self, (x, y): (f64, f64), symbol: &str, ink: Ink, raster: &mut Raster) {
        raster.stamp_at(self.place(x, y), symbol, ink);
    }

    /// Draws the upright axis.
    pub fn upright(&self, pad: &mut Pad<'_>) {
        for y in self.canvas.top()..self.canvas.bottom() {
            pad.put("│", Ink::Axis, (self.canvas.x - 1, y), 1);
        }
    }

    /// The row of the canvas, counted from its top, that holds a value of the canvas; `None` for NaN.
    pub fn row_of(&self, value: f64) -> Option<u16> {
        let row = (self.up.dot(value)?.round() / self.dots_per_cell.1 as f64).floor() as u16;
        Some(row.min(self.canvas.height.saturating_sub(1)))
    }

    /// Draws a tick in a row of the canvas, and its label, spelled already, up to the axis.
    pub fn tick(&self, row: u16, (label, ink): (&str, Ink), pad: &mut Pad<'_>) {
        let (wide, y) = (label.width() as u16, self.canvas.y + row);
        pad.put(label, ink, (self.canvas.x - 1 - wide, y), wide);
        pad.put(self.joint, Ink::Axis, (self.canvas.x - 1, y), 1);
    }

    /// Writes 0 and what the right end of the lower axis is called, in a row of the screen.
    pub fn name_ends(&self, end: &str, y: u16, pad: &mut Pad<'_>) {
        pad.put("0", Ink::Axis, (self.canvas.x, y), 1);
        let wide = pad.theme.text(end).chars().count() as u16;
        pad.put(end, Ink::Axis, (self.canvas.right().saturating_sub(wide), y), wide);
    }

    /// Writes round whole numbers below their columns, and the name of the lower axis at its right end.
    pub fn count(&self, name: &str, pad: &mut Pad<'_>) {
        let (canvas, y) = (self.canvas, self.canvas.bottom());
        let mut free = canvas.x - 1;
        let name_wide = pad.theme.text(name).width() as u16;
        let end = canvas.right().saturating_sub(1 + name_wide);
        for (x, label) in self.across.ticks(usize::from(canvas.width / 8).clamp(2, 8)) {
            let Some(dot) = self.across.dot(x).filter(|_| x.fract() == 0.0) else { continue };
            let column = canvas.x + (dot.round() / self.dots_per_cell.0 as f64).floor() as u16;
            let wide = pad.theme.text(&label).width() as u16;
            let x = column.saturating_sub(wide / 2).max(canvas.x);
            if x >= free && x + wide <= end {
                pad.put(&label, Ink::Axis, (x, y), wide);
                free = x + wide + 1;
            }
        }
        pad.put(name, Ink::Axis, (canvas.right() - name_wide.min(canvas.width), y), name_wide);
    }

    /// The column of the canvas that an x falls into, the first one for what lies left of it or nowhere.
    pub fn column_at_most(&self, x: f64) -> u16 {
        self.across.dot(x).map_or(0, |dot| (dot / self.dots_per_cell.0 as f64) as u16)
    }

    /// The column of the canvas, counted from its left, that an x falls into; `None` outside.
    pub fn column_of(&self, x: f64) -> Option<u16> {
        let column = (self.across.dot(x)? / self.dots_per_cell.0 as f64).floor();
        (column >= 0.0 && column < f64::from(self.canvas.width)).then_some(column as u16)
    }
}
