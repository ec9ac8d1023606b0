//! A lesson as linear text, for ears, pipes and logs.

pub mod aloud;
pub mod casting;
pub mod plain;
pub mod speech;
