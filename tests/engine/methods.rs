//! Every direction with every step size that goes with it, on every landscape that has a minimum.
#![expect(clippy::unwrap_used, reason = "in a test a surprise is a failure")]

use crate::spelled;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use downhill::engine::record::Sample;
use downhill::engine::record::ending::Reason;
use downhill::engine::rule::method::{Half, Method};
use downhill::engine::rule::parameter::Domain;
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::theory::critical::{CriticalPoint, critical_point};
use downhill::engine::theory::curvature::Spectrum;
use downhill::objective::catalog::LANDSCAPES;
use downhill::objective::function::Objective;
use downhill::objective::landscape::Landscape;
use downhill::objective::point::Point;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// The most iterations.
const CAP: u32 = 20_000;

/// What is known of a landscape before a run: the setting rules below use nothing else.
struct Ground {
    landscape: &'static Landscape,
    objective: Arc<dyn Objective>,
    /// L: the largest |λ| of ∇²f on all of ℝⁿ, or else at the start and at the smooth minima.
    bend: f64,
    /// The longest side of the window.
    width: f64,
}

fn grounds() -> Vec<Ground> {
    LANDSCAPES.iter().filter(|landscape| !landscape.minima.is_empty()).map(Ground::of).collect()
}

impl Ground {
    fn of(landscape: &'static Landscape) -> Self {
        let objective = spelled::objective(landscape.formula, landscape.dimension());
        let bend_at = |point: &&[f64]| {
            let spectrum = Spectrum::of(&objective.hessian(&Point::from_column_slice(point)));
            spectrum.map_or(0.0, |spectrum| spectrum.values.iter().fold(0.0, |most: f64, value| most.max(value.abs())))
        };
        let seen = || [landscape.start].iter().chain(landscape.minima).map(bend_at).fold(0.0, f64::max);
        let bend = landscape.lipschitz.unwrap_or_else(seen);
        let width = landscape.window.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
        Self { landscape, objective, bend, width }
    }

    /// Where a direction starts. Newton without a safeguard goes to whatever critical point is near, and promises something
    /// only beside a minimum (Nocedal & Wright, theorem 3.5): it starts on the last part of the way to one.
    fn start(&self, label: &str) -> Point {
        let start = Point::from_column_slice(self.landscape.start);
        if label != "newton/none" {
            return start;
        }
        let minimum = Point::from_column_slice(self.landscape.minima[0]);
        &minimum + (start - &minimum) / 32.0
    }

    /// f at the known minimum that is closest to a point, and how far away it is in any coordinate.
    fn nearest_minimum(&self, point: &Point) -> (f64, f64) {
        let minima = self.landscape.minima.iter().map(|minimum| Point::from_column_slice(minimum));
        let distances = minima.map(|minimum| ((&minimum - point).amax(), self.objective.value(&minimum)));
        let (distance, value) = distances.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
        (value, distance)
    }
}

/// How a run came to a minimum, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// The engine calls it a critical point, and ∇²f has positive eigenvalues only.
    Critical,
    /// f is within 10⁻⁶·max(1, |f*|) of its value at a known minimum nearby, or within 10⁻³ of that at a kink.
    Value,
}

fn arrival(ground: &Ground, at: &Sample) -> Option<Arrival> {
    let (lowest, distance) = ground.nearest_minimum(&at.point);
    let kink = ground.landscape.name == "ackley" && at.point.amax() < 0.1;
    let close = if kink { 1e-3 } else { 1e-6 * lowest.abs().max(1.0) };
    if distance < 0.1 && at.value - lowest <= close {
        return Some(Arrival::Value);
    }
    let start = Point::from_column_slice(ground.landscape.start);
    let is_minimum = critical_point(&*ground.objective, at, &start) == Some(CriticalPoint::Minimum);
    is_minimum.then_some(Arrival::Critical)
}

/// Every direction by its label, `RULE` or `RULE/VARIANT`, with its settings.
fn directions() -> Vec<(String, String)> {
    let spelled = |name: String| {
        let settings = match name.as_str() {
            "rotated" => ", degrees = 30.0",
            "newton" => ", safeguard = \"absolute\"",
            "bfgs" => ", rescale = true",
            // Long enough to come back from a kick before the next one.
            "perturbed" => ", wait = 2000",
            _ => "",
        };
        let spelled = format!("rule = \"{name}\"{settings}");
        (name, spelled)
    };
    let variants = VARIANTS
        .iter()
        .map(|(rule, word, setting)| (format!("{rule}/{word}"), format!("rule = \"{rule}\", {setting}")));
    Half::Direction.names().into_iter().map(spelled).chain(variants).collect()
}

/// Every other way that a direction can be set by a word or a flag.
const VARIANTS: &[(&str, &str, &str)] = &[
    ("steepest-descent", "normalize", "normalize = true"),
    ("momentum", "torch", "variant = \"torch\""),
    ("nesterov", "lecture", "variant = \"lecture\""),
    // Without restarts these two jam: one bad direction makes the next ones bad (Nocedal & Wright, chapter 5).
    ("conjugate-gradient", "fr", "beta = \"fr\", restart = \"not-orthogonal\""),
    ("conjugate-gradient", "dy", "beta = \"dy\", restart = \"every-n\""),
    ("conjugate-gradient", "hs", "beta = \"hs\""),
    ("newton", "none", "safeguard = \"none\""),
    ("newton", "shift", "safeguard = \"shift\""),
    ("bfgs", "damping", "rescale = false, damping = true"),
    ("levenberg-marquardt", "diagonal", "scaling = \"diagonal\""),
    ("rprop", "plus", "variant = \"plus\""),
    ("rprop", "minus", "variant = \"minus\""),
    ("rprop", "iplus", "variant = \"iplus\""),
    ("rprop", "iminus", "variant = \"iminus\""),
    ("adam", "epsilon-hat", "variant = \"epsilon-hat\""),
];

/// No word and no flag of a direction is forgotten above: each is there, or is the default, or is set for the plain name.
#[test]
fn every_word_and_flag_of_a_direction_is_run() {
    for table in Half::Direction.rules() {
        let rule = table["rule"].as_str().unwrap();
        for parameter in Half::Direction.parameters(rule).unwrap() {
            let words = match parameter.domain {
                Domain::Word(words) => words.iter().map(|word| format!("{} = \"{word}\"", parameter.name)).collect(),
                Domain::Flag => [true, false].map(|flag| format!("{} = {flag}", parameter.name)).to_vec(),
                _ => Vec::new(),
            };
            for setting in words {
                let default = format!("{} = {}", parameter.name, table[parameter.name]);
                let is_run = directions().iter().any(|(label, spelled)| {
                    label.split('/').next() == Some(rule) && spelled.contains(&setting)
                        || label == rule && !spelled.contains(parameter.name) && setting == default
                });
                assert!(is_run, "{rule} with {setting} is never run");
            }
        }
    }
}

/// The settings of a step size: by the unit of length of its direction, and by nothing that a run has shown.
fn step_size(name: &str, label: &str, ground: &Ground) -> String {
    let direction = label.split('/').next().unwrap();
    let is_length = matches!(direction, "rmsprop" | "adam") || label == "steepest-descent/normalize";
    let unit = match direction {
        // These make steps of a length that is theirs.
        "newton" => 1.0,
        "bfgs" | "l-bfgs" => 0.1,
        // These move each coordinate by about α.
        "adagrad" => 0.1 * ground.width,
        _ if is_length => 1e-3 * ground.width,
        // A velocity adds up 1/(1 − β) gradients.
        "momentum" | "nesterov" => 0.1 / ground.bend,
        _ => 1.0 / ground.bend,
    };
    // From −∇f the first trial is 1/L; Newton's own length is 1.
    let (initial, gamma2, restart) =
        if direction == "newton" { (1.0, 0.9, "initial") } else { (1.0 / ground.bend, 0.1, "previous") };
    // α₀/(t+1) adds up to 10 α₀ in all: where α is a length, that must be the way.
    let first = if direction == "adagrad" || is_length { 0.1 * ground.width } else { unit };
    let lowest = ground
        .landscape
        .value
        .unwrap_or_else(|| ground.nearest_minimum(&Point::from_column_slice(ground.landscape.minima[0])).0);
    let settings = match name {
        "fixed" => format!("alpha = {unit:?}"),
        "lipschitz" => format!("lipschitz = {:?}", 1.0 / unit),
        "diminishing" => format!("alpha0 = {first:?}"),
        "step-decay" => format!("alpha0 = {unit:?}, gamma = 0.1, every = {}", CAP / 4),
        "exponential-decay" | "inverse-time-decay" => format!("alpha0 = {unit:?}, lambda = {:?}", 8.0 / f64::from(CAP)),
        "cosine-annealing" => format!("alpha0 = {unit:?}, period = {CAP}"),
        "warmup-cosine" => format!("alpha0 = {unit:?}, warmup = 100, period = {CAP}"),
        "formula" => format!("alpha = \"{unit:?}/sqrt(1 + t/100)\""),
        "strong-wolfe" | "weak-wolfe" | "more-thuente" => {
            format!("initial = {initial:?}, gamma2 = {gamma2:?}")
        }
        "hager-zhang" | "goldstein" => format!("initial = {initial:?}"),
        "backtracking" => format!("initial = {initial:?}, restart = \"{restart}\""),
        "barzilai-borwein" => format!("alpha0 = {unit:?}"),
        "polyak" => format!("minimum = {lowest:?}"),
        _ => String::new(),
    };
    let comma = if settings.is_empty() { "" } else { ", " };
    format!("rule = \"{name}\"{comma}{settings}")
}

/// One method on one landscape.
struct Case<'g> {
    direction: String,
    step_size: String,
    method: Method,
    ground: &'g Ground,
}

/// The step of a direction that brings its own.
const OWN: &str = "own";

/// All that may be paired.
fn cases(grounds: &[Ground]) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    for (label, spelled) in directions() {
        let plain = spelled::method(&spelled, "rule = \"fixed\"");
        let step_sizes = if plain.direction.own_step().is_some() { vec![OWN] } else { plain.fitting() };
        for step in step_sizes.into_iter().map(str::to_owned) {
            for ground in grounds {
                let method = spelled::method(&spelled, &step_size(&step, &label, ground));
                if method.direction.rule().fits(&*ground.objective).is_ok() {
                    cases.push(Case { direction: label.clone(), step_size: step.clone(), method, ground });
                }
            }
        }
    }
    cases
}

impl Case<'_> {
    fn name(&self) -> String {
        format!("{} × {} on {}", self.direction, self.step_size, self.ground.landscape.name)
    }

    fn run(&self) -> Run {
        let limits = Limits { iterations: u64::from(CAP), ..Limits::default() };
        let start = self.ground.start(&self.direction);
        spelled::ran(Arc::clone(&self.ground.objective), start.as_slice(), self.method.clone(), limits)
    }
}

/// Why a method honestly fails on a landscape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// α₀/(t+1) adds up to α₀ ln t only: the distance falls like t^(−α₀μ), and no cap is enough for a small α₀μ.
    Logarithm,
    /// κ is 2500: steps short enough for the walls shrink the slow part by exp(−μ Σαₜ), and Σαₜ is not long enough.
    IllConditioned,
    /// At the cusp ‖∇f‖ does not fall: x jumps by α‖∇f‖ around it, until α is short.
    Kink,
    /// dᵀHd ≤ 0 somewhere on the way: the quadratic model falls for ever, and has no best α.
    NoModel,
    /// Where f is (nearly) straight the mended Hessian is nearly singular, and nothing shortens the leap −H⁻¹∇f.
    Leaps,
    /// f fades out towards a height with ∇f → 0 and no minimum: whoever leaves the basin never turns back.
    Fades,
    /// Nothing checks that f falls: descent and convergence are promised on quadratics only.
    Unchecked,
    /// d has length about 1 however small ∇f is: x hovers within αₜ of the minimum.
    Hovers,
    /// After a return the lecture keeps the old slope; moved by the other coordinate, its sign is wrong for ever.
    StaleSign,
    /// The last kick is not undone yet: the way back takes longer than T steps.
    Kicked,
    /// (f − f*)/‖∇f‖² is the right length on convex functions; beside another minimum, or past a hump, it is far too long.
    NotConvex,
}

/// The honest failures: why, the ending, and the product of the directions, step sizes and landscapes (`*` for all).
#[rustfmt::skip]
const FAILURES: &[(Why, Reason, &str, &str, &str)] = &[
    (Why::Logarithm, Reason::IterationLimit, "steepest-descent l-bfgs rotated momentum perturbed nesterov bfgs", "diminishing", "*"),
    (Why::Logarithm, Reason::IterationLimit, "adagrad", "diminishing", "ravine booth saddle-with-floor huber armijo-cubic two-wells rosenbrock beale himmelblau branin gaussian-valley"),
    (Why::Logarithm, Reason::IterationLimit, "adam", "diminishing", "rosenbrock"),
    (Why::Logarithm, Reason::IterationLimit, "newton/shift", "diminishing", "two-wells rosenbrock himmelblau branin"),
    (Why::Logarithm, Reason::IterationLimit, "conjugate-gradient", "diminishing", "ravine booth saddle-with-floor huber armijo-cubic two-wells rosenbrock beale himmelblau branin rastrigin ackley"),
    (Why::Logarithm, Reason::IterationLimit, "newton", "diminishing", "saddle-with-floor rosenbrock rastrigin"),
    (Why::Logarithm, Reason::IterationLimit, "momentum/torch nesterov/lecture conjugate-gradient/fr conjugate-gradient/hs", "diminishing", "*"),
    (Why::Logarithm, Reason::IterationLimit, "bfgs/damping", "diminishing", "ravine booth saddle-with-floor huber armijo-cubic two-wells rosenbrock beale himmelblau branin rastrigin ackley"),
    (Why::Logarithm, Reason::IterationLimit, "conjugate-gradient/dy", "diminishing", "branin"),
    (Why::Logarithm, Reason::IterationLimit, "adam/epsilon-hat", "diminishing", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "steepest-descent momentum perturbed nesterov conjugate-gradient", "fixed step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine formula lipschitz", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "rotated", "step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine formula", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "adagrad", "step-decay exponential-decay inverse-time-decay warmup-cosine formula", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "adam", "exponential-decay", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "momentum/torch nesterov/lecture conjugate-gradient/fr conjugate-gradient/hs", "fixed step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine formula lipschitz", "rosenbrock"),
    (Why::IllConditioned, Reason::IterationLimit, "adam/epsilon-hat", "exponential-decay", "rosenbrock"),
    (Why::Kink, Reason::IterationLimit, "steepest-descent rotated perturbed conjugate-gradient", "fixed inverse-time-decay formula lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "l-bfgs nesterov", "fixed lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "momentum", "fixed inverse-time-decay lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "momentum/torch", "fixed inverse-time-decay lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "nesterov/lecture", "fixed lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "conjugate-gradient/fr", "fixed inverse-time-decay formula lipschitz", "ackley"),
    (Why::Kink, Reason::IterationLimit, "conjugate-gradient/hs", "fixed formula lipschitz", "ackley"),
    (Why::NoModel, Reason::NoAcceptableStep, "bfgs steepest-descent l-bfgs conjugate-gradient", "optimal-quadratic", "saddle-with-floor huber rosenbrock himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::NoModel, Reason::NoAcceptableStep, "rotated", "optimal-quadratic", "huber two-wells rosenbrock himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::NoModel, Reason::NoAcceptableStep, "newton/shift", "optimal-quadratic", "saddle-with-floor huber two-wells beale himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::NoModel, Reason::NoAcceptableStep, "newton", "optimal-quadratic", "saddle-with-floor huber beale himmelblau rastrigin ackley gaussian-valley"),
    (Why::NoModel, Reason::NoAcceptableStep, "steepest-descent/normalize conjugate-gradient/fr conjugate-gradient/dy", "optimal-quadratic", "saddle-with-floor huber rosenbrock himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::NoModel, Reason::NoAcceptableStep, "conjugate-gradient/hs", "optimal-quadratic", "saddle-with-floor huber rosenbrock beale himmelblau branin ackley gaussian-valley"),
    (Why::NoModel, Reason::NotADescentDirection, "newton/none", "optimal-quadratic", "ackley"),
    (Why::NoModel, Reason::NoAcceptableStep, "bfgs/damping", "optimal-quadratic", "saddle-with-floor huber rosenbrock beale himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::Leaps, Reason::Unbounded, "newton/shift", "fixed diminishing step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine formula lipschitz", "rastrigin"),
    (Why::Leaps, Reason::GradientSmall, "newton/shift", "fixed diminishing step-decay exponential-decay inverse-time-decay cosine-annealing formula lipschitz", "gaussian-valley"),
    (Why::Leaps, Reason::IterationLimit, "newton/shift", "fixed lipschitz", "huber"),
    (Why::Leaps, Reason::IterationLimit, "newton", "fixed step-decay cosine-annealing warmup-cosine lipschitz", "huber"),
    (Why::Leaps, Reason::GradientSmall, "newton/none", "fixed step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine lipschitz", "ackley"),
    (Why::Leaps, Reason::IterationLimit, "newton/none", "formula", "ackley"),
    (Why::Fades, Reason::GradientSmall, "bfgs", "warmup-cosine formula", "gaussian-valley"),
    (Why::Fades, Reason::GradientSmall, "l-bfgs", "fixed step-decay cosine-annealing warmup-cosine formula lipschitz", "gaussian-valley"),
    (Why::Fades, Reason::IterationLimit, "newton", "exponential-decay cosine-annealing", "beale"),
    (Why::Leaps, Reason::Unbounded, "newton", "inverse-time-decay", "beale"),
    (Why::Fades, Reason::GradientSmall, "bfgs/damping", "fixed diminishing step-decay exponential-decay inverse-time-decay cosine-annealing warmup-cosine formula lipschitz", "gaussian-valley"),
    (Why::Unchecked, Reason::IterationLimit, "steepest-descent", "barzilai-borwein", "rosenbrock"),
    (Why::Unchecked, Reason::Unbounded, "conjugate-gradient", "fixed step-decay exponential-decay inverse-time-decay cosine-annealing lipschitz", "saddle-with-floor"),
    (Why::Unchecked, Reason::IterationLimit, "steepest-descent/normalize", "barzilai-borwein", "rosenbrock"),
    (Why::Unchecked, Reason::GradientSmall, "steepest-descent/normalize", "barzilai-borwein", "gaussian-valley"),
    (Why::Unchecked, Reason::Unbounded, "conjugate-gradient/dy", "fixed step-decay cosine-annealing lipschitz", "himmelblau branin"),
    (Why::Unchecked, Reason::Unbounded, "conjugate-gradient/dy", "diminishing", "saddle-with-floor himmelblau"),
    (Why::Unchecked, Reason::Unbounded, "conjugate-gradient/dy", "exponential-decay inverse-time-decay formula", "branin"),
    (Why::Unchecked, Reason::Unbounded, "conjugate-gradient/dy", "warmup-cosine", "rosenbrock himmelblau branin"),
    (Why::Unchecked, Reason::GradientSmall, "conjugate-gradient/dy", "fixed diminishing step-decay warmup-cosine lipschitz", "gaussian-valley"),
    (Why::Unchecked, Reason::IterationLimit, "conjugate-gradient/dy", "diminishing", "huber armijo-cubic ackley"),
    (Why::Unchecked, Reason::IterationLimit, "conjugate-gradient/dy", "exponential-decay inverse-time-decay", "gaussian-valley"),
    (Why::Unchecked, Reason::IterationLimit, "conjugate-gradient/dy", "formula", "ackley gaussian-valley"),
    (Why::Unchecked, Reason::StepSmall, "bfgs/damping", "fixed lipschitz", "branin"),
    (Why::Unchecked, Reason::IterationLimit, "bfgs/damping", "step-decay exponential-decay inverse-time-decay cosine-annealing formula", "branin"),
    (Why::Unchecked, Reason::Unbounded, "bfgs/damping", "warmup-cosine", "huber"),
    (Why::Hovers, Reason::IterationLimit, "rmsprop", "fixed lipschitz", "rosenbrock beale branin ackley"),
    (Why::Hovers, Reason::IterationLimit, "rmsprop", "diminishing", "armijo-cubic rosenbrock beale gaussian-valley"),
    (Why::Hovers, Reason::IterationLimit, "rmsprop", "inverse-time-decay", "rosenbrock beale branin"),
    (Why::Hovers, Reason::IterationLimit, "rmsprop", "formula", "ravine rosenbrock beale branin"),
    (Why::Hovers, Reason::IterationLimit, "steepest-descent/normalize", "fixed lipschitz", "ravine booth saddle-with-floor armijo-cubic two-wells rosenbrock beale himmelblau branin rastrigin ackley gaussian-valley"),
    (Why::Hovers, Reason::IterationLimit, "steepest-descent/normalize", "diminishing", "rosenbrock"),
    (Why::Hovers, Reason::IterationLimit, "steepest-descent/normalize", "step-decay", "rastrigin"),
    (Why::Hovers, Reason::IterationLimit, "steepest-descent/normalize", "inverse-time-decay", "ravine booth rosenbrock himmelblau branin rastrigin"),
    (Why::Hovers, Reason::IterationLimit, "steepest-descent/normalize", "formula", "ravine booth rosenbrock beale himmelblau branin"),
    (Why::StaleSign, Reason::IterationLimit, "rprop", "own", "booth rosenbrock beale himmelblau branin"),
    (Why::Kicked, Reason::IterationLimit, "perturbed", "fixed step-decay inverse-time-decay lipschitz", "beale"),
    (Why::NotConvex, Reason::IterationLimit, "steepest-descent", "polyak", "rastrigin ackley"),
    (Why::NotConvex, Reason::IterationLimit, "steepest-descent/normalize", "polyak", "rastrigin ackley"),
];

/// The failures by the name of their case; one that stands there twice is a mistake.
fn known_failures(grounds: &[Ground]) -> BTreeMap<String, (Why, Reason)> {
    let all: Vec<&str> = grounds.iter().map(|ground| ground.landscape.name).collect();
    let mut known = BTreeMap::new();
    for (why, reason, directions, step_sizes, landscapes) in FAILURES {
        let landscapes = if *landscapes == "*" { all.clone() } else { landscapes.split(' ').collect() };
        for direction in directions.split(' ') {
            for step_size in step_sizes.split(' ') {
                for landscape in &landscapes {
                    let name = format!("{direction} × {step_size} on {landscape}");
                    assert_eq!(known.insert(name.clone(), (*why, *reason)), None, "{name} stands there twice");
                }
            }
        }
    }
    known
}

/// Searches that find Wolfe steps, with which these directions converge from everywhere (Zoutendijk): no excuse counts.
const WOLFE: [&str; 4] = ["strong-wolfe", "weak-wolfe", "more-thuente", "hager-zhang"];
const NEVER: [&str; 11] = [
    "steepest-descent",
    "steepest-descent/normalize",
    "newton",
    "newton/shift",
    "bfgs",
    "bfgs/damping",
    "l-bfgs",
    "conjugate-gradient",
    "conjugate-gradient/fr",
    "conjugate-gradient/dy",
    "conjugate-gradient/hs",
];

/// Every iterate that a run went on from is finite; whatever a search accepts is, too.
fn check_numbers(case: &Case<'_>, run: &Run) {
    for step in run.past() {
        assert!(step.from.is_finite() && !step.alpha.is_nan(), "{}: {:?}", case.name(), step.from);
        assert!(step.trials.is_empty() || step.to.value.is_finite(), "{}: {:?}", case.name(), step.to);
    }
    let end = run.peek().unwrap_err();
    assert!(!end.sentence.is_empty(), "{}", case.name());
    assert!(end.at.is_finite() || end.reason == Reason::NotFinite, "{}: {end:?}", case.name());
}

/// A text that is equal where all is equal, NaN included: a trial at a kink has a slope that is no number.
fn in_words(thing: &(impl Debug + ?Sized)) -> String {
    format!("{thing:?}")
}

/// Going back and on, and forking to the same method, give the same steps again.
fn check_time(case: &Case<'_>, run: &Run) {
    let last = run.iteration();
    for t in [0, last / 2] {
        let to = last.min(t + 20);
        let mut rewound = run.clone();
        rewound.go_to(t);
        let mut fork = rewound.fork(case.method.clone());
        fork.go_to(to);
        let same = fork.past() == &run.past()[..to] || in_words(fork.past()) == in_words(&run.past()[..to]);
        assert!(same, "{} forked at {t}", case.name());
        rewound.go_to(last);
        let ends = [&rewound, run].map(|run| in_words(run.peek().unwrap_err()));
        assert_eq!(ends[0], ends[1], "{} back to {t}", case.name());
    }
}

/// What a case came to: why not, if it did not arrive.
fn outcome(case: &Case<'_>) -> Option<Reason> {
    let run = case.run();
    check_numbers(case, &run);
    check_time(case, &run);
    let end = run.peek().unwrap_err();
    arrival(case.ground, &end.at).is_none().then_some(end.reason)
}

#[test]
fn every_method_reaches_a_minimum_or_is_a_named_failure() {
    let grounds = grounds();
    let cases = cases(&grounds);
    let found: Vec<Option<Reason>> = cases.par_iter().map(outcome).collect();
    let mut known = known_failures(&grounds);
    let (mut surprises, mut counts) = (Vec::new(), BTreeMap::<(Why, &str), usize>::new());
    for (case, found) in cases.iter().zip(&found) {
        let name = case.name();
        match (known.remove(&name), found) {
            (None, None) => {}
            (Some((why, expected)), Some(reason)) if expected == *reason => {
                *counts.entry((why, reason.word())).or_default() += 1;
            }
            (None, Some(reason)) => surprises.push(format!("{name} fails: {}", reason.word())),
            (Some(_), None) => surprises.push(format!("{name} arrives, and is listed as a failure")),
            (Some((_, expected)), Some(reason)) => {
                surprises.push(format!("{name} ends with {}, not {}", reason.word(), expected.word()));
            }
        }
        let is_excluded = NEVER.contains(&&*case.direction) && WOLFE.contains(&&*case.step_size);
        assert!(!is_excluded || found.is_none(), "{name} must never fail: {found:?}");
    }
    surprises.extend(known.into_keys().map(|name| format!("{name} is listed, and is no case")));
    assert!(surprises.is_empty(), "{} surprises of {}:\n{}", surprises.len(), cases.len(), surprises.join("\n"));
    let failures: usize = counts.values().sum();
    println!("{} cases, {failures} honest failures: {counts:#?}", cases.len());
    assert!(20 * failures <= 3 * cases.len(), "{failures} of {} are more than 15 %", cases.len());
}
