//! Whatever a terminal went through, its screen is like that of one that came there straight.

use std::process::Command;

use downhill::engine::number::random::Generator;

use crate::program::{LONG, PROGRAM, RIGHT, learning};
use crate::pty::{Sight, Terminal, picture, until};

/// A lesson with every kind of question.
const KINDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/kinds.toml");

/// A lesson on a terminal of that size, and what is seen after some keys.
fn at(lesson: &str, keys: &str, seen: &str, (width, height): (u16, u16)) -> Terminal {
    let mut terminal = Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", lesson], width, height);
    terminal.shows("Start: x =");
    terminal.types(keys);
    terminal.shows(seen);
    terminal
}

/// Letters, colours and the cursor: after a step, with a number being typed into the settings over an open question,
/// with an answer half given, and with a card.
#[test]
fn a_thousand_resizes_end_in_a_fresh_screen() {
    for (lesson, keys, seen) in [
        ("backtracking", RIGHT, "1-3 answer"),
        ("fixed-step", "\x1b[CLe0.5", "0.5_"),
        (KINDS, "\x1b[C4", "4_"),
        ("armijo-rule", "nnnn\x1b[C2\x1b[Cw", "The slide says"),
    ] {
        let mut terminal = at(lesson, keys, seen, (80, 24));
        let mut dice = Generator::of_iteration(11, 0);
        let mut roll = |most: f64| 1 + (dice.fraction() * most) as u16;
        for _ in 0..1000 {
            terminal.resizes(roll(220.0), roll(70.0));
        }
        terminal.resizes(1, 1);
        terminal.resizes(100, 30);
        let mut fresh = at(lesson, keys, seen, (100, 30));
        until("both at rest", || terminal.sight() == fresh.sight());
        for terminal in [&mut terminal, &mut fresh] {
            terminal.types("\x03");
        }
        terminal.ends_well(0);
        fresh.ends_well(0);
    }
}

#[test]
fn a_lesson_that_was_stopped_comes_back_as_it_was() {
    for (keys, seen) in [(RIGHT, "1-3 answer"), ("Le0.5", "0.5_")] {
        let line = format!(
            "LC_ALL=C.UTF-8 {PROGRAM} learn backtracking; echo stopped; read line; fg; echo code $?; read line"
        );
        let mut terminal = Terminal::runs(&["/bin/sh", "-mc", &line], 80, 24);
        terminal.shows("Start: x =");
        terminal.types(keys);
        terminal.shows(seen);
        let straight = at("backtracking", keys, seen, (80, 24));
        let before = straight.sight();
        terminal.becomes(&before);
        terminal.types("\x1a");
        terminal.shows("stopped");
        until("the terminal as it was", || terminal.is_as_before());
        terminal.types("\n");
        terminal.becomes(&before);
        assert!(terminal.modes() != terminal.modes_before, "the keys are ours again");
        terminal.types("\x03");
        terminal.shows("code 0");
    }
}

/// What `downhill screen` draws, as a terminal shows it.
fn headless(lesson: &str, keys: &str) -> Sight {
    let drawn = Command::new(PROGRAM)
        .args(["screen", lesson, "--size", "80x24", "--glyphs", "braille", "--color", "256", "--format", "ansi"])
        .args(["--keys", keys])
        .output()
        .unwrap();
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let mut picture = picture(80, 24);
    picture.process(b"\x1b[?25l");
    picture.process(String::from_utf8(drawn.stdout).unwrap().trim_end_matches('\n').replace('\n', "\r\n").as_bytes());
    Sight::of(picture.screen())
}

/// Steps, steps back, panels and enlargements, thrown by dice and typed all at once.
#[test]
fn three_thousand_mixed_keys_at_once_end_where_one_by_one_they_do() {
    let mut dice = Generator::of_iteration(23, 0);
    let (mut typed, mut told) = (String::new(), String::new());
    for _ in 0..3000 {
        let (key, name) = match (dice.fraction() * 8.0) as u8 {
            0..4 => (RIGHT, "<right> "),
            4 | 5 => ("\x1b[D", "<left> "),
            6 => ("\t", "<tab> "),
            _ => ("z", "z "),
        };
        typed.push_str(key);
        told.push_str(name);
    }
    let mut terminal = learning(LONG);
    terminal.types(&typed);
    terminal.becomes(&headless(LONG, &told));
    terminal.types("\x03");
    terminal.ends_well(0);
}

/// The cursor rests on the value that is being changed, for whoever listens to the screen or enlarges a part of it; else
/// it is not seen.
#[test]
fn the_cursor_rests_on_what_is_changed() {
    for (keys, seen, row, before) in [
        ("e", "▶ α_init", "▶ α_init", "α_init           "),
        ("e0.5", "0.5_", "▶ α_init", "0.5"),
        ("e\x1b[B", "▶ γ₁", "▶ γ₁", "γ₁               "),
    ] {
        let mut terminal = at("backtracking", &format!("\x1b[C3\x1b[C{keys}"), seen, (80, 24));
        until("a cursor", || terminal.look(|seen| !seen.picture.screen().hide_cursor()));
        let (y, x) = terminal.look(|seen| seen.picture.screen().cursor_position());
        let line: String = terminal.text().lines().nth(y.into()).unwrap().to_owned();
        assert!(line.contains(row), "{keys}: the cursor rests in {line:?}");
        let left: String = line.chars().take(x.into()).collect();
        assert!(left.ends_with(before), "{keys}: the cursor rests after {left:?}");
        terminal.types("?"); // over the sheet the settings wait, and nothing is changed
        until("no cursor", || terminal.look(|seen| seen.picture.screen().hide_cursor()));
        terminal.types("\x03");
        terminal.ends_well(0);
    }
}
