//! The schedule panel: α against t with the place of now, the sums that decide how far a run can get, and the formula.

use ratatui::layout::Rect;

use crate::app::run::scene::Scene;
use crate::engine::number::short;
use crate::engine::rule::StepSize;
use crate::view::paper::formula::set;
use crate::view::paper::frame::Frame;
use crate::view::paper::lines::{self, Line};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;
use crate::view::plot::chart::{Chart, Curve, CurveKind, is_logarithmic};

/// A plan is drawn for at least so many iterations.
const LEAST_AHEAD: usize = 20;
/// And for at most so many.
const MOST_AHEAD: usize = 2_000;

/// Draws the α that were taken and, where nothing rests on it, the plan ahead.
pub fn draw(scene: &Scene<'_>, pad: &mut Pad<'_>) {
    let glimpse = scene.glimpse();
    let rule = scene.run().method().step_size.rule();
    let taken: Vec<f64> = glimpse.past.iter().map(|step| step.alpha).chain(glimpse.alpha).collect();
    let curves = curves(scene, &taken);
    let title = match (rule.is_schedule(), is_logarithmic(&curves)) {
        (true, false) => "Schedule α(t)",
        (true, true) => "Schedule α(t), log",
        (false, false) => "Step sizes α taken so far",
        (false, true) => "Step sizes α so far, log",
    };
    let note = format!("t = {}", glimpse.t);
    let bottom = if taken.is_empty() { String::new() } else { sums(&taken) };
    let inner = Frame { title, right: &note, bottom: &bottom }.draw(pad);
    let rows = lines::fit(&told(scene, rule, &taken), inner.width, pad.theme);
    let above = (rows.len() as u16).min(inner.height);
    lines::draw(&rows, &mut pad.part(Rect { height: above, ..inner }));
    let below = Rect { y: inner.y + above, height: inner.height - above, ..inner };
    if curves.iter().map(|curve| curve.points.len()).max().unwrap_or(0) < 2 {
        return;
    }
    if let Some(chart) = Chart::new(&curves, "t", pad.theme, below) {
        chart.axes(pad);
        chart.curves(&curves, pad);
    }
}

/// What each run took, ending at now; and its plan from there on, by its name where there are several.
fn curves(scene: &Scene<'_>, taken: &[f64]) -> Vec<Curve> {
    let numbered = |points: Vec<(usize, f64)>| {
        points.into_iter().filter(|(_, alpha)| alpha.is_finite()).map(|(t, alpha)| (t as f64, alpha)).collect()
    };
    let curve = |kind: CurveKind, ink: Ink, points: Vec<(usize, f64)>| Curve {
        kind,
        letter: 'A',
        name: String::new(),
        ink,
        points: numbered(points),
    };
    let past = curve(CurveKind::Mine, Ink::Path, taken.iter().copied().enumerate().collect());
    let mut all = vec![past];
    for (index, run) in scene.runs().skip(1) {
        let steps = run.past().iter().map(|step| step.alpha).enumerate();
        let letter = scene.name_of(index).chars().next().unwrap_or('?');
        all.push(Curve { letter, ..curve(CurveKind::Rival, Ink::Rival((index - 1).min(255) as u8), steps.collect()) });
    }
    let Some(plan) = scene.ahead() else { return all };
    let last = horizon(scene);
    for (index, run) in scene.runs() {
        let rule = run.method().step_size.rule();
        let first = all[index].points.len().saturating_sub(1);
        let every = (last.saturating_sub(first) / MOST_AHEAD).max(1);
        let ahead = (first..=last).step_by(every).filter_map(|t| Some((t, plan.planned(index, t)?)));
        let ink = if index == 0 { Ink::Model } else { all[index].ink };
        if rule.is_schedule() {
            let letter = if scene.runs().len() > 1 { scene.name_of(index) } else { "" };
            all.push(Curve { name: letter.to_owned(), ..curve(CurveKind::Plan, ink, ahead.collect()) });
        }
    }
    all
}

/// Up to where a plan is drawn: the period of its rule, or twice as far as now, but not past the limit of the run.
fn horizon(scene: &Scene<'_>) -> usize {
    let (run, t) = (scene.run(), scene.glimpse().t);
    let period = run.method().step_size.rule().period().unwrap_or(0);
    let wanted = (2 * t).max(LEAST_AHEAD).max(period * 5 / 4);
    wanted.min(usize::try_from(run.limits().iterations).unwrap_or(usize::MAX)).max(t)
}

/// The formula with the numbers of the last α that was seen.
fn told(scene: &Scene<'_>, rule: &dyn StepSize, taken: &[f64]) -> Vec<Line> {
    let Some(last) = taken.last() else {
        return match scene.ahead().and_then(|plan| plan.planned(0, 0)) {
            Some(_) => set(rule.plan(0)).collect(),
            None => vec![Line::new(Ink::Dim, "no α is chosen yet")],
        };
    };
    let (at, number) = (taken.len() - 1, short(*last));
    let plan = set(rule.plan(at)).next().filter(|_| rule.formula(at).contains(&number));
    let line = match (plan, scene.glimpse().alpha) {
        (Some(plan), _) => plan,
        (None, Some(_)) if rule.formula(at) != "α" => {
            Line::new(Ink::Text, rule.formula(at)).then(Ink::Emphasis, format!("= {number}"))
        }
        // A search has no formula, and the steps before a fork had another rule.
        _ => Line::new(Ink::Emphasis, format!("α = {number}")),
    };
    vec![line.then(Ink::Dim, format!("at t = {at}"))]
}

/// Σα and Σα² of the steps that were seen.
fn sums(taken: &[f64]) -> String {
    let sum: f64 = taken.iter().sum();
    let squares: f64 = taken.iter().map(|alpha| alpha * alpha).sum();
    format!("Σα = {}  Σα² = {}", short(sum), short(squares))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::engine::rule::list::StepSizeRule;
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::schedule::cosine_annealing::CosineAnnealing;
    use crate::engine::step_size::schedule::diminishing::Diminishing;
    use crate::lesson::question::Answer;
    use crate::lesson::schema::Panel;
    use crate::lesson::schema::{Grain, Place, Reached};
    use crate::view::paper::specimen::{
        RAVINE, THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, question, ravine, walk_to,
    };

    fn diminishing() -> Method {
        Method { step_size: StepSizeRule::Diminishing(Diminishing { alpha0: 0.06 }), ..fixed(1.0) }
    }

    fn seen(sitting: &Sitting) -> String {
        drawn((40, 12), THEMES[0], |pad| draw_panel(Panel::Schedule, sitting, pad))
    }

    #[test]
    fn a_plan_shows_its_formula_and_its_sums() {
        let mut sitting = ravine(diminishing());
        let text = seen(&sitting);
        assert!(text.contains("α(t) = α₀/(t + 1) = 0.06/(0 + 1)") && !text.contains('Σ'), "{text}");
        sitting.step_while(|sitting| sitting.cursor.t < 2);
        walk_to(&mut sitting, Beat::StepSize);
        let text = seen(&sitting);
        // 0.06·(1 + 1/2 + 1/3) and 0.0036·(1 + 1/4 + 1/9).
        for wanted in ["0.06/(2 + 1)", "= 0.02", "Σα = 0.11", "Σα² = 0.0049", "t = 2", "◆"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn an_open_question_hides_the_plan() {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[diminishing()]);
        lesson.pages[0].ask = Some(question());
        lesson.pages[0].until = Some(Place { iteration: 2, reached: Reached::Here });
        let mut sitting = Sitting::open(lesson).unwrap();
        assert!(seen(&sitting).contains("no α is chosen yet"), "a question to come counts too");
        sitting.step_while(|sitting| sitting.cursor.t < 2);
        let of = |sitting: &Sitting| curves(&Scene::of(sitting), &[0.06, 0.03]).len();
        assert_eq!(of(&sitting), 1, "{}", seen(&sitting));
        sitting.answer(Answer::Choice(0), None);
        assert_eq!(of(&sitting), 2);
    }

    #[test]
    fn searches_show_what_they_took() {
        let mut sitting = ravine(backtracking());
        assert!(seen(&sitting).contains("no α is chosen yet"));
        walk_to(&mut sitting, Beat::Trial(2));
        assert!(seen(&sitting).contains("no α is chosen yet"));
        sitting.step_while(|sitting| sitting.cursor.t < 6);
        let text = seen(&sitting);
        assert!(text.contains("Step sizes α") && text.contains("at t = 5") && text.contains("Σα"), "{text}");
    }

    #[test]
    fn a_plan_is_drawn_over_its_period() {
        let rule = CosineAnnealing { period: 200, ..CosineAnnealing::default() };
        let mut sitting = ravine(Method { step_size: StepSizeRule::CosineAnnealing(rule), ..fixed(1.0) });
        sitting.go_to(3);
        assert_eq!(horizon(&Scene::of(&sitting)), 250);
        sitting.go_to(0);
        assert!(seen(&sitting).contains("200"), "{}", seen(&sitting));
    }

    #[test]
    fn every_run_has_its_schedule_and_its_letter() {
        let mut race = Sitting::open(lesson(RAVINE, &[2.0, 20.0], &[diminishing(), fixed(0.02)])).unwrap();
        race.step_while(|sitting| sitting.cursor.t < 8);
        let text = seen(&race);
        let plot: String = text.lines().skip(3).collect();
        assert!(plot.contains('A') && plot.contains('B') && !plot.contains('◆'), "{text}");
    }

    #[test]
    fn an_alpha_that_never_changes_has_one_tick() {
        let mut sitting = ravine(fixed(0.02));
        sitting.step_while(|sitting| sitting.cursor.t < 8);
        let text = seen(&sitting);
        assert_eq!(text.matches('┤').count(), 1, "{text}");
        assert!(text.contains("0.02┤"), "{text}");
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = ravine(diminishing());
        draw_at_every_size(|pad| draw_panel(Panel::Schedule, &sitting, pad));
        sitting.forward(Grain::Run);
        draw_at_every_size(|pad| draw_panel(Panel::Schedule, &sitting, pad));
    }
}
