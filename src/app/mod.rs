//! What happens: keys become messages, messages change state.

pub mod cards;
pub mod classroom;
pub mod cursor;
pub mod footer;
pub mod glimpse;
pub mod key;
pub mod keymap;
pub mod look;
pub mod message;
pub mod outcome;
pub mod progress;
pub mod session;
pub mod settings;
pub mod sitting;
pub mod staging;
pub mod travel;
pub mod update;
pub mod viewer;
