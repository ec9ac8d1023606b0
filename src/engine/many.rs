//! Many runs at once, each by itself: the results come in the order of the runs, whichever finished first.

pub mod basin;
pub mod sweep;

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Callback with the number of finished runs; false cancels. It is called from several threads in any order.
pub type Callback<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// The result of every run of `count`, in order; `None` if `progress` said no.
pub fn each<T: Send>(count: usize, progress: Callback<'_>, run: impl Fn(usize) -> T + Sync + Send) -> Option<Vec<T>> {
    let done = AtomicUsize::new(0);
    let one = |index| {
        let result = run(index);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1).then_some(result)
    };
    (0..count).into_par_iter().map(one).collect()
}
