//! Who runs it: the only floor that touches the terminal, the disk and the clock.

pub mod calendar;
pub mod capability;
pub mod clipboard;
pub mod disk;
pub mod foreign;
pub mod headless;
pub mod keeper;
pub mod learner;
pub mod packs;
pub mod patience;
pub mod plain;
pub mod program;
mod replace;
mod signal;
pub mod store;
pub mod terminal;
pub mod watcher;
