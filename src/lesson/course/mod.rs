//! The course: its lessons, its packs, its terms.

pub mod library;
pub mod pack;
pub mod terms;
