//! Cases made with other programs, each run through the trace that everybody can run.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test that is a failure")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The lesson that asks for the same run as a reference case.
fn lesson(case: &Value) -> String {
    let method = &case["method"];
    let number = |key: &str| method[key].as_f64().unwrap_or_else(|| panic!("{key} in {method}"));
    assert_eq!(method["direction"], "steepest_descent");
    let step_size = match method["step"].as_str().unwrap() {
        "fixed" => format!("rule = \"fixed\", alpha = {:?}", number("alpha")),
        // The case spells its formula out: alpha_t = 10/(t+1).
        "diminishing" => "rule = \"diminishing\", alpha0 = 10".to_owned(),
        "backtracking" => format!(
            "rule = \"backtracking\", initial = {:?}, gamma1 = {:?}, tau = {:?}",
            number("alpha_init"),
            number("c1"),
            number("tau")
        ),
        other => panic!("{other}"),
    };
    let start: Vec<f64> = case["x0"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
    let window: Vec<String> = (1..=start.len()).map(|index| format!("x{index} = [-1e6, 1e6]")).collect();
    let iterations = case["iterates"].as_array().unwrap().len() - 1;
    format!(
        "format = 1\ntitle = \"reference\"\n[scenario.case]\nobjective = {{ formula = \"{}\" }}\nwindow = {{ {} }}\n\
         start = {start:?}\n[[scenario.case.run]]\nstep_size = {{ {step_size} }}\n\
         stop = {{ iterations = {iterations}, gradient = 0 }}\n",
        case["objective"]["expr"].as_str().unwrap(),
        window.join(", "),
    )
}

/// The trace of a lesson given on standard input.
fn trace(lesson: &str) -> Value {
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(["trace", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(lesson.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success(), "{lesson}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|entry| entry.as_f64().unwrap()).collect()
}

/// The largest error relative to max(1, |expected|).
fn error(found: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let errors = found.iter().zip(expected).map(|(found, expected)| (found - expected).abs() / expected.abs().max(1.0));
    errors.fold(0.0, f64::max)
}

fn matches(case: &str) {
    let path = format!("{}/tests/reference/{case}.json", env!("CARGO_MANIFEST_DIR"));
    let case: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let tolerance = case["tol"]["x"].as_f64().unwrap();
    let trace = trace(&lesson(&case));
    let expected = case["iterates"].as_array().unwrap();
    let rows: Vec<&Value> = trace["steps"].as_array().unwrap().iter().chain([&trace["end"]]).collect();
    assert_eq!(rows.len(), expected.len(), "{}", trace["end"]);
    for (row, expected) in rows.into_iter().zip(expected) {
        let at = &expected["t"];
        assert!(error(&numbers(&row["x"]), &numbers(&expected["x"])) <= tolerance, "t = {at}: {row}");
        assert!(error(&[row["value"].as_f64().unwrap()], &[expected["f"].as_f64().unwrap()]) <= tolerance, "t = {at}");
        assert!(error(&numbers(&row["gradient"]), &numbers(&expected["g"])) <= 10.0 * tolerance, "t = {at}");
        let (Some(alpha), true) = (expected["alpha"].as_f64(), row["alpha"].is_number()) else { continue };
        assert!(error(&[row["alpha"].as_f64().unwrap()], &[alpha]) <= 1e-15, "t = {at}");
        let Some(trials) = expected["trials"].as_array() else { continue };
        let shown = row["trials"].as_array().unwrap();
        assert_eq!(shown.len(), trials.len(), "t = {at}");
        for (shown, trial) in shown.iter().zip(trials) {
            assert_eq!(shown["alpha"], trial[0], "t = {at}");
            assert_eq!(shown["armijo"]["holds"], trial[3], "t = {at}");
            let (value, bound) = (trial[1].as_f64().unwrap(), trial[2].as_f64().unwrap());
            assert!((shown["value"].as_f64().unwrap() / value - 1.0).abs() < 1e-9, "t = {at}: {shown}");
            assert!((shown["armijo"]["rhs"].as_f64().unwrap() / bound - 1.0).abs() < 1e-9, "t = {at}: {shown}");
        }
    }
}

#[test]
fn a_small_step_solves_the_steep_coordinate_at_once() {
    matches("gd_ravine_a005");
}

#[test]
fn steepest_descent_escapes_the_saddle() {
    matches("gd_saddle_escape");
}

#[test]
fn backtracking_on_beale_tries_the_same_steps() {
    matches("gd_bt_beale");
}

#[test]
fn diminishing_steps_settle_on_huber() {
    matches("gd_huber_dim10");
}
