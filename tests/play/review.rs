//! Does what was answered rightly come again after 1, 3 and 7 days, with other numbers, and is it told right from wrong?
#![expect(clippy::unwrap_used, reason = "a lesson without its question is a failure")]

use downhill::app::look::appearance::Look;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::claim::worded::evidence;
use downhill::lesson::course::library::{self, SHIPPED};
use downhill::lesson::made::review::{self, Again};
use downhill::lesson::question::grade;
use downhill::lesson::question::vary;
use downhill::lesson::question::{Answer, Kind};
use downhill::lesson::scenario::cast;

use crate::answers::pressed;

const FIRST_DAY: u32 = 20_000;

/// A session at home on a day, with `backtracking` answered rightly on its page of that number, on the first day.
fn at(day: u32, page: usize) -> Session {
    let mut session = Session::home();
    session.today = Some(FIRST_DAY);
    let mut sitting = Sitting::open(library::open("backtracking").unwrap()).unwrap();
    sitting.turn_to(page - 1).unwrap();
    while sitting.open_question().is_none() && sitting.step() {}
    let ask = sitting.open_question().unwrap().clone();
    let right = grade::key(&ask, &mut sitting.cast.clone()).unwrap();
    sitting.answer(right, ask.confidence.then_some(2));
    while !sitting.is_outcome_seen() && sitting.step() {}
    session.sitting = Some(sitting);
    session.note();
    session.sitting = None;
    session.today = Some(day);
    session
}

/// The keys for the question in view, and the session after they were pressed.
fn answered(session: Session, is_right: bool) -> (Session, String) {
    let mut room = Headless::new(session, (80, 24), Look::default());
    let play = |room: &mut Headless, keys: &str| room.play(&downhill::app::key::press::script(keys).unwrap());
    play(&mut room, "r");
    let sitting = room.session().sitting.as_ref().unwrap();
    let ask = sitting.open_question().unwrap().clone();
    let keys = pressed(&ask, sitting, is_right);
    play(&mut room, &format!("{keys}{}", if ask.confidence { " 3" } else { "" }));
    play(&mut room, "E");
    let seen = text(&room.screen());
    play(&mut room, "q");
    (room.session().clone(), seen)
}

/// Page 6 of `backtracking` asks for a number.
const NUMBER: usize = 6;

#[test]
fn a_right_answer_comes_again_after_one_three_and_seven_days() {
    assert!(at(FIRST_DAY, NUMBER).due().is_empty());
    let mut session = at(FIRST_DAY + 1, NUMBER);
    let mut day = FIRST_DAY + 1;
    for days in [3, 7] {
        assert_eq!(session.due().len(), 1);
        session = answered(session, true).0;
        assert!(session.due().is_empty(), "answered today");
        assert_eq!(session.days_to_review(), Some(days));
        day += days;
        session.today = Some(day - 1);
        assert!(session.due().is_empty());
        session.today = Some(day);
    }
    session = answered(session, true).0;
    assert_eq!(session.days_to_review(), None, "it was right three times");
}

#[test]
fn a_wrong_answer_begins_anew() {
    let session = answered(at(FIRST_DAY + 1, NUMBER), true).0;
    let (session, seen) = answered(Session { today: Some(FIRST_DAY + 4), ..session }, false);
    assert!(
        seen.contains("✗") && seen.contains("It is ") && (seen.contains("too low.") || seen.contains("too high.")),
        "{seen}"
    );
    assert_eq!(session.days_to_review(), Some(1));
}

#[test]
fn the_numbers_are_others_and_so_is_the_answer() {
    let (_, seen) = answered(at(FIRST_DAY + 1, NUMBER), true);
    assert!(seen.contains("and so it is."), "{seen}");
    // Its author knew other numbers: the run itself says why an option is right.
    let lesson = library::open("iterative-descent").unwrap();
    let mut told = 0;
    for (page, _) in
        lesson.pages.iter().enumerate().filter(|(_, page)| page.ask.as_ref().is_some_and(|ask| !ask.vary.is_empty()))
    {
        let again = review::lesson(&[Again { lesson: lesson.clone(), page, seed: 5 }]);
        let mut sitting = Sitting::open(again).unwrap();
        while sitting.open_question().is_none() && sitting.step() {}
        let ask = sitting.open_question().unwrap().clone();
        let key = grade::key(&ask, &mut sitting.cast.clone()).unwrap();
        if let (Kind::Choose(_), Some(evidence)) = (&ask.kind, evidence(&ask, &key, &sitting.cast)) {
            assert!(
                evidence.contains("t = ") || evidence.contains("holds") || evidence.contains("the end"),
                "{evidence}"
            );
            told += 1;
        }
    }
    assert!(told > 0, "some question of this lesson comes again");
    let lesson = library::open("backtracking").unwrap();
    let asked: Vec<String> = (0..40)
        .map(|seed| {
            let again = review::lesson(&[Again { lesson: lesson.clone(), page: NUMBER - 1, seed }]);
            let sitting = Sitting::open(again).unwrap();
            let ask = sitting.open_question().unwrap();
            assert!(ask.because.is_none(), "what is said of the old numbers is not said of the new ones");
            grade::words(ask, &grade::key(ask, &mut sitting.cast.clone()).unwrap())
        })
        .collect();
    let mut different = asked.clone();
    different.sort();
    different.dedup();
    assert!(different.len() >= 4, "{asked:?}");
}

/// Whatever day it is: of 100 draws each has an answer, and of options exactly one.
#[test]
fn every_draw_of_every_lesson_has_one_right_answer() {
    let mut count = 0;
    for (id, _) in SHIPPED {
        let lesson = library::open(id).unwrap();
        for page in lesson.pages.iter().filter(|page| page.ask.as_ref().is_some_and(|ask| !ask.vary.is_empty())) {
            let ask = page.ask.as_ref().unwrap();
            count += 1;
            for seed in 0..100 {
                let changes: Vec<_> = page.changes.iter().cloned().chain(vary::draw(&ask.vary, seed)).collect();
                let mut runs = cast(&lesson.scenarios[page.scenario], &changes).unwrap();
                let key = grade::key(ask, &mut runs).unwrap();
                if let Kind::Choose(options) = &ask.kind {
                    let right = (0..options.len()).map(Answer::Choice);
                    let right = right.filter(|answer| grade::grade(ask, answer, &mut runs).unwrap().is_right());
                    assert!(right.eq([key]), "{id}, seed {seed}");
                }
            }
        }
    }
    assert!(count >= 4, "{count}");
}

#[test]
fn where_nothing_is_due_it_is_said() {
    let mut room = Headless::new(Session::home(), (80, 24), Look::default());
    room.play(&downhill::app::key::press::script("r").unwrap());
    assert!(text(&room.screen()).contains("Nothing is due yet"));
    let mut room = Headless::new(at(FIRST_DAY, NUMBER), (80, 24), Look::default());
    room.play(&downhill::app::key::press::script("r").unwrap());
    assert!(text(&room.screen()).contains("come again tomorrow"));
    let mut room = Headless::new(at(FIRST_DAY + 1, NUMBER), (80, 24), Look::default());
    assert!(text(&room.screen()).contains("1 to review") && text(&room.screen()).contains("r review 1"));
}
