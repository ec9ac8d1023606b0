//! The key sheet, scrolled over everything else.

use crate::app::act::acts::{Act, Top};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::engine::number::Sense;

use State::{Help, Terms};
use Words::Fixed;

/// Keys of the key sheet and of the terms.
pub const KEYS: &[Binding] = &[
    row(Key::UP, &[Help, Terms], Message::Up, "", &[], Fixed("")),
    row(Key::DOWN, &[Help, Terms], Message::Down, "", &[Help, Terms], Fixed("more")),
];

/// What a message comes to on the key sheet, whose first row in view is `top`; `None` if it is not about the sheet.
pub fn permit(top: usize, message: Message) -> Option<Result<Act, String>> {
    Some(match message {
        Message::Up if top == 0 => Err("This is the top.".into()),
        Message::Up => Ok(Act::Top(Top::Scroll(Sense::Less))),
        Message::Down => Ok(Act::Top(Top::Scroll(Sense::More))),
        Message::Lower | Message::Quit | Message::Help => Ok(Act::Top(Top::CloseSheet)),
        _ => return None,
    })
}
