//! Every way out, from every kind of place: at rest, at play, at work.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::program::{LONG, PROGRAM, RIGHT, learning};
use crate::pty::{Terminal, is_over, now, signal, size, spent, until};

/// Where somebody may be: the lesson, the keys that lead there, and what is seen then.
const PLACES: [(&str, &str, &str); 5] = [
    (LONG, "", "Start: x ="),
    ("saddle-point", RIGHT, "α = 0.2 took f from 1 to 0.36"),
    (LONG, " ", "playing, pace 3 of 6"),
    (LONG, "E", "Esc stops"),
    ("backtracking", "Le0.5", "Enter start over"),
];

fn at((_, keys, seen): (&str, &str, &str), mut terminal: Terminal) -> Terminal {
    terminal.shows("page 1/");
    terminal.types(keys);
    terminal.shows(seen);
    terminal
}

#[test]
fn a_signal_ends_it_from_anywhere_and_restores_the_terminal() {
    for place in PLACES {
        for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
            let command = ["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", place.0];
            let terminal = at(place, Terminal::answering(&command, 80, 24));
            terminal.signal(name);
            terminal.ends_well(code);
        }
    }
}

/// The promise is a second. A machine with much else to do may take more of them, so what counts is the program's own
/// time, which says whether it spins.
#[test]
fn a_closed_terminal_ends_it_at_once_from_anywhere() {
    for place in PLACES {
        let Terminal { master, keys, mut child, is_closing, reader, .. } = at(place, learning(place.0));
        let id = child.process_id().unwrap();
        // The reader holds the terminal open until it hears once more: the hangup comes with the last handle.
        is_closing.store(true, Ordering::SeqCst);
        drop(keys);
        master.resize(size(81, 24)).unwrap();
        reader.join().unwrap();
        // That frame is behind it: who was at rest is at rest again, and only the hangup can wake him.
        std::thread::sleep(Duration::from_millis(200));
        let (before, closed) = (spent(id), now());
        drop(master);
        until("the end", || is_over(id) || (before.is_none() && child.try_wait().unwrap().is_some()));
        let took = closed.elapsed();
        assert!(took < Duration::from_secs(5), "{place:?}: {took:?} until the end");
        if let (Some(before), Some(after)) = (before, spent(id)) {
            assert!(after - before < 50, "{place:?}: {} hundredths of a second of work after the end", after - before);
        }
        assert_eq!(child.wait().unwrap().exit_code(), 129, "{place:?}: a hangup, as a shell counts it");
    }
}

/// A lesson file that is watched needs a screen, and a terminal that only appends has none.
#[test]
fn where_there_is_no_screen_a_sentence_says_so() {
    let commands = [
        ("TERM=dumb", vec![PROGRAM, "learn", LONG, "--watch"], "--watch needs the full screen"),
        ("TERM=xterm", vec!["/bin/sh", "-c", "\"$0\" learn backtracking </dev/null", PROGRAM], "there is no terminal"),
        ("TERM=dumb", vec!["/bin/sh", "-c", "\"$0\" </dev/null", PROGRAM], "there is no terminal"),
    ];
    for (term, command, sentence) in commands {
        let command: Vec<&str> = ["/usr/bin/env", "LC_ALL=C.UTF-8", term].into_iter().chain(command).collect();
        let terminal = Terminal::runs(&command, 80, 24);
        terminal.shows(sentence);
        assert!(terminal.is_as_before(), "{command:?}");
        terminal.ends_well(2);
    }
}

/// Nothing of ours runs any more, and still the terminal is as it was, with a sentence.
#[test]
fn after_an_abort_or_a_kill_the_terminal_is_given_back() {
    for (lesson, keys, seen) in [PLACES[1], PLACES[3]] {
        for name in ["ABRT", "KILL"] {
            // Where it is the first of its session the terminal goes with it; a shell lives on.
            let script = "\"$@\"; cat";
            let program = ["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", lesson];
            let mut terminal = Terminal::runs(&[&["/bin/sh", "-c", script, "sh"], &program[..]].concat(), 80, 24);
            terminal.shows("page 1/");
            terminal.types(keys);
            terminal.shows(seen);
            let shell = terminal.id().to_string();
            let child = std::process::Command::new("pgrep").args(["-P", &shell]).output().unwrap();
            signal(name, String::from_utf8(child.stdout).unwrap().trim());
            until("the terminal as it was", || terminal.is_as_before());
            terminal.shows("the program was ended without a farewell");
        }
    }
}
