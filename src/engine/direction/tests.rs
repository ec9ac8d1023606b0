//! Every direction against its closed form.

use std::collections::BTreeMap;
use std::sync::Arc;

use nalgebra::Cholesky;

use crate::engine::ask::noise::Noise;
use crate::engine::ask::oracle::Oracle;
use crate::engine::record::ending::Reason;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Calls, Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::list::DirectionRule;
use crate::engine::rule::list::StepSizeRule;
use crate::engine::rule::method::{Half, Method};
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::engine::step_size::schedule::fixed::Fixed;
use crate::engine::theory::curvature::Model;
use crate::objective::formula::Formula;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

const ROSENBROCK: &str = "(1-x1)^2 + 100*(x2-x1^2)^2";
const BEALE: &str = "(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2";
const RAVINE: &str = "10*x1^2 + x2^2/2";
/// A positive definite quadratic in four coordinates that no axis knows.
const QUADRATIC: &str = "(x1+x2)^2 + 3*(x2-2*x3)^2 + 0.2*x3^2 + 5*(x4-x1+1)^2 + 0.7*(x1+x3+x4)^2";

fn formula(text: &str, n: usize) -> Arc<Formula> {
    Arc::new(Formula::parse(text, n, &BTreeMap::new()).unwrap())
}

/// A method as a lesson spells it; directions that take their own steps get them.
fn method(direction: &str, step_size: &str) -> Method {
    let plain = Method { direction: DirectionRule::all().remove(0), step_size: StepSizeRule::Fixed(Fixed::default()) };
    let turned = plain.with_half(Half::Direction, direction.parse().unwrap()).unwrap();
    if let Some(own) = turned.direction.own_step() {
        return Method { step_size: own, ..turned };
    }
    turned.with_half(Half::StepSize, step_size.parse().unwrap()).unwrap()
}

fn run(text: &str, start: &[f64], direction: &str, step_size: &str, steps: usize) -> Run {
    let limits = Limits { iterations: steps as u64 + 1, gradient: 0.0, ..Limits::default() };
    let start = Point::from_column_slice(start);
    let mut run = Run::new(formula(text, start.len()), start, method(direction, step_size), limits);
    run.go_to(steps);
    run
}

fn fixed(alpha: f64) -> String {
    format!("rule = \"fixed\"\nalpha = {alpha:?}")
}

/// The iterates x₀ … xₜ.
fn iterates(run: &Run) -> Vec<Point> {
    run.past().iter().map(|step| step.from.point.clone()).chain([run.here().point.clone()]).collect()
}

#[track_caller]
fn assert_near(found: &Vector, expected: &Vector, tolerance: f64) {
    let scale = expected.amax().max(1.0);
    assert!((found - expected).amax() <= tolerance * scale, "{found} is not {expected}");
}

/// Steps of a rule on a quadratic, each with the exact α*.
fn exact_steps(rule: &dyn Direction, text: &str, start: &[f64], steps: usize) -> Vec<Arc<Step>> {
    let objective = formula(text, start.len());
    let sample = |point: Point| {
        let (value, gradient) = objective.sample(&point);
        Arc::new(Sample { point, value, gradient })
    };
    let mut past: Vec<Arc<Step>> = Vec::new();
    let mut here = sample(Point::from_column_slice(start));
    for _ in 0..steps {
        let oracle = Oracle::new(&*objective, Calls::default());
        let proposal = rule.propose(&here, &past, &oracle).unwrap();
        let hessian = objective.hessian(&here.point);
        let alpha = Model::best_step(&here.gradient, &hessian, &proposal.direction).unwrap();
        let to = sample(proposal.candidate(&here.point, alpha));
        let calls = Calls::default();
        let from = std::mem::replace(&mut here, Arc::clone(&to));
        past.push(Arc::new(Step { from, noise: None, proposal, trials: Vec::new(), alpha, to, calls, arrival: calls }));
    }
    past
}

fn rule(spelled: &str) -> DirectionRule {
    method(spelled, &fixed(1.0)).direction
}

const LECTURE: &str = "rule = \"momentum\"\nbeta = 0.8";
const TORCH: &str = "rule = \"momentum\"\nbeta = 0.8\nvariant = \"torch\"";
const DIMINISHING: &str = "rule = \"diminishing\"\nalpha0 = 0.04";

#[test]
fn momentum_is_the_heavy_ball_under_any_schedule() {
    for schedule in [&fixed(0.02), DIMINISHING] {
        let run = run(RAVINE, &[2.0, 20.0], LECTURE, schedule, 40);
        let mut last = Vector::zeros(2);
        for step in run.past() {
            let moved = &last * 0.8 - &step.from.gradient * step.alpha;
            assert_near(&step.to.point, &(&step.from.point + &moved), 1e-14);
            last = moved;
        }
    }
}

#[test]
fn the_two_forms_of_momentum_part_only_under_a_schedule() {
    let ends = |schedule: &str| {
        [LECTURE, TORCH].map(|form| run(RAVINE, &[2.0, 20.0], form, schedule, 20).here().point.clone())
    };
    let [lecture, torch] = ends(&fixed(0.02));
    assert_near(&torch, &lecture, 1e-13);
    let [lecture, torch] = ends(DIMINISHING);
    assert!((torch - lecture).amax() > 0.1);
}

#[test]
fn on_a_plane_momentum_reaches_its_terminal_speed() {
    let run = run("3*x1 - 4*x2", &[0.0, 0.0], "rule = \"momentum\"\nbeta = 0.9", &fixed(0.01), 400);
    let speed = run.past().last().unwrap().displacement().norm();
    assert!((speed - 0.01 * 5.0 / (1.0 - 0.9)).abs() < 1e-12, "{speed}");
}

#[test]
fn a_first_velocity_moves_the_first_step() {
    let thrown = run(RAVINE, &[0.0, 0.0], "rule = \"momentum\"\nbeta = 0.5\nvelocity = [1.0, 2.0]", &fixed(0.1), 1);
    assert_eq!(thrown.here().point, Point::from_column_slice(&[0.5, 1.0]));
}

#[test]
fn nesterov_is_torchs_form_seen_from_the_look_ahead() {
    let run = run(ROSENBROCK, &[-1.2, 1.0], "rule = \"nesterov\"\nbeta = 0.7", &fixed(0.001), 60);
    let objective = formula(ROSENBROCK, 2);
    let (mut p, mut buffer) = (Point::from_column_slice(&[-1.2, 1.0]), Vector::zeros(2));
    for step in run.past() {
        let gradient = objective.gradient(&p);
        buffer = &buffer * 0.7 + &gradient;
        p -= (gradient + &buffer * 0.7) * 0.001;
        // p = x + βv, with v = −αb.
        let x = &p + &buffer * (0.7 * 0.001);
        assert_near(&step.to.point, &x, 1e-12);
    }
    // The look-ahead costs one gradient a step, but for the first: nothing moves yet.
    assert_eq!(run.calls().gradient, 1 + 60 + 59);
}

#[test]
fn without_beta_the_standard_form_is_steepest_descent_and_the_slides_is_not() {
    let end = |direction: &str| run(RAVINE, &[2.0, 20.0], direction, &fixed(0.02), 10).here().point.clone();
    let plain = end("rule = \"steepest-descent\"");
    assert_eq!(end("rule = \"nesterov\"\nbeta = 0"), plain);
    assert_ne!(end("rule = \"nesterov\"\nbeta = 0\nvariant = \"lecture\""), plain);
    assert_eq!(end("rule = \"momentum\"\nbeta = 0"), plain);
}

#[test]
fn conjugate_gradients_end_in_n_exact_steps() {
    for beta in ["pr+", "fr", "hs", "dy"] {
        let rule = rule(&format!("rule = \"conjugate-gradient\"\nbeta = \"{beta}\""));
        let past = exact_steps(rule.rule(), QUADRATIC, &[1.0, -2.0, 3.0, 0.5], 4);
        assert!(past[2].to.gradient.amax() > 1e-3, "{beta}: not before");
        assert!(past[3].to.gradient.amax() < 1e-11, "{beta}: {}", past[3].to.gradient);
        let hessian = formula(QUADRATIC, 4).hessian(&past[0].from.point);
        let conjugate = past[3].proposal.direction.dot(&(&hessian * &past[1].proposal.direction));
        assert!(conjugate.abs() < 1e-10, "{beta}: {conjugate}");
        assert_eq!(past[0].proposal.memory.word("restart"), Some("first"));
        assert_eq!(past[2].proposal.memory.word("restart"), Some("none"));
    }
}

#[test]
fn conjugate_gradients_restart_where_they_are_told_to_and_where_they_go_uphill() {
    let why = |restart: &str, t: usize| {
        let direction = format!("rule = \"conjugate-gradient\"\nbeta = \"fr\"\nrestart = \"{restart}\"");
        let run = run(ROSENBROCK, &[-1.2, 1.0], &direction, "rule = \"backtracking\"", 30);
        let step = &run.past()[t];
        (step.proposal.memory.word("restart"), run)
    };
    assert_eq!(why("every-n", 2).0, Some("every-n"));
    let (_, run) = why("uphill", 0);
    for step in run.past() {
        assert!(step.from.gradient.dot(&step.proposal.direction) < 0.0);
        if step.proposal.memory.word("restart") == Some("uphill") {
            assert_eq!(step.proposal.direction, -&step.from.gradient);
        }
    }
}

#[test]
fn newton_solves_a_quadratic_at_once() {
    for safeguard in ["none", "shift", "absolute"] {
        let newton = format!("rule = \"newton\"\nsafeguard = \"{safeguard}\"");
        let run = run(QUADRATIC, &[1.0, -2.0, 3.0, 0.5], &newton, &fixed(1.0), 1);
        assert!(run.here().gradient.amax() < 1e-12, "{safeguard}: {}", run.here().gradient);
    }
}

#[test]
fn pure_newton_rises_on_rosenbrock_before_it_converges() {
    let run = run(ROSENBROCK, &[-1.2, 1.0], "rule = \"newton\"", &fixed(1.0), 6);
    let expected = [24.2, 4.7319, 1411.85, 0.055_97, 0.313_19, 1.85e-11, 3.4e-20];
    for (step, expected) in run.past().iter().map(|step| step.from.value).chain([run.here().value]).zip(expected) {
        assert!((step / expected - 1.0).abs() < 0.01, "{step} is not {expected}");
    }
    assert_eq!(run.calls().hessian, 6);
}

#[test]
fn pure_newton_can_cycle_for_ever_and_says_so() {
    let mut run = run("x1^4/4 - x1^2 + 2*x1", &[0.0], "rule = \"newton\"", &fixed(1.0), 9);
    let seen: Vec<f64> = iterates(&run).iter().map(|point| point[0]).collect();
    assert_eq!(seen, [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    run.advance();
    assert!(run.peek().unwrap_err().note.as_ref().unwrap().contains("2-cycle"));
}

#[test]
fn newton_says_where_the_hessian_is_singular() {
    let run = run("(x1 + x2)^2", &[1.0, 2.0], "rule = \"newton\"", &fixed(1.0), 1);
    let ending = run.peek().unwrap_err();
    assert_eq!((run.iteration(), ending.reason), (0, Reason::SingularHessian));
    assert!(ending.sentence.contains("singular"));
}

#[test]
fn safeguards_turn_newton_downhill_at_a_saddle() {
    let first = |safeguard: &str| {
        let newton = format!("rule = \"newton\"\nsafeguard = \"{safeguard}\"");
        Arc::clone(&run("-x1^2 + x2^2", &[0.25, 1.0], &newton, &fixed(1.0), 1).past()[0])
    };
    assert_eq!(first("none").to.point, Point::from_column_slice(&[0.0, 0.0]));
    assert_eq!(first("absolute").to.point, Point::from_column_slice(&[0.5, 0.0]));
    let shifted = first("shift");
    assert!(shifted.from.gradient.dot(&shifted.proposal.direction) < 0.0);
    // −2 + τ must be positive: τ₀ = 2 + 0.001 is enough at the first try.
    assert_eq!(shifted.proposal.memory.number("shift"), Some(2.001));
    assert_eq!(shifted.proposal.memory.number("tries"), Some(1.0));
}

#[test]
fn bfgs_keeps_its_secant_equation_and_stays_positive_definite() {
    let run = run(ROSENBROCK, &[-1.2, 1.0], "rule = \"bfgs\"", "rule = \"backtracking\"", 60);
    for pair in run.past().windows(2) {
        let memory = &pair[1].proposal.memory;
        let model = memory.matrix("inverse_hessian").unwrap();
        assert!(Cholesky::new((**model).clone()).is_some());
        if memory.word("update") == Some("updated") {
            let change = &pair[1].from.gradient - &pair[0].from.gradient;
            assert_near(&(&**model * change), &pair[0].displacement(), 1e-8);
        }
    }
    assert!(run.here().value < 1e-6, "{}", run.here().value);
}

#[test]
fn where_f_bends_down_bfgs_skips_or_mends() {
    // f'' < 0 on the way: the slope falls along the step.
    for (damping, word) in [(false, "skipped"), (true, "damped")] {
        let bfgs = format!("rule = \"bfgs\"\ndamping = {damping}");
        let run = run("cos(x1) + 0.01*x2^2", &[0.3, 1.0], &bfgs, &fixed(0.5), 1);
        let memory = &run.peek().unwrap().proposal.memory;
        assert_eq!(memory.word("update"), Some(word));
        let model = memory.matrix("inverse_hessian").unwrap();
        assert!(Cholesky::new((**model).clone()).is_some());
        if damping {
            // Powell: the mended pair keeps a fifth of the expected curvature, yᵀs = 0.2 sᵀBs, and H⁻y = s.
            let (s, g) = (run.past()[0].displacement(), &run.past()[0].from.gradient);
            let y = Cholesky::new((**model).clone()).unwrap().solve(&s);
            assert!((y.dot(&s) - 0.2 * s.dot(&(-0.5 * g))).abs() < 1e-12);
        }
    }
}

#[test]
fn rescaling_sets_the_size_before_the_first_update() {
    let run = run("50*x1^2 + 50*x2^2", &[1.0, 2.0], "rule = \"bfgs\"\nrescale = true", &fixed(0.001), 1);
    let model = run.peek().unwrap().proposal.memory.matrix("inverse_hessian").unwrap();
    assert!((&**model - nalgebra::DMatrix::identity(2, 2) * 0.01).amax() < 1e-12);
}

/// κ = 10⁴, beside 50 digits of another program: the rank-two formula in one go is off by 2e-12 here.
#[test]
fn bfgs_keeps_its_digits_where_curvatures_are_far_apart() {
    let quadratic = "x1^2/2 + 5*x2^2 + 50*x3^2 + 5000*x4^2 + x1*x2/4";
    let run = run(quadratic, &[1.0, 1.0, -1.0, 0.5], "rule = \"bfgs\"", "rule = \"backtracking\"", 4);
    let found = run.here().point[0];
    assert!((found + 0.122_830_101_312_915_87).abs() < 1e-14, "{found}");
}

/// With both, the size is chosen first, B = (yᵀy/sᵀy) I, and the pair mended for that B: sᵀỹ is 0.2 sᵀBs, and H⁻ỹ = s.
#[test]
fn bfgs_mends_the_pair_for_the_size_it_has_just_chosen() {
    let himmelblau = "(x1^2+x2-11)^2 + (x1+x2^2-7)^2";
    let bfgs = "rule = \"bfgs\"\nrescale = true\ndamping = true";
    let run = run(himmelblau, &[-0.5, -1.3], bfgs, "rule = \"strong-wolfe\"", 2);
    let (first, memory) = (&run.past()[0], &run.past()[1].proposal.memory);
    let (s, y) = (&first.to.point - &first.from.point, &first.to.gradient - &first.from.gradient);
    assert_eq!(memory.word("update"), Some("damped"));
    let curvature = s.dot(&memory.matrix("inverse_hessian").unwrap().as_ref().clone().lu().solve(&s).unwrap());
    let wanted = 0.2 * s.norm_squared() * y.norm_squared() / s.dot(&y);
    assert!((curvature - wanted).abs() < 1e-9 * wanted, "{curvature} is not {wanted}");
}

/// The first pair bends down and is skipped, so that the second one sets the size; H⁻ beside another program.
#[test]
fn bfgs_takes_its_size_from_the_first_pair_that_is_used() {
    let himmelblau = "(x1^2+x2-11)^2 + (x1+x2^2-7)^2";
    let bfgs = "rule = \"bfgs\"\nrescale = true";
    let run = run(himmelblau, &[-0.5, -1.3], bfgs, "rule = \"backtracking\"", 3);
    let model = |t: usize| run.past()[t].proposal.memory.matrix("inverse_hessian").unwrap();
    assert_eq!(run.past()[1].proposal.memory.word("update"), Some("skipped"));
    let wanted = [[0.016_318_17, 0.004_549_53], [0.004_549_53, 0.015_616_88]];
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        assert!((model(2)[(i, j)] - wanted[i][j]).abs() < 1e-8, "{}", model(2));
    }
}

#[test]
fn with_full_memory_and_exact_steps_l_bfgs_is_bfgs() {
    let start = [1.0, -2.0, 3.0, 0.5];
    let (full, short) = (rule("rule = \"bfgs\""), rule("rule = \"l-bfgs\"\nmemory = 9"));
    let full = exact_steps(full.rule(), QUADRATIC, &start, 4);
    let short = exact_steps(short.rule(), QUADRATIC, &start, 4);
    for (full, short) in full.iter().zip(&short) {
        assert_near(&short.to.point, &full.to.point, 1e-10);
    }
    assert!(full[3].to.gradient.amax() < 1e-10);
}

#[test]
fn l_bfgs_forgets_stale_pairs_and_never_holds_more_than_m() {
    let skipped = run("cos(x1) + 0.01*x2^2", &[0.3, 1.0], "rule = \"l-bfgs\"", &fixed(0.5), 1);
    let memory = &skipped.peek().unwrap().proposal.memory;
    assert_eq!((memory.number("pairs"), memory.word("update")), (Some(0.0), Some("cleared")));
    let run = run(ROSENBROCK, &[-1.2, 1.0], "rule = \"l-bfgs\"\nmemory = 3", "rule = \"backtracking\"", 60);
    let most = run.past().iter().filter_map(|step| step.proposal.memory.number("pairs")).fold(0.0, f64::max);
    assert_eq!(most, 3.0);
    assert!(run.here().value < 1e-6, "{}", run.here().value);
}

const E46: &str = "delta0 = 1.0\nincrease = 1.2\ndecrease = 0.5";

#[test]
fn the_lectures_rprop_returns_and_the_minus_form_turns_round() {
    let lecture = run("x1^2/2", &[3.0], &format!("rule = \"rprop\"\n{E46}"), "", 5);
    let seen: Vec<f64> = iterates(&lecture).iter().map(|point| point[0]).collect();
    assert_near(&Vector::from(seen), &Vector::from(vec![3.0, 2.0, 0.8, 0.8, 0.08, 0.08]), 1e-14);
    let tried = |t: usize| {
        let sizes = lecture.past()[t].proposal.memory.vector("sizes").unwrap()[0];
        lecture.past()[t].from.point[0] - sizes
    };
    assert!((tried(2) + 0.64).abs() < 1e-14 && (tried(4) + 0.784).abs() < 1e-14);

    let minus = run("x1^2/2", &[3.0], &format!("rule = \"rprop\"\nvariant = \"minus\"\n{E46}"), "", 5);
    let seen: Vec<f64> = iterates(&minus).iter().map(|point| point[0]).collect();
    assert_near(&Vector::from(seen), &Vector::from(vec![3.0, 2.0, 0.8, -0.64, 0.08, -0.28]), 1e-14);
}

#[test]
fn an_rprop_coordinate_that_returns_is_an_ordinary_row_and_one_without_slope_never_moves() {
    let run = run("x1^2/2 + (x2-1)^2*x1^2", &[3.0, 1.0], &format!("rule = \"rprop\"\n{E46}"), "", 12);
    assert_eq!(run.iteration(), 12);
    assert!(run.past().iter().any(|step| step.displacement().amax() == 0.0));
    assert!(iterates(&run).iter().all(|point| point[1] == 1.0));
    let words = rule("rule = \"rprop\"").rule().recalled(&run.past()[3].proposal.memory);
    assert!(words.contains("never moves"), "{words}");
}

#[test]
fn first_steps_of_the_adaptive_rules_do_not_depend_on_the_slope() {
    for (name, step) in [("adam", 0.01), ("adagrad", 0.01), ("rmsprop", 0.1)] {
        let run = run("1000*x1 - x2", &[0.0, 0.0], &format!("rule = \"{name}\""), &fixed(0.01), 1);
        assert_near(&run.here().point, &Vector::from_column_slice(&[-step, step]), 1e-7);
    }
    let hat = run("1000*x1", &[0.0], "rule = \"adam\"\nvariant = \"epsilon-hat\"\nepsilon = 0.5", &fixed(0.01), 1);
    // √(1−β₂)/(1−β₁) · (1−β₁)g/(√(1−β₂)·|g| + ε).
    let root = (1.0_f64 - 0.999).sqrt();
    assert!((hat.here().point[0] + 0.01 * root * 1000.0 / (root * 1000.0 + 0.5)).abs() < 1e-15);
}

#[test]
fn perturbed_descent_leaves_the_ridge_that_holds_steepest_descent() {
    let end = |direction: &str| run("x1^2 - x2^2", &[1.0, 0.0], direction, &fixed(0.1), 200);
    assert_eq!(end("rule = \"steepest-descent\"").here().point[1], 0.0);
    for seed in 0..5 {
        let run = end(&format!("rule = \"perturbed\"\nseed = {seed}"));
        assert!(run.here().point[1].abs() > 1.0, "seed {seed}");
        let kicks: Vec<&Vector> = run.past().iter().filter_map(|step| step.proposal.base.as_ref()).collect();
        assert_eq!(kicks.len(), 1, "once it moves, ‖∇f‖ is large");
        assert!(kicks[0].norm() <= 0.01 * (1.0 + 1e-4));
    }
}

#[test]
fn perturbed_descent_waits_between_two_kicks() {
    let run = run("0*x1", &[1.0], "rule = \"perturbed\"\nwait = 3", &fixed(0.1), 9);
    let kicked: Vec<bool> = run.past().iter().map(|step| step.proposal.base.is_some()).collect();
    // t − t_noise > T: three steps without a kick lie between two.
    assert_eq!(kicked, [true, false, false, false, true, false, false, false, true]);
}

#[test]
fn a_refused_levenberg_marquardt_step_stays_and_damps_more() {
    let run = run("(x1^2 - 1 + x1^3)^2 + (10*sin(3*x1))^2", &[0.45], "rule = \"levenberg-marquardt\"", "", 12);
    let refused: Vec<usize> = (0..run.iteration()).filter(|t| run.past()[*t].alpha == 0.0).collect();
    assert!(!refused.is_empty());
    for pair in run.past().windows(2) {
        let damping = |step: &Step| step.proposal.memory.number("damping").unwrap();
        let factor = damping(&pair[1]) / damping(&pair[0]);
        if pair[0].alpha == 0.0 {
            assert!((factor - 10.0).abs() < 1e-12);
            assert_eq!(pair[0].to.point, pair[0].from.point);
            assert_eq!(pair[0].arrival, pair[0].calls, "what is known at x is not asked again");
            assert_eq!(pair[1].calls.gradient, pair[0].calls.gradient, "nor is J");
        } else {
            assert!((factor - 0.1).abs() < 1e-12);
            assert!(pair[0].to.value <= pair[0].from.value);
        }
        assert_eq!(pair[0].trials.len(), 1);
    }
}

#[test]
fn a_refused_step_is_no_small_step() {
    let bent = "(1-x1)^2 + 5*(x2-x1^2)^2";
    let limits = Limits { iterations: 50, gradient: 0.0, step: 1e-9, ..Limits::default() };
    let lm = method("rule = \"levenberg-marquardt\"", "");
    let mut run = Run::new(formula(bent, 2), Point::from_column_slice(&[-1.0, 2.0]), lm, limits);
    run.go_to(50);
    let last = run.past().last().unwrap();
    assert!(run.past()[0].alpha == 0.0 && last.alpha == 1.0);
    assert_eq!(run.peek().unwrap_err().reason, Reason::StepSmall);
}

/// Beale at (1, 1): the first column of J is 0, the second (1, 2, 3), and r = (1.5, 2.25, 2.625).
#[test]
fn a_coordinate_that_no_residual_sees_is_damped_by_one() {
    let direction = "rule = \"levenberg-marquardt\"\nscaling = \"diagonal\"";
    let run = run(BEALE, &[1.0, 1.0], direction, "", 1);
    assert_near(&run.past()[0].proposal.direction, &Vector::from_column_slice(&[0.0, -13.875 / (14.0 * 1.001)]), 1e-14);
}

#[test]
fn a_turned_direction_has_its_angle_in_every_dimension() {
    use crate::engine::record::row::angle_from_steepest;
    let formula_of = |n: usize| (1..=n).map(|i| format!("{i}*x{i}^2")).collect::<Vec<_>>().join(" + ");
    for n in [2, 3, 4, 7] {
        for start in
            [vec![1.0; n], (0..n).map(|i| 0.3 - i as f64).collect(), (0..n).map(|i| f64::from(i == 1)).collect()]
        {
            for degrees in [-120.0, 0.0, 30.0, 90.0, 135.0, 180.0_f64] {
                let direction = format!("rule = \"rotated\"\ndegrees = {degrees:?}");
                let run = run(&formula_of(n), &start, &direction, &fixed(1e-3), 1);
                let step = &run.past()[0];
                let angle = angle_from_steepest(&step.from, &step.proposal.direction).unwrap();
                assert!((angle - degrees.abs()).abs() < 1e-12, "{n} coordinates, {degrees}: {angle}");
                let stretch = step.proposal.direction.norm() / step.from.gradient.norm();
                assert!((stretch - 1.0).abs() < 1e-14, "{n} coordinates, {degrees}: {stretch}");
            }
        }
    }
    let plane = run(RAVINE, &[2.0, 20.0], "rule = \"rotated\"\ndegrees = 90.0", &fixed(1e-3), 1);
    assert_eq!(plane.past()[0].proposal.direction, Vector::from_column_slice(&[20.0, -40.0]));
}

/// A fork with other factors takes λ as the steps before it left it; its own steps go by its own factors.
#[test]
fn a_fork_does_not_judge_the_last_step_of_levenberg_marquardt_again() {
    let mut run = run(ROSENBROCK, &[-1.2, 1.0], "rule = \"levenberg-marquardt\"", "", 12);
    let damping = |run: &Run| run.peek().unwrap().proposal.memory.number("damping").unwrap();
    let (mut taken, mut refused) = (0, 0);
    for t in 1..12 {
        run.go_to(t);
        let was_taken = run.past()[t - 1].alpha != 0.0;
        *(if was_taken { &mut taken } else { &mut refused }) += 1;
        let mut fork = run.fork(method("rule = \"levenberg-marquardt\"\nup = 3.0\ndown = 7.0", ""));
        assert_eq!(damping(&fork), damping(&run), "t = {t}");
        let (before, is_taken) = (damping(&fork), fork.peek().unwrap().alpha != 0.0);
        fork.advance();
        assert_eq!(damping(&fork), if is_taken { before / 7.0 } else { before * 3.0 });
    }
    assert!(taken > 2 && refused > 0, "{taken} and {refused}");
}

/// The product of the model is looked through instead of the model: an update that overflows must still be left out.
#[test]
fn an_inverse_hessian_that_overflows_is_not_taken_on() {
    let bend = 1e-309;
    let sample = |x: f64| {
        let point = Point::from_vec(vec![x, 0.5 * x]);
        Arc::new(Sample { value: 1.0, gradient: &point * bend, point })
    };
    let (from, to) = (sample(1e155), sample(0.9e155));
    let start = Memory::default().with("inverse_hessian", Arc::new(Matrix::identity(2, 2))).with("update", "start");
    let proposal = Proposal::ray(&to.point - &from.point).recalling(start);
    let (trials, calls) = (Vec::new(), Calls::default());
    let step = Step { from, noise: None, proposal, trials, alpha: 1.0, to: Arc::clone(&to), calls, arrival: calls };
    let objective = formula("x1^2 + x2^2", 2);
    let ask = Oracle::new(&*objective, calls);
    let memory = rule("rule = \"bfgs\"").rule().propose(&to, &[Arc::new(step)], &ask).unwrap().memory;
    assert_eq!(memory.word("update"), Some("skipped"), "1/f'' is no double");
    assert_eq!(**memory.matrix("inverse_hessian").unwrap(), Matrix::identity(2, 2));
}

#[test]
fn levenberg_marquardt_needs_residuals() {
    let newton = rule("rule = \"levenberg-marquardt\"");
    assert!(newton.rule().fits(&*formula(BEALE, 2)).is_ok());
    assert!(newton.rule().fits(&*formula("x1^2 - x2^2", 2)).unwrap_err().contains("not written as a sum of squares"));
    // Marquardt's scaling makes the units of the coordinates irrelevant.
    let end = |text: &str, x1: f64| {
        let direction = "rule = \"levenberg-marquardt\"\nscaling = \"diagonal\"\ndamping = 1.0";
        run(text, &[x1, 0.5], direction, "", 5).here().value
    };
    let scaled = end("(1-1000*x1)^2 + (x2-(1000*x1)^2)^2", 0.002);
    assert!((end("(1-x1)^2 + (x2-x1^2)^2", 2.0) - scaled).abs() < 1e-9);
}

/// Every direction, with a step size that goes with it.
fn every_method() -> Vec<Method> {
    DirectionRule::all()
        .into_iter()
        .map(|direction| {
            let own = direction.own_step();
            Method { direction, step_size: own.unwrap_or(StepSizeRule::Fixed(Fixed { alpha: 0.003 })) }
        })
        .collect()
}

#[test]
fn going_back_and_forking_change_nothing_for_any_direction_with_and_without_noise() {
    for method in every_method() {
        for noise in [None, Some(Noise { sigma: 0.3, seed: 5 })] {
            let limits = Limits { iterations: 25, gradient: 0.0, ..Limits::default() };
            let start = Point::from_column_slice(&[1.5, 0.3]);
            let mut straight = Run::new(formula(BEALE, 2), start, method.clone(), limits).with_noise(noise);
            straight.go_to(25);
            let expected = straight.past().to_vec();
            assert_eq!(expected.len(), 25, "{method:?}: {:?}", straight.peek());
            for t in [0, 1, 7, 24] {
                let mut rewound = straight.clone();
                rewound.go_to(t);
                let mut forked = rewound.fork(method.clone());
                forked.go_to(25);
                rewound.go_to(25);
                assert_eq!(rewound.past(), expected, "{method:?} back to {t}");
                assert_eq!(forked.past(), expected, "{method:?} forked at {t}");
            }
        }
    }
}

#[test]
fn every_direction_can_take_over_from_every_other() {
    for first in every_method() {
        for second in every_method() {
            let limits = Limits { iterations: 12, gradient: 0.0, ..Limits::default() };
            let start = Point::from_column_slice(&[1.5, 0.3]);
            let mut run = Run::new(formula(BEALE, 2), start, first.clone(), limits);
            run.go_to(4);
            let mut fork = run.fork(second.clone());
            fork.go_to(12);
            let is_there = fork.peek().is_err_and(|ending| ending.reason == Reason::StepSmall);
            assert!(fork.iteration() == 12 || is_there, "{first:?} to {second:?}: {:?}", fork.peek());
            assert!(fork.here().is_finite());
        }
    }
}

#[test]
fn a_fork_keeps_the_memory_of_its_own_rule_and_starts_fresh_after_another() {
    let adam = "rule = \"adam\"\nbeta1 = 0.9";
    let memory = |run: &Run| run.peek().unwrap().proposal.memory.clone();
    let mut run = run(BEALE, &[1.0, 1.0], adam, &fixed(0.05), 6);
    run.go_to(5);
    assert_eq!(memory(&run).number("updates"), Some(5.0));
    let forgetful = run.fork(run.method().with("direction.beta1", &toml::Value::Float(0.5)).unwrap());
    assert_eq!(memory(&forgetful), memory(&run), "what is remembered does not depend on what will be done with it");
    let mut away = run.fork(method("rule = \"steepest-descent\"", &fixed(0.01)));
    away.advance();
    let back = away.fork(method(adam, &fixed(0.05)));
    assert_eq!(memory(&back).number("updates"), Some(0.0));
}

#[test]
fn only_pairs_that_can_work_can_be_made() {
    let plain = method("rule = \"steepest-descent\"", "rule = \"backtracking\"");
    let word = |text: &str| toml::Value::String(text.to_owned());
    assert!(plain.with("direction.rule", &word("momentum")).unwrap_err().contains("backtracking"));
    let moved = plain.with_all([("direction.rule", &word("momentum")), ("step_size.rule", &word("fixed"))]).unwrap();
    assert_eq!((moved.name(Half::Direction), moved.name(Half::StepSize)), ("momentum".into(), "fixed".into()));
    // Rprop brings its steps along, and takes them with it.
    let rprop = plain.with("direction.rule", &word("rprop")).unwrap();
    assert_eq!(rprop.name(Half::StepSize), "whole");
    assert!(rprop.with("step_size.rule", &word("fixed")).unwrap_err().contains("takes no"));
    assert_eq!(rprop.with("direction.rule", &word("newton")).unwrap().name(Half::StepSize), "fixed");
    assert!(plain.with("step_size.rule", &word("whole")).is_err());
}

#[test]
fn noise_is_seen_by_the_rule_and_kept_beside_the_truth() {
    let quiet = run(RAVINE, &[2.0, 20.0], "rule = \"steepest-descent\"", &fixed(0.05), 3);
    let mut noisy = quiet.clone().with_noise(Some(Noise { sigma: 10.0, seed: 1 }));
    noisy.go_to(3);
    let mut again = quiet.clone().with_noise(Some(Noise { sigma: 10.0, seed: 1 }));
    again.go_to(3);
    let mut other = quiet.clone().with_noise(Some(Noise { sigma: 10.0, seed: 2 }));
    other.go_to(3);
    assert_eq!(noisy.past(), again.past());
    assert_ne!(noisy.here().point, other.here().point);
    for step in noisy.past() {
        let noise = step.noise.as_ref().unwrap();
        assert!(noise.amax() > 0.0);
        assert_eq!(step.proposal.direction, -(&step.from.gradient + noise));
        assert_eq!(step.from.gradient, formula(RAVINE, 2).gradient(&step.from.point));
    }
    assert_eq!(noisy.calls(), quiet.calls());
}

#[test]
fn every_rule_says_what_it_remembers() {
    for method in every_method() {
        let limits = Limits { iterations: 4, gradient: 0.0, ..Limits::default() };
        let mut run = Run::new(formula(BEALE, 2), Point::from_column_slice(&[1.5, 0.3]), method.clone(), limits);
        run.go_to(4);
        let rule = method.direction.rule();
        for step in run.past().iter().filter(|step| !step.proposal.memory.is_empty()) {
            let words = rule.recalled(&step.proposal.memory);
            let length = words.chars().count();
            assert!((10..=70).contains(&length) && !words.ends_with('.'), "{method:?}: {words}");
        }
        assert!(!rule.formula().is_empty() && !rule.code().is_empty());
    }
}
