//! What a message comes to now: an act, or why it comes to none, in a sentence. Nowhere else is that decided.
//!
//! What lies on top of the page is asked first, then the page. The footer shows the keys that are permitted, and the key
//! sheet puts the others in brackets.

use crate::app::act::acts::{Act, Audience, Browse, Go, Seeing, Stride, Top, Visit};
use crate::app::act::message::Message;
use crate::app::look::arrangement::{Arrangement, Layout};
use crate::app::look::overlay::Overlay;
use crate::app::look::viewport::Viewport;
use crate::app::room::sandbox;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;
use crate::app::seat::layer::{answering, confidence, filter, go_to, help, hint, pair, settings, terms, why};
use crate::app::seat::viewer::{Layer, Viewer};
use crate::engine::number::Sense;
use crate::lesson::question::{Answer, Ask, Kind};

/// What a message comes to, or why it changes nothing now.
pub fn permit(message: Message, session: &Session, viewer: &Viewer) -> Result<Act, String> {
    if message == Message::LeaveNow {
        return Ok(Act::Leave);
    }
    if let Some(progress) = session.work_progress(viewer) {
        return if message == Message::Lower { Ok(Act::Run(Go::Stop)) } else { Err(progress.refusal()) };
    }
    if let Some(told) = on_top(message, session, viewer) {
        return told;
    }
    match (message, &session.sitting) {
        (Message::Help, _) => Ok(Act::Top(Top::Help)),
        (Message::Terms, _) => Ok(Act::Top(Top::Terms)),
        (Message::Glyphs, _) => Ok(Act::See(Seeing::Glyphs)),
        (Message::Colours, _) => Ok(Act::See(Seeing::Colours)),
        (Message::Reopen, _) => Ok(Act::Top(Top::Reopen)),
        (Message::Quit, _) => Ok(quit(session, viewer)),
        (Message::Lower, _) => lower(session, viewer),
        (message, None) => at_home(message, session, viewer),
        (message, Some(sitting)) => in_lesson(message, session, sitting, viewer),
    }
}

/// Whom a message would reach, if it is permitted.
pub fn reach(message: Message, session: &Session, viewer: &Viewer) -> Option<Audience> {
    permit(message, session, viewer).ok().map(|act| act.reach())
}

/// What the card, field or sheet on top of the page makes of a message; `None` if it leaves it to the page.
fn on_top(message: Message, session: &Session, viewer: &Viewer) -> Option<Result<Act, String>> {
    match (&viewer.layer, &session.sitting) {
        (Layer::Help(top), _) => help::permit(*top, message),
        (Layer::Terms { top, typed }, _) => terms::permit(*top, typed, message),
        (Layer::Filter, None) => filter::permit(&viewer.list, message),
        (Layer::Settings(draft), Some(sitting)) => settings::permit(draft, sitting, message),
        (Layer::Pair(typed), Some(_)) => pair::permit(typed, message),
        (Layer::GoTo(typed), Some(_)) => go_to::permit(typed, message),
        (Layer::Confidence(answer), Some(_)) => confidence::permit(answer, message),
        (Layer::Why(number), Some(sitting)) => {
            why::permit(*number, sitting, message).or_else(|| answering::permit(message, session, sitting, viewer))
        }
        (Layer::Hint(level), Some(sitting)) => {
            hint::permit(*level, sitting, message).or_else(|| answering::permit(message, session, sitting, viewer))
        }
        (_, Some(sitting)) => answering::permit(message, session, sitting, viewer),
        (_, None) => None,
    }
}

/// One level up: what lies on top, the sitting, the lesson, the program.
fn quit(session: &Session, viewer: &Viewer) -> Act {
    // The card of welcome says what q does, and stands in its way no more than in the way of any other key.
    match viewer.layer {
        Layer::Run | Layer::Welcome if sandbox::leads_out(session) => Act::Session(Visit::Return),
        Layer::Run | Layer::Welcome if session.sitting.is_some() && !session.is_single => Act::Session(Visit::Home),
        Layer::Run | Layer::Welcome => Act::Leave,
        _ => Act::Top(Top::Close),
    }
}

/// What Esc closes or comes back from.
fn lower(session: &Session, viewer: &Viewer) -> Result<Act, String> {
    let Some(sitting) = &session.sitting else {
        return match viewer.layer {
            Layer::Run if viewer.list.filter.is_empty() => Err("All lessons are in the list.".into()),
            Layer::Run => Ok(Act::List(Browse::All)),
            _ => Ok(Act::Top(Top::Close)),
        };
    };
    match viewer.layer {
        Layer::Run if viewer.is_answering(sitting) => Ok(Act::Top(Top::LeaveAnswer)),
        Layer::Run if viewer.is_zoomed => Ok(Act::See(Seeing::Zoom)),
        Layer::Run if sitting.proof().is_some() => Ok(Act::Run(Go::ComeBack)),
        Layer::Run if sandbox::leads_out(session) => Ok(Act::Session(Visit::Return)),
        Layer::Run => Err("Nothing lies on top of the run; q goes one level up.".into()),
        _ => Ok(Act::Top(Top::Close)),
    }
}

fn at_home(message: Message, session: &Session, viewer: &Viewer) -> Result<Act, String> {
    match message {
        Message::Up => choosable(Sense::Less, session, viewer),
        Message::Down => choosable(Sense::More, session, viewer),
        Message::Open => Ok(Act::Session(Visit::Open)),
        Message::Review => session.nothing_due().map_or(Ok(Act::Session(Visit::Review)), Err),
        Message::Sandbox => Ok(Act::Session(Visit::Sandbox)),
        Message::Filter => Ok(Act::List(Browse::Narrow)),
        _ => Err(String::new()),
    }
}

fn choosable(sense: Sense, session: &Session, viewer: &Viewer) -> Result<Act, String> {
    let shown = session.shown(&viewer.list.filter);
    let end = if sense == Sense::Less { shown.first() } else { shown.last() };
    match (end, sense) {
        (None, _) => Err("No lesson is about that.".into()),
        (Some(end), Sense::Less) if *end == session.chosen(&viewer.list) => Err("This is the first lesson.".into()),
        (Some(end), Sense::More) if *end == session.chosen(&viewer.list) => Err("This is the last lesson.".into()),
        _ => Ok(Act::List(Browse::Choose(sense))),
    }
}

fn in_lesson(message: Message, session: &Session, sitting: &Sitting, viewer: &Viewer) -> Result<Act, String> {
    let go = |allowed: Result<(), String>, go: Go| allowed.map(|()| Act::Run(go));
    match message {
        Message::Forward => go(lesson::forward(session, sitting), Go::On(Stride::Grain)),
        Message::WholeForward => go(lesson::onward(sitting), Go::On(Stride::Iteration)),
        Message::ToEnd => go(lesson::onward(sitting), Go::On(Stride::End)),
        Message::Play => go(lesson::onward(sitting), Go::Play),
        Message::Back => go(lesson::back(sitting), Go::Back),
        Message::WholeBack => go(lesson::whole_back(sitting), Go::WholeBack),
        Message::Slower => Ok(Act::Run(Go::Pace(Sense::Less))),
        Message::Faster => Ok(Act::Run(Go::Pace(Sense::More))),
        Message::Again => go(lesson::again(sitting), Go::Again),
        Message::KeepRival => go(lesson::unlocked(sitting), Go::KeepRival),
        Message::DropRivals => go(lesson::unlocked(sitting), Go::DropRivals),
        Message::NextGrain => Ok(Act::Run(Go::Grain)),
        Message::Lock => Ok(Act::Run(Go::Lock)),
        Message::NextPage => go(lesson::next_page(session, sitting), Go::Turn(Sense::More)),
        Message::PreviousPage => go(lesson::previous_page(sitting), Go::Turn(Sense::Less)),
        Message::Answer(index) => Ok(choose(session, sitting, index)),
        Message::Pair if session.pair.is_some() => Ok(Act::Run(Go::Pair(None))),
        Message::Pair => Ok(Act::Top(Top::Pair)),
        Message::GoTo => lesson::unlocked(sitting).map(|()| Act::Top(Top::GoTo)),
        Message::Settings => lesson::settings(sitting).map(|()| Act::Top(Top::Settings)),
        Message::Question => question(sitting, viewer),
        Message::Hint => hint::open(sitting),
        Message::Why => lesson::why(sitting).map(|()| Act::Top(Top::Why(0))),
        Message::Prove => Err("No card is open.".into()),
        Message::Sandbox => lesson::playable(session).map(|()| Act::Session(Visit::Sandbox)),
        Message::Up => Ok(Act::See(Seeing::Scroll(Sense::Less))),
        Message::Down => Ok(Act::See(Seeing::Scroll(Sense::More))),
        message => in_sight(message, sitting, viewer),
    }
}

/// An answer of a question with options: given, or asked first how sure the learner is.
fn choose(session: &Session, sitting: &Sitting, index: usize) -> Act {
    match sitting.open_question() {
        Some(Ask { kind: Kind::Choose(options), .. }) if index < options.len() => {
            answering::give(session, sitting, Answer::Choice(index))
        }
        _ => Act::Run(Go::Choose(index)),
    }
}

/// The question takes the keys again.
fn question(sitting: &Sitting, viewer: &Viewer) -> Result<Act, String> {
    match sitting.open_question() {
        None => Err("No question is open here.".into()),
        Some(Ask { kind: Kind::Choose(_), .. }) => Err("The keys 1 to 4 answer, wherever you are.".into()),
        Some(_) if viewer.is_answering(sitting) => Err("The question has the keys: Enter answers.".into()),
        Some(_) => Ok(Act::Top(Top::TakeAnswer)),
    }
}

/// What changes the pictures of one viewer.
fn in_sight(message: Message, sitting: &Sitting, viewer: &Viewer) -> Result<Act, String> {
    let is_map = matches!(message, Message::LookAround | Message::NextOverlay);
    if is_map && Layout::of(viewer.size.0, viewer.size.1) == Layout::Smallest {
        return Err("This screen is too small for the map: 40 columns and 12 rows show it.".into());
    }
    let sight = match message {
        Message::NextPanel if sitting.panels().len() < 2 => return Err("This page shows one panel.".into()),
        Message::NextPanel => visible(Seeing::NextPanel, sitting, viewer)?,
        Message::Zoom => visible(Seeing::Zoom, sitting, viewer)?,
        Message::LookAround => Seeing::LookAround,
        Message::NextOverlay => Seeing::Overlay(Overlay::next(viewer.overlay)),
        Message::Axis => Seeing::Axis,
        Message::Pan(right, up) => Seeing::Pan(right, up),
        Message::Near(sense) => Seeing::Nearer(sense),
        Message::LookBack if viewer.viewport == Viewport::default() => {
            return Err("This is the map as the lesson shows it.".into());
        }
        Message::LookBack => Seeing::Home,
        _ => return Err(String::new()),
    };
    Ok(Act::See(sight))
}

/// Refuses another panel or size of panel where it makes no difference on a screen of this size.
fn visible(sight: Seeing, sitting: &Sitting, viewer: &Viewer) -> Result<Seeing, String> {
    let now = Arrangement::of(sitting, viewer, viewer.size);
    if now.layout == Layout::Smallest {
        return Err("This screen is too small for panels.".into());
    }
    let mut then = Viewer { layer: Layer::Run, ..viewer.clone() };
    let why = if sight == Seeing::Zoom {
        then.is_zoomed = !viewer.is_zoomed;
        "The panel has all the room there is."
    } else {
        then.panel = viewer.panel.wrapping_add(1);
        "The map stays while a point is placed on it."
    };
    if Arrangement::of(sitting, &then, viewer.size) == now { Err(why.into()) } else { Ok(sight) }
}
