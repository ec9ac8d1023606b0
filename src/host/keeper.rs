//! Progress is written beside the drawing, never in its way: the newest state wins, and the last one is always written.

use std::io::Result;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::app::room::progress::Progress;
use crate::host::signal;
use crate::host::store::Store;

/// Somebody who writes what he is told, on a thread of his own.
pub struct Keeper {
    tell: Option<Sender<Progress>>,
    /// How many states were told.
    told: usize,
    thread: Option<JoinHandle<()>>,
    report: Arc<Mutex<SaveReport>>,
}

/// How the last save went.
#[derive(Default)]
struct SaveReport {
    trouble: Option<String>,
    is_told: bool,
    /// How many of the states that were told are dealt with, kept or not.
    done: usize,
    /// Whether the newest of them is not kept.
    is_unkept: bool,
}

impl Keeper {
    /// Begins to keep progress in a store.
    pub fn start(store: Store) -> Result<Self> {
        signal::outlive_large_files()?;
        let (tell, told) = channel();
        let report = Arc::new(Mutex::new(SaveReport::default()));
        let writer = Arc::clone(&report);
        let thread =
            std::thread::Builder::new().name("progress".into()).spawn(move || write(&store, &told, &writer))?;
        Ok(Self { tell: Some(tell), told: 0, thread: Some(thread), report })
    }

    /// Will write this; does not wait for it.
    pub fn keep(&mut self, progress: Progress) {
        if let Some(tell) = &self.tell {
            self.told += 1;
            // Nobody listens any more only after the last farewell.
            let _ = tell.send(progress);
        }
    }

    /// Why something could not be written, told once.
    pub fn trouble(&self) -> Option<String> {
        let mut report = look(&self.report);
        let is_told = std::mem::replace(&mut report.is_told, true);
        report.trouble.clone().filter(|_| !is_told)
    }

    /// Whether something is being written, so that it may soon be said how that went.
    pub fn is_busy(&self) -> bool {
        look(&self.report).done < self.told
    }

    /// Whether what was done last could not be written.
    pub fn is_behind(&self) -> bool {
        look(&self.report).is_unkept
    }

    /// Waits until all is written; why the last state could not be, whether that was told before or not.
    pub fn finish(&mut self) -> Option<String> {
        drop(self.tell.take());
        if let Some(thread) = self.thread.take() {
            // A writer that failed has said so on its way out.
            let _ = thread.join();
        }
        look(&self.report).trouble.take()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.finish();
    }
}

fn look(report: &Mutex<SaveReport>) -> MutexGuard<'_, SaveReport> {
    report.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(store: &Store, told: &Receiver<Progress>, report: &Mutex<SaveReport>) {
    let mut unkept = None;
    while let Ok(mut newest) = told.recv() {
        let mut states = 1;
        while let Ok(newer) = told.try_recv() {
            newest = newer;
            states += 1;
        }
        unkept = if save(store, &newest, report) { None } else { Some(newest) };
        look(report).done += states;
    }
    // At the end there may be room again.
    if let Some(newest) = unkept {
        save(store, &newest, report);
    }
}

/// Saves, reports, and says whether it is kept. The same trouble is not told twice.
fn save(store: &Store, newest: &Progress, report: &Mutex<SaveReport>) -> bool {
    let (is_kept, trouble) = match store.save(newest) {
        Ok(notice) => (true, notice),
        Err(why) => (false, Some(why)),
    };
    let mut report = look(report);
    report.is_told &= report.trouble == trouble;
    report.trouble = trouble;
    report.is_unkept = !is_kept;
    is_kept
}
