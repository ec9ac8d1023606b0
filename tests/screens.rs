//! What a student sees, at the sizes and in the glyphs that students have: snapshots to be read.
#![expect(clippy::panic, reason = "a lesson that cannot be opened is a failure")]

use std::fmt::Write as _;

use downhill::app::key::script;
use downhill::app::look::{Glyphs, Look};
use downhill::app::session::Session;
use downhill::app::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::library;
use downhill::lesson::read::read;
use downhill::lesson::schema::Lesson;
use ratatui::buffer::Buffer;

/// The screen of a lesson (or of the list) after some keys: the letters to read, and a hash of the styles under them.
fn screen(lesson: &str, size: (u16, u16), glyphs: Glyphs, keys: &str) -> String {
    let session = if lesson.is_empty() {
        Session::home()
    } else {
        Session::single(open(lesson).and_then(Sitting::open).unwrap_or_else(|error| panic!("{error}")))
    };
    let mut room = Headless::new(session, size, Look { glyphs, ..Look::default() });
    room.play(&script(keys).unwrap_or_else(|error| panic!("{error}")));
    let cells = room.screen();
    format!("{}\nstyles {:016x}\n", text(&cells), styles(&cells))
}

/// A shipped lesson by its id, another one by its file.
fn open(lesson: &str) -> Result<Lesson, String> {
    if !lesson.contains('/') {
        return library::open(lesson);
    }
    let source = std::fs::read_to_string(lesson).map_err(|error| error.to_string())?;
    read(lesson, &source).map(|(lesson, _)| lesson).map_err(|complaints| format!("{} complaints", complaints.len()))
}

/// FNV-1a over the styles of all cells.
fn styles(cells: &Buffer) -> u64 {
    let mut written = String::new();
    for cell in &cells.content {
        let _ = write!(written, "{:?}{:?}{:?}", cell.fg, cell.bg, cell.modifier);
    }
    written
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Trial 4 of the first search, its prediction answered and sealed.
const TRIAL: &str = "<right> 3 <right> <right> <right> <right> 2 <right>";

#[test]
fn a_trial_shows_its_numbers_at_every_size() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20), (36, 10)] {
        for (glyphs, name) in [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")] {
            let seen = screen("backtracking", (columns, rows), glyphs, TRIAL);
            if glyphs == Glyphs::Ascii {
                assert!(seen.is_ascii(), "{seen}");
            }
            // α, φ(α), the bound, the margin and the verdict; the smallest screen has the sentence alone.
            assert!(seen.contains("0.125") && seen.contains("243.1") && seen.contains("215"), "{seen}");
            if columns >= 60 {
                assert!(seen.contains("28.1") && seen.contains(if glyphs == Glyphs::Ascii { "no" } else { "✗" }));
            }
            assert!(seen.contains("shrink"), "the story names the next sub-step:\n{seen}");
            insta::assert_snapshot!(format!("backtracking-trial-{columns}x{rows}-{name}"), seen);
        }
    }
}

#[test]
fn the_panels_on_lessons_that_need_them() {
    for (name, lesson, keys) in [
        ("question-open", "backtracking", "<right>"),
        ("outcome-wrong", "backtracking", "<right> 1 <right>"),
        ("curvature", "saddle-point", "n"),
        ("progress", "fixed-step", "n n n n n 1 1 <right>"),
        ("numbers", "fixed-step", "<right> 2 <right>"),
        ("settings", "backtracking", "n n n n n n e"),
        ("hint", "backtracking", "n n n n n n h"),
        ("why-card", "backtracking", "n n n n n n w"),
        ("goal-met", "backtracking", "n n n n n n e 0.1 <enter> E"),
        ("help", "backtracking", "?"),
        ("ending", "saddle-point", "n n n n L E"),
    ] {
        insta::assert_snapshot!(name, screen(lesson, (80, 24), Glyphs::Braille, keys));
    }
    insta::assert_snapshot!("home", screen("", (80, 24), Glyphs::Braille, ""));
    insta::assert_snapshot!("home-ascii-120x40", screen("", (120, 40), Glyphs::Ascii, "<down>"));
}

/// Four dimensions, cut in three ways; and a view of its own.
#[test]
fn the_map_shows_slices_and_what_one_looks_at() {
    for (name, glyphs) in [("braille", Glyphs::Braille), ("ascii", Glyphs::Ascii)] {
        for (number, slice) in ["coordinates", "eigen", "path"].into_iter().enumerate() {
            let keys = format!("{} <enter> <enter> <right>", "n ".repeat(number));
            let seen = screen("tests/sound/slices.toml", (80, 24), glyphs, &keys);
            insta::assert_snapshot!(format!("slice-{slice}-{name}"), seen);
        }
        let seen = screen("backtracking", (80, 24), glyphs, "<right> o + + <up> <up> <left>");
        insta::assert_snapshot!(format!("looking-{name}"), seen);
    }
}

/// No question, no settings, nothing typed: every size down to one cell is drawn, and nothing is drawn outside.
#[test]
fn every_size_is_drawn() {
    for (lesson, keys) in
        [("", ""), ("backtracking", TRIAL), ("fixed-step", "n n n n n e"), ("saddle-point", "?"), ("backtracking", "h")]
    {
        for columns in [1, 2, 3, 7, 19, 20, 39, 40, 41, 59, 72, 119, 120, 220] {
            for rows in [1, 2, 3, 5, 11, 12, 17, 23, 36, 70] {
                for glyphs in [Glyphs::Braille, Glyphs::Ascii] {
                    screen(lesson, (columns, rows), glyphs, keys);
                }
            }
        }
    }
}
