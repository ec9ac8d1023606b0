//! What we descend: a function of a point, with exact derivatives.

pub mod point;
