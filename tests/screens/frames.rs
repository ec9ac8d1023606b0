//! Frames of lessons tame and wild, at sizes down to nothing, after keys at random: what tests look at and benches time.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test that is a failure")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Cue, Input, script};
use downhill::app::keymap::table::rows;
use downhill::app::look::appearance::{Depth, Glyphs, Ground, Look};
use downhill::app::look::notation::Notation;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Viewer;
use downhill::engine::number::random::Generator;
use downhill::lesson::course::library;
use downhill::lesson::file::read::read;
use downhill::view::plot::memo::Memo;
use ratatui::layout::Rect;

/// So many frames there are in all.
pub const FRAMES: usize = 20_000;
/// So many frames are drawn of one walk.
const WALK: usize = 50;

/// Objectives and step sizes that leave the world of ordinary numbers, each in a lesson of its own.
const WILD: [(&str, &str, &str); 10] = [
    ("exp(x1^2 + x2^2)", "[3, 4]", "{ rule = \"fixed\", alpha = 1 }"),
    ("ln(x1) + x2^2", "[1, 1]", "{ rule = \"fixed\", alpha = 3 }"),
    ("1e300*x1^2 + x2", "[1e4, 1]", "{ rule = \"fixed\", alpha = 0.1 }"),
    ("7 + 0*x1*x2", "[1, 2]", "{ rule = \"backtracking\" }"),
    ("x1^2 + x2^2", "[1e307, -1e307]", "{ rule = \"fixed\", alpha = 1.1 }"),
    ("-x1^4 - x2^4", "[1e-300, 1]", "{ rule = \"fixed\", alpha = 0.4 }"),
    ("abs(x1) + sqrt(abs(x2))", "[1, 0]", "{ rule = \"fixed\", alpha = 0.3 }"),
    ("sin(1e6*x1) + 1e-308*x2", "[0.1, 2]", "{ rule = \"backtracking\" }"),
    ("x1^3", "[1]", "{ rule = \"fixed\", alpha = 5 }"),
    ("1/x1", "[1e-9]", "{ rule = \"backtracking\" }"),
];

/// The lesson of that number: those that ship, the wild ones, each of them beside the next; the list of lessons comes last.
fn session(number: usize) -> Session {
    let shipped = library::SHIPPED.len();
    if number < shipped {
        return Session::single(Sitting::open(library::open(library::SHIPPED[number].0).unwrap()).unwrap());
    }
    let wild = number - shipped;
    if wild >= 2 * WILD.len() {
        return Session::home();
    }
    let (one, other) = (scenario("main", wild), scenario("other", wild + 1));
    let compare = if wild < WILD.len() { "" } else { "compare = [\"main\", \"other\"]\n" };
    let source = format!("format = 1\ntitle = \"Wild\"\n{one}{other}[[page]]\n{compare}text = \"Wild.\"\n");
    let (lesson, _) = read("wild", &source).unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    Session::single(Sitting::open(lesson).unwrap())
}

fn scenario(name: &str, wild: usize) -> String {
    let (formula, start, step_size) = WILD[wild % WILD.len()];
    format!(
        "[scenario.{name}]\nobjective = {{ formula = \"{formula}\" }}\nwindow = {{ x1 = [-2, 2]{} }}\nstart = {start}\n\
         [[scenario.{name}.run]]\nname = \"A\"\nstep_size = {step_size}\n",
        if start.contains(',') { ", x2 = [-2, 2]" } else { "" },
    )
}

struct Dice(Generator);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        (self.0.fraction() * sides as f64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }

    /// Mostly small, now and then as large as they come.
    fn size(&mut self) -> (u16, u16) {
        match self.roll(20) {
            0 => (self.roll(221) as u16, self.roll(71) as u16),
            1..4 => (80, 24),
            4..8 => (self.roll(100) as u16, self.roll(30) as u16),
            _ => (self.roll(45) as u16, self.roll(14) as u16),
        }
    }

    fn look(&mut self) -> Look {
        Look {
            glyphs: self.pick(&[Glyphs::Braille, Glyphs::Ascii]),
            depth: self.pick(&[Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True]),
            ground: self.pick(&[Ground::Dark, Ground::Light]),
            notation: self.pick(&Notation::ALL),
        }
    }

    /// Steps mostly, else any key of the table, or what one types into a field.
    fn key(&mut self) -> String {
        let key = match self.roll(10) {
            0..4 => self.pick(&["<right>", "<right>", "<enter>", "<left>", "<space>", "<tab>", "z", "E"]),
            4 => self.pick(&["1", "2", "3", "5", "9", "0", ".", "-", "e", "<bs>"]),
            _ => return rows().nth(self.roll(rows().count())).unwrap().key.token(),
        };
        key.to_owned()
    }
}

/// Walks through all frames; `look_at` draws and judges each. A frame that breaks is told by the keys that led to it.
pub fn walk(mut look_at: impl FnMut(&Session, &Viewer, &mut Memo, Rect)) {
    let lessons = library::SHIPPED.len() + 2 * WILD.len() + 1;
    for walk in 0..FRAMES / WALK {
        let mut dice = Dice(Generator::of_iteration(walk as u64, 0));
        let mut room = Classroom::new(session(walk % lessons));
        let id = room.join(dice.size(), dice.look());
        let mut memo = Memo::default();
        let mut pressed = String::new();
        for _ in 0..WALK {
            let key = dice.key();
            let size = dice.size();
            let is_asleep = dice.roll(4) == 0;
            let look = (dice.roll(12) == 0).then(|| dice.look());
            pressed = format!("{pressed} {key} <resize:{}x{}>", size.0, size.1);
            let drawn = catch_unwind(AssertUnwindSafe(|| {
                if let [Cue { input: Input::Key(key), .. }] = &script(&key).unwrap()[..] {
                    room.press(id, *key);
                }
                room.tick();
                // Work that is not done yet is drawn with its bar.
                while !is_asleep && room.work_on() {}
                if let (Some(look), Some(viewer)) = (look, room.viewers.get_mut(&id)) {
                    viewer.look = look;
                }
                room.resize(id, size.0, size.1);
                look_at(&room.session, &room.viewers[&id], &mut memo, Rect::new(0, 0, size.0, size.1));
            }));
            assert!(drawn.is_ok(), "walk {walk} of lesson {}:{pressed}", walk % lessons);
        }
    }
}
