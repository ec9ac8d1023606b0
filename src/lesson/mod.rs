//! What is taught, asked and aimed for.

pub mod claim;
pub mod library;
pub mod markup;
pub mod safe;
pub mod scenario;
pub mod schema;
