//! Who runs it: the floors that touch the terminal, the disk and the clock.

pub mod capability;
mod signal;
pub mod terminal;
