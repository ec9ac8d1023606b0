//! The settings as one learner drafts them.

pub mod assign;
pub mod draft;
pub mod entry;
pub mod placing;
pub mod round_step;
pub mod row;
pub mod rules;
pub mod typed;
