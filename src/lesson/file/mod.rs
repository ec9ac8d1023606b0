//! The lesson file: its keys, its reader, and its complaints.

pub mod complaint;
pub mod format;
pub mod lines;
pub mod read;
pub mod safe;
pub mod shape;
