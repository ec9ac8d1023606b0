//! What a person types at a shell, and what comes back: output, sentences, exit codes.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn downhill(arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may be gone before it reads.
    let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
    program.wait_with_output().unwrap()
}

fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn exit_codes_and_sentences() {
    for (arguments, code, sentence) in [
        (&["trace", "nowhere"][..], 2, "there is no lesson `nowhere`"),
        (&["trace", "momentum"], 2, "is still to come"),
        (&["learn", "backtrackin", "--plain"], 2, "there is no lesson `backtrackin`; did you mean `backtracking`?"),
        (&["trace", "fixed-step", "--scenario", "on"], 2, "there is no scenario `on`; did you mean `one`?"),
        (&["terms", "gradiant"], 2, "Did you mean \"gradient\"?"),
        (&["trace", "missing.toml"], 2, "cannot be read"),
        (&["trace", "backtracking", "--run", "Z"], 2, "there is no run `Z`"),
        (&["trace", "backtracking", "--scenario", "Z"], 2, "there is no scenario `Z`; there are `ravine`"),
        (&["learn", "backtracking"], 2, "there is no terminal here"),
        (&[], 2, "there is no terminal here"),
        (&["screen", "backtracking", "--keys", "<nonsense>"], 2, "`<nonsense>`"),
        (&["screen", "backtracking", "--size", "80"], 2, "80x24"),
        (&["descend"], 2, "descend"),
        (&["terms", "nonsense\u{1b}[31m"], 2, "No term is about \"nonsense[31m\". `downhill terms` lists them all"),
        (&["terms", "--notation", "german"], 2, "martins-ning"),
        (&["check", "tests/broken/unknown-rule.toml"], 1, ""),
        (&["learn", "backtracking", "--watch"], 2, "`backtracking` names no file"),
        (&["learn", "tests/sound/ravine.toml", "--watch", "--plain"], 2, "--watch needs the full screen"),
        (&["learn", "missing.toml", "--watch"], 2, "missing.toml cannot be read"),
        (&["new", "a/b"], 2, "cannot be the name of a lesson"),
    ] {
        let (found, out, error) = said(&downhill(arguments, ""));
        assert_eq!(found, code, "{arguments:?}\n{out}{error}");
        assert!(error.contains(sentence), "{arguments:?}: {error}");
        assert!(!error.contains("panicked"), "{error}");
    }
}

#[test]
fn help_has_examples_and_exit_codes() {
    for arguments in [&["--help"][..], &["help"]] {
        let (code, out, _) = said(&downhill(arguments, ""));
        assert_eq!(code, 0);
        for words in ["Examples:", "downhill learn backtracking", "Exit codes", "trace", "check", "screen", "list"] {
            assert!(out.contains(words), "{words}\n{out}");
        }
    }
    for command in ["learn", "list", "terms", "trace", "export", "check", "screen", "new", "schema"] {
        assert_eq!(said(&downhill(&[command, "--help"], "")).0, 0);
    }
}

#[test]
fn the_list_has_every_chapter() {
    let (code, out, _) = said(&downhill(&["list"], ""));
    assert_eq!(code, 0);
    assert_eq!(out.lines().filter(|line| line.starts_with(char::is_numeric)).count(), 10);
    assert!(out.contains("backtracking") && out.contains("(to come)"), "{out}");
}

/// A word leads to its terms, in the letters of the notation; what others write is quoted as they write it.
#[test]
fn terms_are_explained_in_any_notation() {
    let asked = |arguments: &[&str]| said(&downhill(&[&["terms", "--glyphs", "braille"], arguments].concat(), "")).1;
    assert!(asked(&["sufficient", "decrease"]).contains("f(x) + γ₁α∇fᵀd"));
    assert!(asked(&["armijo", "rule", "--notation", "nocedal"]).contains("f(x) + c₁α∇fᵀd"));
    let named = asked(&["zoom"]);
    assert!(named.contains("pinpointing") && named.contains("Lesson 3.5 (bracket-and-pinpoint)"), "{named}");
    assert!(asked(&["nesterov"]).contains("(to come)"));
    let all = said(&downhill(&["terms", "--glyphs", "ascii", "--notation", "deep-learning"], "")).1;
    assert!(all.is_ascii() && all.contains("step size: eta\n") && all.contains("Elsewhere: alpha: LMU"), "{all}");
}

#[test]
fn a_reader_that_stops_early_is_no_fault() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(["trace", "fixed-step", "--iterations", "2000", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    let output = program.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

/// Both machine formats hold the same doubles, and the words of the format where there is no number.
#[test]
fn json_lines_csv_and_json_agree() {
    let lesson = "format = 1\ntitle = \"x\"\n[scenario.s]\nobjective = { formula = \"x1^4\" }\nwindow = { x1 = [-9, 9] }\n\
                  start = [2]\n[[scenario.s.run]]\nstep_size = { rule = \"fixed\", alpha = 1 }\n";
    let json = |format: &str| said(&downhill(&["trace", "-", "--format", format], lesson)).1;
    let whole: serde_json::Value = serde_json::from_str(&json("json")).unwrap();
    let lines: Vec<serde_json::Value> = json("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (end, steps) = lines.split_last().unwrap();
    assert_eq!(whole["steps"], serde_json::Value::from(steps.to_vec()));
    assert_eq!(whole["end"], end["end"]);
    let csv = json("csv");
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|known| *known == name).unwrap();
    let mut count = 0;
    for (row, step) in rows.zip(steps) {
        count += 1;
        assert_eq!(row.len(), head.len());
        for (name, value) in [("x1", &step["x"][0]), ("value", &step["value"]), ("alpha", &step["alpha"])] {
            assert_eq!(row[column(name)].parse::<f64>().unwrap(), value.as_f64().unwrap(), "{name}");
        }
    }
    assert_eq!(count, steps.len());
    assert!(["unbounded", "not-finite"].contains(&whole["end"]["reason"].as_str().unwrap()), "{}", whole["end"]);
}

/// What was added to the gradients stands in both machine formats, and only where there is noise.
#[test]
fn noise_has_its_columns() {
    let lesson = |noise: &str| {
        format!(
            "format = 1\ntitle = \"x\"\n[scenario.s]\nobjective = {{ formula = \"x1^2 + x2^2\" }}\n\
             window = {{ x1 = [-9, 9], x2 = [-9, 9] }}\nstart = [2, 1]\n[[scenario.s.run]]\n\
             step_size = {{ rule = \"fixed\", alpha = 0.1 }}\nstop = {{ iterations = 3 }}\n{noise}"
        )
    };
    let trace = |lesson: &str, format: &str| said(&downhill(&["trace", "-", "--format", format], lesson)).1;
    let noisy = lesson("noise = { sigma = 2, seed = 3 }\n");
    let csv = trace(&noisy, "csv");
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = head.iter().position(|name| *name == "noise1").unwrap();
    let json: serde_json::Value = serde_json::from_str(&trace(&noisy, "json")).unwrap();
    assert_eq!(json["steps"].as_array().unwrap().len(), 3);
    for (row, step) in rows.zip(json["steps"].as_array().unwrap()) {
        assert_eq!(row.len(), head.len());
        for i in 0..2 {
            assert_eq!(row[column + i].parse::<f64>().unwrap(), step["noise"][i].as_f64().unwrap());
        }
        assert_eq!(row[column + 2].parse::<f64>().unwrap(), step["gradient_norm"].as_f64().unwrap());
    }
    assert!(!trace(&lesson(""), "csv").contains("noise"));
}

/// A lesson whose every text holds what a terminal would obey: nothing of it comes out, whatever is asked.
#[test]
fn no_control_character_reaches_the_terminal() {
    let bad = "\\u001b[31mred\\u001b]0;title\\u0007 \\u009b5n \\u202e\\u2066bidi \\u0000 \\u007f \\U000E0041 a\\u0301\\u0301\\u0301\\u0301";
    let lesson = format!(
        "format = 1\ntitle = \"T {bad}\"\nsummary = \"S {bad}\"\nlecture = \"L {bad}\"\n[scenario.\"s {bad}\"]\n\
         objective = {{ formula = \"10*x1^2 + x2^2/2\" }}\nwindow = {{ x1 = [-3, 3], x2 = [-25, 25] }}\nstart = [2, 20]\n\
         [[scenario.\"s {bad}\".run]]\nname = \"A {bad}\"\nstep_size = {{ rule = \"backtracking\" }}\n\
         [[page]]\ntitle = \"P {bad}\"\ntext = \"Text {bad} **bold {bad}**\"\nhints = [\"H {bad}\"]\n\
         why = [{{ slide = \"W {bad}\", actually = \"V {bad}\" }}]\n\
         ask = {{ kind = \"choose\", question = \"Q {bad}\", options = [ {{ text = \"one {bad}\", correct = true, because = \"B {bad}\" }}, \
         {{ text = \"two {bad}\", correct = false, refute = \"R {bad}\" }} ] }}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.toml");
    std::fs::write(&path, &lesson).unwrap();
    let file = path.to_str().unwrap();
    let mut asked: Vec<Vec<&str>> = vec![
        vec!["check", file],
        vec!["trace", file, "--iterations", "2"],
        vec!["trace", file, "--iterations", "2", "--format", "csv"],
        vec!["export", file, "--iterations", "2"],
        vec!["learn", file, "--plain"],
        vec!["trace", file, "--run", "\u{1b}[31m\u{202e}"],
        vec!["trace", "\u{1b}[31m\u{9b}nowhere"],
    ];
    for keys in ["", "h", "1", "2", "2 <right> <right>", "w", "<right>", "?", "e"] {
        asked.push(vec!["screen", file, "--keys", keys]);
        asked.push(vec!["screen", file, "--keys", keys, "--glyphs", "ascii"]);
        asked.push(vec!["screen", file, "--keys", keys, "--size", "36x10"]);
    }
    for arguments in asked {
        let (_, out, error) = said(&downhill(&arguments, ""));
        assert!(!(out.is_empty() && error.is_empty()), "{arguments:?}");
        let harm = out.chars().chain(error.chars()).find(|letter| is_harmful(*letter));
        assert_eq!(harm, None, "{arguments:?}\n{out}{error}");
        assert!(!out.contains("\u{301}\u{301}\u{301}"), "{out}");
    }
}

/// What a terminal obeys, or what turns the order of letters round.
fn is_harmful(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
        || ('\u{e0000}'..='\u{e007f}').contains(&letter)
}

/// However long the names are, in the course and in a folder of one's own: every title begins in the same column.
#[test]
fn the_titles_of_a_list_stand_in_one_column() {
    for folder in [&["list"][..], &["--lessons", "tests/sound", "list"]] {
        let (code, out, _) = said(&downhill(folder, ""));
        assert_eq!(code, 0);
        let column = |line: &str| {
            let name = line
                .trim_start()
                .strip_prefix("(to come)")
                .map_or_else(|| line.trim_start().split(' ').next().unwrap().len(), |_| 9);
            let rest = &line[2 + name..];
            2 + name + rest.chars().take_while(|letter| *letter == ' ').count()
        };
        let columns: Vec<usize> = out.lines().filter(|line| line.starts_with("  ")).map(column).collect();
        assert!(columns.len() >= 4 && columns.iter().all(|each| *each == columns[0]), "{columns:?}\n{out}");
    }
}
