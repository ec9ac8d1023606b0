//! Key presses, and the scripts that stand for them.

pub mod press;
