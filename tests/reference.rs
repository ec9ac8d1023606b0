//! Cases made with other programs, each run through the trace that everybody can run.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test that is a failure")]
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The methods of a case by their names in a lesson: its direction and, where it takes one, its step size.
fn method(case: &Value) -> String {
    let method = &case["method"];
    let number = |key: &str| method[key].as_f64().unwrap_or_else(|| panic!("{key} in {method}"));
    let direction = match method["direction"].as_str().unwrap() {
        "steepest_descent" => "rule = \"steepest-descent\"".to_owned(),
        "heavy_ball" => format!("rule = \"momentum\", beta = {:?}", number("beta")),
        "nesterov" => format!("rule = \"nesterov\", beta = {:?}", number("beta")),
        "newton" => "rule = \"newton\"".to_owned(),
        "modified_newton" => "rule = \"newton\", safeguard = \"absolute\"".to_owned(),
        "bfgs" => "rule = \"bfgs\"".to_owned(),
        "adagrad" => format!("rule = \"adagrad\", epsilon = {:?}", number("eps")),
        "rmsprop" => format!("rule = \"rmsprop\", rho = {:?}, epsilon = {:?}", number("rho"), number("eps")),
        "adam" => format!(
            "rule = \"adam\", beta1 = {:?}, beta2 = {:?}, epsilon = {:?}",
            number("beta1"),
            number("beta2"),
            number("eps")
        ),
        "rprop" => format!("rule = \"rprop\", variant = \"{}\"", rprop(method["variant"].as_str().unwrap())),
        "levenberg_marquardt" => format!("rule = \"levenberg-marquardt\", damping = {:?}", number("lambda0")),
        other => panic!("{other}"),
    };
    let step_size = match method["step"].as_str() {
        Some("fixed") => format!("rule = \"fixed\", alpha = {:?}", number("alpha")),
        // The case spells its formula out: alpha_t = 10/(t+1).
        Some("diminishing") => "rule = \"diminishing\", alpha0 = 10".to_owned(),
        Some("backtracking") => format!(
            "rule = \"backtracking\", initial = {:?}, gamma1 = {:?}, tau = {:?}",
            number("alpha_init"),
            number("c1"),
            number("tau")
        ),
        Some(other) => panic!("{other}"),
        None if method["direction"] != "rprop" && method["alpha"].is_number() => {
            format!("rule = \"fixed\", alpha = {:?}", number("alpha"))
        }
        None => return format!("direction = {{ {direction} }}"),
    };
    format!("direction = {{ {direction} }}\nstep_size = {{ {step_size} }}")
}

fn rprop(variant: &str) -> &str {
    match variant {
        "Rprop+" => "plus",
        "Rprop-" => "minus",
        "iRprop+" => "iplus",
        "iRprop-" => "iminus",
        _ => "lecture",
    }
}

/// The lesson that asks for the same run as a reference case.
fn lesson(case: &Value) -> String {
    let start: Vec<f64> = case["x0"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
    let window: Vec<String> = (1..=start.len()).map(|index| format!("x{index} = [-1e6, 1e6]")).collect();
    let iterations = case["iterates"].as_array().unwrap().len() - 1;
    format!(
        "format = 1\ntitle = \"reference\"\n[scenario.case]\nobjective = {{ formula = \"{}\" }}\nwindow = {{ {} }}\n\
         start = {start:?}\n[[scenario.case.run]]\n{}\nstop = {{ iterations = {iterations}, gradient = 0 }}\n",
        case["objective"]["expr"].as_str().unwrap(),
        window.join(", "),
        method(case),
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

/// All numbers of a value, however nested.
fn flat(value: &Value) -> Vec<f64> {
    value.as_array().map_or_else(|| vec![value.as_f64().unwrap()], |entries| entries.iter().flat_map(flat).collect())
}

/// What a rule remembers: as the cases call it, and as the trace does.
const STATES: [(&str, &str); 7] = [
    ("v", "velocity"),
    ("v", "second_moment"),
    ("v", "squared_gradients"),
    ("m", "first_moment"),
    ("Hinv", "inverse_hessian"),
    ("delta", "sizes"),
    ("lambda", "damping"),
];

fn matches(case: &str) {
    let path = format!("{}/tests/reference/{case}.json", env!("CARGO_MANIFEST_DIR"));
    let case: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let tolerance = case["tol"]["x"].as_f64().unwrap();
    let trace = trace(&lesson(&case));
    let expected = case["iterates"].as_array().unwrap();
    let mut rows: Vec<&Value> = trace["steps"].as_array().unwrap().iter().chain([&trace["end"]]).collect();
    if trace["end"]["reason"] == "step-small" {
        // 50 digits go on where doubles stand still.
        rows.resize(expected.len(), &trace["end"]);
    }
    assert_eq!(rows.len(), expected.len(), "{}", trace["end"]);
    for (row, expected) in rows.into_iter().zip(expected) {
        let at = &expected["t"];
        assert!(error(&numbers(&row["x"]), &numbers(&expected["x"])) <= tolerance, "t = {at}: {row}");
        assert!(error(&[row["value"].as_f64().unwrap()], &[expected["f"].as_f64().unwrap()]) <= tolerance, "t = {at}");
        assert!(error(&numbers(&row["gradient"]), &numbers(&expected["g"])) <= 10.0 * tolerance, "t = {at}");
        for (key, name) in STATES {
            let (found, expected_state) = (&row["state"][name], &expected[key]);
            if !found.is_null() && !expected_state.is_null() {
                // Differences of small gradients keep few digits, and so does what is learned from them.
                let rounding = 1e-14 / row["gradient_norm_inf"].as_f64().unwrap();
                let allowed = 10.0 * tolerance + if name == "inverse_hessian" { rounding } else { 0.0 };
                assert!(error(&flat(found), &flat(expected_state)) <= allowed, "{name} at t = {at}: {row}");
            }
        }
        let judged = |key: &str| expected[key].as_f64();
        if let (Some(accepted), Some(before), Some(after)) =
            (expected["accepted"].as_bool(), judged("F"), judged("F_trial"))
            && (after - before).abs() > 1e-14 * before
        {
            assert_eq!(row["alpha"].as_f64().unwrap() == 1.0, accepted, "t = {at}");
        }
        let (Some(alpha), true) = (expected["alpha"].as_f64(), row["alpha"].is_number()) else { continue };
        assert!(error(&[row["alpha"].as_f64().unwrap()], &[alpha]) <= 1e-15, "t = {at}");
        let Some(trials) = expected["trials"].as_array() else { continue };
        let shown = row["trials"].as_array().unwrap();
        assert_eq!(shown.len(), trials.len(), "t = {at}");
        for (shown, trial) in shown.iter().zip(trials) {
            assert_eq!(shown["alpha"], trial[0], "t = {at}");
            assert_eq!(shown["armijo"]["holds"], trial[3], "t = {at}");
            let (value, bound) = (trial[1].as_f64().unwrap(), trial[2].as_f64().unwrap());
            for (found, expected) in [(&shown["value"], value), (&shown["armijo"]["rhs"], bound)] {
                // Near the minimum f itself is made of rounding.
                let allowed = 1e-9 * expected.abs() + 1e-16;
                assert!((found.as_f64().unwrap() - expected).abs() <= allowed, "t = {at}: {shown}");
            }
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

#[test]
fn momentum_carries_its_velocity() {
    matches("mom_ravine_09");
}

#[test]
fn nesterov_looks_ahead() {
    matches("nest_ravine_bv");
}

#[test]
fn newton_rises_before_it_falls_on_rosenbrock() {
    matches("newton_rosen");
}

#[test]
fn absolute_eigenvalues_lead_newton_out_of_the_saddle() {
    matches("modnewton_eig_beale");
}

#[test]
fn bfgs_learns_the_same_inverse_hessians() {
    matches("bfgs_bt_beale");
}

#[test]
fn five_forms_of_rprop_keep_the_same_sizes() {
    for variant in ["lecture", "rpropminus", "rpropplus", "irpropplus", "irpropminus"] {
        matches(&format!("rprop_ravine_{variant}"));
    }
}

#[test]
fn adam_adagrad_and_rmsprop_agree_with_torch() {
    for rule in ["adam", "adagrad", "rmsprop"] {
        matches(&format!("{rule}_beale"));
    }
}

#[test]
fn levenberg_marquardt_fits_the_exponential() {
    matches("lm_expfit");
}
