//! Step sizes in closed form: α follows from what is known at xₜ, without a trial.

pub mod barzilai_borwein;
pub mod lipschitz;
pub mod optimal_quadratic;
pub mod polyak;
pub mod whole;
