//! What we descend: a function of a point, with exact derivatives.

pub mod catalog;
pub mod elementary;
pub mod expression;
pub mod fold;
pub mod function;
pub mod landscape;
pub mod mistake;
pub mod names;
pub mod number;
pub mod parse;
pub mod point;
pub mod token;
