//! The terms of the course as a sheet over everything else: narrowed by typing, scrolled, closed.

use crate::app::act::acts::{Act, Top};
use crate::app::act::message::Message;
use crate::app::seat::layer::NOTHING_TYPED;
use crate::engine::number::Sense;

/// What a message comes to on the terms, narrowed to what is typed; `None` if it is not about them.
pub fn permit(top: usize, typed: &str, message: Message) -> Option<Result<Act, String>> {
    Some(match message {
        Message::Up if top == 0 => Err("This is the top.".into()),
        Message::Up => Ok(Act::Top(Top::Scroll(Sense::Less))),
        Message::Down => Ok(Act::Top(Top::Scroll(Sense::More))),
        Message::Type(character) => Ok(Act::Top(Top::Type(character))),
        Message::Erase if typed.is_empty() => Err(NOTHING_TYPED.into()),
        Message::Erase => Ok(Act::Top(Top::Erase)),
        Message::Lower | Message::Quit | Message::Help => Ok(Act::Top(Top::CloseSheet)),
        _ => return None,
    })
}
