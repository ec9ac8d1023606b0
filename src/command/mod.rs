//! What can be asked: one file a command.

pub mod answer;
pub mod check;
pub mod cli;
pub mod export;
pub mod learn;
pub mod list;
pub mod look;
pub mod mutants;
pub mod new;
pub mod place;
pub mod progress;
pub mod sandbox;
pub mod schema;
pub mod screen;
pub mod terms;
pub mod trace;
pub mod traced;
