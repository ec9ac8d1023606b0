//! The shipped lessons are true: they are proved, their numbers are those of the slides put right.
#![expect(clippy::unwrap_used, reason = "a trace that cannot be read is a failure")]

use std::io::Write;
use std::process::{Command, Stdio};

use downhill::app::look::appearance::Look;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Viewer;
use downhill::lesson::check::check;
use downhill::lesson::course::library::{SHIPPED, is_in_course, open};
use downhill::lesson::file::complaint::render;
use downhill::lesson::markup::{BOX_ROWS, BOX_WIDTH, WORK_ROWS};
use downhill::lesson::question::choose::Choice;
use downhill::lesson::question::grade;
use downhill::lesson::question::{Answer, Ask, Kind};
use downhill::lesson::schema::Lesson;
use downhill::view::page::page_text::{self, PageReader};
use downhill::view::paper::theme::Theme;
use serde_json::Value;

// ---- they are proved

#[test]
fn no_shipped_lesson_has_a_complaint() {
    assert!(SHIPPED.len() >= 3);
    for (id, source) in SHIPPED {
        let report = check(id, source, &is_in_course);
        assert_eq!(render(&format!("{id}.toml"), source, &report.complaints), "", "{id}");
    }
}

/// Whatever is answered, and however sure the learner was: the refutation and the reason are seen whole.
#[test]
fn what_is_said_after_an_answer_fits_the_page_box() {
    for (id, _) in SHIPPED {
        let lesson = open(id).unwrap();
        for number in 0..lesson.pages.len() {
            let Some(ask) = &lesson.pages[number].ask else { continue };
            for (option, answer) in answers(ask, &lesson, number).into_iter().enumerate() {
                let mut sitting = Sitting::open(lesson.clone()).unwrap();
                sitting.turn_to(number).unwrap();
                while sitting.open_question().is_none() && sitting.step() {}
                sitting.answer(answer, ask.confidence.then_some(1));
                while !sitting.is_outcome_seen() && sitting.step() {}
                let where_ = format!("{id}, page {}, answer {}", number + 1, option + 1);
                assert!(sitting.is_outcome_seen(), "{where_}: the run ends before the outcome");
                let look = Look::default();
                let viewer = &Viewer::new((80, 24), look);
                let theme = Theme::of(look);
                let reader = PageReader { sitting: &sitting, viewer, pair: None, theme, width: BOX_WIDTH };
                let said = page_text::content(&reader);
                // What was made of lines or cells stays in view: the box had grown for it.
                let rows = if ask.kind.is_exercise() { WORK_ROWS } else { BOX_ROWS };
                assert!(said.lines.len() <= rows, "{where_}: {} rows", said.lines.len());
            }
        }
    }
}

fn choices(ask: &Ask) -> &[Choice] {
    match &ask.kind {
        Kind::Choose(options) => options,
        _ => &[],
    }
}

/// Every option, or the right answer and a wrong one.
fn answers(ask: &Ask, lesson: &Lesson, page: usize) -> Vec<Answer> {
    if let Kind::Choose(options) = &ask.kind {
        return (0..options.len()).map(Answer::Choice).collect();
    }
    let mut sitting = Sitting::open(lesson.clone()).unwrap();
    sitting.turn_to(page).unwrap();
    let right = grade::key(ask, &mut sitting.cast.clone()).unwrap();
    let wrong = match &right {
        Answer::Number(number) => Some(Answer::Number(number * 3.0 + 1.0)),
        Answer::Point(point) => Some(Answer::Point(point.iter().map(|x| x + 1.0).collect())),
        _ => None,
    };
    [Some(right), wrong].into_iter().flatten().collect()
}

/// A teacher's habits, held for every lesson.
#[test]
fn every_question_has_three_hints_a_reason_and_refutations() {
    for (id, _) in SHIPPED {
        let lesson = open(id).unwrap();
        assert!(lesson.pages.len() >= 5, "{id} is short");
        assert!(lesson.pages.iter().any(|page| page.goal.is_some()), "{id} has no goal");
        let asks = lesson.pages.iter().filter_map(|page| page.ask.as_ref());
        assert!(asks.clone().any(|ask| ask.confidence), "{id} never asks how sure the learner is");
        assert!(asks.clone().count() >= 2, "{id} hardly asks");
        for page in lesson.pages.iter().filter(|page| page.ask.is_some() || page.goal.is_some()) {
            assert_eq!(page.hints.len(), 3, "{id}: hints are where to look, the principle, the step");
        }
        for ask in asks.clone().filter(|ask| !matches!(ask.kind, Kind::Choose(_))) {
            let has_sides = matches!(&ask.kind, Kind::Number(one) if one.too_low.is_some() && one.too_high.is_some());
            let is_refuted = ask.refute.is_some() || has_sides;
            assert!(is_refuted && ask.because.is_some(), "{id}: {}", ask.question.as_str());
        }
        for page in lesson.pages.iter().filter(|page| page.goal.is_some()) {
            let asked = page.solution.as_ref().and_then(|solution| solution.ask.as_ref());
            assert!(asked.is_some(), "{id} never asks why its solution works");
        }
        assert!(asks.clone().filter(|ask| !ask.vary.is_empty()).count() >= 2, "{id}: hardly a question comes again");
        let solved = lesson.pages.iter().filter_map(|page| page.solution.as_ref()?.ask.as_ref());
        for ask in asks.chain(solved) {
            for option in choices(ask) {
                let (is_refuted, is_reasoned) = (option.refute.is_some(), option.because.is_some());
                // With other numbers another option may be right.
                let fits = is_refuted != is_reasoned || (is_refuted && !ask.vary.is_empty());
                assert!(fits, "{id}: {}", option.text.as_str());
                assert!(option.text.as_str().chars().count() <= 34, "{id}: {}", option.text.as_str());
            }
        }
        let cards = lesson.pages.iter().flat_map(|page| &page.why);
        assert!(cards.clone().count() > 0, "{id} never says what a slide says");
        assert!(cards.into_iter().all(|card| card.prove.is_some()), "{id} leaves a card unproved");
    }
}

// ---- their numbers, through the binary

/// What `downhill` writes to its standard output.
#[track_caller]
fn output(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The trace of a shipped lesson's run.
#[track_caller]
fn trace(arguments: &[&str]) -> Value {
    let arguments = [&["trace"], arguments, &["--format", "json"]].concat();
    serde_json::from_str(&output(&arguments, "")).unwrap()
}

/// A number of a trace by its path, such as `end.evaluations.value`.
#[track_caller]
fn number(trace: &Value, path: &str) -> f64 {
    path.split('.')
        .fold(trace, |found, key| key.parse::<usize>().map_or_else(|_| &found[key], |index| &found[index]))
        .as_f64()
        .unwrap()
}

/// The points of a trace, the last one too.
fn points(trace: &Value) -> Vec<(f64, f64)> {
    let point = |line: &Value| (number(line, "x.0"), number(line, "x.1"));
    trace["steps"].as_array().unwrap().iter().chain([&trace["end"]]).map(point).collect()
}

#[track_caller]
fn assert_near(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{found} is not within {tolerance} of {wanted}");
}

/// The slide's "too small" α = 0.05 is 1/L: one step solves x₁. What is slow is κ = 20.
#[test]
fn a_twentieth_solves_the_steep_coordinate_in_one_step() {
    let trace = trace(&["fixed-step", "--run", "A"]);
    let points = points(&trace);
    assert!(points.len() >= 14);
    for (t, (x1, x2)) in points.iter().enumerate() {
        assert!(t == 0 || x1.abs() <= 1e-15, "x1 = {x1} at t = {t}");
        assert_near(*x2, 20.0 * 0.95_f64.powi(t as i32), 1e-12);
    }
    assert_near(number(&trace, "end.value"), 52.704_018_893_148_465, 1e-9);
}

/// α = 0.1 is 2/L: it bounces for ever and neither settles nor diverges.
#[test]
fn a_tenth_bounces_for_ever() {
    for (t, (x1, x2)) in points(&trace(&["fixed-step", "--run", "B"])).iter().enumerate() {
        assert_near(*x1, if t % 2 == 0 { 2.0 } else { -2.0 }, 1e-12);
        assert_near(*x2, 20.0 * 0.9_f64.powi(t as i32), 1e-12);
    }
}

/// α = 0.11 multiplies x₁ by −1.2 in every step.
#[test]
fn a_little_more_than_a_tenth_diverges() {
    let trace = trace(&["fixed-step", "--run", "C"]);
    for (t, (x1, _)) in points(&trace).iter().enumerate() {
        let wanted = 2.0 * (-1.2_f64).powi(t as i32);
        assert_near(*x1, wanted, 1e-9 * wanted.abs());
    }
    assert_near(number(&trace, "end.value"), 4_588.682_7, 1e-3);
}

/// The best fixed α is 2/21; per step backtracking beats it, per evaluation of f and ∇f it does not.
#[test]
fn a_fair_budget_turns_the_race_round() {
    let run = |scenario, run| {
        let trace = trace(&["fixed-step", "--scenario", scenario, "--run", run]);
        let cost = ["end.evaluations.value", "end.evaluations.gradient"].map(|path| number(&trace, path));
        (number(&trace, "end.value"), cost)
    };
    let (fixed, fixed_cost) = run("steps", "B");
    let (adaptive, adaptive_cost) = run("steps", "C");
    assert_near(fixed, 17.787_020_410, 1e-6);
    assert_near(adaptive, 5.888_181_619, 1e-6);
    assert_eq!((fixed_cost, adaptive_cost), ([14.0, 14.0], [56.0, 14.0]));
    let fair = ["A", "B", "C"].map(|name| run("evaluations", name));
    assert!(fair.iter().all(|(_, cost)| cost[0] + cost[1] == 70.0), "{fair:?}");
    // 200·0.95⁶⁸ and 240·(19/21)⁶⁸ in closed form.
    assert_near(fair[0].0, 200.0 * 0.95_f64.powi(68), 1e-9);
    assert_near(fair[1].0, 240.0 * (19.0_f64 / 21.0).powi(68), 1e-9);
    assert_near(fair[2].0, 5.888_181_619, 1e-6);
}

#[test]
fn backtracking_costs_what_the_lesson_says() {
    let first = trace(&["backtracking", "--iterations", "13"]);
    let trials = |trace: &Value| -> Vec<usize> {
        trace["steps"].as_array().unwrap().iter().map(|step| step["trials"].as_array().unwrap().len()).collect()
    };
    assert_eq!(trials(&first)[..5], [5, 3, 5, 4, 4]);
    for (trial, value) in [14_440.0, 3_290.0, 752.5, 243.125, 178.281_25].into_iter().enumerate() {
        assert_near(number(&first, &format!("steps.0.trials.{trial}.value")), value, 1e-9);
    }
    for (run, value, sum) in [("A", 5.888, 55), ("B", 1.774, 60), ("C", 34.27, 74)] {
        let trace = trace(&["backtracking", "--scenario", "shares", "--run", run]);
        assert_near(number(&trace, "end.value"), value, 5e-3);
        assert_eq!(trials(&trace).iter().sum::<usize>(), sum, "run {run}");
        assert_eq!(number(&trace, "end.evaluations.value"), f64::from(sum as u32 + 1), "run {run}");
    }
    for (run, iterations, evaluations) in [("A", 46.0, 195.0), ("B", 608.0, 609.0)] {
        let trace = trace(&["backtracking", "--scenario", "race", "--run", run]);
        assert_eq!(number(&trace, "end.iteration"), iterations, "run {run}");
        assert_eq!(number(&trace, "end.evaluations.value"), evaluations, "run {run}");
    }
}

/// The Armijo condition of the cubic holds on two intervals: 4 is accepted at once.
#[test]
fn an_armijo_set_can_have_two_parts() {
    let trace = trace(&["backtracking", "--scenario", "cubic"]);
    assert_eq!(number(&trace, "steps.0.alpha"), 4.0);
    assert_eq!(trace["steps"][0]["trials"].as_array().unwrap().len(), 1);
}

/// When a start beside the line x₂ = 0 has |x₂| above 1.
#[test]
fn a_saddle_is_left_after_so_many_steps() {
    for (hair, escape) in [("1e-3", 21), ("1e-6", 42), ("1e-10", 69), ("1e-16", 110)] {
        let file = format!(
            "format = 1\ntitle = \"hair\"\n[scenario.hair]\nobjective = {{ formula = \"x1^2 - x2^2\" }}\n\
             window = {{ x1 = [-2, 2], x2 = [-2, 2] }}\nstart = [1, {hair}]\n[[scenario.hair.run]]\n\
             step_size = {{ rule = \"fixed\", alpha = 0.2 }}\n\
             stop = {{ gradient = 0, value = -1, iterations = 200 }}\n"
        );
        let trace: Value = serde_json::from_str(&output(&["trace", "-", "--format", "json"], &file)).unwrap();
        assert_eq!(points(&trace).iter().position(|(_, x2)| x2.abs() > 1.0), Some(escape), "from {hair}");
    }
    let lesson = points(&trace(&["saddle-point", "--scenario", "hair"]));
    assert_eq!(lesson.iter().position(|(_, x2)| x2.abs() > 1.0), Some(69));
}

/// Exactly on the line it stays, and still it is not stuck at step 10; a tolerance calls the saddle an arrival.
#[test]
fn only_an_exact_zero_stays_and_a_tolerance_stops() {
    let exact = trace(&["saddle-point", "--iterations", "10"]);
    assert!(points(&exact).iter().all(|(_, x2)| *x2 == 0.0));
    assert_near(number(&exact, "end.gradient_norm_inf"), 0.012_093_2, 1e-6);
    let tolerant = trace(&["saddle-point", "--scenario", "tolerant"]);
    assert_eq!(tolerant["end"]["reason"], "gradient-small");
    assert!(number(&tolerant, "end.gradient_norm_inf") <= 1e-5);
    assert_eq!(tolerant["end"]["point"], Value::Null, "the tolerance is too coarse to classify the point");
    assert_eq!(number(&tolerant, "end.iteration"), 24.0);
    for (run, x2) in [("A", 2_f64.sqrt()), ("B", -2_f64.sqrt())] {
        let floor = trace(&["saddle-point", "--scenario", "floor", "--run", run]);
        assert_near(number(&floor, "end.x.1"), x2, 1e-8);
        assert_eq!(floor["end"]["point"], "minimum");
    }
}
