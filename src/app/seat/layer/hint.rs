//! A hint below the question or the goal of the page; after the last one, the solution.

use crate::app::act::acts::{Act, Go, Top, Visit};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, Words, row};
use crate::app::keymap::state::State;
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;

use State::Hint;

/// Keys of a hint.
pub const KEYS: &[Binding] = &[row(Key::char('h'), &[Hint], Message::Hint, "", &[Hint], Words::Hints)];

/// What a message comes to on the hint of this level; `None` if it is not about hints.
pub fn permit(level: usize, sitting: &Sitting, message: Message) -> Option<Result<Act, String>> {
    if message != Message::Hint {
        return None;
    }
    let is_last = level + 1 == sitting.page().hints.len();
    let solved = || lesson::solvable(sitting).map(|()| Act::Session(Visit::Solution));
    Some(lesson::hintable(sitting).and_then(|()| if is_last { solved() } else { Ok(opened(sitting, level + 1)) }))
}

/// Opens the hint that was opened last, or the first one.
pub fn open(sitting: &Sitting) -> Result<Act, String> {
    lesson::hintable(sitting).map(|()| opened(sitting, sitting.record().hints.saturating_sub(1)))
}

/// A hint that was open before is for this viewer alone; a new one counts.
fn opened(sitting: &Sitting, level: usize) -> Act {
    let level = level.min(sitting.page().hints.len() - 1);
    if level < sitting.record().hints { Act::Top(Top::Hint(level)) } else { Act::Run(Go::Hint(level)) }
}
