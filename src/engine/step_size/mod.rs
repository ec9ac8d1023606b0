//! How far? One file a rule.

pub mod backtracking;
pub mod diminishing;
pub mod fixed;
pub mod if_lower;
pub mod whole;
