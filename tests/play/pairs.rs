//! Do two at one keyboard each predict unseen, talk where they differ, and find all they said kept?
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::collections::BTreeSet;

use downhill::app::key::press::script;
use downhill::app::keymap::table::rows;
use downhill::app::look::appearance::Look;
use downhill::app::room::progress::{Progress, Tally};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::host::plain::{self, Echo, Streams};
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;

use crate::learner::Learner;

const KINDS: &str = include_str!("../questions/kinds.toml");
const TWO: &str = "P Ada,Ben 2";

fn two() -> Learner {
    Learner::opens("backtracking").presses(TWO).presses("<right>").sees("Ada answers first; Ben looks away.")
}

fn at(page: usize) -> Learner {
    Learner::reads(KINDS).presses(TWO).presses(&"n ".repeat(page - 1))
}

#[test]
fn alone_nobody_is_asked_and_two_may_have_names() {
    let alone = Learner::opens("backtracking").presses("<right>").misses("answers first").misses("has the keys");
    let card = alone.presses("P").sees("Alone or two?").sees("1 alone 2 two");
    card.presses("1").misses("Alone or two?").presses("3").sees("You said").misses("How sure");
    let card = || Learner::opens("backtracking").presses("P");
    card().presses("2").sees("One has the keys first, Two looks on. P ends it.");
    card().presses("Ada 2").sees("Two names are parted by a comma").presses("<bs> <bs>").sees("A_");
    card().presses("Ada,Ada <enter>").sees("different names");
    card().presses("<esc>").misses("Alone or two?").misses("has the keys");
    let two = card().presses("Ada, <space> Ben <enter>").sees("Ada has the keys first, Ben looks on.");
    two.presses("P").sees("One learns alone now").misses("Ada");
}

#[test]
fn two_who_agree_need_no_third_answer() {
    let asked = || two().presses("3").sees("How sure are you?").sees("Ada: •").misses("Your answer");
    let first = asked().presses("3").sees("Ada: •. Now the other one: Ben answers, Ada looks away.").misses("sure)");
    let right = first.presses("3 1").sees("You both said “more than").sees("(Ada: sure, Ben: a guess). Sealed");
    right
        .presses("<right>")
        .sees("(Ada: sure, Ben: a guess), and so it is.")
        .misses("right at first")
        .presses("<right>")
        .sees("page 2/");
    let wrong = two().presses("1 2 1 2").sees("You both said “below 240").sees("Ada: thought so, Ben: thought so");
    wrong.presses("<right>").sees("You both said “below 240").sees("It is “more than").misses("right at first");
}

#[test]
fn two_who_differ_talk_and_answer_once_more() {
    let differ = || {
        let both = two().presses("1 1 3 3").sees("Ada said 1) (a guess), Ben 3) (sure).");
        both.sees("You differ. Talk for a minute, then answer together.")
    };
    let locked = differ().misses("Sealed").presses("<right>").sees("Answer first");
    let right = locked.presses("3").misses("How sure").sees("Together you said “more than").sees("Ada said “below 240");
    let right = right.sees("Sealed").presses("<right>").sees("Together you said “more than");
    right
        .sees("and so it is.")
        .sees("Ben was right at first. Ada said “below 240: d points downhill” (a guess), Ben “more than");
    let wrong = differ().presses("1").sees("Together you said “below 240").presses("<right>").sees("It is “more than");
    wrong.sees("Ben was right at first.");
    let neither = two().presses("1 1 2 1 3 <right>").sees("and so it is.").sees("Neither was right at first.");
    neither.presses("<right>").sees("page 2/");
}

#[test]
fn a_number_is_predicted_by_each_and_then_together() {
    let first = || at(1).presses("<right> 4 <enter>").sees("Ada: •").misses("4 trials").presses("1");
    let second = first().sees("Your answer: _").sees("Ben answers").misses("4 trials").presses("5 <enter> 3");
    let joint = second.sees("Ada said 4 trials (a guess), Ben 5 trials (sure). You differ.");
    let joint = joint.presses("5 <enter>").sees("Together you said 5 trials").presses("E");
    joint.sees("Together you said 5 trials, and so it is.").sees("Ben was right at first.");
    first().presses("4 <enter> 1").sees("You both said 4 trials").presses("E").sees("It is 5 trials");
}

#[test]
fn a_point_is_placed_by_each_and_then_together() {
    let first = || at(2).presses("<right> 5,5 <enter>").sees("Ada: •").misses("(5, 5)").presses("1");
    let second = first().sees("Your point: x₁ = 2, x₂ = 20.").misses("(5, 5)");
    let near = at(2).presses("<right> −0.5,18.75 <enter> 1 −0.4,18.9 <enter> 1");
    near.sees("Ada said (−0.5, 18.75) (a guess), Ben (−0.4, 18.9) (a guess). Together you said (−0.5, 18.75)");
    let joint = second.presses("−0.5,18.75 <enter> 2").sees("You differ.").presses("5,5 <enter>");
    joint.presses("g 1 <enter>").sees("Together you said (5, 5)").sees("Ben was right at first.");
}

/// Each start is judged by a run of its own, the joint one by the run that is seen.
#[test]
fn a_start_is_placed_by_each_and_then_together() {
    let differ = at(5).presses("1,0 <enter> 1 −1,0 <enter> 2").sees("You differ.");
    let wrong = differ.presses("−1,0.5 <enter> E").sees("From (−1, 0.5) the run does not do it.");
    wrong.sees("Ada was right at first. Ada said (1, 0) (a guess), Ben (−1, 0) (thought so).");
}

#[test]
fn an_exercise_is_done_by_both_at_once() {
    at(3).sees("0 of 5 lines").misses("looks away").misses("•").sees("Ada has the keys");
    at(4).sees("[?]").misses("looks away");
}

#[test]
fn a_sealed_first_answer_waits_until_the_other_comes_back() {
    let first = two().presses("1 1 n").sees("page 2/").presses("p <right>");
    first
        .sees("Ada: •. Now the other one: Ben")
        .presses("h")
        .sees("Where does x₁ land?")
        .presses("<esc> r")
        .sees("Answer first");
    // Alone again the sealed answer is nobody's.
    two().presses("1 1 P").misses("•").sees("1-3 answer").presses("3").sees("You said").misses("Ada");
    two().presses("1 1 P P Cleo,Dan 2").sees("Cleo answers first").misses("•");
    // Esc takes an answer back before it is sealed.
    two().presses("1 <esc>").sees("Ada answers first").presses("3 3 3 3").sees("You both said “more than");
    // With the lock lifted the second may still answer.
    let unlocked = Learner::reads(KINDS).presses(TWO).presses("L <right> i 4 <enter> 1").sees("Ben answers");
    unlocked.presses("5 <enter> 1").sees("You differ.");
}

/// A lesson whose goal is met by one step.
const GOALS: &str = r#"
format = 1
title  = "Goals"
[scenario.main]
objective = { formula = "x1^2 + x2^2" }
window    = { x1 = [-2, 2], x2 = [-2, 2] }
start     = [1, 1]
[[scenario.main.run]]
step_size = { rule = "fixed", alpha = 0.1 }
[[page]]
text = "One step down."
goal = { first = [ { quantity = "value", below = 1.9 } ], par = 9 }
[[page]]
text = "Three steps down."
goal = { first = [ { quantity = "value", below = 1 } ], par = 9 }
"#;

#[test]
fn the_keys_change_hands_after_a_goal() {
    let begun = Learner::reads(GOALS).presses(TWO).sees("Ada has the keys").misses("Swap");
    let met = begun.presses("E").sees("Goal met").sees("Swap: Ben takes the keys now, Ada looks on.");
    let met = met.sees("Ben has the keys").presses("<left>").sees("Swap").presses("n").misses("Swap");
    met.presses("E").sees("Swap: Ada takes the keys now").presses("p").misses("Swap").sees("Ada has the keys");
    Learner::reads(GOALS).presses("E").sees("Goal met").misses("Swap");
}

fn session(id: &str) -> Session {
    Session::single(library::open(id).and_then(Sitting::open).unwrap())
}

fn kept(room: &Headless) -> Progress {
    let written = room.session().notes.progress.written().unwrap();
    Progress::read(&written).unwrap()
}

#[test]
fn all_that_was_said_is_kept_and_comes_back() {
    let mut room = Headless::new(session("backtracking"), (80, 24), Look::default());
    room.play(&script(&format!("{TWO} <right> 1 1")).unwrap());
    assert!(kept(&room).lessons["backtracking"].pages.is_empty(), "what one has answered is not written down");
    room.play(&script("3 3 2 <right>").unwrap());
    let progress = kept(&room);
    let did = &progress.lessons["backtracking"].pages[0];
    assert_eq!((did.right, did.confidence), (Some(false), None));
    let said: Vec<_> = did.partners.iter().map(|one| (one.name.as_str(), one.right, one.confidence)).collect();
    assert_eq!(said, [("Ada", Some(false), 1), ("Ben", Some(true), 3)]);
    assert!(did.partners[0].answer.starts_with("below 240") && did.partners[1].answer.starts_with("more than"));
    let tallies = [("Ada", Tally { asked: 1, right: 0 }), ("Ben", Tally { asked: 1, right: 1 })];
    assert_eq!(progress.partners(), tallies.into());
    let mut again = session("backtracking");
    again.resume(progress.clone()).unwrap();
    let mut again = Headless::new(again, (80, 24), Look::default());
    again.play(&script("<right> <right>").unwrap());
    assert!(text(&again.screen()).contains("Ben was right at first."), "{}", text(&again.screen()));
    again.play(&script("n").unwrap());
    assert_eq!(kept(&again).partners(), progress.partners());
}

/// What a key string leads to when two look on, with all that was copied.
fn room(lesson: &str, size: (u16, u16), keys: &str) -> Headless {
    let session = match lesson {
        "kinds" => Session::single(Sitting::open(study("kinds", KINDS).lesson.unwrap()).unwrap()),
        id => session(id),
    };
    let mut room = Headless::new(session, size, Look::default());
    room.play(&script(keys).unwrap());
    room
}

/// Two sessions that differ only in what the first of two answered look the same until the other has answered:
/// choices, numbers, points and starts, on every size of screen, whatever key is pressed in between.
#[test]
fn nothing_tells_the_first_answer() {
    const KINDS: [(&str, &str, [&str; 2], &str); 4] = [
        ("backtracking", "<right>", ["1", "3"], "2"),
        ("kinds", "<right>", ["4 <enter>", "9 9 <enter>"], "5 <enter>"),
        ("kinds", "n <right>", ["5,5 <enter>", "<left> <down> < <enter>"], "1,1 <enter>"),
        ("kinds", "n n n n", ["−1,0 <enter>", "1,1 <enter>"], "<right> <enter>"),
    ];
    let keys: BTreeSet<String> = rows().map(|binding| binding.key.token()).collect();
    for ((lesson, way, answers, second), size) in
        KINDS.into_iter().flat_map(|kind| [(80, 24), (120, 40), (60, 20), (36, 10)].map(|size| (kind, size)))
    {
        let given = [(answers[0], "1"), (answers[1], "3")];
        let answered = given.map(|(answer, sure)| room(lesson, size, &format!("{TWO} {way} {answer} {sure}")));
        let rooms = |more: &str| {
            let mut rooms = answered.clone();
            for room in &mut rooms {
                room.play(&script(more).unwrap());
            }
            rooms
        };
        let same = |more: &str| {
            let [mut one, mut other] = rooms(more);
            let (left, right) = (one.screen(), other.screen());
            let at = format!("{lesson} after {way}, then {more} at {size:?}");
            assert_eq!(text(&left), text(&right), "{at}");
            assert!(left == right, "{at}: the letters agree, the colours do not");
            assert_eq!((one.copied, one.has_left), (other.copied, other.has_left), "{at}");
        };
        // The moment of the first answer, before it is said how sure: it is hidden already.
        let hidden = answers.map(|answer| room(lesson, size, &format!("{TWO} {way} {answer}")).screen());
        assert!(hidden[0] == hidden[1], "{lesson} after {way} at {size:?}: {}", text(&hidden[1]));
        same("");
        same(second);
        same("n p");
        same("L n p");
        same("<esc> e <esc> i");
        if size == (80, 24) || size == (36, 10) {
            for key in &keys {
                same(key);
                same(&format!("<esc> {key}"));
            }
        }
        // When the second has answered the two differ.
        let [mut one, mut other] = rooms(&format!("{second} 1"));
        assert_ne!(text(&one.screen()), text(&other.screen()), "{lesson} after {way} at {size:?}");
    }
}

#[test]
fn in_plain_text_the_first_answer_is_not_said_again() {
    let mut out = Vec::new();
    let lines = "P\nAda, Ben\n\n1\n1\n3\n3\n3\n\n";
    let streams = Streams { lines: &mut lines.as_bytes(), out: &mut out, echo: Echo::ByTerminal };
    plain::run(session("backtracking"), Look::default(), None, streams).unwrap();
    let told = String::from_utf8(out).unwrap();
    let parts: Vec<&str> = told.split("Now the other one: Ben answers").collect();
    assert_eq!(parts.len(), 2, "{told}");
    assert!(parts[0].contains("Ada answers first; Ben looks away."), "{told}");
    assert!(parts[0].contains("stays to be read above") && !parts[0].contains("“below 240"), "{told}");
    let (differ, after) = parts[1].split_once("You differ.").unwrap();
    assert!(differ.contains("Ada said 1) (a guess), Ben 3) (sure)."), "{told}");
    assert!(after.contains("Together you said “more than"), "{told}");
}
