//! What can be asked: one file a command.

pub mod cli;
