//! Where nothing happens, nothing is written and no time is taken; and nothing is written that the terminal cannot show.

use std::time::Duration;

use crate::program::{LONG, PROGRAM, RIGHT, learning};
use crate::pty::{Terminal, spent, until};

/// Waits until nothing more is written and no time is taken: the first frame is whole, and what was done is kept.
fn comes_to_rest(terminal: &Terminal) {
    let state = || (terminal.bytes(), spent(terminal.id()));
    until("a rest", || {
        let before = state();
        std::thread::sleep(Duration::from_millis(400));
        state() == before
    });
}

#[test]
fn idle_takes_no_byte_and_no_time_anywhere() {
    let mut home = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM], 80, 24);
    home.shows("Downhill in the fog");
    home.types(&format!("{RIGHT}q")); // the first key takes the word of welcome away
    home.shows("learn numerical optimization one step at a time");

    let lesson = learning("fixed-step");

    let mut question = learning("backtracking");
    question.types(RIGHT);
    question.shows("1-3 answer");

    let mut settings = learning(LONG);
    settings.types("e0.5");
    settings.shows("0.5_");

    let mut halted = learning("backtracking");
    halted.types(">>> ");
    halted.shows("Play stops for the question");

    let mut paused = learning(LONG);
    paused.types(" ");
    paused.shows("t=1");
    paused.types(" ");
    until("the pause", || !paused.text().contains("playing"));

    let mut stopped = learning(LONG);
    stopped.types("E");
    stopped.shows("Esc stops");
    stopped.types("\x1b");
    stopped.shows("Stopped at t = ");

    let all = [
        ("at home", home),
        ("in a lesson", lesson),
        ("at a question", question),
        ("while a number is typed", settings),
        ("after play came to a question", halted),
        ("after play was stopped", paused),
        ("after work was stopped", stopped),
    ];
    for (_, terminal) in &all {
        comes_to_rest(terminal);
    }
    let state = || all.iter().map(|(_, terminal)| (terminal.bytes(), spent(terminal.id()))).collect::<Vec<_>>();
    let before = state();
    std::thread::sleep(Duration::from_secs(3));
    for ((place, _), (before, after)) in all.iter().zip(before.into_iter().zip(state())) {
        assert_eq!(before.0, after.0, "{place}: bytes are written");
        // Where there is no /proc only the bytes can be counted.
        if let (Some(before), Some(after)) = (before.1, after.1) {
            assert!(after - before <= 1, "{place}: {} hundredths of a second while nothing happened", after - before);
        }
    }
    for (_, mut terminal) in all {
        terminal.types("\x03");
        terminal.ends_well(0);
    }
}

/// Keys that bring the run, colours, cards, the settings with a field, both sheets and the list of lessons.
const TOUR: [&str; 12] = [RIGHT, "3", "\r", "h", "\x1b", "e", "0.5", "\x1b", "\x1b", "?", "?", "t"];

/// Everything that is written on a tour.
fn tour(variables: &[&str]) -> Vec<u8> {
    let command: Vec<&str> = ["/usr/bin/env"].into_iter().chain(variables.iter().copied()).collect();
    let mut terminal = Terminal::runs(&[&command[..], &[PROGRAM, "learn", "backtracking"]].concat(), 80, 24);
    terminal.shows("Start: x =");
    for keys in TOUR {
        let bytes = terminal.bytes();
        terminal.types(keys);
        until("a frame", || terminal.bytes() > bytes);
        // A frame may come in pieces: the next key waits for the last, or two keys could undo each other in one frame.
        let mut seen = 0;
        until("the whole frame", || {
            std::thread::sleep(Duration::from_millis(20));
            std::mem::replace(&mut seen, terminal.bytes()) == terminal.bytes()
        });
    }
    terminal.types("\x03");
    until("the end", || terminal.child.try_wait().unwrap().is_some());
    until("the terminal as it was", || terminal.is_as_before());
    terminal.look(|seen| seen.written.clone())
}

/// The numbers of every sequence that sets colours or attributes.
fn pens(written: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(written).into_owned();
    let sequence = |piece: &str| {
        let end = piece.find(|letter: char| letter.is_ascii_alphabetic() || letter == '~')?;
        piece[end..].starts_with('m').then(|| piece[..end].to_owned())
    };
    text.split("\x1b[").skip(1).filter_map(sequence).collect()
}

/// Whether such a sequence sets a colour.
fn is_colour(pen: &str) -> bool {
    let is_colour = |number: &str| matches!(number.parse(), Ok(30..=38 | 40..=48 | 90..=107));
    pen.split([';', ':']).any(is_colour)
}

#[test]
fn no_color_writes_no_colour_code() {
    let coloured = pens(&tour(&["LC_ALL=C.UTF-8"]));
    assert!(coloured.iter().any(|pen| is_colour(pen)), "without it there are some");
    let plain = pens(&tour(&["LC_ALL=C.UTF-8", "NO_COLOR=1"]));
    assert_eq!(plain.into_iter().find(|pen| is_colour(pen)), None);
}

#[test]
fn a_plain_locale_gets_plain_bytes() {
    assert!(!tour(&["LC_ALL=C.UTF-8"]).is_ascii(), "with UTF-8 there are others");
    let written = tour(&["LC_ALL=C"]);
    assert!(written.is_ascii(), "{}", String::from_utf8_lossy(&written));
}

/// The fonts of consoles have no braille, and GNU screen misreads a colour of three numbers that it inherits the name of.
#[test]
fn consoles_and_screen_get_what_they_can_show() {
    let written = tour(&["LC_ALL=C.UTF-8", "TERM=linux"]);
    assert!(written.is_ascii(), "{}", String::from_utf8_lossy(&written));
    let is_true = |pen: &String| pen.contains("38;2;") || pen.contains("48;2;");
    let coloured = pens(&tour(&["LC_ALL=C.UTF-8", "COLORTERM=truecolor"]));
    assert!(coloured.iter().any(is_true), "without it there are some");
    let inside = pens(&tour(&["LC_ALL=C.UTF-8", "COLORTERM=truecolor", "TERM=screen.xterm-256color", "STY=1.pts"]));
    assert_eq!(inside.iter().find(|pen| is_true(pen)), None);
    assert!(inside.iter().any(|pen| pen.contains("48;5;")), "but grounds there are");
    let kitty = pens(&tour(&["LC_ALL=C.UTF-8", "TERM=xterm-kitty"]));
    assert!(kitty.iter().any(is_true), "over ssh, where COLORTERM does not travel");
}
