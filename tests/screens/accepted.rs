//! The screens as they were last accepted: a file a screen, with a heading over each size and set of letters in it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A screen at one size in one set of letters: its heading, and what is seen.
pub type Variant = (String, String);

const HEADING: &str = "== ";

/// The folder of the accepted screens.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens")
}

/// Whether what is seen is accepted by being written: `UPDATE=1`, or `INSTA_UPDATE=always` as it was called.
fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some() || std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always")
}

/// How a screen differs from its file, as text to read; `None` if it does not. `about` opens the file and is not compared.
pub fn difference(name: &str, about: &str, seen: &[Variant]) -> Option<String> {
    let path = folder().join(format!("{name}.txt"));
    let file = fs::read_to_string(&path).unwrap_or_default();
    if is_updating() {
        let text = written(about, seen);
        return (file != text).then(|| fs::write(path, text)).and_then(Result::err).map(|error| error.to_string());
    }
    let accepted = read(&file);
    let mut told = Vec::new();
    for (heading, now) in seen {
        match accepted.iter().find(|(known, _)| known == heading) {
            None => told.push(format!("{name}, {heading}, is not in tests/screens/{name}.txt:\n{now}")),
            Some((_, then)) if then != now => told.push(format!("{name}, {heading}:\n{}", lines(then, now))),
            Some(_) => {}
        }
    }
    let is_gone = |known: &str| seen.iter().all(|(heading, _)| heading != known);
    let gone = accepted.iter().filter(|(known, _)| is_gone(known));
    told.extend(gone.map(|(heading, _)| format!("{name}, {heading}, is drawn no more\n")));
    (!told.is_empty()).then(|| told.concat())
}

/// A file of accepted screens.
fn written(about: &str, seen: &[Variant]) -> String {
    let mut text = format!("{about}\n");
    for (heading, screen) in seen {
        assert!(!screen.lines().any(|line| line.starts_with(HEADING)), "a screen looks like a heading:\n{screen}");
        let _ = write!(text, "{HEADING}{heading}\n{screen}");
    }
    text
}

/// What `written` wrote.
fn read(file: &str) -> Vec<Variant> {
    let heading = format!("\n{HEADING}");
    let parts = file.split(&heading).skip(1).filter_map(|part| part.split_once('\n'));
    let mut variants: Vec<Variant> = parts.map(|(heading, screen)| (heading.into(), format!("{screen}\n"))).collect();
    // The last one has its own line feed still.
    variants.last_mut().map(|(_, screen)| screen.pop());
    variants
}

/// The rows that differ, the accepted one after `-` and the one that is seen after `+`; a few rows around them.
fn lines(then: &str, now: &str) -> String {
    let rows = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let (then, now) = (rows(then), rows(now));
    let is_changed = |row: usize| then.get(row) != now.get(row);
    let mut text = String::new();
    for row in 0..then.len().max(now.len()) {
        if is_changed(row) {
            for (sign, row) in [('-', then.get(row)), ('+', now.get(row))] {
                row.map(|row| writeln!(text, "{sign} {row}"));
            }
        } else if (row.saturating_sub(2)..row + 3).any(is_changed) {
            let _ = writeln!(text, "  {}", now[row]);
        }
    }
    text
}

#[test]
fn a_screen_that_differs_is_told_by_its_variant_and_its_rows() {
    let variant = |heading: &str, rows: [&str; 3]| (heading.to_owned(), format!("{}\n", rows.join("\n")));
    let seen = [variant("2x2", ["a", "b", ""]), variant("3x3", ["c", "", "e"])];
    assert_eq!(read(&written("About.", &seen)), seen);
    assert_eq!(lines("a\nb\nc\nd\ne\n", "a\nb\nc\nd\nX\n"), "  c\n  d\n- e\n+ X\n");
    assert_eq!(lines("a\n", "a\nb\n"), "  a\n+ b\n");
}
