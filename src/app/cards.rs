//! The cards that lie on top of a page: answers, hints, why cards and settings, and when they may be opened.

use crate::app::cursor::Cursor;
use crate::app::left::Left;
use crate::app::message::Message;
use crate::app::reopen;
use crate::app::session::Session;
use crate::app::settings::Draft;
use crate::app::sitting::{Sitting, Standing};
use crate::app::viewer::{Layer, Viewer};

const LOCKED: &str = "Answer first, with its number (n goes on without an answer).";

/// Refuses while a question is open.
pub fn unlocked(sitting: &Sitting) -> Result<(), String> {
    if sitting.standing() == Standing::Asked { Err(LOCKED.into()) } else { Ok(()) }
}

/// Takes an answer, or asks first how sure the learner is.
pub fn answer(sitting: &mut Sitting, viewer: &mut Viewer, index: usize) -> Result<(), String> {
    let Some(ask) = sitting.open_question() else { return Ok(()) };
    if index >= ask.options.len() {
        return Err(format!("There are {} answers.", ask.options.len()));
    }
    if ask.confidence {
        viewer.layer = Layer::Confidence(index);
    } else {
        viewer.layer = Layer::Run;
        sitting.answer(index, None);
    }
    Ok(())
}

/// Opens the next hint.
pub fn hint(sitting: &mut Sitting, viewer: &mut Viewer) -> Result<(), String> {
    let count = sitting.page().hints.len();
    if count == 0 {
        return Err("This page has no hint.".into());
    }
    let level = match viewer.layer {
        Layer::Hint(level) => (level + 1).min(count - 1),
        _ => sitting.record().hints.saturating_sub(1),
    };
    let page = sitting.page;
    let opened = &mut sitting.records[page].hints;
    *opened = (*opened).max(level + 1);
    viewer.layer = Layer::Hint(level);
    Ok(())
}

/// Opens the next why card, unless it might tell an answer.
pub fn why(sitting: &Sitting, viewer: &mut Viewer) -> Result<(), String> {
    let count = sitting.page().why.len();
    if count == 0 {
        return Err("This page has no why card.".into());
    }
    if sitting.is_sealed() || sitting.is_unsettled() && !sitting.is_unlocked {
        return Err("The why card opens when the outcome of the question is seen.".into());
    }
    let number = match viewer.layer {
        Layer::Why(number) => (number + 1) % count,
        _ => 0,
    };
    viewer.layer = Layer::Why(number);
    Ok(())
}

/// Leaves for the run that proves the card.
pub fn prove(sitting: &mut Sitting, viewer: &mut Viewer) -> Result<(), String> {
    let Layer::Why(number) = viewer.layer else { return Ok(()) };
    sitting.prove(number)?;
    viewer.layer = Layer::Run;
    Ok(())
}

/// Refuses to play while an answer is open, or rests on this run.
pub fn playable(session: &Session) -> Result<(), String> {
    let Some(sitting) = &session.sitting else { return Ok(()) };
    unlocked(sitting)?;
    if sitting.is_sealed() {
        return Err("Your prediction is about this run as it is: see its outcome first, then play.".into());
    }
    if sitting.is_unsettled() && !sitting.is_unlocked {
        return Err("This page asks what comes next: the sandbox opens when that is seen.".into());
    }
    Ok(())
}

/// Opens the settings, unless an answer rests on them.
pub fn settings(sitting: &Sitting, viewer: &mut Viewer) -> Result<(), String> {
    unlocked(sitting)?;
    if sitting.is_sealed() {
        return Err("Your prediction is about this run as it is: see its outcome first, then change it.".into());
    }
    if sitting.detour.is_some() {
        return Err("This run proves the card as it is: Esc leads back to the lesson.".into());
    }
    let draft = Draft::of(sitting);
    if draft.rows().is_empty() {
        return Err("This page has nothing to change.".into());
    }
    viewer.layer = Layer::Settings(Box::new(draft));
    Ok(())
}

/// The drafted settings take effect; says what happened, or in words why it cannot.
pub fn take(sitting: &mut Sitting, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    let Layer::Settings(draft) = &mut viewer.layer else { return Ok(()) };
    if !draft.settle() {
        return Ok(());
    }
    let (changes, name) = (draft.changes(), sitting.cast.names[0].clone());
    let told = match message {
        Message::Fork if draft.is_elsewhere => {
            return Err("Another objective is another run: Enter starts it.".into());
        }
        Message::Fork => {
            sitting.fork(changes, draft.method.clone())?;
            None
        }
        _ if draft.is_elsewhere => {
            sitting.descend(draft)?;
            None
        }
        Message::KeepAndConfirm => {
            let letter = sitting.apply_beside(changes)?;
            Some(format!("Run {name} starts over{}; the old run stays beside it as {letter}.", draft.difference()))
        }
        _ if sitting.is_sandbox && draft.changes().is_empty() && sitting.cursor == Cursor::default() => None,
        _ => {
            sitting.apply(changes)?;
            let how = if sitting.has_rivals() { "" } else { " k instead of Enter keeps the old run beside it." };
            Some(format!("Run {name} starts over{}.{how}", draft.difference()))
        }
    };
    viewer.layer = Layer::Run;
    viewer.notice = told;
    Ok(())
}

/// Lets the kept rivals go.
pub fn drop_rivals(sitting: &mut Sitting, viewer: &mut Viewer) -> Result<(), String> {
    unlocked(sitting)?;
    let names = sitting.drop_rivals();
    if names.is_empty() {
        return Err("There is no rival that was kept with k.".into());
    }
    viewer.notice = Some(format!("gone: {}", names.join(", ")));
    Ok(())
}

/// Shows the command line that reopens this place, and gives it.
pub fn reopen(session: &Session, viewer: &mut Viewer) -> Result<String, String> {
    let Some(sitting) = &session.sitting else { return Err("There is nothing to reopen yet.".into()) };
    let command = reopen::command(sitting, session.left.as_ref().map(Left::sitting))?;
    viewer.layer = Layer::Reopen(command.clone());
    Ok(command)
}
