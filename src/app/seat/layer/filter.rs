//! The list of lessons while what it is narrowed to is being typed.

use crate::app::act::acts::{Act, Browse};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::seat::layer::NOTHING_TYPED;
use crate::app::seat::viewer::ListPlace;

use State::{Filter, Home};
use Words::Fixed;

/// Keys of the list while it is narrowed.
pub const KEYS: &[Binding] = &[
    row(Key::ESC, &[Home, Filter], Message::Lower, "in the list: all lessons again", &[Filter], Fixed("clear")),
    row(Key::ENTER, &[Filter], Message::Confirm, "", &[Filter], Fixed("keep")),
];

/// What a message comes to while the list is narrowed; `None` if it is about the list itself.
pub fn permit(list: &ListPlace, message: Message) -> Option<Result<Act, String>> {
    Some(match message {
        Message::Type(character) => Ok(Act::List(Browse::Type(character))),
        Message::Erase if list.filter.is_empty() => Err(NOTHING_TYPED.into()),
        Message::Erase => Ok(Act::List(Browse::Erase)),
        Message::Confirm => Ok(Act::List(Browse::Keep)),
        Message::Lower => Ok(Act::List(Browse::All)),
        _ => return None,
    })
}
