//! What leaves as bytes: rows of numbers, reports, and screens as text or as a picture.

pub mod ansi;
pub mod json_schema;
pub mod palette;
pub mod report;
pub mod rows;
pub mod shapes;
pub mod svg;
pub mod text;
