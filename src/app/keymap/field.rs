//! Which characters go into the field that is open, or to an open question, rather than being keys.

use std::borrow::Cow;

use crate::app::keymap::state::State;
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::assign;
use crate::engine::number::coordinates;
use crate::engine::number::numeral;
use crate::lesson::question::Kind;

/// Whether a character is typed rather than a command.
pub fn takes(session: &Session, state: State, character: char, viewer: &Viewer) -> bool {
    let is_typing = matches!(&viewer.layer, Layer::Settings(draft) if draft.typed.is_some());
    match state {
        State::Writing | State::Filter | State::Terms => true,
        // A name may begin with any letter; 1 and 2 say how many learn.
        State::Pair => !"12".contains(character),
        // An exponent belongs to a number that is being typed; alone its letter is a key.
        State::Settings => numeral::begins(character) || (is_typing && numeral::goes_on(character)),
        State::GoTo => {
            let is_begun = matches!(&viewer.layer, Layer::GoTo(typed) if !typed.is_empty());
            numeral::begins(character) || (is_begun && numeral::goes_on(character))
        }
        State::Answering => {
            let attempt = session.sitting.as_ref().and_then(|sitting| viewer.attempt(sitting));
            attempt.is_some_and(|attempt| attempt.making().takes(character))
        }
        _ => reaches_answer(session, state) && numeral::begins(character),
    }
}

/// Whether what begins a number goes to an open question, whatever card stands over it.
pub fn reaches_answer(session: &Session, state: State) -> bool {
    use State::{Aiming, Answering, Asked, Done, Hint, Reopen, Stepping, Why};
    let is_of_run = matches!(state, Asked | Answering | Stepping | Aiming | Done | Hint | Why | Reopen);
    let ask = session.sitting.as_ref().and_then(|sitting| sitting.open_question());
    is_of_run && ask.is_some_and(|ask| !matches!(ask.kind, Kind::Choose(_)))
}

/// A number or a list as it can be typed: as it is written, or, where it bears a name such as `Start: x =`, its numbers.
pub fn typeable(text: &str) -> Cow<'_, str> {
    let is_typed = text.starts_with(numeral::begins) && text.chars().all(numeral::goes_on);
    match coordinates::list(text) {
        Ok(numbers) if !is_typed => Cow::Owned(assign::list(&numbers, "; ")),
        _ => Cow::Borrowed(text),
    }
}
