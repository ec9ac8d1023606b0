//! The map, looked around in.

use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::engine::number::Sense;

use State::Looking;
use Words::Fixed;

/// Keys that move and magnify the view of the map.
pub const KEYS: &[Binding] = &[
    row(Key::LEFT, &[Looking], Message::Pan(-1, 0), "", &[], Fixed("")),
    row(Key::RIGHT, &[Looking], Message::Pan(1, 0), "", &[], Fixed("")),
    row(Key::UP, &[Looking], Message::Pan(0, 1), "", &[], Fixed("")),
    row(Key::DOWN, &[Looking], Message::Pan(0, -1), "", &[], Fixed("")),
    row(Key::char('+'), &[Looking], Message::Near(Sense::More), "", &[Looking], Fixed("nearer")),
    row(Key::char('='), &[Looking], Message::Near(Sense::More), "", &[], Fixed("")),
    row(Key::char('-'), &[Looking], Message::Near(Sense::Less), "", &[Looking], Fixed("farther")),
    row(Key::char('0'), &[Looking], Message::LookBack, "", &[Looking], Fixed("as the lesson shows it")),
];
