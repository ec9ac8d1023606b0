//! One viewer: what lies on top of the page, and what is being typed.

pub mod faults;
pub mod follow;
pub mod layer;
pub mod viewer;
