//! A row of the tables of keys: what a key means, where, and what help sheet and footer say of it.

use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::state::State;

use State::{
    Aiming, Answering, Asked, Confidence, Done, GoTo, Help, Hint, Home, Looking, Pair, Placing, Reopen, Settings,
    Stepping, Why, Writing,
};

/// Where the run takes the keys; a card on top of the page does not hinder it.
pub const RUN: &[State] = &[Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen];
pub const GROUND: &[State] = &[Asked, Stepping, Aiming, Done];
pub const FREE: &[State] = &[Stepping, Aiming, Done, Hint, Why, Reopen];
pub const LESSON: &[State] =
    &[Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Settings, GoTo, Help];
pub const ANYWHERE: &[State] = &[
    Home, Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Settings, Placing, Looking, GoTo,
    Help,
];
/// Where a text may be longer than its place.
pub const READING: &[State] = &[Asked, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Pair];
pub const DRAFT: &[State] = &[Settings, Writing];

/// One key.
pub struct Binding {
    /// Which key.
    pub key: Key,
    /// Where it works.
    pub states: &'static [State],
    /// What it does.
    pub message: Message,
    /// What the help sheet says of it; empty where the row above says it.
    pub help: &'static str,
    /// Where the footer shows it.
    pub footer: &'static [State],
    /// What the footer says.
    pub words: Words,
}

/// What the footer says of a key.
pub enum Words {
    /// Always the same.
    Fixed(&'static str),
    /// What the next beat or page is.
    Next,
    /// Which settings there are to change.
    Controls,
    /// Whether there is a why card that may be opened.
    Cards,
    /// Whether there is a further hint.
    Hints,
    /// Whether the start may move.
    Start,
    /// Whether a question waits for the keys.
    Question,
    /// Whether an answer is whole, so that it can be given.
    Confirm,
    /// Whether there is something to take back.
    TakeBack,
    /// Whether arrows move something.
    Finer,
    /// What there is to come back to.
    Return,
    /// Whether a hint is closed or the answer is left for the run.
    Leave,
    /// How much is due for review.
    Review,
}

/// A row of a table of keys.
pub const fn row(
    key: Key,
    states: &'static [State],
    message: Message,
    help: &'static str,
    footer: &'static [State],
    words: Words,
) -> Binding {
    Binding { key, states, message, help, footer, words }
}
