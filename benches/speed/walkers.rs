//! The same walk three times: by this engine with its whole record, by argmin, and by a bare loop that knows nothing else.

use std::hint::black_box;
use std::sync::Arc;

use argmin::core::{Executor, State};
use argmin::solver::gradientdescent::SteepestDescent as TheirDescent;
use argmin::solver::linesearch::BacktrackingLineSearch;
use argmin::solver::linesearch::condition::ArmijoCondition;
use argmin::solver::quasinewton::BFGS;
use downhill::engine::direction::curved::bfgs::Bfgs;
use downhill::engine::direction::slope::steepest_descent::SteepestDescent;
use downhill::engine::rule::list::{DirectionRule, StepSizeRule};
use downhill::engine::rule::method::Method;
use downhill::engine::run::Run;
use downhill::engine::run::stop::Limits;
use downhill::engine::step_size::search::backtracking::Backtracking;
use downhill::objective::point::Point;

use crate::valley::{Theirs, Valley, slope, value};

/// Which way.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    Steepest,
    Bfgs,
}

/// Where a walk has come to: iterations made, f there, and what was recorded, to be dropped when the clock stands.
pub type Arrival = (u64, f64, Option<Run>);

/// γ₁ of the Armijo condition and the factor τ of the backtracking, the same for all.
const GAMMA1: f64 = 1e-4;
const TAU: f64 = 0.5;

/// The engine of downhill, every step and every trial recorded.
pub fn ours(valley: &Valley, way: Way, iterations: u64) -> Arrival {
    let direction = match way {
        Way::Steepest => DirectionRule::SteepestDescent(SteepestDescent::default()),
        Way::Bfgs => DirectionRule::Bfgs(Bfgs::default()),
    };
    let search = Backtracking { gamma1: GAMMA1, tau: TAU, ..Backtracking::default() };
    let method = Method { direction, step_size: StepSizeRule::Backtracking(search) };
    let limits = Limits { iterations, gradient: 0.0, ..Limits::default() };
    let mut run = Run::new(Arc::new(valley.clone()), Point::from_vec(valley.start()), method, limits);
    while run.advance() {}
    (run.iteration() as u64, run.here().value, Some(run))
}

/// argmin, observed by nobody.
pub fn theirs(valley: &Valley, way: Way, iterations: u64) -> Arrival {
    let search = BacktrackingLineSearch::new(ArmijoCondition::new(GAMMA1).unwrap()).rho(TAU).unwrap();
    let start = Theirs::from_vec(valley.start());
    let n = valley.0;
    match way {
        Way::Steepest => {
            let solver = TheirDescent::new(search);
            let executor = Executor::new(valley.clone(), solver).timer(false);
            let result = executor.configure(|state| state.param(start).max_iters(iterations)).run().unwrap();
            (result.state().get_iter(), result.state().get_cost(), None)
        }
        Way::Bfgs => {
            let solver = BFGS::new(search).with_tolerance_grad(0.0).unwrap().with_tolerance_cost(0.0).unwrap();
            let executor = Executor::new(valley.clone(), solver).timer(false);
            let identity = ndarray::Array2::eye(n);
            let configured = executor.configure(|state| state.param(start).inv_hessian(identity).max_iters(iterations));
            let result = configured.run().unwrap();
            (result.state().get_iter(), result.state().get_cost(), None)
        }
    }
}

/// A loop written for nothing but this, its vectors reused: the limit.
pub fn bare(valley: &Valley, way: Way, iterations: u64) -> Arrival {
    let n = valley.0;
    let mut x = valley.start();
    let mut model = vec![0.0; if way == Way::Bfgs { n * n } else { 0 }];
    model.iter_mut().step_by(n + 1).for_each(|entry| *entry = 1.0);
    let [mut g, mut next_g, mut d, mut next, mut y, mut hy] = [0; 6].map(|_| vec![0.0; n]);
    let mut f = value(&x);
    slope(&x, &mut g);
    for _ in 0..iterations {
        match way {
            Way::Steepest => d.iter_mut().zip(&g).for_each(|(d, g)| *d = -g),
            Way::Bfgs => times(&model, &g, -1.0, &mut d),
        }
        let downhill = dot(&g, &d);
        let mut alpha = 1.0;
        let next_f = loop {
            next.iter_mut().zip(x.iter().zip(&d)).for_each(|(next, (x, d))| *next = x + alpha * d);
            let next_f = value(&next);
            if next_f <= f + GAMMA1 * alpha * downhill || alpha < 1e-300 {
                break next_f;
            }
            alpha *= TAU;
        };
        slope(&next, &mut next_g);
        if way == Way::Bfgs {
            y.iter_mut().zip(next_g.iter().zip(&g)).for_each(|(y, (new, old))| *y = new - old);
            for d in &mut d {
                *d *= alpha;
            }
            update(&mut model, &d, &y, &mut hy);
        }
        std::mem::swap(&mut x, &mut next);
        std::mem::swap(&mut g, &mut next_g);
        f = next_f;
    }
    (iterations, black_box(f), None)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// into = factor · matrix · vector, for a symmetric matrix.
fn times(matrix: &[f64], vector: &[f64], factor: f64, into: &mut [f64]) {
    into.fill(0.0);
    for (row, v) in matrix.chunks_exact(vector.len()).zip(vector) {
        into.iter_mut().zip(row).for_each(|(into, entry)| *into += factor * v * entry);
    }
}

fn update(model: &mut [f64], s: &[f64], y: &[f64], hy: &mut [f64]) {
    let bend = dot(s, y);
    if bend <= 0.0 {
        return;
    }
    times(model, y, 1.0, hy);
    let rho = 1.0 / bend;
    let weight = (1.0 + rho * dot(y, hy)) * rho;
    for (i, row) in model.chunks_exact_mut(s.len()).enumerate() {
        let (on_s, on_hy) = (weight * s[i] - rho * hy[i], -rho * s[i]);
        row.iter_mut().zip(s.iter().zip(&*hy)).for_each(|(entry, (s, hy))| *entry += on_s * s + on_hy * hy);
    }
}
