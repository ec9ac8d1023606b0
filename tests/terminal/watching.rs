//! `learn FILE --watch`: what is saved is seen, errors are said, and nothing moves in between.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::pty::{Terminal, spent, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_downhill");
const RIGHT: &str = "\x1b[C";
const LESSON: &str = include_str!("../../src/command/new.toml");

/// A lesson file in a folder of its own, which is gone with the test.
fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.toml");
    fs::write(&file, LESSON).unwrap();
    (folder, file)
}

fn watching(file: &Path) -> Terminal {
    let path = file.to_str().unwrap();
    Terminal::runs(&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", path, "--watch"], 80, 24)
}

#[test]
fn what_is_saved_is_seen_and_an_error_is_said() {
    let (_folder, file) = file();
    let mut terminal = watching(&file);
    terminal.shows("Start: x =");
    terminal.types(&RIGHT.repeat(2));
    terminal.types("3");
    terminal.types(&RIGHT.repeat(2));
    terminal.shows("You said “beyond it”");
    terminal.shows("Move: x + αd");

    // Another text, the same question: the answer and the step stay.
    fs::write(&file, LESSON.replace("title   = \"Too short, too long\"", "title = \"Retold\"")).unwrap();
    terminal.shows(" Retold ");
    terminal.shows("You said “beyond it”");
    terminal.shows("x ← x + αd");

    // An error: the place, the sentence and the cure are there, and so is the lesson.
    fs::write(&file, LESSON.replacen("alpha = 0.3 }", "alpha = -0.3 }", 1)).unwrap();
    terminal.shows("demo.toml cannot be read");
    terminal.shows("demo.toml:19:39 alpha cannot be -0.3");
    terminal.shows("takes a number above 0");
    assert!(terminal.text().contains(" Retold "), "{}", terminal.text());

    // Cured, as editors save that write a new file and put it in the place of the old one.
    fs::write(file.with_extension("new"), LESSON.replace("The start is (3, 1)", "We begin at (3, 1)")).unwrap();
    fs::remove_file(&file).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    fs::rename(file.with_extension("new"), &file).unwrap();
    terminal.shows("demo.toml was saved");
    terminal.types("\x1b[D");
    until("the lesson again", || !terminal.text().contains("cannot be read"));

    // Right as TOML, wrong as a lesson: it opens, and what check would say is said.
    fs::write(&file, LESSON.replacen("above = 1e-9", "below = 1e-9", 1)).unwrap();
    terminal.shows("options 1 and 3 are right");
    terminal.types("\x1b");
    until("the card closed", || !terminal.text().contains("options 1 and 3 are right"));
    terminal.types("q");
    terminal.ends_well(0);
}

#[test]
fn while_nothing_is_saved_nothing_moves() {
    let (_folder, file) = file();
    let mut terminal = watching(&file);
    terminal.shows("? help");
    std::thread::sleep(Duration::from_millis(300));
    let id = terminal.id();
    let (bytes, before) = (terminal.bytes(), spent(id));
    std::thread::sleep(Duration::from_secs(1));
    // Saved as it was: there is nothing new to see.
    fs::write(&file, LESSON).unwrap();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(terminal.bytes(), bytes);
    if let (Some(before), Some(after)) = (before, spent(id)) {
        assert!(after - before <= 3, "{} hundredths of a second while nothing happened", after - before);
    }
    terminal.types("q");
    terminal.ends_well(0);
}

/// The words on the screen in one line, whatever they were broken into.
fn words(terminal: &Terminal) -> String {
    let text = terminal.text().replace(['│', '┃'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A pipe, a device, a link that leads round, a lesson whose proof takes long: each is said or shown, and meanwhile keys and
/// signals are heard.
#[test]
fn whatever_lies_there_the_keys_are_heard() {
    let bomb = "format = 1\ntitle = \"A bomb\"\n[scenario.s]\nobjective = { formula = \"x1^2 + 3*x2^2\" }\n\
                window = { x1 = [-3, 3], x2 = [-3, 3] }\nstart = [1, 1]\nrun = [ { step_size = { rule = \"fixed\", \
                alpha = 1e-9 }, stop = { iterations = 1000000, gradient = 0 } } ]\n[[page]]\ntext = \"Hm.\"\n\
                controls = [\"step_size\"]\nproof = { \"step_size.alpha\" = 0.1 }\n\
                goal = { any = [ { at = \"some\", quantity = \"slope\", above = 9 } ] }\n";
    for (kind, said) in [
        ("pipe", "is a pipe, and a lesson is a file"),
        ("/dev/zero", "is a device, and a lesson is a file"),
        ("demo.toml", "Too many levels of symbolic links"),
        ("bomb", "demo.toml was saved"),
    ] {
        let (_folder, file) = file();
        let path = file.to_str().unwrap();
        let command = "ulimit -v 1500000; exec \"$@\"";
        let arguments =
            ["/bin/sh", "-c", command, "sh", "/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", path, "--watch"];
        let mut terminal = Terminal::runs(&arguments, 80, 24);
        terminal.shows("Start: x =");
        fs::remove_file(&file).unwrap();
        match kind {
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success()),
            "bomb" => fs::write(&file, bomb).unwrap(),
            to => std::os::unix::fs::symlink(to, &file).unwrap(),
        }
        if kind == "bomb" {
            // It is being proved now.
            std::thread::sleep(Duration::from_secs(1));
            terminal.types("?");
            terminal.shows("Esc closes");
            terminal.types("\x1b");
            terminal.signal("TERM");
            terminal.ends_well(143);
            continue;
        }
        until(said, || words(&terminal).contains(said));
        terminal.types("\x1b");
        until("the card closed", || !words(&terminal).contains(said));
        terminal.types(RIGHT);
        terminal.shows("∇f");
        terminal.types("\x03");
        terminal.ends_well(0);
    }
}
