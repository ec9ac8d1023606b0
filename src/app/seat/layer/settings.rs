//! The settings on top of the page, as one viewer drafts them.

use crate::app::act::acts::{Act, Begin, DraftEdit, Go};
use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, DRAFT, Words, row};
use crate::app::keymap::state::State;
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;
use crate::app::seat::layer::NOTHING_TYPED;
use crate::app::settings::draft::Draft;
use crate::engine::number::Sense;

use State::{Placing, Settings, Writing};
use Words::Fixed;

/// Keys of the settings, and of the start on its way over the map.
pub const KEYS: &[Binding] = &[
    row(Key::ENTER, DRAFT, Message::Confirm, "in the settings: apply from the start", DRAFT, Fixed("start over")),
    row(
        Key::char('k'),
        &[Settings],
        Message::KeepAndConfirm,
        "the same, and keep the old run",
        &[Settings],
        Fixed("keep old"),
    ),
    row(
        Key::char('f'),
        &[Settings],
        Message::Fork,
        "in the settings: apply from here on",
        &[Settings],
        Fixed("from here"),
    ),
    row(Key::UP, &[Settings, Writing, Placing], Message::Up, "in the settings: the one above", &[], Fixed("")),
    row(
        Key::DOWN,
        &[Settings, Writing, Placing],
        Message::Down,
        "in the settings: the one below",
        &[Writing],
        Fixed("next row"),
    ),
    row(Key::LEFT, &[Settings, Writing, Placing], Message::Less, "in the settings: a nudge less", &[], Fixed("")),
    row(
        Key::RIGHT,
        &[Settings, Writing, Placing],
        Message::More,
        "in the settings: a nudge more (or type)",
        &[],
        Fixed(""),
    ),
    row(
        Key::char('m'),
        &[Settings],
        Message::Place,
        "in the settings: move the start on the map",
        &[Settings],
        Words::Start,
    ),
    row(Key::ENTER, &[Placing], Message::Confirm, "", &[Placing], Fixed("start here")),
    row(Key::char('-'), &[Placing], Message::Finer, "while it is moved: finer steps", &[Placing], Fixed("finer")),
    row(Key::char('+'), &[Placing], Message::Coarser, "while it is moved: coarser steps", &[Placing], Fixed("coarser")),
    row(Key::char('m'), &[Placing], Message::Place, "", &[Placing], Fixed("to the settings")),
    row(Key::ESC, &[Placing], Message::Lower, "", &[Placing], Fixed("as it was")),
];

/// What a message comes to in the settings; `None` if it is not about them. A draft takes effect only where the settings
/// could be opened now: others may have led the session to a question meanwhile.
pub fn permit(draft: &Draft, sitting: &Sitting, message: Message) -> Option<Result<Act, String>> {
    let edit = |edit: DraftEdit| Ok(Act::Draft(edit));
    let apply = |begin: Begin| lesson::settings(sitting).map(|()| Act::Run(Go::Apply(begin)));
    Some(match message {
        Message::Confirm => apply(Begin::Start),
        Message::KeepAndConfirm => apply(Begin::Beside),
        Message::Fork => apply(Begin::Here),
        Message::Up | Message::Down if is_alone(draft) => Err("There is one setting here.".into()),
        Message::Up => edit(DraftEdit::Row(Sense::Less)),
        Message::Down => edit(DraftEdit::Row(Sense::More)),
        Message::Less => edit(DraftEdit::Nudge(Sense::Less)),
        Message::More => edit(DraftEdit::Nudge(Sense::More)),
        Message::Type(character) => edit(DraftEdit::Type(character)),
        Message::Erase if draft.typed.is_none() && !draft.is_writing() => Err(NOTHING_TYPED.into()),
        Message::Erase => edit(DraftEdit::Erase),
        Message::Place => edit(DraftEdit::Place),
        Message::Finer => edit(DraftEdit::Pace(Sense::Less)),
        Message::Coarser => edit(DraftEdit::Pace(Sense::More)),
        Message::Lower if draft.placing.is_some() || draft.typed.is_some() => edit(DraftEdit::StepBack),
        _ => return None,
    })
}

/// Whether the row in focus is the only one.
fn is_alone(draft: &Draft) -> bool {
    draft.placing.is_none() && draft.typed.is_none() && draft.rows().len() == 1
}
