//! Going on and back: beats, iterations, jumps, pages and play.

use crate::app::act::acts::Stride;
use crate::app::room::errand::Standing;
use crate::app::room::session::{PACES, Session};
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;
use crate::app::run::long_run::LongRun;
use crate::engine::number::Sense;
use crate::lesson::schema::Grain;

/// To an iteration, on or back; why it does not end there, if it does not.
pub fn go_to(session: &mut Session, t: usize) -> Option<String> {
    let sitting = session.sitting.as_mut()?;
    if t > sitting.cursor.t {
        let run = LongRun::new(sitting, Some(t));
        return session.begin(run);
    }
    sitting.go_to(t);
    None
}

/// On by a grain, a whole iteration or to the end; at the end of a finished page the next page.
pub fn forward(session: &mut Session, stride: Stride) -> Option<String> {
    let sitting = session.sitting.as_mut()?;
    if stride == Stride::Grain && sitting.standing() == Standing::Done && sitting.proof().is_none() {
        return turn(sitting, Sense::More).err();
    }
    if sitting.pass_question() {
        return None;
    }
    let grain = match stride {
        Stride::Iteration => Grain::Iteration,
        Stride::End => Grain::Run,
        Stride::Grain => sitting.grain_here(),
    };
    if grain == Grain::Run {
        let run = LongRun::new(sitting, None);
        return session.begin(run);
    }
    (!sitting.forward(grain)).then(|| sitting.no_more())
}

/// Back by a beat, or to the page before.
pub fn back(sitting: &mut Sitting) -> Result<(), String> {
    if sitting.back() { Ok(()) } else { Err(lesson::START.into()) }
}

/// Back to the start of the iteration.
pub fn whole_back(sitting: &mut Sitting) -> Result<(), String> {
    if sitting.whole_back() { Ok(()) } else { Err(lesson::START.into()) }
}

/// Turns to the next page or the one before.
pub fn turn(sitting: &mut Sitting, sense: Sense) -> Result<(), String> {
    let page = if sense == Sense::More { sitting.page + 1 } else { sitting.page.saturating_sub(1) };
    if page < sitting.lesson.pages.len() { sitting.turn_to(page) } else { Ok(()) }
}

/// Plays or pauses.
pub fn play(session: &mut Session) -> Option<String> {
    session.is_playing = !session.is_playing;
    session.waited = 0;
    None
}

/// Plays faster or slower; which pace it is now.
pub fn pace(session: &mut Session, sense: Sense) -> String {
    let pace = if sense == Sense::More { session.pace + 1 } else { session.pace.saturating_sub(1) };
    session.pace = pace.min(PACES.len() - 1);
    format!("Pace {} of {}.", session.pace + 1, PACES.len())
}

/// → takes more, and after the whole run a sub-step again; what it takes now.
pub fn next_grain(sitting: &mut Sitting) -> String {
    let (grain, words) = match sitting.grain_here() {
        Grain::SubStep => (Grain::Iteration, "an iteration"),
        Grain::Iteration => (Grain::Run, "the whole run"),
        Grain::Run => (Grain::SubStep, "a sub-step"),
    };
    sitting.grain = Some(grain);
    format!("→ now takes {words}.")
}

/// Lifts the lock of questions, or sets it; what that means.
pub fn lock(sitting: &mut Sitting) -> String {
    sitting.is_unlocked = !sitting.is_unlocked;
    if sitting.is_unlocked { "Questions no longer lock: → passes them." } else { "Questions lock again." }.into()
}

/// Keeps the run as a rival, and says under which letter; or why it cannot.
pub fn keep_rival(sitting: &mut Sitting) -> String {
    let letter = match sitting.keep_rival() {
        Ok(letter) => letter,
        Err(why) => return why,
    };
    let next = if lesson::settings(sitting).is_ok() { ": e changes something" } else { "" };
    format!("This run stays as rival {letter}{next}.")
}

/// Lets the kept rivals go, and says which they were.
pub fn drop_rivals(sitting: &mut Sitting) -> String {
    let names = sitting.drop_rivals();
    if names.is_empty() {
        return "There is no rival that was kept with k.".into();
    }
    format!("Let go: run {}.", names.join(", run "))
}
