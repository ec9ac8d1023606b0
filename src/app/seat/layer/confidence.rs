//! The card that asks how sure the learner is of an answer.

use crate::app::act::acts::{Act, Go};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::lesson::question::Answer;

use State::{Asked, Confidence};
use Words::Fixed;

/// Keys that choose an answer, or say how sure the learner is.
pub const KEYS: &[Binding] = &[
    row(Key::char('1'), &[Asked, Confidence], Message::Answer(0), "answer; or: a guess", &[], Fixed("")),
    row(Key::char('2'), &[Asked, Confidence], Message::Answer(1), "answer; or: I think so", &[], Fixed("")),
    row(Key::char('3'), &[Asked, Confidence], Message::Answer(2), "answer; or: sure", &[], Fixed("")),
    row(Key::char('4'), &[Asked], Message::Answer(3), "answer", &[], Fixed("")),
];

/// What a message comes to on the card that asks about this answer; `None` if it does not say how sure.
pub fn permit(answer: &Answer, message: Message) -> Option<Result<Act, String>> {
    let Message::Answer(sure) = message else { return None };
    Some(Ok(Act::Run(Go::Answer(answer.clone(), Some(sure)))))
}
