//! Is a number read as it is meant wherever it is typed and however it is written, or refused with a sentence and kept?
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test that is a failure")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use downhill::app::answer::attempt::Attempt;
use downhill::app::key::press::{Code, Cue, Input, Key, script};
use downhill::app::look::appearance::Look;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Layer;
use downhill::app::settings::assign;
use downhill::engine::rule::method::Half;
use downhill::engine::run::stop::Limits;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::host::plain::{self, Echo, Streams};
use downhill::lesson::course::library;
use downhill::lesson::file::read::read;
use downhill::lesson::made::sandbox::first_run;
use downhill::lesson::question::Answer;
use downhill::lesson::question::table::Cell;

/// How a number can be written, and what it is; nothing where it is refused.
const WRITINGS: &[(&str, Option<f64>)] = &[
    ("0,5", Some(0.5)),
    (".5", Some(0.5)),
    (",5", Some(0.5)),
    ("5.", Some(5.0)),
    ("0.25", Some(0.25)),
    ("1e-3", Some(0.001)),
    ("2E0", Some(2.0)),
    ("1,5e−1", Some(0.15)),
    ("-2", Some(-2.0)),
    ("−2", Some(-2.0)),
    ("–2", Some(-2.0)),
    ("+2", Some(2.0)),
    ("1/3", Some(1.0 / 3.0)),
    ("−1/3", Some(-1.0 / 3.0)),
    ("2/21", Some(2.0 / 21.0)),
    ("10^-3", Some(0.001)),
    ("1·10⁻³", Some(0.001)),
    ("½", Some(0.5)),
    ("1½", Some(1.5)),
    ("1.000,5", None),
    ("1,000.5", None),
    ("1,000", None),
    ("1..2", None),
    ("1/0", None),
    ("−−2", None),
    ("1e", None),
    ("1e400", None),
    ("5%", None),
    (".", None),
    ("-", None),
];

/// What became of a text that was typed.
#[derive(Debug, PartialEq)]
enum Outcome {
    Read(f64),
    /// Refused: the sentence, and what is still there to be mended.
    Refused(String, String),
}

/// Holds that each writing is read as it is meant or refused with a sentence while the text stays; a number that the place
/// does not `admit` must be refused.
#[track_caller]
fn holds(place: &str, admits: impl Fn(f64) -> bool, typed: impl Fn(&str) -> Outcome) {
    let mut wrong = Vec::new();
    for (writing, meant) in WRITINGS {
        let found = typed(writing);
        let is_right = match (&found, meant.filter(|meant| admits(*meant))) {
            (Outcome::Read(number), Some(meant)) => *number == meant,
            (Outcome::Refused(sentence, kept), None) => {
                sentence.split_whitespace().count() > 2 && kept.replace(' ', "") == *writing
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{writing}: {found:?}, and not {meant:?}"));
        }
    }
    assert!(wrong.is_empty(), "{place}:\n{}", wrong.join("\n"));
}

fn any(_: f64) -> bool {
    true
}

fn count(number: f64) -> bool {
    number >= 0.0 && number.fract() == 0.0
}

/// A lesson on 10·x₁² + x₂²/2 with this page.
fn lesson(page: &str) -> Session {
    let source = format!(
        "format = 1\ntitle = \"t\"\n[scenario.s]\nobjective = {{ formula = \"10*x1^2 + x2^2/2\" }}\n\
         window = {{ x1 = [-10, 10], x2 = [-24, 24] }}\nstart = [2, 20]\n[[scenario.s.run]]\n\
         direction = {{ rule = \"momentum\" }}\nstep_size = {{ rule = \"fixed\", alpha = 0.05 }}\n[[page]]\ntext = \"Predict.\"\n{page}\n"
    );
    let (lesson, _) = read("t", &source).map_err(|_| source).unwrap();
    Session::single(Sitting::open(lesson).unwrap())
}

const NUMBER: &str = "until = { iteration = 0, sub_step = \"direction\" }\nhints = [\"It is in the settings.\", \"Look again.\"]\n\
                      ask = { kind = \"number\", question = \"Which α is taken?\", truth = { at = 0, quantity = \"alpha\" }, within = 0.01 }";
const COUNT: &str = "until = { iteration = 0, sub_step = \"direction\" }\nhints = [\"Count.\"]\n\
                     ask = { kind = \"number\", question = \"How often?\", truth = { at = 1, quantity = \"evaluations.gradient\" }, within = 0, unit = \"times\" }";
const POINT: &str = "until = { iteration = 0, sub_step = \"direction\" }\nhints = [\"Add.\"]\n\
                     ask = { kind = \"point\", question = \"Where does it land?\", truth = { at = 1, quantity = \"x\" }, within = 0.1 }";

fn room(session: Session) -> Headless {
    Headless::new(session, (80, 24), Look::default())
}

fn press(room: &mut Headless, keys: &str) {
    room.play(&script(keys).unwrap());
}

/// Types a text as fingers do, a key a character.
fn types(room: &mut Headless, text: &str) {
    for character in text.chars() {
        room.play(&[Cue { viewer: 1, input: Input::Key(Key::char(character)) }]);
    }
}

fn enters(room: &mut Headless) {
    room.play(&[Cue { viewer: 1, input: Input::Key(Key::plain(Code::Enter)) }]);
}

fn sitting(room: &Headless) -> &Sitting {
    room.session().sitting.as_ref().unwrap()
}

/// What is being typed, wherever that is.
fn kept(room: &Headless) -> String {
    match &room.viewer().layer {
        Layer::GoTo(typed) => typed.clone(),
        Layer::Settings(draft) => draft.typed.as_ref().map_or(String::new(), |typed| typed.text().to_owned()),
        _ => room.viewer().attempt(sitting(room)).map_or(String::new(), |attempt| attempt.making().typed().to_owned()),
    }
}

/// What was said of what was typed, in the last row or below the field.
fn said(room: &Headless) -> String {
    let fault = match &room.viewer().layer {
        Layer::Settings(draft) => draft.typed.as_ref().and_then(|typed| typed.fault.as_ref()),
        _ => None,
    };
    room.viewer().notice.clone().or(fault.map(|fault| fault.sentence.clone())).unwrap_or_default()
}

fn answered(room: &Headless) -> Outcome {
    match &sitting(room).record().answer {
        Some(Answer::Number(number)) => Outcome::Read(*number),
        Some(Answer::Point(point)) => Outcome::Read(point[0]),
        Some(other) => panic!("{other:?}"),
        None => Outcome::Refused(said(room), kept(room)),
    }
}

/// Ways to an open question after which digits must still reach its answer: plain, under hints, under the command to
/// reopen, looking around in the run, with the lock lifted.
const WAYS: [&str; 6] = [
    "<right> <right>",
    "<right> <right> h",
    "<right> <right> h h",
    "<right> <right> y",
    "<right> <right> <esc>",
    "<right> <right> L",
];

#[test]
fn a_number_question_takes_every_writing() {
    for way in WAYS {
        let typed = |writing: &str| {
            let mut room = room(lesson(NUMBER));
            press(&mut room, way);
            types(&mut room, writing);
            enters(&mut room);
            answered(&room)
        };
        holds(&format!("a number question after {way}"), any, typed);
    }
}

#[test]
fn a_count_takes_whole_numbers_alone() {
    let typed = |writing: &str| {
        let mut room = room(lesson(COUNT));
        press(&mut room, "<right> <right>");
        types(&mut room, writing);
        enters(&mut room);
        answered(&room)
    };
    holds("a count", count, typed);
}

#[test]
fn a_point_question_takes_every_writing() {
    for way in WAYS {
        for other in ["; 1", ";1,5", " 1"] {
            let typed = |writing: &str| {
                let mut room = room(lesson(POINT));
                press(&mut room, way);
                types(&mut room, &format!("{writing}{other}"));
                enters(&mut room);
                match answered(&room) {
                    Outcome::Refused(sentence, kept) => {
                        Outcome::Refused(sentence, kept.strip_suffix(other).unwrap_or(&kept).to_owned())
                    }
                    read @ Outcome::Read(_) => read,
                }
            };
            holds(&format!("a point question after {way}, with {other}"), any, typed);
        }
    }
}

#[test]
fn a_cell_takes_every_writing() {
    let kinds = include_str!("../questions/kinds.toml");
    let typed = |writing: &str| {
        let (lesson, _) = read("kinds", kinds).map_err(|_| "kinds").unwrap();
        let mut room = room(Session::single(Sitting::open(lesson).unwrap()));
        press(&mut room, "n n n <down>");
        types(&mut room, writing);
        enters(&mut room);
        let Some(Attempt::Cells(filling)) = room.viewer().attempt(sitting(&room)) else { panic!("no table") };
        match filling.cells[1] {
            Some(Cell::Alpha(alpha)) => Outcome::Read(alpha),
            // A minus is refused as soon as it is typed: a step size has none.
            _ if writing.starts_with(['-', '−', '–']) && !filling.typed.starts_with(['-', '−', '–']) => {
                Outcome::Refused("A step size is above 0.".into(), writing.to_owned())
            }
            _ => Outcome::Refused(said(&room), filling.typed.clone()),
        }
    };
    let mut room = room(lesson(NUMBER));
    press(&mut room, "<right>");
    let positive = WRITINGS.iter().filter(|(writing, _)| !writing.starts_with(['-', '−', '–']));
    for (writing, meant) in positive {
        let found = typed(writing);
        match meant {
            Some(meant) => assert_eq!(found, Outcome::Read(*meant), "{writing}"),
            None => assert!(
                matches!(&found, Outcome::Refused(said, kept) if kept == writing && said.len() > 9),
                "{writing}: {found:?}"
            ),
        }
    }
}

#[test]
fn go_to_takes_whole_numbers_alone() {
    let typed = |writing: &str| {
        let mut room = room(lesson(""));
        press(&mut room, "g");
        types(&mut room, writing);
        enters(&mut room);
        match &room.viewer().layer {
            Layer::GoTo(typed) => Outcome::Refused(said(&room), typed.clone()),
            _ => Outcome::Read(sitting(&room).cursor.t as f64),
        }
    };
    holds("go to", count, typed);
}

fn setting(path: &str, room: &Headless) -> Option<f64> {
    let run = &sitting(room).cast.runs[0];
    match path {
        "start" => Some(run.start()[0]),
        "direction.velocity" => run.method().get(path)?.as_array()?.first()?.as_float(),
        _ => run.method().get(path)?.as_float(),
    }
}

/// Of the settings: the rows above or below the first, what is typed after the writing, what it admits.
#[test]
fn the_settings_take_every_writing() {
    type Place = (&'static str, &'static str, &'static str, fn(f64) -> bool);
    let places: [Place; 5] = [
        ("step_size.alpha", "", "", |number| number > 0.0),
        ("direction.beta", "<up> <up> <up> <up>", "", |number| (0.0..1.0).contains(&number)),
        ("direction.velocity", "<up> <up> <up>", "; 1", any),
        ("start", "<down>", "", |number| number.abs() <= 10.0),
        ("start", "<down>", "; 1", |number| number.abs() <= 10.0),
    ];
    for (path, way, after, admits) in places {
        let rows = |room: &Headless| match &room.viewer().layer {
            Layer::Settings(draft) => draft.row().map(|row| row.symbol),
            _ => None,
        };
        let typed = |writing: &str| {
            let mut room = room(lesson(""));
            press(&mut room, "e");
            press(&mut room, way);
            let row = rows(&room);
            types(&mut room, &format!("{writing}{after}"));
            enters(&mut room);
            let kept = kept(&room);
            match setting(path, &room) {
                _ if matches!(room.viewer().layer, Layer::Settings(_)) => {
                    Outcome::Refused(said(&room), kept.strip_suffix(after).unwrap_or(&kept).to_owned())
                }
                Some(number) => Outcome::Read(number),
                None => panic!("{path} in {row:?}"),
            }
        };
        holds(&format!("{path}{after}"), admits, typed);
    }
}

/// Plays lines as plain text; what was told after the last line.
fn told(session: Session, lines: &str) -> String {
    let mut out = Vec::new();
    let streams = Streams { lines: &mut lines.as_bytes(), out: &mut out, echo: Echo::Written };
    plain::run(session, Look::default(), None, streams).unwrap();
    String::from_utf8(out).unwrap()
}

/// In plain text a line is a whole answer: what was refused before is not gone on with.
#[test]
fn plain_text_takes_every_writing() {
    use downhill::engine::number::short;
    for (writing, meant) in WRITINGS {
        let place = |page: &str, line: &str| told(lesson(page), &format!("\n\n{line}\n"));
        let number = place(NUMBER, writing);
        let point = place(POINT, &format!("{writing}; 1"));
        let set = told(lesson(""), &format!("x1 = {writing}\n"));
        if let Some(meant) = meant {
            let shown = downhill::engine::number::trimmed(*meant, 6);
            assert!(number.contains(&format!("You said {shown}")), "{writing}: {number}");
            assert!(point.contains(&format!("You said ({}, 1)", short(*meant))), "{writing}: {point}");
            let start = format!("from ({}, 20).", short(*meant));
            assert!(set.contains(&start), "{writing}: {start} in {set}");
        } else {
            for told in [&number, &point, &set] {
                assert!(!told.contains("You said") && !told.contains("starts over"), "{writing}: {told}");
                let last = told.trim_end_matches(['>', ' ', '\n']).lines().last().unwrap_or_default().to_owned();
                assert!(last.ends_with(['.', ':', ']']) && last.split(' ').count() > 2, "{writing}: {last}");
            }
            // The next line is read alone.
            let again = place(NUMBER, &format!("{writing}\n0,5"));
            assert!(again.contains("You said 0.5"), "after {writing}: {again}");
        }
        let t = told(lesson(""), &format!("g {writing}\n"));
        let is_there = meant.filter(|meant| count(*meant)).is_some_and(|meant| t.contains(&format!("t = {meant}.")));
        let is_refused = t.lines().filter(|line| line.contains('`') || line.contains("number")).count() > 0;
        assert!(is_there || is_refused, "g {writing}: {t}");
    }
}

/// A limit, what it admits, and where it stands.
type Limit = (&'static str, fn(f64) -> bool, fn(&Limits) -> f64);

#[test]
fn flags_of_settings_take_every_writing() {
    let refused = |why: String, writing: &str| Outcome::Refused(why, writing.to_owned());
    holds(
        "--set",
        |number| number > 0.0,
        |writing| {
            let mut method = first_run().method;
            match assign::read(&format!("step_size.initial={writing}"), &mut method, &[0.0]) {
                Ok(_) => Outcome::Read(method.get("step_size.initial").unwrap().as_float().unwrap()),
                Err(why) => refused(why, writing),
            }
        },
    );
    for setting in ["initial={}", "initial={},tau=0,25", "tau=0.25, initial={}", "tau=1/4 initial={}"] {
        holds(
            setting,
            |number| number > 0.0,
            |writing| {
                let mut method = first_run().method;
                let text = format!("backtracking:{}", setting.replace("{}", writing));
                match assign::read_rule(Half::StepSize, &text, &mut method, &[1.0, 1.0]) {
                    Ok(()) => {
                        let tau = method.get("step_size.tau").unwrap().as_float();
                        assert!(tau == Some(0.25) || !setting.contains("tau"), "{text}: {tau:?}");
                        Outcome::Read(method.get("step_size.initial").unwrap().as_float().unwrap())
                    }
                    Err(why) => refused(why, writing),
                }
            },
        );
    }
    holds("--direction", any, |writing| {
        let mut method = first_run().method;
        match assign::read_rule(
            Half::Direction,
            &format!("momentum:velocity={writing};1,beta=0,5"),
            &mut method,
            &[1.0, 1.0],
        ) {
            Ok(()) => {
                Outcome::Read(method.get("direction.velocity").unwrap().as_array().unwrap()[0].as_float().unwrap())
            }
            Err(why) => refused(why, writing),
        }
    });
    let limits: [Limit; 4] = [
        ("iterations", count, |limits| limits.iterations as f64),
        ("gradient", |number| number >= 0.0, |limits| limits.gradient),
        ("step", |number| number >= 0.0, |limits| limits.step),
        ("value", any, |limits| limits.value.unwrap()),
    ];
    for (name, admits, of) in limits {
        holds(name, admits, |writing| match assign::limits(&format!("{name}={writing},cycle=true")) {
            Ok(limits) => Outcome::Read(of(&limits)),
            Err(why) => refused(why, writing),
        });
    }
}

fn downhill(arguments: &[&str], input: &str) -> (i32, String, String) {
    let home = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .env("XDG_STATE_HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments may be gone before it reads.
    let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
    let output = program.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two spellings of one command show the same; a wrong one is refused with a sentence.
#[test]
fn flags_on_the_command_line_take_every_writing() {
    let bowl = ["screen", "--objective", "x1^2 + x2^2"];
    let line = ["screen", "--objective", "x1^2"];
    let ravine = ["screen", "backtracking"];
    for (head, flag, same) in [
        (
            &bowl[..],
            "--start",
            &["0.5,1.5", "0,5; 1,5", "0,5 1,5", "½ 3/2", "(0.5, 1.5)", "Start: x = (0.5, 1.5)", "x₁ = 0.5, x₂ = 1.5"][..],
        ),
        (
            &bowl,
            "--start",
            &["-1,-2", "(−1, −2)", "x = (−1, −2)", "[−1; −2]", "Start: x = (−1, −2), f = 5, ‖∇f‖ = 4.472."],
        ),
        (&line, "--start", &["0.5", "½", "0,5;", "1/2", "5·10⁻¹", "(0.5)"]),
        (
            &bowl,
            "--window",
            &[
                "-1.5,3,-2,2",
                "−1,5; 3; −2; 2",
                "-1,5 3 -2 2",
                "x₁ −1.5…3 x₂ −2…2",
                "[-1.5, 3], [-2, 2]",
                "x1 = [-1.5, 3], x2 = [-2, 2]",
            ],
        ),
        (&ravine, "--page", &["2", "2.0", "+2", "4/2", "0,2e1"]),
        (&ravine, "--at", &["1.1", "+1.1", "1e0.1"]),
        (&ravine, "--size", &["100x30", "100×30", "1e2 x 30", "100X30"]),
        (&["trace", "backtracking"], "--iterations", &["10", "1e1", "+10", "20/2", "10,0"]),
    ] {
        let shown = |value: &&str| downhill(&[head, &[flag, *value]].concat(), "");
        let (code, first, error) = shown(&same[0]);
        assert_eq!(code, 0, "{flag} {}: {error}", same[0]);
        for value in &same[1..] {
            let (code, out, error) = shown(value);
            assert!(code == 0 && out == first, "{flag} {value}: {error}\n{out}\nand not\n{first}");
        }
    }
    for (head, flag, wrong) in [
        (&line[..], "--start", &["0,5", "1,000", "1.000,5", "1 2", "one", "1/0", "(1", "5 %"][..]),
        (&bowl, "--start", &["1", "1,2,3", "1,,2", "1.000,5", "1,000.5"]),
        (&bowl, "--window", &["1", "3,-3,1,2", "-1,5,3,-2,2", "-1,2,3,nan"]),
        (&ravine, "--page", &["1.5", "-2", "−2", "0", "1,000", "two", "1/3"]),
        (&ravine, "--at", &["1,1", "-1", "−1", "x", "1/3", ".5"]),
        (&ravine, "--size", &["80", "-80x24", "80.5x24", "0x0", "1e9x24"]),
        (&["trace", "backtracking"], "--iterations", &["-1", "1.5", "1,000", "many", "1e99"]),
    ] {
        for value in wrong {
            let (code, out, error) = downhill(&[head, &[flag, *value]].concat(), "");
            assert!(code == 2 && out.is_empty(), "{flag} {value} is taken:\n{out}");
            assert!(error.split_whitespace().count() > 4 && !error.contains("panicked"), "{flag} {value}: {error}");
        }
    }
    let (_, _, both) = downhill(&["screen", "--objective", "x1^2", "--start", "0,5"], "");
    assert!(
        both.contains("`x1^2` has 1 variable. `0,5` is 2 numbers (0; 5); 1 is asked here.")
            && both.contains("write 0.5."),
        "{both}"
    );
}

/// What a command says to write is taken.
#[test]
fn every_cure_of_a_flag_is_accepted() {
    let bowl = ["screen", "--objective", "x1^2 + x2^2"];
    let line = ["screen", "--objective", "x1^2"];
    let fixed = ["screen", "--objective", "x1^2 + x2^2", "--step-size", "fixed"];
    let ravine = ["screen", "backtracking"];
    for (head, flag, wrong) in [
        (
            &bowl[..],
            "--step-size",
            &["fixed:0.1", "fixed:0,1", "backtracking:tau", "backtracking:2", "formula:0.1/(t+1)"][..],
        ),
        (
            &fixed,
            "--direction",
            &["momentum:1,2", "momentum:velocity", "newton:0.1", "steepest-descent:yes", "rotated:10"],
        ),
        (&bowl, "--stop", &["never", "iterations", "100"]),
        (&line, "--start", &["0,5", "−1,5", "0,05", "5 %"]),
        (&bowl, "--start", &["0,5,1,2"]),
        (&line, "--window", &["3"]),
        (&bowl, "--window", &["3"]),
        (&bowl, "--set", &["step_size.tau", "tau", "0.1", "start"]),
        (&ravine, "--set", &["step_size.tau", "tau", "0.1", "start"]),
        (&ravine, "--at", &["1,1"]),
        (&ravine, "--size", &["80"]),
    ] {
        for value in wrong {
            let (code, _, error) = downhill(&[head, &[flag, *value]].concat(), "");
            assert_eq!(code, 2, "{flag} {value}");
            let said = error.lines().next().unwrap().trim_end_matches('.');
            let cure = [" write which", " is written ", ": write ", ": ", " or "].iter().find_map(|mark| match *mark {
                " write which" => said.strip_suffix(": write which").and_then(|said| said.rsplit(" or ").next()),
                " is written " => said.strip_suffix(" here")?.rsplit_once(" is written ").map(|(_, cure)| cure),
                mark => said.rsplit_once(mark).map(|(_, cure)| cure),
            });
            let cure = cure.unwrap_or_else(|| panic!("{flag} {value}: {error}"));
            let cure = cure.rsplit(": ").next().unwrap_or(cure);
            let (code, _, why) = downhill(&[head, &[flag, cure]].concat(), "");
            assert_eq!(code, 0, "{flag} {value} → {cure}: {error}{why}");
        }
    }
}

/// Every flag beside every other command: it changes what comes out, or it is refused and named.
#[test]
fn no_flag_is_ignored() {
    let flags: &[&[&str]] = &[
        &["--page", "2"],
        &["--at", "1"],
        &["--from", "1"],
        &["--set", "start=2,2"],
        &["--set", "foo=1"],
        &["--sandbox"],
        &["--pair", "Ada,Ben"],
        &["--no-lock"],
        &["--glyphs", "ascii"],
        &["--color", "16"],
        &["--light"],
        &["--notation", "nocedal"],
        &["--plain"],
        &["--lessons", "tests/sound"],
        &["--start", "2,2"],
        &["--window", "-9,9,-9,9"],
        &["--direction", "newton"],
        &["--step-size", "fixed"],
        &["--stop", "iterations=0"],
        &["--iterations", "1"],
        &["--scenario", "none"],
        &["--run", "Z"],
        &["--watch"],
        &["--json"],
        &["--size", "100x30"],
        &["--keys", "<right>"],
    ];
    let modes: &[(&[&str], &str)] = &[
        (&["screen", "backtracking", "--keys", "<right>"], ""),
        (&["screen", "backtracking", "--keys", "<right>", "--format", "svg"], ""),
        (&["screen", "--objective", "10*x1^2 + x2^2/2", "--keys", "<right> e"], ""),
        (&["screen", "--keys", "<enter> <right> <right>"], ""),
        (&["learn", "backtracking", "--plain"], "\n\n\nb\nb\ny\n"),
        (&["sandbox", "--plain", "--objective", "10*x1^2 + x2^2/2"], "\n\nE\ny\n"),
        (&["trace", "backtracking"], ""),
        (&["export", "backtracking"], ""),
        (&["check", "backtracking"], ""),
        (&["list"], ""),
        (&["terms", "wolfe"], ""),
        (&["progress"], ""),
        (&["reset", "--yes"], ""),
        (&["schema"], ""),
        (&["new", "Not A Name"], ""),
    ];
    let mut ignored = Vec::new();
    for (mode, lines) in modes {
        let usual = downhill(mode, lines);
        for flag in flags {
            if mode.contains(&flag[0]) {
                continue;
            }
            let arguments: Vec<&str> = mode.iter().chain(*flag).copied().collect();
            let found = downhill(&arguments, lines);
            // What was done is kept for each pack; nothing was done here.
            let is_empty = ["progress", "reset"].contains(&mode[0]) && flag[0] == "--lessons";
            // The first lesson has no letter that others write otherwise.
            let is_plain = mode[0] == "screen" && mode.len() == 3 && flag[0] == "--notation";
            if !is_empty && !is_plain && (found == usual || found.0 == 2 && found.2.split(' ').count() < 4) {
                ignored.push(format!("{}: {}", arguments.join(" "), found.2));
            }
        }
    }
    assert!(ignored.is_empty(), "{}", ignored.join("\n"));
}

/// A setting beside a formula takes effect, as it does in a lesson.
#[test]
fn a_setting_beside_a_formula_is_applied() {
    let shown = |more: &[&str]| downhill(&[&["screen", "--objective", "x1^2 + x2^2"], more].concat(), "");
    let (code, set, error) = shown(&["--set", "step_size.tau=0,3", "--keys", "e"]);
    assert!(code == 0 && flowing(&set).contains("τ 0.3 shrinking"), "{set}{error}");
    let rule = shown(&["--step-size", "backtracking:tau=0.3", "--keys", "e"]).1;
    assert!(flowing(&rule).contains("τ 0.3 shrinking"), "{rule}");
    let (code, _, error) = shown(&["--set", "foo=1"]);
    assert!(code == 2 && error.contains("`foo` is no setting; there are step_size.initial"), "{error}");
}

/// The right answer, typed under a hint, is kept whole, and `.` changes no pace.
#[test]
fn a_number_typed_under_a_hint_is_the_answer() {
    let mut room = room(Session::single(Sitting::open(library::open("parabola").unwrap()).unwrap()));
    press(&mut room, "<right> h");
    let shown = text(&room.screen());
    let question = sitting(&room).open_question().unwrap().question.as_str().split(' ').next().unwrap().to_owned();
    assert!(shown.contains("Hint") && shown.contains(&question) && shown.contains("Your answer: _"), "{shown}");
    press(&mut room, "1 . 9");
    assert!(text(&room.screen()).contains("Your answer: 1.9_"));
    press(&mut room, "2 <enter>");
    assert_eq!(answered(&room), Outcome::Read(1.92));
    assert_eq!(sitting(&room).grain, None);
}

/// Whatever stands over a question, or wherever the keys go, what begins a number begins its answer.
#[test]
fn no_card_and_no_look_around_takes_a_number() {
    for way in WAYS {
        for first in "0 5 . , - − + / ½ (".split(' ') {
            let mut room = room(lesson(NUMBER));
            press(&mut room, way);
            let cursor = sitting(&room).cursor;
            types(&mut room, first);
            assert_eq!(kept(&room), first, "after {way}");
            assert_eq!((sitting(&room).grain, sitting(&room).cursor), (None, cursor), "{first} after {way}");
            types(&mut room, "1e2");
            assert_eq!(kept(&room), format!("{first}1e2"), "after {way}");
            let shown = text(&room.screen());
            assert!(shown.contains(&format!("{first}1e2_")), "after {way}\n{shown}");
        }
    }
}

/// A hint leaves its question in view, of every kind and on every screen with room for both.
#[test]
fn a_hint_does_not_cover_its_question() {
    let kinds = include_str!("../questions/kinds.toml");
    for size in [(80, 24), (100, 30), (120, 40), (60, 20)] {
        for (place, (keys, question, answer, hint)) in [
            ("<right> h", "How many trials", "Your answer: _", "Where does it start?"),
            ("n <right> h", "Where does the first step land?", "Your point:", "Where is d?"),
            ("n n h", "Put them in order.", "1)", "What happens first?"),
            ("n n n h", "Fill in what is missing.", "[?]", "Compare two columns."),
            ("n n n n h", "Where must a run start", "Your point:", "Look for the hill."),
        ]
        .into_iter()
        .enumerate()
        {
            // Six lines of a program or a table, and a map, leave no room on a small screen: arrows scroll there.
            if size == (60, 20) && (2..4).contains(&place) {
                continue;
            }
            let (lesson, _) = read("kinds", kinds).map_err(|_| "kinds").unwrap();
            let mut room = Headless::new(Session::single(Sitting::open(lesson).unwrap()), size, Look::default());
            press(&mut room, keys);
            let shown = text(&room.screen());
            for words in [question, answer, hint] {
                assert!(shown.contains(words), "{words} after {keys} at {size:?}\n{shown}");
            }
        }
    }
}

/// The file that was found: 0,5 is a half, on the screen and in plain text.
#[test]
fn a_decimal_comma_is_kept_in_a_prediction() {
    let source = include_str!("../questions/decimal-comma.toml");
    let session = || Session::single(Sitting::open(read("f05", source).map_err(|_| "f05").unwrap().0).unwrap());
    let mut room = room(session());
    press(&mut room, "<right> <right> <right> <right> <right> <right> <right> 0 , 5 <enter>");
    assert_eq!(answered(&room), Outcome::Read(0.5));
    let told = told(session(), "\n\n\n\n\n\n\n0,5\n");
    assert!(told.contains("You said 0.5, and so it is."), "{told}");
    let mut settings = self::room(lesson(""));
    press(&mut settings, "e 0 , 5 <enter>");
    assert_eq!(setting("step_size.alpha", &settings), Some(0.5));
}

/// Points that the program prints go back into the fields in which points are typed.
#[test]
fn a_printed_point_can_be_typed_again() {
    for point in ["(−1, −2)", "[−1, −2]", "−1; −2", "(-1 -2)"] {
        let mut room = room(lesson(POINT));
        press(&mut room, "<right> <right>");
        types(&mut room, point);
        enters(&mut room);
        assert_eq!(sitting(&room).record().answer, Some(Answer::Point(vec![-1.0, -2.0])), "{point}");
        let mut room = self::room(lesson(""));
        press(&mut room, "e <down>");
        types(&mut room, point);
        enters(&mut room);
        assert_eq!(sitting(&room).cast.runs[0].start().as_slice(), [-1.0, -2.0], "{point}");
    }
    for line in ["Start: x = (−1, −2)", "x = (−1, −2)", "x₁ = −1, x₂ = −2", "(−1, −2)"] {
        let told = told(lesson(POINT), &format!("\n\n{line}\n"));
        assert!(told.contains("You said (−1, −2)"), "{line}: {told}");
    }
    for text in ["Start: x = (−1, −2)", "Start: x = (−1, −2), f = 12, ‖∇f‖ = 20.1.", "x₁ = −1, x₂ = −2", "(−1, −2)"]
    {
        let paste = [Cue { viewer: 1, input: Input::Paste(text.into()) }];
        let mut room = room(lesson(POINT));
        press(&mut room, "<right> <right>");
        room.play(&paste);
        enters(&mut room);
        assert_eq!(sitting(&room).record().answer, Some(Answer::Point(vec![-1.0, -2.0])), "{text}");
        let mut room = self::room(lesson(""));
        press(&mut room, "e <down>");
        room.play(&paste);
        enters(&mut room);
        assert_eq!(sitting(&room).cast.runs[0].start().as_slice(), [-1.0, -2.0], "{text}");
    }
    let told = told(lesson(COUNT), "\n\n3 times\n");
    assert!(told.contains("You said 3 times"), "{told}");
}

/// A text that is longer than its field is told so, and what was typed stays.
#[test]
fn nothing_typed_is_dropped_in_silence() {
    for (session, keys) in [
        (lesson(""), "g"),
        (lesson(""), "e"),
        (lesson(""), "t"),
        (lesson(NUMBER), "<right> <right>"),
        (lesson(POINT), "<right> <right>"),
        (Session::home(), "/"),
    ] {
        let mut room = room(session);
        press(&mut room, keys);
        for count in 1..=500 {
            types(&mut room, "1");
            if room.viewer().notice.is_some() {
                break;
            }
            let now = match &room.viewer().layer {
                Layer::Terms { typed, .. } => typed.clone(),
                Layer::Filter => room.viewer().list.filter.clone(),
                _ => kept(&room),
            };
            assert_eq!(now.len(), count, "a digit is lost after {keys}");
        }
        let notice = room.viewer().notice.clone().unwrap_or_default();
        assert!(notice.contains("as long as it can be"), "{keys}: {notice}");
    }
}
