//! The list of lessons.

use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{ANYWHERE, Binding, Words, row};
use crate::app::keymap::state::State;

use State::{Filter, Home};
use Words::Fixed;

/// Keys of the list of lessons; the terms open from anywhere.
pub const KEYS: &[Binding] = &[
    row(Key::UP, &[Home, Filter], Message::Up, "in the list: the lesson before", &[], Fixed("")),
    row(Key::DOWN, &[Home, Filter], Message::Down, "in the list: the lesson after", &[Home, Filter], Fixed("choose")),
    row(Key::ENTER, &[Home], Message::Open, "in the list: open the lesson", &[Home], Fixed("open")),
    row(Key::RIGHT, &[Home], Message::Open, "", &[], Fixed("")),
    row(Key::char('/'), &[Home], Message::Filter, "in the list: narrow it by typing", &[Home], Fixed("filter")),
    row(Key::char('r'), &[Home], Message::Review, "in the list: review what is due", &[Home], Words::Review),
    row(Key::char('s'), &[Home], Message::Sandbox, "in the list: an empty sandbox", &[Home], Fixed("sandbox")),
    row(Key::char('t'), ANYWHERE, Message::Terms, "terms: what words and symbols mean", &[Home], Fixed("terms")),
];
