//! What we descend: a function of a point, with exact derivatives.

pub mod function;
pub mod point;
