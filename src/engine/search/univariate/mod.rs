//! How low can one go along a line? Ways to find the first minimiser of φ.

pub mod bracket;
pub mod brent;
pub mod golden;
pub mod root;
