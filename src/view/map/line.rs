//! An objective of one variable: its curve, where the run stands on it, the tangent and the quadratic model there.

use ratatui::layout::Rect;

use crate::app::look::viewport::Viewport;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::{short, trimmed};
use crate::objective::point::Point;
use crate::view::map::compared;
use crate::view::map::sheet::{beside, ends, magnified};
use crate::view::paper::frame::Frame;
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::paper::typeset;
use crate::view::plot::axes::Axes;

/// Draws the curve over the window with the path, the trials and the tangent.
pub fn draw(scene: &Scene<'_>, viewport: Viewport, pad: &mut Pad<'_>) {
    let (area, theme, run) = (pad.area, pad.theme, scene.run());
    let objective = run.objective();
    let [low, high] = viewport.window(0, scene.scenario().window.first().copied().unwrap_or([-1.0, 1.0]));
    // While a prediction is open the model might tell where Newton's step lands.
    let has_model = scene.foretold().is_ok();
    let names = if has_model { "tangent, dots: model" } else { "tangent" };
    let raster = Raster::new(area.width.saturating_sub(2), area.height.saturating_sub(2), theme.glyphs);
    let across = Scale::linear(low, high, raster.width());
    let value_at = |x: f64| objective.value(&Point::from_element(1, x));
    let heights: Vec<(f64, f64)> = (0..raster.width())
        .map(|dot| across.value(dot as f64))
        .map(|x| (x, value_at(x)))
        .filter(|(_, value)| value.is_finite())
        .collect();
    let up = Scale::around(heights.iter().map(|(_, value)| *value), raster.height()).upward();
    let name = compared::name(scene);
    let title = format!("{name}f = {}", typeset::subject(scene.scenario().subject()));
    let title = if scene.name().is_some() { title } else { beside(&title, &name, names, area.width, theme) };
    let bottom = format!("x₁ {}{}{}", ends([low, high]), magnified(viewport), compared::height(scene));
    let bottom = if scene.name().is_some() { bottom } else { bottom + &reach(&heights) };
    let inner = Frame { title: &title, right: names, bottom: &bottom }.draw(pad);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let axes = Axes::new(inner, across, up, theme.glyphs);
    let mut pane = Pane { raster, axes, window: [low, high], theme };
    let places: Vec<(f64, f64)> = heights.iter().filter_map(|(x, value)| pane.axes.place(*x, *value)).collect();
    pane.raster.chain(places, Ink::Curve);
    let glimpse = scene.glimpse();
    let tangent = pane.tangent(glimpse);
    if has_model {
        pane.model(glimpse, objective.hessian(&glimpse.here.point)[(0, 0)]);
    }
    for (index, run) in scene.runs().skip(1) {
        let name = scene.name_of(index);
        pane.mark(run.here().point[0], run.here().value, name, Ink::Rival((index - 1).min(255) as u8));
    }
    for step in glimpse.past {
        pane.mark(step.from.point[0], step.from.value, theme.symbol(Mark::Iterate), Ink::Path);
    }
    pane.trials(glimpse);
    let point = glimpse.point();
    pane.mark(point.point[0], point.value, theme.symbol(Mark::Here), Ink::Here);
    pane.raster.paint(theme, inner, pad.cells);
    if let Some((words, at)) = tangent {
        pad.put(&words, Ink::Model, at, inner.right().saturating_sub(at.0));
    }
    pane.point_outside(glimpse, pad);
    compared::tell_ending(scene, inner, pad);
}

/// From which height to which the curve goes.
fn reach(heights: &[(f64, f64)]) -> String {
    let values = || heights.iter().map(|(_, value)| *value);
    let ends = values().reduce(f64::min).zip(values().reduce(f64::max));
    ends.map_or_else(String::new, |(low, high)| format!("   f {}…{}", trimmed(low, 3), trimmed(high, 3)))
}

/// The curve's place on the screen, and what is drawn on it.
struct Pane {
    raster: Raster,
    axes: Axes,
    window: [f64; 2],
    theme: Theme,
}

impl Pane {
    /// The cells inside of the frame.
    fn inner(&self) -> Rect {
        self.axes.canvas
    }

    /// On which side of the window x lies: −1, 0 or 1.
    fn side(&self, x: f64) -> i8 {
        i8::from(x > self.window[1]) - i8::from(x < self.window[0])
    }

    /// The cell of a point, or the one at the edge that is nearest to it.
    fn cell(&self, x: f64, value: f64) -> Option<(u16, u16)> {
        let (column, row) = self.axes.place(x, value)?;
        let (last, lowest) = (self.raster.width() as f64 - 1.0, self.raster.height() as f64 - 1.0);
        self.raster.cell_at((column.clamp(0.0, last.max(0.0)), row.clamp(0.0, lowest.max(0.0))))
    }

    /// Puts a symbol, or its first letter, where a point is; an arrow at the edge for a point outside.
    fn mark(&mut self, x: f64, value: f64, symbol: &str, ink: Ink) {
        let side = self.side(x);
        let symbol = if side == 0 { symbol } else { self.theme.symbol(Mark::Arrow(side, 0)) };
        if let (Some((column, row)), Some(symbol)) = (self.cell(x, value), symbol.chars().next()) {
            self.raster.stamp(usize::from(column), usize::from(row), symbol, ink);
        }
    }

    /// Draws the tangent; what to write at its end, and where.
    fn tangent(&mut self, glimpse: &Glimpse<'_>) -> Option<(String, (u16, u16))> {
        let (x, value, slope) = (glimpse.here.point[0], glimpse.here.value, glimpse.here.gradient[0]);
        let reach = (self.window[1] - self.window[0]) / 6.0;
        let ends = [-reach, reach].map(|by| self.axes.place(x + by, value + by * slope));
        let [Some(left), Some(right)] = ends else { return None };
        self.raster.line(left, right, Ink::Model);
        let words = format!("f′ = {}", short(slope));
        let wide = self.theme.text(&words).chars().count() as u16;
        // At the end that lies in the window; where both do, at the one that is lower on the screen.
        let inside =
            |end: &(f64, f64)| self.raster.cell_at(*end).filter(|(column, _)| column + wide <= self.inner().width);
        let (column, row) = [right, left].iter().filter_map(inside).max_by_key(|(_, row)| *row)?;
        Some((words, (self.inner().x + column, self.inner().y + row)))
    }

    /// Draws the quadratic model as dots.
    fn model(&mut self, glimpse: &Glimpse<'_>, bend: f64) {
        let (x, value, slope) = (glimpse.here.point[0], glimpse.here.value, glimpse.here.gradient[0]);
        for dot in (0..self.raster.width()).step_by(2) {
            let shift = self.axes.across.value(dot as f64) - x;
            if let Some(height) = self.axes.up.dot(value + slope * shift + 0.5 * bend * shift * shift) {
                self.raster.dot((dot as f64, height), Ink::Ghost);
            }
        }
    }

    /// Marks the trials of this iteration, each with its number.
    fn trials(&mut self, glimpse: &Glimpse<'_>) {
        let (Some(proposal), None) = (glimpse.proposal, glimpse.to) else { return };
        for (number, trial) in (1..).zip(glimpse.trials) {
            let x = proposal.candidate(&glimpse.here.point, trial.alpha)[0];
            self.mark(x, trial.value, self.theme.symbol(Mark::Trial), Ink::Trial);
            let Some((column, row)) = self.cell(x, trial.value).filter(|_| self.side(x) == 0) else { continue };
            for (column, digit) in
                (usize::from(column) + 1..usize::from(self.inner().width)).zip(number.to_string().chars())
            {
                self.raster.stamp(column, usize::from(row), digit, Ink::Trial);
            }
        }
    }

    /// Says where the point in view, or else the last trial, is, if the window does not hold it.
    fn point_outside(&self, glimpse: &Glimpse<'_>, pad: &mut Pad<'_>) {
        let here = glimpse.point();
        let last = glimpse.trials.last().filter(|_| glimpse.to.is_none()).zip(glimpse.proposal);
        let trial =
            last.map(|(trial, proposal)| (proposal.candidate(&glimpse.here.point, trial.alpha)[0], trial.value));
        let (x, value, mark, ink) = match (self.side(here.point[0]), trial) {
            (0, Some((x, value))) => (x, value, Mark::Trial, Ink::Trial),
            (0, None) => return,
            _ => (here.point[0], here.value, Mark::Here, Ink::Here),
        };
        let (side, theme, inner) = (self.side(x), self.theme, self.inner());
        let Some((_, row)) = self.cell(x, value).filter(|_| side != 0) else { return };
        let beyond = (x - self.window[1]).max(self.window[0] - x);
        let (arrow, label) = (
            theme.symbol(Mark::Arrow(side, 0)),
            format!("{} {} {} beyond", theme.symbol(mark), short(x), short(beyond)),
        );
        let text = if side > 0 { format!("{label} {arrow}") } else { format!("{arrow} {label}") };
        let wide = theme.text(&text).chars().count() as u16;
        let column = if side > 0 { inner.width.saturating_sub(wide) } else { 0 };
        pad.put(&text, ink, (inner.x + column, inner.y + row), inner.width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::view::paper::specimen::{THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, walk_to};

    fn seen(sitting: &Sitting) -> String {
        drawn((60, 16), THEMES[0], |pad| draw(&Scene::of(sitting), Viewport::default(), pad))
    }

    /// f = x² from 1 with α = 1, ½: the first trial lands at −1, the second at 0; f' = 2.
    #[test]
    fn trials_wear_their_numbers_and_the_tangent_its_slope() {
        let mut sitting = Sitting::open(lesson("x^2", &[1.0], &[backtracking()])).unwrap();
        walk_to(&mut sitting, Beat::Trial(1));
        let text = seen(&sitting);
        assert!(text.contains("×1") && text.contains("×2") && !text.contains("×3"), "{text}");
        assert!(text.contains("f′ = 2") && !text.contains("beyond"), "{text}");
    }

    #[test]
    fn what_leaves_the_window_is_pinned_to_its_edge() {
        let mut sitting = Sitting::open(lesson("x^2", &[1.0], &[fixed(3.0)])).unwrap();
        let high = sitting.scenario().window[0][1];
        sitting.step_while(|sitting| sitting.cursor.t < 3);
        // x ← −5x: 1, −5, 25, −125.
        let text = seen(&sitting);
        assert!(text.contains(&format!("← ◆ −125 {} beyond", short(125.0 - high))), "{text}");
        walk_to(&mut sitting, Beat::Move);
        let text = seen(&sitting);
        assert!(text.contains(&format!("◆ 625 {} beyond →", short(625.0 - high))) && text.contains('←'), "{text}");
        draw_at_every_size(|pad| draw(&Scene::of(&sitting), Viewport::default(), pad));
    }
}
