//! A lesson without a terminal: keys from a script, cells into a buffer; for tests, pages of a book and teachers.

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::act::acts::Effect;
use crate::app::classroom::{Classroom, ViewerId};
use crate::app::key::press::{Code, Cue, Input, Key};
use crate::app::look::appearance::Look;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::Viewer;
use crate::export::text::text;
use crate::host::patience::Deadline;
use crate::view::map::picture;
use crate::view::map::picture::Sight;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Theme;
use crate::view::plot::memo::Memo;
use crate::view::screen::help;
use crate::view::screen::regions;

/// No work is waited for any longer.
const LONGEST: Duration = Duration::from_secs(12);

/// A room in which a script plays.
#[derive(Clone)]
pub struct Headless {
    room: Classroom,
    seats: BTreeMap<usize, ViewerId>,
    active: usize,
    size: (u16, u16),
    look: Look,
    memo: Memo,
    /// Whether the active viewer has left.
    pub has_left: bool,
    /// What was copied last.
    pub copied: Option<String>,
}

/// The map of a lesson in progress, as text.
pub fn map(sitting: &Sitting, (columns, rows): (u16, u16), look: Look) -> String {
    let mut cells = Buffer::empty(Rect::new(0, 0, columns, rows));
    let area = cells.area;
    let pad = &mut Pad::new(Theme::of(look), area, &mut cells);
    picture::draw(&Scene::of(sitting), Sight::default(), pad, &mut Memo::default());
    text(&cells)
}

impl Headless {
    /// A room around a session, with one viewer at a screen of that size.
    pub fn new(session: Session, size: (u16, u16), look: Look) -> Self {
        let mut room = Classroom::new(session);
        let first = room.join(size, look);
        Self {
            room,
            seats: BTreeMap::from([(1, first)]),
            active: 1,
            size,
            look,
            memo: Memo::default(),
            has_left: false,
            copied: None,
        }
    }

    /// Plays cues; after a viewer has left, nothing more happens.
    pub fn play(&mut self, cues: &[Cue]) {
        for cue in cues {
            if self.has_left {
                return;
            }
            self.take(cue);
        }
    }

    fn take(&mut self, cue: &Cue) {
        self.active = cue.viewer;
        let (room, size, look) = (&mut self.room, self.size, self.look);
        let id = *self.seats.entry(cue.viewer).or_insert_with(|| room.join(size, look));
        match &cue.input {
            Input::Key(key) => match self.room.press(id, *key) {
                Effect::Leave => self.has_left = true,
                Effect::Copy(text) => self.copied = Some(text),
                Effect::Work | Effect::Nothing => {}
            },
            Input::Resize(columns, rows) => self.room.resize(id, *columns, *rows),
            Input::Answer => {}
            Input::Tick => self.room.tick(),
            Input::Paste(text) => self.room.paste(id, text),
        }
        self.room.bound_sheets(help::last_top);
        self.room.bound_pages(regions::out_of_sight);
        let patience = Deadline::of(LONGEST);
        while self.room.work_on() {
            if patience.is_spent() {
                // As a learner would, who waited so long.
                self.room.press(id, Key::plain(Code::Esc));
            }
        }
    }

    /// What the viewer who pressed last sees.
    pub fn screen(&mut self) -> Buffer {
        self.screen_of(self.active)
    }

    /// What a viewer sees, by their number in the script.
    pub fn screen_of(&mut self, who: usize) -> Buffer {
        let seat = self.seats.get(&who).and_then(|id| Some((*id, self.room.viewers.get(id)?)));
        let size = seat.map_or(self.size, |(_, viewer)| viewer.size);
        let mut cells = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        if let Some((id, viewer)) = seat {
            regions::draw(self.room.session_of(id), viewer, &mut self.memo, &mut cells);
        }
        cells
    }

    /// The viewer who pressed last.
    pub fn viewer(&self) -> &Viewer {
        &self.room.viewers[&self.seats[&self.active]]
    }

    /// The session, to look at.
    pub fn session(&self) -> &Session {
        self.room.session_of(self.seats[&self.active])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::press::script;
    use crate::engine::rule::method::TABLES;
    use crate::engine::tally::made;
    use crate::lesson::check::check;
    use crate::lesson::course::library;
    use crate::lesson::schema::Grain;

    /// How many tables are made of rules while something is done.
    fn tables(act: impl FnOnce()) -> usize {
        let before = TABLES.get();
        act();
        TABLES.get() - before
    }

    /// Settings are read off the rules; a table is made where one leaves the program, or comes in.
    #[test]
    fn a_frame_makes_no_table_of_a_rule_and_a_check_few() {
        let mut sitting = Sitting::open(library::open("backtracking").unwrap()).unwrap();
        sitting.is_unlocked = true;
        (1..9).for_each(|page| sitting.turn_to(page).unwrap());
        let mut room = Headless::new(Session::single(sitting), (80, 24), Look::default());
        let pressed = tables(|| room.play(&script("<right>").unwrap()));
        let drawn = tables(|| drop(room.screen()));
        let source = library::find("backtracking").unwrap();
        let checked = tables(|| assert!(check("backtracking", source, &|_| true).complaints.is_empty()));
        assert!(pressed == 0 && drawn == 0 && checked <= 20, "{pressed}, {drawn}, {checked}");
    }

    /// Story and standing are computed where something has changed: at most once a key and once a frame; no
    /// draft of the settings is made to draw a footer.
    #[test]
    fn a_key_and_its_frame_compute_story_and_standing_once() {
        for (id, _) in library::SHIPPED {
            // A longer stride passes several beats, each of them a state of its own.
            let mut sitting = Sitting::open(library::open(id).unwrap()).unwrap();
            sitting.grain = Some(Grain::SubStep);
            let mut room = Headless::new(Session::single(sitting), (80, 24), Look::default());
            room.screen();
            for cue in
                script("<right> <right> <right> 1 <right> <right> <left> <tab> n <right> <right> h <esc> w G ? <esc>")
                    .unwrap()
            {
                let key = made(|| room.take(&cue));
                let frame = made(|| drop(room.screen()));
                assert!(key[..2].iter().all(|count| *count <= 1) && key[2] == 0, "{id}, {cue:?}: {key:?}");
                assert!(frame[..2].iter().all(|count| *count <= 1) && frame[2] == 0, "{id}, after {cue:?}: {frame:?}");
            }
        }
    }
}
