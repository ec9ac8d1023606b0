//! Which way? One file a rule.

pub mod curved;
pub mod scaled;
pub mod slope;

#[cfg(test)]
mod tests;
