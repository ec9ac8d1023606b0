//! How often something costly was done on this thread: tests hold what a thing costs against what it may cost.

use std::cell::Cell;

thread_local! {
    static CLONES: Cell<usize> = const { Cell::new(0) };
    static DECOMPOSITIONS: Cell<usize> = const { Cell::new(0) };
    static STORIES: Cell<usize> = const { Cell::new(0) };
    static STANDINGS: Cell<usize> = const { Cell::new(0) };
    static DRAFTS: Cell<usize> = const { Cell::new(0) };
}

/// A field of a run that counts the clones of runs.
#[derive(Debug)]
pub struct Cloned;

impl Clone for Cloned {
    fn clone(&self) -> Self {
        CLONES.set(CLONES.get() + 1);
        Self
    }
}

/// Counts one eigen-decomposition.
pub fn decomposed() {
    DECOMPOSITIONS.set(DECOMPOSITIONS.get() + 1);
}

/// How many clones of runs and how many eigen-decompositions an act makes on this thread, and what it gives.
pub fn counted<T>(act: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = (CLONES.get(), DECOMPOSITIONS.get());
    let result = act();
    (result, CLONES.get() - before.0, DECOMPOSITIONS.get() - before.1)
}

/// Counts one story of a sitting.
pub fn told() {
    STORIES.set(STORIES.get() + 1);
}

/// Counts one standing of a sitting.
pub fn stood() {
    STANDINGS.set(STANDINGS.get() + 1);
}

/// Counts one draft of the settings.
pub fn drafted() {
    DRAFTS.set(DRAFTS.get() + 1);
}

/// How many stories, standings and drafts of settings an act makes on this thread.
pub fn made(act: impl FnOnce()) -> [usize; 3] {
    let all = || [STORIES.get(), STANDINGS.get(), DRAFTS.get()];
    let before = all();
    act();
    std::array::from_fn(|index| all()[index] - before[index])
}
