//! The cards that lie on top of a page: answers, hints, why cards and settings, and when they may be opened.

use crate::app::act::message::Message;
use crate::app::answer::pair::{Pair, Turn};
use crate::app::room::left::Left;
use crate::app::room::reopen;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Sitting, Standing};
use crate::app::room::solution;
use crate::app::run::cursor::Cursor;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::question::{Answer, Ask, Kind};

/// Refuses while a question is open.
pub fn unlocked(sitting: &Sitting) -> Result<(), String> {
    let open = sitting.open_question().filter(|_| sitting.standing() == Standing::Asked);
    match open.map(|ask| &ask.kind) {
        None => Ok(()),
        Some(Kind::Choose(options)) => {
            Err(format!("Answer first, with 1–{} (n goes on without an answer).", options.len()))
        }
        Some(_) => Err("Answer first: i leads to the question (n goes on without an answer).".into()),
    }
}

/// Takes the answer of a number.
pub fn answer(sitting: &mut Sitting, viewer: &mut Viewer, pair: Option<&Pair>, index: usize) -> Result<(), String> {
    let Some(Ask { kind: Kind::Choose(options), .. }) = sitting.open_question() else { return Ok(()) };
    if index >= options.len() {
        return Err(format!("There are {} answers.", options.len()));
    }
    give(sitting, viewer, pair, Answer::Choice(index));
    Ok(())
}

/// Lets a key happen to the answer that is being made; `None` if it is none of its.
pub fn attempt(
    sitting: &mut Sitting,
    viewer: &mut Viewer,
    pair: Option<&Pair>,
    message: Message,
) -> Option<Result<(), String>> {
    let is_its =
        matches!(message, Message::Confirm | Message::Erase | Message::Type(_) | Message::Finer | Message::Coarser)
            || matches!(message, Message::Less | Message::More | Message::Up | Message::Down);
    let is_typed = matches!(message, Message::Type(_));
    if !is_its || !(is_typed || viewer.layer.shows_question() && viewer.is_answering(sitting)) {
        return None;
    }
    let question = sitting.open_question()?.question.clone();
    let mut attempt = viewer.attempt(sitting)?;
    if is_typed {
        // What begins a number reaches the answer from under any card, and from the run.
        viewer.answers = viewer.answers.filter(|answers| *answers).or(sitting.is_unlocked.then_some(true));
    }
    if !matches!(viewer.layer, Layer::Hint(_)) {
        viewer.layer = Layer::Run;
    }
    let done = if message == Message::Confirm { attempt.finish() } else { attempt.take(message).map(|()| None) };
    viewer.attempt = Some((question, attempt));
    Some(done.map(|answer| {
        if let Some(answer) = answer {
            give(sitting, viewer, pair, answer);
        }
    }))
}

/// Gives an answer, or asks first how sure the learner is; of two each is asked.
fn give(sitting: &mut Sitting, viewer: &mut Viewer, pair: Option<&Pair>, answer: Answer) {
    let is_asked = match pair.and_then(|pair| pair.turn(sitting)) {
        Some(Turn::First(..) | Turn::Second(..)) => {
            // What one of two answers is hidden as soon as it is given.
            viewer.attempt = None;
            true
        }
        Some(Turn::Together) => false,
        None => sitting.open_question().is_some_and(|ask| ask.confidence),
    };
    if is_asked {
        viewer.layer = Layer::Confidence(answer);
    } else {
        viewer.layer = Layer::Run;
        answered(sitting, viewer, pair, answer, None);
    }
}

/// An answer is given, with how sure the learner is.
pub fn answered(
    sitting: &mut Sitting,
    viewer: &mut Viewer,
    pair: Option<&Pair>,
    answer: Answer,
    confidence: Option<usize>,
) {
    match (pair.and_then(|pair| pair.turn(sitting)), confidence) {
        (Some(Turn::First(name, _) | Turn::Second(name, _)), Some(sure)) => {
            sitting.answer_as(name.clone(), answer, sure);
        }
        _ => sitting.answer(answer, confidence),
    }
    viewer.attempt = None;
}

/// The question takes the keys again.
pub fn question(sitting: &Sitting, viewer: &mut Viewer) -> Result<(), String> {
    match sitting.open_question() {
        None => Err("No question is open here.".into()),
        Some(Ask { kind: Kind::Choose(_), .. }) => Err("The keys 1 to 4 answer, wherever you are.".into()),
        Some(_) if viewer.is_answering(sitting) => Err("The question has the keys: Enter answers.".into()),
        Some(_) => {
            viewer.answers = Some(true);
            Ok(())
        }
    }
}

/// Refuses hints where there are none, and before what they help with was asked.
pub fn hintable(sitting: &Sitting) -> Result<(), String> {
    if sitting.page().hints.is_empty() {
        return Err("This page has no hint.".into());
    }
    let is_to_come = sitting.is_unsettled() && sitting.open_question().is_none() && !sitting.is_sealed();
    if is_to_come {
        return Err("The hint belongs to the question of this page, which → leads to.".into());
    }
    Ok(())
}

/// Opens the next hint; after the last one, the solution of the goal.
pub fn hint(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    let count = sitting.page().hints.len();
    hintable(sitting)?;
    if matches!(viewer.layer, Layer::Hint(level) if level + 1 == count) {
        return solution::open(session, viewer);
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
    if sitting.is_unsettled() {
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
    if sitting.is_unsettled() {
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
    if sitting.is_unsettled() && sitting.page().controls.is_none() {
        return Err("This page asks about its run as it is: answer first, then change it.".into());
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
    viewer.notice = Some(format!("Let go: run {}.", names.join(", run ")));
    Ok(())
}

/// Shows the command line that reopens this place, and gives it.
pub fn reopen(session: &Session, viewer: &mut Viewer) -> Result<String, String> {
    let Some(sitting) = &session.sitting else { return Err("There is nothing to reopen yet.".into()) };
    let mut command = reopen::command(sitting, session.left.as_ref().map(Left::sitting))?;
    if let Some(folder) = session.pack.folder() {
        command = format!("{command} --lessons {}", reopen::quoted(folder));
    }
    if let Some(pair) = session.pair.as_ref().filter(|_| !sitting.is_sandbox) {
        let names = format!("{},{}", pair.names[0], pair.names[1]);
        command = format!("{command} --pair {}", reopen::quoted(&names));
    }
    viewer.layer = Layer::Reopen(command.clone());
    Ok(command)
}
