//! Plots: axes, curves against t or α, and what is kept of them between frames.

pub mod axes;
pub mod axis;
pub mod chart;
pub mod memo;
pub mod ray;
pub mod series;
