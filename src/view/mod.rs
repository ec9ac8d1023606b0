//! How it looks: a panel takes the state of the lesson and turns it into cells; it owns nothing and changes nothing.

pub mod contour;
pub mod plot;
pub mod raster;
pub mod spelling;
pub mod theme;
