//! Answers: made by keys, given, by one or by two.

use crate::app::act::acts::Stroke;
use crate::app::answer::pair::{Pair, Turn};
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::question::{Answer, Ask, Kind};

/// Changes the answer that is being made; why a key did nothing to it.
pub fn stroke(stroke: Stroke, session: &Session, viewer: &mut Viewer) -> Option<String> {
    let sitting = session.sitting.as_ref()?;
    let question = sitting.open_question()?.question.clone();
    let mut attempt = viewer.attempt(sitting)?;
    if matches!(stroke, Stroke::Type(_)) {
        // What begins a number gives the question the keys, where they went to the run.
        viewer.answers = viewer.answers.filter(|answers| *answers).or(sitting.is_unlocked.then_some(true));
    }
    if !matches!(viewer.layer, Layer::Hint(_)) {
        viewer.layer = Layer::Run;
    }
    let told = match stroke {
        Stroke::Finish => attempt.making_mut().finish().err(),
        stroke => attempt.making_mut().take(stroke).err(),
    };
    viewer.attempt = Some((question, attempt));
    told
}

/// The answer of one, or of one of two, with how sure they are.
pub fn answer(sitting: &mut Sitting, pair: Option<&Pair>, answer: Answer, sure: Option<usize>) {
    match (pair.and_then(|pair| pair.turn(sitting)), sure) {
        (Some(Turn::First(name, _) | Turn::Second(name, _)), Some(sure)) => {
            sitting.answer_as(name.clone(), answer, sure);
        }
        _ => sitting.answer(answer, sure),
    }
}

/// How many options there are, to who chose another.
pub fn no_such_choice(sitting: &Sitting) -> Option<String> {
    match &sitting.open_question()?.kind {
        Kind::Choose(options) => Some(format!("There are {} answers.", options.len())),
        _ => None,
    }
}

/// From here on two learn, with these names, or one alone; who begins. What was answered under other names is let go.
pub fn pair(session: &mut Session, viewer: &mut Viewer, names: Option<String>) -> Option<String> {
    let was_two = session.pair.is_some();
    if was_two {
        viewer.attempt = None;
    }
    session.pair_up(names.and_then(|names| Pair::read(&names).ok()));
    match &session.pair {
        Some(pair) => {
            let (driver, other) = pair.driving();
            Some(format!("{} has the keys first, {} looks on. P ends it.", driver.as_str(), other.as_str()))
        }
        None if was_two => Some("One learns alone now; P makes it two again.".into()),
        None => None,
    }
}

/// Keeps the answer as it is now, before it is asked how sure the learner is.
pub fn keep(session: &Session, viewer: &mut Viewer) {
    let Some(sitting) = &session.sitting else { return };
    let Some(Ask { question, .. }) = sitting.open_question() else { return };
    if let Some(mut attempt) = viewer.attempt(sitting) {
        // What one of two answers is hidden as soon as it is given.
        let is_hidden = session.pair.as_ref().is_some_and(|pair| pair.turn(sitting).is_some());
        let is_whole = attempt.making_mut().finish().is_ok();
        viewer.attempt = (is_whole && !is_hidden).then(|| (question.clone(), attempt));
    }
}
