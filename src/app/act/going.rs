//! Going on and back: beats, iterations, jumps and pages.

use crate::app::act::cards;
use crate::app::act::message::Message;
use crate::app::room::session::Session;
use crate::app::room::sitting::{Sitting, Standing};
use crate::app::run::long_run::LongRun;
use crate::app::run::work::Work;
use crate::app::seat::viewer::Viewer;
use crate::lesson::schema::Grain;

/// To an iteration, on or back.
pub fn go_to(session: &mut Session, t: usize) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    if t > sitting.cursor.t {
        let journey = LongRun::new(sitting, Some(t));
        return session.begin(Work::Run(journey));
    }
    sitting.go_to(t);
    Ok(())
}

/// On by a grain, a whole iteration or to the end; at the end of a finished page the next page.
pub fn forward(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    let Some(sitting) = &mut session.sitting else { return Ok(()) };
    cards::unlocked(sitting)?;
    let is_step = message == Message::Forward;
    if is_step && sitting.standing() == Standing::Done && sitting.detour.is_none() {
        return turn(sitting, viewer, 1);
    }
    if sitting.pass_question() {
        return Ok(());
    }
    let grain = match message {
        Message::WholeForward => Grain::Iteration,
        Message::ToEnd => Grain::Run,
        _ => sitting.grain_here(),
    };
    if grain == Grain::Run {
        let journey = LongRun::new(sitting, None);
        return session.begin(Work::Run(journey));
    }
    if sitting.forward(grain) { Ok(()) } else { Err(sitting.no_more()) }
}

/// Back by a beat, or to the start of the iteration.
pub fn back(sitting: &mut Sitting, message: Message) -> Result<(), String> {
    let moved = if message == Message::Back { sitting.back() } else { sitting.whole_back() };
    if moved { Ok(()) } else { Err("This is the start of the run.".into()) }
}

/// Turns pages.
pub fn turn(sitting: &mut Sitting, viewer: &mut Viewer, by: isize) -> Result<(), String> {
    let Some(page) = sitting.page.checked_add_signed(by) else { return Err("This is the first page.".into()) };
    if page >= sitting.lesson.pages.len() {
        return Err("That was the last page. q leaves the lesson, r runs again.".into());
    }
    viewer.open_page();
    sitting.turn_to(page)
}
