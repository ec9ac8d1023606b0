//! The only place where messages change state.

use crate::app::act::cards;
use crate::app::act::glossary;
use crate::app::act::going;
use crate::app::act::map;
use crate::app::act::message::{Effect, Message};
use crate::app::act::two;
use crate::app::look::arrangement;
use crate::app::room::sandbox;
use crate::app::room::session::{PACES, Session};
use crate::app::room::sitting::Standing;
use crate::app::run::long_run::LongRun;
use crate::app::run::work::Work;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::typed::{LONGEST_NUMBER, LONGEST_WORD, push};
use crate::engine::number::numeral;
use crate::lesson::schema::Grain;

/// Lets a message happen.
pub fn update(session: &mut Session, viewer: &mut Viewer, message: Message) -> Effect {
    match message {
        Message::Resize(columns, rows) => {
            viewer.size = (columns, rows);
            viewer.scrolled = 0;
            return Effect::Nothing;
        }
        Message::Tick => {
            tick(session, viewer);
            return Effect::Nothing;
        }
        Message::LeaveNow => return Effect::Leave,
        Message::WorkOn if session.work.is_none() => return Effect::Nothing,
        _ => {}
    }
    if session.work.is_some() {
        return during_work(session, viewer, message);
    }
    viewer.notice = None;
    session.halted = None;
    if !matches!(message, Message::Up | Message::Down) {
        viewer.scrolled = 0;
    }
    if message != Message::Play && message != Message::Slower && message != Message::Faster {
        session.is_playing = false;
    }
    let done = match message {
        Message::Quit => return quit(session, viewer),
        Message::Reopen => match cards::reopen(session, viewer) {
            Ok(command) => return Effect::Copy(command),
            Err(why) => Err(why),
        },
        Message::Help => {
            if !viewer.lower_sheet() {
                viewer.beneath = std::mem::replace(&mut viewer.layer, Layer::Help(0));
            }
            Ok(())
        }
        _ if glossary::take(viewer, message) => Ok(()),
        Message::Glyphs => {
            viewer.look.glyphs = viewer.look.glyphs.other();
            Ok(())
        }
        Message::Colours => {
            viewer.look = viewer.look.next_depth();
            viewer.notice = Some(viewer.look.depth.sentence().into());
            Ok(())
        }
        Message::Lower => {
            lower(session, viewer);
            Ok(())
        }
        Message::Up | Message::Down if !moves_in_answer(session, viewer) => {
            select(session, viewer, message == Message::Down)
        }
        Message::Open => session.open_chosen(),
        Message::Review => session.open_review(),
        Message::Sandbox => cards::playable(session).and_then(|()| sandbox::open(session, viewer)),
        Message::Filter => {
            viewer.layer = Layer::Filter;
            Ok(())
        }
        Message::Type(_) | Message::Erase | Message::Confirm if matches!(viewer.layer, Layer::Filter) => {
            filter(session, viewer, message)
        }
        _ => match &mut session.sitting {
            Some(_) => in_lesson(session, viewer, message),
            None => Ok(()),
        },
    };
    if let Err(refusal) = done {
        viewer.notice = Some(refusal);
    }
    if session.work.is_some() { Effect::Work } else { Effect::Nothing }
}

/// Whether ↑ and ↓ move something in the answer that is being made: all but a number.
fn moves_in_answer(session: &Session, viewer: &Viewer) -> bool {
    viewer.layer.shows_question() && session.sitting.as_ref().is_some_and(|sitting| viewer.moves_in_answer(sitting))
}

/// While a work goes on, it does, or it is stopped; no other key does anything.
fn during_work(session: &mut Session, viewer: &mut Viewer, message: Message) -> Effect {
    let said = match message {
        Message::WorkOn => session.work_on(),
        Message::Lower => session.stop_work().map_or(Ok(()), Err),
        _ => session.advance().map_or(Ok(()), |advance| Err(advance.refusal())),
    };
    match said {
        Err(words) => viewer.notice = Some(words),
        Ok(()) if session.work.is_none() => viewer.notice = None,
        Ok(()) => {}
    }
    if session.work.is_some() { Effect::Work } else { Effect::Nothing }
}

fn in_lesson(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    if let Some(done) = two::on_card(session, viewer, message).or_else(|| on_top(session, viewer, message)) {
        return done;
    }
    let is_card_message = matches!(message, Message::Hint | Message::Why | Message::Answer(_) | Message::Prove);
    if !is_card_message && !matches!(message, Message::NextPanel | Message::Zoom | Message::Axis | Message::Lock) {
        viewer.layer = Layer::Run;
    }
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    match message {
        Message::Forward | Message::WholeForward | Message::ToEnd => going::forward(session, viewer, message),
        Message::Back | Message::WholeBack => going::back(sitting, message),
        Message::Play => play(session),
        Message::Slower | Message::Faster => {
            let pace = if message == Message::Faster { session.pace + 1 } else { session.pace.saturating_sub(1) };
            session.pace = pace.min(PACES.len() - 1);
            viewer.notice = Some(format!("Pace {} of {}.", session.pace + 1, PACES.len()));
            Ok(())
        }
        Message::Again => cards::unlocked(sitting).map(|()| sitting.again()),
        Message::GoTo => cards::unlocked(sitting).map(|()| viewer.layer = Layer::GoTo(String::new())),
        Message::NextPage => going::turn(sitting, viewer, 1),
        Message::PreviousPage => going::turn(sitting, viewer, -1),
        Message::Answer(index) => cards::answer(sitting, viewer, session.pair.as_ref(), index),
        Message::Pair => two::open(session, viewer),
        Message::Question => cards::question(sitting, viewer),
        Message::Hint => cards::hint(session, viewer),
        Message::Why => cards::why(sitting, viewer),
        Message::Prove => cards::prove(sitting, viewer),
        Message::Settings => cards::settings(sitting, viewer),
        Message::DropRivals => cards::drop_rivals(sitting, viewer),
        Message::KeepRival => cards::unlocked(sitting).and_then(|()| {
            let letter = sitting.keep_rival()?;
            let next =
                if cards::settings(sitting, &mut Viewer::default()).is_ok() { ": e changes something" } else { "" };
            viewer.notice = Some(format!("This run stays as rival {letter}{next}."));
            Ok(())
        }),
        Message::NextGrain => {
            let (grain, words) = match sitting.grain_here() {
                Grain::SubStep => (Grain::Iteration, "an iteration"),
                Grain::Iteration => (Grain::Run, "the whole run"),
                Grain::Run => (Grain::SubStep, "a sub-step"),
            };
            sitting.grain = Some(grain);
            viewer.notice = Some(format!("→ now takes {words}."));
            Ok(())
        }
        Message::NextPanel => {
            viewer.panel = viewer.panel.wrapping_add(1);
            Ok(())
        }
        Message::Zoom => {
            viewer.is_zoomed = !viewer.is_zoomed;
            Ok(())
        }
        Message::LookAround | Message::NextOverlay => map::on_map(session, viewer, message),
        Message::Axis => arrangement::switch_axis(sitting, viewer),
        Message::Lock => {
            sitting.is_unlocked = !sitting.is_unlocked;
            let words = if sitting.is_unlocked {
                "Questions no longer lock: → passes them."
            } else {
                "Questions lock again."
            };
            viewer.notice = Some(words.into());
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What a field or the settings on top of the run make of a message; `None` if it is not theirs.
fn on_top(session: &mut Session, viewer: &mut Viewer, message: Message) -> Option<Result<(), String>> {
    let sitting = session.sitting.as_mut()?;
    match (&mut viewer.layer, message) {
        (Layer::Settings(_), Message::Confirm | Message::Fork | Message::KeepAndConfirm) => {
            return Some(cards::take(sitting, viewer, message));
        }
        (Layer::Settings(draft), _) => return draft.take(message),
        (Layer::Look, _) => return map::move_view(viewer, message),
        (Layer::GoTo(typed), Message::Type(character)) => return Some(push(typed, character, LONGEST_NUMBER)),
        (Layer::GoTo(typed), Message::Erase) => drop(typed.pop()),
        (Layer::GoTo(typed), Message::Confirm) => {
            let target = match numeral::count(typed) {
                // Nothing was typed: that leads nowhere.
                _ if typed.is_empty() => {
                    viewer.layer = Layer::Run;
                    return Some(Ok(()));
                }
                Ok(t) => usize::try_from(t).unwrap_or(usize::MAX),
                Err(why) => return Some(Err(why)),
            };
            viewer.layer = Layer::Run;
            return Some(going::go_to(session, target));
        }
        (Layer::Confidence(answer), Message::Answer(sure)) => {
            let answer = answer.clone();
            viewer.layer = Layer::Run;
            cards::answered(sitting, viewer, session.pair.as_ref(), answer, Some(sure));
        }
        _ => return cards::attempt(sitting, viewer, session.pair.as_ref(), message),
    }
    Some(Ok(()))
}

fn play(session: &mut Session) -> Result<(), String> {
    let Some(sitting) = &session.sitting else { return Ok(()) };
    cards::unlocked(sitting)?;
    session.is_playing = !session.is_playing;
    session.waited = 0;
    Ok(())
}

fn tick(session: &mut Session, viewer: &mut Viewer) {
    if !session.is_playing || session.work.is_some() {
        return;
    }
    session.waited += 1;
    if session.waited < PACES[session.pace] {
        return;
    }
    session.waited = 0;
    let Some(sitting) = &mut session.sitting else { return };
    if sitting.grain_here() == Grain::Run {
        let journey = LongRun::new(sitting, None);
        viewer.notice = session.begin(Work::Run(journey)).err();
        return;
    }
    let before = sitting.standing();
    let moved = sitting.forward(sitting.grain_here());
    viewer.notice = None;
    let is_stopped = matches!(before, Standing::Stepping | Standing::Aiming) && sitting.standing() != before;
    session.is_playing = moved && !is_stopped && !sitting.is_over();
    session.halted = (!session.is_playing).then(|| sitting.why_play_stops());
}

fn select(session: &mut Session, viewer: &mut Viewer, down: bool) -> Result<(), String> {
    match &mut viewer.layer {
        Layer::Settings(draft) => return draft.go(down),
        Layer::Help(top) => *top = if down { *top + 1 } else { top.saturating_sub(1) },
        _ if session.sitting.is_none() => {
            session.choose(down);
        }
        _ => viewer.scrolled += if down { 1 } else { -1 },
    }
    Ok(())
}

fn filter(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    let mut filter = session.filter.clone();
    match message {
        Message::Type(character) => push(&mut filter, character, LONGEST_WORD)?,
        Message::Erase => drop(filter.pop()),
        Message::Confirm => viewer.layer = Layer::Run,
        _ => {}
    }
    session.narrow(filter);
    Ok(())
}

fn lower(session: &mut Session, viewer: &mut Viewer) {
    if viewer.lower_sheet() {
        return;
    }
    if session.sitting.is_none() && (matches!(viewer.layer, Layer::Filter | Layer::Run)) {
        session.narrow(String::new());
    }
    if let Layer::Settings(draft) = &mut viewer.layer
        && draft.step_back()
    {
        return;
    }
    if !matches!(viewer.layer, Layer::Run) {
        viewer.layer = Layer::Run;
    } else if session.sitting.as_ref().is_some_and(|sitting| viewer.is_answering(sitting)) {
        viewer.answers = Some(false);
        viewer.notice = Some("The keys go to the run; i leads back to the question.".into());
    } else if viewer.is_zoomed {
        viewer.is_zoomed = false;
    } else if sandbox::leave(session, viewer) {
    } else if let Some(sitting) = &mut session.sitting {
        viewer.notice = (!sitting.come_back()).then(|| "Nothing lies on top here. q leaves.".into());
    }
}

fn quit(session: &mut Session, viewer: &mut Viewer) -> Effect {
    if viewer.lower_sheet() {
        return Effect::Nothing;
    }
    // The card of welcome says what q does, and stands in its way no more than in the way of any other key.
    if !matches!(std::mem::take(&mut viewer.layer), Layer::Run | Layer::Welcome) {
        return Effect::Nothing;
    }
    if sandbox::leave(session, viewer) {
        return Effect::Nothing;
    }
    if !session.is_single && session.go_home() { Effect::Nothing } else { Effect::Leave }
}
