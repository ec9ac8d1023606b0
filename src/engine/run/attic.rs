//! What a run keeps of steps long past: everything but large models, which it can make again.

use std::sync::Arc;

use crate::engine::ask::oracle::Oracle;
use crate::engine::record::{Calls, Proposal, Step};
use crate::engine::rule::method::Method;
use crate::objective::function::Objective;

/// Maximum number of steps before the current iterate that keep their large models.
pub(in crate::engine) const KEPT: usize = 64;
/// Minimum of that number; no rule reads a model further back.
const LEAST_KEPT: usize = 2;

/// How many steps before the iterate keep their large models in `n` coordinates, where a run may take `room` bytes: as
/// many models as fill a quarter of it.
pub(in crate::engine) fn kept(n: usize, room: usize) -> usize {
    (room / 4 / (size_of::<f64>() * n * n).max(1)).clamp(LEAST_KEPT, KEPT)
}

/// Drops the large models of a step.
pub(in crate::engine) fn thin(step: &mut Arc<Step>) {
    if step.proposal.memory.is_large() {
        let memory = step.proposal.memory.thinned();
        Arc::make_mut(step).proposal.memory = memory;
    }
}

/// Recomputes dropped models for the steps read at iteration `t` (the one before and the one ahead), and for
/// a window of `kept` steps before them, so that going further back is cheap. `method` tells which method made a step.
///
/// A model depends on the recorded steps before it alone: the rule is evaluated again, the objective is not.
pub(in crate::engine) fn restore<'m>(
    steps: &mut [Arc<Step>],
    t: usize,
    kept: usize,
    objective: &dyn Objective,
    method: impl Fn(usize) -> &'m Method,
) {
    let (first, end) = (t.saturating_sub(1), (t + 1).min(steps.len()));
    let is_thinned = |step: &Arc<Step>| step.proposal.memory.is_thinned();
    let Some(missing) = (first..end).find(|&t| is_thinned(&steps[t])) else { return };
    let from = steps[..missing].iter().rposition(|step| !is_thinned(step)).map_or(0, |whole| whole + 1);
    if from < missing {
        steps[end..].iter_mut().for_each(thin);
    }
    for t in from..end {
        if let Some(proposal) = again(&steps[..=t], objective, method(t)) {
            Arc::make_mut(&mut steps[t]).proposal = proposal;
        }
        if let Some(old) = t.checked_sub(kept + 1) {
            thin(&mut steps[old]);
        }
    }
}

/// What the rule proposed for the last of these steps.
fn again(steps: &[Arc<Step>], objective: &dyn Objective, method: &Method) -> Option<Proposal> {
    let (step, past) = steps.split_last()?;
    let blurred = step.noise.as_ref().map(|noise| step.from.blurred(noise));
    let ask = Oracle::noisy(objective, step.noise.as_ref(), Calls::default());
    method.direction.rule().propose(blurred.as_ref().unwrap_or(&step.from), past, &ask).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::KEPT;
    use crate::engine::ask::noise::Noise;
    use crate::engine::direction::curved::bfgs::Bfgs;
    use crate::engine::record::Step;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::run::Run;
    use crate::engine::run::stop::Limits;
    use crate::engine::step_size::search::backtracking::Backtracking;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    const N: usize = 20;

    fn method(damping: bool) -> Method {
        Method {
            direction: DirectionRule::Bfgs(Bfgs { damping, ..Bfgs::default() }),
            step_size: StepSizeRule::Backtracking(Backtracking::default()),
        }
    }

    /// Rosenbrock's valley in twenty coordinates, which takes BFGS a long way.
    fn run(noise: bool) -> Run {
        let terms: Vec<String> = (1..N).map(|i| format!("(1-x{i})^2 + 100*(x{}-x{i}^2)^2", i + 1)).collect();
        let objective = Formula::parse(&terms.join(" + "), N, &std::collections::BTreeMap::new()).unwrap();
        let limits = Limits { iterations: 300, gradient: 0.0, ..Limits::default() };
        let start = Point::from_fn(N, |i, _| if i % 2 == 0 { -1.2 } else { 1.0 });
        let noise = noise.then_some(Noise { sigma: 1e-3, seed: 7 });
        Run::new(Arc::new(objective), start, method(false), limits).with_noise(noise)
    }

    fn models(run: &Run) -> usize {
        run.past().iter().filter(|step| step.proposal.memory.matrix("inverse_hessian").is_some()).count()
    }

    /// All steps as they were when the run stood there.
    fn seen(mut run: Run) -> Vec<Arc<Step>> {
        let mut seen = Vec::new();
        while let Ok(step) = run.peek() {
            seen.push(Arc::clone(step));
            run.advance();
        }
        seen
    }

    #[test]
    fn old_models_are_dropped_and_come_back_the_same() {
        for noise in [false, true] {
            let seen = seen(run(noise));
            assert!(seen.len() > 60 + KEPT, "{}", seen.len());
            let last = seen.len() - 1;
            let mut run = run(noise);
            run.go_to(last);
            assert_eq!(models(&run), KEPT);
            for t in [last - 3, 2, 100, 99, 36, last - 1, 0, last, 1] {
                run.go_to(t);
                assert_eq!(run.peek().unwrap(), &seen[t], "{t}");
                let window = t.saturating_sub(KEPT)..t;
                assert!(t == 0 || run.past().last() == Some(&seen[t - 1]), "{t}");
                assert!(models(&run) <= window.len() + 1, "{t}: {}", models(&run));
            }
            for t in (0..last).rev() {
                run.go_to(t + 1);
                assert!(run.back());
                assert_eq!(run.peek().unwrap(), &seen[t]);
            }
        }
    }

    #[test]
    fn a_fork_remembers_which_method_made_a_step() {
        let mut old = run(false);
        old.go_to(30);
        let other = method(true).with("step_size.tau", &toml::Value::Float(0.3)).unwrap();
        let fork = old.fork(other);
        let seen = seen({
            let mut fork = fork.clone();
            fork.go_to(0);
            fork
        });
        let mut fork = fork;
        fork.go_to(seen.len() - 1);
        for t in [20, 31, 29, 5, 40] {
            fork.go_to(t);
            assert_eq!(fork.peek().unwrap(), &seen[t], "{t}");
            assert!(old.past().get(t).is_none_or(|step| *step == seen[t]));
        }
    }
}
