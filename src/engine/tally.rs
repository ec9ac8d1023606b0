//! How often something costly was done on this thread: tests hold what a thing costs against what it may cost.

use std::cell::Cell;

thread_local! {
    static CLONES: Cell<usize> = const { Cell::new(0) };
    static DECOMPOSITIONS: Cell<usize> = const { Cell::new(0) };
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
