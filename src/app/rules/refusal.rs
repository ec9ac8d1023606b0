//! Why a key does nothing now, in a sentence; the footer leaves such keys out, the key sheet puts them in brackets.

use crate::app::act::cards;
use crate::app::act::message::Message;
use crate::app::keymap::state::State;
use crate::app::keymap::table::{self, TABLE};
use crate::app::look::arrangement::{Arrangement, Layout};
use crate::app::look::viewport::Viewport;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Sitting, Standing};
use crate::app::room::solution;
use crate::app::run::cursor::Cursor;
use crate::app::seat::viewer::{Layer, Viewer};

/// Why a message would change nothing now; nothing if it would, or if what it meets says so itself.
pub fn refusal(message: Message, session: &Session, viewer: &Viewer) -> Option<String> {
    if session.work.is_some() {
        return None;
    }
    let told = match (message, &viewer.layer, &session.sitting) {
        (Message::Erase | Message::Finer | Message::Coarser, layer, Some(sitting)) if layer.shows_question() => {
            viewer.attempt(sitting).map_or(Ok(()), |mut attempt| attempt.take(message))
        }
        (Message::Erase, layer, _) => erasable(layer, session),
        (Message::Up | Message::Down, Layer::Help(_) | Layer::Terms { .. } | Layer::Settings(_), _) => {
            selectable(message, &viewer.layer)
        }
        (Message::Up | Message::Down, _, None) => choosable(message, session),
        (Message::Lower, Layer::Run, None) if session.filter.is_empty() => Err("All lessons are in the list.".into()),
        (Message::Review, _, None) => session.nothing_due().map_or(Ok(()), Err),
        (Message::LookBack, ..) if viewer.viewport == Viewport::default() => {
            Err("This is the map as the lesson shows it.".into())
        }
        (_, _, Some(sitting)) => in_lesson(message, session, sitting, viewer),
        _ => Ok(()),
    };
    told.err()
}

fn in_lesson(message: Message, session: &Session, sitting: &Sitting, viewer: &Viewer) -> Result<(), String> {
    match message {
        Message::Forward => forward(session, sitting),
        Message::WholeForward | Message::ToEnd | Message::Play => cards::unlocked(sitting).and_then(|()| more(sitting)),
        Message::Back if sitting.leads_back() || sitting.was_told_here() => Ok(()),
        Message::Back | Message::WholeBack if sitting.cursor == Cursor::default() => Err(START.into()),
        Message::Again => cards::unlocked(sitting).and_then(|()| again(sitting)),
        Message::GoTo | Message::KeepRival | Message::DropRivals => cards::unlocked(sitting),
        Message::Sandbox => cards::playable(session),
        Message::Settings => cards::settings(sitting, &mut Viewer::default()),
        Message::Confirm if viewer.layer.shows_question() => {
            viewer.attempt(sitting).map_or(Ok(()), |mut attempt| attempt.finish().map(drop))
        }
        Message::Question => cards::question(sitting, &mut viewer.clone()),
        Message::Hint | Message::Why | Message::Prove => card(message, sitting, viewer),
        Message::PreviousPage if sitting.page == 0 => Err("This is the first page.".into()),
        Message::NextPage if is_last_page(sitting) => Err(last_page(session)),
        Message::NextPanel if sitting.panels().len() < 2 => Err("This page shows one panel.".into()),
        Message::LookAround | Message::NextOverlay if Layout::of(viewer.size.0, viewer.size.1) == Layout::Smallest => {
            Err("This screen is too small for the map: 40 columns and 12 rows show it.".into())
        }
        Message::NextPanel | Message::Zoom => visible(message, sitting, viewer),
        Message::Lower if is_bare(session, sitting, viewer) => {
            Err("Nothing lies on top of the run; q goes one level up.".into())
        }
        _ => Ok(()),
    }
}

const START: &str = "This is the start of the run.";
/// What follows the last page: nothing, or the lesson that was left for this one.
fn last_page(session: &Session) -> String {
    if session.left.is_some() { "That is all: Esc leads back to where you left.".into() } else { LAST_PAGE.into() }
}

const LAST_PAGE: &str = "That was the last page. q leaves the lesson, r runs again.";

fn is_last_page(sitting: &Sitting) -> bool {
    sitting.page + 1 == sitting.lesson.pages.len()
}

fn forward(session: &Session, sitting: &Sitting) -> Result<(), String> {
    cards::unlocked(sitting)?;
    match sitting.standing() {
        Standing::Done if sitting.detour.is_some() => more(sitting),
        Standing::Done if is_last_page(sitting) => Err(last_page(session)),
        Standing::Done => Ok(()),
        _ => more(sitting),
    }
}

fn more(sitting: &Sitting) -> Result<(), String> {
    if sitting.is_over() && !sitting.is_told_next() { Err(sitting.no_more()) } else { Ok(()) }
}

fn again(sitting: &Sitting) -> Result<(), String> {
    if sitting.cursor == Cursor::default() && !sitting.is_forked { Err(START.into()) } else { Ok(()) }
}

fn card(message: Message, sitting: &Sitting, viewer: &Viewer) -> Result<(), String> {
    let page = sitting.page();
    match (message, &viewer.layer) {
        (Message::Hint, Layer::Hint(level)) if level + 1 == page.hints.len() => solution::may_open(sitting),
        (Message::Hint, _) => cards::hintable(sitting),
        (Message::Why, Layer::Why(_)) if page.why.len() == 1 => Err("This page has one why card.".into()),
        (Message::Why, _) => cards::why(sitting, &mut Viewer::default()),
        (Message::Prove, Layer::Why(number)) if page.why.get(*number).is_none_or(|card| card.prove.is_none()) => {
            Err("This card has no run to show.".into())
        }
        _ => Ok(()),
    }
}

/// Whether a panel can be changed or enlarged on a screen of this size, so that one sees it.
fn visible(message: Message, sitting: &Sitting, viewer: &Viewer) -> Result<(), String> {
    let now = Arrangement::of(sitting, viewer, viewer.size);
    if now.layout == Layout::Smallest {
        return Err("This screen is too small for panels.".into());
    }
    let next = Viewer { panel: viewer.panel.wrapping_add(1), layer: Layer::Run, ..viewer.clone() };
    if message == Message::NextPanel && Arrangement::of(sitting, &next, viewer.size) == now {
        return Err("The map stays while a point is placed on it.".into());
    }
    let zoomed = Viewer { is_zoomed: !viewer.is_zoomed, layer: Layer::Run, ..viewer.clone() };
    if message == Message::Zoom && Arrangement::of(sitting, &zoomed, viewer.size) == now {
        return Err("The panel has all the room there is.".into());
    }
    Ok(())
}

/// Whether nothing lies on top of the run that could be closed, and nothing behind it to come back to.
fn is_bare(session: &Session, sitting: &Sitting, viewer: &Viewer) -> bool {
    let leads_home = sitting.is_sandbox && !session.is_single;
    let is_run = matches!(viewer.layer, Layer::Run) && !viewer.is_zoomed && !viewer.is_answering(sitting);
    is_run && session.left.is_none() && !leads_home && sitting.detour.is_none()
}

fn erasable(layer: &Layer, session: &Session) -> Result<(), String> {
    let is_empty = match layer {
        Layer::GoTo(typed) | Layer::Pair(typed) | Layer::Terms { typed, .. } => typed.is_empty(),
        Layer::Filter => session.filter.is_empty(),
        Layer::Settings(draft) => draft.typed.is_none() && !draft.is_writing(),
        _ => false,
    };
    if is_empty { Err("Nothing is typed here.".into()) } else { Ok(()) }
}

fn selectable(message: Message, layer: &Layer) -> Result<(), String> {
    match layer {
        Layer::Help(0) | Layer::Terms { top: 0, .. } if message == Message::Up => Err("This is the top.".into()),
        Layer::Settings(draft) if draft.placing.is_none() && draft.typed.is_none() && draft.rows().len() == 1 => {
            Err("There is one setting here.".into())
        }
        _ => Ok(()),
    }
}

fn choosable(message: Message, session: &Session) -> Result<(), String> {
    let shown = session.shown();
    let end = if message == Message::Up { shown.first() } else { shown.last() };
    match (end, message) {
        (None, _) => Err("No lesson is about that.".into()),
        (Some(end), Message::Up) if *end == session.chosen => Err("This is the first lesson.".into()),
        (Some(end), _) if *end == session.chosen => Err("This is the last lesson.".into()),
        _ => Ok(()),
    }
}

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

/// Why a key that has a meaning elsewhere has none here; nothing for a key that has none anywhere.
pub fn stray(token: &str, state: State) -> Option<String> {
    let Some(known) = TABLE.iter().find(|binding| binding.key == token) else {
        let mut characters = token.chars();
        return foreign(characters.next().filter(|_| characters.next().is_none())?, state);
    };
    let key = table::shown(known.key);
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
