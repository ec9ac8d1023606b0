//! One learner at a terminal: a classroom of one.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;

use crate::app::classroom::{Classroom, ViewerId};
use crate::app::key::Input;
use crate::app::look::Look;
use crate::app::message::Effect;
use crate::app::session::Session;
use crate::host::terminal::{Flow, Program};
use crate::view::memo::Memo;
use crate::view::screen;

/// A classroom with one viewer, as a terminal runs it.
pub struct Learner {
    room: Classroom,
    id: ViewerId,
    memo: Memo,
}

impl Learner {
    /// A learner alone with a session; the terminal tells its size first.
    pub fn new(session: Session, look: Look) -> Self {
        let mut room = Classroom::new(session);
        let id = room.join((80, 24), look);
        Self { room, id, memo: Memo::default() }
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
        match input {
            Input::Key(key) => match self.room.press(self.id, key) {
                Effect::Leave => return Flow::Leave,
                Effect::Copy(text) => return Flow::Copy(text),
                Effect::Work => self.work_on(),
                Effect::Nothing => {}
            },
            Input::Resize(columns, rows) => self.room.resize(self.id, columns, rows),
            Input::Tick => self.room.tick(),
            Input::Paste(text) => self.room.paste(self.id, &text),
        }
        Flow::Redraw
    }

    fn draw(&mut self, cells: &mut Buffer) -> Option<(u16, u16)> {
        let viewer = self.room.viewers.get(&self.id)?;
        screen::draw(&self.room.session, viewer, &mut self.memo, cells)
    }

    fn has_work(&self) -> bool {
        self.room.session.work.is_some()
    }

    fn work_on(&mut self) {
        let start = now();
        while self.room.work_on() && start.elapsed() < SLICE {}
    }

    fn wants_ticks(&self) -> bool {
        self.room.session.is_playing
    }
}
