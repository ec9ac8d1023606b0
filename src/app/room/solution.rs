//! The solution of a goal, followed step by step: offered after the hints, and only after an attempt.

use crate::app::room::left::Left;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Sitting, Standing};
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::made::solution;

/// Whether the page in view has a goal with a solution to show.
pub fn has_one(sitting: &Sitting) -> bool {
    let page = sitting.page();
    page.goal.is_some() && !(page.proof.is_empty() && page.solution.is_none())
}

/// Opens the solution of the goal in view; Esc leads back.
pub fn open(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    may_open(sitting)?;
    let lesson = solution::lesson(&sitting.lesson, sitting.page()).ok_or("This goal has no solution to show.")?;
    let shown = Sitting { is_unlocked: sitting.is_unlocked, ..Sitting::open(lesson)? };
    let left = std::mem::replace(sitting, shown);
    session.left = Some(Left { sitting: left, panel: viewer.panel, is_zoomed: viewer.is_zoomed });
    viewer.open_page();
    viewer.layer = Layer::Run;
    Ok(())
}

/// Refuses before an attempt was made.
pub fn may_open(sitting: &Sitting) -> Result<(), String> {
    if !has_one(sitting) {
        return Err("That was the last hint.".into());
    }
    let record = sitting.record();
    if record.missed || record.goal.is_some() {
        return Ok(());
    }
    Err("That was the last hint. Let a run end once, and h shows a solution.".into())
}

/// Whether a solution was followed to its end, and whether what it asked was answered rightly; `None` for all else.
pub fn seen(sitting: &Sitting) -> Option<bool> {
    let is_whole = sitting.lesson.id == "solution" && sitting.standing() == Standing::Done;
    let is_right = sitting.record().verdict.as_ref().is_none_or(|verdict| verdict.grade.is_right());
    is_whole.then_some(is_right)
}
