//! The paper under every picture: scales and ticks, frames with titles, and text that stays inside its place.

use crate::engine::number;
use crate::view::paper::theme::{Ink, Theme};
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
        let margin = match low {
            _ if high / 2.0 > low / 2.0 => 0.0,
            0.0 => 0.5,
            _ => (low.abs() * 0.05).max(f64::MIN_POSITIVE),
        };
        let (low, high) = ((low - margin).max(f64::MIN), (high + margin).min(f64::MAX));
        Scale { low, high, last: dots.saturating_sub(1) as f64, logarithmic: false, upward: false }
    }

    /// A scale over the logarithm of positive data; ends that are not positive and finite become 1 and 10.
    pub fn logarithmic(low: f64, high: f64, dots: usize) -> Self {
        let (low, high) =
            if [low, high].iter().all(|end| *end > 0.0 && end.is_finite()) { (low, high) } else { (1.0, 10.0) };
        let (low, high) = (low.min(high).log10(), low.max(high).log10());
        let margin = if high > low { 0.0 } else { 0.5 };
        let power = |power: f64| power.clamp(-323.3, 308.2);
        Scale { logarithmic: true, ..Scale::linear(power(low - margin), power(high + margin), dots) }
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
        if value.is_nan() {
            return None;
        }
        let value = if self.logarithmic { value.max(0.0).log10() } else { value };
        // Halves, since the difference of two finite numbers may be infinite.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if self.upward { 1.0 - share } else { share };
        Some(share.clamp(-FAR, FAR) * self.last)
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
    // A little beyond both ends, since 0.3 / 0.1 is less than 3.
    let ends = |step: f64| ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let fitting = |step: &f64| ends(*step).1 - ends(*step).0 < count as f64;
    let Some(step) = nice.into_iter().find(|step| *step >= raw * 0.999_999 && fitting(step)) else { return Vec::new() };
    let digits = ((size / step).log10().floor().max(0.0) + 2.0).max(4.0) as usize;
    let (first, last) = ends(step);
    let values = (0..=(last - first).max(0.0) as usize).map(|index| (first + index as f64) * step);
    values.map(|value| value.clamp(low, high)).map(|value| (value, number::trimmed(value, digits))).collect()
}

/// Writes a text at a place of the buffer and returns how many columns it took. It is spelled by the theme, cut at
/// `width` columns and at the edge of the buffer, and never starts outside.
pub fn put(text: &str, ink: Ink, at: (u16, u16), width: u16, theme: Theme, cells: &mut Buffer) -> u16 {
    if !cells.area.contains(at.into()) {
        return 0;
    }
    let (text, style) = (theme.text(text), theme.style(ink));
    if !text.chars().all(is_plain) {
        return cells.set_stringn(at.0, at.1, text, usize::from(width), style).0.saturating_sub(at.0);
    }
    let (start, room) = (cells.index_of(at.0, at.1), width.min(cells.area.right() - at.0));
    let places = cells.content[start..].iter_mut().take(usize::from(room));
    let written = places.zip(text.chars()).map(|(cell, letter)| cell.set_char(letter).set_style(style));
    written.count() as u16
}

/// Whether a character takes one column and stands for itself whatever is beside it. Nearly every text is made of these,
/// and to look for clusters of characters takes longer than all other drawing.
fn is_plain(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | 'À'..='ʯ' | 'Α'..='ϡ' | '‐'..='‧' | '⁰'..='₎' | '←'..='⋿' | '─'..='◯' | '⠀'..='⣿' | '·' | '²' | '³' | '¹' | '✓' | '✗')
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

/// Writes a value right-aligned in so many columns, spelled for this terminal: with four digits, fewer where the column
/// is narrow, at last as its size alone. Where not even that fits there are dots, since half a number would be another.
pub fn column(value: f64, width: usize, theme: Theme) -> String {
    number::right(&fitting(value, width, theme).unwrap_or_else(|| shorten("…", width, theme)), width)
}

/// The most telling way to write a value in at most so many columns, if there is one.
pub fn fitting(value: f64, width: usize, theme: Theme) -> Option<String> {
    let mut spelled = (2..=4)
        .rev()
        .map(|digits| number::number(value, digits))
        .chain([number::scientific(value, 2), number::number(value, 1), number::brief(value)])
        .map(|text| theme.text(&text).into_owned());
    spelled.find(|text| text.width() <= width)
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
        let border = theme.border(self.ink);
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        edge([border.top_left, border.horizontal, border.top_right], area.y, self.ink, theme, area, cells);
        edge([border.bottom_left, border.horizontal, border.bottom_right], bottom, self.ink, theme, area, cells);
        let style = theme.style(self.ink);
        for (x, y) in (area.y + 1..bottom).flat_map(|y| [(area.x, y), (right, y)]) {
            cells[(x, y)].set_symbol(border.vertical).set_style(style);
        }
        let used = label(self.title, Ink::Title, area.y, theme, area, cells);
        let items = whole_items(self.bottom, usize::from(area.width.saturating_sub(4)), theme);
        label(&items, Ink::Dim, bottom, theme, area, cells);
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
        let border = theme.border(ink);
        edge([border.left_tee, border.horizontal, border.right_tee], y, ink, theme, area, cells);
        label(title, Ink::Title, y, theme, area, cells);
    }
}

fn edge(symbols: [&str; 3], y: u16, ink: Ink, theme: Theme, area: Rect, cells: &mut Buffer) {
    let style = theme.style(ink);
    for (x, symbol) in (area.left()..area.right()).zip(std::iter::once(symbols[0]).chain(std::iter::repeat(symbols[1])))
    {
        cells[(x, y)].set_symbol(symbol).set_style(style);
    }
    cells[(area.right() - 1, y)].set_symbol(symbols[2]);
}

/// As many of the items, parted by two blanks or more, as there is room for: none is cut in its middle.
fn whole_items(text: &str, width: usize, theme: Theme) -> String {
    let mut kept = text;
    while theme.text(kept).width() > width {
        // Two columns are for the dots that say that something is missing.
        let Some((head, _)) = kept.trim_end().rsplit_once("  ") else { return text.to_owned() };
        kept = head.trim_end();
        if theme.text(kept).width() + 4 <= width {
            return format!("{kept} …");
        }
    }
    kept.to_owned()
}

/// A text in an edge, between two blanks; returns the columns it took, the corner among them.
fn label(text: &str, ink: Ink, y: u16, theme: Theme, area: Rect, cells: &mut Buffer) -> u16 {
    if text.is_empty() || area.width < 6 {
        return 1;
    }
    let text = format!(" {} ", shorten(text, usize::from(area.width) - 4, theme));
    1 + put(&text, ink, (area.x + 1, y), area.width - 2, theme, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::{Depth, Glyphs, Ground};

    const ASCII: Theme = Theme {
        glyphs: Glyphs::Ascii,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    };
    const RICH: Theme = Theme { glyphs: Glyphs::Braille, ..ASCII };

    #[test]
    fn a_caption_loses_whole_items() {
        let table = [
            ("A: 1.5   B: 2.5", 15, "A: 1.5   B: 2.5"),
            ("A: 1.5   B: 2.5", 14, "A: 1.5 …"),
            ("one long item", 8, "one long item"),
        ];
        for (text, width, kept) in table {
            assert_eq!(whole_items(text, width, RICH), kept, "{width}");
        }
    }

    const WILD: [f64; 12] =
        [0.0, -0.0, 1.0, -1.0, 1e308, -1e308, f64::MAX, f64::MIN, 5e-324, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];

    fn row(cells: &Buffer, y: u16) -> String {
        (cells.area.left()..cells.area.right()).map(|x| cells[(x, y)].symbol()).collect()
    }

    #[test]
    fn a_scale_puts_its_ends_on_the_outermost_dots() {
        let scale = Scale::linear(-3.0, 3.0, 61);
        assert_eq!((scale.dot(-3.0), scale.dot(0.0), scale.dot(3.0)), (Some(0.0), Some(30.0), Some(60.0)));
        assert_eq!(scale.upward().dot(3.0), Some(0.0));
        assert_eq!(scale.upward().value(60.0), -3.0);
        let decades = Scale::logarithmic(1e-8, 1.0, 81);
        assert!((decades.dot(1e-4).unwrap() - 40.0).abs() < 1e-9 && (decades.value(40.0) / 1e-4 - 1.0).abs() < 1e-12);
        assert!(decades.dot(0.0).unwrap() < -1e9);
        assert_eq!(decades.dot(f64::NAN), None);
    }

    #[test]
    fn a_scale_is_finite_whatever_it_is_made_of() {
        for low in WILD {
            for high in WILD {
                for dots in [0, 1, 2, 100] {
                    for scale in [Scale::linear(low, high, dots), Scale::logarithmic(low, high, dots).upward()] {
                        assert!(WILD.iter().filter_map(|value| scale.dot(*value)).all(f64::is_finite), "{scale:?}");
                        assert!(!scale.value(0.0).is_nan() && !scale.value(dots as f64).is_nan(), "{scale:?}");
                        let ticks = scale.ticks(5);
                        assert!(ticks.len() <= 6 && ticks.iter().all(|(value, _)| value.is_finite()), "{ticks:?}");
                    }
                    assert!(Scale::around([low, high], dots).dot(0.5).is_some_and(f64::is_finite));
                    assert!(Scale::around_logarithmic([low, high], dots).dot(0.5).is_some_and(f64::is_finite));
                }
                assert!(ticks(low, high, 7).len() <= 7);
            }
        }
        assert_eq!(Scale::linear(2.0, 2.0, 11).dot(2.0), Some(5.0));
    }

    #[test]
    fn ticks_are_round_and_told_apart() {
        let names = |low, high, count| ticks(low, high, count).into_iter().map(|tick| tick.1).collect::<Vec<_>>();
        assert_eq!(names(0.0, 0.25, 5), ["0", "0.1", "0.2"]);
        assert_eq!(names(0.0, 0.3, 4), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(names(-25.0, 25.0, 6), ["−20", "−10", "0", "10", "20"]);
        assert_eq!(names(1_000_000.0, 1_000_001.0, 3), ["1.0e6", "1.0000005e6", "1.000001e6"]);
        assert_eq!(names(5.0, 5.0, 3), ["5"]);
        assert!(names(0.0, f64::NAN, 3).is_empty() && names(0.0, 1.0, 0).is_empty());
        let decades = Scale::logarithmic(3e-9, 2e3, 40).ticks(4);
        let decades: Vec<_> = decades.into_iter().map(|tick| tick.1).collect();
        assert_eq!(decades, ["1e-6", "1e-3", "1", "1000"]);
    }

    #[test]
    fn plain_letters_are_written_as_by_the_library() {
        let letters = (' '..='\u{ffff}').filter(|letter| is_plain(*letter));
        let mut count = 0;
        for letter in letters {
            count += 1;
            let text = format!("a{letter}b{letter}");
            let [mut ours, mut theirs] = [(); 2].map(|()| Buffer::empty(Rect::new(2, 1, 3, 2)));
            assert_eq!(put(&text, Ink::Good, (2, 2), 9, RICH, &mut ours), 3, "{letter:?}");
            theirs.set_stringn(2, 2, &text, 9, RICH.style(Ink::Good));
            assert_eq!(ours, theirs, "{letter:?}");
        }
        assert!(count > 1200, "{count}");
    }

    #[test]
    fn text_stays_in_its_place() {
        let mut cells = Buffer::empty(Rect::new(2, 1, 8, 2));
        assert_eq!(put("‖∇f‖", Ink::Text, (7, 1), 9, RICH, &mut cells), 3);
        assert_eq!(put("漢字", Ink::Text, (2, 2), 3, RICH, &mut cells), 2);
        assert_eq!(put("αd", Ink::Text, (5, 2), 5, ASCII, &mut cells), 5);
        assert_eq!(put("gone", Ink::Text, (1, 1), 9, RICH, &mut cells), 0);
        assert_eq!(put("gone", Ink::Text, (2, 3), 9, RICH, &mut cells), 0);
        assert_eq!((row(&cells, 1).as_str(), row(&cells, 2).as_str()), ("     ‖∇f", "漢  alpha"));
        assert_eq!(
            (shorten("Line search", 7, RICH), shorten("γ₁ of 3", 7, ASCII)),
            ("Line s…".into(), "gamm...".into())
        );
        assert_eq!((shorten("漢字", 3, RICH), shorten("abc", 2, ASCII)), ("漢…".into(), String::new()));
    }

    #[test]
    fn frames_hold_their_titles() {
        let mut cells = Buffer::empty(Rect::new(0, 0, 20, 4));
        let frame = Frame { title: "φ(α) ≤ …", right: "A", bottom: "x₁ −3…3", ink: Ink::Frame };
        let inner = frame.draw(RICH, cells.area, &mut cells);
        divide("trials", 2, Ink::Frame, RICH, Rect::new(0, 0, 20, 4), &mut cells);
        assert_eq!(inner, Rect::new(1, 1, 18, 2));
        assert_eq!(row(&cells, 0), "┌ φ(α) ≤ … ───── A ┐");
        assert_eq!(row(&cells, 2), "├ trials ──────────┤");
        assert_eq!(row(&cells, 3), "└ x₁ −3…3 ─────────┘");
        frame.draw(ASCII, cells.area, &mut cells);
        assert_eq!(row(&cells, 0), "+ phi(alpha) <=... +");
        for width in 0..9 {
            for height in 0..5 {
                let area = Rect::new(15, 2, width, height);
                let inner = frame.draw(ASCII, area, &mut cells);
                divide("trials", 3, Ink::Frame, ASCII, area, &mut cells);
                assert!(inner.area() == 0 || area.contains(inner.as_position()));
            }
        }
    }

    #[test]
    fn a_column_keeps_its_width_and_never_cuts_a_number() {
        let rich = Theme {
            glyphs: Glyphs::Braille,
            depth: Depth::None,
            ground: Ground::Dark,
            notation: crate::app::look::notation::Notation::Lmu,
        };
        let plain = Theme { glyphs: Glyphs::Ascii, ..rich };
        assert_eq!(column(752.5, 8, rich), "   752.5");
        assert_eq!(column(-3.421e-49, 8, rich), "−3.4e-49");
        assert_eq!(column(f64::NEG_INFINITY, 6, rich) + &column(f64::NEG_INFINITY, 6, plain), "    −∞  -inf");
        assert_eq!((column(14440.0, 3, rich), column(14440.0, 2, rich)), ("1e4".into(), " …".into()));
        assert_eq!((column(-3.421e-49, 6, rich), column(1.25e-12, 6, plain)), ("−3e-49".into(), " 1e-12".into()));
        for value in [0.0, -0.5, 1e308, -5e-324, f64::NAN, f64::NEG_INFINITY, 999_999.5] {
            for width in 0..12 {
                assert_eq!(column(value, width, rich).width(), width, "{value:e} in {width}");
                assert_eq!(column(value, width, plain).len(), width, "{value:e} in {width}");
            }
        }
    }
}
