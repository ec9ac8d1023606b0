//! What is taught, asked and aimed for.

pub mod check;
pub mod claim;
pub mod course;
pub mod file;
pub mod made;
pub mod markup;
pub mod page_box;
pub mod question;
pub mod scenario;
pub mod schema;
