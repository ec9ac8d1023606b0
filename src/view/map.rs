//! The landscape from above, and what lies on it.

pub mod basins;
pub mod compared;
pub mod contour;
pub mod legend;
pub mod line;
pub mod overlay;
pub mod picture;
pub mod pin;
pub mod plane;
pub mod runs;
pub mod sheet;
pub mod trail;
