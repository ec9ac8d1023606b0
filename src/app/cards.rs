//! The cards that lie on top of a page: answers, hints, why cards and settings, and when they may be opened.

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
    if sitting.standing() == Standing::Asked || sitting.is_sealed() {
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

/// Opens the settings, unless an answer rests on them.
pub fn settings(sitting: &Sitting, viewer: &mut Viewer) -> Result<(), String> {
    unlocked(sitting)?;
    if sitting.is_sealed() {
        return Err("Your prediction is about this run as it is: see its outcome first, then change it.".into());
    }
    let draft = Draft::of(sitting);
    if draft.fields.is_empty() {
        return Err("This page has nothing to change.".into());
    }
    viewer.layer = Layer::Settings(draft);
    Ok(())
}
