//! Every line search against closed forms, published sequences and the ways in which searches go wrong.
#![expect(clippy::unwrap_used, reason = "in a test a surprise is a failure")]

use std::collections::BTreeMap;

use downhill::engine::ask::line::SearchLine;
use downhill::engine::ask::oracle::Oracle;
use downhill::engine::record::ending::{Reason, Stuck};
use downhill::engine::record::trial::{Phase, Trial, Verdict};
use downhill::engine::record::{Calls, Proposal, Sample};
use downhill::engine::rule::StepSize;
use downhill::engine::step_size::closed::optimal_quadratic::OptimalQuadratic;
use downhill::engine::step_size::closed::polyak::Polyak;
use downhill::engine::step_size::search::backtracking::Backtracking;
use downhill::engine::step_size::search::exact::{Exact, ExactMethod};
use downhill::engine::step_size::search::goldstein::Goldstein;
use downhill::engine::step_size::search::hager_zhang::HagerZhang;
use downhill::engine::step_size::search::more_thuente::MoreThuente;
use downhill::engine::step_size::search::strong_wolfe::StrongWolfe;
use downhill::engine::step_size::search::weak_wolfe::WeakWolfe;
use downhill::objective::formula::Formula;
use downhill::objective::function::Objective;
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
    let mut line = SearchLine::new(&oracle, &here, &proposal, &mut log);
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

fn exact(method: ExactMethod) -> Exact {
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
        ("derivative", Box::new(exact(ExactMethod::Derivative)) as Box<dyn StepSize>),
        ("golden", Box::new(exact(ExactMethod::Golden))),
        ("brent", Box::new(exact(ExactMethod::Brent))),
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

/// The four Wolfe searches and the three exact ones with their usual settings.
fn searches_for_a_floor() -> Vec<(&'static str, Box<dyn StepSize>)> {
    let mut rules: Vec<_> = searches(1.0, 0.1, 0.5).into_iter().take(4).collect();
    rules.push(("derivative", Box::new(exact(ExactMethod::Derivative))));
    rules.push(("golden", Box::new(exact(ExactMethod::Golden))));
    rules.push(("brent", Box::new(exact(ExactMethod::Brent))));
    rules
}

#[test]
fn a_ray_that_falls_for_ever_ends_unbounded() {
    for phi in ["-x", "-x - x^2", "-x^3 - x", "-exp(x/10000)", "-ln(x+1)", "-sqrt(x+1)", "5 - x", "1e4 - x"] {
        // Where f falls linearly Goldstein and backtracking are content at once.
        for (name, rule) in searches_for_a_floor() {
            let found = along(&*rule, phi);
            if found.chosen.is_ok() && ["-ln(x+1)", "-sqrt(x+1)"].contains(&phi) {
                // The slope dies out so far that a Wolfe search is content on the way.
                assert_eq!(found.taken(), Verdict::Accepted, "{name} on {phi}");
                continue;
            }
            assert_eq!(found.reason(), Reason::Unbounded, "{name} on {phi}");
            let last = found.trials.last().unwrap();
            assert_eq!(last.alpha, 65536.0, "{name} on {phi}");
            let sentence = found.chosen.unwrap_err().sentence;
            assert!(sentence.contains("f fell from") && sentence.contains("seems unbounded below"), "{sentence}");
        }
    }
}

/// f has a limit that it never reaches, or a minimum farther away than α = 65536: neither is called bottomless.
#[test]
fn a_bounded_f_is_not_called_bottomless() {
    for phi in [
        "1/(x+1)",
        "exp(-x)",
        "1/sqrt(x+1)",
        "-5*x/(x+1)",
        "100*exp(-x/1e5)",
        "-(x+1)^2/((x+1)^2+2)",
        "(x-1e5)^2/1e6",
        "1e-9*(x-1e6)^2",
        "sqrt((x-1e7)^2+1)",
    ] {
        for (name, rule) in searches_for_a_floor() {
            let found = along(&*rule, phi);
            assert!(found.chosen.is_ok(), "{name} on {phi}: {:?}", found.chosen);
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
        for method in [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent] {
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
        for method in [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent] {
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
    let alpha = along(&exact(ExactMethod::Derivative), "1e9 + 1e-6*((x-0.8)^2 - 0.64)").chosen.unwrap();
    assert!((alpha - 0.8).abs() < 1e-14);
}

#[test]
fn exact_is_exact_on_quadratics() {
    let mut random = random();
    for _ in 0..200 {
        let (slope, bend) = (10_f64.powf(6.0 * random() - 3.0), 10_f64.powf(6.0 * random() - 3.0));
        let phi = format!("{} - {slope}*x + {bend}/2*x^2", random());
        let best = slope / bend;
        let found = along(&exact(ExactMethod::Derivative), &phi);
        if best > 60000.0 {
            continue;
        }
        let alpha = *found.chosen.as_ref().unwrap();
        assert!((alpha / best - 1.0).abs() < 1e-14, "{alpha} for {best} on {phi}");
        assert!(found.trials.len() < 60 && found.taken() == Verdict::Accepted, "{}", found.trials.len());
        let model = along(&OptimalQuadratic {}, &phi);
        assert!((model.chosen.unwrap() / best - 1.0).abs() < 1e-14 && model.calls.hessian == 1);
        for method in [ExactMethod::Golden, ExactMethod::Brent] {
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
    for method in [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent] {
        let found = search(&exact(method), rosenbrock, &[-1.2, 1.0], &[215.6, 88.0]);
        let alpha = found.chosen.unwrap();
        assert!((alpha - 7.879_7e-4).abs() < 1e-7, "{method:?}: {alpha}");
    }
    let counts = [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent]
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
        let found = search(&exact(ExactMethod::Derivative), formula, &start, &direction);
        let alpha = found.chosen.unwrap();
        // ∇f itself is rounded: by a few ε of its terms, over the slope at the start.
        assert!((alpha / best - 1.0).abs() < 1e-11, "{formula} from {start:?}: {alpha}, not {best}");
    }
    // A rise that is none of rounding still ends the interval: the first minimiser of two, with φ' < 0 behind both.
    let found = along(&exact(ExactMethod::Derivative), "cos(x) - x/10");
    assert!((found.chosen.unwrap() - (std::f64::consts::PI + 0.1_f64.asin())).abs() < 1e-12);
}

/// f = x²/1000 has its minimum far behind the longest α that was allowed: that α is taken, and nothing is said of no end.
#[test]
fn a_longest_step_that_is_too_short_is_taken() {
    let mut rules: Vec<(&str, Box<dyn StepSize>)> = vec![
        ("strong-wolfe", Box::new(StrongWolfe { max: 5.0, ..StrongWolfe::default() })),
        ("weak-wolfe", Box::new(WeakWolfe { max: 5.0, ..WeakWolfe::default() })),
        ("more-thuente", Box::new(MoreThuente { max: 5.0, ..MoreThuente::default() })),
        ("hager-zhang", Box::new(HagerZhang { max: 5.0, ..HagerZhang::default() })),
    ];
    for method in [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent] {
        rules.push(("exact", Box::new(Exact { max: 5.0, method, ..Exact::default() })));
    }
    for (name, rule) in rules {
        for phi in ["(x-1000)^2/1000", "(x-100)^2 - 10000", "-1e-3*x"] {
            let found = along(&*rule, phi);
            assert_eq!((found.chosen.clone().unwrap(), found.taken()), (5.0, Verdict::CurvatureNotMet), "{name} {phi}");
        }
    }
}

/// 10⁻⁹(x−1)² needs α = 5·10⁸: the longest α, unless it was set, is a bound on the length of the step.
#[test]
fn a_small_slope_does_not_keep_a_step_short() {
    for scale in [1e-6, 1e-9, 1e-15] {
        for (name, rule) in searches_for_a_floor() {
            let found = search(&*rule, &format!("{scale}*(x-1)^2"), &[0.0], &[2.0 * scale]);
            let share = found.chosen.clone().unwrap() * 2.0 * scale;
            assert_eq!(found.taken(), Verdict::Accepted, "{name} at {scale}");
            assert!((0.49..=1.51).contains(&share), "{name} at {scale}: {share}");
        }
    }
}

/// α is as exact as its tolerance says, however flat f is: x² to x¹² from 1 have α* = 1/n, cosh has its minimum at 0.
#[test]
fn exact_is_exact_where_the_slope_is_small_long_before() {
    for power in [2, 4, 6, 8, 10, 12] {
        let slope = f64::from(power);
        let found = search(&exact(ExactMethod::Derivative), &format!("x1^{power}"), &[1.0], &[-slope]);
        let alpha = found.chosen.unwrap();
        assert!((alpha * slope - 1.0).abs() <= 2e-15, "x^{power}: {alpha}");
        assert!(found.trials.len() <= 150, "x^{power}: {} trials", found.trials.len());
    }
    for start in [3.0_f64, 10.0, 20.0, 30.0, 100.0] {
        let slope = 2.0 * start.sinh();
        let found = search(&exact(ExactMethod::Derivative), "exp(x1)+exp(-x1)", &[start], &[-slope]);
        let there = start - found.chosen.unwrap() * slope;
        assert!(there.abs() <= 4.0 * f64::EPSILON * start, "cosh from {start}: {there:e}");
    }
    for tolerance in [1e-2, 1e-5, 1e-9] {
        let rule = Exact { tolerance, ..Exact::default() };
        for (formula, slope, best) in [("x1^8", 8.0, 0.125), ("x1^4", 4.0, 0.25), ("(x1-3)^6+1", 192.0, 1.0 / 96.0)] {
            let alpha = search(&rule, formula, &[1.0], &[if best < 0.1 { slope } else { -slope }]).chosen.unwrap();
            assert!((alpha / best - 1.0).abs() <= 2.0 * tolerance, "{formula} to {tolerance}: {alpha}");
        }
    }
}

/// Where γ₁α∇fᵀd is lost in f, the slope is asked, counted and told; where it is seen, backtracking asks for none.
#[test]
fn the_slope_is_asked_only_where_values_do_not_show_the_decrease() {
    let backtracking = Backtracking::default();
    let cosh = |start: f64| {
        let slope = 2.0 * start.sinh();
        search(&backtracking, "exp(x1)+exp(-x1)", &[start], &[-slope])
    };
    let seen = cosh(0.4);
    assert!(seen.calls.gradient == 0 && seen.trials.iter().all(|trial| trial.by_slope().is_none()));
    // α = 1 flips to −x: f is the same double, the slope is φ'(1) = −φ'(0).
    let lost = cosh(2.07e-7);
    assert_eq!((lost.alphas(), lost.calls.gradient), (vec![1.0, 0.5], 2));
    let [flip, taken] = lost.trials[..] else { panic!("{:?}", lost.trials) };
    assert_eq!((flip.verdict, taken.verdict), (Verdict::TooLong, Verdict::Accepted));
    assert!(flip.armijo.unwrap().holds() && flip.armijo.unwrap().slack() == 0.0);
    let (steepness, slope) = (flip.by_slope().unwrap(), 4.0 * 2.07e-7_f64.sinh().powi(2));
    // eˣ − e⁻ˣ has lost half of its digits there.
    assert!((steepness.lhs / slope - 1.0).abs() < 1e-8 && (steepness.rhs / slope - (1.0 - 2e-4)).abs() < 1e-8);
}

/// No search tries an α twice, nor a point: not where rounding makes f rough, nor where x has few digits left.
#[test]
fn no_search_tries_the_same_twice() {
    let cases = [
        ("(1000+x1)^2-2000*x1", vec![2.0]),
        ("(1000+x1)^2-2000*x1", vec![1e-6]),
        ("1e6+(x1-3)^2", vec![3.000_01]),
        ("abs(x1-1e8)", vec![1e8 + 1e-6]),
        ("abs(x1-1)+1e-9*x1^2", vec![3.0]),
        ("10*x1^2+10*max(x1,0)", vec![-0.503]),
        ("10*x1^2+10*max(x1,0)", vec![0.0]),
        ("(x1-1)^6-6*(x1-1)^5+15*(x1-1)^4-20*(x1-1)^3+15*(x1-1)^2-6*(x1-1)+1", vec![2.001]),
        ("(x1-1e9)^2", vec![1e9 + 1e-3]),
        ("sqrt(abs(x1-7))+1e5", vec![7.5]),
        ("if(x1 > 1, x1, 5+x1)", vec![1.5]),
        ("exp(x1)-x1", vec![1e-7]),
        ("1e9+exp(x1)+exp(-2*x1)", vec![0.24]),
    ];
    for (formula, start) in cases {
        let objective = Formula::parse(formula, 1, &BTreeMap::new()).unwrap();
        let slope = objective.gradient(&Point::from_vec(start.clone()))[0];
        for initial in [0.1, 1.0, 64.0] {
            for gamma2 in [0.1, 0.9] {
                let mut rules = searches(initial, 1e-4, gamma2);
                for method in [ExactMethod::Derivative, ExactMethod::Golden, ExactMethod::Brent] {
                    rules.push(("exact", Box::new(exact(method))));
                }
                for (name, rule) in rules {
                    let found = search(&*rule, formula, &start, &[-slope]);
                    let case = format!("{name} from {initial}, γ₂ = {gamma2}, on {formula}: {:?}", found.alphas());
                    let mut alphas: Vec<u64> = found.alphas().into_iter().map(f64::to_bits).collect();
                    alphas.sort_unstable();
                    alphas.dedup();
                    assert_eq!(alphas.len(), found.trials.len(), "{case}");
                    let points: Vec<f64> = found.alphas().iter().map(|alpha| start[0] - alpha * slope).collect();
                    assert!(points.windows(2).all(|pair| pair[0] != pair[1]), "{case}");
                }
            }
        }
    }
}

/// What fails is told by its cause: a kink, rounding, or no number at all; and Armijo is named only where it was asked.
#[test]
fn the_reason_of_a_failed_search_is_its_own() {
    let kink = "10*x1^2+10*max(x1,0)";
    for (name, rule) in searches_for_a_floor().into_iter().chain(searches(1.0, 0.1, 0.5)) {
        let is_exact = ["derivative", "golden", "brent"].contains(&name);
        for (formula, start, direction, cause) in [
            (kink, 0.0, -10.0, "kink"),
            ("abs(x1)+x1/2", 1e-300, -1.5, "kink"),
            ("if(x1 <= 0, -x1, sqrt(-1))", 0.0, 1.0, "no finite number"),
        ] {
            let found = search(&*rule, formula, &[start], &[direction]);
            let Err(why) = found.chosen else { continue };
            assert_eq!(why.reason, Reason::NoAcceptableStep, "{name} on {formula}");
            // Searches that end after a hundred trials have not seen the kink from near by.
            assert!(why.sentence.contains(cause) || found.trials.len() <= 100, "{name} on {formula}: {}", why.sentence);
            assert_eq!(why.sentence.contains("Armijo"), !is_exact, "{name} on {formula}: {}", why.sentence);
        }
    }
    for (name, rule) in [("golden", ExactMethod::Golden), ("brent", ExactMethod::Brent)] {
        let found = search(&exact(rule), "1e9+(x1-1)^2", &[1.000_001], &[-2e-6]);
        let why = found.chosen.unwrap_err().sentence;
        assert!(why.contains("lowers f") && why.contains("lost in rounding"), "{name}: {why}");
    }
}

fn data(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/line_searches/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// As many evaluations as printed in 1994, the printed step and slope, and every trial that `SciPy`'s `DCSRCH` makes.
#[test]
fn the_tables_of_more_and_thuente_come_out_as_printed() {
    let data = data("more_thuente");
    let cases = data["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 24);
    for case in cases {
        let number = |key: &str| case[key].as_f64().unwrap();
        let printed = |key: &str| case["published"][key].as_f64().unwrap();
        let [initial, gamma1, gamma2] = ["alpha0", "mu", "eta"].map(number);
        let found = along(
            &MoreThuente { initial, gamma1, gamma2, ..MoreThuente::default() },
            case["formula"].as_str().unwrap(),
        );
        let name = format!("table {}, α₀ = {initial}: {:?}", case["table"], found.alphas());
        assert_eq!(found.taken(), Verdict::Accepted, "{name}");
        assert_eq!(found.trials.len(), printed("evaluations") as usize, "{name}");
        let alpha = *found.chosen.as_ref().unwrap();
        // Two digits are printed, at times cut rather than rounded: 0.085 stands as 0.08.
        assert!((alpha / printed("alpha") - 1.0).abs() <= 0.07, "{name}");
        let last = found.trials.last().unwrap();
        let slope = last.slope.unwrap();
        let is_rounding = printed("slope").abs() < 1e-7;
        assert!(is_rounding || (slope / printed("slope") - 1.0).abs() <= 0.05, "{name}: slope {slope}");
        for (one, other) in found.alphas().iter().zip(numbers(&case["dcsrch"]["trials"])) {
            assert!((one / other - 1.0).abs() <= 1e-8, "{name}: {one}, not {other}");
        }
    }
}

/// Moré and Thuente's functions for the other Wolfe searches: what is taken meets the conditions as they are written.
#[test]
fn every_wolfe_search_solves_more_and_thuentes_functions() {
    let data = data("more_thuente");
    for case in data["cases"].as_array().unwrap() {
        let number = |key: &str| case[key].as_f64().unwrap();
        let [initial, gamma1, gamma2, slope] = ["alpha0", "mu", "eta", "slope0"].map(number);
        let formula = case["formula"].as_str().unwrap();
        let start = along(&Backtracking::default(), formula);
        let phi = Formula::parse(formula, 1, &BTreeMap::new()).unwrap();
        let at = |alpha: f64| phi.sample(&Point::from_vec(vec![alpha]));
        let from = at(0.0).0;
        assert!(start.chosen.is_ok() && (at(0.0).1[0] - slope).abs() <= 1e-12 * slope.abs());
        for (name, rule) in searches(initial, gamma1, gamma2).into_iter().take(4) {
            let found = along(&*rule, formula);
            let case = format!("{name}, table {}, α₀ = {initial}: {:?}", case["table"], found.alphas());
            assert_eq!(found.taken(), Verdict::Accepted, "{case}");
            assert!(found.trials.len() <= 40, "{case}");
            let alpha = found.chosen.unwrap();
            let (value, steepness) = (at(alpha).0, at(alpha).1[0]);
            let is_lower = value <= from + gamma1 * alpha * slope;
            let is_level =
                name == "hager-zhang" && value <= from + 1e-6 * from.abs() && steepness <= (2.0 * gamma1 - 1.0) * slope;
            assert!(is_lower || is_level, "{case}");
            let is_flat = match name {
                "strong-wolfe" | "more-thuente" => steepness.abs() <= gamma2 * slope.abs(),
                _ => steepness >= gamma2 * slope,
            };
            assert!(is_flat, "{case}");
        }
    }
}

/// Steps that other programs print in their tests.
#[test]
fn printed_steps_are_met() {
    for case in data("printed")["steps"].as_array().unwrap() {
        let number = |key: &str| case[key].as_f64().unwrap();
        let rule: Box<dyn StepSize> = match case["rule"].as_str().unwrap() {
            "hager-zhang" => Box::new(HagerZhang::default()),
            "more-thuente" => Box::new(MoreThuente::default()),
            _ => Box::new(StrongWolfe::default()),
        };
        let (start, direction) = (numbers(&case["start"]), numbers(&case["direction"]));
        let formula = case["formula"].as_str().unwrap();
        let phi = Formula::parse(formula, 2, &BTreeMap::new()).unwrap();
        let (value, gradient) = phi.sample(&Point::from_vec(start.clone()));
        assert_eq!((value, gradient.dot(&Point::from_vec(direction.clone()))), (number("value"), number("slope")));
        let alpha = search(&*rule, formula, &start, &direction).chosen.unwrap();
        // Julia's ≈: equal to half of the digits.
        assert!((alpha / number("alpha") - 1.0).abs() <= 1.5e-8, "{case}: {alpha}");
    }
}
