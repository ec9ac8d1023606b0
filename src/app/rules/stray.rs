//! Why a key that has a meaning elsewhere has none here.

use crate::app::act::message::Message;
use crate::app::key::press::{Code, Key};
use crate::app::keymap::state::State;
use crate::app::keymap::table;

/// Why a character is no part of the number that is typed here, also where it is a key elsewhere; `None` where letters are
/// typed, or nothing.
pub fn foreign(character: char, state: State) -> Option<String> {
    let what = if character.is_alphabetic() { "the letter " } else { "" };
    match state {
        State::Answering => Some(format!("An answer is typed in digits, without {what}{character}.")),
        State::Settings => Some(format!("A number is typed here, without {what}{character}.")),
        State::GoTo => Some(format!("An iteration is a whole number, without {what}{character}.")),
        _ => None,
    }
}

/// Why a key that has a meaning elsewhere has none here; `None` for a key that has none anywhere.
pub fn stray(pressed: Key, state: State) -> Option<String> {
    let Some(known) = table::rows().find(|binding| binding.key == pressed) else {
        return match pressed {
            Key { code: Code::Char(character), ctrl: false, alt: false, shift: false } => foreign(character, state),
            _ => None,
        };
    };
    let key = known.key.label();
    Some(match state {
        State::Confidence => "Say first how sure you are, with 1, 2 or 3; Esc takes the answer back.".into(),
        State::Pair => "Alone or two? 1 or 2; Esc leaves it as it was.".into(),
        State::Help | State::Terms => "Esc closes this sheet first.".into(),
        State::GoTo => "A number is awaited: Enter goes there, Esc goes nowhere.".into(),
        State::Placing => "The start is being moved: Enter starts there, Esc leaves it.".into(),
        State::Settings | State::Writing => format!("The key {key} does nothing in the settings: Esc closes them."),
        State::Filter => format!("The key {key} does nothing here: Enter ends the typing."),
        State::Looking => format!("The key {key} waits until you have looked around: Esc ends it."),
        State::Answering => format!("The key {key} does nothing in an answer: Esc leaves it for the run."),
        State::Home => format!("The key {key} is for lessons: Enter opens one."),
        _ => match known.message {
            Message::Answer(_) => "No question is open here.".into(),
            Message::Filter => format!("The key {key} is for the list of lessons: q leads there."),
            Message::Fork | Message::Place => format!("The key {key} is for the settings: e opens them."),
            Message::Finer | Message::Coarser => format!("The key {key} is for moving the start: e, then m."),
            Message::Up | Message::Down => format!("The key {key} is for lists and settings."),
            _ => format!("The key {key} does nothing here; ? lists the keys."),
        },
    })
}
