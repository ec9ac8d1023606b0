//! A paste goes where letters are typed; however long it is, it takes no time and no memory, and nobody becomes deaf.

use std::io::Write as _;
use std::process::Command;

use crate::program::{PROGRAM, RIGHT};
use crate::pty::{Terminal, is_long, now, said, spent, until};

/// A lesson with every kind of question.
const KINDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/kinds.toml");

/// Every field, and a page without one: the command, the keys that lead there, and what is seen then.
const FIELDS: [(&[&str], &str, &str); 10] = [
    (&["sandbox"], "", "a formula, as"),
    (&["learn", "backtracking"], "Le", "Enter start over"),
    (&["learn", "backtracking"], "Lg", "Go to iteration"),
    (&["learn", "backtracking"], "P", "Alone or two?"),
    (&["learn", "backtracking"], "t", "Esc close"),
    (&["learn", KINDS], "\x1b[C4", "4_"),
    (&["learn", KINDS], "n\x1b[C", "Where does the first step land?"),
    (&["learn", KINDS], "nnn", "Fill in what is missing."),
    (&["learn", "backtracking"], RIGHT, "1-3 answer"),
    (&["learn", "backtracking"], "", "Start: x ="),
];

/// The program's own time counts, since a machine with much else to do takes more: two tenths of a second in a build for
/// release, and five times that in one for tests.
#[test]
fn a_megabyte_into_any_field_takes_no_time_and_no_memory() {
    let most = if cfg!(debug_assertions) { 100 } else { 20 };
    for (place, (command, keys, seen)) in FIELDS.into_iter().enumerate() {
        // Each of them everywhere takes half a minute.
        let letters = ["1", "x", "\n"];
        let letters = if is_long() { &letters[..] } else { &letters[place % 3..][..1] };
        for letter in letters {
            let command = [&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM], command].concat();
            let mut terminal = Terminal::runs(&command, 80, 24);
            terminal.shows("x");
            terminal.types(keys);
            terminal.shows(seen);
            let id = terminal.id();
            let state = || (spent(id), said(id, "status", "RssAnon"));
            let before = state();
            terminal.keys.write_all(b"\x1b[200~").unwrap();
            (0..256).for_each(|_| terminal.keys.write_all(letter.repeat(4096).as_bytes()).unwrap());
            terminal.keys.write_all(b"\x1b[201~").unwrap();
            let sent = now();
            // The size among the keys is told in turn: when it is seen, all before it was heard.
            terminal.types("\x1b[48;20;60t");
            until("what comes after", || terminal.text().lines().nth(19).is_some_and(|line| !line.is_empty()));
            let (took, after) = (sent.elapsed(), state());
            let place = format!("{command:?} {keys:?} {letter:?}, {took:?}");
            if let (Some(before), Some(after)) = (before.0, after.0) {
                assert!(after - before <= most, "{place}: {} hundredths of a second", after - before);
            }
            if let (Some(before), Some(after)) = (before.1, after.1) {
                assert!(after < before + (1 << 20), "{place}: {before} bytes, then {after}");
            }
            terminal.types("\x03");
            terminal.ends_well(0);
        }
    }
}

/// What is drawn after some keys and pastes, as plain letters.
fn drawn(lesson: &str, keys: &str) -> String {
    let arguments = ["screen", lesson, "--size", "100x30", "--glyphs", "braille", "--keys", keys];
    let output = Command::new(PROGRAM).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_paste_goes_where_letters_are_typed() {
    for (lesson, keys, seen) in [
        ("backtracking", "L e <paste:0.25>", "0.25_"),
        ("backtracking", "L e <paste: 1e-3 >", "1e-3_"),
        ("backtracking", "L g <paste:12>", "t = 12_"),
        ("backtracking", "P <paste:Ann, Ben>", "Ann, Ben_"),
        ("backtracking", "t <paste:norm>", "norm_"),
        ("backtracking", "L s e <up> <up> <up> <up> <bs> <paste:+ x2^4>", "+ x2^4"),
        (KINDS, "<right> <paste:57>", "57_"),
        (KINDS, "n <right> <paste:1.5>", "1.5"),
    ] {
        let screen = drawn(lesson, keys);
        assert!(screen.contains(seen), "{lesson} {keys}: {seen}\n{screen}");
    }
}

/// A paste is no series of keys: elsewhere it does nothing, and that is said.
#[test]
fn a_paste_that_cannot_be_typed_is_refused_with_a_word() {
    let long = format!("L g <paste:{}>", "1".repeat(41));
    for (lesson, keys, said) in [
        ("backtracking", "<paste:q>", "Nothing is typed here: a paste needs an open field."),
        ("backtracking", "<right> <paste:3>", "Nothing is typed here: a paste needs an open field."),
        ("backtracking", "L e <paste:q>", "Nothing was pasted. A number is typed here, without the letter q."),
        (
            "backtracking",
            "L e <paste:0.2k>",
            "Only the beginning was pasted. A number is typed here, without the letter k.",
        ),
        (
            "backtracking",
            "L g <paste:12x>",
            "Only the beginning was pasted. An iteration is a whole number, without the letter x.",
        ),
        ("backtracking", &long, "Only the beginning was pasted. That is as long as it can be: 40 characters."),
        ("backtracking", "P <paste:Ann; Ben>", "Only the beginning was pasted. "),
        ("backtracking", "P <paste:Ann 2>", "Only the beginning was pasted. 2 is not typed here."),
        (KINDS, "<right> <paste:x>", "Nothing was pasted. An answer is typed in digits, without the letter x."),
        (KINDS, "n n <paste:1q>", "Only the beginning was pasted. An answer is typed in digits, without the letter q."),
    ] {
        let screen = drawn(lesson, keys);
        assert!(screen.contains(said), "{lesson} {keys}: {said}\n{screen}");
        assert!(!screen.contains("You said"), "{lesson} {keys}: nothing is answered\n{screen}");
    }
}
