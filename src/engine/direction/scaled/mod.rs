//! Directions that scale each coordinate by itself.

pub mod adagrad;
pub mod adam;
pub mod rmsprop;
pub mod rprop;
