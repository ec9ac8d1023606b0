//! A program that was stopped ends with its session: it never stays behind without a terminal.

use std::path::PathBuf;

use crate::program::PROGRAM;
use crate::pty::{Terminal, is_long, until};

/// The processes whose environment names a folder, which nobody else's does.
pub fn with(folder: &str) -> Vec<u32> {
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let names = |id: &u32| {
        let is_over = std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| stat.contains(") Z "));
        let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        !is_over && String::from_utf8_lossy(&environment).contains(folder)
    };
    ids.filter(names).collect()
}

/// A folder that no other process names.
pub fn folder(name: &str, round: usize) -> String {
    let folder: PathBuf = std::env::temp_dir().join(format!("downhill-jobs-{}-{name}-{round}", std::process::id()));
    folder.display().to_string()
}

/// How a session comes to its end, by keys or without.
pub const ENDS: [(&str, Option<&[&str]>); 3] =
    [("exit", Some(&["exit\n", "exit\n"])), ("ctrl-d", Some(&["\x04", "\x04"])), ("lost", None)];

#[test]
fn a_stopped_program_ends_with_its_session() {
    if !std::path::Path::new("/proc/self/environ").exists() {
        return;
    }
    for (name, keys) in ENDS {
        for round in 0..if is_long() { 5 } else { 2 } {
            let folder = folder(name, round);
            let mut terminal = Terminal::runs(&["/bin/bash", "--norc", "--noprofile", "-i"], 80, 24);
            terminal.types(&format!("LC_ALL=C.UTF-8 XDG_STATE_HOME={folder} {PROGRAM} learn backtracking\n"));
            terminal.shows("Start: x =");
            assert_eq!(with(&folder).len(), 1);
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
            until("the end of all", || with(&folder).is_empty());
            let _ = std::fs::remove_dir_all(&folder);
        }
    }
}

/// In the background it reads no key of the shell, and `fg` brings it back.
#[test]
fn in_the_background_it_takes_no_key() {
    let mut terminal = Terminal::runs(&["/bin/bash", "--norc", "--noprofile", "-i"], 80, 24);
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
