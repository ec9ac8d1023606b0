//! The command line that `y` gives opens the same screen again, with its question open.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::process::Command;

use downhill::app::key::press::script;
use downhill::app::look::appearance::Look;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;

fn room(id: &str) -> Headless {
    Headless::new(Session::single(Sitting::open(library::open(id).unwrap()).unwrap()), (80, 24), Look::default())
}

fn press(room: &mut Headless, keys: &str) {
    room.play(&script(keys).unwrap());
}

/// What a shell prints for the command, asked for as a screen.
#[track_caller]
fn reopened(command: &str) -> String {
    let program = env!("CARGO_BIN_EXE_downhill");
    let drawn = ["downhill learn", "downhill sandbox"]
        .into_iter()
        .find_map(|head| Some(format!("'{program}' screen {}", command.strip_prefix(head)?)))
        .unwrap();
    let output = Command::new("sh").args(["-c", &drawn]).output().unwrap();
    assert!(output.status.success(), "{drawn}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Presses keys, then `y`; the screen before and the command.
fn asked(room: &mut Headless, keys: &str) -> (String, String) {
    press(room, keys);
    let before = text(&room.screen());
    press(room, "y");
    let copied = room.copied.take();
    assert!(copied.is_some(), "after `{keys}`:\n{}", text(&room.screen()));
    (before, copied.unwrap())
}

#[track_caller]
fn comes_back(id: &str, keys: &str) {
    let (before, command) = asked(&mut room(id), keys);
    let again = reopened(&command);
    if before.contains("✓ It is ") {
        // A question that was passed is open again.
        assert!(again.contains("? ") && !again.contains("✓ It is "), "{id} after `{keys}`: {command}\n{again}");
        return;
    }
    assert_eq!(again.trim_end(), before.trim_end(), "{id} after `{keys}`: {command}");
}

#[test]
fn the_command_shows_the_same_screen() {
    for (id, _) in library::SHIPPED {
        let pages = library::open(id).unwrap().pages.len();
        for page in 0..pages {
            comes_back(id, &"n ".repeat(page));
        }
        comes_back(id, "L <right>");
        comes_back(id, "n L <right>");
        comes_back(id, "L <right> n <right> <right> <left>");
    }
    for keys in [
        "L <enter> <enter> <right> <right> n",
        "L e 0.3 <down> 0.25 <enter> <right> <right>",
        "L e <up> <left> <down> 1e-3 <enter> <enter> <right>",
        "L e <up> <right> <right> <right> <right> <right> <right> <down> 0.1/(t+3) <enter> <right> <enter>",
        "L e <up> <up> <up> <right> <down> 30 <enter> <enter>",
        "L e m <left> <left> <down> <enter> <right>",
        "n n n n n n n n e 0.1 <enter> <enter>",
    ] {
        comes_back("backtracking", keys);
    }
}

#[test]
fn two_scenarios_come_back_side_by_side() {
    const PATH: &str = "tests/sound/compare.toml";
    for keys in
        ["", "L <right> <right>", "n <enter>", "n E", "n <enter> <enter> n", "n e 0.5 <enter> <enter>", "n <enter> s"]
    {
        let lesson = study("compare", &std::fs::read_to_string(PATH).unwrap()).lesson.unwrap();
        let mut sitting = Sitting::open(lesson).unwrap();
        sitting.source = Some(PATH.into());
        let mut room = Headless::new(Session::single(sitting), (80, 24), Look::default());
        let (before, command) = asked(&mut room, keys);
        assert_eq!(reopened(&command).trim_end(), before.trim_end(), "after `{keys}`: {command}");
    }
}

#[test]
fn the_sandbox_comes_back_too() {
    for keys in [
        "L s <right> <right>",
        "<right> 3 <right> s e 0.3 <enter> <right>",
        "L s e <up> <up> <up> <up> (x1-1)^2+x2^4 <enter> <enter> <right>",
        "L s e <up> <up> <up> <up> x1^4-x1 <down> <down> <down> <down> 0.3 <enter> <enter> <right>",
    ] {
        comes_back("backtracking", keys);
    }
    let mut home = Headless::new(Session::home(), (80, 24), Look::default());
    let (before, command) = asked(&mut home, "s <esc> e <up> <up> <up> <right> <down> 30 <enter> <right>");
    assert_eq!(reopened(&command).trim_end(), before.trim_end(), "{command}");
}

#[test]
fn an_answered_question_is_open_again_before_the_surprise() {
    let mut room = room("backtracking");
    press(&mut room, "<right>");
    let open = text(&room.screen());
    let (_, sealed) = asked(&mut room, "3");
    assert_eq!(reopened(&sealed).trim_end(), open.trim_end(), "{sealed}");
    // After the outcome, far into the run, the question is what comes back.
    let (_, seen) = asked(&mut room, "<right> <left> <enter> <enter>");
    assert!(reopened(&seen).contains("1-3 answer") || seen.contains("--page 2"), "{seen}");
}

#[test]
fn what_cannot_be_reopened_says_why() {
    let mut room = room("backtracking");
    press(&mut room, "L <enter> e 0.3 f y");
    assert!(text(&room.screen()).contains("two pasts"), "{}", text(&room.screen()));
    press(&mut room, "r y");
    assert!(room.copied.is_some());
}

/// What only one viewer sees is no part of a place: the box says so, and the place itself comes back.
#[test]
fn what_the_command_leaves_out_is_named() {
    let plain = asked(&mut room("backtracking"), "n n n n n n L <right>").1;
    for (keys, named) in [
        ("<tab>", "the panel"),
        ("z", "the zoom"),
        ("v", "the overlay"),
        ("o + <esc>", "the view of the map"),
        ("x", "the axis of the progress panel"),
        (".", "what → takes"),
        ("k", "rivals that were kept"),
    ] {
        let mut room = room("backtracking");
        let (_, command) = asked(&mut room, &format!("n n n n n n L <right> {keys}"));
        let screen = text(&room.screen());
        assert_eq!(command, plain, "after {keys}");
        assert!(screen.contains(&format!("Not part of it: {named}.")), "after {keys}:\n{screen}");
    }
    let mut room = room("backtracking");
    assert_eq!(asked(&mut room, "n n n n n n L <right> G G k K").1, plain);
    assert!(!text(&room.screen()).contains("Not part of it"));
    press(&mut room, "<esc> o y");
    assert!(room.copied.is_none() && text(&room.screen()).contains("until you have looked around"));
}

/// A mouse copies what stands on the screen: no number is torn where the box ends.
#[test]
fn the_command_is_broken_at_its_blanks() {
    let mut room = room("backtracking");
    let (_, command) = asked(&mut room, "L e 0.3 <down> 0.25 <enter> <right> <right> <resize:60x20>");
    let screen = text(&room.screen());
    for word in command.split(' ') {
        assert!(screen.contains(word), "{word}\n{screen}");
    }
}

/// Two at one keyboard, and the folder of a lesson, are carried along.
#[test]
fn a_pair_and_a_folder_come_back_too() {
    let mut room = room("backtracking");
    let (before, command) = asked(&mut room, "P A d a , B e n <enter> <right>");
    assert!(command.ends_with("--pair Ada,Ben"), "{command}");
    assert_eq!(reopened(&command).trim_end(), before.trim_end(), "{command}");
    let kept = tempfile::Builder::new().prefix("downhill reopen ").tempdir().unwrap();
    let folder = kept.path();
    std::fs::write(folder.join("mine.toml"), include_str!("../sound/ravine.toml")).unwrap();
    let pack = std::sync::Arc::new(downhill::host::packs::open(Some(folder)).unwrap());
    let sitting = Sitting::open(pack.open("mine").unwrap()).unwrap();
    let mut room = Headless::new(Session::single_of(pack, sitting), (80, 24), Look::default());
    let (before, command) = asked(&mut room, "<right>");
    assert!(command.contains("--lessons '"), "{command}");
    let again = reopened(&command);
    assert_eq!(again.trim_end(), before.trim_end(), "{command}");
}

#[test]
fn places_that_are_not_there_are_refused_in_a_sentence() {
    let program = env!("CARGO_BIN_EXE_downhill");
    for (arguments, sentence) in [
        (&["screen", "backtracking", "--page", "99"][..], "the lesson ends with page 10: there is no page 99"),
        (&["screen", "backtracking", "--page", "0"], "pages count from 1"),
        (&["screen", "backtracking", "--at", "1.99"], "iteration 1 has beats 0 to"),
        (&["screen", "backtracking", "--at", "later"], "an iteration and a beat"),
        (&["screen", "backtracking", "--set", "step_size.tau=2"], "out of range"),
        (&["screen", "backtracking", "--set", "start=1"], "`1` is 1 number; 2 are asked here"),
        (&["screen", "--objective", "x1^2 + 1/3x2"], "         ^^^^^"),
        (&["screen", "--objective", "x1^2", "--start", "one"], "`one` is no number"),
        (&["screen", "--objective", "x1^2", "--window", "3,-3"], "is no window"),
        (&["screen", "--objective", "x1^2", "--step-size", "fixed:beta=1"], "--step-size: "),
        (&["screen", "--objective", "x1^2", "--direction", "momentum"], "does not go with"),
        (&["screen", "--objective", "x1^2", "--stop", "never"], "when to stop"),
        (&["sandbox", "--objective", "x1 +"], "expected a number, a name"),
        (&["sandbox"], "there is no terminal here"),
    ] {
        let output = Command::new(program).args(arguments).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(sentence), "{arguments:?}: {error}");
    }
}
