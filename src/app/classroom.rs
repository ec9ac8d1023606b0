//! A room: one session, and everybody who watches it. One learner alone is a classroom of one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::app::act::acts::{Act, Audience, Effect, Go, Visit};
use crate::app::act::message::Message;
use crate::app::act::perform;
use crate::app::key::press::Key;
use crate::app::keymap::field;
use crate::app::keymap::state::State;
use crate::app::keymap::table;
use crate::app::look::appearance::Look;
use crate::app::room::reload::{self, Saved};
use crate::app::room::session::{Session, Ticked};
use crate::app::rules::permit::permit;
use crate::app::rules::stray::{foreign, stray};
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::file::safe::Safe;

pub type ViewerId = usize;

/// One session and every viewer.
#[derive(Clone)]
pub struct Classroom {
    /// What all see.
    pub session: Session,
    /// What each sees of it.
    pub viewers: BTreeMap<ViewerId, Viewer>,
    /// The sessions of those who left the lesson for the list while others go on in it.
    away: BTreeMap<ViewerId, Session>,
}

impl Classroom {
    /// An empty room around a session.
    pub fn new(session: Session) -> Self {
        Self { session, viewers: BTreeMap::new(), away: BTreeMap::new() }
    }

    /// Lets a viewer in, with a screen of that size.
    pub fn join(&mut self, size: (u16, u16), look: Look) -> ViewerId {
        let id = self.viewers.last_key_value().map_or(1, |(last, _)| last + 1);
        let mut viewer = Viewer::new(size, look);
        viewer.is_at(&self.session);
        self.viewers.insert(id, viewer);
        id
    }

    /// Lets a viewer out.
    pub fn leave(&mut self, id: ViewerId) {
        self.viewers.remove(&id);
        self.away.remove(&id);
    }

    /// The session that a viewer is in: that of all, or their own since they left the lesson.
    pub fn session_of(&self, id: ViewerId) -> &Session {
        self.away.get(&id).unwrap_or(&self.session)
    }

    /// A viewer presses a key.
    pub fn press(&mut self, id: ViewerId, key: Key) -> Effect {
        let (session, Some(viewer)) = (self.session_of(id), self.viewers.get(&id)) else { return Effect::Nothing };
        let permitted = match table::dispatch(session, viewer, key) {
            Some(message) => permit(message, session, viewer).map_err(Some),
            None => Err(stray(key, table::state(session, viewer))),
        };
        match permitted {
            Ok(act) => self.perform(id, act),
            Err(why) => {
                self.refuse(id, why);
                if self.has_work() { Effect::Work } else { Effect::Nothing }
            }
        }
    }

    /// A viewer does what was permitted; all come to the moment that it leads to.
    pub(in crate::app) fn perform(&mut self, id: ViewerId, act: Act) -> Effect {
        let is_away = self.away.contains_key(&id);
        let others = self.viewers.keys().filter(|other| **other != id && !self.away.contains_key(other)).count();
        let goes_home = matches!(act, Act::Session(Visit::Home))
            || matches!(act, Act::Session(Visit::Return)) && self.session.waiting.is_empty();
        if goes_home && !is_away && others > 0 {
            self.go_away(id);
            return Effect::Nothing;
        }
        let Some(viewer) = self.viewers.get_mut(&id) else { return Effect::Nothing };
        let session = self.away.get_mut(&id).unwrap_or(&mut self.session);
        let is_shared = act.reach() == Audience::Shared;
        if is_shared || is_away || others == 0 {
            session.halted = None;
            session.is_playing &= matches!(act, Act::Run(Go::Play | Go::Pace(_)));
        }
        // What a long way comes to is told to all; of other acts, who did it hears.
        let is_way = matches!(act, Act::Run(Go::On(_) | Go::To(_)));
        viewer.is_at(session);
        let effect = perform::act(act, session, viewer);
        session.note();
        viewer.follow(session);
        let words = viewer.notice.clone().filter(|_| is_way);
        if is_away {
            self.come_back(id);
        } else {
            for (_, viewer) in
                self.viewers.iter_mut().filter(|(other, _)| **other != id && !self.away.contains_key(other))
            {
                // What was said to another was about what was there before.
                if is_shared {
                    viewer.notice.clone_from(&words);
                }
                viewer.follow(&self.session);
            }
        }
        effect
    }

    /// One leaves the lesson for the list, and the others go on in it.
    fn go_away(&mut self, id: ViewerId) {
        let Some(viewer) = self.viewers.get_mut(&id) else { return };
        let mut own = Session { work: None, is_playing: false, ..self.session.clone() };
        own.notes.is_elsewhere = true;
        let title = own.sitting.as_ref().map_or(String::new(), |sitting| sitting.lesson.title.to_string());
        viewer.is_at(&own);
        own.go_home(&mut viewer.list);
        viewer.follow(&own);
        viewer.notice =
            Some(format!("The others go on in \"{title}\": open it to join them. What you do alone is not kept."));
        self.away.insert(id, own);
    }

    /// One who has opened the lesson of the others is with them again.
    fn come_back(&mut self, id: ViewerId) {
        let lesson = |session: &Session| session.sitting.as_ref().map(|sitting| sitting.lesson.id.clone());
        let is_there = |own: &Session| lesson(own).is_some() && lesson(own) == lesson(&self.session);
        if self.away.get(&id).is_some_and(is_there) {
            self.away.remove(&id);
            if let Some(viewer) = self.viewers.get_mut(&id) {
                viewer.follow(&self.session);
                viewer.notice = Some("You are with the others again.".into());
            }
        }
    }

    /// A key of a viewer is refused, with a sentence or without; it ends the play of one who is alone.
    pub(in crate::app) fn refuse(&mut self, id: ViewerId, why: Option<String>) {
        if why.is_some() && self.viewers.len() == 1 {
            self.session.is_playing = false;
        }
        if let Some(viewer) = self.viewers.get_mut(&id) {
            viewer.notice = why;
        }
    }

    /// A viewer pastes a text: where letters are typed, up to the first that is refused, and nowhere else, since a paste
    /// is no series of keys. A number or a point loses its name there.
    pub fn paste(&mut self, id: ViewerId, text: &str) {
        let (session, Some(viewer)) = (self.session_of(id), self.viewers.get(&id)) else { return };
        let text = Safe::line(text.trim());
        let is_word =
            matches!(table::state(session, viewer), State::Writing | State::Filter | State::Terms | State::Pair);
        let text = if is_word { Cow::Borrowed(text.as_str()) } else { field::typeable(&text) };
        for (place, character) in text.chars().enumerate() {
            let (session, Some(viewer)) = (self.session_of(id), self.viewers.get(&id)) else { return };
            let state = table::state(session, viewer);
            let refused = if field::takes(session, state, character, viewer) {
                self.type_in(id, character)
            } else {
                foreign(character, state).or_else(|| Some(format!("`{character}` is not typed here.")))
            };
            let Some(why) = refused else { continue };
            let why = match place {
                0 if !is_field(state) => "Nothing is typed here: a paste needs an open field.".into(),
                0 => format!("Nothing was pasted. {why}"),
                _ => format!("Only the beginning was pasted. {why}"),
            };
            return self.refuse(id, Some(why));
        }
    }

    /// A viewer types one character of a paste; why it cannot be typed, if it cannot.
    fn type_in(&mut self, id: ViewerId, character: char) -> Option<String> {
        match permit(Message::Type(character), self.session_of(id), self.viewers.get(&id)?) {
            Ok(act) => self.perform(id, act),
            Err(why) => return Some(why),
        };
        self.viewers.get_mut(&id)?.notice.take()
    }

    /// The file of the lesson in progress was saved.
    pub fn reload(&mut self, saved: Saved) {
        let there = self.viewers.iter_mut().filter(|(id, _)| !self.away.contains_key(id)).map(|(_, viewer)| viewer);
        reload::take_up(&mut self.session, there, saved);
    }

    /// A viewer's terminal changes its size.
    pub fn resize(&mut self, id: ViewerId, columns: u16, rows: u16) {
        if let Some(viewer) = self.viewers.get_mut(&id) {
            viewer.size = (columns, rows);
            viewer.scrolled = 0;
        }
    }

    /// Holds every key sheet at its last row; how far that is, only who draws it knows.
    pub fn bound_sheets(&mut self, last_top: impl Fn(&Session, &Viewer) -> usize) {
        for (id, viewer) in &mut self.viewers {
            if let Layer::Help(top) = viewer.layer
                && top > 0
            {
                let last = last_top(self.away.get(id).unwrap_or(&self.session), viewer);
                if top > last {
                    viewer.layer = Layer::Help(last);
                    viewer.notice = Some("This is the end of the sheet; Esc closes it.".into());
                }
            }
        }
    }

    /// Holds what is read within its lines; how many of them are out of sight, above and below, only who draws it knows.
    pub fn bound_pages(&mut self, out_of_sight: impl Fn(&Session, &Viewer) -> (usize, usize)) {
        for (id, viewer) in self.viewers.iter_mut().filter(|(_, viewer)| viewer.scrolled != 0) {
            let (above, below) = out_of_sight(self.away.get(id).unwrap_or(&self.session), viewer);
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

    /// Whether something goes on that takes longer than a key.
    pub fn has_work(&self) -> bool {
        let mut sessions = self.away.values().chain([&self.session]);
        sessions.any(|session| session.work.is_some()) || self.viewers.values().any(|viewer| viewer.search.is_some())
    }

    /// There is time for a slice of all that goes on; whether there is more of it. The end of a long way is told to all
    /// whose session it is, what was sought for a picture to the one who looks.
    pub fn work_on(&mut self) -> bool {
        for (session, viewers) in self.sessions() {
            if session.work.is_some() {
                let words = session.work_on();
                if session.work.is_none() {
                    session.note();
                    tell_all(session, viewers, words.as_ref());
                    continue;
                }
            }
            for viewer in viewers {
                if let (Some(_), Some(sitting)) = (&viewer.search, &mut session.sitting) {
                    viewer.notice = viewer.search_on(sitting).or(viewer.notice.take());
                }
            }
        }
        self.has_work()
    }

    /// A twentieth of a second passes; a beat of play is seen by all whose session it is.
    pub fn tick(&mut self) {
        for (session, viewers) in self.sessions() {
            let ticked = session.tick();
            session.note();
            if let Some(Ticked { words }) = ticked {
                tell_all(session, viewers, words.as_ref());
            }
        }
    }

    /// Every session with the viewers who are in it.
    fn sessions(&mut self) -> Vec<(&mut Session, Vec<&mut Viewer>)> {
        let mut sessions = vec![(&mut self.session, Vec::new())];
        let mut away: BTreeMap<ViewerId, &mut Session> = self.away.iter_mut().map(|(id, own)| (*id, own)).collect();
        for (id, viewer) in &mut self.viewers {
            match away.remove(id) {
                Some(own) => sessions.push((own, vec![viewer])),
                None => sessions[0].1.push(viewer),
            }
        }
        sessions
    }
}

/// Something was done that all see: what was said before gives way to these words, or to none.
fn tell_all(session: &Session, viewers: Vec<&mut Viewer>, words: Option<&String>) {
    for viewer in viewers {
        viewer.notice = words.cloned();
        viewer.follow(session);
    }
}

/// Whether characters are typed into something.
fn is_field(state: State) -> bool {
    use State::{Answering, Filter, GoTo, Pair, Settings, Terms, Writing};
    matches!(state, Answering | Filter | GoTo | Pair | Settings | Terms | Writing)
}
