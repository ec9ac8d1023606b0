//! `downhill` teaches numerical optimization one step at a time, in a terminal.
//!
//! The crate is a tower: every import runs down. From the ground up: [`objective`] (what we descend), [`engine`]
//! (how one step is made), [`lesson`] (what is taught), [`app`] (what happens), [`view`] (how it looks) beside
//! [`export`] (what leaves as bytes), [`host`] (who runs it), [`command`] (what can be asked).

pub mod app;
pub mod command;
pub mod engine;
pub mod export;
pub mod host;
pub mod lesson;
pub mod objective;
pub mod view;
