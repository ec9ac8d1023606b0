//! The program as plain text: what a screen reader reads and a log keeps, from the first line to the last.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use downhill::app::look::appearance::{Glyphs, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::host::plain::{self, Echo, Streams};
use downhill::lesson::course::library::{self, SHIPPED};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Plays lines from a pipe; the exit code and what came out.
fn played(arguments: &[&str], lines: &str) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that left may be gone before all is written.
    let _ = program.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = program.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain").join(name)
}

/// Holds that a text is the accepted one; `UPDATE=1` accepts it.
fn accepted(name: &str, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file(name), text).unwrap();
    }
    let wanted = fs::read_to_string(file(name)).unwrap_or_default();
    let differs = text.lines().zip(wanted.lines()).position(|(one, other)| one != other);
    assert!(text == wanted, "tests/plain/{name} differs from line {differs:?} on; UPDATE=1 accepts this:\n{text}");
}

/// The words one after the other, wherever lines break.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and signs, but nothing that is drawn or steers.
fn is_linear(text: &str) -> bool {
    let is_drawn = |letter: char| matches!(letter, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}');
    !text.chars().any(|letter| is_drawn(letter) || (letter.is_control() && letter != '\n'))
}

#[test]
fn a_lesson_is_walked_through_from_a_pipe() {
    let lines = fs::read_to_string(file("backtracking.in")).unwrap();
    let (code, text) = played(&["learn", "backtracking", "--plain"], &lines);
    accepted("backtracking.txt", &text);
    assert_eq!(code, 0);
    assert!(is_linear(&text));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "a line is too long");
    for words in [
        "Page 10 of 10",
        "Trial 4: α = 0.125 is still too long: f would be 243.1, bound 215.",
        "The margin is −28.12.",
        "2) trial 5, α = 0.0625",
        "Sealed until the run shows it.",
        "1) a guess",
        "Goal met with",
    ] {
        assert!(flowing(&text).contains(words), "{words}");
    }
}

#[test]
fn every_letter_has_an_ascii_spelling() {
    let lines = fs::read_to_string(file("backtracking.in")).unwrap().replace("α_init", "initial");
    let (_, text) = played(&["learn", "backtracking", "--plain", "--glyphs", "ascii"], &lines);
    assert!(text.is_ascii() && flowing(&text).contains("alpha = 0.125 is still too long"), "{text}");
}

/// Every lesson with many kinds of keys: nothing is drawn, nothing steers, and in ASCII all is ASCII.
#[test]
fn every_lesson_is_told_in_letters_alone() {
    let round = "\n\ntab\nh\nesc\n1\n2\n\n\ntab\nw\nesc\nwhole\nk\n?\nE\nw\n\nesc\nb\nr\ne\nesc\nn\n";
    for (id, _) in SHIPPED {
        let lines = round.repeat(library::open(id).unwrap().pages.len() + 1);
        for glyphs in [Glyphs::Braille, Glyphs::Ascii] {
            let session = Session::single(library::open(id).and_then(Sitting::open).unwrap());
            let mut told = Vec::new();
            let look = Look { glyphs, ..Look::default() };
            let streams = Streams { lines: &mut lines.as_bytes(), out: &mut told, echo: Echo::Written };
            plain::run(session, look, None, streams).unwrap();
            let told = String::from_utf8(told).unwrap();
            assert!(is_linear(&told), "{id}:\n{told}");
            assert!(told.contains("Page 2 of"), "{id} is not walked through:\n{told}");
            let foreign = told.lines().find(|line| glyphs == Glyphs::Ascii && !line.is_ascii());
            assert_eq!(foreign, None, "{id}");
        }
    }
}

#[test]
fn an_outcome_is_told_only_when_it_is_seen() {
    let (_, text) = played(&["learn", "backtracking", "--plain"], "\n1\n");
    assert!(text.contains("Sealed until the run shows it.") && !text.contains("14440"), "{text}");
    let (_, text) = played(&["learn", "backtracking", "--plain"], "\n1\n\n");
    assert!(text.contains("You said “below 240: d points downhill”. f falls only at"), "{text}");
    assert!(text.contains("It is “more than 10,000”."), "{text}");
}

/// The scenario that is compared has lines of its own: its objective and runs, and its sentence wherever it goes on.
#[test]
fn what_is_compared_is_told_after_its_name() {
    let lines = fs::read_to_string(file("compare.in")).unwrap();
    let (code, text) = played(&["learn", "tests/sound/compare.toml", "--plain"], &lines);
    accepted("compare.txt", &text);
    assert!(code == 0 && is_linear(&text));
    let (_, report) = played(&["export", "tests/sound/compare.toml", "--scenario", "drawn"], "");
    assert!(report.contains("f = kappa*x1^2 + x2^2/2") && report.contains("scenario drawn, run A"), "{report}");
}

#[test]
fn the_end_of_the_input_is_a_clean_end() {
    for lines in ["", "\n", "\n3", "e\n", "g\n", "\u{1b}[31m\u{7}\n", "?\n"] {
        for arguments in [&["--plain"][..], &["learn", "fixed-step", "--plain"]] {
            let (code, text) = played(arguments, lines);
            assert_eq!(code, 0);
            assert!(text.ends_with("> \n") || text.ends_with('\n'), "{text}");
            assert!(is_linear(&text), "{text:?}");
        }
    }
}

#[test]
fn from_the_list_into_a_lesson_and_back() {
    let (code, text) = played(&["--plain"], "nonsense\n99\nbacktrackin\nbacktracking\n\nq\n/\nsaddle\n\nq\nq\n");
    assert_eq!(code, 0);
    for words in [
        "3.3 Shorten until it pays (backtracking)",
        "is no key",
        "lessons to open",
        "did you mean \"backtracking\"?",
        "Page 1 of 10",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// A refused key takes the rest of its line with it: `g 2` at a question is no answer.
#[test]
fn what_follows_a_refused_key_is_left_out() {
    let (_, text) = played(&["learn", "backtracking", "--plain"], "\ng 2\n");
    assert!(text.contains("Answer first") && !text.contains("You said"), "{text}");
}

#[test]
fn without_a_terminal_the_sentence_names_the_way_out() {
    let output = Command::new(env!("CARGO_BIN_EXE_downhill")).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("there is no terminal here") && said.contains("--plain"), "{said}");
}

#[test]
fn a_panel_of_numbers_is_read_out() {
    let (_, text) = played(&["learn", "fixed-step", "--plain"], "\n2\n\ntab\ntab\n");
    assert!(text.contains("α(t) = α = 0.05") && is_linear(&text), "{text}");
}

#[test]
fn a_report_is_written() {
    let (code, text) = played(&["export", "backtracking", "--iterations", "30"], "");
    assert_eq!(code, 0);
    accepted("backtracking.md", &text);
    // A report is the trace, told otherwise: the same numbers.
    let (_, trace) = played(&["trace", "backtracking", "--iterations", "30"], "");
    let row = trace.lines().find(|line| line.trim_start().starts_with("8 ")).unwrap();
    for number in row.split_whitespace() {
        assert!(text.contains(number), "{number} of\n{row}");
    }
    let (_, plain) = played(&["export", "backtracking", "--iterations", "3", "--glyphs", "ascii"], "");
    let map = plain.split("```text").nth(1).unwrap();
    assert!(map.is_ascii() && map.contains('S'), "{plain}");
}

/// A line without an end is cut while it is read, and never held.
#[cfg(unix)]
#[test]
fn a_line_without_an_end_takes_no_memory() {
    let line =
        "(head -c 600000000 /dev/zero; printf '\\nq\\n') | (ulimit -v 500000; exec \"$0\" learn backtracking --plain)";
    let played = Command::new("/bin/sh").args(["-c", line, env!("CARGO_BIN_EXE_downhill")]).output().unwrap();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    assert!(String::from_utf8_lossy(&played.stdout).len() < 20_000);
}
