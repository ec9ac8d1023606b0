//! How much room the record of a run takes, and how much it may take before the run has to end.

use std::mem::size_of;
use std::sync::Arc;

use crate::engine::number::short;
use crate::engine::record::memory::{Memory, Remembered};
use crate::engine::record::trial::Trial;
use crate::engine::record::{Sample, Step};
use crate::objective::point::{Matrix, Vector};

/// The bytes that all runs of a scenario may take together; each has the same share.
///
/// A quarter of a million steps in the plane, or half as many with a search. A lesson page holds few such records at
/// once (the page before, a proof, what it is compared with), and all of them fit into a gigabyte.
pub const ROOM: usize = 128 << 20;

/// A mebibyte, in bytes.
const MEBIBYTE: f64 = 1_048_576.0;
/// What the allocator keeps beside every block, in bytes.
const BLOCK: usize = 16;
/// The two counters of an `Arc`, in bytes.
const COUNTERS: usize = 16;

/// The bytes that a step takes as long as its run lives; large models are dropped after a while and not among them.
pub(in crate::engine) fn of_step(step: &Step) -> usize {
    let Step { noise, proposal, trials, to, .. } = step;
    let sample = BLOCK + COUNTERS + size_of::<Sample>() + vector(&to.point) + vector(&to.gradient);
    let vectors = [Some(&proposal.direction), proposal.base.as_ref(), noise.as_ref()];
    let vectors: usize = vectors.into_iter().flatten().map(vector).sum();
    let searched = if trials.is_empty() { 0 } else { BLOCK + size_of::<Trial>() * trials.len() };
    let own = size_of::<usize>() + BLOCK + COUNTERS + size_of::<Step>();
    own + sample + vectors + searched + of_memory(&proposal.memory) + of_memory(&proposal.kept)
}

/// The bytes of the large models in a step.
pub(in crate::engine) fn of_models(step: &Step) -> usize {
    let all = step.proposal.memory.0.iter().chain(&step.proposal.kept.0);
    let model = |(_, remembered): &(&str, Remembered)| match remembered {
        Remembered::Matrix(model) if Memory::is_large_model(model) => matrix(model),
        _ => 0,
    };
    all.map(model).sum()
}

/// Why a run makes no further step, if its record has taken `room` bytes: what the steps took, and the large models of
/// the `kept` last ones.
pub(in crate::engine) fn refusal(taken: usize, last: Option<&Arc<Step>>, kept: usize, room: usize) -> Option<String> {
    let models = last.map_or(0, |last| (kept + 1) * of_models(last));
    (taken + models >= room).then(|| {
        let size = short(room as f64 / MEBIBYTE);
        format!("the record of the steps fills the {size} MiB that this run may take: fewer steps or trials fit")
    })
}

fn of_memory(memory: &Memory) -> usize {
    let one = |(_, remembered): &(&str, Remembered)| match remembered {
        Remembered::Vector(numbers) => vector(numbers),
        Remembered::Matrix(model) if !Memory::is_large_model(model) => matrix(model),
        _ => 0,
    };
    let entries = if memory.is_empty() { 0 } else { BLOCK + size_of::<(&str, Remembered)>() * memory.0.len() };
    entries + memory.0.iter().map(one).sum::<usize>()
}

fn vector(numbers: &Vector) -> usize {
    BLOCK + size_of::<f64>() * numbers.len()
}

fn matrix(model: &Matrix) -> usize {
    BLOCK + COUNTERS + size_of::<Matrix>() + BLOCK + size_of::<f64>() * model.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::direction::curved::bfgs::Bfgs;
    use crate::engine::direction::curved::l_bfgs::LBfgs;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::record::ending::Reason;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::run::Run;
    use crate::engine::run::stop::Limits;
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::engine::step_size::search::backtracking::Backtracking;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    fn run(n: usize, direction: DirectionRule, step_size: StepSizeRule) -> Run {
        made(n, direction, step_size, u64::MAX)
    }

    fn made(n: usize, direction: DirectionRule, step_size: StepSizeRule, iterations: u64) -> Run {
        let terms: Vec<String> = (1..=n).map(|i| format!("{i}*x{i}^2")).collect();
        let objective = Formula::parse(&terms.join(" + "), n, &BTreeMap::new()).unwrap();
        let limits = Limits { iterations, gradient: 0.0, ..Limits::default() };
        Run::new(Arc::new(objective), Point::from_element(n, 1.0), Method { direction, step_size }, limits)
    }

    fn creeping(room: usize) -> Run {
        let steepest = DirectionRule::SteepestDescent(SteepestDescent::default());
        run(2, steepest, StepSizeRule::Fixed(Fixed { alpha: 1e-9 })).within(room)
    }

    /// By hand, for two coordinates: a pointer and the blocks of step, direction, sample, point and gradient.
    #[test]
    fn a_step_is_counted_with_all_that_hangs_on_it() {
        let mut run = creeping(ROOM);
        run.advance();
        let step = &run.past()[0];
        let bare = 8 + (32 + size_of::<Step>()) + 32 + (32 + size_of::<Sample>()) + 2 * 32;
        assert_eq!(of_step(step), bare);
        let search = StepSizeRule::Backtracking(Backtracking { initial: 2.0, ..Backtracking::default() });
        let searched = run_once(DirectionRule::SteepestDescent(SteepestDescent::default()), search);
        let trials = searched.trials.len();
        assert!(trials >= 2, "{trials}");
        assert_eq!(of_step(&searched), bare + 16 + trials * size_of::<Trial>());
    }

    fn run_once(direction: DirectionRule, step_size: StepSizeRule) -> Step {
        let mut run = run(2, direction, step_size);
        run.advance();
        (*run.past()[0]).clone()
    }

    /// The run ends with a reason and a sentence; back and forth it ends at the same place, and a fork has room again.
    #[test]
    fn a_full_record_ends_the_run_where_it_is_full() {
        let each = of_step(creeping(ROOM).peek().unwrap());
        let mut run = creeping(100 * each);
        run.go_to(usize::MAX);
        assert_eq!((run.iteration(), run.taken()), (100, 100 * each));
        let ending = run.peek().unwrap_err().clone();
        assert_eq!((ending.reason, ending.reason.word()), (Reason::Memory, "memory"));
        assert!(ending.sentence.contains("MiB that this run may take"), "{}", ending.sentence);
        run.go_to(30);
        run.go_to(usize::MAX);
        assert_eq!((run.iteration(), run.peek().unwrap_err()), (100, &ending));
        run.go_to(40);
        let mut fork = run.fork(run.method().clone());
        fork.go_to(usize::MAX);
        assert_eq!((fork.iteration(), fork.taken()), (100, 100 * each));
    }

    /// Where only the end is asked for, nothing is kept and nothing fills.
    #[test]
    fn a_run_that_forgets_goes_on() {
        let each = of_step(creeping(ROOM).peek().unwrap());
        let steepest = DirectionRule::SteepestDescent(SteepestDescent::default());
        let limited = made(2, steepest, StepSizeRule::Fixed(Fixed { alpha: 1e-9 }), 5000);
        let (t, ending) = limited.within(200 * each).finish();
        assert_eq!((t, ending.reason), (5000, Reason::IterationLimit));
    }

    /// A thousand coordinates: of the models of BFGS as many are kept as fill a quarter of the room, and the run goes on.
    #[test]
    fn large_models_are_kept_as_far_as_there_is_room() {
        let n = 200;
        let model = n * n * size_of::<f64>();
        let within = |models: usize| {
            let bfgs = DirectionRule::Bfgs(Bfgs::default());
            run(n, bfgs, StepSizeRule::Backtracking(Backtracking::default())).within(models * model)
        };
        let mut run = within(24);
        run.go_to(30);
        assert_eq!(run.iteration(), 30);
        let models = run.past().iter().filter(|step| of_models(step) > 0).count();
        assert_eq!(models, 6);
        let seen = Arc::clone(run.peek().unwrap());
        run.go_to(3);
        run.go_to(30);
        assert_eq!(*run.peek().unwrap(), seen, "what was dropped is made again");
        let mut run = within(3);
        run.go_to(30);
        assert_eq!(run.peek().unwrap_err().reason, Reason::Memory, "not even the models that the rule reads fit");
    }

    /// Vectors that a rule remembers are counted: those of L-BFGS are read off the steps, and cost nothing.
    #[test]
    fn memory_is_counted_by_its_vectors() {
        let plain = run_once(DirectionRule::SteepestDescent(SteepestDescent::default()), fixed());
        let with_memory = run_once(DirectionRule::LBfgs(LBfgs::default()), fixed());
        assert!(of_step(&with_memory) >= of_step(&plain));
        let vectors = Memory::default().with("a", Vector::zeros(7)).with("b", 1.0);
        assert_eq!(of_memory(&vectors), 16 + 2 * size_of::<(&str, Remembered)>() + 16 + 56);
    }

    fn fixed() -> StepSizeRule {
        StepSizeRule::Fixed(Fixed { alpha: 0.1 })
    }
}
