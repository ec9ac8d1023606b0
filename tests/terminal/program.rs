//! The whole program in a real terminal: it starts, steps, resizes, and leaves everything as it was.

use crate::pty::{Terminal, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_downhill");

/// The arrow key to the right, as terminals send it.
const RIGHT: &str = "\x1b[C";

fn learning(lesson: &str) -> Terminal {
    let terminal = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", lesson], 80, 24);
    terminal.shows("Start: x =");
    terminal
}

#[test]
fn it_starts_steps_resizes_and_quits() {
    let mut terminal = learning("backtracking");
    assert!(terminal.is_taken());
    terminal.types(RIGHT);
    terminal.shows("Direction: d = −∇f = (−40, −20)");
    terminal.types("3");
    terminal.types(RIGHT);
    terminal.shows("Trial 1: α = 1 is too long");
    let shown = terminal.text();
    for (width, height) in [(20, 5), (80, 24)] {
        let bytes = terminal.bytes();
        terminal.resizes(width, height);
        until("a frame of that size", || terminal.bytes() > bytes);
    }
    until("the same screen as before", || terminal.text() == shown);
    terminal.types("q");
    terminal.ends_well(0);
}

/// The first start opens the first lesson with a word of welcome; what is done there is found again, even if the program
/// was killed.
#[test]
fn the_first_start_explains_itself_and_what_is_done_is_kept() {
    let folder = std::env::temp_dir().join(format!("downhill-first-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let state = format!("XDG_STATE_HOME={}", folder.display());
    let start = || Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", &state, PROGRAM], 80, 24);
    let mut terminal = start();
    terminal.shows("Strange characters? Press G.");
    terminal.shows("Downhill in the fog");
    terminal.types(&RIGHT.repeat(5));
    terminal.shows("And after the next step?");
    terminal.types("1");
    terminal.shows("You said");
    let file = folder.join("downhill/progress.toml");
    let is_kept = || std::fs::read_to_string(&file).is_ok_and(|text| text.contains("lower, by less than before"));
    until("the answer on the disk", is_kept);
    terminal.signal("KILL");
    let mut terminal = start();
    terminal.shows("started, 1 of");
    terminal.types("\r");
    terminal.shows("page 1/");
    terminal.shows("You said");
    terminal.types("q");
    terminal.shows("Line search");
    terminal.types("q");
    terminal.ends_well(0);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn ctrl_c_leaves_at_once_from_anywhere() {
    for keys in ["", "?", "e", "w", "g12"] {
        let mut terminal = learning("fixed-step");
        terminal.types(keys);
        terminal.types("\x03");
        terminal.ends_well(0);
    }
}

#[test]
fn a_signal_in_mid_step_restores_the_terminal() {
    for (name, code) in [("TERM", 143), ("HUP", 129)] {
        let mut terminal = learning("saddle-point");
        terminal.types(RIGHT);
        terminal.signal(name);
        terminal.ends_well(code);
    }
}

#[test]
fn playing_stops_at_the_question_and_idles_then() {
    let mut terminal = learning("backtracking");
    terminal.types(">>> ");
    terminal.shows("Play stops for the question");
    let bytes = terminal.bytes();
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert_eq!(terminal.bytes(), bytes, "nothing moves while a question is open");
    terminal.types("q");
    terminal.ends_well(0);
}

#[test]
fn a_plain_locale_gets_plain_ascii() {
    let mut terminal = Terminal::runs(&["/usr/bin/env", "LC_ALL=C", PROGRAM, "learn", "backtracking"], 80, 24);
    terminal.shows("Start: x =");
    assert!(terminal.text().is_ascii(), "{}", terminal.text());
    terminal.types("q");
    terminal.ends_well(0);
}

/// A lesson with a run of a million steps.
const LONG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/long.toml");

#[test]
fn three_thousand_keys_at_once_are_all_steps() {
    let mut terminal = learning(LONG);
    let before = terminal.bytes();
    terminal.types(&"\r".repeat(3000));
    terminal.shows("t=3000");
    let frames = (terminal.bytes() - before) / 20;
    assert!(frames < 20_000, "at most as many bytes as {frames} small frames: the newest state wins");
    terminal.types("q");
    terminal.ends_well(0);
}

#[test]
fn a_thousand_resizes_end_in_a_fresh_screen() {
    let mut terminal = learning("backtracking");
    terminal.types(RIGHT);
    terminal.shows("Direction: d = −∇f = (−40, −20)");
    let mut dice = downhill::engine::random::Generator::new(11, 0);
    let mut roll = |most: f64| 1 + (dice.fraction() * most) as u16;
    for _ in 0..1000 {
        terminal.resizes(roll(220.0), roll(70.0));
    }
    terminal.resizes(1, 1);
    terminal.resizes(100, 30);
    let mut fresh = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", "backtracking"], 100, 30);
    fresh.shows("Start: x =");
    fresh.types(RIGHT);
    fresh.shows("Direction: d = −∇f = (−40, −20)");
    until("the same screen", || terminal.text() == fresh.text());
    terminal.types("q");
    terminal.ends_well(0);
    fresh.types("q");
    fresh.ends_well(0);
}

#[test]
fn a_lesson_as_a_job_of_a_shell_stops_and_comes_back() {
    let line =
        format!("LC_ALL=C.UTF-8 {PROGRAM} learn backtracking; echo stopped; read line; fg; echo code $?; read line");
    let mut terminal = Terminal::runs(&["/bin/sh", "-mc", &line], 80, 24);
    terminal.shows("Start: x =");
    terminal.types(RIGHT);
    terminal.shows("Direction: d = −∇f = (−40, −20)");
    terminal.types("\x1a");
    terminal.shows("stopped");
    until("the terminal as it was", || terminal.is_as_before());
    terminal.types("\n");
    terminal.shows("Direction: d = −∇f = (−40, −20)");
    terminal.types("q");
    terminal.shows("code 0");
}

#[test]
fn a_closed_terminal_ends_the_lesson_even_at_work() {
    for keys in ["", "E"] {
        let mut terminal = learning(LONG);
        terminal.types(keys);
        if !keys.is_empty() {
            terminal.shows("Esc stops");
        }
        let Terminal { master, keys, mut child, is_closing, reader, .. } = terminal;
        is_closing.store(true, std::sync::atomic::Ordering::SeqCst);
        // The reader holds the terminal open until it hears once more: the hangup comes with the last handle.
        drop(keys);
        master.resize(crate::pty::size(81, 24)).unwrap();
        reader.join().unwrap();
        drop(master);
        until("the end", || child.try_wait().unwrap().is_some());
    }
}

#[test]
fn idle_takes_no_byte_and_no_time() {
    let terminal = learning("fixed-step");
    until("the whole first frame", || terminal.text().contains("? help"));
    std::thread::sleep(std::time::Duration::from_millis(200));
    let id = terminal.child.process_id().unwrap();
    // User and system time in hundredths of a second: the 14th and 15th field, the 12th and 13th after the name.
    let spent = || -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    };
    let (bytes, before) = (terminal.bytes(), spent());
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(terminal.bytes(), bytes);
    // Where there is no /proc, as off Linux, only the bytes can be counted.
    if let (Some(before), Some(after)) = (before, spent()) {
        assert!(after - before <= 2, "{} hundredths of a second while nothing happened", after - before);
    }
}

#[test]
fn a_million_steps_show_how_far_they_are_and_esc_stops_them() {
    let mut terminal = learning(LONG);
    terminal.types("E");
    terminal.shows("of at most 1000000");
    terminal.types("n");
    terminal.shows("The run goes on; Esc stops it.");
    terminal.types("\x1b");
    terminal.shows("Stopped at t = ");
    let bytes = terminal.bytes();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(terminal.bytes(), bytes, "nothing goes on");
    terminal.types("\x1b[D");
    terminal.shows("Move: x + αd");
    terminal.types("q");
    terminal.ends_well(0);
}
/// A terminal that can only append gets plain text without being asked: no byte of a screen, no mode changed.
#[test]
fn a_dumb_terminal_gets_plain_text() {
    let command = ["/usr/bin/env", "LC_ALL=C.UTF-8", "TERM=dumb", PROGRAM, "learn", "backtracking"];
    let mut terminal = Terminal::runs(&command, 80, 24);
    terminal.shows("Run A: steepest-descent with backtracking");
    assert!(terminal.is_as_before());
    terminal.types("\r");
    terminal.shows("3) more than 10,000");
    terminal.types("3\r\r");
    terminal.shows("Trial 1: α = 1 is too long");
    assert!(!terminal.text().contains("3\n3"), "the terminal has echoed the line, nobody else");
    terminal.types("q\r");
    terminal.ends_well(0);
}

/// `LC_ALL` hides `LC_CTYPE`, which hides `LANG`; a flag has the last word.
#[test]
fn the_locale_chooses_the_letters() {
    for (variables, flags, is_unicode) in [
        (["LC_ALL=C.UTF-8", "LC_CTYPE=C", "LANG=C"], "auto", true),
        (["LC_ALL=C", "LC_CTYPE=C.UTF-8", "LANG=C.UTF-8"], "auto", false),
        (["LC_ALL=", "LC_CTYPE=C.UTF-8", "LANG=C"], "auto", true),
        (["LC_ALL=", "LC_CTYPE=", "LANG=C"], "auto", false),
        (["LC_ALL=C", "LC_CTYPE=C", "LANG=C"], "braille", true),
        (["LC_ALL=C.UTF-8", "LC_CTYPE=", "LANG="], "ascii", false),
    ] {
        let [all, ctype, lang] = variables;
        let command = ["/usr/bin/env", all, ctype, lang, PROGRAM, "learn", "backtracking", "--glyphs", flags];
        let mut terminal = Terminal::runs(&command, 80, 24);
        terminal.shows("Start: x =");
        assert_eq!(!terminal.text().is_ascii(), is_unicode, "{variables:?} {flags}");
        terminal.types("G");
        until("the other letters", || terminal.text().is_ascii() == is_unicode);
        terminal.types("q");
        terminal.ends_well(0);
    }
}
