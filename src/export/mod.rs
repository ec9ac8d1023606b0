//! What leaves as bytes: rows of numbers, and screens as text or as a picture.

pub mod palette;
pub mod rows;
pub mod shapes;
pub mod svg;
pub mod text;
