//! How long somebody waits who has no key to stop it.

use std::time::{Duration, Instant};

/// Some time that runs out.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    since: Instant,
    time: Duration,
}

impl Patience {
    /// So much time from now on.
    #[expect(clippy::disallowed_methods, reason = "how long something takes is told by a clock")]
    pub fn of(time: Duration) -> Self {
        Self { since: Instant::now(), time }
    }

    /// Whether it has run out.
    pub fn is_spent(&self) -> bool {
        self.since.elapsed() > self.time
    }
}
