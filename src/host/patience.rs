//! How long somebody waits who has no key to stop it.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// Some time that runs out: time of the clock, and of the processor, so that a machine that is busy with other things
/// makes nothing end early.
#[derive(Debug, Clone)]
pub struct Deadline {
    since: Instant,
    time: Duration,
    /// The processor time of the whole program before; `None` where the system does not tell it.
    before: Option<Duration>,
    /// When the processor time was asked for last.
    asked: Cell<Instant>,
    /// Whether it has run out; then it stays so, however soon the next question comes.
    is_spent: Cell<bool>,
}

/// The processor time is asked for no more often than this: it takes some microseconds.
const BETWEEN: Duration = Duration::from_millis(50);

impl Deadline {
    /// So much time from now on.
    pub fn of(time: Duration) -> Self {
        Self { since: now(), time, before: processor_time(), asked: Cell::new(now()), is_spent: Cell::new(false) }
    }

    /// Whether it has run out.
    pub fn is_spent(&self) -> bool {
        if self.is_spent.get() || self.since.elapsed() <= self.time {
            return self.is_spent.get();
        }
        let Some(before) = self.before else { return true };
        if self.asked.get().elapsed() < BETWEEN {
            return false;
        }
        self.asked.set(now());
        self.is_spent.set(processor_time().is_none_or(|spent| spent.saturating_sub(before) > self.time));
        self.is_spent.get()
    }
}

#[expect(clippy::disallowed_methods, reason = "how long something takes is told by a clock")]
fn now() -> Instant {
    Instant::now()
}

/// The processor time of this program so far, in user and system mode: fields 14 and 15 of `/proc/self/stat`, in
/// hundredths of a second.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sleeping takes no time of the processor; work does.
    #[test]
    #[cfg(target_os = "linux")]
    fn only_time_at_work_counts() {
        let patience = Deadline::of(Duration::from_millis(60));
        let start = now();
        let mut product = 1.0_f64;
        while !patience.is_spent() {
            assert!(start.elapsed() < Duration::from_secs(60));
            product = (0..10_000).fold(product, |product, i| product.mul_add(1.000_001, f64::from(i)).sin());
        }
        assert!(product.is_finite() && start.elapsed() >= Duration::from_millis(60));
        assert!(patience.is_spent(), "what has run out stays so");
        assert!(processor_time().unwrap() >= Duration::from_millis(60));
    }
}
