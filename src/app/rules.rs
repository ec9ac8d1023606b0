//! Which messages are permitted now, and why others are not.

pub mod lesson;
pub mod permit;
pub mod stray;
