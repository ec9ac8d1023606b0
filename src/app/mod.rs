//! What happens: keys become messages, messages change state.

pub mod basins;
pub mod cards;
pub mod classroom;
pub mod cursor;
pub mod footer;
pub mod glimpse;
pub mod grid;
pub mod journey;
pub mod key;
pub mod keymap;
pub mod look;
pub mod lookout;
pub mod message;
pub mod outcome;
pub mod overlay;
pub mod progress;
pub mod session;
pub mod settings;
pub mod sitting;
pub mod staging;
pub mod travel;
pub mod update;
pub mod viewer;
pub mod work;
