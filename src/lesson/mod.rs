//! What is taught, asked and aimed for.

pub mod check;
pub mod claim;
pub mod complaint;
pub mod exercise;
pub mod grade;
pub mod library;
pub mod markup;
pub mod predicate;
pub mod question;
pub mod quick;
pub mod read;
pub mod safe;
pub mod sandbox;
pub mod scenario;
pub mod schema;
pub mod solution;
pub mod terms;
pub mod vary;
pub mod watch;
