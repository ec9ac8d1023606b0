//! An answer that is being made, on the page or above a hint.

use crate::app::act::acts::{Act, Go, Stroke, Top};
use crate::app::act::message::Message;
use crate::app::answer::pair::Turn;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::seat::viewer::Viewer;
use crate::engine::number::Sense;
use crate::lesson::question::Answer;

use State::Answering;
use Words::Fixed;

/// Keys of an answer that takes more than one.
pub const KEYS: &[Binding] = &[
    row(Key::ENTER, &[Answering], Message::Confirm, "in an answer: give it", &[Answering], Words::Confirm),
    row(Key::LEFT, &[Answering], Message::Less, "in an answer: left, or back", &[], Fixed("")),
    row(Key::RIGHT, &[Answering], Message::More, "in an answer: right, or on", &[], Fixed("")),
    row(Key::UP, &[Answering], Message::Up, "", &[], Fixed("")),
    row(Key::DOWN, &[Answering], Message::Down, "", &[], Fixed("")),
    row(Key::BACKSPACE, &[Answering], Message::Erase, "", &[Answering], Words::TakeBack),
    row(
        Key::char('<'),
        &[Answering],
        Message::Finer,
        "in an answer: finer steps of a point",
        &[Answering],
        Words::Finer,
    ),
    row(Key::char('>'), &[Answering], Message::Coarser, "in an answer: coarser steps", &[], Fixed("")),
];

/// What a message comes to in the answer; `None` if it is not about it, or where no question takes more than one key.
pub fn permit(message: Message, session: &Session, sitting: &Sitting, viewer: &Viewer) -> Option<Result<Act, String>> {
    let stroke = stroke(message)?;
    // What begins a number reaches the answer from under any card, and from the run.
    let is_typed = matches!(stroke, Stroke::Type(_));
    if !(is_typed || viewer.layer.shows_question() && viewer.is_answering(sitting)) {
        return None;
    }
    let mut attempt = viewer.attempt(sitting)?;
    if matches!(stroke, Stroke::Across(_)) && !attempt.making().goes_up_and_down() {
        return None;
    }
    Some(match stroke {
        Stroke::Finish => attempt.making_mut().finish().map(|answer| match answer {
            Some(answer) => give(session, sitting, answer),
            None => Act::Attempt(Stroke::Finish),
        }),
        Stroke::Erase | Stroke::Pace(_) => attempt.making_mut().take(stroke).map(|()| Act::Attempt(stroke)),
        stroke => Ok(Act::Attempt(stroke)),
    })
}

/// What a key is to an answer that is being made; `None` for a key that is nothing to it.
fn stroke(message: Message) -> Option<Stroke> {
    Some(match message {
        Message::Confirm => Stroke::Finish,
        Message::Type(character) => Stroke::Type(character),
        Message::Erase => Stroke::Erase,
        Message::Less => Stroke::Along(Sense::Less),
        Message::More => Stroke::Along(Sense::More),
        Message::Down => Stroke::Across(Sense::Less),
        Message::Up => Stroke::Across(Sense::More),
        Message::Finer => Stroke::Pace(Sense::Less),
        Message::Coarser => Stroke::Pace(Sense::More),
        _ => return None,
    })
}

/// Gives an answer, or asks first how sure the learner is; of two each is asked.
pub fn give(session: &Session, sitting: &Sitting, answer: Answer) -> Act {
    let is_asked = match session.pair.as_ref().and_then(|pair| pair.turn(sitting)) {
        Some(Turn::First(..) | Turn::Second(..)) => true,
        Some(Turn::Together) => false,
        None => sitting.open_question().is_some_and(|ask| ask.confidence),
    };
    if is_asked { Act::Top(Top::Confidence(answer)) } else { Act::Run(Go::Answer(answer, None)) }
}
