//! What lies on top of the page, one file a layer: the messages that are about it, and what they come to.

pub mod answering;
pub mod confidence;
pub mod everywhere;
pub mod filter;
pub mod go_to;
pub mod help;
pub mod hint;
pub mod list;
pub mod look_around;
pub mod pair;
pub mod run;
pub mod settings;
pub mod terms;
pub mod why;

/// Said where there is no character to take back.
pub const NOTHING_TYPED: &str = "Nothing is typed here.";
