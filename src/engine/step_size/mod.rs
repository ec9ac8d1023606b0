//! How far? One file a rule.

pub mod closed;
pub mod schedule;
pub mod search;
