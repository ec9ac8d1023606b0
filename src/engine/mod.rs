//! How one step is made, and the run it belongs to.

pub mod ask;
pub mod direction;
pub mod many;
pub mod number;
pub mod record;
pub mod rule;
pub mod run;
pub mod search;
pub mod step_size;
#[cfg(test)]
pub mod tally;
pub mod theory;
