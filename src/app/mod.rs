//! What happens: keys become messages, messages change state.

pub mod cursor;
pub mod look;
pub mod message;
pub mod outcome;
pub mod settings;
pub mod sitting;
pub mod viewer;
