//! f along the ray from x: the curve, the line of the bound and the trials.

use ratatui::layout::Rect;

use crate::app::look::appearance::Glyphs;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::product::dot;
use crate::engine::number::right;
use crate::engine::record::Proposal;
use crate::engine::record::trial::{Knot, Phase, Trial, Verdict};
use crate::engine::search::condition::armijo;
use crate::view::paper::frame::{column, fitting};
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::scale::Scale;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::axes::Axes;
use crate::view::plot::axis::{Along, Axis, LOOKS};
use unicode_width::UnicodeWidthStr;

/// φ over [0, reach], drawn only as far as it may be told.
pub struct Ray<'a>(Along<'a>);

impl<'a> Ray<'a> {
    /// The ray of a search that was told so far.
    pub fn new(scene: &'a Scene<'a>, glimpse: &'a Glimpse<'a>, proposal: &'a Proposal) -> Self {
        let slope = dot(&glimpse.here.gradient, &proposal.direction);
        let initial = scene.run().method_at(glimpse.t).step_size.rule().number("initial");
        Self(Along { scene, glimpse, proposal, slope, reach: reach(glimpse, initial) })
    }

    fn phi(&self, alpha: f64) -> f64 {
        self.0.scene.run().objective().value(&self.0.proposal.candidate(&self.0.glimpse.here.point, alpha))
    }

    /// φ at α, with NaN for its slope.
    fn knot(&self, alpha: f64) -> Knot {
        Knot { alpha, value: self.phi(alpha), slope: f64::NAN }
    }

    /// φ and its slope at α.
    fn knot_with_slope(&self, alpha: f64) -> Knot {
        let candidate = self.0.proposal.candidate(&self.0.glimpse.here.point, alpha);
        let (value, gradient) = self.0.scene.run().objective().sample(&candidate);
        Knot { alpha, value, slope: dot(&gradient, &self.0.proposal.direction) }
    }

    fn gamma1(&self) -> Option<f64> {
        self.0.scene.run().method_at(self.0.glimpse.t).step_size.rule().gamma1()
    }

    /// From which α on the curve may be drawn: a search that only shortens never comes back to what lies behind it.
    fn told_from(&self) -> f64 {
        match self.0.glimpse.trials.last() {
            _ if self.0.may_tell() => 0.0,
            Some(last) if last.phase == Phase::Backtrack => last.alpha,
            _ => f64::INFINITY,
        }
    }

    /// Draws the plot; it needs three rows.
    pub fn draw(&self, pad: &mut Pad<'_>) {
        let (area, theme) = (pad.area, pad.theme);
        let gutter = 7.min(area.width / 3);
        let axis = Axis::of(self.0, area.height);
        let below = axis.rows().min(area.height);
        let canvas = Rect { x: area.x + gutter, width: area.width - gutter, height: area.height - below, ..area };
        let across =
            Scale::linear(0.0, self.0.reach, usize::from(canvas.width) * Raster::dots_per_cell(theme.glyphs).0);
        let asks_slope = axis.asks_slope() && self.0.may_tell();
        let look = |alpha| if asks_slope { self.knot_with_slope(alpha) } else { self.knot(alpha) };
        let knots: Vec<Knot> = self.alphas(&across, canvas.width, theme).map(look).collect();
        let axes = self.picture(&knots, across, canvas, pad);
        axis.draw(&knots, &axes, &mut pad.part(Rect { y: canvas.bottom(), height: below, ..area }));
    }

    /// The curve, the bound and the trials. Trials above the plot stand in a row of their own over it.
    fn picture(&self, knots: &[Knot], across: Scale, canvas: Rect, pad: &mut Pad<'_>) -> Axes {
        let theme = pad.theme;
        let (low, high) = self.heights(knots);
        let is_above = |trial: &(usize, &Trial)| trial.1.value.is_nan() || trial.1.value > high;
        let trials = self.0.glimpse.trials.iter().enumerate().filter(|(_, trial)| trial.alpha <= self.0.reach);
        let (above, within): (Vec<_>, Vec<_>) = trials.partition(is_above);
        let strip = Rect { height: u16::from(!above.is_empty() && canvas.height > 3), ..canvas };
        let canvas = Rect { y: canvas.y + strip.height, height: canvas.height - strip.height, ..canvas };
        let mut raster = Raster::new(canvas.width, canvas.height, theme.glyphs);
        let up = Scale::linear(low, high, raster.height()).upward();
        let mut axes = Axes::new(canvas, across, up, theme.glyphs);
        if theme.glyphs == Glyphs::Ascii {
            axes.joint = "│";
        }
        let bound = |alpha: f64| Some(armijo(self.0.glimpse.here.value, self.0.slope, self.gamma1()?, alpha, 0.0).rhs);
        let end = bound(self.0.reach).and_then(|value| axes.place(self.0.reach, value));
        if let (Some(from), Some(to)) = (bound(0.0).and_then(|value| axes.place(0.0, value)), end) {
            raster.dashed(from, to, 2, Ink::Bound);
        }
        raster.chain(knots.iter().filter_map(|knot| axes.place(knot.alpha, knot.value)), Ink::Curve);
        if let Some((trial, slope)) = self.0.glimpse.trials.last().and_then(|trial| Some((trial, trial.slope?))) {
            let reach = self.0.reach / 12.0;
            let end = |by: f64| axes.place(trial.alpha + by, trial.value + by * slope);
            if let (Some(from), Some(to)) = (end(-reach), end(reach)) {
                raster.line(from, to, Ink::Model);
            }
        }
        for (index, trial) in within {
            let (label, ink) = (format!("{}{}", theme.symbol(Mark::Trial), index + 1), ink_of(trial));
            let Some((column, row)) = axes.place(trial.alpha, trial.value).and_then(|dot| raster.cell_at(dot)) else {
                continue;
            };
            let start = column.min(canvas.width.saturating_sub(label.chars().count() as u16));
            for (offset, letter) in label.chars().enumerate() {
                raster.stamp(usize::from(start) + offset, usize::from(row), letter, ink);
            }
        }
        raster.paint(theme, canvas, pad.cells);
        for (index, trial) in above.into_iter().filter(|_| strip.height > 0) {
            let label = format!("{}{}{}", theme.symbol(Mark::Trial), index + 1, theme.symbol(Mark::Arrow(0, 1)));
            let width = label.chars().count() as u16;
            let dot = axes.across.dot(trial.alpha);
            let column = dot.map_or(0, |dot| raster.cell_at((dot, 0.0)).map_or(0, |cell| cell.0));
            let column = column.min(strip.width.saturating_sub(width));
            pad.put(&label, ink_of(trial), (strip.x + column, strip.y), width);
        }
        let wide = Raster::dots_per_cell(theme.glyphs).0;
        let bound_row = |column: u16| {
            let value = bound(axes.across.value(f64::from(column) * wide as f64))?;
            raster.cell_at((0.0, axes.up.dot(value)?)).map(|cell| cell.1)
        };
        name_bound(bound_row, canvas, pad);
        self.label_heights(&axes, &raster, pad);
        axes
    }

    /// The lowest value told and a little above φ(0), so that the place where trials pass fills the plot. They depend on
    /// the window and not on the trials in it: a picture that holds still can be compared.
    fn heights(&self, knots: &[Knot]) -> (f64, f64) {
        let top = self.0.glimpse.here.value;
        let told = knots.iter().map(|knot| knot.value).chain(self.0.glimpse.trials.iter().map(|trial| trial.value));
        let fallback = top + self.0.slope * self.0.reach * self.gamma1().unwrap_or(0.5);
        let low = told.filter(|value| value.is_finite()).fold(fallback.min(top), f64::min);
        let room = (top - low).abs().max(f64::MIN_POSITIVE);
        (low - 0.05 * room, top + 0.6 * room)
    }

    /// φ(0) and the last trial's φ at the left of the rows that they are drawn in.
    fn label_heights(&self, axes: &Axes, raster: &Raster, pad: &mut Pad<'_>) {
        let gutter = axes.canvas.x - pad.area.x;
        if gutter == 0 {
            return;
        }
        let last = self.0.glimpse.trials.last().map(|last| (last.value, Ink::Trial));
        let labels = last.into_iter().chain([(self.0.glimpse.here.value, Ink::Dim)]);
        axes.upright(pad);
        let mut taken: Vec<u16> = Vec::new();
        for (value, ink) in labels {
            let Some((_, row)) = axes.up.dot(value).and_then(|dot| raster.cell_at((0.0, dot))) else { continue };
            if taken.contains(&row) {
                continue;
            }
            taken.push(row);
            let text = self.height(value, usize::from(gutter - 1), pad.theme);
            axes.tick(row, (&text, ink), pad);
        }
    }

    /// φ in a column so wide; where it would look like φ(0), its difference to that, `f₀−0.75`, or only `< f₀` where the
    /// difference is too wide.
    fn height(&self, value: f64, width: usize, theme: Theme) -> String {
        let (first, text) = (self.0.glimpse.here.value, column(value, width, theme));
        if value == first || !(value - first).is_finite() || text != column(first, width, theme) {
            return text;
        }
        let [sign, side] = if value > first { ["f₀+", "> f₀"] } else { ["f₀−", "< f₀"] };
        let sign = theme.text(sign);
        let difference = fitting((value - first).abs(), width.saturating_sub(sign.width()), theme);
        let shown =
            difference.map_or_else(|| theme.text(side).into_owned(), |difference| format!("{sign}{difference}"));
        right(&shown, width)
    }

    /// Several α in each cell of the axis, as far as φ may be told there.
    fn alphas(&self, across: &Scale, cells: u16, theme: Theme) -> impl Iterator<Item = f64> {
        let wide = Raster::dots_per_cell(theme.glyphs).0 as f64;
        let place = move |look: usize| (look as f64 + 0.5) / LOOKS as f64 * wide - 0.5;
        let (across, from) = (*across, self.told_from());
        let alphas = (0..usize::from(cells) * LOOKS).map(move |look| across.value(place(look)).max(0.0));
        alphas.filter(move |alpha| *alpha >= from)
    }
}

/// How far the axis goes: a little beyond the first trial, even before it is made. It changes only when a trial leaves it
/// or comes too near to 0 to be told from it.
fn reach(glimpse: &Glimpse<'_>, initial: Option<f64>) -> f64 {
    let Some((first, others)) = glimpse.trials.split_first() else {
        return glimpse.alpha.map_or(1.1 * initial.unwrap_or(1.0), |alpha| 1.6 * alpha);
    };
    others.iter().map(|trial| trial.alpha).fold(1.1 * first.alpha, |reach, alpha| {
        if (reach / 5.0..=reach).contains(&alpha) { reach } else { 2.2 * alpha }
    })
}

fn ink_of(trial: &Trial) -> Ink {
    if trial.verdict == Verdict::Accepted { Ink::Good } else { Ink::Trial }
}

/// The name of the bound above or below it, as far to the right as nothing else stands there.
fn name_bound(row_at: impl Fn(u16) -> Option<u16>, canvas: Rect, pad: &mut Pad<'_>) {
    const NAME: &str = "bound";
    let wide = NAME.len() as u16;
    let places = (canvas.width / 2..=canvas.width.saturating_sub(wide)).rev().flat_map(|column| {
        let row = row_at(column + wide / 2);
        [row.and_then(|row| row.checked_sub(1)), row.map(|row| row + 1).filter(|row| *row < canvas.height)]
            .into_iter()
            .flatten()
            .map(move |row| (canvas.x + column, canvas.y + row))
    });
    let is_free = |place: &(u16, u16)| (place.0..place.0 + wide).all(|x| pad.cells[(x, place.1)].symbol() == " ");
    if let Some(place) = places.into_iter().find(is_free) {
        pad.put(NAME, Ink::Bound, place, wide);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::record::Beat;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::search::strong_wolfe::StrongWolfe;
    use crate::view::paper::specimen::{THEMES, drawn, lesson, ravine, walk_to};
    use crate::view::plot::axis::landmarks;

    /// The slide's cubic with γ₁ = 0.05, γ₂ = 0.9: both conditions accept two intervals, to four digits as in the erratum.
    #[test]
    fn accepted_sets_are_shaded_where_the_conditions_hold() {
        let rule = StrongWolfe { initial: 2.4, gamma1: 0.05, gamma2: 0.9, ..StrongWolfe::default() };
        let method = Method {
            direction: DirectionRule::SteepestDescent(SteepestDescent { normalize: true }),
            step_size: StepSizeRule::StrongWolfe(rule),
        };
        let mut sitting = Sitting::open(lesson("-x1^3 + 6*x1^2 - 9*x1 + 2", &[0.0], &[method])).unwrap();
        walk_to(&mut sitting, Beat::Trial(0));
        let scene = Scene::of(&sitting);
        let glimpse = scene.glimpse();
        let ray = Ray(Along { reach: 4.5, ..Ray::new(&scene, glimpse, glimpse.proposal.unwrap()).0 });
        let (gutter, wide) = (7, 90);
        let shown = drawn((gutter + wide, 20), THEMES[1], |pad| ray.draw(pad));
        let stretches = |name: &str| {
            let row = shown.lines().find(|row| row.trim_start().starts_with(name)).unwrap();
            let bars: Vec<usize> = row.char_indices().filter(|(_, mark)| *mark == '=').map(|(at, _)| at - 7).collect();
            let ends = bars.chunk_by(|one, next| one + 1 == *next).map(|run| (run[0], run[run.len() - 1]));
            ends.collect::<Vec<_>>()
        };
        // A cell more or less, since a cell is judged by four looks.
        let is_near = |found: &[(usize, usize)], wanted: &[(f64, f64)]| {
            let near = |cell: usize, alpha: f64| (cell as f64 - alpha / 4.5 * f64::from(wide - 1)).abs() < 1.0;
            found.len() == wanted.len()
                && found.iter().zip(wanted).all(|(cells, set)| near(cells.0, set.0) && near(cells.1, set.1))
        };
        assert!(is_near(&stretches("Armijo"), &[(0.0, 2.3292), (3.6708, 4.5)]), "{shown}");
        assert!(is_near(&stretches("strong"), &[(0.0765, 2.3292), (3.6708, 3.9235)]), "{shown}");
    }

    /// Backtracking from 1 by halves: the axis is there before the first trial, holds three, then two each.
    #[test]
    fn the_axis_holds_still_while_trials_can_be_told_apart() {
        let mut sitting = ravine(crate::view::paper::specimen::backtracking());
        let mut reaches = Vec::new();
        for beat in std::iter::once(Beat::Direction).chain((0..5).map(Beat::Trial)) {
            walk_to(&mut sitting, beat);
            let scene = Scene::of(&sitting);
            let glimpse = scene.glimpse();
            reaches.push(Ray::new(&scene, glimpse, glimpse.proposal.unwrap()).0.reach);
        }
        assert_eq!(reaches, [1.1, 1.1, 1.1, 1.1, 0.275, 0.275]);
    }

    /// A trial above the plot stands in a row of its own with an arrow, never in the row of another height.
    #[test]
    fn far_trials_are_pinned_above_the_picture() {
        let mut sitting = ravine(crate::view::paper::specimen::backtracking());
        walk_to(&mut sitting, Beat::Trial(3));
        let scene = Scene::of(&sitting);
        let glimpse = scene.glimpse();
        let ray = Ray::new(&scene, glimpse, glimpse.proposal.unwrap());
        let shown = drawn((38, 8), THEMES[1], |pad| ray.draw(pad));
        let row_of = |what: &str| shown.lines().position(|row| row.contains(what)).unwrap();
        assert_eq!(row_of("x3^"), 0, "{shown}");
        assert!(row_of("x4") > 0 && row_of("x4") == row_of("243.1|"), "{shown}");
        assert!(shown.contains("bound") && shown.contains("passes ="), "{shown}");
    }

    /// φ(0) and φ(α) of 1e9 + x² are the same to six columns; their difference is not, and of eˣ + e⁻ˣ it is too wide.
    #[test]
    fn heights_that_look_alike_are_told_by_their_difference() {
        let far = ("1e9 + x1^2", 1.0);
        let level = ("exp(x1) + exp(-x1)", 2e-7);
        for (theme, (formula, start), wanted) in [
            (THEMES[0], far, ["1.0e9", "f₀−1.0"]),
            (THEMES[1], far, ["1.0e9", "f0-1.0"]),
            (THEMES[0], level, [" 2.0┤", "< f₀"]),
            (THEMES[1], level, [" 2.0|", "< f0"]),
        ] {
            let backtracking = crate::view::paper::specimen::backtracking();
            let mut sitting = Sitting::open(lesson(formula, &[start], &[backtracking])).unwrap();
            walk_to(&mut sitting, Beat::Trial(1));
            let scene = Scene::of(&sitting);
            let glimpse = scene.glimpse();
            let ray = Ray::new(&scene, glimpse, glimpse.proposal.unwrap());
            let shown = drawn((60, 14), theme, |pad| ray.draw(pad));
            for label in wanted {
                assert_eq!(shown.matches(label).count(), 1, "{label}\n{shown}");
            }
        }
    }

    /// In the ravine from (2, 20): α* = 2000/32400, L = 20; an open question hides them all.
    #[test]
    fn landmarks_stand_at_their_steps() {
        let mut sitting = ravine(crate::view::paper::specimen::backtracking());
        walk_to(&mut sitting, Beat::Trial(4));
        let scene = Scene::of(&sitting);
        let glimpse = scene.glimpse();
        let ray = Ray::new(&scene, glimpse, glimpse.proposal.unwrap());
        let known: Vec<(f64, &str)> = landmarks(&ray.0).into_iter().map(|(alpha, _, name)| (alpha, name)).collect();
        assert_eq!(known[0].1, "a*");
        assert!((known[0].0 - 2000.0 / 32400.0).abs() < 1e-15 && (known[1].0 - 4000.0 / 32400.0).abs() < 1e-15);
        assert_eq!(known.len(), 2, "of this specimen no L is known");
        assert!(drawn((50, 12), THEMES[1], |pad| ray.draw(pad)).contains("^a*"));
    }
}
