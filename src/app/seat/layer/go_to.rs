//! The field that asks which iteration to go to.

use crate::app::act::acts::{Act, Go, Top};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::seat::layer::NOTHING_TYPED;
use crate::engine::number::numeral;

use State::GoTo;
use Words::Fixed;

/// Keys of the field that asks for an iteration.
pub const KEYS: &[Binding] = &[row(Key::ENTER, &[GoTo], Message::Confirm, "", &[GoTo], Fixed("go"))];

/// What a message comes to in the field that asks for an iteration; `None` if it is not about the field.
pub fn permit(typed: &str, message: Message) -> Option<Result<Act, String>> {
    Some(match message {
        Message::Type(character) => Ok(Act::Top(Top::Type(character))),
        Message::Erase if typed.is_empty() => Err(NOTHING_TYPED.into()),
        Message::Erase => Ok(Act::Top(Top::Erase)),
        // Nothing was typed: that leads nowhere.
        Message::Confirm if typed.is_empty() => Ok(Act::Top(Top::Close)),
        Message::Confirm => Ok(match numeral::count(typed) {
            Ok(t) => Act::Run(Go::To(usize::try_from(t).unwrap_or(usize::MAX))),
            Err(why) => Act::Top(Top::Fault(why)),
        }),
        _ => return None,
    })
}
