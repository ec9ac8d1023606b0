//! How far? One file a rule.

pub mod backtracking;
pub mod diminishing;
pub mod fixed;
