//! How it looks: a panel takes the state of the lesson and turns it into cells; it owns nothing and changes nothing.

pub mod basins;
pub mod contour;
pub mod convergence;
pub mod curve;
pub mod drawn;
pub mod eigen;
pub mod formula;
pub mod help;
pub mod home;
pub mod keys;
pub mod legend;
pub mod line_search;
pub mod lines;
pub mod map;
pub mod memo;
pub mod numbers;
pub mod overlay;
pub mod page;
pub mod plane;
pub mod plot;
pub mod raster;
pub mod ray;
pub mod screen;
pub mod settings;
pub mod sheet;
pub mod spelling;
pub mod story;
pub mod theme;
pub mod timeline;
pub mod trials;
pub mod typeset;
pub mod work;

#[cfg(test)]
mod specimen;
