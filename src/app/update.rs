//! The only place where messages change state.

use std::sync::Arc;

use crate::app::basins::Basins;
use crate::app::cards;
use crate::app::journey::Journey;
use crate::app::lookout::Lookout;
use crate::app::message::{Effect, Message};
use crate::app::overlay::Overlay;
use crate::app::session::{PACES, Session};
use crate::app::sitting::{Sitting, Standing};
use crate::app::viewer::{Layer, Viewer};
use crate::app::work::Work;
use crate::lesson::schema::Grain;
use crate::objective::function::Objective;

/// Lets a message happen.
pub fn update(session: &mut Session, viewer: &mut Viewer, message: Message) -> Effect {
    match message {
        Message::Resize(columns, rows) => {
            viewer.size = (columns, rows);
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
    if message != Message::Play && message != Message::Slower && message != Message::Faster {
        session.is_playing = false;
    }
    let done = match message {
        Message::Quit => return quit(session, viewer),
        Message::Help => {
            viewer.layer = if matches!(viewer.layer, Layer::Help(_)) { Layer::Run } else { Layer::Help(0) };
            Ok(())
        }
        Message::Glyphs => {
            viewer.look.glyphs = viewer.look.glyphs.other();
            Ok(())
        }
        Message::Colours => {
            viewer.look = viewer.look.next_depth();
            Ok(())
        }
        Message::Lower => {
            lower(session, viewer);
            Ok(())
        }
        Message::Up | Message::Down => {
            select(session, viewer, message == Message::Down);
            Ok(())
        }
        Message::Open => session.open_chosen(),
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

/// While a work goes on, it does, or it is stopped; no other key does anything.
fn during_work(session: &mut Session, viewer: &mut Viewer, message: Message) -> Effect {
    let said = match message {
        Message::WorkOn => session.work_on(),
        Message::Lower => session.stop_work().map_or(Ok(()), Err),
        _ => session.progress().map_or(Ok(()), |progress| Err(progress.refusal())),
    };
    match said {
        Err(words) => viewer.notice = Some(words),
        Ok(()) if session.work.is_none() => viewer.notice = None,
        Ok(()) => {}
    }
    if session.work.is_some() { Effect::Work } else { Effect::Nothing }
}

fn in_lesson(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    if let Some(done) = on_top(session, viewer, message) {
        return done;
    }
    let is_card_message = matches!(message, Message::Hint | Message::Why | Message::Answer(_) | Message::Prove);
    if !is_card_message && !matches!(message, Message::NextPanel | Message::Zoom | Message::Lock) {
        viewer.layer = Layer::Run;
    }
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    match message {
        Message::Forward | Message::WholeForward | Message::ToEnd => forward(session, viewer, message),
        Message::Back | Message::WholeBack => back(sitting, message),
        Message::Play => play(session),
        Message::Slower | Message::Faster => {
            let pace = if message == Message::Faster { session.pace + 1 } else { session.pace.saturating_sub(1) };
            session.pace = pace.min(PACES.len() - 1);
            viewer.notice = Some(format!("pace {} of {}", session.pace + 1, PACES.len()));
            Ok(())
        }
        Message::Again => cards::unlocked(sitting).map(|()| sitting.again()),
        Message::GoTo => cards::unlocked(sitting).map(|()| viewer.layer = Layer::GoTo(String::new())),
        Message::NextPage => turn(sitting, viewer, 1),
        Message::PreviousPage => turn(sitting, viewer, -1),
        Message::Answer(index) => cards::answer(sitting, viewer, index),
        Message::Hint => cards::hint(sitting, viewer),
        Message::Why => cards::why(sitting, viewer),
        Message::Prove => cards::prove(sitting, viewer),
        Message::Settings => cards::settings(sitting, viewer),
        Message::KeepRival => cards::unlocked(sitting).and_then(|()| {
            let letter = sitting.keep_rival()?;
            viewer.notice = Some(format!("this run stays as rival {letter}; change something with e"));
            Ok(())
        }),
        Message::NextGrain => {
            let (grain, words) = match sitting.grain_here() {
                Grain::SubStep => (Grain::Iteration, "an iteration"),
                Grain::Iteration => (Grain::Run, "the whole run"),
                Grain::Run => (Grain::SubStep, "a sub-step"),
            };
            sitting.grain = Some(grain);
            viewer.notice = Some(format!("→ now takes {words}"));
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
        Message::LookAround => viewer.look_around(&sitting.panels()),
        Message::NextOverlay => lay_over(session, viewer),
        Message::Lock => {
            sitting.is_unlocked = !sitting.is_unlocked;
            let words = if sitting.is_unlocked { "questions no longer lock" } else { "questions lock again" };
            viewer.notice = Some(words.into());
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Lays the next overlay over the map, and seeks first what it shows.
fn lay_over(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    let Some(sitting) = &session.sitting else { return Ok(()) };
    cards::unlocked(sitting)?;
    if sitting.cast.runs[0].objective().dimension() < 2 {
        return Err("Overlays lie over maps of two coordinates; this is a curve.".into());
    }
    viewer.overlay = Overlay::next(viewer.overlay);
    viewer.notice = Some(viewer.overlay.map_or("No overlay. v: the first.", Overlay::sentence).into());
    if viewer.overlay != Some(Overlay::Basins) || sitting.is_sealed() {
        return Ok(());
    }
    match sitting.basin_question(viewer.lookout) {
        Ok(question) if sitting.basins.as_ref().is_none_or(|known| known.question != question) => {
            let objective = Arc::clone(&sitting.scenario().objective) as Arc<dyn Objective>;
            session.begin(Work::Basins(Box::new(Basins::new(question, objective))))
        }
        _ => Ok(()),
    }
}

/// What a field or the settings on top of the run make of a message; `None` if it is not theirs.
fn on_top(session: &mut Session, viewer: &mut Viewer, message: Message) -> Option<Result<(), String>> {
    let sitting = session.sitting.as_mut()?;
    match (&mut viewer.layer, message) {
        (Layer::Settings(draft), Message::Less | Message::More) => draft.nudge(message == Message::More),
        (Layer::Settings(draft), Message::Type(character)) => draft.type_in(character),
        (Layer::Settings(draft), Message::Erase) => draft.erase(),
        (Layer::Settings(draft), Message::Confirm | Message::Fork) => {
            let done = draft.settle().and_then(|()| {
                let changes = draft.changes(&sitting.own);
                if message == Message::Fork { sitting.fork(changes) } else { sitting.apply(changes) }
            });
            if done.is_ok() {
                viewer.layer = Layer::Run;
            }
            return Some(done);
        }
        (Layer::Look, Message::Pan(right, up)) => viewer.lookout.pan(right, up),
        (Layer::Look, Message::Near(is_nearer)) => viewer.lookout.zoom(is_nearer),
        (Layer::Look, Message::LookBack) => viewer.lookout = Lookout::default(),
        (Layer::GoTo(typed), Message::Type(digit)) if typed.len() < 9 => typed.push(digit),
        (Layer::GoTo(typed), Message::Erase) => drop(typed.pop()),
        (Layer::GoTo(typed), Message::Confirm) => {
            let target = typed.parse().ok();
            viewer.layer = Layer::Run;
            return target.map(|t| go_to(session, t));
        }
        (Layer::Confidence(index), Message::Answer(sure)) => {
            sitting.answer(*index, Some(sure));
            viewer.layer = Layer::Run;
        }
        _ => return None,
    }
    Some(Ok(()))
}

fn go_to(session: &mut Session, t: usize) -> Result<(), String> {
    match &mut session.sitting {
        Some(sitting) if t > sitting.cursor.t => {
            let journey = Journey::new(sitting, Some(t));
            session.begin(Work::Run(journey))
        }
        Some(sitting) => {
            sitting.go_to(t);
            Ok(())
        }
        None => Ok(()),
    }
}

fn forward(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    cards::unlocked(sitting)?;
    let is_step = message == Message::Forward;
    if is_step && sitting.standing() == Standing::Done && sitting.detour.is_none() {
        return turn(sitting, viewer, 1);
    }
    let grain = match message {
        Message::WholeForward => Grain::Iteration,
        Message::ToEnd => Grain::Run,
        _ => sitting.grain_here(),
    };
    if grain == Grain::Run {
        let journey = Journey::new(sitting, None);
        return session.begin(Work::Run(journey));
    }
    if sitting.forward(grain) { Ok(()) } else { Err(sitting.no_more()) }
}

fn back(sitting: &mut Sitting, message: Message) -> Result<(), String> {
    let moved = if message == Message::Back { sitting.back() } else { sitting.whole_back() };
    if moved { Ok(()) } else { Err("This is the start of the run.".into()) }
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
        let journey = Journey::new(sitting, None);
        viewer.notice = session.begin(Work::Run(journey)).err();
        return;
    }
    let pauses = sitting.standing() == Standing::Stepping;
    let moved = sitting.forward(sitting.grain_here());
    viewer.notice = None;
    session.is_playing = moved && !(pauses && sitting.standing() != Standing::Stepping);
}

fn turn(sitting: &mut Sitting, viewer: &mut Viewer, by: isize) -> Result<(), String> {
    let Some(page) = sitting.page.checked_add_signed(by) else { return Err("This is the first page.".into()) };
    if page >= sitting.lesson.pages.len() {
        return Err("That was the last page. q leaves the lesson, r runs again.".into());
    }
    viewer.panel = 0;
    viewer.is_zoomed = false;
    viewer.lookout = Lookout::default();
    sitting.turn_to(page)
}

fn select(session: &mut Session, viewer: &mut Viewer, down: bool) {
    match &mut viewer.layer {
        Layer::Settings(draft) => draft.select(down),
        Layer::Help(top) => *top = if down { *top + 1 } else { top.saturating_sub(1) },
        _ if session.sitting.is_none() => {
            let last = session.entries().len().saturating_sub(1);
            session.chosen = if down { (session.chosen + 1).min(last) } else { session.chosen.saturating_sub(1) };
        }
        _ => {}
    }
}

fn lower(session: &mut Session, viewer: &mut Viewer) {
    if !matches!(viewer.layer, Layer::Run) {
        viewer.layer = Layer::Run;
    } else if viewer.is_zoomed {
        viewer.is_zoomed = false;
    } else if let Some(sitting) = &mut session.sitting {
        sitting.come_back();
    }
}

fn quit(session: &mut Session, viewer: &mut Viewer) -> Effect {
    if !matches!(viewer.layer, Layer::Run) {
        viewer.layer = Layer::Run;
        return Effect::Nothing;
    }
    match session.sitting.take() {
        Some(_) if !session.is_single => Effect::Nothing,
        _ => Effect::Leave,
    }
}
