//! What is there for those who write lessons: a lesson to start from, a schema for editors, packs of their own.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use downhill::export::json_schema;
use downhill::lesson::file::format;
use downhill::lesson::file::read::read;
use downhill::lesson::file::shape::{Shape, Table};

/// A folder of its own for each test, gone when the test is over.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(name: &str) -> Self {
        Self(tempfile::Builder::new().prefix(name).tempdir().unwrap())
    }

    /// Runs the program here; its exit code, and all that it says.
    fn runs(&self, arguments: &[&str]) -> (i32, String) {
        said(Command::new(env!("CARGO_BIN_EXE_downhill")).args(arguments).current_dir(self.0.path()))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn said(command: &mut Command) -> (i32, String) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `new` writes is proved without a warning, and can be played to its end.
#[test]
fn a_new_lesson_is_fine_as_it_stands() {
    let folder = Folder::new("new");
    let (code, out) = folder.runs(&["new", "demo"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("downhill learn demo.toml --watch"), "{out}");
    assert_eq!(folder.runs(&["check", "demo.toml"]), (0, "demo.toml: fine\n".into()));
    for (keys, words) in [
        ("", "Too short, too long"),
        ("<right> 3 <right> <right>", "and so it is"),
        ("<right> 3 <right> <right> w", "Only up to 2/L"),
        ("<right> 3 <right> <right> w <enter> <enter> <enter>", "Proof: a run of its own"),
        ("<right> 3 n E", "the goal is not met"),
        ("<right> 3 n e 0.28 <enter> E", "Goal met"),
    ] {
        let (code, screen) = folder.runs(&["screen", "demo.toml", "--keys", keys]);
        assert!(code == 0 && screen.contains(words), "{keys}: {words}\n{screen}");
    }
    assert_eq!(folder.runs(&["trace", "demo.toml", "--iterations", "1"]).0, 0);
}

#[test]
fn nothing_is_written_over_and_nothing_where_it_cannot_be() {
    let folder = Folder::new("refused");
    fs::write(folder.path("mine.toml"), "precious").unwrap();
    for (name, sentence) in [
        ("mine", "mine.toml is there already"),
        ("mine.toml", "mine.toml is there already"),
        ("../up", "cannot be the name of a lesson"),
        ("", "cannot be the name of a lesson"),
        ("course", "course.toml is the list of a course"),
    ] {
        let (code, out) = folder.runs(&["new", name]);
        assert!(code == 2 && out.contains(sentence), "{name}: {out}");
    }
    assert_eq!(fs::read_to_string(folder.path("mine.toml")).unwrap(), "precious");
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 1);
    // A folder that is gone takes no file, whoever asks.
    let line = format!("mkdir gone; cd gone; rmdir ../gone; {} new demo", env!("CARGO_BIN_EXE_downhill"));
    let (code, out) = said(Command::new("sh").args(["-c", &line]).current_dir(folder.0.path()));
    assert!(code == 2 && out.contains("demo.toml cannot be written here"), "{out}");
}

/// A pack takes the place of the course: in the list, for names, for `check`; a broken lesson hinders no other.
#[test]
fn a_pack_takes_the_place_of_the_course() {
    let folder = Folder::new("pack");
    let (pack, good) = (folder.path("week-1"), fs::read_to_string(root().join("src/command/new.toml")).unwrap());
    fs::create_dir_all(&pack).unwrap();
    let write = |name: &str, text: &str| fs::write(pack.join(name), text).unwrap();
    write("good.toml", &good);
    write("bad.toml", &good.replacen("alpha = 0.3", "alpha = -0.3", 1));
    // The id of a shipped lesson: here it is this one.
    write("backtracking.toml", &good.replacen("Too short, too long", "Not the shipped one", 1));
    write(
        "course.toml",
        "[[chapter]]\nid = \"one\"\ntitle = \"The first week\"\nlessons = [ \
         { id = \"good\", title = \"A good one\", summary = \"It opens.\" }, \
         { id = \"bad\", title = \"A bad one\", summary = \"It does not.\" }, \
         { id = \"later\", title = \"A later one\", summary = \"\" } ]\n",
    );
    let runs = |arguments: &[&str]| folder.runs(&[&["--lessons", "week-1"], arguments].concat());
    let sees = |arguments: &[&str], code: i32, words: &[&str]| {
        let (found, out) = runs(arguments);
        assert!(found == code && words.iter().all(|word| out.contains(word)), "{arguments:?}: {words:?}\n{out}");
    };
    sees(
        &["list"],
        0,
        &["1 The first week\n  good         A good one", "  (to come)    A later one", "2 More\n  backtracking Not"],
    );
    sees(&["screen"], 0, &["A good one", "A bad one  cannot be opened", "Not the shipped one", "It opens."]);
    sees(&["screen", "--keys", "<enter>"], 0, &["Too short, too long", "page 1/2"]);
    sees(&["screen", "--keys", "<down>"], 0, &["bad.toml:19:39 `alpha` cannot be -0.3"]);
    sees(&["screen", "--keys", "<down> <enter>"], 0, &["bad.toml cannot be read: `alpha` cannot be -0.3"]);
    sees(&["screen", "backtracking"], 0, &["Not the shipped one"]);
    sees(&["screen", "bad"], 1, &["bad.toml:19:39", "a number above 0"]);
    sees(&["trace", "good", "--iterations", "1"], 0, &["scenario valley"]);
    sees(&["trace", "ravine"], 2, &["there is no lesson `ravine`; there are good, bad, backtracking"]);
    sees(&["check"], 1, &["week-1/good.toml: fine", "week-1/backtracking.toml: fine", "week-1/bad.toml:19:39"]);
    // The environment says the same; a flag has the last word.
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"));
    program.args(["list"]).current_dir(folder.0.path()).env("DOWNHILL_LESSONS", "week-1");
    assert!(said(&mut program).1.contains("The first week"));
    program.env("DOWNHILL_LESSONS", "nowhere").args(["--lessons", "week-1"]);
    assert!(said(&mut program).1.contains("The first week"));
    // What cannot be a pack is a sentence.
    fs::create_dir_all(folder.path("empty")).unwrap();
    assert!(folder.runs(&["list", "--lessons", "nowhere"]).1.contains("the lessons in nowhere cannot be read"));
    assert!(folder.runs(&["list", "--lessons", "empty"]).1.contains("there is no lesson file in empty"));
    write("course.toml", "[[chapter]]\nid = 1\n");
    sees(&["list"], 2, &["week-1/course.toml:2: "]);
}

/// The lesson files of a folder below the crate, in order.
fn lessons(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let is_lesson = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "toml")
            && !path.ends_with("course.toml")
            && !path.ends_with("terms.toml")
    };
    let mut files: Vec<PathBuf> = files.filter(is_lesson).collect();
    files.sort();
    files
}

/// Every lesson file that the reader takes.
fn sound() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        ["lessons", "tests/sound", "tests/panels", "tests/questions"].into_iter().flat_map(lessons).collect();
    files.push(root().join("src/command/new.toml"));
    files
}

fn toml_of(path: &Path) -> Option<toml::Value> {
    toml::from_str(&fs::read_to_string(path).unwrap()).ok()
}

fn json_of(value: &toml::Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

fn judge() -> jsonschema::Validator {
    let schema = json_schema::schema();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn is_readable(value: &toml::Value) -> bool {
    read("mutant", &toml::to_string(value).unwrap()).is_ok()
}

#[test]
fn the_schema_takes_every_lesson() {
    let (folder, judge) = (Folder::new("schema"), judge());
    let (code, out) = folder.runs(&["schema"]);
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), json_schema::schema());
    for path in sound() {
        let lesson = json_of(&toml_of(&path).unwrap());
        let faults: Vec<String> =
            judge.iter_errors(&lesson).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new(), "{}", path.display());
    }
}

/// Broken lessons that a schema cannot see through: what is wrong with them is what they mean, not how they are built.
const MEANING: &[(&str, &str)] = &[
    ("colour-word", "prose is for people"),
    ("compare-other-scenario", "names in two places are compared"),
    ("compare-twice", "names in two places are compared"),
    ("compare-unknown", "names in two places are compared"),
    ("compare-without-map", "two keys that do not go together"),
    ("formula-error", "a formula is a language of its own"),
    ("formula-with-escapes", "a formula is a language of its own"),
    ("gammas-in-order", "two settings that do not go together"),
    ("goal-without-aim", "what a run does is known when it is run"),
    ("hint-tells-all", "prose is for people"),
    ("later-variable", "how many coordinates there are depends on the start"),
    ("lottery-goal", "what a run does is known when it is run"),
    ("met-at-start", "what a run does is known when it is run"),
    ("missing-start", "a landscape that has a name has a start, too"),
    ("schedule-error", "a formula is a language of its own"),
    ("start-outside-window", "numbers in two places are compared"),
    ("text-too-long", "how long a text is depends on how it is wrapped"),
    ("two-right-options", "what a run does is known when it is run"),
    ("unknown-lesson", "which lessons there are is not part of a file"),
    ("unknown-run", "names in two places are compared"),
    ("unreachable-goal", "what a run does is known when it is run"),
    ("warm-up-too-long", "two settings that do not go together"),
    ("wrong-claim", "what a run does is known when it is run"),
];

#[test]
fn the_schema_refuses_what_is_built_wrongly() {
    let judge = judge();
    let mut taken = Vec::new();
    for path in lessons("tests/broken") {
        let Some(lesson) = toml_of(&path) else { continue };
        if judge.is_valid(&json_of(&lesson)) {
            taken.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    let listed: Vec<&str> = MEANING.iter().map(|(name, _)| *name).collect();
    assert_eq!(taken, listed);
}

/// The keys of a file that the format knows, table by table.
fn used(value: &toml::Value, shape: &Shape, found: &mut BTreeSet<(&'static str, &'static str)>) {
    match (shape, value) {
        (Shape::Table(table), toml::Value::Table(entries)) => {
            // Kinds of a question may give one key different shapes.
            let kind = table.cases.find(entries.get("kind").and_then(toml::Value::as_str).unwrap_or_default());
            for (name, value) in entries {
                match kind.keys().chain(table.all()).find(|key| key.name == name) {
                    Some(key) => {
                        found.insert((family(table.what), key.name));
                        used(value, &key.shape, found);
                    }
                    None => used(value, table.named.as_ref().unwrap(), found),
                }
            }
        }
        (Shape::List(of, ..), toml::Value::Array(items)) => items.iter().for_each(|item| used(item, of, found)),
        (Shape::Either(shapes), toml::Value::Table(_)) => {
            let has = |table: &Table, name: &str| table.named.is_some() || table.all().any(|key| key.name == name);
            let fits = |table: &Table| value.as_table().unwrap().keys().all(|name| has(table, name));
            let tables = shapes.iter().map(|shape| if let Shape::Having(_, of) = shape { of } else { shape });
            for shape in tables.filter(|shape| matches!(shape, Shape::Table(table) if fits(table))) {
                used(value, shape, found);
            }
        }
        _ => {}
    }
}

/// Claims, goals and conditions share their keys, and the code that reads them.
fn family(what: &'static str) -> &'static str {
    if ["a goal", "a condition of `first`", "an iteration"].contains(&what) { "a claim" } else { what }
}

/// A key of the format that no reader takes would be refused in the lesson where it stands.
#[test]
fn every_key_of_the_format_is_one_that_the_reader_takes() {
    let mut found = BTreeSet::new();
    for path in sound() {
        let lesson = toml_of(&path).unwrap();
        assert!(is_readable(&lesson), "{}", path.display());
        used(&lesson, &Shape::Table(&format::LESSON), &mut found);
    }
    let all = format::tables().into_iter().flat_map(|table| table.all().map(|key| (family(table.what), key.name)));
    let missing: Vec<_> = all.filter(|key| !found.contains(key)).collect();
    assert_eq!(missing, [], "no sound lesson shows that these can be read");
}

/// All places of a value, as ways to them.
fn places(value: &toml::Value, here: &[Step], all: &mut Vec<Vec<Step>>) {
    let mut go = |step: Step, value: &toml::Value| {
        let way = [here, &[step]].concat();
        all.push(way.clone());
        places(value, &way, all);
    };
    match value {
        toml::Value::Table(entries) => entries.iter().for_each(|(name, value)| go(Step::Key(name.clone()), value)),
        toml::Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| go(Step::Item(index), value)),
        _ => {}
    }
}

#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Item(usize),
}

fn at<'v>(value: &'v mut toml::Value, way: &[Step]) -> &'v mut toml::Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(name) => value.get_mut(name).unwrap(),
        Step::Item(index) => value.get_mut(index).unwrap(),
    })
}

/// Below these the author chooses the names, or only the run knows what fits.
fn is_free(way: &[Step]) -> bool {
    let free = ["use", "proof", "with", "window", "controls", "plot", "reveals", "solution", "vary"];
    way.iter().any(|step| matches!(step, Step::Key(name) if free.contains(&name.as_str())))
        || matches!(way, [Step::Key(top)] if top == "scenario")
}

/// Every value of some lessons in turn replaced, every table with a key too many: what the schema refuses the reader
/// refuses, so that no editor marks a sound line; and what no table can take both refuse.
#[test]
fn schema_and_reader_agree_on_thousands_of_mutants() {
    let judge = judge();
    let table = toml::Value::Table([("zzz".to_owned(), toml::Value::Integer(1))].into_iter().collect());
    let strange: Vec<toml::Value> = vec![
        table.clone(),
        toml::Value::String("zzz".into()),
        toml::Value::String(String::new()),
        toml::Value::Integer(-1),
        toml::Value::Integer(2_000_000),
        toml::Value::Float(0.5),
        toml::Value::Boolean(true),
        toml::Value::Array(Vec::new()),
        toml::Value::Array(vec![toml::Value::Array(Vec::new())]),
    ];
    let (mut count, mut refused) = (0, 0);
    for path in sound().into_iter().filter(|path| !path.starts_with(root().join("lessons"))) {
        let lesson = toml_of(&path).unwrap();
        let mut ways = vec![Vec::new()];
        places(&lesson, &[], &mut ways);
        for way in &ways {
            let mut mutants: Vec<toml::Value> = strange.clone();
            let mut whole = lesson.clone();
            if let toml::Value::Table(entries) = at(&mut whole, way) {
                let mut more = entries.clone();
                more.insert("zzz".into(), toml::Value::Integer(1));
                mutants.push(toml::Value::Table(more));
            }
            for (number, mutant) in mutants.into_iter().enumerate().filter(|_| !way.is_empty()) {
                let is_hopeless = (number == 0 || number >= strange.len()) && !is_free(way);
                let mut whole = lesson.clone();
                *at(&mut whole, way) = mutant;
                let (schema, reader) = (judge.is_valid(&json_of(&whole)), is_readable(&whole));
                assert!(schema || !reader, "{}: the schema refuses what the reader takes: {way:?}", path.display());
                assert!(!is_hopeless || !schema && !reader, "{}: {way:?} takes anything", path.display());
                count += 1;
                refused += u32::from(!schema);
            }
        }
    }
    assert!(count > 5000 && refused > count / 2, "{refused} of {count}");
}

#[test]
fn every_key_of_the_format_is_described() {
    let document = fs::read_to_string(root().join("docs/authoring.md")).unwrap();
    for key in format::tables().into_iter().flat_map(Table::all) {
        let is_there = [format!("`{}`", key.name), format!("`{}:", key.name), format!("{} = ", key.name)];
        let is_there = is_there.iter().any(|word| document.contains(word));
        assert!(is_there, "docs/authoring.md does not tell of `{}`", key.name);
        assert!(!key.about.is_empty() && !key.about.ends_with('.'), "{}", key.name);
    }
}
