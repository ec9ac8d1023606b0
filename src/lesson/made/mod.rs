//! Lessons made on the spot: sandbox, solution, review.

pub mod review;
pub mod sandbox;
pub mod solution;
