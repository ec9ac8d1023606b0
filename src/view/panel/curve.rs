//! The curve panel: f of one variable as it is; in more, f along the direction, with its tangent and its parabola.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::look::viewport::Viewport;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::product::{dot, norm};
use crate::engine::number::short;
use crate::engine::record::Proposal;
use crate::engine::theory::curvature::{self, Model};
use crate::view::map::line;
use crate::view::paper::frame::{Frame, Scale, put};
use crate::view::paper::lines::{self, Line, frame_ink};
use crate::view::paper::raster::Raster;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// Draws the curve of an objective of one variable, or the section of another along d (along −∇f before d is seen).
pub fn draw(sitting: &Sitting, theme: Theme, is_focus: bool, area: Rect, cells: &mut Buffer) {
    if sitting.cast.runs[0].objective().dimension() == 1 {
        return line::draw(&Scene::of(sitting), theme, Viewport::default(), is_focus, area, cells);
    }
    let section = Section::new(sitting);
    let title = format!("f along {} from xₜ", section.way);
    let bottom = "line: f   dots: tangent, parabola";
    let note = format!("t = {}", section.glimpse.t);
    let frame = Frame { title: &title, right: &note, bottom, ink: frame_ink(is_focus) };
    let inner = frame.draw(theme, area, cells);
    if inner.height < 4 || inner.width < 16 {
        return;
    }
    if !section.reach.is_finite() || section.reach <= 0.0 {
        let line = Line::new(Ink::Dim, "∇f = 0: there is no way to go, and no section").flush();
        return lines::draw(&lines::fit(&[line], inner.width, theme), theme, inner, cells);
    }
    section.draw(theme, inner, cells);
}

/// f(xₜ + b + αd) over α from 0 on.
struct Section<'a> {
    sitting: &'a Sitting,
    glimpse: Glimpse<'a>,
    /// The way: as proposed, or −∇f.
    proposal: Proposal,
    way: &'static str,
    slope: f64,
    bend: Option<f64>,
    reach: f64,
}

impl<'a> Section<'a> {
    fn new(sitting: &'a Sitting) -> Self {
        let glimpse = Glimpse::of(sitting);
        let here = glimpse.here;
        let (proposal, way) = match glimpse.proposal {
            Some(proposal) => (proposal.clone(), if proposal.base.is_some() { "b + αd" } else { "d" }),
            None => (Proposal::ray(-&here.gradient), "−∇f"),
        };
        let slope = dot(&here.gradient, &proposal.direction);
        let looked = curvature::look(sitting.cast.runs[0].objective(), here);
        let bend = looked.map(|(hessian, _)| Model::along(&here.gradient, &hessian, &proposal.direction).bend);
        let best = bend.filter(|bend| *bend > 0.0 && slope < 0.0).map(|bend| -slope / bend);
        let tried = glimpse.trials.iter().map(|trial| trial.alpha).chain(glimpse.alpha).reduce(f64::max);
        // What α the parabola has its lowest point at may be asked: then the reach is that of what was tried.
        let longest = match (tried, best) {
            (Some(tried), Some(best)) if !sitting.is_unsettled() => (1.2 * tried).max(2.4 * best),
            (Some(tried), _) => 1.2 * tried,
            (None, Some(best)) if !sitting.is_unsettled() => 2.4 * best,
            (None, _) => 1.0 / norm(&proposal.direction),
        };
        Self { sitting, glimpse, proposal, way, slope, bend, reach: longest }
    }

    fn value(&self, alpha: f64) -> f64 {
        let candidate = self.proposal.candidate(&self.glimpse.here.point, alpha);
        self.sitting.cast.runs[0].objective().value(&candidate)
    }

    fn draw(&self, theme: Theme, area: Rect, cells: &mut Buffer) {
        let gutter = 7;
        let canvas = Rect { x: area.x + gutter, width: area.width - gutter, height: area.height - 1, ..area };
        let mut raster = Raster::new(canvas.width, canvas.height, theme.glyphs);
        let across = Scale::linear(0.0, self.reach, raster.width());
        let alphas: Vec<f64> = (0..raster.width()).map(|dot| across.value(dot as f64)).collect();
        // Where f lies along the way is what a prediction is about.
        let curve: Vec<(f64, f64)> = if self.sitting.is_unsettled() {
            Vec::new()
        } else {
            alphas.iter().map(|&alpha| (alpha, self.value(alpha))).filter(|(_, value)| value.is_finite()).collect()
        };
        let start = self.glimpse.here.value;
        // The models start at xₜ itself, also where a base moves the section.
        let has_base = self.proposal.base.is_some();
        let tangent = |alpha: f64| start + alpha * self.slope;
        let parabola = |alpha: f64| self.bend.map(|bend| tangent(alpha) + 0.5 * alpha * alpha * bend);
        let down = self.heights(&curve, &parabola, raster.height());
        let place = |alpha: f64, value: f64| Some((across.dot(alpha)?, down.dot(value)?));
        if !has_base {
            if let (Some(from), Some(to)) = (place(0.0, start), place(self.reach, tangent(self.reach))) {
                raster.dashed(from, to, 4, Ink::Bound);
            }
            if !self.sitting.is_unsettled() {
                let bent: Vec<(f64, f64)> = alphas.iter().filter_map(|&alpha| place(alpha, parabola(alpha)?)).collect();
                for pair in bent.windows(2).step_by(2) {
                    raster.dashed(pair[0], pair[1], 2, Ink::Model);
                }
            }
        }
        raster.chain(curve.iter().filter_map(|&(alpha, value)| place(alpha, value)), Ink::Curve);
        let mut stamp = |alpha: f64, value: f64, mark: Mark, ink: Ink| {
            let cell = place(alpha, value).and_then(|place| raster.cell_at(place));
            if let (Some((column, row)), Some(symbol)) = (cell, theme.symbol(mark).chars().next()) {
                raster.stamp(usize::from(column), usize::from(row), symbol, ink);
            }
        };
        for trial in self.glimpse.trials {
            stamp(trial.alpha, trial.value, Mark::Trial, Ink::Trial);
        }
        stamp(0.0, if has_base { self.value(0.0) } else { start }, Mark::Iterate, Ink::Path);
        if let (Some(alpha), Some(to)) = (self.glimpse.alpha, self.glimpse.to) {
            stamp(alpha, to.value, Mark::Here, Ink::Here);
        }
        raster.paint(theme, canvas, cells);
        self.axes(&down, theme, area, gutter, cells);
    }

    /// From the lowest to the highest point of the curve, the start and the trials; the tangent may leave the plot.
    fn heights(&self, curve: &[(f64, f64)], parabola: &dyn Fn(f64) -> Option<f64>, dots: usize) -> Scale {
        let start = self.glimpse.here.value;
        let best = self.bend.filter(|bend| *bend > 0.0).map(|bend| -self.slope / bend);
        let lowest = best.filter(|_| !self.sitting.is_unsettled()).and_then(parabola);
        let told = curve.iter().map(|(_, value)| *value).chain(self.glimpse.trials.iter().map(|trial| trial.value));
        let told = told.chain(lowest).chain([start, start + 0.5 * self.reach * self.slope]);
        let cap = start + 2.0 * (self.reach * self.slope).abs();
        Scale::around(told.chain(self.glimpse.to.map(|to| to.value)).map(|value| value.min(cap)), dots).upward()
    }

    fn axes(&self, down: &Scale, theme: Theme, area: Rect, gutter: u16, cells: &mut Buffer) {
        let per_cell = Raster::dots_per_cell(theme.glyphs).1 as f64;
        let rows = area.height - 1;
        for y in area.y..area.y + rows {
            put("│", Ink::Axis, (area.x + gutter - 1, y), 1, theme, cells);
        }
        for (value, _) in down.ticks(usize::from(rows / 2).clamp(2, 5)) {
            let Some(row) = down.dot(value).map(|dot| (dot.round() / per_cell) as u16).filter(|row| *row < rows) else {
                continue;
            };
            let text = crate::view::paper::frame::column(value, usize::from(gutter - 1), theme);
            put(&text, Ink::Axis, (area.x, area.y + row), gutter - 1, theme, cells);
            put("┤", Ink::Axis, (area.x + gutter - 1, area.y + row), 1, theme, cells);
        }
        let y = area.y + rows;
        put("0", Ink::Axis, (area.x + gutter, y), 1, theme, cells);
        let end = theme.text(&format!("α = {}", short(self.reach))).into_owned();
        let wide = end.chars().count() as u16;
        put(&end, Ink::Axis, (area.right().saturating_sub(wide), y), wide, theme, cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::Beat;
    use crate::lesson::schema::Grain;
    use crate::view::paper::specimen::{
        RAVINE, THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, question, ravine, walk_to,
    };

    fn seen(sitting: &Sitting) -> String {
        drawn(40, 12, |area, cells| draw(sitting, THEMES[0], true, area, cells))
    }

    #[test]
    fn a_section_shows_the_way_that_is_seen() {
        let mut sitting = ravine(backtracking());
        assert!(seen(&sitting).contains("f along −∇f from xₜ"), "{}", seen(&sitting));
        walk_to(&mut sitting, Beat::Trial(1));
        let text = seen(&sitting);
        assert!(text.contains("f along d from xₜ"), "{text}");
        walk_to(&mut sitting, Beat::Move);
        assert!(seen(&sitting).contains('◆'), "{}", seen(&sitting));
    }

    #[test]
    fn a_question_hides_the_curve_and_the_parabola() {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[fixed(0.05)]);
        let shown = seen(&Sitting::open(lesson.clone()).unwrap());
        lesson.pages[0].ask = Some(question());
        let hidden = seen(&Sitting::open(lesson).unwrap());
        let dots = |text: &str| text.chars().filter(|symbol| ('\u{2801}'..='\u{28ff}').contains(symbol)).count();
        assert!(dots(&hidden) < 15 && dots(&shown) > 30, "{hidden}{shown}");
    }

    #[test]
    fn one_variable_has_its_own_curve() {
        let sitting = Sitting::open(lesson("x^4", &[1.0], &[fixed(0.05)])).unwrap();
        assert!(seen(&sitting).contains("f = x⁴"), "{}", seen(&sitting));
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = ravine(backtracking());
        for _ in 0..4 {
            draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
            sitting.step();
        }
        sitting.forward(Grain::Run);
        draw_at_every_size(|theme, area, cells| draw(&sitting, theme, false, area, cells));
    }
}
