//! Which way? One file a rule.

pub mod rotated;
pub mod steepest_descent;
