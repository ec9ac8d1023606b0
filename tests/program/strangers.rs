//! What strangers send: bombs among lesson files, folders, names and settings are answered with a sentence, soon, and
//! in little memory.
//!
//! `DOWNHILL_BOMBS=full` takes the sizes at which they were found, in minutes; without it smaller ones, in seconds.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

/// The address space that a program may have, in KiB.
const MEMORY: &str = "1500000";
/// The most bytes that it may say.
const MOST_SAID: usize = 1 << 20;

fn is_full() -> bool {
    std::env::var("DOWNHILL_BOMBS").is_ok_and(|value| value == "full")
}

/// A number at its full size, or a smaller one.
fn sized(full: usize, small: usize) -> usize {
    if is_full() { full } else { small }
}

/// How the program answered.
struct Answer {
    code: i32,
    out: String,
    error: String,
}

impl Answer {
    fn all(&self) -> String {
        self.out.clone() + &self.error
    }
}

/// Runs the program in a folder under the limit of memory; what it says is text without anything a terminal obeys.
#[track_caller]
fn runs(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Answer {
    hears(folder, arguments, "")
}

#[track_caller]
fn hears(folder: &Path, arguments: &[impl AsRef<OsStr>], input: &str) -> Answer {
    let keys = folder.join("input");
    fs::write(&keys, input).unwrap();
    // Processor time, in seconds: a machine that is busy with other things may take longer.
    let seconds = if arguments[0].as_ref() == "check" { 60 } else { 20 };
    let script = format!("ulimit -v {MEMORY}; ulimit -t {seconds}; exec timeout 300 \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_downhill")])
        .args(arguments)
        .current_dir(folder)
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::from(fs::File::open(&keys).unwrap()))
        .output()
        .unwrap();
    let shown: Vec<String> = arguments.iter().map(|one| one.as_ref().to_string_lossy().into_owned()).collect();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, error) = (text(output.stdout), text(output.stderr));
    let code = output.status.code().unwrap_or(-1);
    let head = |text: &str| text.chars().take(2000).collect::<String>();
    assert!((0..=2).contains(&code), "{shown:?}: exit code {code}\n{}", head(&error));
    assert!(!error.contains("panicked") && !error.contains("memory allocation"), "{shown:?}: {}", head(&error));
    assert!(out.len() + error.len() <= MOST_SAID, "{shown:?} says {} bytes", out.len() + error.len());
    let harm = out.chars().chain(error.chars()).find(|letter| letter.is_control() && *letter != '\n');
    assert_eq!(harm, None, "{shown:?}: {}", head(&error));
    Answer { code, out, error }
}

fn lesson(objective: &str, start: &str, runs: &str, pages: &str) -> String {
    format!(
        "format = 1\ntitle = \"A bomb\"\n[scenario.s]\nobjective = {{ formula = \"{objective}\" }}\n\
         window = {{ x1 = [-3, 3], x2 = [-3, 3] }}\nstart = [{start}]\nrun = [ {runs} ]\n{pages}"
    )
}

/// A run that goes on and on with so many trials a step.
fn endless(trials: usize) -> String {
    let step_size = match trials {
        0 => "rule = \"fixed\", alpha = 1e-9".to_owned(),
        // From 1e-9·2^(n−1) down to where Armijo holds at last.
        _ => format!("rule = \"backtracking\", initial = {:e}, tau = 0.5", 1e-9 * 2.0_f64.powi(trials as i32 - 1)),
    };
    format!("{{ step_size = {{ {step_size} }}, stop = {{ iterations = 1000000, gradient = 0 }} }}")
}

const BOWL: &str = "x1^2 + 3*x2^2";

/// Whether the answer speaks of the memory that a run may take.
fn tells_of_memory(answer: &Answer) -> bool {
    // On a screen the sentence is broken into rows.
    let words: Vec<String> = answer.all().split_whitespace().map(str::to_owned).collect();
    words.join(" ").contains("MiB that this run may take")
}

/// A factor σ just above 1 lengthens α for ever, in every search that has one.
#[test]
fn a_search_that_hardly_lengthens_comes_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    for rule in ["strong-wolfe", "weak-wolfe"] {
        for (initial, growth) in [("1e-9", "1.0001"), ("1e-9", "1.000001"), ("1e-300", "1.0000001"), ("1e-300", "1.5")]
        {
            let step_size = format!("rule = \"{rule}\", initial = {initial}, growth = {growth}");
            let text =
                lesson(BOWL, "1, 1", &format!("{{ step_size = {{ {step_size} }} }}"), "[[page]]\ntext = \"Hm.\"\n");
            fs::write(folder.path().join("x.toml"), text).unwrap();
            let answer = runs(folder.path(), &["trace", "x.toml"]);
            assert_eq!(answer.code, 0, "{}", answer.error);
            assert!(answer.out.contains("end: no-acceptable-step"), "{rule} {growth}: {}", answer.out);
            assert!(answer.out.contains("still too short after 1100 trials"), "{}", answer.out);
        }
    }
}

/// Runs of a million steps, alone, with long searches, with many rivals: each command ends, and says why.
#[test]
fn a_run_ends_where_its_record_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let page = "[[page]]\ntext = \"On and on.\"\nuntil = { iteration = 1000000 }\n";
    let rivals = (0..26).map(|_| endless(0)).collect::<Vec<_>>().join(", ");
    let many = (1..=20).map(|i| format!("x{i}^2")).collect::<Vec<_>>().join(" + ");
    let ones = vec!["1"; 20].join(", ");
    let bombs = [
        ("plain", lesson(BOWL, "1, 1", &endless(0), page)),
        // A valley so long that the record is full before the run comes to its end.
        ("trials", lesson("(1-x1)^2 + 100*(x2-x1^2)^2", "-1.2, 1", &endless(960), page)),
        ("rivals", lesson(BOWL, "1, 1", &rivals, page)),
        ("wide", lesson(&many, &ones, &endless(0), page)),
    ];
    for (name, text) in bombs {
        let file = format!("{name}.toml");
        fs::write(folder.path().join(&file), text).unwrap();
        let answer = runs(folder.path(), &["trace", &file]);
        let is_told = answer.out.contains("end: memory: the record of the steps fills the")
            || answer.error.contains("the run takes long: it was stopped at t =");
        assert!(is_told, "{name}: {}", answer.all());
        let answer = runs(folder.path(), &["screen", &file, "--keys", "E"]);
        assert!(tells_of_memory(&answer) || answer.out.contains("Stopped at"), "{name}: {}", answer.all());
        let answer = hears(folder.path(), &["learn", &file, "--plain"], "E\n");
        assert!(tells_of_memory(&answer) || answer.out.contains("Stopped at"), "{name}: {}", answer.all());
        if is_full() || name == "trials" {
            runs(folder.path(), &["check", &file]);
            runs(folder.path(), &["export", &file]);
        }
    }
    // Kept runs share what they had, and may not take as much again.
    let keys = format!("s E {} r E", "k ".repeat(25));
    runs(folder.path(), &["screen", "plain.toml", "--keys", &keys]);
    let answer = runs(folder.path(), &["trace", "trials.toml", "--iterations", "20000"]);
    assert!(answer.out.contains("end: memory"), "{}", answer.out);
}

/// A goal with everything free, thousands of claims, thousands of runs: the proof ends, and says how far it came.
#[test]
fn a_proof_ends_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str, text: String| {
        let file = format!("{name}.toml");
        fs::write(folder.path().join(&file), text).unwrap();
        runs(folder.path(), &["check", &file, "--time-limit", if is_full() { "45" } else { "2" }])
    };
    let claims = |count: usize| {
        let one = "{ at = \"some\", quantity = \"slope\", above = 9 }";
        format!("any = [ {} ]", vec![one; count].join(", "))
    };
    let goal = |count: usize| {
        format!(
            "[[page]]\ntext = \"Go.\"\ncontrols = [\"step_size\", \"start\"]\nproof = {{ \"step_size.alpha\" = 0.1 }}\ngoal = {{ {} }}\n",
            claims(count)
        )
    };
    let answer = check("claims", lesson(BOWL, "1, 1", &endless(0), &goal(2000)));
    assert!(answer.all().contains("a claim has at most 64 conditions, and this one 2000"), "{}", answer.all());
    let answer = check("goal", lesson(BOWL, "1, 1", &endless(0), &goal(60)));
    let is_told = |text: &str| text.contains("rows of the trace") || text.contains("takes too long");
    assert!(answer.code == 1 && is_told(&answer.out), "{}", answer.all());
    let vary = "[[page]]\ntext = \"Go.\"\n[page.ask]\nkind = \"choose\"\nquestion = \"Well?\"\nvary = { \"step_size.alpha\" = [1e-9, 2e-9] }\n\
                options = [ { text = \"a\", claim = { at = \"end\", quantity = \"value\", above = 1 }, because = \"So.\" },\n\
                { text = \"b\", claim = { at = \"end\", quantity = \"value\", below = 1 }, refute = \"No.\" } ]\n";
    for (name, pages) in [("vary", vary.to_owned()), ("pages", vary.repeat(200))] {
        let answer = check(name, lesson(BOWL, "1, 1", &endless(0), &pages));
        // One page is proved in about the time that it has; two hundred are not.
        if name == "pages" {
            assert!(answer.out.contains("the proof takes too long: page"), "{name}: {}", answer.out);
        }
    }
    // As long as a formula may be, in as many coordinates as there may be.
    let long = (1..=460).map(|i| format!("x{i}^2")).collect::<Vec<_>>().join(" + ");
    let answer =
        check("formula", lesson(&long, &vec!["1"; 1000].join(", "), &endless(0), "[[page]]\ntext = \"Go.\"\n"));
    assert!(answer.out.contains("are proved") || answer.out.contains("too long"), "{}", answer.all());
}

/// So many complaints take no more time than to read them, and no more than 200 are told.
#[test]
fn complaints_are_told_in_linear_time_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let count = sized(80_000, 40_000);
    let head = "format = 1\ntitle = \"Many\"\n";
    let lines = |count: usize, rest: &str| (0..count).map(|i| format!("k{i}{rest}")).collect::<Vec<_>>().concat();
    let keys = lines(count, " = 1\n");
    let nested = format!("[scenario.s]\n{keys}");
    let broken = lines(count.min(50_000), " = = 1\n\n\n\n\n");
    let one_line = format!("a = [ {} ]\n", vec!["1"; count].join(", "));
    for (name, text) in [("keys", keys), ("nested", nested), ("broken", broken), ("line", one_line)] {
        fs::write(folder.path().join("x.toml"), format!("{head}{text}")).unwrap();
        for arguments in [&["check", "x.toml"][..], &["trace", "x.toml"], &["screen", "x.toml"]] {
            let answer = runs(folder.path(), arguments);
            assert_eq!(answer.code, 1, "{name}: {}", answer.error);
            let told = answer.all().lines().filter(|line| line.starts_with("error")).count();
            assert!(told <= 200, "{name}: {told} complaints");
            assert!(name == "line" || (told == 200 && answer.all().contains(" more: they are told when")), "{name}");
        }
    }
}

/// A pipe, a device, a folder, a link that leads round, a file that never ends: refused at once, wherever it stands.
#[test]
fn what_is_no_file_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(Command::new("mkfifo").arg(at("pipe.toml")).status().unwrap().success());
    symlink("/dev/zero", at("zero.toml")).unwrap();
    symlink("round.toml", at("round.toml")).unwrap();
    symlink("pipe.toml", at("to-pipe.toml")).unwrap();
    fs::create_dir(at("folder.toml")).unwrap();
    fs::write(at("large.toml"), vec![b'#'; (1 << 20) + 1]).unwrap();
    let mut bad = vec!["pipe.toml", "zero.toml", "round.toml", "to-pipe.toml", "folder.toml", "large.toml", "/dev/tty"];
    if Path::new("/proc/kmsg").exists() {
        symlink("/proc/kmsg", at("kmsg.toml")).unwrap();
        bad.push("kmsg.toml");
    }
    for file in &bad {
        let file = if *file == "/dev/tty" { *file } else { &format!("./{file}") };
        for command in ["trace", "export", "screen", "learn"] {
            let answer = runs(folder.path(), &[command, file]);
            assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{command} {file}: {}", answer.error);
            assert!(answer.error.starts_with("downhill: ") && answer.error.lines().count() == 1, "{}", answer.error);
        }
    }
    // In a folder the others are told as well, and so are the good ones.
    fs::write(at("good.toml"), include_str!("../sound/ravine.toml")).unwrap();
    let answer = runs(folder.path(), &["check", "."]);
    assert!(answer.code == 1 && answer.out.contains("good.toml: fine"), "{}", answer.all());
    assert!(answer.out.contains("pipe.toml is a pipe, and a lesson is a file"), "{}", answer.out);
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    assert!(answer.code == 0 && answer.out.contains("Too long at first"), "{}", answer.all());
    // The list of a course, too.
    assert!(Command::new("mkfifo").arg(at("course.toml")).status().unwrap().success());
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    assert!(answer.code == 2 && answer.error.contains("course.toml is a pipe"), "{}", answer.all());
}

/// A folder with more than a pack may hold is read as far as that, and the rest is counted.
#[test]
fn a_folder_of_very_many_lessons_is_read_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("format = 1\ntitle = \"One of many\"\n{}", "# x\n".repeat(5));
    for i in 0..sized(30_000, 1_500) {
        fs::write(folder.path().join(format!("small-{i}.toml")), &text).unwrap();
    }
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    let left = sized(29_000, 500);
    assert!(answer.error.contains(&format!("{left} more lesson files are left out")), "{}", answer.error);
    assert_eq!(answer.out.lines().filter(|line| line.contains("One of many")).count(), 1000);
    let folder = tempfile::tempdir().unwrap();
    let text = format!("format = 1\ntitle = \"Large\"\n{}", "# x\n".repeat((1 << 18) - 20));
    for i in 0..sized(1_500, 40) {
        fs::write(folder.path().join(format!("large-{i}.toml")), &text).unwrap();
    }
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    assert!(answer.error.contains("are left out: a folder holds at most 1000 lessons and 32 MiB"), "{}", answer.error);
    runs(folder.path(), &["check", "."]);
}

/// What a complaint quotes is cut: names and words of a megabyte.
#[test]
fn what_is_quoted_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let word = "w".repeat(sized(900_000, 100_000));
    let page = "[[page]]\ntext = \"Hm.\"\n";
    let good = lesson(BOWL, "1, 1", &endless(0), page);
    let constants: Vec<String> = (0..sized(30_000, 5_000)).map(|i| format!("c{i} = 1")).collect();
    for text in [
        good.replace("formula =", "name =").replace(BOWL, &word),
        good.replace("\"fixed\"", &format!("\"{word}\"")),
        good.replace("alpha =", &format!("{word} =")),
        good.replace("scenario.s", &format!("scenario.{word}")).replace("x1 = [", "x9 = ["),
        good.replace(BOWL, &word),
        good.replace("formula =", &format!("with = {{ {} }}, formula =", constants.join(", ")))
            .replace(BOWL, &word[..word.len() / 2]),
        format!("{good}{word} = 1\n"),
    ] {
        fs::write(folder.path().join("x.toml"), text).unwrap();
        let answer = runs(folder.path(), &["check", "x.toml"]);
        assert_eq!(answer.code, 1, "{}", answer.all().chars().take(900).collect::<String>());
        assert!(answer.out.len() < 20_000, "{} bytes", answer.out.len());
    }
}

/// Titles are cut where no list could show them, and an author is told.
#[test]
fn titles_have_a_length() {
    let folder = tempfile::tempdir().unwrap();
    let title = "long ".repeat(sized(180_000, 20_000));
    let page = "[[page]]\ntext = \"Hm.\"\n";
    let text = lesson(BOWL, "1, 1", &endless(0), page).replace("A bomb", &title);
    fs::write(folder.path().join("x.toml"), text).unwrap();
    let answer = runs(folder.path(), &["check", "x.toml"]);
    assert!(answer.code == 1 && answer.out.contains("letters, and may have 200"), "{}", answer.out);
    let course = format!(
        "[[chapter]]\nid = \"a\"\ntitle = \"{title}\"\n[[chapter.lessons]]\nid = \"x\"\ntitle = \"{title}\"\nsummary = \"{title}\"\n"
    );
    fs::write(folder.path().join("course.toml"), course).unwrap();
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    assert!(answer.out.lines().all(|line| line.chars().count() < 240), "{}", answer.out.len());
    fs::remove_file(folder.path().join("course.toml")).unwrap();
    let answer = runs(folder.path(), &["list", "--lessons", "."]);
    assert!(answer.out.lines().all(|line| line.chars().count() < 240), "{}", answer.out.len());
}

/// A name that a terminal would obey: what is said holds none of it, and what `y` gives still opens the file.
#[test]
fn names_are_never_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let esc = "\u{1b}]52;c;aGk=\u{7}";
    let name: OsString = format!("a{esc}\u{9b}5n\u{202e}'b.toml").into();
    let bytes = OsString::from_vec(b"no-\xff\xfe-text.toml".to_vec());
    for name in [name, bytes] {
        let text = include_str!("../sound/ravine.toml");
        fs::write(folder.path().join(&name), text).unwrap();
        for command in ["check", "trace", "export", "screen"] {
            let answer = runs(folder.path(), &[OsStr::new(command), &name]);
            assert_eq!(answer.code, 0, "{command}: {}", answer.all());
        }
        let answer = hears(folder.path(), &[OsStr::new("learn"), &name, OsStr::new("--plain")], "n\ny\n");
        assert_eq!(answer.code, 0, "{}", answer.all());
        // It may be broken at its blanks.
        let told: Vec<&str> = answer.out.split_whitespace().collect();
        let word = told.iter().find(|word| word.starts_with("$'")).unwrap();
        let script = format!("{} screen {word}", env!("CARGO_BIN_EXE_downhill"));
        if let Ok(again) = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output() {
            assert!(again.status.success(), "{script}: {}", String::from_utf8_lossy(&again.stderr));
        }
        fs::remove_file(folder.path().join(&name)).unwrap();
    }
    for arguments in [
        vec!["screen", "backtracking", "--set", esc],
        vec!["screen", "--objective", esc],
        vec!["sandbox", "--objective", &format!("x1{esc}")],
        vec!["sandbox", "--objective", "x1", "--start", esc],
        vec!["sandbox", "--objective", "x1", "--direction", esc],
        vec!["sandbox", "--objective", "x1", "--stop", esc],
        vec![esc],
        vec!["learn", "backtracking", "--page", esc],
        vec!["trace", "backtracking", "--run", esc],
        vec!["trace", "backtracking", "--format", esc],
        vec!["terms", esc],
        vec!["new", esc],
        vec!["check", esc],
        vec!["reset", esc, "--yes"],
        vec!["list", "--lessons", esc],
        vec!["screen", "backtracking", "--size", esc],
        vec!["learn", "backtracking", "--plain", "--pair", esc],
    ] {
        let answer = runs(folder.path(), &arguments);
        assert!(answer.code == 2 && !answer.error.is_empty(), "{arguments:?}: {}", answer.all());
    }
}

/// Keys that are no keys change nothing that a terminal would obey.
#[test]
fn keys_are_never_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    for keys in ["\u{1b}]52;c;aGk=\u{7}", "/ \u{9b} \u{202e}", "t \u{7}"] {
        runs(folder.path(), &["screen", "backtracking", "--keys", keys]);
        hears(folder.path(), &["learn", "backtracking", "--plain"], keys);
    }
}

/// What was done in a pack is told, also while another course is open.
#[test]
fn progress_tells_of_packs() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state/downhill");
    fs::create_dir_all(&state).unwrap();
    let kept = "page = 2\ndone = 1\nasked = 5\nis_done = false\n";
    fs::write(state.join("progress.toml"), format!("schema = 1\n[lesson.\"week-1/ravine\"]\n{kept}")).unwrap();
    let answer = runs(folder.path(), &["progress"]);
    assert!(answer.out.contains("week-1/ravine") && answer.out.contains("1 of 5"), "{}", answer.all());
    assert!(!answer.out.contains("Nothing yet"), "{}", answer.out);
}
