//! What we descend: a function of a point, with exact derivatives.

pub mod catalog;
pub mod formula;
pub mod function;
pub mod landscape;
pub mod point;
pub mod subject;
