//! A small language for tests: a learner opens a lesson, presses keys, and sees words.
//!
//! ```text
//! Learner::opens("backtracking").at(80, 24).presses("<right> 3 <right>").sees("14440").misses("page 2/8");
//! ```
#![expect(clippy::panic, reason = "a lesson that cannot be opened is a failure")]

use downhill::app::key::press::script;
use downhill::app::look::appearance::Look;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::complaint::render;
use downhill::lesson::file::read::read;

/// Somebody at a screen, with a shipped lesson before them.
pub struct Learner {
    lesson: String,
    room: Headless,
    pressed: String,
}

impl Learner {
    /// Opens a shipped lesson on a screen of 80 × 24.
    #[track_caller]
    pub fn opens(lesson: &str) -> Self {
        Self { lesson: lesson.to_owned(), room: room(lesson, (80, 24)), pressed: String::new() }
    }

    /// Opens a lesson by its text, on a screen of 80 × 24.
    #[track_caller]
    pub fn reads(source: &str) -> Self {
        let lesson = read("lesson", source).map(|(lesson, _)| lesson);
        match lesson.map(Sitting::open) {
            Ok(Ok(sitting)) => {
                let room = Headless::new(Session::single(sitting), (80, 24), Look::default());
                Self { lesson: "lesson".to_owned(), room, pressed: String::new() }
            }
            Ok(Err(why)) => panic!("{why}"),
            Err(complaints) => panic!("{}", render("lesson", source, &complaints)),
        }
    }

    /// The same lesson, not yet begun, on a screen of another size.
    #[track_caller]
    pub fn at(self, columns: u16, rows: u16) -> Self {
        assert_eq!(self.pressed, "", "choose the size before the first key");
        Self { room: room(&self.lesson, (columns, rows)), ..self }
    }

    /// Presses keys, written as key strings: `<right> 2 <enter>`.
    #[track_caller]
    pub fn presses(mut self, keys: &str) -> Self {
        match script(keys) {
            Ok(cues) => self.room.play(&cues),
            Err(error) => panic!("{error}"),
        }
        if !self.pressed.is_empty() {
            self.pressed.push(' ');
        }
        self.pressed.push_str(keys);
        self
    }

    /// Holds that these words stand on the screen; where they are wrapped does not matter.
    #[track_caller]
    pub fn sees(mut self, words: &str) -> Self {
        let screen = self.screen();
        assert!(flowing(&screen).contains(words), "{}: \"{words}\" is not seen\n{screen}", self.who());
        self
    }

    /// Holds that these words do not stand on the screen.
    #[track_caller]
    pub fn misses(mut self, words: &str) -> Self {
        let screen = self.screen();
        assert!(!flowing(&screen).contains(words), "{}: \"{words}\" is seen\n{screen}", self.who());
        self
    }

    /// The screen, as text.
    pub fn screen(&mut self) -> String {
        text::text(&self.room.screen())
    }

    /// The lesson in progress, for tests that must know what it asks.
    pub fn sitting(&self) -> &Sitting {
        match &self.room.session().sitting {
            Some(sitting) => sitting,
            None => panic!("{}: no lesson is open", self.who()),
        }
    }

    fn who(&self) -> String {
        format!("{} after `{}`", self.lesson, self.pressed)
    }
}

#[track_caller]
fn room(lesson: &str, size: (u16, u16)) -> Headless {
    match library::open(lesson).and_then(Sitting::open) {
        Ok(sitting) => Headless::new(Session::single(sitting), size, Look::default()),
        Err(why) => panic!("{why}"),
    }
}

/// A screen as one line: rows joined, frames and repeated blanks gone.
fn flowing(screen: &str) -> String {
    let is_gap = |character: char| character.is_whitespace() || "│┌┐└┘├┤─".contains(character);
    screen.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_learner_speaks_keys_and_reads_words_across_lines() {
    let mut learner = Learner::opens("backtracking")
        .at(100, 30)
        .sees("page 1/")
        .presses("<right>")
        .sees("1-3 answer")
        .misses("page 2/");
    assert_eq!(learner.screen().lines().count(), 30);
    assert_eq!(learner.sitting().page, 0);
    Learner::reads(include_str!("../sound/ravine.toml")).sees("page 1/");
    assert_eq!(flowing("│ one │\n└─ two ──┘"), "one two");
}
