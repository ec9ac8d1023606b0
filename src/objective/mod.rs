//! What we descend: a function of a point, with exact derivatives.

pub mod call;
pub mod catalog;
pub mod condition;
pub mod dimension;
pub mod elementary;
pub mod expression;
pub mod fold;
pub mod foreign;
pub mod function;
pub mod glyph;
pub mod heading;
pub mod landscape;
pub mod latex;
pub mod mistake;
pub mod names;
pub mod number;
pub mod parse;
pub mod parser;
pub mod point;
pub mod token;
