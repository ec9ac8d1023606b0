//! What is said about broken lessons, word for word; and that no bytes whatever make reading panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use downhill::engine::number::random::Generator;
use downhill::lesson::check::check;
use downhill::lesson::course::library::{SHIPPED, is_in_course};
use downhill::lesson::file::complaint::render;
use downhill::lesson::file::read::read;

/// The lesson files of a folder below the crate, in order.
fn lessons(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    files
}

/// All that is wrong with a lesson, as its author reads it.
fn said(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let id = path.file_stem().unwrap().to_str().unwrap();
    let report = check(id, &source, &is_in_course);
    render(&format!("{id}.toml"), &source, &report.complaints)
}

#[track_caller]
fn assert_harmless(text: &str) {
    let harmful = text.chars().find(|character| *character != '\n' && character.is_control());
    assert_eq!(harmful, None, "{text:?}");
}

/// Each broken lesson has its complaints beside it; UPDATE=1 writes them anew.
#[test]
fn broken_lessons_are_answered_word_for_word() {
    let broken = lessons("tests/broken");
    assert!(broken.len() >= 12);
    for path in broken {
        let said = said(&path);
        assert!(!said.is_empty(), "{} is not broken", path.display());
        assert_harmless(&said);
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(said, wanted, "{} (UPDATE=1 accepts it)", path.display());
    }
}

#[test]
fn sound_lessons_are_proved() {
    for path in lessons("tests/sound") {
        assert_eq!(said(&path), "", "{}", path.display());
    }
}

#[test]
fn shipped_lessons_are_proved() {
    for (id, source) in SHIPPED {
        let said = render(&format!("{id}.toml"), source, &check(id, source, &is_in_course).complaints);
        assert_eq!(said, "");
    }
}

#[test]
fn the_list_of_shipped_lessons_and_the_folder_agree() {
    let name = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let folder: Vec<String> =
        lessons("lessons").iter().map(name).filter(|name| name != "course" && name != "terms").collect();
    let mut shipped: Vec<&str> = SHIPPED.iter().map(|(id, _)| *id).collect();
    shipped.sort_unstable();
    assert_eq!(shipped, folder);
}

/// Bytes that make trouble, strewn into sound lessons one after the other.
#[test]
fn no_mutation_makes_reading_panic_or_speak_in_control_characters() {
    const TROUBLE: [&[u8]; 14] = [
        b"\x1b[2J",
        b"\"",
        b"{",
        b"]",
        b"\n",
        b"=",
        b"-",
        b"1e999",
        b"\\u001b",
        b"\xe2\x80\xae",
        b"\0",
        b"'",
        b"9999999999",
        b"nan",
    ];
    let mut sources: Vec<String> = SHIPPED.iter().map(|(_, source)| (*source).to_owned()).collect();
    sources.extend(lessons("tests/sound").iter().map(|path| fs::read_to_string(path).unwrap()));
    let mut dice = Generator::new(7);
    for round in 0..5000 {
        let mut bytes = sources[round % sources.len()].clone().into_bytes();
        for _ in 0..=round % 3 {
            let at = (dice.fraction() * bytes.len() as f64) as usize;
            let end = (at + (dice.fraction() * 4.0) as usize).min(bytes.len());
            match dice.one_of(&TROUBLE) {
                Some(trouble) if dice.fraction() < 0.6 => drop(bytes.splice(at..end, trouble.iter().copied())),
                _ if dice.fraction() < 0.5 => drop(bytes.drain(at..end)),
                _ => bytes[at] = (dice.fraction() * 256.0) as u8,
            }
        }
        let source = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(complaints) = read("mutant", &source) {
            assert!(!complaints.is_empty(), "{source}");
            assert_harmless(&render("mutant.toml", &source, &complaints));
        } else if round % 100 == 0 {
            assert_harmless(&render("mutant.toml", &source, &check("mutant", &source, &is_in_course).complaints));
        }
    }
}

/// A thousand coordinates and a million steps: proved in part, and said.
#[test]
fn a_run_that_would_take_for_ever_is_proved_in_part() {
    let source = format!(
        "format = 1\ntitle = \"x\"\n[scenario.s]\nobjective = {{ formula = \"x1^2\" }}\nstart = [{}]\n[[scenario.s.run]]\n\
         step_size = {{ rule = \"fixed\", alpha = 1e-6 }}\nstop = {{ iterations = 1000000, gradient = 0 }}\n\
         [[page]]\ntext = \"x\"\nuntil = {{ iteration = 900000 }}\n",
        vec!["1"; 1000].join(", ")
    );
    let said = render("long.toml", &source, &check("long", &source, &is_in_course).complaints);
    assert!(said.contains("run A may take 1000000 steps in 1000 coordinates: only the first 10 are proved"), "{said}");
}

#[test]
fn deep_nesting_and_many_parts_end_in_a_complaint() {
    let head = "format = 1\ntitle = \"x\"\n";
    let deep = format!("{head}a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tables = format!("{head}a = {}{}", "{ a = ".repeat(50_000), "}".repeat(50_000));
    let pages = format!("{head}{}", "[[page]]\ntext = \"x\"\n".repeat(5000));
    let long = format!("{head}#{}", "x".repeat(2 << 20));
    for source in [deep, tables, pages, long] {
        assert!(read("large", &source).is_err());
    }
}
