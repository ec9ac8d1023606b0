//! Directions made of gradients alone, each gradient as one vector.

pub mod conjugate_gradient;
pub mod momentum;
pub mod nesterov;
pub mod perturbed;
pub mod rotated;
pub mod steepest_descent;
