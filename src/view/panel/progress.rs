//! The progress panel: how far each run still is from f*, iteration by iteration or evaluation by evaluation.

use std::sync::Arc;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::run::scene::Scene;
use crate::app::run::visible::SeenRun;
use crate::engine::number::{short, trimmed};
use crate::engine::record::Step;
use crate::engine::theory;
use crate::engine::theory::promise::Promise;
use crate::view::panel::drawn::Drawn;
use crate::view::paper::frame::{Frame, divide};
use crate::view::paper::lines::{self, Line};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::chart::{Chart, Curve, CurveKind, is_logarithmic};
use crate::view::plot::memo::Memo;

/// The least rows of a chart, its axis and its title among them.
const LEAST_ROWS: u16 = 7;

/// Bounds are drawn over so many steps, since they are summed up anew for every frame.
const MOST_BOUNDED: usize = 2000;

/// What stands on the horizontal axis.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// The iteration t.
    Iterations,
    /// The evaluations of f.
    Evaluations,
}

impl Across {
    fn name(self) -> &'static str {
        match self {
            Self::Iterations => "t",
            Self::Evaluations => "evals",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Iterations => "t",
            Self::Evaluations => "f-evaluations",
        }
    }

    /// Where the iterate xₜ of a run stands; the run is there or beyond, or its move there was seen.
    fn place(self, run: SeenRun<'_>, t: usize) -> f64 {
        match self {
            Self::Iterations => t as f64,
            Self::Evaluations => run.calls_at(t).value as f64,
        }
    }
}

/// Draws the quantities of the page, or f − f*, for every run up to the cursor; charts that do not fit are left out.
pub fn draw(scene: &Scene<'_>, axis: Across, pad: &mut Pad<'_>, memo: &mut Memo) {
    let area = pad.area;
    let mut wanted: Vec<Drawn<'_>> = scene.quantities().iter().map(Drawn::Asked).collect();
    if wanted.is_empty() {
        let is_known = scene.runs().all(|(index, _)| scene.known_of(index).value.is_some());
        wanted.push(if is_known { Drawn::Gap } else { Drawn::Gradient });
    }
    let count = (area.height / LEAST_ROWS).clamp(1, wanted.len() as u16);
    let charts: Vec<(Drawn<'_>, Vec<Curve>)> =
        wanted.into_iter().take(usize::from(count)).map(|drawn| (drawn, curves(scene, axis, drawn, memo))).collect();
    let Some(((first, curves), _)) = charts.split_first() else { return };
    let note = format!("t = {}", scene.t());
    let bottom = values(curves, usize::from(area.width.saturating_sub(4)), pad.theme);
    let inner = Frame { title: &title(*first, axis, curves), right: &note, bottom: &bottom }.draw(pad);
    let share = inner.height / count;
    for (index, (drawn, curves)) in (0..count).zip(&charts) {
        let top = inner.y + index * share;
        let last = index + 1 == count;
        let height = if last { inner.bottom() - top } else { share };
        let mut part = Rect { y: top, height, ..inner };
        if index > 0 {
            divide(&title(*drawn, axis, curves), top, pad);
            part = Rect { y: top + 1, height: height.saturating_sub(1), ..part };
        }
        chart(*drawn, axis, curves, &mut pad.part(part));
    }
}

/// Every run as far as it was seen, then what theorems allow the learner's; what is not finite is left out.
fn curves(scene: &Scene<'_>, axis: Across, drawn: Drawn<'_>, memo: &mut Memo) -> Vec<Curve> {
    let glimpse = scene.glimpse();
    let letter = |index: usize| scene.name_of(index).chars().next().unwrap_or('?');
    let letters: Vec<char> = scene.runs().map(|(index, _)| letter(index)).collect();
    let curve = |(index, run): (usize, SeenRun<'_>)| {
        let is_mine = index == 0;
        let lowest = scene.known_of(index).value;
        let value = |step: &Step| drawn.at(&step.from, Some(step.alpha), lowest).unwrap_or(f64::NAN);
        let made = memo.series(&format!("{} {lowest:?}", drawn.name()), run, value);
        let here = drawn.at(run.here(), glimpse.alpha.filter(|_| is_mine), lowest);
        let next = glimpse.to.filter(|_| is_mine).and_then(|to| drawn.at(to, None, lowest));
        let mut points = made.points(run.iteration());
        let rest = [here, next].into_iter().zip(run.iteration()..);
        points.extend(rest.filter_map(|(value, t)| Some((t as f64, value.filter(|value| value.is_finite())?))));
        for (place, _) in &mut points {
            *place = axis.place(run, *place as usize);
        }
        let is_clash = letters.iter().filter(|letter| **letter == letters[index]).count() > 1;
        Curve {
            kind: if is_mine { CurveKind::Mine } else { CurveKind::Rival },
            letter: if is_clash { char::from(b'A' + (index % 26) as u8) } else { letters[index] },
            name: scene.name_of(index).to_owned(),
            ink: if is_mine { Ink::Path } else { Ink::Rival((index - 1).min(255) as u8) },
            points,
        }
    };
    let mut curves: Vec<Curve> = scene.runs().map(curve).collect();
    if matches!(drawn, Drawn::Gap) {
        curves.extend(bounds(scene, axis));
    }
    curves
}

/// What theorems allow f − f* after the steps that were seen of the learner's run.
fn bounds(scene: &Scene<'_>, axis: Across) -> Vec<Curve> {
    let run = scene.run();
    let steps: Vec<Arc<Step>> = run.past().iter().chain(run.made()).take(MOST_BOUNDED).cloned().collect();
    let curve = |(promise, rights): (Promise, Vec<f64>)| {
        let points = (1..).zip(&rights).map(|(k, right)| (axis.place(run, k), *right));
        Curve {
            kind: CurveKind::Bound,
            letter: ' ',
            name: if promise == Promise::LinearRate { "linear rate" } else { "O(1/k)" }.to_owned(),
            ink: Ink::Bound,
            points: points.filter(|(_, right)| right.is_finite()).collect(),
        }
    };
    theory::bounds(&steps, run.objective(), scene.known_of(0)).into_iter().map(curve).collect()
}

fn title(drawn: Drawn<'_>, axis: Across, curves: &[Curve]) -> String {
    let scale = if is_logarithmic(curves) { ", log" } else { "" };
    format!("{} against {}{scale}", drawn.name(), axis.title())
}

/// The last value of each run by its name, and of each bound where there is room for it.
fn values(curves: &[Curve], width: usize, theme: Theme) -> String {
    let is_alone = curves.iter().filter(|curve| curve.kind != CurveKind::Bound).count() == 1;
    let last = |curve: &Curve, digits: usize| {
        let (_, value) = curve.points.last()?;
        let value = trimmed(*value, digits);
        let name = if curve.kind == CurveKind::Bound {
            format!("{} ≤", curve.name)
        } else if curve.name.chars().eq([curve.letter]) {
            format!("{}:", curve.name)
        } else {
            format!("{} {}:", curve.letter, curve.name)
        };
        let is_now = is_alone && curve.kind == CurveKind::Mine;
        Some(if is_now { format!("now {value}") } else { format!("{name} {value}") })
    };
    let written =
        |of: &[Curve], digits: usize| of.iter().filter_map(|curve| last(curve, digits)).collect::<Vec<_>>().join("   ");
    let runs = curves.iter().position(|curve| curve.kind == CurveKind::Bound).unwrap_or(curves.len());
    let runs = &curves[..runs];
    // Every run has its number; where room is short, the bounds go first, and then digits.
    let ways = [written(curves, 4), written(runs, 4), written(runs, 3)];
    let fits = ways.into_iter().find(|text| theme.text(text).width() <= width);
    fits.unwrap_or_else(|| written(runs, 2))
}

fn chart(drawn: Drawn<'_>, axis: Across, curves: &[Curve], pad: &mut Pad<'_>) {
    let most = curves.iter().map(|curve| curve.points.len()).max().unwrap_or(0);
    if most < 2 {
        let line = if drawn.is_drawable() {
            let value = curves.first().and_then(|curve| curve.points.first());
            let now =
                value.map_or_else(String::new, |(_, value)| format!(" yet: {} = {}", drawn.name(), short(*value)));
            let now = if now.is_empty() { " yet" } else { &now };
            Line::new(Ink::Dim, format!("nothing to draw{now}; each iteration adds a point")).flush()
        } else {
            Line::new(Ink::Dim, format!("{} is not drawn here; its numbers are in the trace", drawn.name()))
        };
        return lines::draw_fitted(&[line], pad);
    }
    let Some(chart) = Chart::new(curves, axis.name(), pad.theme, pad.area) else {
        let line = Line::new(Ink::Text, format!("{}: {}", drawn.name(), values(curves, usize::MAX, pad.theme)));
        return lines::draw_fitted(&[line], pad);
    };
    chart.axes(pad);
    chart.curves(curves, pad);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::engine::record::quantity::Quantity;
    use crate::lesson::schema::Grain;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        RAVINE, THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, walk_to,
    };

    fn seen(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| draw_panel(Panel::Progress, sitting, pad))
    }

    fn race(plot: &[&str]) -> Sitting {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[fixed(0.05), backtracking(), fixed(0.02)]);
        lesson.pages[0].plot = plot.iter().map(|text| Quantity::parse(text).unwrap()).collect();
        Sitting::open(lesson).unwrap()
    }

    #[test]
    fn nothing_is_drawn_before_the_first_move() {
        let mut sitting = race(&[]);
        assert!(seen(&sitting, 60, 12).contains("nothing to draw yet: f − f* = 240"));
        walk_to(&mut sitting, Beat::StepSize);
        assert!(seen(&sitting, 60, 12).contains("nothing to draw yet"));
        sitting.step();
        let text = seen(&sitting, 60, 12);
        assert!(text.contains("f − f* against t") && text.contains("A: 180.5   B: 240   C: 240"), "{text}");
    }

    #[test]
    fn letters_end_the_curves_of_a_race() {
        let mut sitting = race(&[]);
        sitting.step_while(|sitting| sitting.cursor.t < 40);
        let text = seen(&sitting, 60, 16);
        assert!(text.contains("f − f* against t, log") && text.contains("t = 40"), "{text}");
        let chart: String = text.lines().skip(1).take(13).collect();
        assert!(['A', 'B', 'C'].iter().all(|letter| chart.contains(*letter)), "{text}");
    }

    #[test]
    fn a_page_chooses_what_is_drawn() {
        let mut sitting = race(&["x2", "alpha", "hessian.condition"]);
        sitting.forward(Grain::Iteration);
        let text = seen(&sitting, 60, 24);
        for wanted in ["x₂ against t", "α against t", "hessian.condition is not drawn here"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn without_a_known_minimum_the_slope_is_drawn() {
        let mut lesson = lesson("x1^2 - x2^2", &[1.0, 0.1], &[fixed(0.2)]);
        lesson.scenarios[0].known.value = None;
        let mut sitting = Sitting::open(lesson).unwrap();
        sitting.forward(Grain::Run);
        assert!(seen(&sitting, 60, 12).contains("‖∇f‖∞ against t, log"), "{}", seen(&sitting, 60, 12));
    }

    #[test]
    fn a_run_that_diverges_is_drawn() {
        let mut sitting = Sitting::open(lesson(RAVINE, &[2.0, 20.0], &[fixed(3.0)])).unwrap();
        sitting.forward(Grain::Run);
        assert!(seen(&sitting, 60, 12).contains("log"));
    }

    /// The bounds that theory gives, and what each step has cost.
    #[test]
    fn bounds_and_costs_are_drawn_for_what_was_seen() {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[fixed(0.03), backtracking()]);
        let known = &mut lesson.scenarios[0].known;
        (known.lipschitz, known.strong_convexity, known.points) = (Some(20.0), Some(1.0), vec![vec![0.0; 2]]);
        let mut sitting = Sitting::open(lesson).unwrap();
        assert!(!seen(&sitting, 60, 14).contains("rate"), "nothing is promised before the first move");
        sitting.step_while(|sitting| sitting.cursor.t < 10);
        let text = seen(&sitting, 76, 16);
        // 404/(2·0.03·10) and 240·0.97¹⁰.
        for wanted in ["O(1/k) ≤ 673.3", "linear rate ≤ 177", "A:", "B:"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        let chart: String = text.lines().skip(1).take(13).collect();
        assert!(chart.contains("linear rate"), "{text}");
        let axis = Across::Evaluations;
        let costs = curves(&Scene::of(&sitting), axis, Drawn::Gap, &mut Memo::default());
        let at = |index: usize| -> Vec<f64> { costs[index].points.iter().take(3).map(|(x, _)| *x).collect() };
        assert_eq!(at(0), [1.0, 2.0, 3.0], "one evaluation a step");
        assert_eq!(at(1)[..2], [1.0, 6.0], "five trials in the first step");
        let text = drawn((60, 14), THEMES[0], |pad| {
            draw(&Scene::of(&sitting), Across::Evaluations, pad, &mut Memo::default());
        });
        assert!(text.contains("against f-evaluations, log") && text.contains("evals"), "{text}");
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = race(&[]);
        let at_every_size = |sitting: &Sitting| {
            draw_at_every_size(|pad| {
                draw(&Scene::of(sitting), Across::Evaluations, pad, &mut Memo::default());
            });
        };
        at_every_size(&sitting);
        sitting.step_while(|sitting| sitting.cursor.t < 9);
        at_every_size(&sitting);
        let mut sitting = race(&["x[0]", "gradient_norm", "reason"]);
        sitting.forward(Grain::Run);
        at_every_size(&sitting);
    }
}
