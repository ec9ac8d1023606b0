//! The theory panel: what theorems promise of a step, both sides of each, and whether it was kept.

use crate::app::run::scene::Scene;
use crate::engine::number::short;
use crate::engine::theory::Known;
use crate::engine::theory::promise::{Check, Promise, PromiseStatus};
use crate::view::paper::frame::{column, shorten};
use crate::view::paper::lines::{Line, WrappedRow};
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::paper::words::{Extent, Manner, PanelWords};

/// From so many columns on there is room for the slack and the verdict in words.
const WIDE: u16 = 64;
/// Columns of a mark and of a number.
const MARK: usize = 3;
const NUMBER: usize = 7;
/// The longest name.
const NAME: usize = 16;
const LONG_NAME: usize = 24;

/// Every promise of the step that was seen last: the one in view once its move is made, else the one before.
pub fn content(scene: &Scene<'_>, extent: Extent) -> PanelWords {
    let known = scene.known_of(0);
    let Some((past, step)) = scene.last_step() else {
        return PanelWords {
            title: "Theory: waits for the first move".into(),
            lines: waiting(known),
            ..PanelWords::default()
        };
    };
    let (checks, theme) = (scene.checks(), extent.theme);
    let is_wide = extent.width >= WIDE;
    // The theorems themselves, where there is a row for each.
    let is_tall = extent.inside() > 2 * checks.len() && is_wide;
    let mut lines = Vec::new();
    for check in checks {
        lines.push(Line::row(if is_wide { wide_row(check, theme) } else { narrow_row(check, extent.width, theme) }));
        if is_tall {
            let statement = theme.text(statement(check.promise)).into_owned();
            lines.push(Line::row(vec![(MARK + 1, Ink::Dim, statement)]));
        }
    }
    lines.extend(missing(known));
    PanelWords {
        title: format!("Theory: step {} → {}", past.len(), past.len() + 1),
        note: format!("α = {}", short(step.alpha)),
        bottom: constants(known),
        lines,
        manner: Manner::Table,
    }
}

fn waiting(known: &Known) -> Vec<Line> {
    let mut lines = vec![
        Line::new(Ink::Text, "Theorems speak of a step that is made: of f before and after, and of α.").flush(),
        Line::new(Ink::Dim, constants(known)),
    ];
    lines.extend(missing(known));
    lines
}

/// What is known of f.
fn constants(known: &Known) -> String {
    let number = |name: &str, value: Option<f64>| value.map(|value| format!("{name} = {}", short(value)));
    let limit = known.lipschitz.map(|lipschitz| format!("1/L = {}", short(1.0 / lipschitz)));
    let all = [number("L", known.lipschitz), limit, number("μ", known.strong_convexity), number("f*", known.value)];
    all.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// What nobody said of f, and what therefore is not told.
fn missing(known: &Known) -> Vec<Line> {
    let is_lowest_known = known.value.is_some() || !known.points.is_empty();
    let why = match (known.lipschitz, is_lowest_known) {
        (None, _) => "L is not known here: without it no theorem bounds a step",
        (_, false) => "f* is not known here: no rate can be told",
        _ => return Vec::new(),
    };
    vec![Line::new(Ink::Dim, why).flush()]
}

/// A verdict as a mark with its ink.
fn mark(check: &Check, theme: Theme) -> (Ink, &'static str) {
    match check.kept {
        PromiseStatus::Holds => (Ink::Good, theme.symbol(Mark::Yes)),
        PromiseStatus::Violated => (Ink::Bad, theme.symbol(Mark::No)),
        PromiseStatus::NotApplicable => (Ink::Dim, "-"),
    }
}

/// How the two sides compare.
fn sign(check: &Check) -> &'static str {
    match (check.promise, check.kept) {
        (Promise::SecondOrderPrediction, PromiseStatus::Holds) => "=",
        (Promise::SecondOrderPrediction, _) => "≠",
        (_, PromiseStatus::Holds) => "≤",
        // Rounding is forgiven where a promise holds, and nowhere else.
        _ if check.margin.lhs <= check.margin.rhs => "≤",
        _ => ">",
    }
}

/// Mark, name, and both sides; or why the theorem does not apply.
fn narrow_row(check: &Check, width: u16, theme: Theme) -> WrappedRow {
    let (ink, symbol) = mark(check, theme);
    let name = short_name(check.promise);
    let mut row = vec![(0, ink, symbol.to_owned()), (MARK, Ink::Text, theme.text(name).into_owned())];
    let start = MARK + NAME;
    if let Some(because) = &check.because {
        let room = usize::from(width).saturating_sub(2 + start);
        row.push((start, Ink::Dim, shorten(&brief(because), room, theme)));
        return row;
    }
    row.push((start, Ink::Text, column(check.margin.lhs, NUMBER, theme)));
    row.push((start + NUMBER + 1, ink, theme.text(sign(check)).into_owned()));
    row.push((start + NUMBER + 4, Ink::Emphasis, column(check.margin.rhs, NUMBER, theme)));
    row
}

/// The same with the slack and the verdict in words.
fn wide_row(check: &Check, theme: Theme) -> WrappedRow {
    let (ink, symbol) = mark(check, theme);
    let mut row = vec![(0, ink, symbol.to_owned()), (MARK, Ink::Emphasis, long_name(check.promise).to_owned())];
    let start = MARK + LONG_NAME;
    row.push((start, Ink::Text, column(check.margin.lhs, NUMBER + 1, theme)));
    row.push((start + NUMBER + 2, ink, theme.text(sign(check)).into_owned()));
    row.push((start + NUMBER + 5, Ink::Text, column(check.margin.rhs, NUMBER + 1, theme)));
    let slack = match check.promise {
        Promise::SecondOrderPrediction => check.margin.slack().abs(),
        _ => check.margin.slack(),
    };
    let verdict = match (check.kept, &check.because) {
        (_, Some(because)) => format!("not applicable: {because}"),
        (PromiseStatus::Violated, None) => format!("violated by {}", short(slack.abs())),
        (_, None) if check.promise == Promise::SecondOrderPrediction => format!("holds, off by {}", short(slack)),
        (_, None) => format!("holds, slack {}", short(slack)),
    };
    row.push((start + 2 * NUMBER + 8, ink, theme.text(&verdict).into_owned()));
    row
}

/// A reason in at most 19 columns.
fn brief(because: &str) -> String {
    let because = because.split(':').next().unwrap_or(because);
    match because {
        "f is not known to be convex" => "f not known convex".to_owned(),
        "an earlier d is not −∇f" => "d was not −∇f".to_owned(),
        "the step stands still" => "no move".to_owned(),
        other => other.replace(", now or earlier", " once"),
    }
}

fn short_name(promise: Promise) -> &'static str {
    match promise {
        Promise::GuaranteedDecrease => "quadratic bound",
        Promise::RateOneOverK => "O(1/k) rate",
        Promise::GradientRate => "min-grad. rate",
        Promise::LinearRate => "strong convex.",
        Promise::SecondOrderPrediction => "2nd-order pred.",
        other => long_name(other),
    }
}

fn long_name(promise: Promise) -> &'static str {
    match promise {
        Promise::DescentLemma => "descent lemma",
        Promise::GuaranteedDecrease => "quadratic upper bound",
        Promise::OneStepBound => "one-step bound",
        Promise::RateOneOverK => "O(1/k) rate",
        Promise::GradientRate => "min-gradient rate",
        Promise::TwoOverL => "2/L: no ascent",
        Promise::LinearRate => "strong convexity rate",
        Promise::SecondOrderPrediction => "second-order prediction",
        Promise::LipschitzRatio => "Lipschitz ratio",
    }
}

/// The theorem itself.
fn statement(promise: Promise) -> &'static str {
    match promise {
        Promise::DescentLemma => "f(x₊) ≤ f(x) − (α/2)‖∇f‖², for α ≤ 1/L",
        Promise::GuaranteedDecrease => "f(x₊) ≤ f(x) − (α − Lα²/2)‖∇f‖², for every α along −∇f",
        Promise::OneStepBound => "f(x₊) − f* ≤ (‖x − x*‖² − ‖x₊ − x*‖²)/(2α), f convex, α ≤ 1/L",
        Promise::RateOneOverK => "f(xₖ) − f* ≤ ‖x₀ − x*‖²/(2Σα), f convex, α ≤ 1/L",
        Promise::GradientRate => "min ‖∇f‖² ≤ (f(x₀) − f*)/Σα(1 − Lα/2), for α < 2/L",
        Promise::TwoOverL => "f(x₊) ≤ f(x), for α < 2/L",
        Promise::LinearRate => "f(xₖ) − f* ≤ Π(1 − αμ)·(f(x₀) − f*), f μ-strongly convex, α ≤ 1/L",
        Promise::SecondOrderPrediction => "f(x₊) − f(x) = ∇fᵀs + ½sᵀ∇²f s with s = x₊ − x, f quadratic",
        Promise::LipschitzRatio => "‖∇f(x₊) − ∇f(x)‖/‖x₊ − x‖ ≤ L",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::lesson::schema::Grain;
    use unicode_width::UnicodeWidthStr;

    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{RAVINE, THEMES, draw_at_every_size, draw_panel, drawn, fixed, lesson, walk_to};

    fn open(alpha: f64) -> Sitting {
        let mut lesson = lesson(RAVINE, &[2.0, 20.0], &[fixed(alpha)]);
        lesson.scenarios[0].known = Known {
            lipschitz: Some(20.0),
            strong_convexity: Some(1.0),
            value: Some(0.0),
            points: vec![vec![0.0; 2]],
            saddles: vec![],
        };
        Sitting::open(lesson).unwrap()
    }

    fn seen_at(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| draw_panel(Panel::Theory, sitting, pad))
    }

    #[test]
    fn nothing_is_told_before_the_move() {
        let mut sitting = open(0.05);
        walk_to(&mut sitting, Beat::StepSize);
        let text = seen_at(&sitting, 40, 12);
        assert!(text.contains("waits for the first move") && text.contains("L = 20") && !text.contains("≤"), "{text}");
        sitting.step();
        // f(x₊) = ½·19² = 180.5; 240 − ½·0.05·2000 = 190.
        let text = seen_at(&sitting, 40, 12);
        for wanted in ["step 0 → 1", "✓  descent lemma     180.5 ≤    190.0", "✓  Lipschitz ratio", "2nd-order pred."]
        {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        sitting.step();
        assert!(seen_at(&sitting, 40, 12).contains("step 0 → 1"), "the last step stays until the next is made");
    }

    #[test]
    fn what_does_not_apply_says_why() {
        let mut sitting = open(0.11);
        sitting.forward(Grain::Iteration);
        let text = seen_at(&sitting, 40, 12);
        for wanted in ["-  descent lemma   α > 1/L", "-  O(1/k) rate     α > 1/L once", "-  2/L: no ascent  α ≥ 2/L"]
        {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        let text = seen_at(&sitting, 110, 24);
        for wanted in ["not applicable: α > 1/L, now or earlier", "f(x₊) ≤ f(x), for α < 2/L", "holds, slack"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn a_broken_promise_is_marked() {
        let mut sitting = open(0.11);
        sitting.cast.known[0].lipschitz = Some(2.0);
        sitting.step_while(|sitting| sitting.cursor.t < 4);
        let text = seen_at(&sitting, 40, 12);
        assert!(text.contains("✗  Lipschitz ratio") && text.contains(">      2.0"), "{text}");
        assert!(seen_at(&sitting, 100, 24).contains("violated by"));
    }

    #[test]
    fn all_nine_fit_the_small_panel() {
        let mut sitting = open(0.02);
        sitting.step_while(|sitting| sitting.cursor.t < 7);
        for theme in THEMES {
            let text = drawn((40, 12), theme, |pad| draw_panel(Panel::Theory, &sitting, pad));
            assert!(!text.contains("more") && text.lines().skip(1).take(9).all(|line| !line.contains("..")), "{text}");
        }
        let reasons = [
            "α > 1/L, now or earlier",
            "α ≥ 2/L, now or earlier",
            "f is not known to be convex",
            "d is not −∇f",
            "an earlier d is not −∇f",
            "the step stands still",
            "α = 0: the step stands still",
            "every α was 0: nothing moved yet",
            "f is not quadratic: its model is right near x only",
            "α < 0, now or earlier",
        ];
        for reason in reasons {
            assert!(THEMES.iter().all(|theme| theme.text(&brief(reason)).width() <= 19), "{reason}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let mut sitting = open(0.05);
        sitting.cast.known[0] = Known::default();
        assert!(seen_at(&sitting, 40, 12).contains("L is not known here"));
        sitting.forward(Grain::Iteration);
        let text = seen_at(&sitting, 40, 12);
        assert!(text.contains("L is not known here") && text.contains("2nd-order pred."), "{text}");
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = open(0.05);
        draw_at_every_size(|pad| draw_panel(Panel::Theory, &sitting, pad));
        sitting.forward(Grain::Iteration);
        draw_at_every_size(|pad| draw_panel(Panel::Theory, &sitting, pad));
    }
}
