//! Who runs it: the only floor that touches the terminal, the disk and the clock.

pub mod capability;
mod signal;
pub mod terminal;
