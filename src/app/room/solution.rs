//! The solution of a goal, followed step by step: offered after the hints, and only after an attempt.

use crate::app::room::errand::{Errand, Standing};
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::lesson::made::solution;

/// Whether the page in view has a goal with a solution to show.
pub fn has_one(sitting: &Sitting) -> bool {
    let page = sitting.page();
    page.goal.is_some() && !(page.proof.is_empty() && page.solution.is_none())
}

/// Opens the solution of the goal in view; Esc leads back.
pub fn open(session: &mut Session) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    let lesson = solution::lesson(&sitting.lesson, sitting.page()).ok_or("This goal has no solution to show.")?;
    let shown = Sitting { is_unlocked: sitting.is_unlocked, errand: Errand::Solution, ..Sitting::open(lesson)? };
    session.waiting.push(std::mem::replace(sitting, shown));
    Ok(())
}

/// Whether a solution was followed to its end, and whether what it asked was answered rightly; `None` for all else.
pub fn seen(sitting: &Sitting) -> Option<bool> {
    let is_whole = sitting.errand == Errand::Solution && sitting.standing() == Standing::Done;
    let is_right = sitting.record().verdict.as_ref().is_none_or(|verdict| verdict.grade.is_right());
    is_whole.then_some(is_right)
}
