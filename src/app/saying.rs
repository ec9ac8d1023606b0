//! A line of plain text is done: what it means, not the keys that would lead there.

use crate::app::act::acts::Effect;
use crate::app::act::message::Message;
use crate::app::classroom::{Classroom, ViewerId};
use crate::app::key::press::Key;
use crate::app::keymap::binding::Binding;
use crate::app::keymap::spoken::Utterance;
use crate::app::keymap::table;
use crate::app::rules::permit::permit;
use crate::app::rules::stray::stray;
use crate::app::seat::viewer::Layer;

impl Classroom {
    /// A viewer says what is not a series of keys.
    pub fn say(&mut self, id: ViewerId, said: Utterance) -> Effect {
        match said {
            Utterance::Keys(keys) => keys.into_iter().map(|key| self.press(id, key)).last().unwrap_or(Effect::Nothing),
            Utterance::Set(row, value) => self.set(id, row, &value),
            Utterance::Answer(text) => self.answer(id, &text),
            Utterance::GoTo(t) => {
                let is_open = |layer: &Layer| matches!(layer, Layer::GoTo(_));
                self.fill(id, ('g', Message::GoTo), is_open, Layer::GoTo(t))
                    .unwrap_or_else(|| self.send(id, Message::Confirm))
            }
            Utterance::Names(names) => {
                let is_open = |layer: &Layer| matches!(layer, Layer::Pair(_));
                self.fill(id, ('P', Message::Pair), is_open, Layer::Pair(names))
                    .unwrap_or_else(|| self.send(id, Message::Confirm))
            }
            Utterance::Terms(typed) => {
                let is_open = |layer: &Layer| matches!(layer, Layer::Terms { .. });
                self.fill(id, ('t', Message::Terms), is_open, Layer::Terms { top: 0, typed }).unwrap_or(Effect::Nothing)
            }
            Utterance::Open(index) => {
                if let Some(viewer) = self.viewers.get_mut(&id) {
                    viewer.list.filter.clear();
                    viewer.list.chosen = Some(index);
                }
                self.send(id, Message::Open)
            }
        }
    }

    /// Opens a field by its key, where it is not open, and fills it; what came of the key, if the field did not open.
    fn fill(
        &mut self,
        id: ViewerId,
        key: (char, Message),
        is_open: fn(&Layer) -> bool,
        filled: Layer,
    ) -> Option<Effect> {
        if !is_open(&self.viewers.get(&id)?.layer)
            && let Some(effect) = self.open(id, key)
        {
            return Some(effect);
        }
        let viewer = self.viewers.get_mut(&id)?;
        if is_open(&viewer.layer) {
            viewer.layer = filled;
            return None;
        }
        Some(Effect::Nothing)
    }

    /// Does what a message comes to, where its key is one of the keys at hand; `None` where it did.
    fn open(&mut self, id: ViewerId, (key, message): (char, Message)) -> Option<Effect> {
        let state = table::state(self.session_of(id), self.viewers.get(&id)?);
        let is_here = |binding: &&Binding| binding.message == message && binding.states.contains(&state);
        if table::rows().any(|binding| is_here(&binding)) {
            self.send(id, message);
            return None;
        }
        self.refuse(id, stray(Key::char(key), state));
        Some(Effect::Nothing)
    }

    /// The settings are opened, where they are not, a value goes into a row, and they take effect.
    fn set(&mut self, id: ViewerId, row: usize, value: &str) -> Effect {
        let is_open = self.viewers.get(&id).is_some_and(|viewer| matches!(viewer.layer, Layer::Settings(_)));
        if !is_open && let Some(effect) = self.open(id, ('e', Message::Settings)) {
            return effect;
        }
        let Some(viewer) = self.viewers.get_mut(&id) else { return Effect::Nothing };
        let Layer::Settings(draft) = &mut viewer.layer else { return Effect::Nothing };
        if let Err(why) = draft.set(row, value) {
            self.refuse(id, Some(why));
            return Effect::Nothing;
        }
        self.send(id, Message::Confirm)
    }

    /// The open question is answered with a number or a point.
    fn answer(&mut self, id: ViewerId, text: &str) -> Effect {
        let (Some(viewer), Some(sitting)) = (self.viewers.get(&id), &self.session_of(id).sitting) else {
            return Effect::Nothing;
        };
        let Some((ask, mut attempt)) = sitting.open_question().zip(viewer.attempt(sitting)) else {
            return Effect::Nothing;
        };
        attempt.making_mut().retype(text);
        let attempt = (ask.question.clone(), attempt);
        let Some(viewer) = self.viewers.get_mut(&id) else { return Effect::Nothing };
        viewer.attempt = Some(attempt);
        viewer.answers = Some(true);
        if !matches!(viewer.layer, Layer::Hint(_)) {
            viewer.layer = Layer::Run;
        }
        self.send(id, Message::Confirm)
    }

    /// Does what a message comes to.
    fn send(&mut self, id: ViewerId, message: Message) -> Effect {
        let Some(viewer) = self.viewers.get(&id) else { return Effect::Nothing };
        match permit(message, self.session_of(id), viewer) {
            Ok(act) => self.perform(id, act),
            Err(why) => {
                self.refuse(id, Some(why));
                Effect::Nothing
            }
        }
    }
}
