//! What a lesson permits at this moment: no rule looks ahead, and each has one sentence for its refusal.

use crate::app::room::errand::{Errand, Standing};
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::room::solution;
use crate::app::run::cursor::Cursor;
use crate::app::settings::draft;
use crate::lesson::question::Kind;

/// Said at t = 0.
pub const START: &str = "This is the start of the run.";

/// Said after the last page of a lesson that nothing waits beneath.
const LAST_PAGE: &str = "That was the last page. q leaves the lesson, r runs again.";

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

/// Refuses → while a question is open, after the ending and after the last page.
pub fn forward(session: &Session, sitting: &Sitting) -> Result<(), String> {
    unlocked(sitting)?;
    match sitting.standing() {
        Standing::Done if sitting.proof().is_some() => more(sitting),
        Standing::Done if is_last_page(sitting) => Err(last_page(session)),
        Standing::Done => Ok(()),
        _ => more(sitting),
    }
}

/// Refuses while a question is open and after the ending.
pub fn onward(sitting: &Sitting) -> Result<(), String> {
    unlocked(sitting)?;
    more(sitting)
}

fn more(sitting: &Sitting) -> Result<(), String> {
    if sitting.is_over() && !sitting.is_told_next() { Err(sitting.no_more()) } else { Ok(()) }
}

/// Refuses one beat back at the start of the run, unless a page lies behind it.
pub fn back(sitting: &Sitting) -> Result<(), String> {
    if sitting.leads_back() || sitting.was_told_here() { Ok(()) } else { whole_back(sitting) }
}

/// Refuses an iteration back at the start of the run.
pub fn whole_back(sitting: &Sitting) -> Result<(), String> {
    if sitting.cursor == Cursor::default() { Err(START.into()) } else { Ok(()) }
}

/// Refuses to run again what has not begun.
pub fn again(sitting: &Sitting) -> Result<(), String> {
    unlocked(sitting)?;
    if sitting.cursor == Cursor::default() && !sitting.is_forked { Err(START.into()) } else { Ok(()) }
}

/// Refuses the page after the last one.
pub fn next_page(session: &Session, sitting: &Sitting) -> Result<(), String> {
    if is_last_page(sitting) { Err(last_page(session)) } else { Ok(()) }
}

/// Refuses the page before the first one.
pub fn previous_page(sitting: &Sitting) -> Result<(), String> {
    if sitting.page == 0 { Err("This is the first page.".into()) } else { Ok(()) }
}

fn is_last_page(sitting: &Sitting) -> bool {
    sitting.page + 1 == sitting.lesson.pages.len()
}

/// What follows the last page: nothing, or the sitting that waits beneath.
fn last_page(session: &Session) -> String {
    if session.waiting.is_empty() { LAST_PAGE.into() } else { "That is all: Esc leads back to where you left.".into() }
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

/// Refuses the solution where there is none, and before an attempt was made.
pub fn solvable(sitting: &Sitting) -> Result<(), String> {
    if !solution::has_one(sitting) {
        return Err("That was the last hint.".into());
    }
    let record = sitting.record();
    if record.missed || record.goal.is_some() {
        return Ok(());
    }
    Err("That was the last hint. Let a run end once, and h shows a solution.".into())
}

/// Refuses why cards where there are none, and while one might tell an answer.
pub fn why(sitting: &Sitting) -> Result<(), String> {
    if sitting.page().why.is_empty() {
        return Err("This page has no why card.".into());
    }
    if sitting.is_unsettled() {
        return Err("The why card opens when the outcome of the question is seen.".into());
    }
    Ok(())
}

/// Refuses to play while an answer is open, or rests on this run, and where the sandbox cannot open.
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

/// Refuses the sandbox from where it cannot open: from itself, from a proof and from a solution.
pub fn leads_to_sandbox(sitting: &Sitting) -> Result<(), String> {
    match sitting.errand {
        Errand::Lesson | Errand::Review => Ok(()),
        Errand::Sandbox => Err("This is the sandbox already: e changes everything.".into()),
        Errand::Proof(_) | Errand::Solution => {
            Err("Esc leads back to the lesson; the sandbox opens from there.".into())
        }
    }
}

/// Refuses other settings while an answer rests on those there are, and where none may change.
pub fn settings(sitting: &Sitting) -> Result<(), String> {
    unlocked(sitting)?;
    if sitting.is_sealed() {
        return Err("Your prediction is about this run as it is: see its outcome first, then change it.".into());
    }
    if sitting.is_unsettled() && sitting.page().controls.is_none() {
        return Err("This page asks about its run as it is: answer first, then change it.".into());
    }
    if sitting.proof().is_some() {
        return Err("This run proves the card as it is: Esc leads back to the lesson.".into());
    }
    if !draft::has_rows(sitting) {
        return Err("This page has nothing to change.".into());
    }
    Ok(())
}
