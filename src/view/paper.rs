//! What pictures and texts are made of: the theme, spelling, lines, frames, dots.

pub mod border;
pub mod formula;
pub mod frame;
pub mod lines;
pub mod pad;
pub mod raster;
pub mod scale;
#[cfg(test)]
pub(in crate::view) mod specimen;
pub mod spelling;
pub mod theme;
pub mod typeset;
pub mod words;
