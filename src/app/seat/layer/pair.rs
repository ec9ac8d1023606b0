//! The card that asks whether one learns or two, with the names typed.

use crate::app::act::acts::{Act, Go, Top};
use crate::app::act::message::Message;
use crate::app::answer::pair::{LONGEST, Pair, fits_name};
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::seat::layer::NOTHING_TYPED;

use Words::Fixed;

/// Keys of the card that asks whether one learns or two.
pub const KEYS: &[Binding] = &[
    row(Key::char('1'), &[State::Pair], Message::Answer(0), "", &[State::Pair], Fixed("alone")),
    row(Key::char('2'), &[State::Pair], Message::Answer(1), "", &[State::Pair], Fixed("two")),
    row(Key::ENTER, &[State::Pair], Message::Confirm, "", &[], Fixed("")),
];

/// What a message comes to on the card; `None` if it does not answer it.
pub fn permit(typed: &str, message: Message) -> Option<Result<Act, String>> {
    Some(match message {
        Message::Type(letter) if !(fits_name(letter) || letter == ',') => {
            Err("1 or 2; or two names, of letters, parted by a comma.".into())
        }
        Message::Type(' ') if typed.is_empty() || typed.ends_with(' ') => Err("A name begins with a letter.".into()),
        Message::Type(_) if typed.chars().count() >= 2 * LONGEST + 2 => {
            Err("That is long enough for two names.".into())
        }
        Message::Type(letter) => Ok(Act::Top(Top::Type(letter))),
        Message::Erase if typed.is_empty() => Err(NOTHING_TYPED.into()),
        Message::Erase => Ok(Act::Top(Top::Erase)),
        Message::Answer(0) => Ok(Act::Run(Go::Pair(None))),
        Message::Answer(_) | Message::Confirm => Ok(match Pair::read(typed) {
            Ok(_) => Act::Run(Go::Pair(Some(typed.to_owned()))),
            Err(why) => Act::Top(Top::Fault(why)),
        }),
        _ => return None,
    })
}
