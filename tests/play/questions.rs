//! Is every kind of question answered wrong, half right and right, from refutation and hint to the end of its page?

use std::fs;

use downhill::app::room::errand::Standing;
use downhill::app::room::sitting::Sitting;
use downhill::engine::number::tuple;
use downhill::engine::record::quantity::datum::Datum;
use downhill::engine::record::quantity::{Observable, Quantity, VectorName};
use downhill::lesson::claim::look_up;
use downhill::lesson::claim::predicate::{At, Claim, RowClaim};
use downhill::lesson::course::library::{self, SHIPPED};
use downhill::lesson::file::read::read;
use downhill::lesson::file::safe::Safe;
use downhill::lesson::question::choose::Truth;
use downhill::lesson::question::grade;
use downhill::lesson::question::number::Measure;
use downhill::lesson::question::sought::Sought;
use downhill::lesson::question::{Answer, Ask, Kind};
use downhill::objective::point::Vector;
use downhill::view::page::story;

use crate::answers::pressed;
use crate::learner::Learner;

const KINDS: &str = include_str!("../questions/kinds.toml");

fn at(page: usize) -> Learner {
    Learner::reads(KINDS).presses(&"n ".repeat(page - 1))
}

/// Every file of questions is a lesson that `check` finds fine.
#[test]
fn the_lesson_of_these_tests_is_proved() {
    let report = downhill::lesson::check::check("kinds", KINDS, &|_| true);
    let said = downhill::lesson::file::complaint::render("kinds.toml", KINDS, &report.complaints);
    assert_eq!(said, "");
}

#[test]
fn a_number_is_typed_and_its_tolerance_counts() {
    let asked = || at(1).presses("<right>").sees("Your answer:").presses("<right>").sees("Type a number");
    asked().presses("h").sees("Where does it start?").presses("<esc>").sees("How many trials");
    let sure = "How sure are you?";
    // Wrong; close to it; right.
    let wrong = asked().presses("5 0 <bs> <bs> 9 <enter>").sees(sure).presses("1").misses("Halve 1").sees("Sealed");
    wrong.presses("E").sees("You said 9 trials (a guess): too high. Halve 1").sees("It is 5 trials.");
    let close = asked().presses("4 <enter> 2").misses("close");
    close.presses("E").sees("You said 4 trials (you thought so): too low.").sees("It is 5 trials.");
    asked().presses("1").sees("Your answer: 1_ trial ").presses("0").sees("Your answer: 10_ trials");
    let right = asked().presses("1 0 / 2 <enter> 3 E").sees("You said 5 trials (you were sure), and so it is.");
    right.sees("1, 0.5, 0.25").presses("<right>").sees("page 2/6");
    asked().presses(". . <enter>").sees("is no number").presses("<bs> <bs> <enter>").sees("Type a number first.");
}

#[test]
fn a_point_is_moved_or_typed_and_half_of_it_may_be_right() {
    let asked = || at(2).presses("<right>").sees("Your point: x₁ = 2, x₂ = 20.");
    asked()
        .presses("<left>")
        .sees("x₁ = 1.5")
        .presses("<down> <down>")
        .sees("x₂ = 18")
        .presses("<")
        .presses("<up>")
        .sees("18.5");
    let end = "E g 1 <enter>";
    let half = asked().presses("5 , 1 8 . 5 <enter>").sees("Sealed").presses(end);
    half.sees("5.506 away. x₂ fits, x₁ does not. Add α·d to x.").sees("It is (−0.5, 18.75).");
    asked().presses("5 , 5 <enter>").presses(end).sees("You said (5, 5): 14.81 away. Add α·d");
    let right = asked().presses("0 , 1 8 . 5 <enter>").presses(end);
    let right = right.sees("Close: you said (0, 18.5), it is (−0.5, 18.75), 0.559 away. Up to");
    let right = right.misses("and so it is").sees("(2, 20) − 0.0625");
    right.presses("<right>").sees("page 3/6");
    asked()
        .presses("9 9 , 0 <enter>")
        .sees("off the map")
        .presses("<bs> <bs> <bs> <bs> 1 <enter>")
        .sees("1 is 1 number; 2 are asked here.");
}

#[test]
fn lines_are_put_in_order_and_the_right_ones_stay() {
    let asked = || at(3).sees("0 of 5 lines").presses("E").sees("Answer first");
    let keys_at = |learner: &Learner, is_right| {
        let sitting = learner.sitting();
        let ask = sitting.open_question().expect("it is open").clone();
        pressed(&ask, sitting, is_right)
    };
    let keys = |is_right| keys_at(&at(3), is_right);
    let wrong = at(3).presses(&keys(false)).sees("That is not right yet. First comes what happens once.");
    let wrong = wrong.presses("h").sees("What happens first?").presses("<esc>").sees("0 of 5 lines");
    // Two right lines and then the distractor: these two stay.
    let right = keys(true);
    let first: Vec<&str> = right.split(' ').collect();
    let sitting = wrong.sitting();
    let Some(downhill::app::answer::attempt::Attempt::Lines(lining)) =
        downhill::app::answer::attempt::Attempt::new(sitting)
    else {
        unreachable!("lines are asked for")
    };
    let trap = lining.offered.iter().position(|line| *line == 5).expect("it is offered") + 1;
    let half = wrong.presses(&format!("{} {} {trap} {} {} <enter>", first[0], first[1], first[3], first[4]));
    let half = half.sees("The first 2 lines are right. τ is a factor").sees("2 of 5 lines");
    let rest = keys_at(&half, true);
    half.presses(&rest).sees("Every line stands where it belongs. Shorten").presses("<right>").sees("page 4/6");
    asked()
        .presses("<esc>")
        .sees("i leads back")
        .presses("i <down> <enter>")
        .sees("1 of 5 lines")
        .presses("<bs>")
        .sees("0 of 5");
    at(3).presses("1 1").sees("is chosen already").presses("9").sees("numbered 1 to 6");
}

#[test]
fn cells_are_filled_and_those_that_are_right_stay() {
    // Trials 1, 0.5, 0.25: two α and three verdicts are blank.
    let asked = || at(4).sees("[?]").sees("1 too long 2 accepted");
    asked().presses("<enter>").sees("5 cells are still empty");
    let wrong = asked()
        .presses("2 <space> 7 <space> 2 <space> 7 <space> 1 <enter>")
        .sees("That is not right yet. Compare φ(α)");
    let wrong = wrong.presses("h").sees("Compare two columns.").presses("<esc>");
    let half = wrong.presses("1 <space> . 5 <space> 2 <space> . 2 5 <space> 2 <enter>").sees("4 of 5 cells are right.");
    half.presses("1 <enter>").sees("Every cell is right. Longer steps").presses("<right>").sees("page 5/6");
    asked().presses("9").sees("a number from 1 to 2").presses("<down> -").sees("A step size is above 0.");
    asked().presses("1 <up> <bs>").sees("[?]");
}

#[test]
fn a_start_is_placed_and_the_run_goes_from_there() {
    let asked = || at(5).sees("Your point:");
    let wrong = asked().presses("− 1 , 0 <enter>").sees("Sealed").presses("E");
    wrong.sees("From (−1, 0) the run does not do it. Left of the hill").sees("From (1, 0.5) it does.");
    asked().presses("1 , 0 <enter> E").sees("From (1, 0) the run does it. Right of the hill").misses("does not");
}

#[test]
fn a_solution_is_played_after_an_attempt_and_asks_why() {
    let hinted = || at(6).presses("h h h").sees("Start near what is accepted").misses("a solution");
    hinted().presses("h").sees("Let a run end once");
    let lacking = "You needed 195 evaluations of f for f < 0.001; 75 are allowed.";
    let shown =
        at(6).presses("E").sees("the goal is not met").sees(lacking).presses("h h h").sees("h a solution").presses("h");
    let asked = shown.sees("a solution (Esc returns)").sees("α_init = 0.1").presses("E").sees("Why is it cheaper?");
    asked.presses("e").sees("Answer first").presses("2").sees("The same α are taken").sees("Each step takes one trial");
    let shown =
        at(6).presses("E h h h h E 1").sees("and so it is. Each step").presses("<right>").sees("Esc leads back");
    let back = shown.presses("y").sees("can be reopened").presses("<esc>").sees("page 6/6").sees("the goal is not met");
    assert_eq!(back.sitting().record().solved, Some(true));
    back.presses("e 0 . 1 <enter> E").sees("Goal met with 61 evaluations of f: as few as the best known.");
}

/// Every number question that is shipped, answered exactly, within its tolerance, too low and too high: what is said is true.
#[test]
fn a_number_is_never_called_right_when_it_is_only_close() {
    let mut asked = 0;
    for (id, _) in SHIPPED {
        let pages = library::open(id).expect("it is shipped").pages.len();
        for page in 0..pages {
            let opened =
                || walked(Learner::opens(id).presses(&"n ".repeat(page)), |sitting| sitting.open_question().is_some());
            let learner = opened();
            let Some(Ask { kind: Kind::Number(measure), .. }) = learner.sitting().open_question().cloned() else {
                continue;
            };
            let ask = learner.sitting().open_question().expect("it is open").clone();
            let Ok(Answer::Number(right)) = grade::key(&ask, &mut learner.sitting().cast.clone()) else {
                unreachable!("a number")
            };
            let whole = |number: f64| if measure.is_count() { number.round() } else { number };
            let within = measure.tolerance(right);
            let key = grade::words(&ask, &Answer::Number(right));
            asked += 1;
            for (given, said) in [
                (right, "and so it is".to_owned()),
                (right + whole(0.6 * within), format!(", it is {key}. Up to")),
                (right - whole(0.6 * within), format!(", it is {key}. Up to")),
                (
                    whole(right / 2.0) - 0.0,
                    format!("too low. {}", first(measure.too_low.as_ref().or(ask.refute.as_ref()))),
                ),
                (3.0 * right + 1.0, format!("too high. {}", first(measure.too_high.as_ref().or(ask.refute.as_ref())))),
            ] {
                let said = if (given - right).abs() <= 1e-9 * right.abs() { "and so it is".to_owned() } else { said };
                let sure = if ask.confidence { " 3" } else { "" };
                let characters: Vec<String> = given.to_string().chars().map(String::from).collect();
                let typed = characters.join(" ") + " ";
                let outcome = walked(opened().presses(&format!("{typed}<enter>{sure}")), Sitting::is_outcome_seen);
                let outcome = outcome.sees(&said);
                if !said.contains("and so") {
                    outcome.misses("and so it is").sees(&key);
                }
            }
        }
    }
    assert!(asked >= 5, "{asked}");
}

/// The first words of a comment.
fn first(comment: Option<&Safe>) -> String {
    let words: Vec<&str> = comment.map_or("", Safe::as_str).split_whitespace().take(3).collect();
    words.join(" ")
}

/// Presses → until something is reached, or the page has nothing more.
fn walked(mut learner: Learner, is_there: impl Fn(&Sitting) -> bool) -> Learner {
    for _ in 0..600 {
        if is_there(learner.sitting()) || learner.sitting().standing() != Standing::Stepping {
            break;
        }
        learner = learner.presses("<right>");
    }
    learner
}

/// Step by step to the outcome of every shipped and sound question: it comes with the first beat that tells its number.
#[test]
fn an_outcome_comes_with_the_beat_that_shows_its_number() {
    let sound = ["ravine", "every-key", "compare", "slices"].map(|name| {
        let path = format!("{}/tests/sound/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        read(name, &fs::read_to_string(path).expect("it is there")).map(|(lesson, _)| lesson)
    });
    let shipped = SHIPPED.iter().map(|(id, _)| library::open(id).map_err(|_| Vec::new()));
    let mut told = 0;
    for lesson in shipped.chain(sound) {
        let Ok(lesson) = lesson else { panic!("a lesson cannot be read") };
        for page in 0..lesson.pages.len() {
            let mut sitting = Sitting::open(lesson.clone()).expect("it opens");
            sitting.turn_to(page).expect("it is there");
            while sitting.open_question().is_none() && sitting.step() {}
            let Some(ask) = sitting.open_question().cloned() else { continue };
            let Ok(key) = grade::key(&ask, &mut sitting.cast.clone()) else { continue };
            let Some(number) = number_told(&ask, &key, &sitting) else { continue };
            let at = format!("{} page {}: {number}", lesson.id, page + 1);
            sitting.answer(key, None);
            assert!(!sitting.is_outcome_seen(), "{at}: the outcome is seen when it is asked");
            let mut before = story::tell(&sitting).now;
            while !sitting.is_outcome_seen() {
                before = story::tell(&sitting).now;
                assert!(sitting.step(), "{at}");
            }
            let now = story::tell(&sitting).now;
            assert!(tells(&now, &number), "{at} is not told when the outcome comes: {now}");
            assert!(!tells(&before, &number), "{at} was told before: {before}");
            told += 1;
        }
    }
    assert!(told >= 6, "{told}");
}

/// Whether a number stands in a text by itself: not as a part of another one.
fn tells(text: &str, number: &str) -> bool {
    let is_other = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit() || "−e".contains(letter));
    text.match_indices(number).any(|(at, _)| {
        let mut after = text[at + number.len()..].chars();
        let is_decimal = after.next() == Some('.') && after.next().is_some_and(|digit| digit.is_ascii_digit());
        let before = text[..at].chars().next_back();
        !is_decimal && !is_other(text[at + number.len()..].chars().next()) && !is_other(before) && before != Some('.')
    })
}

/// The number that decides a question, as the story of the learner's run tells it: f, x or α of one row.
fn number_told(ask: &Ask, key: &Answer, sitting: &Sitting) -> Option<String> {
    let row = |run: &Option<Safe>, at: At, quantity: &Quantity| {
        let whole = match quantity.observable() {
            Observable::Value => "value",
            Observable::Alpha => "alpha",
            Observable::Vector(VectorName::X, _) => "x",
            _ => return None,
        };
        let (None, At::Iteration(_)) = (run, at) else { return None };
        let found = look_up(&Quantity::parse(whole).ok()?, None, at, &mut sitting.cast.clone()).ok()?;
        let numbers: Vec<f64> = match found.list() {
            Some(items) => items.iter().filter_map(Datum::number).collect(),
            None => found.number().into_iter().collect(),
        };
        Some(tuple(&Vector::from_vec(numbers)))
    };
    match (&ask.kind, key) {
        (Kind::Number(Measure { truth: Sought::Row { run, at, trial: None, quantity }, .. }), _) => {
            row(run, *at, quantity)
        }
        (Kind::Choose(options), Answer::Choice(index)) => match &options[*index].truth {
            Truth::Claim(Claim::Row(one)) => row(&one.run, one.at, &one.condition.quantity),
            Truth::Claim(Claim::All(claims)) => {
                let rows = claims.iter().filter_map(|claim| if let Claim::Row(row) = claim { Some(row) } else { None });
                let t = |row: &&RowClaim| if let At::Iteration(t) = row.at { t } else { usize::MAX };
                let last = rows.filter(|row| row.trial.is_none()).max_by_key(t)?;
                row(&last.run, last.at, &last.condition.quantity)
            }
            _ => None,
        },
        _ => None,
    }
}
