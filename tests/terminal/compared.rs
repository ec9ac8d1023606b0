//! After random keys a terminal shows what the program means: an independent model of a terminal, alone and behind a
//! multiplexer, is compared with the screen that is drawn without one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use downhill::app::key::press::script;
use downhill::app::look::appearance::{Depth, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::engine::number::random::Generator;
use downhill::export::ansi::ansi;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;

use crate::program::{LONG, PROGRAM};
use crate::pty::{Sight, Terminal, is_long, now, picture, said};

/// Keys, as a terminal sends them and as a script names them. Not those that leave, and not the one that plays, since
/// how far a run has come then is a matter of time.
const KEYS: [(&str, &str); 48] = [
    ("\x1b[C", "<right>"),
    ("\x1b[C", "<right>"),
    ("\x1b[C", "<right>"),
    ("\x1b[C", "<right>"),
    ("\x1b[D", "<left>"),
    ("\x1b[D", "<left>"),
    ("\x1b[A", "<up>"),
    ("\x1b[B", "<down>"),
    ("\x1b[B", "<down>"),
    ("\r", "<enter>"),
    ("\r", "<enter>"),
    ("\x7f", "<bs>"),
    ("\t", "<tab>"),
    ("\x1b", "<esc>"),
    ("\x1b", "<esc>"),
    ("\x1b", "<esc>"),
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("0", "0"),
    (".", "."),
    ("+", "+"),
    ("-", "-"),
    ("e", "e"),
    ("g", "g"),
    ("h", "h"),
    ("w", "w"),
    ("i", "i"),
    ("k", "k"),
    ("K", "K"),
    ("n", "n"),
    ("n", "n"),
    ("p", "p"),
    ("z", "z"),
    ("o", "o"),
    ("x", "x"),
    ("L", "L"),
    ("r", "r"),
    ("s", "s"),
    ("m", "m"),
    ("f", "f"),
    ("?", "?"),
    ("t", "t"),
    ("C", "C"),
    ("G", "G"),
    ("<", "<"),
    (">", ">"),
];

fn thrown(dice: &mut Generator) -> (&'static str, &'static str) {
    KEYS[(dice.fraction() * KEYS.len() as f64) as usize]
}

/// The lesson without a terminal.
fn headless(lesson: &str, size: (u16, u16)) -> Headless {
    let sitting = Sitting::open(library::open(lesson).unwrap()).unwrap();
    Headless::new(Session::single(sitting), size, Look { depth: Depth::Indexed, ..Look::default() })
}

/// What is meant to be seen, as a terminal shows it that is given the whole screen at once.
fn meant(headless: &mut Headless, (width, height): (u16, u16)) -> Sight {
    let mut picture = picture(width, height);
    picture.process(ansi(&headless.screen()).trim_end_matches('\n').replace('\n', "\r\n").as_bytes());
    Sight::of(picture.screen()).without_cursor()
}

/// Throws keys at a program in a terminal, and compares after each.
fn compare(
    mut terminal: Terminal,
    lesson: &str,
    size: (u16, u16),
    seed: u64,
    count: usize,
    see: impl Fn(Sight) -> Sight,
) {
    terminal.shows("Start: x =");
    let mut alone = headless(lesson, size);
    let mut dice = Generator::of_iteration(seed, 0);
    let mut pressed = Vec::new();
    for number in 0..count {
        let (bytes, token) = thrown(&mut dice);
        terminal.types(bytes);
        pressed.push(token);
        alone.play(&script(token).unwrap());
        let wanted = see(meant(&mut alone, size));
        let deadline = now() + Duration::from_secs(20);
        while let Some(difference) = see(terminal.sight().without_cursor()).difference(&wanted) {
            let last = &pressed[pressed.len().saturating_sub(12)..];
            assert!(now() < deadline, "{lesson} {size:?}, key {number} of {last:?}: {difference}\n{}", terminal.text());
            std::thread::sleep(Duration::from_millis(3));
        }
    }
    terminal.types("\x03");
    terminal.ends();
}

/// A thousand where long tests run, fewer elsewhere.
fn count(full: usize) -> usize {
    if is_long() { full } else { full / 10 }
}

#[test]
fn after_every_key_the_terminal_shows_what_is_meant() {
    let sizes = [("backtracking", (80, 24)), ("ravine", (120, 40)), ("armijo-rule", (60, 20)), ("parabola", (200, 60))];
    std::thread::scope(|scope| {
        let play = |number: usize| {
            let (lesson, size) = sizes[number];
            let command = ["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", lesson];
            let terminal = Terminal::runs(&command, size.0, size.1);
            compare(terminal, lesson, size, 31 + number as u64, count(250), |sight| sight);
        };
        let plays: Vec<_> = (0..sizes.len()).map(|number| scope.spawn(move || play(number))).collect();
        for play in plays {
            play.join().unwrap();
        }
    });
}

/// Through tmux and GNU screen, where they are; they have colours of their own, so letters are compared.
#[test]
fn multiplexers_show_what_is_meant() {
    for (name, settings) in [
        ("tmux", "set -g status off\nset -s escape-time 0\n"),
        ("screen", "startup_message off\ndefutf8 on\nhardstatus ignore\nmaptimeout 0\n"),
    ] {
        let program = Path::new("/usr/bin").join(name);
        if !program.exists() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path();
        let (file, socket) = (place.join("settings"), place.join("socket"));
        fs::write(&file, settings).unwrap();
        let (file, socket) = (file.to_str().unwrap(), socket.to_str().unwrap());
        let mut command = vec!["/usr/bin/env", "LC_ALL=C.UTF-8", "SHELL=/bin/sh", name];
        let sockets = format!("SCREENDIR={}", place.display());
        let line = format!("{PROGRAM} learn backtracking");
        if name == "tmux" {
            command.extend(["-u", "-S", socket, "-f", file, "new-session", &line]);
        } else {
            command.insert(1, &sockets);
            command.extend(["-U", "-c", file, PROGRAM, "learn", "backtracking"]);
            fs::set_permissions(place, fs::Permissions::from_mode(0o700)).unwrap();
        }
        let terminal = Terminal::runs(&command, 80, 24);
        compare(terminal, "backtracking", (80, 24), 41, count(200), Sight::letters);
    }
}

/// The time that the main thread of a process had a processor, in nanoseconds, and whether it sleeps.
fn at_rest(id: u32) -> Option<(u64, bool)> {
    let spent = fs::read_to_string(format!("/proc/{id}/schedstat")).ok()?.split_whitespace().next()?.parse().ok()?;
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    Some((spent, stat.contains(") S ")))
}

/// Presses keys one by one; the longest time that one took, and the memory after each tenth of them.
fn endure(count: usize) -> Option<(Duration, Vec<u64>)> {
    let mut terminal = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", LONG], 80, 24);
    terminal.shows("Start: x =");
    let id = terminal.id();
    let mut dice = Generator::of_iteration(53, 0);
    let (mut longest, mut memory) = (0, Vec::new());
    for number in 0..count {
        let (before, _) = at_rest(id)?;
        // A whole run in one step is work that goes on between the keys, and no key waits for it.
        let key = std::iter::repeat_with(|| thrown(&mut dice).0).find(|key| *key != ".")?;
        terminal.types(key);
        let mut last = before;
        loop {
            std::thread::sleep(Duration::from_millis(1));
            let (spent, is_asleep) = at_rest(id)?;
            if is_asleep && spent > before && spent == last {
                longest = longest.max(spent - before);
                break;
            }
            last = spent;
        }
        if (number + 1) % (count / 10) == 0 {
            memory.push(said(id, "status", "RssAnon")?);
        }
    }
    terminal.types("\x03");
    terminal.ends_well(0);
    Some((Duration::from_nanos(longest), memory))
}

/// Between the third tenth of the keys and the last one memory may sway, by two megabytes, and not grow.
fn has_no_trend(memory: &[u64]) -> bool {
    memory[memory.len() - 1] <= memory[2] + (2 << 20)
}

#[test]
fn keys_cost_little_and_leave_nothing() {
    let Some((longest, memory)) = endure(500) else { return };
    assert!(longest < Duration::from_millis(250), "{longest:?}");
    assert!(has_no_trend(&memory), "{memory:?}");
}

/// The same with the keys of weeks: `cargo test --release --test terminal -- --ignored --nocapture`.
#[test]
#[ignore = "it takes some minutes, and counts in a build for release"]
fn forty_seven_thousand_keys_cost_little_and_leave_nothing() {
    let Some((longest, memory)) = endure(47_000) else { return };
    println!("the longest took {longest:?}; memory in bytes: {memory:?}");
    assert!(longest < Duration::from_millis(50), "{longest:?}");
    assert!(has_no_trend(&memory), "{memory:?}");
}
