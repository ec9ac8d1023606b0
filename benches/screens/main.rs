//! What does a screen cost? `cargo bench --bench screens` prints bytes and times beside their budgets.
//! `benches/speed/turns.rs` runs it in turn with that of another build.
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a bench times, and prints")]

#[path = "../../tests/screens/costs.rs"]
mod costs;
#[path = "../../tests/screens/frames.rs"]
mod frames;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use costs::{Change, Show};
use downhill::app::key::press::Code;
use downhill::app::room::sitting::Sitting;
use downhill::host::terminal::paint::Screen;
use downhill::lesson::course::library;
use downhill::lesson::file::read::read;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;

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
            let costs = costs(lesson, size);
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
    wild();
}

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

/// What a walk through a lesson costs.
fn costs(lesson: &str, size: (u16, u16)) -> Costs {
    let mut show = Show::of(lesson, size);
    let mut costs = Costs { full: show.frame(&mut Screen::new(size)), ..Costs::default() };
    show.walk(|show, change, bytes| {
        let kind = match change {
            Change::Step => &mut costs.steps,
            Change::Iteration => &mut costs.iterations,
            Change::Layout => &mut costs.layouts,
        };
        kind.extend((bytes > 0).then_some(bytes));
        costs.time = costs.time.max(time(show, size));
    });
    for kind in [&mut costs.steps, &mut costs.iterations, &mut costs.layouts] {
        kind.sort_unstable();
    }
    costs
}

/// Microseconds of a frame that changes nothing: drawn, compared, not written.
fn time(show: &mut Show, size: (u16, u16)) -> f64 {
    let mut terminal = Screen::new(size);
    show.frame(&mut terminal);
    let once = |show: &mut Show, terminal: &mut Screen| {
        let start = Instant::now();
        black_box(show.frame(terminal));
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..30).map(|_| once(show, &mut terminal)).fold(f64::INFINITY, f64::min)
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

/// The slowest of the frames that `tests/screens/fuzz_frames.rs` looks at. A slow one is drawn again, with what was kept for it
/// forgotten, to tell a slow frame from a busy machine.
fn wild() {
    const MOST: f64 = 50.0;
    let (mut slowest, mut over) = ((0.0, String::new()), 0);
    frames::walk(|session, viewer, memo, area| {
        let kept = memo.clone();
        let mut time = || {
            *memo = kept.clone();
            let (mut cells, start) = (Buffer::empty(area), Instant::now());
            black_box(regions::draw(session, viewer, memo, &mut cells));
            start.elapsed().as_secs_f64() * 1e3
        };
        let mut least = time();
        for _ in 0..5 {
            least = if least > MOST / 10.0 { least.min(time()) } else { least };
        }
        over += usize::from(least > MOST);
        if least > slowest.0 {
            let lesson = session.sitting.as_ref().map_or("home", |sitting| sitting.lesson.title.as_str());
            slowest = (least, format!("{lesson}, {}x{}", area.width, area.height));
        }
    });
    println!(
        "of {} wild frames {over} took over {MOST} ms; the slowest took {:.1} ms: {}",
        frames::FRAMES,
        slowest.0,
        slowest.1
    );
    assert_eq!(over, 0, "frames over {MOST} ms");
}

/// A hundred thousand iterations in.
fn long() {
    let lesson = read("long", LONG).unwrap().0;
    let mut show = Show::playing(Sitting::open(lesson).unwrap(), (120, 40));
    let mut terminal = Screen::new((120, 40));
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
