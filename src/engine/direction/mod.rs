//! Which way? One file a rule.

pub mod adagrad;
pub mod adam;
pub mod bfgs;
pub mod conjugate_gradient;
pub mod l_bfgs;
pub mod levenberg_marquardt;
pub mod momentum;
pub mod nesterov;
pub mod newton;
pub mod perturbed;
pub mod rmsprop;
pub mod rotated;
pub mod rprop;
pub mod steepest_descent;

#[cfg(test)]
mod tests;
