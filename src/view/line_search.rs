//! How far along d? φ(α), the bound it must stay below, and every trial with its margin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::glimpse::Glimpse;
use crate::app::look::Glyphs;
use crate::app::sitting::Sitting;
use crate::engine::condition::armijo;
use crate::engine::method::Half;
use crate::engine::number::short;
use crate::engine::record::Proposal;
use crate::engine::trial::{Knot, Phase, Trial, Verdict};
use crate::view::plot::{Frame, Scale, column, divide, put};
use crate::view::raster::Raster;
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};

/// Draws the plot above and the table of trials below.
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer) {
    let ink = if is_focus { Ink::FrameFocus } else { Ink::Frame };
    let bottom = settings(sitting);
    let glimpse = told(Glimpse::of(sitting));
    let note = if glimpse.t < sitting.cursor.t { "last step" } else { "" };
    let frame = Frame { title: "Line search  φ(α) = f(x + αd)", right: note, bottom: &bottom, ink };
    let inner = frame.draw(theme, area, cells);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let Some(proposal) = glimpse.proposal else {
        put("no direction yet: φ needs a d", Ink::Dim, (inner.x, inner.y), inner.width, theme, cells);
        return;
    };
    let rows = table_rows(&glimpse, inner.height);
    let plot = Rect { height: inner.height - rows, ..inner };
    if plot.height >= 3 {
        Plot::new(sitting, &glimpse, proposal).draw(theme, plot, cells);
    }
    if rows == 0 {
        return;
    }
    let top = plot.bottom();
    divide(&doing(&glimpse), top, ink, theme, area, cells);
    table(&glimpse, theme, Rect { y: top + 1, height: rows - 1, ..inner }, cells);
}

/// What there is to tell: this iteration's search, or the last one's as long as this one has no direction.
fn told(glimpse: Glimpse<'_>) -> Glimpse<'_> {
    match (glimpse.proposal, glimpse.past.split_last()) {
        (None, Some((last, before))) if !last.trials.is_empty() => Glimpse {
            t: before.len(),
            here: &last.from,
            past: before,
            proposal: Some(&last.proposal),
            trials: &last.trials,
            alpha: Some(last.alpha),
            to: Some(&last.to),
            ending: None,
        },
        _ => glimpse,
    }
}

/// What the search is doing in the last trial told, with its interval.
fn doing(glimpse: &Glimpse<'_>) -> String {
    match glimpse.trials.last() {
        Some(trial) if trial.phase != Phase::Backtrack => {
            let word = trial.phase.word();
            trial.bracket.map_or(word.into(), |(low, high)| format!("{word} in [{}, {}]", short(low), short(high)))
        }
        _ => "trials".into(),
    }
}

/// The numbers among the settings of the step-size rule, by their symbols.
fn settings(sitting: &Sitting) -> String {
    let method = sitting.cast.runs[0].method();
    let shown = method.parameters(Half::StepSize).iter().filter_map(|parameter| {
        let value = method.settings(Half::StepSize).get(parameter.name)?.as_float()?;
        Some(format!("{} {}", parameter.symbol, short(value)))
    });
    shown.collect::<Vec<_>>().join("  ")
}

/// Rows for the table with its divider and head; the trials first, the plot from what is left.
fn table_rows(glimpse: &Glimpse<'_>, height: u16) -> u16 {
    if height < 4 {
        return height.min(1) * height;
    }
    let wanted = glimpse.trials.len().max(1) as u16 + 2;
    wanted.min((height / 2).max(4)).min(height)
}

fn table(glimpse: &Glimpse<'_>, theme: Theme, area: Rect, cells: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let has_slopes = glimpse.trials.iter().any(|trial| trial.slope.is_some()) && area.width >= SLOPES;
    let columns = if has_slopes { 5 } else { 4 };
    // A blank parts the columns, whatever stands in them.
    let wide = usize::from(area.width.saturating_sub(6) / columns).clamp(6, 12);
    let names = if theme.glyphs == Glyphs::Ascii {
        ["a", "phi(a)", "bound", "margin", "slope"]
    } else {
        ["α", "φ(α)", "bound", "margin", "slope"]
    };
    let names = &names[..usize::from(columns)];
    let head: String = names.iter().map(|name| pad(&theme.text(name), wide)).collect();
    put(&format!("   {head}"), Ink::Dim, (area.x, area.y), area.width, theme, cells);
    let room = usize::from(area.height - 1);
    if glimpse.trials.is_empty() && room > 0 {
        put("   none yet", Ink::Dim, (area.x, area.y + 1), area.width, theme, cells);
    }
    let first = glimpse.trials.len().saturating_sub(room);
    for (row, (index, trial)) in glimpse.trials.iter().enumerate().skip(first).enumerate() {
        let y = area.y + 1 + row as u16;
        let is_last = index + 1 == glimpse.trials.len();
        let pointer = if is_last { theme.symbol(Mark::Pointer) } else { " " };
        let ink = if is_last { Ink::Text } else { Ink::Dim };
        let margin = trial.armijo;
        let numbers = [
            Some(trial.alpha),
            Some(trial.value),
            margin.map(|margin| margin.rhs),
            margin.map(|margin| margin.slack()),
            trial.slope,
        ];
        let line: String = numbers[..usize::from(columns)]
            .iter()
            .map(|number| number.map_or(" ".repeat(wide), |number| format!(" {}", column(number, wide - 1, theme))))
            .collect();
        let line = format!("{:>2}{pointer}{line} ", index + 1);
        let used = put(&line, ink, (area.x, y), area.width, theme, cells);
        let (mark, ink) = match trial.verdict {
            // Which look of an exact search is taken is known only at its end.
            Verdict::Narrowed | Verdict::Open => continue,
            Verdict::Accepted if trial.armijo.is_none() && glimpse.alpha.is_none() => continue,
            Verdict::Accepted => (Mark::Yes, Ink::Good),
            _ => (Mark::No, Ink::Bad),
        };
        put(theme.symbol(mark), ink, (area.x + used, y), area.width.saturating_sub(used), theme, cells);
    }
}

/// The narrowest table with a column for slopes.
const SLOPES: u16 = 42;

fn pad(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

/// φ over [0, reach], drawn only as far as it may be told.
struct Plot<'a> {
    sitting: &'a Sitting,
    glimpse: &'a Glimpse<'a>,
    proposal: &'a Proposal,
    slope: f64,
    reach: f64,
}

impl<'a> Plot<'a> {
    fn new(sitting: &'a Sitting, glimpse: &'a Glimpse<'a>, proposal: &'a Proposal) -> Self {
        let slope = glimpse.here.gradient.dot(&proposal.direction);
        let reach = match (glimpse.trials, glimpse.alpha) {
            ([], Some(alpha)) => 1.6 * alpha,
            ([], None) => 1.0,
            ([only], _) => 1.1 * only.alpha,
            ([.., last], _) => 2.2 * last.alpha,
        };
        Self { sitting, glimpse, proposal, slope, reach }
    }

    fn phi(&self, alpha: f64) -> f64 {
        self.sitting.cast.runs[0].objective().value(&self.proposal.candidate(&self.glimpse.here.point, alpha))
    }

    /// Whether the search would accept α, by all that it demands.
    fn is_acceptable(&self, alpha: f64) -> bool {
        let Some(demand) = self.sitting.cast.runs[0].method().step_size.rule().demand() else { return false };
        let (here, d) = (self.glimpse.here, &self.proposal.direction);
        let objective = self.sitting.cast.runs[0].objective();
        let (value, slope) = if demand.asks_slope() {
            let (value, gradient) = objective.sample(&self.proposal.candidate(&here.point, alpha));
            (value, gradient.dot(d))
        } else {
            (self.phi(alpha), f64::NAN)
        };
        let origin = Knot { alpha: 0.0, value: here.value, slope: self.slope };
        demand.judge(&origin, &Knot { alpha, value, slope }).verdict == Verdict::Accepted
    }

    fn gamma1(&self) -> Option<f64> {
        self.sitting.cast.runs[0].method().step_size.rule().gamma1()
    }

    /// While a prediction is open or sealed the curve would tell which α pass; the trials themselves were seen.
    fn may_tell(&self) -> bool {
        !self.sitting.keeps_secret()
    }

    /// From which α on the curve may be drawn: a search that only shortens never comes back to what lies behind it.
    fn told_from(&self) -> f64 {
        match self.glimpse.trials.last() {
            _ if self.may_tell() => 0.0,
            Some(last) if last.phase == Phase::Backtrack && self.sitting.is_sealed() => last.alpha,
            _ => f64::INFINITY,
        }
    }

    fn draw(&self, theme: Theme, area: Rect, cells: &mut Buffer) {
        let gutter = 7.min(area.width / 3);
        let axis_rows = if area.height >= 6 { 2 } else { 1 };
        let canvas = Rect { x: area.x + gutter, width: area.width - gutter, height: area.height - axis_rows, ..area };
        let mut raster = Raster::new(canvas.width, canvas.height, theme.glyphs);
        let across = Scale::linear(0.0, self.reach, raster.width());
        let alphas: Vec<f64> = (0..raster.width()).map(|dot| across.value(dot as f64)).collect();
        let told = alphas.iter().filter(|alpha| **alpha >= self.told_from());
        let curve: Vec<(f64, f64)> = told.map(|&alpha| (alpha, self.phi(alpha))).collect();
        let down = self.heights(&curve, raster.height());
        let place = |alpha: f64, value: f64| Some((across.dot(alpha)?, down.dot(value)?));
        raster.chain(curve.iter().filter_map(|&(alpha, value)| place(alpha, value)), Ink::Curve);
        if let Some(gamma1) = self.gamma1() {
            let bound = |alpha: f64| armijo(self.glimpse.here.value, self.slope, gamma1, alpha, 0.0).rhs;
            if let (Some(from), Some(to)) = (place(0.0, bound(0.0)), place(self.reach, bound(self.reach))) {
                raster.dashed(from, to, 2, Ink::Bound);
            }
        }
        for (index, trial) in self.glimpse.trials.iter().enumerate() {
            self.mark_trial(index, trial, (&across, &down), theme, &mut raster);
        }
        raster.paint(theme, canvas, cells);
        self.label_heights(&down, theme, Rect { width: gutter, ..canvas }, area.x, cells);
        self.axis(&across, theme, Rect { y: canvas.bottom(), height: axis_rows, ..canvas }, cells);
    }

    fn mark_trial(&self, index: usize, trial: &Trial, scales: (&Scale, &Scale), theme: Theme, raster: &mut Raster) {
        let (across, down) = scales;
        if trial.alpha > self.reach {
            return;
        }
        let (Some(x), y) = (across.dot(trial.alpha), down.dot(trial.value)) else { return };
        // What lies above the plot is pinned to its upper edge.
        let y = y.filter(|y| *y >= 0.0 && y.is_finite()).unwrap_or(0.0);
        let Some((column, row)) = raster.cell_at((x.min(raster.width() as f64 - 1.0), y)) else { return };
        let ink = if trial.verdict == Verdict::Accepted { Ink::Good } else { Ink::Trial };
        let label: String = format!("{}{}", theme.symbol(Mark::Trial), index + 1);
        let room = raster.width() / Raster::dots_per_cell(theme.glyphs).0;
        let start = usize::from(column).min(room.saturating_sub(label.chars().count()));
        for (offset, letter) in label.chars().enumerate() {
            raster.stamp(start + offset, usize::from(row), letter, ink);
        }
    }

    /// From the lowest point told to a little above φ(0), so that the place where trials pass fills the plot.
    fn heights(&self, curve: &[(f64, f64)], dots: usize) -> Scale {
        let top = self.glimpse.here.value;
        let told = curve.iter().map(|(_, value)| *value).chain(self.glimpse.trials.iter().map(|trial| trial.value));
        let fallback = top + self.slope * self.reach * self.gamma1().unwrap_or(0.5);
        let low = told.filter(|value| value.is_finite()).fold(fallback.min(top), f64::min);
        let room = (top - low).abs().max(f64::MIN_POSITIVE);
        let last = self.glimpse.trials.last().map_or(top, |trial| trial.value);
        let high = if last > top && last < top + 4.0 * room { last } else { top + 0.6 * room };
        Scale::linear(low - 0.05 * room, high, dots).upward()
    }

    fn label_heights(&self, down: &Scale, theme: Theme, gutter: Rect, x: u16, cells: &mut Buffer) {
        let mut labels = vec![(self.glimpse.here.value, Ink::Dim)];
        if let Some(last) = self.glimpse.trials.last() {
            labels.insert(0, (last.value, Ink::Trial));
        }
        let border = if theme.glyphs == Glyphs::Ascii { "|" } else { "┤" };
        let per_cell = Raster::dots_per_cell(theme.glyphs).1 as f64;
        let mut taken: Vec<u16> = Vec::new();
        for y in gutter.top()..gutter.bottom() {
            put(
                if theme.glyphs == Glyphs::Ascii { "|" } else { "│" },
                Ink::Axis,
                (x + gutter.width - 1, y),
                1,
                theme,
                cells,
            );
        }
        for (value, ink) in labels {
            let Some(dot) = down.dot(value).filter(|dot| *dot >= 0.0) else { continue };
            let row = (dot / per_cell) as u16;
            if row >= gutter.height || taken.contains(&row) {
                continue;
            }
            taken.push(row);
            let text = column(value, usize::from(gutter.width.saturating_sub(1)), theme);
            put(&text, ink, (x, gutter.y + row), gutter.width - 1, theme, cells);
            put(border, Ink::Axis, (x + gutter.width - 1, gutter.y + row), 1, theme, cells);
        }
    }

    /// The α axis: where the accepted set lies, if that may be told, with the last trials' α below their marks.
    fn axis(&self, across: &Scale, theme: Theme, area: Rect, cells: &mut Buffer) {
        let per_cell = Raster::dots_per_cell(theme.glyphs).0 as f64;
        for cell in 0..area.width {
            let alpha = across.value((f64::from(cell) + 0.5) * per_cell);
            let is_accepted = self.may_tell() && self.is_acceptable(alpha);
            let (symbol, ink) = if is_accepted {
                (theme.symbol(Mark::Bar), Ink::Accepted)
            } else {
                (theme.symbol(Mark::Dash), Ink::Axis)
            };
            put(symbol, ink, (area.x + cell, area.y), 1, theme, cells);
        }
        let y = area.bottom() - 1;
        put("0", Ink::Axis, (area.x, y), 1, theme, cells);
        let name = if theme.glyphs == Glyphs::Ascii { "a" } else { "α" };
        let end = format!(" {} {name}", short(self.reach));
        let width = end.chars().count() as u16;
        put(&end, Ink::Axis, (area.right().saturating_sub(width), y), width, theme, cells);
        if let Some(last) = self.glimpse.trials.last() {
            let label = format!(" {} ", short(last.alpha));
            let wide = label.chars().count() as u16;
            let at = across.dot(last.alpha).map_or(0, |dot| (dot / per_cell) as u16).saturating_sub(wide / 2).max(1);
            if at + wide + width < area.width {
                put(&label, Ink::Trial, (area.x + at, y), wide, theme, cells);
            }
        }
    }
}
