//! Schedules: α depends on t alone.

pub mod cosine_annealing;
pub mod diminishing;
pub mod exponential_decay;
pub mod fixed;
pub mod formula;
pub mod inverse_time_decay;
pub mod step_decay;
pub mod warmup_cosine;
