//! The curve panel: f of one variable as it is; in more, f along the direction, with its tangent and its parabola.

use ratatui::layout::Rect;

use crate::app::look::viewport::Viewport;
use crate::app::run::scene::Scene;
use crate::engine::number::product::{dot, norm};
use crate::engine::number::short;
use crate::engine::record::Proposal;
use crate::engine::theory::curvature::Model;
use crate::view::map::line;
use crate::view::paper::frame::{Frame, column};
use crate::view::paper::lines::{self, Line};
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;
use crate::view::plot::axes::Axes;

/// Columns for the numbers and the line of the upright axis.
const GUTTER: u16 = 7;

/// Draws the curve of an objective of one variable, or the section of another along d (along −∇f before d is seen).
pub fn draw(scene: &Scene<'_>, pad: &mut Pad<'_>) {
    if scene.run().objective().dimension() == 1 {
        return line::draw(scene, Viewport::default(), pad);
    }
    let section = Section::new(scene);
    let title = format!("f along {} from xₜ", section.way);
    let bottom = "line: f   dots: tangent, parabola";
    let note = format!("t = {}", scene.glimpse().t);
    let inner = Frame { title: &title, right: &note, bottom }.draw(pad);
    if inner.height < 4 || inner.width < 16 {
        return;
    }
    let pad = &mut pad.part(inner);
    if !section.reach.is_finite() || section.reach <= 0.0 {
        let line = Line::new(Ink::Dim, "∇f = 0: there is no way to go, and no section").flush();
        return lines::draw_fitted(&[line], pad);
    }
    section.draw(pad);
}

/// f(xₜ + b + αd) over α from 0 on.
struct Section<'a> {
    scene: &'a Scene<'a>,
    /// The way: as proposed, or −∇f.
    proposal: Proposal,
    way: &'static str,
    slope: f64,
    /// dᵀ∇²f d; `None` where ∇²f is not finite.
    bend: Option<f64>,
    reach: f64,
}

impl<'a> Section<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        let glimpse = scene.glimpse();
        let here = glimpse.here;
        let (proposal, way) = match glimpse.proposal {
            Some(proposal) => (proposal.clone(), if proposal.base.is_some() { "b + αd" } else { "d" }),
            None => (Proposal::ray(-&here.gradient), "−∇f"),
        };
        let slope = dot(&here.gradient, &proposal.direction);
        let looked = scene.looked();
        let bend = looked.map(|(hessian, _)| Model::along(&here.gradient, hessian, &proposal.direction).bend);
        let mut section = Self { scene, proposal, way, slope, bend, reach: 0.0 };
        let tried = glimpse.trials.iter().map(|trial| trial.alpha).chain(glimpse.alpha).reduce(f64::max);
        // What α the parabola has its lowest point at may be asked: then the reach is that of what was tried.
        section.reach = match (tried, section.told_best()) {
            (Some(tried), Some(best)) => (1.2 * tried).max(2.4 * best),
            (Some(tried), None) => 1.2 * tried,
            (None, Some(best)) => 2.4 * best,
            (None, None) => 1.0 / norm(&section.proposal.direction),
        };
        section
    }

    /// The α of the parabola's lowest point ahead; `None` where it has none, or where that may not be told.
    fn told_best(&self) -> Option<f64> {
        self.scene.ahead()?;
        self.bend.filter(|bend| *bend > 0.0 && self.slope < 0.0).map(|bend| -self.slope / bend)
    }

    fn value(&self, alpha: f64) -> f64 {
        let candidate = self.proposal.candidate(&self.scene.glimpse().here.point, alpha);
        self.scene.run().objective().value(&candidate)
    }

    /// f along the way at these α; nothing while that is what a prediction is about.
    fn curve(&self, alphas: &[f64]) -> Vec<(f64, f64)> {
        let told = alphas.iter().filter(|_| self.scene.ahead().is_some());
        told.map(|&alpha| (alpha, self.value(alpha))).filter(|(_, value)| value.is_finite()).collect()
    }

    fn draw(&self, pad: &mut Pad<'_>) {
        let (area, theme, glimpse) = (pad.area, pad.theme, self.scene.glimpse());
        let canvas = Rect { x: area.x + GUTTER, width: area.width - GUTTER, height: area.height - 1, ..area };
        let mut raster = Raster::new(canvas.width, canvas.height, theme.glyphs);
        let across = Scale::linear(0.0, self.reach, raster.width());
        let alphas: Vec<f64> = (0..raster.width()).map(|dot| across.value(dot as f64)).collect();
        let curve = self.curve(&alphas);
        let start = glimpse.here.value;
        // The models start at xₜ itself, also where a base moves the section.
        let has_base = self.proposal.base.is_some();
        let tangent = |alpha: f64| start + alpha * self.slope;
        let parabola = |alpha: f64| self.bend.map(|bend| tangent(alpha) + 0.5 * alpha * alpha * bend);
        let axes = Axes::new(canvas, across, self.heights(&curve, &parabola, raster.height()), theme.glyphs);
        if !has_base {
            if let (Some(from), Some(to)) = (axes.place(0.0, start), axes.place(self.reach, tangent(self.reach))) {
                raster.dashed(from, to, 4, Ink::Bound);
            }
            if self.scene.ahead().is_some() {
                let bent = alphas.iter().filter_map(|&alpha| axes.place(alpha, parabola(alpha)?));
                for pair in bent.collect::<Vec<_>>().windows(2).step_by(2) {
                    raster.dashed(pair[0], pair[1], 2, Ink::Model);
                }
            }
        }
        raster.chain(curve.iter().filter_map(|&(alpha, value)| axes.place(alpha, value)), Ink::Curve);
        for trial in glimpse.trials {
            axes.mark((trial.alpha, trial.value), theme.symbol(Mark::Trial), Ink::Trial, &mut raster);
        }
        let first = if has_base { self.value(0.0) } else { start };
        axes.mark((0.0, first), theme.symbol(Mark::Iterate), Ink::Path, &mut raster);
        if let (Some(alpha), Some(to)) = (glimpse.alpha, glimpse.to) {
            axes.mark((alpha, to.value), theme.symbol(Mark::Here), Ink::Here, &mut raster);
        }
        raster.paint(theme, canvas, pad.cells);
        axes.upright(pad);
        for (value, _) in axes.up.ticks(usize::from(canvas.height / 2).clamp(2, 5)) {
            if let Some(row) = axes.row_of(value) {
                axes.tick(row, (&column(value, usize::from(GUTTER - 1), theme), Ink::Axis), pad);
            }
        }
        axes.name_ends(&format!("α = {}", short(self.reach)), canvas.bottom(), pad);
    }

    /// From the lowest to the highest point of the curve, the start and the trials; the tangent may leave the plot.
    fn heights(&self, curve: &[(f64, f64)], parabola: &dyn Fn(f64) -> Option<f64>, dots: usize) -> Scale {
        let glimpse = self.scene.glimpse();
        let start = glimpse.here.value;
        let best = self.bend.filter(|bend| *bend > 0.0).map(|bend| -self.slope / bend);
        let lowest = best.filter(|_| self.scene.ahead().is_some()).and_then(parabola);
        let told = curve.iter().map(|(_, value)| *value).chain(glimpse.trials.iter().map(|trial| trial.value));
        let told = told.chain(lowest).chain([start, start + 0.5 * self.reach * self.slope]);
        let cap = start + 2.0 * (self.reach * self.slope).abs();
        Scale::around(told.chain(glimpse.to.map(|to| to.value)).map(|value| value.min(cap)), dots).upward()
    }
}

#[cfg(test)]
mod tests {
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::lesson::schema::Grain;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        RAVINE, THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, question, ravine, walk_to,
    };

    fn seen(sitting: &Sitting) -> String {
        drawn((40, 12), THEMES[0], |pad| draw_panel(Panel::Curve, sitting, pad))
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
            draw_at_every_size(|pad| draw_panel(Panel::Curve, &sitting, pad));
            sitting.step();
        }
        sitting.forward(Grain::Run);
        draw_at_every_size(|pad| draw_panel(Panel::Curve, &sitting, pad));
    }
}
