//! A room: one session, and everybody who watches it. One learner alone is a classroom of one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::app::field;
use crate::app::key::Key;
use crate::app::keymap;
use crate::app::look::Look;
use crate::app::message::{Effect, Message};
use crate::app::refusal::{foreign, refusal, stray};
use crate::app::reload::{self, Saved};
use crate::app::session::Session;
use crate::app::state::State;
use crate::app::update::update;
use crate::app::viewer::{Layer, Viewer};
use crate::lesson::file::safe::Safe;

pub type ViewerId = usize;

/// One session and every viewer.
#[derive(Clone)]
pub struct Classroom {
    /// What all see.
    pub session: Session,
    /// What each sees of it.
    pub viewers: BTreeMap<ViewerId, Viewer>,
}

impl Classroom {
    /// An empty room around a session.
    pub fn new(session: Session) -> Self {
        Self { session, viewers: BTreeMap::new() }
    }

    /// Lets a viewer in, with a screen of that size.
    pub fn join(&mut self, size: (u16, u16), look: Look) -> ViewerId {
        let id = self.viewers.last_key_value().map_or(1, |(last, _)| last + 1);
        self.viewers.insert(id, Viewer::new(size, look));
        id
    }

    /// Lets a viewer out.
    pub fn leave(&mut self, id: ViewerId) {
        self.viewers.remove(&id);
    }

    /// A viewer presses a key.
    pub fn press(&mut self, id: ViewerId, key: Key) -> Effect {
        let Some(viewer) = self.viewers.get_mut(&id) else { return Effect::Nothing };
        let message = keymap::dispatch(&self.session, viewer, key);
        let refused = match message {
            Some(message) => refusal(message, &self.session, viewer),
            None => stray(&key.token(), keymap::state(&self.session, viewer)),
        };
        if let (Some(message), None) = (message, &refused) {
            let effect = update(&mut self.session, viewer, message);
            self.session.note();
            return effect;
        }
        if refused.is_some() {
            self.session.is_playing = false;
        }
        viewer.notice = refused;
        Effect::Nothing
    }

    /// A viewer pastes a text: where letters are typed, up to the first that is refused, and nowhere else, since a paste
    /// is no series of keys. A number or a point loses its name there.
    pub fn paste(&mut self, id: ViewerId, text: &str) {
        let Some(viewer) = self.viewers.get_mut(&id) else { return };
        let text = Safe::line(text.trim());
        let is_word =
            matches!(keymap::state(&self.session, viewer), State::Writing | State::Filter | State::Terms | State::Pair);
        let text = if is_word { Cow::Borrowed(text.as_str()) } else { field::typeable(&text) };
        for (place, character) in text.chars().enumerate() {
            let state = keymap::state(&self.session, viewer);
            let refused = if field::takes(&self.session, state, character, viewer) {
                update(&mut self.session, viewer, Message::Type(character));
                viewer.notice.take()
            } else {
                foreign(character, state).or_else(|| Some(format!("`{character}` is not typed here.")))
            };
            let Some(why) = refused else { continue };
            self.session.is_playing = false;
            viewer.notice = Some(match place {
                0 if !is_field(state) => "Nothing is typed here: a paste needs an open field.".into(),
                0 => format!("Nothing was pasted. {why}"),
                _ => format!("Only the beginning was pasted. {why}"),
            });
            return;
        }
    }

    /// The file of the lesson in progress was saved.
    pub fn reload(&mut self, saved: Saved) {
        reload::take_up(&mut self.session, self.viewers.values_mut(), saved);
    }

    /// A viewer's terminal changes its size.
    pub fn resize(&mut self, id: ViewerId, columns: u16, rows: u16) {
        if let Some(viewer) = self.viewers.get_mut(&id) {
            update(&mut self.session, viewer, Message::Resize(columns, rows));
        }
    }

    /// Holds every key sheet at its last row; how far that is, only who draws it knows.
    pub fn bound_sheets(&mut self, last_top: impl Fn(&Session, &Viewer) -> usize) {
        for viewer in self.viewers.values_mut() {
            if let Layer::Help(top) = viewer.layer
                && top > 0
            {
                let last = last_top(&self.session, viewer);
                if top > last {
                    viewer.layer = Layer::Help(last);
                    viewer.notice = Some("This is the end of the sheet; Esc closes it.".into());
                }
            }
        }
    }

    /// Holds what is read within its lines; how many of them are out of sight, above and below, only who draws it knows.
    pub fn bound_pages(&mut self, out_of_sight: impl Fn(&Session, &Viewer) -> (usize, usize)) {
        for viewer in self.viewers.values_mut().filter(|viewer| viewer.scrolled != 0) {
            let (above, below) = out_of_sight(&self.session, viewer);
            let bounded = viewer.scrolled.clamp(-(above as i32), below as i32);
            if bounded != viewer.scrolled {
                let words = match (above + below, viewer.scrolled < 0) {
                    (0, _) => "All of it is in sight.",
                    (_, true) => "This is its beginning.",
                    (_, false) => "This is its end.",
                };
                viewer.notice = Some(words.into());
                viewer.scrolled = bounded;
            }
        }
    }

    /// There is time for a slice of the work that goes on; whether there is more of it.
    pub fn work_on(&mut self) -> bool {
        let Some(viewer) = self.viewers.values_mut().next() else { return false };
        let has_more = update(&mut self.session, viewer, Message::WorkOn) == Effect::Work;
        if !has_more {
            self.session.note();
        }
        has_more
    }

    /// A twentieth of a second passes.
    pub fn tick(&mut self) {
        if let Some(viewer) = self.viewers.values_mut().next() {
            update(&mut self.session, viewer, Message::Tick);
            self.session.note();
        }
    }
}

/// Whether characters are typed into something.
fn is_field(state: State) -> bool {
    use State::{Answering, Filter, GoTo, Pair, Settings, Terms, Writing};
    matches!(state, Answering | Filter | GoTo | Pair | Settings | Terms | Writing)
}
