//! How fast is a step that tells everything? It walks beside argmin and a bare loop, in turn, and prints ratios.
//!
//! `cargo bench --bench speed` builds and runs it; `turns.rs` runs it in turn with that of another build.
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a bench times, and prints")]

mod valley;
mod walkers;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use downhill::engine::direction::slope::steepest_descent::SteepestDescent;
use downhill::engine::many::basin::StartGrid;
use downhill::engine::rule::list::{DirectionRule, StepSizeRule};
use downhill::engine::rule::method::Method;
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::step_size::schedule::fixed::Fixed;
use downhill::objective::catalog::named;
use downhill::objective::function::Objective;
use downhill::objective::landscape::Landscape;
use downhill::objective::point::Point;
use downhill::view::map::contour::Grid;

use crate::valley::Valley;
use crate::walkers::{Arrival, Way, bare, ours, theirs};

fn main() {
    // `cargo test --all-targets` starts benches, too, and is not to wait for them.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!("time of one iteration; the best of several rounds in which the three take turns\n");
    println!("{:<34}{:>12}{:>12}{:>12}{:>10}{:>8}", "", "downhill", "argmin", "bare loop", "faster", "goal");
    race("n = 2, steepest, backtracking", &Valley(2), Way::Steepest, 1000, 200, 2);
    race("n = 2, BFGS, backtracking", &Valley(2), Way::Bfgs, 25, 5000, 2);
    race("n = 100, BFGS, backtracking", &Valley(100), Way::Bfgs, 100, 20, 5);
    race("n = 1000, BFGS, backtracking", &Valley(1000), Way::Bfgs, 4, 2, 10);
    println!("\n{:<58}{:>12}{:>12}", "by itself", "time", "goal");
    if is_wanted("by itself") {
        alone();
    }
}

fn alone() {
    let valley = Valley(1000);
    say("n = 1000, BFGS, a step of 100, old models dropped", best(1, || ours(&valley, Way::Bfgs, 100)) / 100.0, "");
    objectives();
    runs();
}

/// Seconds of the fastest of so many rounds.
fn best<T>(rounds: usize, mut work: impl FnMut() -> T) -> f64 {
    (0..rounds).map(|_| clock(&mut work).0).fold(f64::INFINITY, f64::min)
}

fn clock<T>(work: &mut impl FnMut() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = black_box(work());
    (start.elapsed().as_secs_f64(), result)
}

/// The three in turn, so that whatever else the machine does meets them all.
fn race(title: &str, valley: &Valley, way: Way, iterations: u64, rounds: usize, goal: u32) {
    if !is_wanted(title) {
        return;
    }
    let walkers: [fn(&Valley, Way, u64) -> Arrival; 3] = [ours, theirs, bare];
    let mut seconds = [f64::INFINITY; 3];
    let mut arrivals = [const { (0, 0.0, None) }; 3];
    for _ in 0..rounds {
        for (index, walk) in walkers.iter().enumerate() {
            let (time, arrival) = clock(&mut || walk(valley, way, iterations));
            seconds[index] = seconds[index].min(time / arrival.0 as f64);
            arrivals[index] = arrival;
        }
    }
    let [ours, theirs, bare] = seconds;
    let [a, b, c] = seconds.map(written);
    println!("{title:<34}{a:>12}{b:>12}{c:>12}{:>9.1}×{:>7}×", theirs / ours, goal);
    let ends: Vec<String> = arrivals.iter().map(|(made, f, _)| format!("f = {f:.3e} after {made}")).collect();
    println!("    {}; {:.1} times the bare loop", ends.join(", "), ours / bare);
}

/// Whether a title holds one of the words behind `cargo bench --`; without words all are wanted.
fn is_wanted(title: &str) -> bool {
    let mut words = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).peekable();
    words.peek().is_none() || words.any(|word| title.contains(&word))
}

fn say(title: &str, seconds: f64, goal: &str) {
    println!("{title:<58}{:>12}{goal:>12}", written(seconds));
}

fn written(seconds: f64) -> String {
    let (factor, unit) = match seconds {
        _ if seconds < 1e-6 => (1e9, "ns"),
        _ if seconds < 1e-3 => (1e6, "µs"),
        _ if seconds < 1.0 => (1e3, "ms"),
        _ => (1.0, "s"),
    };
    format!("{:.3} {unit}", seconds * factor)
}

fn landscape(name: &str) -> (&'static Landscape, Arc<dyn Objective>) {
    let landscape = named(name).unwrap();
    (landscape, Arc::new(landscape.objective().unwrap()))
}

fn objectives() {
    let (rosenbrock, objective) = landscape("rosenbrock");
    let at = Point::from_column_slice(rosenbrock.start);
    let each = |ask: &dyn Fn(&Point)| best(100, || (0..2000).for_each(|_| ask(black_box(&at)))) / 2e3;
    say("f, ∇f and ∇²f of Rosenbrock as typed", each(&|at| drop(black_box(objective.survey(at)))), "200 ns");
    say("f and ∇f alone", each(&|at| drop(black_box(objective.sample(at)))), "");
    say("∇²f alone", each(&|at| drop(black_box(objective.hessian(at)))), "");
    let formula = rosenbrock.objective().unwrap();
    let window = [rosenbrock.window[0], rosenbrock.window[1]];
    let map = best(10, || Grid::sample(400, 200, window, |x1, x2| formula.expression().evaluate(&[x1, x2])));
    say("a map of 400 × 200 points of it", map, "5 ms");
}

fn descent(alpha: f64) -> Method {
    Method {
        direction: DirectionRule::SteepestDescent(SteepestDescent::default()),
        step_size: StepSizeRule::Fixed(Fixed { alpha }),
    }
}

fn runs() {
    let (himmelblau, objective) = landscape("himmelblau");
    let search = StartGrid {
        counts: [160, 100],
        window: [himmelblau.window[0], himmelblau.window[1]],
        minima: himmelblau.minima.iter().map(|minimum| Point::from_column_slice(minimum)).collect(),
        tolerance: 1e-3,
        others: Vec::new(),
    };
    let limits = Limits { iterations: 500, gradient: 0.0, ..Limits::default() };
    let basins = best(3, || search.basins(&objective, &descent(0.01), &limits, &|_| true));
    say("160 × 100 basins of Himmelblau, all 500 iterations long", basins, "2 s");
    let settled = Limits { gradient: 1e-8, ..limits };
    let basins = best(3, || search.basins(&objective, &descent(0.01), &settled, &|_| true));
    say("the same, each until ‖∇f‖∞ ≤ 1e-8", basins, "2 s");
    let (rosenbrock, objective) = landscape("rosenbrock");
    let limits = Limits { iterations: 1_000_000, gradient: 0.0, ..Limits::default() };
    let run = || Run::new(objective.clone(), Point::from_column_slice(rosenbrock.start), descent(1e-4), limits.clone());
    let recorded = best(1, || {
        let mut run = run();
        run.go_to(usize::MAX);
        run.iteration()
    });
    say("a million recorded steps on Rosenbrock as typed", recorded, "");
    say("a million steps, forgotten on the way", best(1, || run().finish()), "");
}
