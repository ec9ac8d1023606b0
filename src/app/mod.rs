//! What happens: keys become messages, messages change state.

pub mod act;
pub mod answer;
pub mod classroom;
pub mod key;
pub mod keymap;
pub mod look;
pub mod room;
pub mod rules;
pub mod run;
pub mod saying;
pub mod seat;
pub mod settings;
