//! A program that was stopped ends with its session: it never stays behind without a terminal.

use std::path::Path;

use crate::program::PROGRAM;
use crate::pty::{Terminal, is_long, signal, until};

/// The processes whose environment names a folder, which nobody else's does: the program, and whatever it started.
pub fn with(folder: &Path) -> Vec<u32> {
    let folder = folder.to_str().unwrap();
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let names = |id: &u32| {
        let is_over = std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| stat.contains(") Z "));
        let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        !is_over && String::from_utf8_lossy(&environment).contains(folder)
    };
    ids.filter(names).collect()
}

/// The program among them.
pub fn program(folder: &Path) -> u32 {
    let is_ours = |id: &u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|file| file == Path::new(PROGRAM));
    let ours: Vec<u32> = with(folder).into_iter().filter(is_ours).collect();
    assert_eq!(ours.len(), 1, "one program and no other: {ours:?}");
    ours[0]
}

/// What starts a lesson in a shell, with progress in that folder.
pub fn learning(lesson: &str, folder: &Path) -> String {
    format!("LC_ALL=C.UTF-8 XDG_STATE_HOME={} {PROGRAM} learn {lesson}\n", folder.display())
}

/// How a session comes to its end, by keys or without.
pub const ENDS: [Option<&[&str]>; 3] = [Some(&["exit\n", "exit\n"]), Some(&["\x04", "\x04"]), None];

const SHELL: [&str; 4] = ["/bin/bash", "--norc", "--noprofile", "-i"];

#[test]
fn a_stopped_program_ends_with_its_session() {
    if !std::path::Path::new("/proc/self/environ").exists() {
        return;
    }
    for keys in ENDS {
        for _ in 0..if is_long() { 5 } else { 2 } {
            let state = tempfile::tempdir().unwrap();
            let mut terminal = Terminal::runs(&SHELL, 80, 24);
            terminal.types(&learning("backtracking", state.path()));
            terminal.shows("Start: x =");
            program(state.path());
            terminal.types("\x1a");
            terminal.shows("Stopped");
            until("the terminal as it was", || !terminal.look(|seen| seen.picture.screen().alternate_screen()));
            if let Some(keys) = keys {
                terminal.types(keys[0]);
                terminal.shows("There are stopped jobs");
                terminal.types(keys[1]);
            } else {
                // What a lost connection does: the shell is hung up.
                terminal.signal("HUP");
            }
            terminal.ends();
            until("the end of all", || with(state.path()).is_empty());
        }
    }
}

/// Who gives the terminal back stands outside of the job, and goes once that is done.
#[test]
fn a_kill_of_the_whole_job_leaves_neither_the_screen_nor_a_process() {
    if !Path::new("/proc/self/environ").exists() {
        return;
    }
    for is_stopped in [false, true] {
        let state = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::runs(&SHELL, 80, 24);
        terminal.types(&learning("backtracking", state.path()));
        terminal.shows("Start: x =");
        if is_stopped {
            terminal.types("\x1a");
            terminal.shows("Stopped");
            terminal.types("kill -9 %1\n");
        } else {
            // The shell makes a group of each job, of the same number.
            signal("KILL", &format!("-{}", program(state.path())));
        }
        until("the end of all", || with(state.path()).is_empty());
        until("the terminal as it was", || !terminal.look(|seen| seen.picture.screen().alternate_screen()));
        terminal.types("echo $((6*7))a\n");
        terminal.shows("42a");
        let is_said = terminal.text().contains("the program was ended without a farewell");
        assert_ne!(is_said, is_stopped, "said only where the terminal was not given back before");
        // `jobs` lets the shell see that the killed one is gone: it does not leave beside a stopped one.
        terminal.types("jobs; exit\n");
        terminal.ends();
    }
}

/// In the background it reads no key of the shell, and `fg` brings it back.
#[test]
fn in_the_background_it_takes_no_key() {
    let mut terminal = Terminal::runs(&SHELL, 80, 24);
    terminal.types(&format!("LC_ALL=C.UTF-8 {PROGRAM} learn backtracking\n"));
    terminal.shows("Start: x =");
    terminal.types("\x1a");
    terminal.shows("Stopped");
    terminal.types("echo $((6*7))a $((6*7))b $((6*7))c\n");
    terminal.shows("42a 42b 42c");
    terminal.types("bg; echo $((7*8))d\n");
    terminal.shows("56d");
    terminal.types("echo $((6*8))e\n");
    terminal.shows("48e");
    terminal.types("fg\n");
    terminal.shows("Start: x =");
    terminal.types("\x03");
    until("the terminal as it was", || !terminal.look(|seen| seen.picture.screen().alternate_screen()));
    terminal.types("exit\n");
    terminal.ends();
}
