//! How a method asks its objective: one oracle that counts, one line that logs every trial.

pub mod line;
pub mod noise;
pub mod oracle;
