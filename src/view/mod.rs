//! How it looks: a panel takes the state of the lesson and turns it into cells; it owns nothing and changes nothing.

pub mod aloud;
pub mod border;
pub mod chart;
pub mod contour;
pub mod convergence;
pub mod curve;
pub mod direction_numbers;
pub mod drawn;
pub mod eigen;
pub mod formula;
pub mod help;
pub mod home;
pub mod keys;
pub mod layout;
pub mod line_search;
pub mod lines;
pub mod map;
pub mod memo;
pub mod momentum;
pub mod numbers;
pub mod own_beats;
pub mod page;
pub mod plain;
pub mod plot;
pub mod raster;
pub mod ray;
pub mod schedule;
pub mod screen;
pub mod section;
pub mod series;
pub mod settings;
pub mod speech;
pub mod spelling;
pub mod step_numbers;
pub mod story;
pub mod table;
pub mod theme;
pub mod theory;
pub mod timeline;
pub mod told;
pub mod trail;
pub mod trials;
pub mod typeset;
pub mod work;

#[cfg(test)]
mod specimen;
