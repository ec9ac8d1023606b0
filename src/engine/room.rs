//! How much room the record of a run takes, and how much it may take before the run has to end.

use std::mem::size_of;
use std::sync::Arc;

use crate::engine::memory::{Memory, Remembered};
use crate::engine::number::short;
use crate::engine::record::{Sample, Step};
use crate::engine::trial::Trial;
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
