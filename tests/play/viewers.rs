//! Several viewers at one session: each sees what is there now, and nothing that was opened about another page.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use downhill::app::act::acts::{Audience, Effect};
use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Input, Key, script};
use downhill::app::keymap::table::{dispatch, rows};
use downhill::app::look::appearance::{Depth, Glyphs, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::rules::permit::permit;
use downhill::app::seat::viewer::{Layer, Viewer};
use downhill::export::text::text;
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZES: [(u16, u16); 4] = [(80, 24), (60, 20), (120, 40), (36, 10)];

/// What a viewer has on top of the page, and what was said to them last.
type OnTop = Viewer;

fn look(number: usize) -> Look {
    let glyphs = if number.is_multiple_of(2) { Glyphs::Braille } else { Glyphs::Ascii };
    let depth = [Depth::Indexed, Depth::None, Depth::True, Depth::Sixteen][number % 4];
    Look { glyphs, depth, ..Look::default() }
}

/// So many viewers, of different sizes and glyphs, at one session; their numbers begin with 1.
fn room(session: Session, viewers: usize) -> Classroom {
    let mut room = Classroom::new(session);
    for (number, size) in SIZES.into_iter().enumerate().take(viewers) {
        room.join(size, look(number));
    }
    room
}

fn lesson(id: &str) -> Session {
    Session::single(Sitting::open(library::open(id).unwrap()).unwrap())
}

fn press(room: &mut Classroom, who: usize, keys: &str) -> Effect {
    let mut last = Effect::Nothing;
    for cue in script(keys).unwrap() {
        match cue.input {
            Input::Key(key) => last = room.press(who, key),
            Input::Tick => room.tick(),
            _ => {}
        }
        while room.work_on() {}
    }
    last
}

fn drawn(session: &Session, viewer: &Viewer) -> Buffer {
    let mut cells = Buffer::empty(Rect::new(0, 0, viewer.size.0, viewer.size.1));
    regions::draw(session, viewer, &mut Memo::default(), &mut cells);
    cells
}

fn screen(room: &Classroom, who: usize) -> Buffer {
    drawn(room.session_of(who), &room.viewers[&who])
}

/// What somebody sees who has just come and looks at the same panel, with nothing on top.
fn fresh(room: &Classroom, who: usize) -> Buffer {
    let seen = &room.viewers[&who];
    drawn(room.session_of(who), &eyes(seen, &Viewer::new(seen.size, seen.look)))
}

/// A viewer with these eyes, and with that on top of the page.
fn eyes(seen: &Viewer, top: &OnTop) -> Viewer {
    Viewer {
        panel: seen.panel,
        is_zoomed: seen.is_zoomed,
        viewport: seen.viewport,
        overlay: seen.overlay,
        counts_evaluations: seen.counts_evaluations,
        list: seen.list.clone(),
        size: seen.size,
        look: seen.look,
        ..top.clone()
    }
}

#[test]
fn a_page_turned_by_one_shows_the_other_no_card_of_it() {
    for card in ["h", "w", "y", "P", "g 1 2", "e", "<down> <down>"] {
        for turn in ["n", "n n", "p"] {
            let mut room = room(lesson("backtracking"), 2);
            press(&mut room, 1, "n n");
            press(&mut room, 2, card);
            press(&mut room, 1, turn);
            assert_eq!(text(&screen(&room, 2)), text(&fresh(&room, 2)), "{card}, then {turn} by the other");
        }
    }
}

/// A page that lets a setting change before it asks.
const EARLY: &str = r#"
format = 1
title = "Change, then answer"
chapter = "step-size"
[scenario.main]
objective = { formula = "x1^2 + x2^2" }
window = { x1 = [-2, 2], x2 = [-2, 2] }
start = [1, 1]
[[scenario.main.run]]
name = "A"
step_size = { rule = "fixed", alpha = 0.1 }
stop = { iterations = 9 }
[[page]]
text = "Go."
until = { iteration = 2 }
controls = ["step_size.alpha"]
ask = { kind = "choose", question = "Does f fall?", options = [
  { text = "yes", claim = { at = 3, quantity = "value", below = 9 }, because = "So." },
  { text = "no", claim = { at = 3, quantity = "value", above = 9 }, refute = "No." } ] }
"#;

#[test]
fn a_stale_draft_restarts_no_run_under_an_open_question() {
    let session = Session::single(Sitting::open(study("early", EARLY).lesson.unwrap()).unwrap());
    let mut room = room(session, 2);
    press(&mut room, 2, "e 0.3");
    assert!(matches!(room.viewers[&2].layer, Layer::Settings(_)));
    press(&mut room, 1, "<enter> <enter>");
    assert!(room.session.sitting.as_ref().unwrap().open_question().is_some());
    let before = room.session.sitting.as_ref().unwrap().cursor;
    press(&mut room, 2, "<enter>");
    let sitting = room.session.sitting.as_ref().unwrap();
    assert_eq!((sitting.cursor, sitting.own.len()), (before, 0));
    assert!(text(&screen(&room, 2)).contains("Does f fall?"));
}

/// The lock is set again while the settings are open, by one and the same viewer or by another.
#[test]
fn a_draft_opened_with_the_lock_lifted_needs_the_answer_once_it_is_set() {
    for who in [1, 2] {
        let session = Session::single(Sitting::open(study("early", EARLY).lesson.unwrap()).unwrap());
        let mut room = room(session, 2);
        press(&mut room, 1, "L <enter> <enter> e 0.3");
        press(&mut room, who, "L");
        press(&mut room, 1, "<enter>");
        let sitting = room.session.sitting.as_ref().unwrap();
        assert!(sitting.own.is_empty() && sitting.cursor.t == 2, "the lock is set by {who}");
    }
}

#[test]
fn a_beat_of_play_and_the_end_of_long_work_reach_all() {
    let mut room = room(lesson("backtracking"), 3);
    press(&mut room, 1, "L n");
    press(&mut room, 2, "g");
    press(&mut room, 2, "<esc> . K");
    assert!(room.viewers[&2].notice.is_some());
    let before = text(&screen(&room, 3));
    press(&mut room, 1, "<space> <tick:200>");
    assert!(room.viewers.values().all(|viewer| viewer.notice.is_none()), "a beat is seen by all");
    assert_ne!(text(&screen(&room, 3)), before);
    press(&mut room, 1, "r g 5000 <enter>");
    let said: Vec<_> = room.viewers.values().map(|viewer| viewer.notice.clone()).collect();
    assert!(said[0].as_ref().is_some_and(|words| words.contains("t = ")), "{said:?}");
    assert!(said.iter().all(|words| *words == said[0]), "{said:?}");
}

#[test]
fn q_by_one_sends_that_one_home() {
    let mut session = Session::home();
    session.is_single = false;
    let mut room = room(session, 2);
    press(&mut room, 1, "<enter> <right>");
    let (id, other) = (room.session.sitting.as_ref().unwrap().lesson.id.clone(), screen(&room, 2));
    assert_eq!(press(&mut room, 1, "q"), Effect::Nothing);
    assert!(text(&screen(&room, 1)).contains("learn numerical optimization") || room.viewers[&1].notice.is_some());
    assert!(room.session_of(1).sitting.is_none());
    assert_eq!(text(&screen(&room, 2)), text(&other), "nobody else is sent home");
    press(&mut room, 2, "<enter>");
    assert!(room.session_of(1).sitting.is_none(), "and nobody is fetched from there");
    // Another lesson is opened alone, the same one together.
    press(&mut room, 1, "/ saddle-point <enter> <enter> <right>");
    assert_eq!(room.session_of(1).sitting.as_ref().unwrap().lesson.id, "saddle-point");
    assert_eq!(room.session_of(2).sitting.as_ref().unwrap().lesson.id, id);
    press(&mut room, 1, &format!("q / <esc> / {id} <enter> <enter>"));
    assert!(room.viewers[&1].notice.as_ref().unwrap().contains("with the others again"));
    press(&mut room, 1, "G G");
    assert_eq!(text(&screen(&room, 1)), text(&fresh(&room, 1)));
    // The last one goes home with the session.
    room.leave(1);
    press(&mut room, 2, "q");
    assert!(room.session.sitting.is_none());
}

/// A map of basins is sought by who looks; it holds up nobody else, and only the one who looks hears of it.
#[test]
fn a_search_for_a_picture_locks_only_the_one_who_looks() {
    let mut room = room(lesson("start-matters"), 2);
    press(&mut room, 1, "L E");
    for _ in 0..9 {
        room.press(2, Key::char('v'));
        if room.viewers[&2].search.is_some() {
            break;
        }
    }
    assert!(room.viewers[&2].search.is_some(), "{:?}", room.viewers[&2].notice);
    let before = room.session.sitting.as_ref().unwrap().cursor;
    room.press(1, Key::LEFT);
    assert_ne!(room.session.sitting.as_ref().unwrap().cursor, before);
    room.press(2, Key::LEFT);
    assert!(room.viewers[&2].notice.as_ref().unwrap().contains("Esc stops it"));
    while room.work_on() {}
    assert!(room.viewers[&2].notice.as_ref().unwrap().contains("Each start has the letter"));
    assert!(room.viewers[&1].notice.is_none());
}

/// A small generator, so that a failure can be repeated.
struct Roll(u64);

impl Roll {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % count as u64) as usize
    }
}

/// What lies on top for a viewer, after others have led the session to another moment: a sheet, or nothing.
fn after_others(top: OnTop) -> OnTop {
    let is_sheet = matches!(top.layer, Layer::Help(_) | Layer::Terms { .. });
    let bare = Viewer::new(top.size, top.look);
    if is_sheet { Viewer { layer: top.layer, ..bare } } else { bare }
}

/// After each key every screen is that of a viewer who was brought to the same place by hand: with the same eyes, with what
/// they opened since the session came to its moment, and with nothing else. What reaches one alone is seen by one alone.
#[test]
fn random_keys_of_many_leave_each_with_the_screen_of_one_who_just_came() {
    let keys: Vec<Key> = rows().map(|row| row.key).filter(|key| !["q", "<ctrl-c>"].contains(&&*key.token())).collect();
    let often = script("<right> <right> <right> <enter> 1 2 n h w e").unwrap();
    for (walk, (id, _)) in library::SHIPPED.iter().enumerate() {
        let (count, mut roll) = (2 + walk % 3, Roll(walk as u64 + 1));
        let mut room = room(lesson(id), count);
        let mut tops: Vec<OnTop> = (1..=count).map(|who| room.viewers[&who].clone()).collect();
        let mut pressed = Vec::new();
        for _ in 0..90 {
            let who = 1 + roll.below(count);
            let key = match &often[roll.below(often.len())].input {
                Input::Key(key) if roll.below(2) == 0 => *key,
                _ => keys[roll.below(keys.len())],
            };
            pressed.push(format!("{who}: {}", key.token()));
            let act = dispatch(&room.session, &room.viewers[&who], key)
                .and_then(|message| permit(message, &room.session, &room.viewers[&who]).ok());
            let is_private = act.is_none_or(|act| act.reach() == Audience::Private);
            let others = |room: &Classroom| -> Vec<Buffer> {
                (1..=count).filter(|other| *other != who).map(|other| screen(room, other)).collect()
            };
            let (before, moment) = (is_private.then(|| others(&room)), room.session.moment());
            room.press(who, key);
            while room.work_on() {}
            if let Some(before) = before {
                assert!(before == others(&room), "{id}: a private key is seen by another: {}", pressed.join(" "));
            }
            for other in 1..=count {
                if other == who {
                    tops[other - 1] = room.viewers[&other].clone();
                } else {
                    if room.session.moment() != moment {
                        tops[other - 1] = after_others(tops[other - 1].clone());
                    }
                    if !is_private {
                        // Words at the end of long work are for all; what was said before is gone.
                        tops[other - 1].notice.clone_from(&room.viewers[&who].notice.clone().filter(|_| {
                            room.viewers[&other].notice.is_some()
                                && room.viewers[&other].notice == room.viewers[&who].notice
                        }));
                    }
                }
                let expected = drawn(&room.session, &eyes(&room.viewers[&other], &tops[other - 1]));
                let found = screen(&room, other);
                assert_eq!(text(&found), text(&expected), "{id}, viewer {other}: {}", pressed.join(" "));
                assert!(found == expected, "{id}, viewer {other}: the colours differ: {}", pressed.join(" "));
            }
        }
    }
}
