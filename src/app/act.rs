//! What messages do.

pub mod cards;
pub mod glossary;
pub mod going;
pub mod map;
pub mod message;
pub mod two;
pub mod update;
