//! Forward, back, go to and fork, at random: the same place always shows the same screen, cell for cell.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::collections::BTreeMap;

use downhill::app::key::press::script;
use downhill::app::look::appearance::Look;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;
use downhill::lesson::schema::Grain;
use ratatui::buffer::Buffer;

/// A lesson whose pages compare two scenarios.
const COMPARE: &str = include_str!("../sound/compare.toml");

/// The shipped lessons, and one that compares.
fn lessons() -> impl Iterator<Item = &'static str> {
    library::SHIPPED.iter().map(|(id, _)| *id).chain(["compare"])
}

/// A lesson at 80×24 whose questions lock nobody, with a rival kept from the start.
fn opened(id: &str) -> Headless {
    let lesson = if id == "compare" { study(id, COMPARE).lesson.unwrap() } else { library::open(id).unwrap() };
    let mut sitting = Sitting::open(lesson).unwrap();
    sitting.is_unlocked = true;
    sitting.grain = Some(Grain::SubStep);
    let mut headless = Headless::new(Session::single(sitting), (80, 24), Look::default());
    press(&mut headless, "k");
    headless
}

fn press(headless: &mut Headless, keys: &str) {
    headless.play(&script(keys).unwrap());
}

/// The page and the cursor: all that may decide what is seen, as long as nothing is forked.
fn place(headless: &Headless) -> (usize, usize, usize) {
    let sitting = headless.session().sitting.as_ref().unwrap();
    (sitting.page, sitting.cursor.t, sitting.cursor.beat)
}

fn sitting(headless: &Headless) -> &Sitting {
    headless.session().sitting.as_ref().unwrap()
}

/// The same cells, letters and colours; the letters are shown if they differ.
fn same(found: &Buffer, expected: &Buffer, at: &str) {
    assert_eq!(text(found), text(expected), "{at}");
    assert!(found == expected, "{at}: the letters agree, the colours do not");
}

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[test]
fn twenty_beats_forward_and_back_are_as_if_nothing_was() {
    for id in lessons() {
        let mut headless = opened(id);
        // The notice of `k` goes with the next key.
        press(&mut headless, "<right> <left>");
        let mut seen: Vec<Buffer> = vec![headless.screen()];
        for _ in 0..20 {
            press(&mut headless, "<right>");
            seen.push(headless.screen());
        }
        assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{id}: every beat shows something new");
        for expected in seen.iter().rev().skip(1) {
            press(&mut headless, "<left>");
            same(&headless.screen(), expected, &format!("{id} at {:?}", place(&headless)));
        }
    }
}

#[test]
fn the_same_place_shows_the_same_screen_whatever_the_way() {
    const KEYS: [&str; 9] =
        ["<right>", "<right>", "<left>", "<enter>", "<bs>", "g 3 <enter>", "g 1 2 <enter>", "r", "g 0 <enter>"];
    for id in lessons() {
        for seed in 0..6 {
            let mut dice = Dice(seed);
            let mut headless = opened(id);
            let pages = sitting(&headless).lesson.pages.len();
            for _ in 0..dice.roll(pages) {
                press(&mut headless, "n");
            }
            press(&mut headless, "k <right> <left>");
            let page = place(&headless).0;
            // What was told of a question is more than its place.
            let told = |headless: &Headless| (place(headless), sitting(headless).is_outcome_seen());
            let mut seen: BTreeMap<((usize, usize, usize), bool), Buffer> = BTreeMap::new();
            for _ in 0..120 {
                press(&mut headless, KEYS[dice.roll(KEYS.len())]);
                // A refusal has its own line, and another page is another walk.
                let has_notice = headless.viewer().notice.is_some();
                if place(&headless).0 != page {
                    break;
                }
                if has_notice {
                    continue;
                }
                let screen = headless.screen();
                let first = seen.entry(told(&headless)).or_insert_with(|| screen.clone());
                same(&screen, first, &format!("{id}, seed {seed}, at {:?}", place(&headless)));
            }
        }
    }
}

#[test]
fn a_fork_shares_its_past_and_leaves_rivals_alone() {
    for id in lessons() {
        for seed in 0..4 {
            let mut dice = Dice(100 + seed);
            let mut headless = opened(id);
            press(&mut headless, &"<enter> ".repeat(1 + dice.roll(4)));
            let before = sitting(&headless).clone();
            let t = before.cast.runs[0].iteration();
            if before.cast.runs[0].peek().is_err() {
                continue;
            }
            press(&mut headless, "e <right> f");
            let after = sitting(&headless);
            assert_eq!(after.cursor.t, t, "{id}");
            assert_eq!(after.cast.runs[0].past(), before.cast.runs[0].past(), "{id}: the past is shared");
            assert_ne!(after.cast.runs[0].method(), before.cast.runs[0].method(), "{id}: the method is another");
            for (rival, old) in after.cast.runs.iter().zip(&before.cast.runs).skip(1) {
                assert_eq!(rival.past(), old.past());
                assert_eq!(rival.method(), old.method());
            }
            // Forward and back over the fork changes nothing.
            let shown = headless.screen();
            press(&mut headless, "<enter> <enter> g");
            press(&mut headless, &format!("{t} <enter>"));
            same(&headless.screen(), &shown, &format!("{id}, seed {seed}"));
        }
    }
}
