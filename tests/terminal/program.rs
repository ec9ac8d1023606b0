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

#[test]
fn the_list_opens_a_lesson_and_comes_back() {
    let mut terminal = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM], 80, 24);
    terminal.shows("One α for the whole way");
    terminal.types("\r");
    terminal.shows("page 1/");
    terminal.types("q");
    terminal.shows("Line search");
    terminal.types("q");
    terminal.ends_well(0);
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
    terminal.shows("Next: your prediction");
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
