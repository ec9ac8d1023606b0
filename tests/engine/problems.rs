//! Problems with known answers: published test problems, critical points of every kind, and runs that once ended wrong.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test a surprise is a failure")]

use crate::spelled;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use downhill::engine::record::Sample;
use downhill::engine::record::ending::Reason;
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::theory::critical::{CriticalPoint, critical_point};
use downhill::objective::formula::Formula;
use downhill::objective::function::Objective;
use downhill::objective::point::Point;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Collection {
    left_out: Vec<Value>,
    problems: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    number: u32,
    name: String,
    formula: String,
    #[serde(default)]
    with: BTreeMap<String, f64>,
    start: Vec<f64>,
    value_at_start: f64,
    minimiser: Vec<f64>,
    /// The published minima as they are printed.
    published: Vec<String>,
    /// The same to more digits.
    minima: Vec<f64>,
}

impl Problem {
    fn objective(&self) -> Arc<dyn Objective> {
        let formula = Formula::parse(&self.formula, self.start.len(), &self.with);
        Arc::new(formula.unwrap_or_else(|error| panic!("{}: {error}", self.name)))
    }

    /// Whether f = `value` is one of the minima to six digits; of a minimum of 0, to 1e-10 of f at the start.
    fn is_solved_by(&self, value: f64) -> bool {
        let solves = |minimum: &f64| {
            let close = if *minimum == 0.0 { 1e-10 * self.value_at_start.min(1.0) } else { 1e-6 * minimum };
            (value - minimum).abs() <= close
        };
        self.minima.iter().any(solves)
    }
}

fn collection() -> Collection {
    serde_json::from_str(include_str!("../problems/more_garbow_hillstrom.json")).unwrap()
}

#[test]
fn published_problems_have_their_values_at_the_start_and_at_the_minimum() {
    let Collection { left_out, problems } = collection();
    let mut numbers: Vec<u32> = problems.iter().map(|problem| problem.number).collect();
    numbers.extend(left_out.iter().map(|problem| problem["number"].as_u64().unwrap() as u32));
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=35).collect::<Vec<_>>(), "all 35 are there or left out with a reason");
    for problem in &problems {
        let objective = problem.objective();
        let start = Point::from_column_slice(&problem.start);
        let (found, wanted) = (objective.value(&start), problem.value_at_start);
        assert!((found - wanted).abs() <= 1e-11 * wanted, "{}: f(x₀) = {found}, not {wanted}", problem.name);
        assert!(objective.residuals(&start).is_some(), "{}: no sum of squares", problem.name);
        let at = Point::from_column_slice(&problem.minimiser);
        let (value, lowest) = (objective.value(&at), problem.minima[0]);
        assert!((value - lowest).abs() <= 1e-9 * lowest + 1e-18 * wanted, "{}: f* = {value}", problem.name);
        for (printed, minimum) in problem.published.iter().zip(&problem.minima) {
            // A unit of its last digit: some are cut, not rounded.
            let digits = printed.split('e').next().unwrap().split_once('.').map_or(0, |(_, digits)| digits.len());
            let power: i32 = printed.split_once('e').map_or(0, |(_, power)| power.parse().unwrap());
            let read = fraction(printed);
            let unit = if printed.contains('/') { 1e-13 } else { 10_f64.powi(power - digits as i32) };
            assert!((minimum - read).abs() <= unit, "{}: {minimum} for {printed}", problem.name);
        }
    }
}

/// `3.5e-3` or `15/7`.
fn fraction(printed: &str) -> f64 {
    match printed.split_once('/') {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => printed.parse().unwrap(),
    }
}

/// A direction, a step size, and the problems by number that they may not solve, with the reason.
type Tried = (&'static str, &'static str, &'static [(u32, &'static str)]);

/// The methods that must solve the problems, each with those that it may not solve and why.
const METHODS: [Tried; 4] = [
    ("rule = \"levenberg-marquardt\"", "", &[]),
    (
        "rule = \"levenberg-marquardt\", scaling = \"diagonal\"",
        "",
        &[(16, "f falls, but needs more than 2,000 steps: λ ÷10 after a step that pays is refused at once")],
    ),
    (
        "rule = \"bfgs\"",
        "rule = \"strong-wolfe\"",
        &[
            (6, "the first step, as long as ∇f, ends on a plateau where ∇f underflows"),
            (11, "the first step, as long as ∇f, ends on a plateau where ∇f underflows"),
            (30, "another local minimum of the sum of squares, f = 0.7125"),
            (31, "another local minimum of the sum of squares, f = 2.680"),
        ],
    ),
    (
        "rule = \"newton\", safeguard = \"shift\"",
        "rule = \"strong-wolfe\"",
        &[(18, "the shift of 0.001 is far larger than the curvature of its valley: steps are short")],
    ),
];

#[test]
fn published_problems_are_solved_from_their_standard_starts() {
    let problems = collection().problems;
    let mut wrong = Vec::new();
    for (direction, step_size, excused) in METHODS {
        let method = spelled::method(direction, if step_size.is_empty() { "rule = \"fixed\"" } else { step_size });
        for problem in &problems {
            let limits = Limits { iterations: 2000, ..Limits::default() };
            let (t, end) =
                Run::new(problem.objective(), Point::from_column_slice(&problem.start), method.clone(), limits)
                    .finish();
            let is_solved = problem.is_solved_by(end.at.value);
            if is_solved == excused.iter().any(|(number, _)| *number == problem.number) {
                wrong.push(format!(
                    "{direction} {step_size}: {} {} ends at t = {t} with f = {:e}: {}",
                    problem.number, problem.name, end.at.value, end.sentence
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(Deserialize)]
struct Points {
    points: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    formula: String,
    at: Vec<f64>,
    start: Vec<f64>,
    point: Option<String>,
    why: String,
}

fn class(formula: &str, at: &[f64], start: &[f64]) -> Option<&'static str> {
    let objective = spelled::objective(formula, at.len());
    let point = Point::from_column_slice(at);
    let (value, gradient) = objective.sample(&point);
    critical_point(&*objective, &Sample { point, value, gradient }, &Point::from_column_slice(start))
        .map(CriticalPoint::word)
}

#[test]
fn critical_points_are_told_from_all_others_whatever_the_scale() {
    let Points { points } = serde_json::from_str(include_str!("../problems/critical_points.json")).unwrap();
    let mut wrong = Vec::new();
    for Place { formula, at, start, point, why } in &points {
        let found = class(formula, at, start);
        if found != point.as_deref() {
            wrong.push(format!("{formula} at {at:?} from {start:?} is {found:?}, not {point:?}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), points.len(), wrong.join("\n"));
}

/// Points found by another program to 50 digits, here rounded to doubles, so that ∇f is rounding and not 0.
#[test]
fn rounded_critical_points_are_critical_points() {
    let case: Value = serde_json::from_str(include_str!("../reference/critical_points.json")).unwrap();
    let numbers =
        |value: &Value| -> Vec<f64> { value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect() };
    for expected in case["points"].as_array().unwrap() {
        let at = numbers(&expected["x"]);
        let start: Vec<f64> = at.iter().map(|x| x + 1.0).collect();
        let wanted = expected["class"].as_str().and_then(|class| class.split(' ').next()).filter(|word| *word != "not");
        assert_eq!(class(expected["expr"].as_str().unwrap(), &at, &start), wanted, "{expected}");
    }
}

/// The output of the program for what stands on its standard input.
fn told(arguments: &[&str], input: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The trace of a run of a lesson under `tests/problems`.
fn trace(lesson: &str, scenario: &str, run: &str) -> Value {
    let name = format!("{}/tests/problems/{lesson}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(name).unwrap();
    let arguments = ["trace", "-", "--format", "json", "--scenario", scenario, "--run", run];
    serde_json::from_str(&told(&arguments, &text)).unwrap()
}

#[test]
fn a_slope_that_is_small_in_numbers_alone_makes_no_critical_point() {
    for (scenario, run) in [("s", "tiny"), ("s", "ravine"), ("log", "log")] {
        let trace = trace("f02-critical-point-by-scale", scenario, run);
        assert_eq!(trace["end"]["point"], Value::Null, "{run}");
    }
}

#[test]
fn levenberg_marquardt_passes_a_singular_model() {
    for run in ["A", "B"] {
        let trace = trace("f03-lm-singular", "s", run);
        let end = &trace["end"];
        let x = end["x"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect::<Vec<_>>();
        assert_eq!(end["reason"], "gradient-small", "run {run}: {}", end["sentence"]);
        // MINPACK's minimum, and that of exp(s) in closed form: s solves 2eˢ(eˢ − 2) = 2e⁻ˢ(e⁻ˢ − 3).
        assert!((end["value"].as_f64().unwrap() - 2.738_874_334_670_26).abs() < 1e-13, "run {run}: {end}");
        assert!((x[0] + x[1] + 1.025_673_484).abs() < 1e-8, "run {run}: {x:?}");
        assert!((x[0] - x[1]).abs() < 1e-8, "run {run}: {x:?}");
    }
}

/// Models without full rank: a steep valley, a coordinate that no residual knows, residuals that are constant, and far out.
#[test]
fn levenberg_marquardt_solves_models_of_any_rank_and_scale() {
    let scalings = ["", ", scaling = \"diagonal\""].map(|scaling| format!("rule = \"levenberg-marquardt\"{scaling}"));
    for direction in &scalings {
        for (formula, start, lowest) in [
            ("(1e8*(x1+x2-2))^2", vec![3.0, 4.0], 0.0),
            ("(1e-8*(x1+x2-2))^2", vec![3.0, 4.0], 0.0),
            ("(1e8*(x1+2*x2+3*x3-6))^2+(1e8*(x1+2*x2+3*x3-6)+1)^2", vec![1.0, -1.0, 5.0], 0.5),
            ("(x1-1+0*x2)^2", vec![3.0, 4.0], 0.0),
            ("(x1-1+0*x2)^2+(x1^2-1)^2", vec![3.0, 4.0], 0.0),
            ("(3+0*x1)^2+(x2-1)^2", vec![3.0, 4.0], 9.0),
            ("(x1*x2)^2", vec![3.0, 4.0], 0.0),
            ("(1e6*x1)^2+(1e-6*(x2-1))^2", vec![1.0, 3.0], 0.0),
        ] {
            let limits = Limits { gradient: 1e-30, iterations: 400, ..Limits::default() };
            let objective = spelled::objective(formula, start.len());
            let (t, end) =
                Run::new(objective, Point::from_column_slice(&start), spelled::method(direction, ""), limits).finish();
            assert_ne!(end.reason, Reason::SingularHessian, "{direction} on {formula}: {}", end.sentence);
            let left = end.at.value - lowest;
            assert!(left.abs() <= 1e-13, "{direction} on {formula}: f − f* = {left:e} after {t}: {}", end.sentence);
        }
        // J = 0: nothing to solve, and λ may fall or grow for as long as the run lasts.
        let limits = Limits { gradient: 0.0, iterations: 2000, ..Limits::default() };
        let flat = spelled::ran(spelled::objective("(3+0*x1)^2", 1), &[2.0], spelled::method(direction, ""), limits);
        assert_eq!(flat.peek().unwrap_err().reason, Reason::IterationLimit, "{direction}");
    }
}

/// The number of a trace at a pointer such as `/end/x/0`.
fn at(trace: &Value, pointer: &str) -> f64 {
    trace.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer} of {trace}"))
}

#[test]
fn a_search_ends_where_the_values_are_level() {
    let trace = trace("f01-strong-wolfe-level", "s", "A");
    let tried: usize =
        trace["steps"].as_array().unwrap().iter().map(|row| row["trials"].as_array().unwrap().len()).sum();
    assert!(tried < 60, "{tried} trials");
    assert!(at(&trace, "/end/x/0").abs() < 1e-6, "{}", trace["end"]);
    assert_eq!(trace["end"]["reason"], "gradient-small", "{}", trace["end"]);
}

#[test]
fn an_exact_search_is_as_exact_as_it_says() {
    for run in ["cosh", "cosh golden"] {
        let trace = trace("f04-exact-far-from-the-slope", "s", run);
        assert!(at(&trace, "/end/x/0").abs() < 1e-13, "{run}: {}", trace["end"]);
    }
    let alpha = at(&trace("f04-exact-far-from-the-slope", "s", "flat"), "/steps/0/alpha");
    assert!((alpha - 0.125).abs() < 1e-15, "{alpha}");
}

#[test]
fn a_sum_of_squares_is_not_called_unbounded() {
    let tiny = trace("f06-bounded-below", "s", "tiny");
    assert_eq!(tiny["end"]["reason"], "gradient-small", "{}", tiny["end"]);
    assert!((at(&tiny, "/end/x/0") - 1.0).abs() < 1e-5 && (at(&tiny, "/end/x/1") - 1.0).abs() < 1e-5);
    let powell = trace("f06-bounded-below", "p", "powell");
    // The published minimum is 0 at (1.098e-5, 9.106).
    assert!(at(&powell, "/end/value") < 1e-12, "{}", powell["end"]);
    assert!((at(&powell, "/end/x/1") - 9.106).abs() < 1e-2, "{}", powell["end"]);
}

#[test]
fn the_logistic_function_is_flat_far_out() {
    let trace = trace("f10-sigmoid", "s", "A");
    assert_eq!((at(&trace, "/end/value"), at(&trace, "/end/gradient/0")), (0.0, 0.0));
}

#[test]
fn backtracking_does_not_flip_for_ever() {
    for (scenario, run) in [("s", "cosh"), ("s", "weak"), ("two", "two")] {
        let trace = trace("f11-backtracking-flip", scenario, run);
        let end = &trace["end"];
        assert_eq!((&end["reason"], &end["note"]), (&Value::from("gradient-small"), &Value::Null), "{run}: {end}");
        assert!(at(&trace, "/end/iteration") <= 15.0, "{run}: {end}");
        assert_eq!(end["point"], "minimum", "{run}");
    }
}

#[test]
fn a_safeguard_leaves_a_positive_definite_hessian_alone() {
    for run in ["absolute", "shift"] {
        let trace = trace("f07-newton-absolute-clips", "s", run);
        assert_eq!(trace["end"]["iteration"], 1, "{run}");
        assert_eq!(trace["end"]["reason"], "gradient-small", "{run}");
    }
    // One step to the minimum of a quadratic, however badly scaled, with every safeguard and none.
    for bend in ["1e-4", "1e-9", "1e-12", "1e-18", "1e-30", "1e18"] {
        for scale in ["1", "1e-12", "1e12"] {
            for safeguard in ["none", "shift", "absolute"] {
                let method = spelled::method(
                    &format!("rule = \"newton\", safeguard = \"{safeguard}\""),
                    "rule = \"fixed\", alpha = 1.0",
                );
                let objective = spelled::objective(&format!("{scale}*((x1-1)^2/2 + {bend}*(x2+1)^2/2)"), 2);
                let limits = Limits { gradient: 0.0, iterations: 1, ..Limits::default() };
                let (_, end) = Run::new(objective, Point::from_column_slice(&[3.0, 4.0]), method, limits).finish();
                assert_eq!(end.reason, Reason::IterationLimit, "{safeguard}, {bend}, {scale}: {}", end.sentence);
                assert!(
                    (end.at.point[0] - 1.0).abs() < 1e-14 && (end.at.point[1] + 1.0).abs() < 1e-14,
                    "{safeguard}, {bend}, {scale}: {}",
                    end.at.point
                );
            }
        }
    }
}

/// d = −|H|⁻¹∇f at a saddle, whatever factor stands before f; a singular H is said to be singular, whatever the factor.
#[test]
fn safeguards_do_not_depend_on_the_scale_of_f() {
    for scale in ["1e-12", "1", "1e12"] {
        let fixed = "rule = \"fixed\", alpha = 1.0";
        let first = |formula: &str, safeguard: &str| {
            let method = spelled::method(&format!("rule = \"newton\", safeguard = \"{safeguard}\""), fixed);
            let limits = Limits { gradient: 0.0, ..Limits::default() };
            Run::new(
                spelled::objective(&format!("{scale}*({formula})"), 2),
                Point::from_column_slice(&[0.5, 0.25]),
                method,
                limits,
            )
        };
        let saddle = first("x1^2 - 3*x2^2", "absolute");
        let d = &saddle.peek().unwrap().proposal.direction;
        assert!((d[0] + 0.5).abs() < 1e-15 && (d[1] - 0.25).abs() < 1e-15, "{scale}: {d}");
        for valley in ["(x1+x2)^2", "(x1+0.1*x2)^2", "x1^2+0*x2"] {
            assert_eq!(first(valley, "none").peek().unwrap_err().reason, Reason::SingularHessian, "{scale}*{valley}");
        }
    }
}

#[test]
fn an_end_names_its_true_reason() {
    let rotated = trace("f09-sentences", "rotated", "A");
    assert_eq!(rotated["end"]["reason"], "not-a-descent-direction");
    assert_eq!(rotated["end"]["sentence"], "d is no descent direction: d = 0 while ‖∇f‖∞ = 2, so that no α moves x");
    let ahead = trace("f09-sentences", "nesterov", "A");
    let sentence = ahead["end"]["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("the look-ahead x + βv = −0.2886: f is not a number there"), "{sentence}");
    assert_eq!(ahead["end"]["reason"], "not-finite");
}

/// What the panels say of a saddle and of a right angle: no κ, and a cosine of 0.
#[test]
fn what_means_nothing_and_what_is_rounding_is_not_told_as_a_number() {
    let screen = |objective: &str, start: &str, rest: &[&str]| {
        let mut arguments = vec!["screen", "--objective", objective, "--start", start, "--size", "140x45"];
        arguments.extend(rest);
        told(&arguments, "")
    };
    let turned =
        screen("10*x1^2+x2^2/2", "0.3,0.7", &["--direction", "rotated:degrees=90", "--keys", "<right> <right>"]);
    assert!(turned.contains("cos θ") && turned.contains("= 0 "), "{turned}");
    assert!(!turned.contains("e-17") && !turned.contains("e-16"), "{turned}");
}
