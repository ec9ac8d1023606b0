//! Which messages are permitted now, and why others are not.

pub mod refusal;
