//! What does a screen cost? `cargo bench --bench screens` prints bytes and times beside their budgets.
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a bench times, and prints")]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use downhill::app::classroom::Classroom;
use downhill::app::key::{Code, Key};
use downhill::app::look::Look;
use downhill::app::session::Session;
use downhill::app::sitting::{Sitting, Standing};
use downhill::app::viewer::Layer;
use downhill::host::terminal::paint::Screen;
use downhill::lesson::library;
use downhill::lesson::question::Kind;
use downhill::lesson::read::read;
use downhill::view::memo::Memo;
use downhill::view::screen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A size and what it may cost: bytes of a full repaint, bytes of a sub-step, microseconds of a frame.
const BUDGETS: [((u16, u16), usize, usize, f64); 3] =
    [((80, 24), 10_000, 350, 200.0), ((120, 40), 19_000, 650, 400.0), ((200, 60), 36_000, 1200, 1100.0)];

/// Two long runs, which never settle: the second jumps about.
const LONG: &str = r#"
format = 1
title = "A long way"
chapter = "step-size"
[scenario.main]
objective = { formula = "(1-x1)^2 + 100*(x2-x1^2)^2" }
window = { x1 = [-2, 2], x2 = [-1, 3] }
start = [-1.2, 1]
known = { value = 0, points = [[1, 1]] }
[[scenario.main.run]]
name = "A"
step_size = { rule = "fixed", alpha = 0.0001 }
stop = { iterations = 100000, gradient = 0 }
[[scenario.main.run]]
name = "B"
step_size = { rule = "fixed", alpha = 0.0014 }
stop = { iterations = 100000, gradient = 0 }
[[page]]
text = "It takes long."
show = ["map", "progress"]
"#;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "{:<32}{:>9}{:>23}{:>16}{:>14}{:>15}",
        "", "repaint", "sub-step: median, worst", "iteration", "layout", "frame, µs"
    );
    for lesson in library::SHIPPED.iter().map(|(id, _)| *id) {
        for (size, full, step, time) in BUDGETS {
            let costs = Show::of(lesson, size).walk();
            let title = format!("{lesson} {}x{}", size.0, size.1);
            let mark = |cost: f64, budget: f64| if cost > budget { "!" } else { " " };
            let repaint = format!("{}{}", costs.full, mark(costs.full as f64, full as f64));
            let bytes = |at: Option<&usize>| {
                let bytes = at.copied().unwrap_or(0);
                format!("{bytes}{}", mark(bytes as f64, step as f64))
            };
            let middle = |steps: &[usize]| bytes(steps.get(steps.len() / 2));
            let [steps, iterations] = [&costs.steps, &costs.iterations];
            let steps = format!("{} {} of {step}", middle(steps), bytes(steps.last()));
            let iterations = format!("{} {}", middle(iterations), bytes(iterations.last()));
            let layouts = format!("{} ×{}", costs.layouts.last().unwrap_or(&0), costs.layouts.len());
            let time = format!("{:.0} of {time:.0}{}", costs.time, mark(costs.time, time));
            println!("{title:<32}{repaint:>9}{steps:>23}{iterations:>16}{layouts:>14}{time:>15}");
        }
    }
    start();
    long();
}

/// So many keys are pressed on each page, at most; then the next page is turned to.
const KEYS: usize = 12;

/// What a walk costs: bytes of a full repaint; in order the bytes of each step within an iteration, of each to another
/// iteration, and of each that changes the layout; and microseconds of the slowest frame.
#[derive(Default)]
struct Costs {
    full: usize,
    steps: Vec<usize>,
    iterations: Vec<usize>,
    layouts: Vec<usize>,
    time: f64,
}

struct Show {
    room: Classroom,
    memo: Memo,
    size: (u16, u16),
}

impl Show {
    fn of(lesson: &str, size: (u16, u16)) -> Self {
        Self::playing(Sitting::open(library::open(lesson).unwrap()).unwrap(), size)
    }

    fn playing(sitting: Sitting, size: (u16, u16)) -> Self {
        let mut room = Classroom::new(Session::single(sitting));
        room.join(size, Look::default());
        Self { room, memo: Memo::default(), size }
    }

    fn press(&mut self, code: Code) {
        self.room.press(1, Key { code, ctrl: false, alt: false, shift: false });
        while self.room.work_on() {}
    }

    fn frame(&mut self, on: &mut Screen) -> usize {
        let (room, memo) = (&self.room, &mut self.memo);
        on.frame(|cells| screen::draw(&room.session, &room.viewers[&1], memo, cells)).len()
    }

    /// A way through a whole lesson: steps, answers, pages.
    fn walk(mut self) -> Costs {
        let mut terminal = Screen::new(self.size);
        let mut costs = Costs { full: self.frame(&mut terminal), ..Costs::default() };
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
                let kind = match (before.0 == corners, before.1 == t) {
                    (false, _) => &mut costs.layouts,
                    (true, false) => &mut costs.iterations,
                    (true, true) => &mut costs.steps,
                };
                kind.extend((bytes > 0).then_some(bytes));
                costs.time = costs.time.max(self.time());
            }
        }
        for kind in [&mut costs.steps, &mut costs.iterations, &mut costs.layouts] {
            kind.sort_unstable();
        }
        costs
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
        screen::draw(&room.session, &room.viewers[&1], memo, &mut cells);
        let is_corner = |index: &usize| "╭╮╰╯┌┐└┘".contains(cells.content[*index].symbol());
        let page = room.session.sitting.as_ref().map(|sitting| sitting.page);
        (page, (0..cells.content.len()).filter(is_corner).collect())
    }

    /// Microseconds of a frame that changes nothing: drawn, compared, not written.
    fn time(&mut self) -> f64 {
        let mut terminal = Screen::new(self.size);
        self.frame(&mut terminal);
        let once = |show: &mut Self, terminal: &mut Screen| {
            let start = Instant::now();
            black_box(show.frame(terminal));
            start.elapsed().as_secs_f64() * 1e6
        };
        (0..30).map(|_| once(self, &mut terminal)).fold(f64::INFINITY, f64::min)
    }
}

/// From the start of the process to its end, with one frame between.
fn start() {
    let run = || {
        let start = Instant::now();
        let arguments = ["screen", "backtracking", "--size", "80x24"];
        Command::new(env!("CARGO_BIN_EXE_downhill")).args(arguments).stdout(Stdio::null()).status().unwrap();
        start.elapsed().as_secs_f64() * 1e3
    };
    let best = (0..10).map(|_| run()).fold(f64::INFINITY, f64::min);
    println!("\na process that starts, draws one frame and ends: {best:.1} ms of 50");
}

/// A hundred thousand iterations in.
fn long() {
    let lesson = read("long", LONG).unwrap().0;
    let mut show = Show::playing(Sitting::open(lesson).unwrap(), (120, 40));
    let mut terminal = Screen::new(show.size);
    let mut say = |what: &str, show: &mut Show, codes: &[Code]| {
        let start = Instant::now();
        for code in codes {
            show.press(*code);
        }
        let (pressed, start) = (start.elapsed().as_secs_f64() * 1e3, Instant::now());
        show.frame(&mut terminal);
        let drawn = start.elapsed().as_secs_f64() * 1e3;
        println!("{what:<34}{pressed:>10.3} ms for the keys{drawn:>10.3} ms for the frame (of 2 at t = 100,000)");
    };
    say("E: 100,000 iterations of two runs", &mut show, &[Code::Char('E')]);
    say("the same again", &mut show, &[]);
    say("one step back", &mut show, &[Code::Left, Code::Left]);
    say("one step forward", &mut show, &[Code::Right]);
    let go = |digits: &str| {
        std::iter::once('g').chain(digits.chars()).map(Code::Char).chain([Code::Enter]).collect::<Vec<Code>>()
    };
    say("g 50000", &mut show, &go("50000"));
    say("one step back from there", &mut show, &[Code::Left]);
    say("g 5", &mut show, &go("5"));
    say("g 100000", &mut show, &go("100000"));
}
