//! The whole program at a shell: commands, plain text, numbers as they are typed, and what strangers send.

mod command;
mod plain;
mod reopen;
mod strangers;
mod typed;
