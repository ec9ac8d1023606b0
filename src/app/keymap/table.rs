//! All tables of keys, one after the other: dispatch, footer and the help sheet read the same rows.

use crate::app::act::message::Message;
use crate::app::key::press::{Code, Key};
use crate::app::keymap::binding::{Binding, RUN};
use crate::app::keymap::field;
use crate::app::keymap::state::State;
use crate::app::room::errand::Standing;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::seat::layer::{
    answering, confidence, everywhere, filter, go_to, help, hint, list, look_around, pair, run, settings, why,
};
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::question::Kind;

use State::{
    Aiming, Answering, Asked, Confidence, Done, Filter, GoTo, Help, Hint, Home, Looking, Pair, Placing, Reopen,
    Settings, Stepping, Terms, Why, Working, Writing,
};

/// The tables, in the order of the key sheet. Where two rows share a key and a state, the first one counts.
const TABLES: [&[Binding]; 16] = [
    why::KEYS,
    answering::KEYS,
    run::RUNNING,
    confidence::KEYS,
    pair::KEYS,
    run::PAGE,
    hint::KEYS,
    everywhere::KEYS,
    list::KEYS,
    filter::KEYS,
    settings::KEYS,
    everywhere::TYPING,
    look_around::KEYS,
    run::READ,
    go_to::KEYS,
    help::KEYS,
];

/// Every row of every table.
pub fn rows() -> impl Iterator<Item = &'static Binding> + Clone {
    TABLES.into_iter().flatten()
}

/// What the keys mean now.
pub fn state(session: &Session, viewer: &Viewer) -> State {
    match &viewer.layer {
        Layer::Help(_) => return Help,
        Layer::Terms { .. } => return Terms,
        Layer::Settings(draft) if draft.placing.is_some() => return Placing,
        Layer::Settings(draft) if draft.is_writing() => return Writing,
        Layer::Settings(_) => return Settings,
        Layer::Look => return Looking,
        Layer::Reopen(_) | Layer::Faults(_) => return Reopen,
        Layer::GoTo(_) => return GoTo,
        Layer::Filter if session.sitting.is_none() => return Filter,
        Layer::Confidence(_) => return Confidence,
        Layer::Pair(_) if session.sitting.is_some() => return Pair,
        // A hint stands below its question, and takes no key from an answer.
        Layer::Hint(_) if is_answering(session, viewer) => return Answering,
        Layer::Hint(_) if session.sitting.is_some() => return Hint,
        Layer::Why(_) if session.sitting.is_some() => return Why,
        Layer::Hint(_) | Layer::Why(_) | Layer::Filter | Layer::Pair(_) | Layer::Welcome | Layer::Run => {}
    }
    if session.work.is_some() || viewer.search.is_some() {
        return Working;
    }
    if is_answering(session, viewer) {
        return Answering;
    }
    match session.sitting.as_ref().map(Sitting::standing) {
        None => Home,
        Some(Standing::Asked) => Asked,
        Some(Standing::Stepping) => Stepping,
        Some(Standing::Aiming) => Aiming,
        Some(Standing::Done) => Done,
    }
}

fn is_answering(session: &Session, viewer: &Viewer) -> bool {
    session.sitting.as_ref().is_some_and(|sitting| viewer.is_answering(sitting))
}

/// What a key means now; a key that means nothing does nothing.
pub fn dispatch(session: &Session, viewer: &Viewer, key: Key) -> Option<Message> {
    let state = state(session, viewer);
    if let (Code::Char(character), false) = (key.code, key.ctrl || key.alt)
        && field::takes(session, state, character, viewer)
    {
        return Some(Message::Type(character));
    }
    // A card lies on top of a question without taking its answers, and a lifted lock does not close it.
    let answers = |binding: &Binding| matches!(binding.message, Message::Answer(_)) && can_answer(session, state);
    // While work goes on every key means what it always means, and is refused but for the ways out.
    let is_here = |binding: &&Binding| state == Working || binding.states.contains(&state) || answers(binding);
    rows().filter(is_here).find(|binding| binding.key == key).map(|binding| binding.message)
}

/// Whether the question of the page can be answered, locked or not.
pub fn can_answer(session: &Session, state: State) -> bool {
    let ask = session.sitting.as_ref().and_then(|sitting| sitting.open_question());
    let is_open = ask.is_some_and(|ask| matches!(ask.kind, Kind::Choose(_)));
    is_open && RUN.contains(&state)
}
