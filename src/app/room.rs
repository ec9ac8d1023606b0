//! What all in a room share: the session, its sittings, and what is kept of them.

pub mod completion;
pub mod errand;
pub mod lesson_list;
pub mod moment;
pub mod now;
pub mod progress;
pub mod recent;
pub mod reload;
pub mod reopen;
pub mod repetition;
pub mod review;
pub mod sandbox;
pub mod session;
pub mod sitting;
pub mod solution;
pub mod staging;
