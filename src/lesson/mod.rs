//! What is taught, asked and aimed for.

pub mod check;
pub mod claim;
pub mod closeness;
pub mod complaint;
pub mod exercise;
pub mod format;
pub mod grade;
pub mod library;
pub mod lines;
pub mod markup;
pub mod pack;
pub mod predicate;
pub mod question;
pub mod quick;
pub mod read;
pub mod review;
pub mod safe;
pub mod sandbox;
pub mod scenario;
pub mod schema;
pub mod shape;
pub mod solution;
pub mod terms;
pub mod vary;
pub mod watch;
pub mod worded;
