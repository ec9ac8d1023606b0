//! One learner at a terminal: a classroom of one.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;

use crate::app::act::acts::Effect;
use crate::app::classroom::{Classroom, ViewerId};
use crate::app::key::press::Input;
use crate::app::look::appearance::Look;
use crate::app::room::sandbox;
use crate::app::room::session::Session;
use crate::app::seat::viewer::Layer;
use crate::host::calendar;
use crate::host::keeper::Keeper;
use crate::host::program::{Flow, Program};
use crate::host::watcher::Watcher;
use crate::view::plot::memo::Memo;
use crate::view::screen::help;
use crate::view::screen::regions;

/// A classroom with one viewer, as a terminal runs it.
pub struct Learner {
    room: Classroom,
    id: ViewerId,
    memo: Memo,
    keeper: Option<Keeper>,
    watcher: Option<Watcher>,
    /// Whether something was handed on to be kept, and nobody knows yet whether it is.
    awaits_word: bool,
    /// Why something could not be kept, until a frame says it: of several keys at once only the last leaves a notice.
    unsaid: Option<String>,
}

impl Learner {
    /// A learner alone with a session, and somebody who keeps what is done; the terminal tells its size first.
    pub fn new(session: Session, look: Look, keeper: Option<Keeper>) -> Self {
        let mut room = Classroom::new(session);
        let id = room.join((80, 24), look);
        Self { room, id, memo: Memo::default(), keeper, watcher: None, awaits_word: false, unsaid: None }
    }

    /// Says something before the first key.
    pub fn hears(&mut self, notice: String) {
        if let Some(viewer) = self.room.viewers.get_mut(&self.id) {
            viewer.notice = Some(notice);
        }
    }

    /// Looks after a lesson file from now on, and says what is wrong with it.
    pub fn looks_after(&mut self, watcher: Watcher) {
        self.watcher = Some(watcher);
    }

    /// Welcomes somebody who was never here.
    pub fn is_welcomed(&mut self) {
        if let Some(viewer) = self.room.viewers.get_mut(&self.id) {
            viewer.layer = Layer::Welcome;
        }
    }

    /// Asks first what is to be descended.
    pub fn is_asked_for_formula(&mut self) {
        if let Some(viewer) = self.room.viewers.get_mut(&self.id) {
            sandbox::ask_for_formula(&self.room.session, viewer);
        }
    }

    /// Waits until all is kept; why not, if it could not be.
    pub fn farewell(&mut self) -> Option<String> {
        self.keep();
        self.keeper.as_mut()?.finish()
    }

    /// Hands on what is new, and says what could not be kept.
    fn keep(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        if let Some(progress) = self.room.session.unsaved() {
            keeper.keep(progress);
            self.awaits_word = true;
        }
        self.say_what_is_kept();
    }

    /// Will say what could not be kept, and marks as long as that is so; whether there is something new to see.
    fn say_what_is_kept(&mut self) -> bool {
        let Some(keeper) = &self.keeper else { return false };
        let (trouble, is_behind) = (keeper.trouble(), keeper.is_behind());
        let Some(viewer) = self.room.viewers.get_mut(&self.id) else { return false };
        let was_behind = std::mem::replace(&mut viewer.is_unkept, is_behind);
        let is_new = trouble.is_some();
        self.unsaid = trouble.or(self.unsaid.take());
        is_new || is_behind != was_behind
    }
}

/// How long a key may have to wait for the work that goes on.
const SLICE: Duration = Duration::from_millis(5);

#[expect(clippy::disallowed_methods, reason = "between two keys work goes on for a while")]
fn now() -> Instant {
    Instant::now()
}

impl Program for Learner {
    fn input(&mut self, input: Input) -> Flow {
        // A session may stay open for days, and what is due is due on a day.
        self.room.session.today = calendar::later(self.room.session.today);
        match input {
            Input::Key(key) => match self.room.press(self.id, key) {
                Effect::Leave => return Flow::Leave,
                Effect::Copy(text) => return Flow::Copy(text),
                Effect::Work => self.work_on(),
                Effect::Nothing => {}
            },
            Input::Resize(columns, rows) => self.room.resize(self.id, columns, rows),
            Input::Answer => return Flow::Idle,
            Input::Tick => self.room.tick(),
            Input::Paste(text) => self.room.paste(self.id, &text),
        }
        self.room.bound_sheets(help::last_top);
        self.room.bound_pages(regions::out_of_sight);
        self.keep();
        Flow::Redraw
    }

    fn draw(&mut self, cells: &mut Buffer) -> Option<(u16, u16)> {
        let viewer = self.room.viewers.get_mut(&self.id)?;
        viewer.notice = self.unsaid.take().or(viewer.notice.take());
        regions::draw(&self.room.session, viewer, &mut self.memo, cells)
    }

    fn has_work(&self) -> bool {
        self.room.has_work()
    }

    fn work_on(&mut self) {
        let start = now();
        while self.room.work_on() && start.elapsed() < SLICE {}
    }

    fn watches(&self) -> bool {
        self.watcher.is_some() || self.awaits_word
    }

    fn look(&mut self) -> Flow {
        self.awaits_word &= self.keeper.as_ref().is_some_and(Keeper::is_busy);
        let is_said = self.say_what_is_kept();
        match self.watcher.as_mut().and_then(Watcher::look) {
            Some(saved) => {
                self.room.reload(saved);
                Flow::Redraw
            }
            None if is_said => Flow::Redraw,
            None => Flow::Idle,
        }
    }

    fn wants_ticks(&self) -> bool {
        self.room.session.is_playing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::press::Key;

    /// A review is due on a day, and a session may be open for many.
    #[test]
    fn each_key_learns_which_day_it_is() {
        let session = Session { today: Some(1), ..Session::home() };
        let mut learner = Learner::new(session, Look::default(), None);
        learner.input(Key::char('?').into());
        assert!(learner.room.session.today >= calendar::today());
        let mut script = Learner::new(Session::home(), Look::default(), None);
        script.input(Key::char('?').into());
        assert_eq!(script.room.session.today, None, "who knows no days learns none");
    }
}
