//! The host alone: a real terminal runs the probe, and is found again as it was.
//!
//! The probe is `examples/host_probe.rs`; a plain `cargo test` builds it.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::pty::{Terminal, said, signal, size, until};

fn probe() -> String {
    let test = std::env::current_exe().unwrap();
    let probe: PathBuf = test.parent().and_then(|deps| deps.parent()).unwrap().join("examples/host_probe");
    assert!(probe.exists(), "{} is not there: run `cargo test`, or `cargo build --examples` first", probe.display());
    probe.display().to_string()
}

impl Terminal {
    /// The probe alone, with its first frame on the screen.
    fn with_probe(width: u16, height: u16) -> Self {
        let terminal = Self::runs(&[&probe()], width, height);
        terminal.shows("keys 0");
        terminal
    }

    /// The probe as a job of a shell, which says `code …` afterwards, and `continued` when `fg` is next.
    fn with_job() -> Self {
        let line = format!("{}; echo stopped; read line; fg; echo code $?; read line", probe());
        let terminal = Self::runs(&["/bin/sh", "-mc", &line], 80, 24);
        terminal.shows("keys 0");
        terminal
    }
}

#[test]
fn keys_are_heard_and_seen() {
    let mut terminal = Terminal::with_probe(80, 24);
    assert!(terminal.is_taken());
    terminal.types("abc\x1b[C\x1b");
    terminal.shows("keys 5");
    terminal.types("\x1b[200~two\rlines q!\x1b[201~");
    terminal.shows("pasted \"two\\nlines q!\"");
    terminal.types("T");
    terminal.shows("ticks 3");
    terminal.types("q");
    assert!(!terminal.ends_well(0).contains("keys"), "the shell's own screen is back");
}

#[test]
fn an_arrow_in_two_pieces_is_one_key() {
    let mut terminal = Terminal::with_probe(40, 6);
    for piece in ["\x1b", "[", "1;2", "C", "x"] {
        terminal.types(piece);
    }
    terminal.shows("keys 2");
}

#[test]
fn a_resize_and_back_equals_a_fresh_screen() {
    let terminal = Terminal::with_probe(80, 24);
    for (width, height) in [(20, 5), (2, 3), (1, 1), (20, 5), (80, 24)] {
        let bytes = terminal.bytes();
        terminal.resizes(width, height);
        until("a frame of that size", || terminal.bytes() > bytes);
    }
    terminal.shows("size 80x24");
    let fresh = Terminal::with_probe(80, 24);
    until("the same screen", || terminal.text() == fresh.text());
    assert!(terminal.is_taken());
}

#[test]
fn three_thousand_keys_at_once_are_all_heard() {
    let mut terminal = Terminal::with_probe(80, 24);
    let before = terminal.bytes();
    terminal.types(&"k".repeat(3000));
    terminal.shows("keys 3000");
    let frames = (terminal.bytes() - before) / 20;
    assert!(frames < 1000, "{frames} frames: the newest state wins");
    terminal.types("q");
    terminal.ends_well(0);
}

#[test]
fn a_signal_ends_it_politely() {
    for (name, code) in [
        ("TERM", 143),
        ("HUP", 129),
        ("INT", 130),
        ("QUIT", 131),
        ("USR1", 138),
        ("USR2", 140),
        ("ALRM", 142),
        ("XCPU", 152),
        ("VTALRM", 154),
        ("PROF", 155),
        ("POLL", 157),
    ] {
        let terminal = Terminal::answering(&[&probe()], 80, 24);
        terminal.shows("keys 0");
        terminal.signal(name);
        terminal.ends_well(code);
    }
}

#[test]
fn a_panic_is_readable() {
    let mut terminal = Terminal::with_probe(80, 24);
    terminal.types("!");
    terminal.shows("told to panic");
    let screen = terminal.ends_well(101);
    let message: Vec<&str> = screen.lines().filter(|line| line.contains("the probe was told to panic")).collect();
    assert!(message.iter().all(|line| line.starts_with("the probe")), "no staircase:\n{screen}");
}

#[test]
fn ctrl_z_gives_the_terminal_back_for_a_while() {
    let mut terminal = Terminal::with_job();
    terminal.types("ab");
    terminal.shows("keys 2");
    terminal.types("\x1a");
    terminal.shows("stopped");
    until("the terminal as it was", || terminal.is_as_before());
    terminal.resizes(60, 10);
    terminal.types("\n");
    terminal.shows("size 60x10");
    terminal.shows("keys 2");
    assert!(terminal.is_taken());
    terminal.types("c");
    terminal.shows("keys 3");
    terminal.types("q");
    terminal.shows("code 0");
    until("the terminal as it was", || terminal.is_as_before());
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_too() {
    let mut terminal = Terminal::with_job();
    let job = terminal.master.process_group_leader().unwrap().to_string();
    signal("TSTP", &job);
    terminal.shows("stopped");
    until("the terminal as it was", || terminal.is_as_before());
    terminal.types("\n");
    terminal.shows("keys 0");
    until("our modes", || terminal.is_taken());
    terminal.types("q");
    terminal.shows("code 0");
}

#[test]
fn a_stop_that_nobody_could_end_is_refused() {
    let mut terminal = Terminal::with_probe(40, 6);
    terminal.types("\x1a");
    terminal.types("a");
    terminal.shows("keys 1");
    terminal.types("q");
    terminal.ends_well(0);
}

#[test]
fn idle_is_silent() {
    let terminal = Terminal::with_probe(80, 24);
    until("the whole first frame", || terminal.text().contains('◆'));
    let before = terminal.bytes();
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(terminal.bytes(), before);
}

#[test]
fn a_closed_terminal_ends_it() {
    let Terminal { master, mut keys, mut child, is_closing, reader, .. } = Terminal::with_probe(80, 24);
    is_closing.store(true, Ordering::SeqCst);
    keys.write_all(b"a").unwrap(); // one more frame, after which nobody reads
    reader.join().unwrap();
    drop((keys, master));
    until("the end", || child.try_wait().unwrap().is_some());
}

#[test]
fn without_a_terminal_it_says_so() {
    let output = std::process::Command::new(probe()).stdin(std::process::Stdio::null()).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no terminal here"));
    assert!(output.stdout.is_empty());
}

/// A window of 65,535 rows and columns is drawn as far as anybody reads, and costs no more than a large screen.
#[test]
fn an_endless_window_is_drawn_up_to_a_bound() {
    let mut terminal = Terminal::with_probe(80, 24);
    for (width, height) in [(1000, 1000), (u16::MAX, u16::MAX)] {
        terminal.master.resize(size(width, height)).unwrap();
        terminal.shows("size 500x200");
    }
    let memory = said(terminal.id(), "status", "RssAnon");
    assert!(memory.is_none_or(|bytes| bytes < 64 << 20), "{memory:?} bytes");
    terminal.types("q");
    terminal.ends_well(0);
}

/// Mode 2048: the size comes among the keys, whole or in pieces, and the same size again is nothing new.
#[test]
fn a_size_among_the_keys_is_a_size() {
    let mut terminal = Terminal::with_probe(80, 24);
    terminal.shows("size 80x24");
    std::thread::sleep(Duration::from_millis(50));
    let bytes = terminal.bytes();
    terminal.types("\x1b[48;24;80;0;0t");
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(terminal.bytes(), bytes, "nothing is painted anew");
    for byte in "\x1b[48;10;60;100;600t".chars() {
        terminal.types(&byte.to_string());
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.shows("size 60x10");
    terminal.shows("keys 0");
    terminal.types("q");
    terminal.ends_well(0);
}
