//! An answer on its way: made, given, graded, and when its outcome is seen.

pub mod answering;
pub mod attempt;
pub mod given;
pub mod making;
pub mod number;
pub mod order;
pub mod outcome;
pub mod pair;
pub mod point;
pub mod table;
