//! What does a screen cost? `cargo bench --bench screens` prints bytes and times beside their budgets.
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a bench times, and prints")]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use downhill::app::classroom::Classroom;
use downhill::app::key::{Code, Key};
use downhill::app::look::Look;
use downhill::app::session::Session;
use downhill::app::sitting::Sitting;
use downhill::host::terminal::paint::Screen;
use downhill::lesson::library;
use downhill::lesson::read::read;
use downhill::view::memo::Memo;
use downhill::view::screen;

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
    println!("{:<22}{:>26}{:>26}{:>26}", "", "full repaint, bytes", "worst sub-step, bytes", "frame, µs");
    for lesson in library::SHIPPED.iter().map(|(id, _)| *id) {
        for (size, full, step, time) in BUDGETS {
            let costs = Show::of(lesson, size).walk();
            let title = format!("{lesson} {}x{}", size.0, size.1);
            let row = [(costs.0 as f64, full as f64), (costs.1 as f64, step as f64), (costs.2, time)];
            let cell = |(cost, budget): (f64, f64)| {
                format!("{cost:.0} of {budget:.0}{}", if cost > budget { " !" } else { "  " })
            };
            println!("{title:<22}{}", row.map(|pair| format!("{:>26}", cell(pair))).concat());
        }
    }
    start();
    long();
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

    /// Bytes of the whole, bytes of the worst sub-step on the first page, microseconds of a frame.
    fn walk(mut self) -> (usize, usize, f64) {
        let mut terminal = Screen::new(self.size);
        let full = self.frame(&mut terminal);
        let (mut worst, mut time) = (0, 0.0_f64);
        for _ in 0..12 {
            let page = self.room.session.sitting.as_ref().map(|sitting| sitting.page);
            self.press(Code::Right);
            let bytes = self.frame(&mut terminal);
            if self.room.session.sitting.as_ref().map(|sitting| sitting.page) != page {
                break;
            }
            worst = worst.max(bytes);
            time = time.max(self.time());
        }
        (full, worst, time)
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
