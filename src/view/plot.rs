//! The paper under every picture: scales and ticks, frames with titles, and text that stays inside its place.

use crate::engine::number;
use crate::view::theme::{Ink, Theme};
use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What lies farther outside than so many times the span is equally far.
const FAR: f64 = 1e9;

/// How data becomes dots along one axis: the low end on one outermost dot, the high end on the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    last: f64,
    logarithmic: bool,
    upward: bool,
}

impl Scale {
    /// A linear scale over so many dots. Ends in the wrong order are swapped, an empty span is widened, and ends that
    /// are not finite become 0 and 1.
    pub fn linear(low: f64, high: f64, dots: usize) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let flat = high / 2.0 <= low / 2.0;
        let margin = if low == 0.0 { 0.5 } else { (low.abs() * 0.05).max(f64::MIN_POSITIVE) } * f64::from(flat);
        let (low, high) = ((low - margin).max(f64::MIN), (high + margin).min(f64::MAX));
        Scale { low, high, last: dots.saturating_sub(1) as f64, logarithmic: false, upward: false }
    }

    /// A scale over the logarithm of positive data; ends that are not positive become 1 and 10.
    pub fn logarithmic(low: f64, high: f64, dots: usize) -> Self {
        let (low, high) = if low.min(high) > 0.0 { (low, high) } else { (1.0, 10.0) };
        Scale { logarithmic: true, ..Scale::linear(low.log10(), high.log10(), dots) }
    }

    /// The linear scale that just holds all finite values.
    pub fn around(values: impl IntoIterator<Item = f64>, dots: usize) -> Self {
        let (low, high) = span(values.into_iter().filter(|value| value.is_finite()));
        Scale::linear(low, high, dots)
    }

    /// The logarithmic scale that just holds all finite positive values.
    pub fn around_logarithmic(values: impl IntoIterator<Item = f64>, dots: usize) -> Self {
        let (low, high) = span(values.into_iter().filter(|value| value.is_finite() && *value > 0.0));
        Scale::logarithmic(low, high, dots)
    }

    /// The same scale for a vertical axis: the high end on dot 0, since screens count downward.
    #[must_use]
    pub fn upward(self) -> Self {
        Scale { upward: true, ..self }
    }

    /// The dot of a value, in fractions of a dot, always finite. Infinities, and zero on a logarithmic scale, lie far
    /// outside; NaN lies nowhere.
    pub fn dot(&self, value: f64) -> Option<f64> {
        let value = if self.logarithmic { value.max(0.0).log10() } else { value };
        // Halves, since the difference of two finite numbers may be infinite.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if self.upward { 1.0 - share } else { share };
        (!value.is_nan()).then(|| share.clamp(-FAR, FAR) * self.last)
    }

    /// The value at a dot: what to ask a function for when its curve is drawn dot by dot.
    pub fn value(&self, dot: f64) -> f64 {
        let share = if self.last > 0.0 { dot / self.last } else { 0.5 };
        let share = if self.upward { 1.0 - share } else { share };
        let value = self.low * (1.0 - share) + self.high * share;
        if self.logarithmic { 10f64.powf(value) } else { value }
    }

    /// At most about so many values worth naming, with their names.
    pub fn ticks(&self, count: usize) -> Vec<(f64, String)> {
        if !self.logarithmic {
            return ticks(self.low, self.high, count);
        }
        let (first, last) = (self.low.ceil() as i32, self.high.floor() as i32);
        if first >= last {
            return [self.low, self.high]
                .map(|power| 10f64.powf(power))
                .map(|value| (value, number::short(value)))
                .into();
        }
        let every = ((last - first) as usize / count.max(1) + 1) as i32;
        let name =
            |power| if (-2..=3).contains(&power) { number::short(10f64.powi(power)) } else { format!("1e{power}") };
        (first..=last).filter(|power| power % every == 0).map(|power| (10f64.powi(power), name(power))).collect()
    }
}

fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// At most `count` round values (1, 2 or 5 times a power of ten apart) within a finite span, with their names. A span too
/// short to be told apart has one tick; one that is not finite has none.
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<(f64, String)> {
    if !low.is_finite() || !high.is_finite() || count == 0 {
        return Vec::new();
    }
    let parts = count.max(2) as f64;
    let raw = high / parts - low / parts;
    let size = low.abs().max(high.abs());
    if raw <= size * 1e-14 {
        return vec![(low, number::short(low))];
    }
    let power = 10f64.powf(raw.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].map(|factor| factor * power);
    let fitting = |step: &f64| (high / step).floor() - (low / step).ceil() < count as f64;
    let Some(step) = nice.into_iter().find(|step| *step >= raw * 0.999_999 && fitting(step)) else { return Vec::new() };
    let digits = ((size / step).log10().floor().max(0.0) + 2.0).max(4.0) as usize;
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    let values = (0..=(last - first).max(0.0) as usize).map(|index| (first + index as f64) * step);
    values.map(|value| value.clamp(low, high)).map(|value| (value, number::trimmed(value, digits))).collect()
}

/// Writes a text at a place of the buffer and returns how many columns it took. It is spelled by the theme, cut at
/// `width` columns and at the edge of the buffer, and never starts outside.
pub fn put(text: &str, ink: Ink, at: (u16, u16), width: u16, theme: Theme, cells: &mut Buffer) -> u16 {
    if !cells.area.contains(at.into()) {
        return 0;
    }
    let (end, _) = cells.set_stringn(at.0, at.1, theme.text(text), usize::from(width), theme.style(ink));
    end.saturating_sub(at.0)
}

/// Spells a text for this terminal and shortens it to so many columns; what was cut is marked with an ellipsis.
pub fn shorten(text: &str, width: usize, theme: Theme) -> String {
    let spelled = theme.text(text);
    if spelled.width() <= width {
        return spelled.into_owned();
    }
    let mark = theme.text("…");
    let mut room = width.saturating_sub(mark.width());
    let fits = |symbol: &char| {
        let left = room.checked_sub(symbol.width().unwrap_or(0));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let kept: String = spelled.chars().take_while(fits).collect();
    if mark.width() <= width { kept + &mark } else { kept }
}

/// A box around a panel, with texts in its upper and lower edge.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// In the upper edge, on the left.
    pub title: &'a str,
    /// In the upper edge, on the right; the first to go where the edge is short.
    pub right: &'a str,
    /// In the lower edge, on the left.
    pub bottom: &'a str,
    /// Of the box: [`Ink::Frame`] or [`Ink::FrameFocus`].
    pub ink: Ink,
}

impl Frame<'_> {
    /// Draws the box and returns the area inside. A box of less than two rows or columns draws nothing and holds nothing.
    pub fn draw(&self, theme: Theme, area: Rect, cells: &mut Buffer) -> Rect {
        let area = area.intersection(cells.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let border = theme.border();
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        edge([border.top_left, border.horizontal, border.top_right], area.y, self.ink, theme, area, cells);
        edge([border.bottom_left, border.horizontal, border.bottom_right], bottom, self.ink, theme, area, cells);
        for y in area.y + 1..bottom {
            put(border.vertical, self.ink, (area.x, y), 1, theme, cells);
            put(border.vertical, self.ink, (right, y), 1, theme, cells);
        }
        let used = label(self.title, Ink::Title, area.y, theme, area, cells);
        label(self.bottom, Ink::Dim, bottom, theme, area, cells);
        let note = theme.text(self.right);
        let wide = note.width() as u16 + 3;
        if !note.is_empty() && used.saturating_add(wide) < area.width {
            put(&format!(" {note} "), Ink::Dim, (area.right() - wide, area.y), wide, theme, cells);
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }
}

/// Draws a titled line across a framed area, joined to the frame on both sides.
pub fn divide(title: &str, y: u16, ink: Ink, theme: Theme, area: Rect, cells: &mut Buffer) {
    let area = area.intersection(cells.area);
    if area.width >= 2 && (area.top()..area.bottom()).contains(&y) {
        let border = theme.border();
        edge([border.left_tee, border.horizontal, border.right_tee], y, ink, theme, area, cells);
        label(title, Ink::Title, y, theme, area, cells);
    }
}

fn edge(symbols: [&str; 3], y: u16, ink: Ink, theme: Theme, area: Rect, cells: &mut Buffer) {
    let line = symbols[0].to_owned() + &symbols[1].repeat(usize::from(area.width) - 2) + symbols[2];
    put(&line, ink, (area.x, y), area.width, theme, cells);
}

/// A text in an edge, between two blanks; returns the columns it took, the corner among them.
fn label(text: &str, ink: Ink, y: u16, theme: Theme, area: Rect, cells: &mut Buffer) -> u16 {
    if text.is_empty() || area.width < 6 {
        return 1;
    }
    let text = format!(" {} ", shorten(text, usize::from(area.width) - 4, theme));
    1 + put(&text, ink, (area.x + 1, y), area.width - 2, theme, cells)
}
