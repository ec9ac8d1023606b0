//! How far? One file a rule.

pub mod backtracking;
pub mod barzilai_borwein;
pub mod cosine_annealing;
pub mod diminishing;
pub mod exact;
pub mod exponential_decay;
pub mod fixed;
pub mod formula;
pub mod goldstein;
pub mod hager_zhang;
pub mod if_lower;
pub mod inverse_time_decay;
pub mod lipschitz;
pub mod more_thuente;
pub mod optimal_quadratic;
pub mod polyak;
pub mod step_decay;
pub mod strong_wolfe;
pub mod warmup_cosine;
pub mod weak_wolfe;
pub mod whole;
