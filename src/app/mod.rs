//! What happens: keys become messages, messages change state.

pub mod assign;
pub mod cards;
pub mod classroom;
pub mod cursor;
pub mod entry;
pub mod footer;
pub mod glimpse;
pub mod key;
pub mod keymap;
pub mod left;
pub mod look;
pub mod message;
pub mod outcome;
pub mod placing;
pub mod reopen;
pub mod sandbox;
pub mod session;
pub mod setting;
pub mod settings;
pub mod sitting;
pub mod staging;
pub mod travel;
pub mod typed;
pub mod update;
pub mod viewer;
