//! Two binaries, one behaviour: plays the same random walks on both and compares what they write, byte for byte.
//!
//! `cargo run --release --example same -- OLD NEW [WALKS] [SEED]` needs two builds of `downhill` and a checkout, in
//! which it is started. A walk is a lesson, a place, a size and up to 60 keys; it is drawn with all its colours, and
//! told as plain text by lines. After the walks come every trace, every run of every method, and every check of a
//! sound or a broken lesson. Prints what differs, with the command that shows it; the exit code is 1 then.

#![expect(clippy::print_stdout, reason = "what it finds is for the person who started it")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

const SIZES: [&str; 4] = ["80x24", "60x20", "120x40", "44x14"];

/// Keys of a walk; those that go on stand more often.
const KEYS: &str = "<right> <right> <right> <right> <right> <right> <enter> <enter> <left> <tab> <up> <down> <esc> <bs> <home> \
    <end> <pgup> <pgdn> <space> 1 1 2 2 3 4 5 0 . - + < > ? a b c d e f g h h i j k l m n n o p q r s s t u v w \
    w x y z A B C D E F G H I J K L M N O P R S T U V W X Y Z <tick:5> <shift-right> <shift-left> <shift-up> [ \
    ] / : = |";

/// Lines of a plain walk.
const LINES: &str = "||||1|2|3|4|0.5|0.05|2,20|back|next|hint|why|s|enter|tab|esc|n|again|help|terms alpha|g|5|whole|up|down|r|k|E\
    |x1 = 3|step size = 0.1|o|1 2 3|abc|C|D";

/// What `screen` draws for one walk.
const FORMATS: [&[&str]; 3] = [
    &["--format", "ansi", "--color", "true"],
    &["--format", "text", "--glyphs", "ascii"],
    &["--format", "ansi", "--color", "16", "--light"],
];

const DIRECTIONS: &str = "steepest-descent momentum nesterov newton bfgs l-bfgs conjugate-gradient adagrad rmsprop adam rprop \
    levenberg-marquardt perturbed rotated:degrees=60 momentum:variant=torch rprop:variant=lecture \
    nesterov:variant=lecture conjugate-gradient:beta=hs newton:safeguard=absolute \
    steepest-descent:normalize=true";

const STEP_SIZES: &str = "fixed:alpha=0.05 diminishing exponential-decay inverse-time-decay step-decay cosine-annealing warmup-cosine \
    formula:alpha=0.1/(1+t) backtracking goldstein weak-wolfe strong-wolfe more-thuente hager-zhang exact \
    exact:method=golden exact:method=brent lipschitz:lipschitz=20 polyak optimal-quadratic barzilai-borwein ";

const OBJECTIVES: &str = "10*x1^2+x2^2/2 himmelblau x1^4-3*x1^2+x1 rosenbrock (x1-1)^2+(x1*x2)^2";

/// `SplitMix64` (Steele, Lea & Flood 2014): the same walk for the same seed on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % count as u64) as usize
    }

    /// One of the words of a list.
    fn word(&mut self, list: &'static str) -> &'static str {
        self.one_of(&list.split_whitespace().collect::<Vec<&str>>())
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// One call: its arguments and its standard input.
struct Call {
    arguments: Vec<String>,
    input: String,
}

impl Call {
    fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(ToString::to_string).collect(), input: String::new() }
    }

    fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(ToString::to_string));
        self
    }

    /// What a binary writes on both streams, and how it ends.
    fn said_by(&self, binary: &Path, home: &Path) -> std::io::Result<String> {
        let mut child = Command::new(binary)
            .args(&self.arguments)
            .env_clear()
            .env("HOME", home)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that has ended reads no more.
            let _ = stdin.write_all(self.input.as_bytes());
        }
        let output = child.wait_with_output()?;
        let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        Ok(format!("{said}\n{complained}\n{}", output.status))
    }

    fn in_words(&self) -> String {
        let mut words = self.arguments.iter().fold("downhill".to_owned(), |words, next| {
            if next.chars().all(|char| char.is_ascii_alphanumeric() || "-_./=:,".contains(char)) {
                words + " " + next
            } else {
                format!("{words} '{next}'")
            }
        });
        if !self.input.is_empty() {
            let _ = write!(words, " <<< {:?}", self.input);
        }
        words
    }
}

/// The lesson files of a folder; the course and its terms are no lessons.
fn lessons(folder: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_lesson = |path: &PathBuf| {
        path.extension().is_some_and(|end| end == "toml")
            && !path.ends_with("course.toml")
            && !path.ends_with("terms.toml")
    };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(is_lesson)
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// The scenarios of a lesson file, each with the names of its runs.
fn scenarios(file: &str) -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let Some(scenarios) = table.get("scenario").and_then(toml::Value::as_table) else { return Vec::new() };
    let runs = |scenario: &toml::Value| -> Vec<String> {
        let runs = scenario.get("run").and_then(toml::Value::as_array);
        let named = |run: &toml::Value| Some(run.get("name")?.as_str()?.to_owned());
        runs.into_iter().flatten().filter_map(named).collect()
    };
    scenarios.iter().map(|(name, scenario)| (name.clone(), runs(scenario))).collect()
}

/// The flags of a method; a direction that takes its own steps is left to them.
fn method<'a>(direction: &'a str, step_size: &'a str) -> Vec<&'a str> {
    let has_own = direction.starts_with("rprop") || direction.starts_with("levenberg");
    let flags = ["--direction", direction, "--step-size", step_size];
    flags[..if has_own { 2 } else { 4 }].to_vec()
}

/// A random walk, in one of its formats.
fn walk(seed: u64, lessons: &[String]) -> Call {
    let mut dice = Dice(seed);
    let names: Vec<&str> = lessons.iter().map(String::as_str).collect();
    let lesson = dice.one_of(&names);
    if dice.below(4) == 0 {
        let mut call = Call::new(&["learn", lesson, "--plain"]);
        for _ in 0..=dice.below(40) {
            call.input += dice.one_of(&LINES.split('|').collect::<Vec<&str>>());
            call.input.push('\n');
        }
        return call;
    }
    let mut call = Call::new(&["screen"]);
    if dice.below(4) == 0 {
        let objective = dice.word(OBJECTIVES);
        let (direction, step_size) = (dice.word(DIRECTIONS), dice.word(STEP_SIZES));
        call = call.with(&["--objective", objective, "--stop", "iterations=60"]).with(&method(direction, step_size));
    } else {
        call = call.with(&[lesson]);
        let page = (1 + dice.below(12)).to_string();
        if dice.below(2) == 0 {
            call = call.with(&["--page", &page]);
        }
        if dice.below(3) == 0 {
            call = call.with(&["--no-lock"]);
        }
    }
    let count = 1 + dice.below(60);
    let keys: Vec<&str> = (0..count).map(|_| dice.word(KEYS)).collect();
    call = call.with(&["--size", dice.one_of(&SIZES), "--keys", &keys.join(" ")]);
    call.with(FORMATS[dice.below(FORMATS.len())])
}

/// Everything that is not random: traces, checks, methods.
fn fixed(lessons: &[String], broken: &[String]) -> Vec<Call> {
    let mut calls = vec![Call::new(&["list"]), Call::new(&["schema"]), Call::new(&["terms"])];
    for lesson in lessons {
        calls.push(Call::new(&["check", lesson]));
        for (scenario, runs) in scenarios(lesson) {
            for run in runs {
                for format in ["table", "jsonl"] {
                    let options = ["--scenario", &scenario, "--run", &run, "--format", format, "--iterations", "300"];
                    calls.push(Call::new(&["trace", lesson]).with(&options));
                }
            }
            calls.push(Call::new(&["trace", lesson]).with(&["--scenario", &scenario, "--format", "json"]));
            calls.push(Call::new(&["export", lesson]).with(&["--scenario", &scenario]));
        }
    }
    calls.extend(broken.iter().map(|lesson| Call::new(&["check", lesson])));
    for objective in OBJECTIVES.split_whitespace() {
        for direction in DIRECTIONS.split_whitespace() {
            for step_size in STEP_SIZES.split_whitespace() {
                for keys in ["<right>", "<right> <right> <right> <right>", "<enter> <enter> <enter> <right> <right>"] {
                    let call = Call::new(&["screen", "--objective", objective, "--stop", "iterations=40"]);
                    let call = call.with(&method(direction, step_size));
                    calls.push(call.with(&["--size", "120x40", "--keys", keys]));
                }
            }
        }
    }
    calls
}

/// Where two texts differ first: both lines.
fn difference(old: &str, new: &str) -> String {
    let at = old.lines().zip(new.lines()).position(|(old, new)| old != new);
    let line = |text: &str| at.and_then(|at| text.lines().nth(at)).unwrap_or("(one ends earlier)").to_owned();
    format!("    old: {:?}\n    new: {:?}", line(old), line(new))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(old), Some(new)) = (arguments.first(), arguments.get(1)) else {
        println!("cargo run --release --example same -- OLD NEW [WALKS] [SEED]");
        return ExitCode::from(2);
    };
    let number = |index: usize, usual: u64| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (walks, seed) = (number(2, 20_000), number(3, 1));
    let lessons: Vec<String> = ["lessons", "tests/sound"].into_iter().flat_map(lessons).collect();
    let calls = fixed(&lessons, &self::lessons("tests/broken"));
    println!("{walks} walks from seed {seed} over {} lessons, then {} other calls", lessons.len(), calls.len());
    let home = std::env::current_dir().unwrap_or_default().join("target/no-home");
    let (next, differing) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let total = walks as usize + calls.len();
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= total {
                return;
            }
            let drawn;
            let call = if let Some(index) = index.checked_sub(walks as usize) {
                &calls[index]
            } else {
                drawn = walk(seed.wrapping_mul(1 << 32) + index as u64, &lessons);
                &drawn
            };
            let said = [old, new].map(|binary| call.said_by(Path::new(binary), &home));
            let wrong = match &said {
                [Ok(old), Ok(new)] if old == new => continue,
                [Ok(old), Ok(new)] => difference(old, new),
                [Err(error), _] | [_, Err(error)] => format!("    {error}"),
            };
            differing.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{}\n{wrong}", call.in_words()));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let differing = differing.into_inner().unwrap_or_else(PoisonError::into_inner);
    for each in differing.iter().take(40) {
        println!("{each}");
    }
    println!("{} of {total} differ", differing.len());
    if differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
