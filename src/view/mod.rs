//! How it looks: a panel takes the state of the lesson and turns it into cells; it owns nothing and changes nothing.

pub mod map;
pub mod page;
pub mod panel;
pub mod paper;
pub mod plot;
pub mod question;
pub mod screen;
pub mod spoken;
