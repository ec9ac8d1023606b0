//! The documents tell the truth: their lessons are proved, their commands print what they show, their links lead somewhere.
//!
//! In a document every `##` section is read by itself. A TOML block that opens with `format` is a lesson, and the blocks
//! after it go on with it; a section without a lesson of its own goes on with the first one of its document. A block of the
//! kind `console` holds a command and what it prints, with `…` alone on a line for lines left out. `UPDATE=1` writes
//! outputs that leave nothing out, and the lists between `<!-- name -->` and `<!-- end -->`, anew.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a broken document is a failure")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use downhill::engine::rule::method::Half;
use downhill::lesson::check::check;
use downhill::lesson::course::library::is_in_course;
use downhill::lesson::file::complaint::render;
use downhill::lesson::schema::Panel;
use downhill::objective::catalog::LANDSCAPES;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Held while a document is read or written: the tests run side by side.
static SHELF: Mutex<()> = Mutex::new(());

fn read(name: &str) -> String {
    let _held = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Puts a text in place of another in a document.
fn renew(name: &str, old: &str, new: &str) {
    let _held = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    let document = fs::read_to_string(root().join(name)).unwrap();
    fs::write(root().join(name), document.replacen(old, new, 1)).unwrap();
}

/// All documents, as paths below the crate.
fn documents() -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for folder in ["", "docs", "docs/decisions"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    assert!(found.len() >= 9, "{found:?}");
    found
}

/// A block of code in a document.
struct Block {
    kind: String,
    text: String,
    /// Which `##` section it stands in.
    section: usize,
    /// The line of its fence, from 1.
    line: usize,
}

fn blocks(document: &str) -> Vec<Block> {
    let (mut blocks, mut open, mut section) = (Vec::new(), None::<Block>, 0);
    for (number, line) in (1..).zip(document.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text.extend([line, "\n"]),
            (None, Some(kind)) => {
                open = Some(Block { kind: kind.trim().to_owned(), text: String::new(), section, line: number });
            }
            (None, None) => section += usize::from(line.starts_with("## ")),
        }
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// The lessons of a document, each with its section and the line where it begins.
fn lessons(document: &str) -> Vec<(usize, usize, String)> {
    let mut lessons: Vec<(usize, usize, String)> = Vec::new();
    let mut base = None::<String>;
    for block in blocks(document).into_iter().filter(|block| block.kind == "toml") {
        let is_whole = block.text.starts_with("format");
        if is_whole {
            base.get_or_insert_with(|| block.text.clone());
        }
        match lessons.last_mut() {
            Some((section, _, lesson)) if *section == block.section && !is_whole => {
                lesson.push('\n');
                lesson.push_str(&block.text);
            }
            _ if is_whole => lessons.push((block.section, block.line, block.text)),
            _ => {
                let before = base.as_deref().expect("the first block of a document is a whole lesson");
                lessons.push((block.section, block.line, format!("{before}\n{}", block.text)));
            }
        }
    }
    lessons
}

#[test]
fn every_lesson_in_the_documents_is_proved() {
    for (name, least) in [("README.md", 1), ("docs/authoring.md", 4)] {
        let found = lessons(&read(name));
        assert!(found.len() >= least, "{name} has {} lessons", found.len());
        for (_, line, source) in found {
            let said = render(name, &source, &check("example", &source, &is_in_course).complaints);
            assert_eq!(said, "", "the lesson from line {line} of {name}");
        }
    }
}

/// What a command line prints, on both streams, in a folder where the section's lesson has the name that it uses.
fn printed(command: &str, lesson: Option<&str>, folder: &Path) -> String {
    for word in
        command.split_whitespace().filter(|word| Path::new(word).extension().is_some_and(|ending| ending == "toml"))
    {
        fs::write(folder.join(word), lesson.expect("a lesson to write into the file")).unwrap();
    }
    let bin = Path::new(env!("CARGO_BIN_EXE_downhill")).parent().unwrap();
    let path = std::env::join_paths(
        [bin.to_path_buf()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path.unwrap())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The pictures of the documents: each file below `docs/pictures`, and the screen that it shows.
const PICTURES: [(&str, &str); 5] = [
    ("line-search", "backtracking --keys \"<right> 3 <right> <right> <right> <right> 2 <right>\""),
    ("question", "fixed-step --keys \"<right>\""),
    ("saddle", "saddle-point --keys \"n n n n\""),
    ("race", "backtracking --keys \"n n n n n n 1 2 <right>\""),
    ("wide", "backtracking --size 120x40 --keys \"n n n 1 0.5 <space> 1 0.25 <space> 2 <enter> <right>\""),
];

#[test]
fn every_picture_shows_the_screen_of_today() {
    let mut written = 0;
    for (name, screen) in PICTURES {
        let path = root().join("docs/pictures").join(name).with_extension("svg");
        let drawn = printed(&format!("downhill screen {screen} --format svg"), None, root());
        assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>\n"), "{name}: {drawn}");
        if is_updating() {
            fs::write(&path, &drawn).unwrap();
        }
        let shown = fs::read_to_string(&path).unwrap_or_default();
        assert!(shown == drawn, "{name}.svg is old: UPDATE=1 cargo test --test house documents");
        written += 1;
    }
    let files = fs::read_dir(root().join("docs/pictures")).unwrap().count();
    assert_eq!(files, written, "a picture that no command draws");
}

/// Whether these lines are those, apart from what `…` stands for.
fn fits(shown: &[String], printed: &[String]) -> bool {
    match shown {
        [] => printed.is_empty(),
        [gap, rest @ ..] if gap == "…" => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        [line, rest @ ..] => printed.first() == Some(line) && fits(rest, &printed[1..]),
    }
}

/// Whether `shown` is `printed`, apart from the lines that `…` stands for.
fn is_shown(shown: &str, printed: &str) -> bool {
    let lines = |text: &str| text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    fits(&lines(shown), &lines(printed))
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn every_command_in_the_documents_prints_what_is_shown() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path();
    for (name, least) in [("README.md", 4), ("docs/authoring.md", 3)] {
        let document = read(name);
        let (found, lessons) = (blocks(&document), lessons(&document));
        let mut count = 0;
        for block in found.iter().filter(|block| block.kind == "console") {
            let (command, shown) = block.text.split_once('\n').unwrap();
            let command = command.strip_prefix("$ ").expect("a console block opens with `$ `");
            let lesson = lessons.iter().find(|(section, ..)| *section == block.section);
            let printed = printed(command, lesson.map(|(_, _, lesson)| lesson.as_str()), folder);
            count += 1;
            if is_updating() && !shown.lines().any(|line| line == "…") {
                let old = format!("$ {command}\n{shown}```");
                renew(name, &old, &format!("$ {command}\n{}\n```", printed.trim_end()));
            } else {
                assert!(is_shown(shown, &printed), "line {} of {name} prints\n{printed}", block.line);
            }
        }
        assert!(count >= least, "{name} has {count} commands");
    }
}

#[test]
fn every_test_is_listed() {
    let document = read("CONTRIBUTING.md");
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut programs = 0;
    for folder in entries(&root().join("tests")).into_iter().filter(|path| path.join("main.rs").exists()) {
        programs += 1;
        for path in entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
            // What the terminal tests have in common is listed as one.
            let is_one = folder.ends_with("terminal");
            let name = if is_one { &folder } else { &path }.file_name().unwrap().to_string_lossy().into_owned();
            let is_test = fs::read_to_string(&path).unwrap().contains("#[test]") && !HELPERS.contains(&&*name);
            let is_listed = document.contains(&format!("{name}` |"));
            assert!(!is_test || is_listed, "CONTRIBUTING.md does not list {}", path.display());
        }
    }
    assert!((1..=8).contains(&programs), "{programs} programs of tests: each is linked by itself");
}

/// Files that tests share, and that test themselves.
const HELPERS: [&str; 2] = ["accepted.rs", "learner.rs"];

/// A value of a rule's default settings, as a lesson file writes it.
fn written(value: Option<&toml::Value>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("`{value}`"))
}

/// A text as it stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The rules of one half of a method, with all that may be set.
fn rules(half: Half) -> String {
    let mut text =
        format!("\n| `{}.rule` | parameter | what | takes | unless given |\n|---|---|---|---|---|\n", half.key());
    for table in half.rules() {
        let rule = table.get("rule").and_then(toml::Value::as_str).unwrap();
        let parameters = half.parameters(rule).unwrap();
        if parameters.is_empty() {
            writeln!(text, "| `{rule}` | – | | | |").unwrap();
        }
        for (number, parameter) in parameters.iter().enumerate() {
            let first = if number == 0 { format!("`{rule}`") } else { String::new() };
            let symbol =
                if parameter.symbol == parameter.name { String::new() } else { format!("{}: ", parameter.symbol) };
            let (name, meaning, domain) = (parameter.name, cell(parameter.meaning), cell(&parameter.domain.in_words()));
            let default = cell(&written(table.get(name)));
            writeln!(text, "| {first} | `{name}` | {symbol}{meaning} | {domain} | {default} |").unwrap();
        }
    }
    text
}

fn landscapes() -> String {
    let mut text = "\n| `name` | formula | what is special |\n|---|---|---|\n".to_owned();
    for landscape in LANDSCAPES {
        writeln!(text, "| `{}` | `{}` | {} |", landscape.name, landscape.formula, landscape.story).unwrap();
    }
    text
}

#[test]
fn the_lists_that_the_program_has_are_those_of_the_document() {
    let name = "docs/authoring.md";
    let document = read(name);
    let rules = rules(Half::Direction) + &rules(Half::StepSize);
    for (list, wanted) in [("landscapes", landscapes()), ("rules", rules)] {
        let opening = format!("<!-- {list} -->\n");
        let start = document.find(&opening).expect("the list has a place") + opening.len();
        let end = start + document[start..].find("<!-- end -->").expect("the list ends");
        let (old, new) = (&document[start..end], format!("{wanted}\n"));
        if is_updating() {
            renew(name, &format!("{opening}{old}"), &format!("{opening}{new}"));
        } else {
            assert!(old == new, "the {list} of {name} are old: UPDATE=1 cargo test --test house documents");
        }
    }
    for panel in Panel::ALL {
        assert!(document.contains(&format!("`{}`", panel.name())), "{name} has no panel `{}`", panel.name());
    }
}

/// The keys of a JSON value, and of all that is in it.
fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                found.push(key.clone());
                keys(value, found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn every_field_of_a_trace_is_described() {
    let document = read("docs/authoring.md");
    let about = &document[document.find("## The trace").expect("a section about the trace")..];
    for command in ["downhill trace backtracking --format json", "downhill trace my.toml --format json"] {
        let uphill = "format = 1\ntitle = \"Uphill\"\n[scenario.s]\nobjective = { formula = \"x^2\" }\nstart = [1]\n\
                      window = { x1 = [-2, 2] }\nrun = [ { step_size = { rule = \"backtracking\" }, \
                      direction = { rule = \"rotated\", degrees = 180.0 } } ]\n";
        let folder = tempfile::tempdir().unwrap();
        let trace: serde_json::Value = serde_json::from_str(&printed(command, Some(uphill), folder.path())).unwrap();
        let mut found = Vec::new();
        keys(&trace, &mut found);
        assert!(found.len() > 20);
        for key in found {
            assert!(about.contains(&format!("`{key}`")), "the field `{key}` of a trace is not described");
        }
    }
}

/// The targets of all links `[…](target)` outside of code blocks.
fn links(document: &str) -> Vec<String> {
    let (mut links, mut is_code) = (Vec::new(), false);
    for line in document.lines() {
        is_code ^= line.starts_with("```");
        for (at, _) in line.match_indices("](").filter(|_| !is_code) {
            links.extend(line[at + 2..].split_once(')').map(|(target, _)| target.to_owned()));
        }
    }
    links
}

/// How a heading is called in a link: its letters in lower case, blanks as hyphens.
fn anchor(heading: &str) -> String {
    let kept =
        heading.trim_start_matches('#').trim().chars().filter(|char| char.is_alphanumeric() || " -_".contains(*char));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for name in documents() {
        let here: PathBuf = root().join(&name);
        for target in links(&read(&name)).into_iter().filter(|target| !target.contains("://")) {
            let (file, part) = target.split_once('#').unwrap_or((&target, ""));
            let path = if file.is_empty() { here.clone() } else { here.parent().unwrap().join(file) };
            assert!(path.exists(), "{name} links to {target}, which is not there");
            count += 1;
            if !part.is_empty() {
                let text = fs::read_to_string(&path).unwrap();
                let is_there = text.lines().any(|line| line.starts_with('#') && anchor(line) == part);
                assert!(is_there, "{name} links to {target}, which has no such heading");
            }
        }
    }
    assert!(count >= 15, "{count} links");
}
