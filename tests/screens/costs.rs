//! What keys cost in bytes: a lesson is gone through as a learner would, and what goes to the terminal is counted.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Code, Key};
use downhill::app::look::appearance::Look;
use downhill::app::room::errand::Standing;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Layer;
use downhill::host::terminal::paint::Screen;
use downhill::lesson::course::library;
use downhill::lesson::question::Kind;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// So many keys are pressed on each page, at most; then the next page is turned to.
const KEYS: usize = 12;

/// What a key did to the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// It stayed within the iteration.
    Step,
    /// It went to another iteration.
    Iteration,
    /// It turned the page, or moved a frame.
    Layout,
}

/// A lesson at a terminal.
pub struct Show {
    room: Classroom,
    memo: Memo,
    size: (u16, u16),
}

impl Show {
    /// A lesson that ships.
    pub fn of(lesson: &str, size: (u16, u16)) -> Self {
        Self::playing(Sitting::open(library::open(lesson).unwrap()).unwrap(), size)
    }

    /// Any lesson.
    pub fn playing(sitting: Sitting, size: (u16, u16)) -> Self {
        let mut room = Classroom::new(Session::single(sitting));
        room.join(size, Look::default());
        Self { room, memo: Memo::default(), size }
    }

    /// Presses a key and lets its work be done.
    pub fn press(&mut self, code: Code) {
        self.room.press(1, Key { code, ctrl: false, alt: false, shift: false });
        while self.room.work_on() {}
    }

    /// The bytes that bring a terminal to what is to be seen now.
    pub fn frame(&mut self, on: &mut Screen) -> usize {
        let (room, memo) = (&self.room, &mut self.memo);
        on.frame(|cells| regions::draw(&room.session, &room.viewers[&1], memo, cells)).len()
    }

    /// Goes through a whole lesson: steps, answers, pages. `each` hears what a key did, and its bytes.
    pub fn walk(&mut self, mut each: impl FnMut(&mut Self, Change, usize)) {
        let mut terminal = Screen::new(self.size);
        self.frame(&mut terminal);
        let pages = self.sitting().lesson.pages.len();
        let (mut corners, mut t) = (self.corners(), self.sitting().cursor.t);
        for page in 0..pages {
            for press in 0.. {
                let key = self.next_key().filter(|key| press < KEYS || *key == Code::Char('1'));
                match key.filter(|_| self.sitting().page == page) {
                    Some(key) => self.press(key),
                    None if self.sitting().page == page && page + 1 < pages => self.press(Code::Char('n')),
                    None => break,
                }
                let bytes = self.frame(&mut terminal);
                let before = (std::mem::replace(&mut corners, self.corners()), t);
                t = self.sitting().cursor.t;
                let change = match (before.0 == corners, before.1 == t) {
                    (false, _) => Change::Layout,
                    (true, false) => Change::Iteration,
                    (true, true) => Change::Step,
                };
                each(self, change, bytes);
            }
        }
    }

    fn sitting(&self) -> &Sitting {
        self.room.session.sitting.as_ref().unwrap()
    }

    /// What a learner would press to go on with the page, if one key can.
    fn next_key(&self) -> Option<Code> {
        let question = self.sitting().lesson.pages[self.sitting().page].ask.as_ref();
        let is_choice = question.is_some_and(|ask| matches!(ask.kind, Kind::Choose(_)));
        match (&self.room.viewers[&1].layer, self.sitting().standing()) {
            (Layer::Confidence(_), _) => Some(Code::Char('1')),
            (_, Standing::Asked) => is_choice.then_some(Code::Char('1')),
            (_, Standing::Stepping | Standing::Aiming) => Some(Code::Right),
            (_, Standing::Done) => None,
        }
    }

    /// The page and where every frame has its corners: steps that leave them alone change no layout.
    fn corners(&mut self) -> (Option<usize>, Vec<usize>) {
        let (room, memo) = (&self.room, &mut self.memo);
        let mut cells = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        regions::draw(&room.session, &room.viewers[&1], memo, &mut cells);
        let is_corner = |index: &usize| "╭╮╰╯┌┐└┘".contains(cells.content[*index].symbol());
        let page = room.session.sitting.as_ref().map(|sitting| sitting.page);
        (page, (0..cells.content.len()).filter(is_corner).collect())
    }
}
