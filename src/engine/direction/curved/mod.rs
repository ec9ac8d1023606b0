//! Directions that use the curvature of f: exact, learned from gradients, or from the Jacobian of residuals.

pub mod bfgs;
pub mod l_bfgs;
pub mod levenberg_marquardt;
pub mod newton;
