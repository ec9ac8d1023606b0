//! The panels beside the map, each in the file of its name.

pub mod curvature;
pub mod curve;
pub mod drawn;
pub mod line_search;
pub mod momentum;
pub mod numbers;
pub mod progress;
pub mod schedule;
pub mod table;
pub mod theory;
pub mod trials;
