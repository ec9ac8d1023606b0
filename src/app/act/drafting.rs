//! The settings as one viewer drafts them, and how they take effect.

use crate::app::act::acts::{Begin, DraftEdit};
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::Cursor;
use crate::app::seat::viewer::{Layer, Viewer};

/// Changes the draft; why a key did nothing to it.
pub fn edit(edit: DraftEdit, viewer: &mut Viewer) -> Option<String> {
    let Layer::Settings(draft) = &mut viewer.layer else { return None };
    match edit {
        DraftEdit::Row(sense) => draft.go(sense).err(),
        DraftEdit::Nudge(sense) => draft.turn(sense).err(),
        DraftEdit::Type(character) => draft.type_in(character).err(),
        DraftEdit::Place => draft.place().err(),
        DraftEdit::Pace(sense) => draft.pace_by(sense).err(),
        DraftEdit::Erase => {
            draft.erase();
            None
        }
        DraftEdit::StepBack => {
            draft.step_back();
            None
        }
    }
}

/// The drafted settings take effect, where what was typed can be taken; what happened, or why it cannot be.
pub fn apply(begin: Begin, sitting: &mut Sitting, viewer: &mut Viewer) -> Option<String> {
    let Layer::Settings(draft) = &mut viewer.layer else { return None };
    if !draft.settle() {
        return None;
    }
    let (changes, name) = (draft.changes(), sitting.cast.names[0].clone());
    let told = match begin {
        Begin::Here if draft.is_elsewhere => Err("Another objective is another run: Enter starts it.".into()),
        Begin::Here => sitting.fork(changes, draft.method.clone()).map(|()| None),
        _ if draft.is_elsewhere => sitting.descend(draft).map(|()| None),
        Begin::Beside => {
            let told = |letter| {
                format!("Run {name} starts over{}; the old run stays beside it as {letter}.", draft.difference())
            };
            sitting.apply_beside(changes).map(|letter| Some(told(letter)))
        }
        Begin::Start if sitting.is_sandbox() && changes.is_empty() && sitting.cursor == Cursor::default() => Ok(None),
        Begin::Start => sitting.apply(changes).map(|()| {
            let how = if sitting.has_rivals() { "" } else { " k instead of Enter keeps the old run beside it." };
            Some(format!("Run {name} starts over{}.{how}", draft.difference()))
        }),
    };
    match told {
        Ok(told) => {
            viewer.layer = Layer::Run;
            told
        }
        Err(why) => Some(why),
    }
}
