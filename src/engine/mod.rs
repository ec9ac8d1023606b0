//! How one step is made, and the run it belongs to.

#[macro_use]
pub mod rule;

pub mod ask;
pub mod direction;
pub mod many;
pub mod number;
pub mod record;
pub mod run;
pub mod search;
pub mod step_size;
#[cfg(test)]
pub mod tally;
pub mod theory;
