//! Every line search against closed forms, published sequences and the ways in which searches go wrong.
#![expect(clippy::unwrap_used, reason = "in a test a surprise is a failure")]

use std::collections::BTreeMap;

use downhill::engine::ending::{Reason, Stuck};
use downhill::engine::line::Line;
use downhill::engine::oracle::Oracle;
use downhill::engine::record::{Calls, Proposal, Sample};
use downhill::engine::rule::StepSize;
use downhill::engine::step_size::backtracking::Backtracking;
use downhill::engine::step_size::exact::{Exact, Method};
use downhill::engine::step_size::goldstein::Goldstein;
use downhill::engine::step_size::hager_zhang::HagerZhang;
use downhill::engine::step_size::more_thuente::MoreThuente;
use downhill::engine::step_size::optimal_quadratic::OptimalQuadratic;
use downhill::engine::step_size::polyak::Polyak;
use downhill::engine::step_size::strong_wolfe::StrongWolfe;
use downhill::engine::step_size::weak_wolfe::WeakWolfe;
use downhill::engine::trial::{Phase, Trial, Verdict};
use downhill::objective::function::{Formula, Objective};
use downhill::objective::point::Point;

/// What a search came back with.
struct Found {
    chosen: Result<f64, Stuck>,
    trials: Vec<Trial>,
    calls: Calls,
}

impl Found {
    fn alphas(&self) -> Vec<f64> {
        self.trials.iter().map(|trial| trial.alpha).collect()
    }

    fn count(&self, phase: Phase) -> usize {
        self.trials.iter().filter(|trial| trial.phase == phase).count()
    }

    fn reason(&self) -> Reason {
        self.chosen.as_ref().unwrap_err().reason
    }

    /// The verdict on the trial that was taken.
    fn taken(&self) -> Verdict {
        let alpha = *self.chosen.as_ref().unwrap();
        self.trials.iter().rfind(|trial| trial.alpha == alpha).unwrap().verdict
    }
}

/// Searches along `direction` from `start`; every look is counted once, and the landing asks for nothing twice.
fn search(rule: &dyn StepSize, formula: &str, start: &[f64], direction: &[f64]) -> Found {
    let formula = Formula::parse(formula, start.len(), &BTreeMap::new()).unwrap();
    let point = Point::from_vec(start.to_vec());
    let (value, gradient) = formula.sample(&point);
    let here = Sample { point, value, gradient };
    let proposal = Proposal::ray(Point::from_vec(direction.to_vec()));
    let oracle = Oracle::new(&formula, Calls::default());
    let mut log = Vec::new();
    let mut line = Line::new(&oracle, &here, &proposal, &mut log);
    let chosen = rule.choose(&mut line, &[]);
    let (landing, trials) = match &chosen {
        Ok(alpha) => {
            let (landing, trials) = line.landing(*alpha);
            (Some(landing), trials)
        }
        Err(_) => (None, line.into_trials()),
    };
    let calls = oracle.calls();
    assert_eq!(calls.value, trials.len() as u64);
    assert_eq!(calls.gradient, trials.iter().filter(|trial| trial.slope.is_some()).count() as u64);
    if let (Some(landing), Ok(alpha)) = (landing, &chosen)
        && let Some(trial) = trials.iter().find(|trial| trial.alpha == *alpha)
    {
        assert_eq!(landing.value, Some(trial.value));
        assert_eq!(landing.gradient.map(|gradient| gradient.dot(&proposal.direction)), trial.slope);
        assert!(trial.value.is_finite());
    }
    Found { chosen, trials, calls }
}

/// Along +1 from 0 in one dimension: φ is the formula itself, in x.
fn along(rule: &dyn StepSize, phi: &str) -> Found {
    search(rule, phi, &[0.0], &[1.0])
}

fn strong(initial: f64, gamma1: f64, gamma2: f64) -> StrongWolfe {
    StrongWolfe { initial, gamma1, gamma2, ..StrongWolfe::default() }
}

/// All searches with these first trial and shares.
fn searches(initial: f64, gamma1: f64, gamma2: f64) -> Vec<(&'static str, Box<dyn StepSize>)> {
    let max = 65536.0;
    vec![
        ("strong-wolfe", Box::new(StrongWolfe { initial, gamma1, gamma2, growth: 2.0, max })),
        ("more-thuente", Box::new(MoreThuente { initial, gamma1, gamma2, max })),
        ("weak-wolfe", Box::new(WeakWolfe { initial, gamma1, gamma2, growth: 2.0, max })),
        ("hager-zhang", Box::new(HagerZhang { initial, gamma1, gamma2, max })),
        ("goldstein", Box::new(Goldstein { initial, c: gamma1.min(0.49) })),
        ("backtracking", Box::new(Backtracking { initial, gamma1, ..Backtracking::default() })),
    ]
}

fn exact(method: Method) -> Exact {
    Exact { method, ..Exact::default() }
}

/// Numbers between 0 and 1, the same in every run.
fn random() -> impl FnMut() -> f64 {
    let mut seed = 42_u64;
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// On a quadratic the acceptable α are known: Armijo ⇔ α ≤ 2(1−γ₁)α*, weak ⇔ α ≥ (1−γ₂)α*, strong ⇔ also ≤ (1+γ₂)α*.
#[test]
fn what_is_accepted_on_a_quadratic_lies_in_the_exact_interval() {
    let mut random = random();
    for round in 0..400 {
        let decades = |random: f64, most: f64| 10_f64.powf(most * (2.0 * random - 1.0));
        let (slope, bend, offset) = (decades(random(), 3.0), decades(random(), 3.0), 10.0 * random() - 5.0);
        let best = slope / bend;
        let initial = (best * decades(random(), 3.0)).min(60000.0);
        if best > 30000.0 {
            continue;
        }
        let gamma1 = 0.001 + 0.7 * random();
        let gamma2 = gamma1 + (0.999 - gamma1) * random();
        let phi = format!("{offset} - {slope}*x + {bend}/2*x^2");
        for (name, rule) in searches(initial, gamma1, gamma2) {
            if name == "hager-zhang" && gamma1 >= 0.5 {
                continue;
            }
            let armijo = 2.0 * (1.0 - gamma1);
            let (low, high) = match name {
                "strong-wolfe" | "more-thuente" => (1.0 - gamma2, armijo.min(1.0 + gamma2)),
                "goldstein" => (2.0 * gamma1.min(0.49), 2.0 - 2.0 * gamma1.min(0.49)),
                "backtracking" => (0.0, armijo),
                _ => (1.0 - gamma2, armijo),
            };
            let found = along(&*rule, &phi);
            let alpha = *found.chosen.as_ref().unwrap_or_else(|why| panic!("{round} {name} {phi}: {why:?}"));
            let case = format!("{round} {name} γ = ({gamma1}, {gamma2}) from {initial}: {alpha} for {best} on {phi}");
            assert_eq!(found.taken(), Verdict::Accepted, "{case}");
            let slack = 1e-6;
            assert!(low - slack <= alpha / best && alpha / best <= high + slack, "{case}");
        }
    }
}

#[test]
fn an_empty_acceptance_set_ends_honestly() {
    // (γ₁, γ₂) = (.6, .1): Armijo wants α ≤ 0.8α*, curvature α ≥ 0.9α*.
    for initial in [0.01, 1.0, 100.0] {
        for (name, rule) in searches(initial, 0.6, 0.1) {
            if ["goldstein", "backtracking"].contains(&name) {
                continue;
            }
            let found = along(&*rule, "(x-1)^2");
            let alpha = *found.chosen.as_ref().unwrap();
            assert_eq!(found.taken(), Verdict::CurvatureNotMet, "{name}");
            assert!(alpha <= 0.8 + 1e-9 && found.trials.len() < 120, "{name}: {alpha} after {}", found.trials.len());
        }
    }
}

const CUBIC: &str = "2 - 9*x + 6*x^2 - x^3";

/// The lecture's cubic with γ₁ = .05: its strong-Wolfe sets, one interval or two.
#[test]
fn on_the_cubic_of_the_lecture_a_step_of_the_strong_wolfe_set_is_found() {
    for (gamma2, sets) in
        [(0.1, &[(0.8598, 1.1633)][..]), (0.5, &[(0.4189, 2.3292)]), (0.9, &[(0.0765, 2.3292), (3.6708, 3.9235)])]
    {
        for initial in [0.01, 0.3, 1.0, 2.0, 2.5, 3.0, 3.6, 3.8] {
            for (name, rule) in searches(initial, 0.05, gamma2).into_iter().take(2) {
                let found = along(&*rule, CUBIC);
                let case =
                    format!("{name}, γ₂ = {gamma2}, from {initial}: {:?} after {:?}", found.chosen, found.alphas());
                match found.chosen {
                    Ok(alpha) => {
                        assert_eq!(found.taken(), Verdict::Accepted, "{case}");
                        assert!(sets.iter().any(|(low, high)| low - 1e-4 < alpha && alpha < high + 1e-4), "{case}");
                    }
                    // Beyond 3.67 the cubic falls for ever.
                    Err(_) => assert!(found.reason() == Reason::Unbounded && initial > 3.0, "{case}"),
                }
            }
        }
    }
    let from_four = along(&Backtracking { initial: 4.0, gamma1: 0.05, ..Backtracking::default() }, CUBIC);
    assert_eq!(from_four.alphas(), [4.0]);
}

/// A large first α: caught at once and pinpointed long; a small one: the reverse.
#[test]
fn the_first_step_size_decides_which_phase_is_long() {
    let phases = |initial: f64| {
        let found = along(&strong(initial, 1e-4, 0.1), "(x-1)^2 + 0.2*(x-1)^4");
        assert_eq!(found.taken(), Verdict::Accepted);
        (found.count(Phase::Bracketing), found.count(Phase::Pinpointing))
    };
    let (large, small) = (phases(1000.0), phases(0.001));
    assert!(large.0 == 1 && large.1 >= 8, "{large:?}");
    assert!(small.0 >= 10 && small.1 <= 2, "{small:?}");
}

/// The first search of a published run on Beale's function: three intervals whose parabola lies too near 0.
#[test]
fn the_trials_of_martins_and_ning_come_in_their_order() {
    let beale = "(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2";
    let found = search(&strong(1.0, 1e-4, 0.9), beale, &[1.0, 1.0], &[0.0, -27.75]);
    let alphas = found.alphas();
    assert_eq!(alphas[..4], [1.0, 0.5, 0.25, 0.125]);
    assert!((alphas[4] - 0.018_799_856_123_842_79).abs() < 1e-15 && alphas.len() == 5);
    let brackets: Vec<_> = found.trials.iter().map(|trial| trial.bracket).collect();
    assert_eq!(brackets, [None, Some((0.0, 1.0)), Some((0.0, 0.5)), Some((0.0, 0.25)), Some((0.0, 0.125))]);
}

#[test]
fn going_up_is_refused_with_its_cosine() {
    let mut rules = searches(1.0, 0.1, 0.9);
    rules.extend([
        ("derivative", Box::new(exact(Method::Derivative)) as Box<dyn StepSize>),
        ("golden", Box::new(exact(Method::Golden))),
        ("brent", Box::new(exact(Method::Brent))),
        ("optimal", Box::new(OptimalQuadratic {})),
    ]);
    for (name, rule) in rules {
        for direction in [[1.0, 0.0], [0.0, 1.0]] {
            let found = search(&*rule, "x1^2 + x2^2", &[1.0, 0.0], &direction);
            assert_eq!(found.reason(), Reason::NotADescentDirection, "{name}");
            assert!(found.chosen.unwrap_err().sentence.contains("cos θ") && found.trials.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_ray_that_falls_for_ever_ends_unbounded() {
    for phi in ["-x", "-x - x^2", "-x^3 - x", "-exp(x/10000)"] {
        for (name, rule) in searches(1.0, 0.1, 0.5).into_iter().take(4) {
            // Where f falls linearly Goldstein and backtracking are content at once.
            assert_eq!(along(&*rule, phi).reason(), Reason::Unbounded, "{name} on {phi}");
        }
        for method in [Method::Derivative, Method::Golden, Method::Brent] {
            let found = along(&exact(method), phi);
            assert_eq!(found.reason(), Reason::Unbounded, "{method:?} on {phi}");
            assert_eq!(found.trials.last().unwrap().alpha, 65536.0);
        }
    }
}

#[test]
fn values_that_are_not_finite_are_never_taken() {
    // NaN beyond 0.5, +∞ and −∞ beyond 0.3: the minimum at 0.25 is reached from everywhere.
    for wall in
        ["if(x < 0.5, 0, sqrt(-1))", "if(x < 0.3, 0, 1/0)", "if(x < 0.3, 0, ln(0))", "if(x < 0.4, 0, -exp(1000))"]
    {
        let phi = format!("(x-0.25)^2 + {wall}");
        for initial in [0.01, 1.0, 1000.0] {
            for (name, rule) in searches(initial, 0.1, 0.5) {
                let found = along(&*rule, &phi);
                let case = format!("{name} from {initial} on {phi}: {:?} {:?}", found.chosen, found.alphas());
                let alpha = *found.chosen.as_ref().unwrap_or_else(|_| panic!("{case}"));
                assert!(alpha < 0.5 && found.taken() == Verdict::Accepted, "{case}");
                assert!(initial < 1.0 || found.trials[0].verdict == Verdict::NotFinite, "{case}");
            }
        }
        for method in [Method::Derivative, Method::Golden, Method::Brent] {
            let alpha = along(&exact(method), &phi).chosen.unwrap();
            assert!((alpha - 0.25).abs() < 1e-8, "{method:?} on {phi}: {alpha}");
        }
    }
    for (name, rule) in searches(1.0, 0.1, 0.5) {
        let found = along(&*rule, "if(x <= 0, -x, sqrt(-1))");
        assert_eq!(found.reason(), Reason::NoAcceptableStep, "{name}");
        assert!(found.trials.len() >= 50, "{name}");
    }
}

/// A kink has no point with a gentle slope: the search ends, with the lowest point that it saw.
#[test]
fn a_kink_terminates_with_the_best_point() {
    let ackley = "20 + e - 20*exp(-0.2*sqrt((x1^2+x2^2)/2)) - exp((cos(2*pi*x1)+cos(2*pi*x2))/2)";
    for (formula, start, direction) in [("abs(x1-1)", vec![0.0], vec![1.0]), (ackley, vec![0.3, 0.3], vec![-1.0, -1.0])]
    {
        for initial in [0.1, 1.0, 7.0] {
            for (name, rule) in searches(initial, 1e-4, 0.1) {
                let found = search(&*rule, formula, &start, &direction);
                let alpha = *found.chosen.as_ref().unwrap_or_else(|why| panic!("{name} from {initial}: {why:?}"));
                assert!(found.trials.len() <= 120, "{name} from {initial}: {}", found.trials.len());
                let seen = found.trials.iter().filter(|trial| trial.verdict != Verdict::NotFinite);
                let lowest = seen.map(|trial| trial.value).fold(f64::INFINITY, f64::min);
                let taken = found.trials.iter().find(|trial| trial.alpha == alpha).unwrap();
                let is_low = taken.verdict == Verdict::Accepted || taken.value == lowest;
                assert!(is_low, "{name} from {initial}: {alpha} {:?}", taken.verdict);
            }
        }
        for method in [Method::Derivative, Method::Golden, Method::Brent] {
            let found = search(&exact(method), formula, &start, &direction);
            let kink = if start.len() == 1 { 1.0 } else { 0.3 };
            assert!((found.chosen.unwrap() - kink).abs() < 1e-7, "{method:?} on {formula}");
        }
    }
}

/// f = 10⁹ + a small parabola: the decrease is far below the last digit of f.
#[test]
fn a_large_offset_does_not_stop_a_search() {
    for (name, rule) in searches(1.0, 0.1, 0.9) {
        for scale in [1e-3, 1e-6, 1e-8, 1e-10] {
            let found = along(&*rule, &format!("1e9 + {scale}*((x-0.8)^2 - 0.64)"));
            let case = format!("{name} at {scale}: {:?} {:?}", found.chosen, found.alphas());
            assert!(found.chosen.is_ok() && found.taken() == Verdict::Accepted, "{case}");
        }
    }
    let alpha = along(&exact(Method::Derivative), "1e9 + 1e-6*((x-0.8)^2 - 0.64)").chosen.unwrap();
    assert!((alpha - 0.8).abs() < 1e-14);
}

#[test]
fn exact_is_exact_on_quadratics() {
    let mut random = random();
    for _ in 0..200 {
        let (slope, bend) = (10_f64.powf(6.0 * random() - 3.0), 10_f64.powf(6.0 * random() - 3.0));
        let phi = format!("{} - {slope}*x + {bend}/2*x^2", random());
        let best = slope / bend;
        let found = along(&exact(Method::Derivative), &phi);
        if best > 60000.0 {
            continue;
        }
        let alpha = *found.chosen.as_ref().unwrap();
        assert!((alpha / best - 1.0).abs() < 1e-14, "{alpha} for {best} on {phi}");
        assert!(found.trials.len() < 60 && found.taken() == Verdict::Accepted, "{}", found.trials.len());
        let model = along(&OptimalQuadratic {}, &phi);
        assert!((model.chosen.unwrap() / best - 1.0).abs() < 1e-14 && model.calls.hessian == 1);
        for method in [Method::Golden, Method::Brent] {
            let found = along(&exact(method), &phi);
            let (alpha, count) = (*found.chosen.as_ref().unwrap(), found.trials.len());
            // Values tell α only where they differ in their digits.
            let blur = (1e-15 * (1.0 + slope * best) / bend).sqrt() / best;
            assert!(
                (alpha / best - 1.0).abs() < 1e-7 + 10.0 * blur && count < 130,
                "{method:?} {alpha} {best} {count}"
            );
            assert_eq!(found.taken(), Verdict::Accepted);
        }
    }
}

/// Rosenbrock from (−1.2, 1): the first minimiser along −∇f, not the deeper one behind it.
#[test]
fn exact_finds_the_first_of_two_minimisers() {
    let rosenbrock = "100*(x2-x1^2)^2 + (1-x1)^2";
    for method in [Method::Derivative, Method::Golden, Method::Brent] {
        let found = search(&exact(method), rosenbrock, &[-1.2, 1.0], &[215.6, 88.0]);
        let alpha = found.chosen.unwrap();
        assert!((alpha - 7.879_7e-4).abs() < 1e-7, "{method:?}: {alpha}");
    }
    let counts = [Method::Derivative, Method::Golden, Method::Brent]
        .map(|method| search(&exact(method), rosenbrock, &[-1.2, 1.0], &[215.6, 88.0]).trials.len());
    assert!(counts[1] > counts[2], "golden section needs more looks than Brent: {counts:?}");
}

#[test]
fn the_model_has_no_best_step_where_it_does_not_bend_up() {
    for formula in ["x1^2 - x2^2", "x1^2 - x2"] {
        let found = search(&OptimalQuadratic {}, formula, &[0.0, 1.0], &[0.0, 1.0]);
        assert_eq!(found.reason(), Reason::NoAcceptableStep);
        assert!(found.chosen.unwrap_err().sentence.contains("no limit in the model"));
    }
}

#[test]
fn a_minimum_that_is_too_high_is_found_out() {
    let found = along(&Polyak { minimum: 3.0 }, "(x-1)^2");
    assert!(found.chosen.unwrap_err().sentence.contains("not the minimum"));
    assert_eq!(along(&Polyak { minimum: 0.0 }, "(x-1)^2").chosen.unwrap(), 0.5);
}

/// The trials of `SciPy` 1.17.1's `DCSRCH` (xtol 1e-14, stpmin 1e-100, stpmax 65536), in its order.
#[test]
fn more_and_thuente_tries_what_scipy_tries() {
    let formula = |name: &str| match name {
        "rosenbrock" => "100*(x2-x1^2)^2 + (1-x1)^2",
        "himmelblau" => "(x1^2+x2-11)^2 + (x1+x2^2-7)^2",
        _ => "0.1*x1^6 - 1.5*x1^4 + 5*x1^2 + 0.1*x2^4 + 3*x2^2 - 9*x2 + 0.5*x1*x2",
    };
    for (name, start, direction, initial, gamma1, gamma2, alphas) in DCSRCH {
        let rule = MoreThuente { initial, gamma1, gamma2, ..MoreThuente::default() };
        let found = search(&rule, formula(name), &start, &direction);
        let tried = found.alphas();
        assert_eq!(tried.len(), alphas.len(), "{name}: {tried:?}");
        for (one, other) in tried.iter().zip(alphas) {
            assert!((one / other - 1.0).abs() < 1e-10, "{name}: {tried:?}");
        }
        assert_eq!(found.taken(), Verdict::Accepted);
        let last = found.trials.last().unwrap();
        assert!(last.armijo.unwrap().holds() && last.curvature.unwrap().holds());
    }
}

type Published = (&'static str, [f64; 2], [f64; 2], f64, f64, f64, &'static [f64]);
#[rustfmt::skip]
const DCSRCH: [Published; 12] = [
    ("rosenbrock", [-1.2, 1.0], [215.6, 87.999_999_999_999_99], 1.0, 0.0001, 0.9, &[1.0, 0.168_834_373_277_701_43, 0.030_294_192_141_397_322, 0.007_317_797_486_041_153, 0.001_073_822_140_255_794_7]),
    ("rosenbrock", [-1.2, 1.0], [215.6, 87.999_999_999_999_99], 1e-5, 0.0001, 0.1, &[1e-5, 5e-05, 0.00021, 0.000_792_381_774_987_382_8]),
    ("rosenbrock", [-1.2, 1.0], [215.6, 87.999_999_999_999_99], 0.001, 0.1, 0.2, &[0.001, 0.000_787_267_728_024_529_4]),
    ("rosenbrock", [0.0, 0.0], [1.0, 1.0], 0.01, 0.001, 0.01, &[0.01, 0.010_208_447_182_721_84]),
    ("himmelblau", [0.0, 0.0], [14.0, 22.0], 1.0, 0.0001, 0.9, &[1.0, 0.167_463_317_116_133_08, 0.032_516_883_764_546_034, 0.125_102_712_560_274_4]),
    ("himmelblau", [0.0, 0.0], [14.0, 22.0], 0.0001, 0.0001, 0.1, &[0.0001, 0.0005, 0.002_100_000_000_000_000_3, 0.0085, 0.034_100_000_000_000_005, 0.1365, 0.107_888_841_835_623_1, 0.127_315_420_183_833_9]),
    ("himmelblau", [-4.0, 0.0], [102.0, -10.0], 1.0, 0.0001, 0.01, &[1.0, 0.179_744_340_056_945_4, 0.044_553_149_615_605_55, 0.011_746_135_194_249_566, 0.009_032_670_123_983_904]),
    ("himmelblau", [1.0, 1.0], [1.0, 0.5], 10.0, 0.3, 0.4, &[10.0, 1.657_232_990_264_779_8, 2.038_338_674_187_912_6]),
    ("himmelblau", [1.0, 1.0], [1.0, 0.5], 0.01, 0.01, 0.001, &[0.01, 0.05, 0.210_000_000_000_000_02, 0.850_000_000_000_000_1, 3.410_000_000_000_000_6, 1.834_219_855_764_427_8, 2.005_428_189_856_206_5, 1.999_597_107_219_367_2]),
    ("mdo", [-1.25, 1.25], [4.0, 0.75], 0.05, 0.0001, 0.9, &[0.05, 0.25]),
    ("mdo", [-1.25, 1.25], [4.0, 0.75], 0.05, 0.0001, 0.01, &[0.05, 0.25, 0.470_000_000_000_000_03, 0.284_966_259_897_692_36, 0.289_238_084_073_421_8]),
    ("mdo", [-1.25, 1.25], [4.0, 0.75], 3.0, 0.1, 0.2, &[3.0, 0.800_486_208_019_288_7, 0.081_614_588_043_746_77, 0.183_647_304_953_837_52, 0.492_066_756_486_563_1, 0.278_690_938_577_495_1]),
];

/// Hager and Zhang on lines of the test functions: whatever is taken meets Wolfe, for every first trial.
#[test]
fn hager_and_zhang_take_wolfe_steps() {
    for (formula, start, direction) in [
        ("100*(x2-x1^2)^2 + (1-x1)^2", [-1.2, 1.0], [215.6, 88.0]),
        ("(x1^2+x2-11)^2 + (x1+x2^2-7)^2", [0.0, 0.0], [14.0, 22.0]),
        ("(x1^2+x2-11)^2 + (x1+x2^2-7)^2", [-4.0, 0.0], [102.0, -10.0]),
    ] {
        for initial in [1e-6, 1e-3, 1.0, 1e3] {
            let found = search(&HagerZhang { initial, ..HagerZhang::default() }, formula, &start, &direction);
            let last = found.trials.last().unwrap();
            assert_eq!(found.taken(), Verdict::Accepted);
            assert!(last.curvature.unwrap().holds() && last.armijo.unwrap().holds(), "{formula} {initial}");
            assert!(found.trials.len() < 40, "{formula} from {initial}: {:?}", found.alphas());
        }
    }
}

/// Where the slope at the first α dwarfs the slope here by 10²², a secant moves nothing: it is halving that finds the step.
#[test]
fn hager_and_zhang_come_back_from_a_first_step_that_is_far_too_long() {
    for (power, start) in [(6, 10.0_f64), (8, 3.0), (10, 3.0), (12, 3.0), (10, 2.0)] {
        let slope = f64::from(power) * start.powi(power - 1);
        let found = search(&HagerZhang::default(), &format!("x1^{power}"), &[start], &[-slope]);
        let alpha = *found.chosen.as_ref().unwrap_or_else(|why| panic!("x^{power} from {start}: {why:?}"));
        assert_eq!(found.taken(), Verdict::Accepted, "x^{power} from {start}");
        // In closed form, with z = x − αg: zⁿ ≤ xⁿ − 0.1αg² and −n zⁿ⁻¹g ≥ −0.9g².
        let there = start - alpha * slope;
        assert!(there.powi(power) <= start.powi(power) - 0.1 * alpha * slope * slope);
        assert!(f64::from(power) * there.powi(power - 1) <= 0.9 * slope);
        assert!(found.trials.len() < 60, "x^{power} from {start}: {:?}", found.alphas());
    }
    let beale = "(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2";
    let gradient = Formula::parse(beale, 2, &BTreeMap::new()).unwrap().gradient(&Point::from_vec(vec![-4.85, 4.33]));
    let found = search(&HagerZhang::default(), beale, &[-4.85, 4.33], (-gradient).as_slice());
    assert_eq!(found.taken(), Verdict::Accepted);
}

/// Roots of φ' with 40 digits (mpmath). Near a small f its rounding looks like a rise between two points where φ' < 0.
#[test]
fn exact_believes_slopes_where_values_are_rounding() {
    let himmelblau = "(x1^2+x2-11)^2 + (x1+x2^2-7)^2";
    for (formula, start, direction, best) in [
        ("exp(x1) - 5*x1 + 3.0471895621705", vec![0.0], vec![4.0], 0.402_359_478_108_525_1),
        ("exp(x1) - 5*x1 + 3.0471895621705", vec![4.0], vec![-49.598_150_033_144_24], 0.048_198_613_979_924_52),
        (
            himmelblau,
            vec![-3.770_907_741_182_492_5, -3.276_171_481_848_353_4],
            vec![-0.775_896_999_675_948_3, -0.379_990_581_892_58],
            0.011_337_188_651_723_336,
        ),
        (
            himmelblau,
            vec![-3.779_704_231_842_087, -3.280_479_506_761_129],
            vec![0.122_260_900_332_481_63, -0.249_642_676_080_004_76],
            0.008_630_735_037_213_567,
        ),
        (
            himmelblau,
            vec![-3.778_649_030_409_166, -3.282_634_106_545_7],
            vec![-0.061_268_916_939_427_21, -0.030_006_060_277_360_108],
            0.011_299_428_152_059_79,
        ),
    ] {
        let found = search(&exact(Method::Derivative), formula, &start, &direction);
        let alpha = found.chosen.unwrap();
        // ∇f itself is rounded: by a few ε of its terms, over the slope at the start.
        assert!((alpha / best - 1.0).abs() < 1e-11, "{formula} from {start:?}: {alpha}, not {best}");
    }
    // A rise that is none of rounding still ends the interval: the first minimiser of two, with φ' < 0 behind both.
    let found = along(&exact(Method::Derivative), "cos(x) - x/10");
    assert!((found.chosen.unwrap() - (std::f64::consts::PI + 0.1_f64.asin())).abs() < 1e-12);
}

/// The longest α was reached, and nothing else is known: f = x²/1000 has a minimum far behind it.
#[test]
fn a_longest_step_that_is_too_short_is_not_called_a_bottomless_f() {
    let found = along(&StrongWolfe { max: 5.0, ..StrongWolfe::default() }, "(x-1000)^2/1000");
    let why = found.chosen.unwrap_err();
    assert_eq!(why.reason, Reason::Unbounded);
    assert!(
        why.sentence.contains("α reached α_max = 5") && why.sentence.contains("α_max is too small"),
        "{}",
        why.sentence
    );
}
