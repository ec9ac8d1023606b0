//! How it looks: a panel takes the state of the lesson and turns it into cells; it owns nothing and changes nothing.

pub mod contour;
pub mod convergence;
pub mod eigen;
pub mod formula;
pub mod help;
pub mod home;
pub mod lines;
pub mod number;
pub mod numbers;
pub mod plot;
pub mod raster;
#[cfg(test)]
mod specimen;
pub mod spelling;
pub mod theme;
