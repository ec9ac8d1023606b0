//! A why card: what a slide says, and what is true.

use crate::app::act::acts::{Act, Go, Top};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;

use State::Why;
use Words::Fixed;

/// Keys of a why card.
pub const KEYS: &[Binding] =
    &[row(Key::ENTER, &[Why], Message::Prove, "show the run that proves the card", &[Why], Fixed("show me"))];

/// What a message comes to on the why card of this number; `None` if it is not about cards.
pub fn permit(number: usize, sitting: &Sitting, message: Message) -> Option<Result<Act, String>> {
    let cards = &sitting.page().why;
    Some(match message {
        Message::Why if cards.len() == 1 => Err("This page has one why card.".into()),
        Message::Why => lesson::why(sitting).map(|()| Act::Top(Top::Why((number + 1) % cards.len()))),
        Message::Prove if cards.get(number).is_none_or(|card| card.prove.is_none()) => {
            Err("This card has no run to show.".into())
        }
        Message::Prove => Ok(Act::Run(Go::Prove(number))),
        _ => return None,
    })
}
