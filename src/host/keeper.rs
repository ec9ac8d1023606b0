//! Progress is written beside the drawing, never in its way: the newest state wins, and the last one is always written.

use std::io::Result;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::app::progress::Progress;
use crate::host::store::Store;

/// Somebody who writes what he is told, on a thread of his own.
pub struct Keeper {
    tell: Option<Sender<Progress>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Keeper {
    /// Begins to keep progress in a store.
    pub fn start(store: Store) -> Result<Self> {
        let (tell, told) = channel();
        let trouble = Arc::new(Mutex::new(None));
        let report = Arc::clone(&trouble);
        let thread =
            std::thread::Builder::new().name("progress".into()).spawn(move || write(&store, &told, &report))?;
        Ok(Self { tell: Some(tell), thread: Some(thread), trouble })
    }

    /// Will write this; does not wait for it.
    pub fn keep(&self, progress: Progress) {
        if let Some(tell) = &self.tell {
            // Nobody listens any more only after the last farewell.
            let _ = tell.send(progress);
        }
    }

    /// Why something could not be written, told once.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits until all is written; why not, if it could not be.
    pub fn finish(&mut self) -> Option<String> {
        drop(self.tell.take());
        if let Some(thread) = self.thread.take() {
            // A writer that failed has said so on its way out.
            let _ = thread.join();
        }
        self.trouble()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.finish();
    }
}

fn write(store: &Store, told: &Receiver<Progress>, report: &Mutex<Option<String>>) {
    while let Ok(mut newest) = told.recv() {
        while let Ok(newer) = told.try_recv() {
            newest = newer;
        }
        let trouble = store.save(&newest).err();
        *report.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}
