//! Cases made with other programs, each run through the trace that everybody can run.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read has failed")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The methods of a case by their names in a lesson: its direction and, where it takes one, its step size; `exact`
/// names the rule where it is exact.
fn method(case: &Value, exact: &str) -> String {
    let method = &case["method"];
    let number = |key: &str| method[key].as_f64().unwrap_or_else(|| panic!("{key} in {method}"));
    let direction = match method["direction"].as_str().unwrap() {
        "steepest_descent" => "rule = \"steepest-descent\"".to_owned(),
        "heavy_ball" => format!("rule = \"momentum\", beta = {:?}", number("beta")),
        "heavy_ball_torch" => format!("rule = \"momentum\", variant = \"torch\", beta = {:?}", number("beta")),
        "nonlinear_cg" => "rule = \"conjugate-gradient\", beta = \"pr+\"".to_owned(),
        "lbfgs" => format!("rule = \"l-bfgs\", memory = {:?}", number("m")),
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
        Some("schedule") if method["schedule"] == "cosine" => format!(
            "rule = \"cosine-annealing\", alpha0 = {:?}, alpha_min = {:?}, period = {:?}",
            number("alpha0"),
            number("alpha_min"),
            number("T")
        ),
        Some("schedule") => {
            assert_eq!(method["schedule"], "warmcos");
            format!(
                "rule = \"warmup-cosine\", alpha0 = {:?}, alpha_min = {:?}, warmup = {:?}, period = {:?}",
                number("alpha0"),
                number("alpha_min"),
                number("t_warmup"),
                number("T")
            )
        }
        Some("exact") => format!("rule = \"{exact}\""),
        Some("barzilai_borwein_1") => format!("rule = \"barzilai-borwein\", alpha0 = {:?}", number("alpha0")),
        Some("polyak") => format!("rule = \"polyak\", minimum = {:?}", number("f_star")),
        Some("strong_wolfe_mn") => format!(
            "rule = \"strong-wolfe\", initial = {:?}, gamma1 = {:?}, gamma2 = {:?}, growth = {:?}",
            number("alpha_init"),
            number("mu1"),
            number("mu2"),
            number("sigma")
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
fn lesson(case: &Value, exact: &str) -> String {
    let start: Vec<f64> = case["x0"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
    let window: Vec<String> = (1..=start.len()).map(|index| format!("x{index} = [-1e6, 1e6]")).collect();
    let iterations = case["iterates"].as_array().unwrap().len() - 1;
    format!(
        "format = 1\ntitle = \"reference\"\n[scenario.case]\nobjective = {{ formula = \"{}\" }}\nwindow = {{ {} }}\n\
         start = {start:?}\n[[scenario.case.run]]\n{}\nstop = {{ iterations = {iterations}, gradient = 0 }}\n",
        case["objective"]["expr"].as_str().unwrap(),
        window.join(", "),
        method(case, exact),
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

fn read(case: &str) -> Value {
    let path = format!("{}/tests/reference/{case}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn matches(case: &str) {
    matches_by(case, "optimal-quadratic");
}

fn matches_by(case: &str, exact: &str) {
    let case = read(case);
    let tolerance = case["tol"]["x"].as_f64().unwrap();
    let trace = trace(&lesson(&case, exact));
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
        // A step size made from gradients carries their rounding.
        let step = case["method"]["step"].as_str().unwrap_or("fixed");
        let is_given = ["fixed", "diminishing", "backtracking", "schedule"].contains(&step);
        let noise = 100.0 * tolerance * (1.0 + 1.0 / row["gradient_norm_inf"].as_f64().unwrap());
        let allowed = if is_given { 1e-15 } else { noise };
        assert!(error(&[row["alpha"].as_f64().unwrap()], &[alpha]) <= allowed, "t = {at}: {row}");
        let Some(trials) = expected["trials"].as_array() else { continue };
        if trials.iter().all(Value::is_object) {
            pinpoints_alike(&row["trials"], trials, noise);
            continue;
        }
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

/// The same trials of a Wolfe search, with the same slopes and phases.
fn pinpoints_alike(shown: &Value, expected: &[Value], tolerance: f64) {
    let shown = shown.as_array().unwrap();
    assert_eq!(shown.len(), expected.len(), "{shown:?}");
    for (trial, expected) in shown.iter().zip(expected) {
        for (key, theirs) in [("alpha", "alpha"), ("value", "phi"), ("slope", "dphi")] {
            let (found, expected) = (trial[key].as_f64().unwrap(), expected[theirs].as_f64().unwrap());
            assert!(error(&[found], &[expected]) <= tolerance, "{key}: {trial}");
        }
        assert!(trial["phase"].as_str().unwrap().starts_with(expected["phase"].as_str().unwrap()), "{trial}");
        assert_eq!(trial["armijo"]["holds"], expected["armijo"], "{trial}");
        assert_eq!(trial["curvature"]["holds"], expected["curvature"], "{trial}");
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
fn a_warm_up_starts_by_standing_still() {
    matches("gd_ravine_sched_warmcos");
}

#[test]
fn exact_steps_zig_zag_at_the_rate_of_the_condition_number() {
    for rule in ["optimal-quadratic", "exact"] {
        matches_by("sd_exact_ravine", rule);
    }
}

#[test]
fn barzilai_and_borwein_take_the_same_long_steps() {
    matches("bb1_ravine");
}

#[test]
fn polyak_steps_follow_from_the_minimum() {
    matches("polyak_ravine");
}

/// Any α in a strong-Wolfe interval is a right answer, and so is the weak one's for the weak search.
#[test]
fn searches_on_the_small_first_step_land_in_the_intervals() {
    let case = read("ls_mdo_small");
    // The trace starts with steepest descent: the same line is found in the coordinate along d.
    let (start, direction) = (numbers(&case["x"]), numbers(&case["d"]));
    let along = |i: usize| format!("({:?} + {:?}*x1)", start[i], direction[i]);
    let formula = case["objective"]["expr"].as_str().unwrap().replace("x1", "@").replace("x2", &along(1));
    let formula = formula.replace('@', &along(0));
    let slope = -case["dphi0"].as_f64().unwrap();
    let initial = case["alpha_init"].as_f64().unwrap();
    for (rule, intervals) in [
        ("strong-wolfe", "strong_wolfe_intervals"),
        ("more-thuente", "strong_wolfe_intervals"),
        ("weak-wolfe", "weak_wolfe_intervals"),
        ("hager-zhang", "weak_wolfe_intervals"),
    ] {
        let lesson = format!(
            "format = 1\ntitle = \"reference\"\n[scenario.case]\nobjective = {{ formula = \"{formula}\" }}\n\
             window = {{ x1 = [-9, 9] }}\nstart = [0]\n[[scenario.case.run]]\n\
             direction = {{ rule = \"steepest-descent\", normalize = true }}\nstop = {{ iterations = 1 }}\n\
             step_size = {{ rule = \"{rule}\", initial = {initial:?}, gamma1 = {:?}, gamma2 = {:?} }}\n",
            case["c1"].as_f64().unwrap(),
            case["c2"].as_f64().unwrap(),
        );
        let trace = trace(&lesson);
        let row = &trace["steps"][0];
        assert!((row["slope"].as_f64().unwrap() + slope).abs() < 1e-12, "{row}");
        let alpha = row["alpha"].as_f64().unwrap();
        let is_inside = |interval: &Value| (numbers(interval)[0]..=numbers(interval)[1]).contains(&alpha);
        assert!(case[intervals].as_array().unwrap().iter().any(is_inside), "{rule}: {alpha}");
        if rule == "strong-wolfe" {
            pinpoints_alike(&row["trials"], case["martins_ning"]["trials"].as_array().unwrap(), 1e-10);
        }
    }
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

#[test]
fn quasi_newton_and_conjugate_gradient_pinpoint_alike() {
    for case in ["bfgs", "cg_prplus", "lbfgs5"] {
        matches(&format!("{case}_wolfe_beale"));
    }
}

#[test]
fn momentum_under_a_schedule_rescales_old_gradients() {
    matches("mom_sched_torchconv");
}

#[test]
fn theory_gives_both_sides_of_its_promises() {
    let case = read("theory_ravine");
    for run in case["runs"].as_array().unwrap() {
        let (alpha, rows) = (run["alpha"].as_f64().unwrap(), run["rows"].as_array().unwrap());
        let lesson = format!(
            "format = 1\ntitle = \"reference\"\n[scenario.case]\nobjective = {{ formula = \"{}\" }}\n\
             window = {{ x1 = [-9, 9], x2 = [-30, 30] }}\nstart = [2, 20]\nknown = {{ value = 0, points = [[0, 0]] }}\n\
             [[scenario.case.run]]\ndirection = {{ rule = \"steepest-descent\" }}\n\
             step_size = {{ rule = \"fixed\", alpha = {alpha:?} }}\nstop = {{ iterations = {}, gradient = 0 }}\n",
            case["objective"]["expr"].as_str().unwrap(),
            rows.len(),
        );
        let trace = trace(&lesson);
        for (row, expected) in trace["steps"].as_array().unwrap().iter().zip(rows) {
            let mut sides = vec![
                ("descent-lemma", "rhs", "descent_lemma_rhs"),
                ("one-step-bound", "rhs", "one_step_rhs"),
                ("rate-one-over-k", "rhs", "O1k_bound"),
                ("rate-one-over-k", "lhs", "f_next"),
                ("gradient-rate", "lhs", "min_gg_upto_t"),
                ("two-over-l", "rhs", "f"),
            ];
            // The case states this bound for α = 1/L only.
            if alpha == 0.05 {
                sides.push(("gradient-rate", "rhs", "gmin_bound"));
            }
            for (promise, side, theirs) in sides {
                let (check, expected) = (&row["theory"][promise], expected[theirs].as_f64().unwrap());
                assert_eq!(check["verdict"], "holds", "{promise}: {row}");
                let found = check[side].as_f64().unwrap();
                assert!((found - expected).abs() <= 1e-12 * expected, "{promise}: {found}, not {expected}");
            }
        }
    }
}
