//! The lesson file: its keys, its reader, and its complaints.

pub mod complaint;
pub mod fields;
pub mod format;
pub mod judge;
pub mod lines;
pub mod read;
pub mod safe;
pub mod shape;
