//! What a student sees, at the sizes and in the glyphs that students have: snapshots to be read.
#![expect(clippy::panic, reason = "a lesson that cannot be opened is a failure")]

use std::fmt::Write as _;

use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Code, Key, script};
use downhill::app::look::appearance::{Depth, Glyphs, Ground, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::{Layer, Viewer};
use downhill::export::palette::rgb;
use downhill::export::svg::Paper;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions::draw;
use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::accepted::{Variant, difference, folder};

/// The screen of a lesson (or of the list) after some keys: the letters to read, and a hash of the styles under them.
fn screen(lesson: &str, size: (u16, u16), glyphs: Glyphs, keys: &str) -> String {
    let opened = |lesson| Sitting::open(lesson).unwrap_or_else(|error| panic!("{error}"));
    let session = match lesson {
        "" => Session::home(),
        "panels" => Session::single(study("panels", PANELS).lesson.map_or_else(|| panic!("panels.toml"), opened)),
        "kinds" => Session::single(study("kinds", KINDS).lesson.map_or_else(|| panic!("kinds.toml"), opened)),
        "compare" => Session::single(study("compare", COMPARE).lesson.map_or_else(|| panic!("compare.toml"), opened)),
        "slices" => Session::single(study("slices", SLICES).lesson.map_or_else(|| panic!("slices.toml"), opened)),
        _ => Session::single(library::open(lesson).map_or_else(|error| panic!("{error}"), opened)),
    };
    let mut room = Headless::new(session, size, Look { glyphs, ..Look::default() });
    room.play(&script(keys).unwrap_or_else(|error| panic!("{error}")));
    let cells = room.screen();
    format!("{}\nstyles {:016x}\n", text(&cells), styles(&cells))
}

/// A page for each panel that the shipped lessons do not need yet.
const PANELS: &str = include_str!("../panels/panels.toml");
/// A run of a million steps.
const LONG: &str = include_str!("../terminal/long.toml");
/// A page for each kind of question.
const KINDS: &str = include_str!("../questions/kinds.toml");
/// A page for each kind of slice.
const SLICES: &str = include_str!("../sound/slices.toml");

/// FNV-1a over the styles of all cells.
fn styles(cells: &Buffer) -> u64 {
    let mut written = String::new();
    for cell in &cells.content {
        let _ = write!(written, "{:?}{:?}{:?}", cell.fg, cell.bg, cell.modifier);
    }
    written
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Pages that show two scenarios side by side.
const COMPARE: &str = include_str!("../sound/compare.toml");

/// Trial 4 of the first search, its prediction answered and sealed.
const TRIAL: &str = "<right> 3 <right> <right> <right> <right> 2 <right>";

/// The sizes at which students sit, from the one that most have to the smallest that shows anything.
const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (60, 20), (36, 10)];

/// At which sizes a screen is accepted. All are drawn.
#[derive(Clone, Copy)]
enum At {
    /// 80×24, which most have.
    Usual,
    /// Each of the four: this screen stands for all of its layout.
    All,
}
use At::{All, Usual};

/// Its name and that of its file, the lesson, the keys that lead there, and where it is accepted.
type Screen = (&'static str, &'static str, &'static str, At);

/// A screen that is added is a line in one of these tables; whoever accepts one reads it.
#[rustfmt::skip]
const SHIPPED: &[Screen] = &[
    ("question-open",  "backtracking", "<right>",                            Usual),
    ("outcome-wrong",  "backtracking", "<right> 1 <right>",                  Usual),
    ("curvature",      "saddle-point", "n",                                  All),
    ("progress",       "fixed-step",   "n n n n n 1 1 <right>",              Usual),
    ("numbers",        "fixed-step",   "<right> 2 <right>",                  Usual),
    ("settings",       "backtracking", "n n n n n n n n e",                  Usual),
    ("hint",           "backtracking", "n n n n n n n n h",                  Usual),
    ("why-card",       "backtracking", "n n n n n n n n w",                  Usual),
    ("goal-met",       "backtracking", "n n n n n n n n e 0.1 <enter> E",    Usual),
    ("help",           "backtracking", "?",                                  All),
    ("help-asked",     "backtracking", "<right> ?",                          Usual),
    ("ending",         "saddle-point", "n n n n L E",                        Usual),
    ("home",           "",             "",                                   All),
    ("home-returned",  "",             "/ saddle <enter> <enter> <right> q", Usual),
];

/// A number, a point, lines and cells, half answered.
#[rustfmt::skip]
const KINDS_OF_QUESTIONS: &[Screen] = &[
    ("kinds-number",   "kinds", "<right> 4",                      Usual),
    ("kinds-point",    "kinds", "n <right> <left> <left> <down>", Usual),
    ("kinds-order",    "kinds", "n n 2 5",                        Usual),
    ("kinds-table",    "kinds", "n n n 1 0.5 <space>",            All),
    ("kinds-solution", "kinds", "n n n n n E h h h h E",          Usual),
];

/// Four dimensions, cut in three ways; and a view of its own.
#[rustfmt::skip]
const MAPS: &[Screen] = &[
    ("slice-coordinates", "slices",       "<enter> <enter> <right>",             Usual),
    ("slice-eigen",       "slices",       "n <enter> <enter> <right>",           Usual),
    ("slice-path",        "slices",       "n n <enter> <enter> <right>",         Usual),
    ("looking",           "backtracking", "<right> o + + <up> <up> <left>",      Usual),
];

/// What is drawn beside what is printed: in the midst of a search, another panel (or, one at a time, the second map)
/// by Tab, and at the end of both runs.
#[rustfmt::skip]
const SIDE_BY_SIDE: &[Screen] = &[
    ("compare-trial", "compare", "<right> <right> <right>", All),
    ("compare-tab",   "compare", "<right> <tab>",           Usual),
    ("compare-ended", "compare", "n E",                     Usual),
];

#[rustfmt::skip]
const PANELS_SHOWN: &[Screen] = &[
    ("panel-theory",               "panels", "g 3 <enter> <enter> <left>",               Usual),
    ("panel-schedule",             "panels", "n g 1 2 <enter>",                          All),
    ("panel-curvature-momentum",   "panels", "n n g 3 <enter> <right> <right> <right>",  Usual),
    ("panel-numbers-momentum",     "panels", "n n <tab> g 3 <enter> <enter> <left>",     Usual),
    ("panel-numbers-adam",         "panels", "n n n <enter> <right> <right>",            Usual),
    ("panel-progress-bounds",      "panels", "n n n n g 2 0 <enter>",                    Usual),
    ("panel-progress-evaluations", "panels", "n n n n g 2 0 <enter> x <right>",          Usual),
    ("panel-table",                "panels", "n n n n n g 1 6 <enter> <right> <right>",  All),
    ("panel-section",              "panels", "n n n n n n <right> <right> <right>",      Usual),
    ("panel-three-beside",         "panels", "n n n n n n n g 6 <enter> <tab>",          All),
    ("panel-zoomed",               "panels", "n n n n n n n g 6 <enter> <tab> <tab> <tab> z", Usual),
    ("panel-alone",                "panels", "n n n n n n n n g 6 <enter>",              Usual),
];

#[rustfmt::skip]
const SCREENS: &[Screen] = &[
    ("curve-open",           "bracket-and-pinpoint", "<right>",                                 All),
    ("curve-trials",         "bracket-and-pinpoint", "<right> 2 <right> <right> <right>",       All),
    ("curve-model",          "bracket-and-pinpoint", "L <enter>",                               Usual),
    ("overlay-1-field",      "fixed-step",           "L <enter> v",                             Usual),
    ("overlay-2-eigen",      "fixed-step",           "L <enter> v v",                           Usual),
    ("overlay-3-model",      "fixed-step",           "L <enter> v v v",                         Usual),
    ("overlay-4-look-ahead", "panels",               "n n <enter> <enter> . . <right> <right> v v v v", Usual),
    ("overlay-5-half-plane", "fixed-step",           "L <enter> <right> v v v v v",             Usual),
    ("overlay-6-basins",     "start-matters",        "L <enter> v v v v v v",                   Usual),
    ("overlay-7-fog",        "fixed-step",           "L <enter> <enter> v v v v v v v",         Usual),
    ("goal",                 "armijo-rule",          "n n n n n n",                             Usual),
    ("goal-met-armijo",      "armijo-rule",          "n n n n n n e 0.5 <enter> E",             Usual),
    ("goal-missed",          "armijo-rule",          "n n n n n n E",                           Usual),
    ("hints",                "armijo-rule",          "n n n n n n h h",                         All),
    ("why",                  "armijo-rule",          "n n n n <right> 2 <right> w",             Usual),
    ("settings-typed",       "armijo-rule",          "n n n n n n e 0.5",                       All),
    ("settings-fault",       "armijo-rule",          "n n n n n n e 5 <enter>",                 Usual),
    ("placing",              "backtracking",         "<right> 3 <right> e m <right>",           Usual),
    ("terms",                "backtracking",         "t",                                       Usual),
    ("terms-filtered",       "backtracking",         "t w o l f e",                             Usual),
    ("home-filter",          "",                     "/ s a d d l e",                           Usual),
    ("confidence",           "iterative-descent",    "n n n n <right> 1",                       Usual),
    ("go-to",                "backtracking",         "n <right> g 1 2",                         Usual),
    ("reopen",               "backtracking",         "n <right> y",                             Usual),
    ("pair",                 "backtracking",         "n <right> P A d a",                       Usual),
    ("sandbox",              "",                     "s",                                       Usual),
    ("sandbox-fault",        "",                     "s <f1> <right> + * <enter>",              Usual),
    ("off-map",              "backtracking",         "<right> 3 <right>",                       Usual),
];

/// Draws a screen at every size in both sets of letters, holds that ASCII is ASCII, and gives what a file has of it: each
/// size of `at` in Braille, and 80×24 in ASCII.
fn variants(at: At, screen: impl Fn((u16, u16), Glyphs) -> String) -> Vec<Variant> {
    let mut kept = Vec::new();
    for size in SIZES {
        let heading = |letters: &str| format!("{}x{} {letters}", size.0, size.1);
        let ascii = screen(size, Glyphs::Ascii);
        assert!(ascii.is_ascii(), "{ascii}");
        let is_usual = size == (80, 24);
        if is_usual || matches!(at, All) {
            kept.push((heading("braille"), screen(size, Glyphs::Braille)));
        }
        kept.extend(is_usual.then(|| (heading("ascii"), ascii)));
    }
    kept
}

/// Holds that all screens of a table are accepted.
#[track_caller]
fn are_accepted(screens: &[Screen]) {
    let differ = |(name, lesson, keys, at): &Screen| {
        let lesson_or_home = if lesson.is_empty() { "the list of lessons" } else { lesson };
        let about = format!("{lesson_or_home}: {keys}");
        difference(
            name,
            about.trim_end_matches([':', ' ']),
            &variants(*at, |size, glyphs| screen(lesson, size, glyphs, keys)),
        )
    };
    let told: Vec<String> = screens.iter().filter_map(differ).collect();
    assert!(told.is_empty(), "{}\nUPDATE=1 cargo test --test screens accepts what is seen", told.join("\n"));
}

#[test]
fn a_trial_shows_its_numbers_at_every_size() {
    for (size, glyphs) in SIZES.into_iter().flat_map(|size| [(size, Glyphs::Braille), (size, Glyphs::Ascii)]) {
        let seen = screen("backtracking", size, glyphs, TRIAL);
        // α, φ(α), the bound, the margin and the verdict; the smallest screen has the sentence alone.
        assert!(seen.contains("0.125") && seen.contains("243.1") && seen.contains("215"), "{seen}");
        if size.0 >= 60 {
            assert!(seen.contains("28.1") && seen.contains(if glyphs == Glyphs::Ascii { "no" } else { "✗" }));
        }
        assert!(seen.contains("shrink"), "the story names the next sub-step:\n{seen}");
    }
    are_accepted(&[("backtracking-trial", "backtracking", TRIAL, All)]);
}

#[test]
fn the_panels_on_lessons_that_need_them() {
    are_accepted(SHIPPED);
}

#[test]
fn every_kind_of_question_at_every_size() {
    are_accepted(KINDS_OF_QUESTIONS);
}

#[test]
fn the_map_shows_slices_and_what_one_looks_at() {
    are_accepted(MAPS);
}

#[test]
fn two_scenarios_stand_side_by_side() {
    are_accepted(SIDE_BY_SIDE);
}

#[test]
fn every_panel_at_every_size() {
    are_accepted(PANELS_SHOWN);
}

#[test]
fn every_further_screen() {
    are_accepted(SCREENS);
}

/// What the headless room does not come to: a run that goes on, and the word of welcome of the very first start.
const ROOMS: [&str; 2] = ["work", "welcome"];

#[test]
fn a_run_that_goes_on_and_a_word_of_welcome() {
    let opened = |lesson| Sitting::open(lesson).unwrap_or_else(|error| panic!("{error}"));
    let working = |size, glyphs| {
        let lesson = study("long", LONG).lesson.map_or_else(|| panic!("long.toml"), opened);
        let mut room = Classroom::new(Session::single(lesson));
        let id = room.join(size, Look { glyphs, ..Look::default() });
        room.press(id, Key::char('E'));
        seen(&room.session, &room.viewers[&id])
    };
    let welcoming = |size, glyphs| {
        let mut room = Classroom::new(Session::home());
        let id = room.join(size, Look { glyphs, ..Look::default() });
        room.press(id, Key::plain(Code::Enter));
        let welcomed = Viewer { layer: Layer::Welcome, ..room.viewers[&id].clone() };
        let seen = seen(&room.session, &welcomed);
        // The card says that q leads to all lessons: so it does, at once.
        room.viewers.insert(id, welcomed);
        room.press(id, Key::char('C'));
        assert_eq!(room.viewers[&id].notice.as_deref(), Some("16 colours now. C: none."));
        room.viewers.values_mut().for_each(|viewer| viewer.layer = Layer::Welcome);
        room.press(id, Key::char('q'));
        assert!(room.session.sitting.is_none() && matches!(room.viewers[&id].layer, Layer::Run));
        seen
    };
    let [work, welcome] = ROOMS;
    assert_eq!(difference(work, "a run that goes on: E", &variants(Usual, working)), None);
    assert_eq!(difference(welcome, "the very first start: <enter>", &variants(Usual, welcoming)), None);
}

/// No file is left of a screen that is drawn no more.
#[test]
fn every_accepted_file_is_of_a_screen() {
    let tables = [SHIPPED, KINDS_OF_QUESTIONS, MAPS, SIDE_BY_SIDE, PANELS_SHOWN, SCREENS];
    let mut known: Vec<&str> = tables.into_iter().flatten().map(|(name, ..)| *name).chain(ROOMS).collect();
    known.push("backtracking-trial");
    for entry in std::fs::read_dir(folder()).unwrap_or_else(|error| panic!("{error}")) {
        let path = entry.unwrap_or_else(|error| panic!("{error}")).path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let is_known = path.file_stem().is_some_and(|stem| known.iter().any(|name| stem == *name));
            assert!(is_known, "{} is of no screen: take it away", path.display());
        }
    }
}

fn seen(session: &Session, viewer: &Viewer) -> String {
    let mut cells = Buffer::empty(Rect::new(0, 0, viewer.size.0, viewer.size.1));
    draw(session, viewer, &mut Memo::default(), &mut cells);
    format!("{}\nstyles {:016x}\n", text(&cells), styles(&cells))
}

#[test]
fn x_switches_the_axis_where_there_is_one() {
    let seen = |size: (u16, u16), keys: &str| screen("panels", size, Glyphs::Braille, keys);
    let at_progress = "n n n n g 5 <enter>";
    assert!(seen((80, 24), &format!("{at_progress} x")).contains("now counts the evaluations of f"));
    assert!(seen((80, 24), &format!("{at_progress} x <left>")).contains("against f-evaluations"));
    assert!(seen((80, 24), &format!("{at_progress} x x <left>")).contains("f − f* against t"));
    assert!(seen((80, 24), "x").contains("which this page does not show"));
    assert!(seen((80, 24), "n n n n n n n x").contains("Tab brings it to the screen"));
    assert!(seen((80, 24), "n n n n n n n <tab> <tab> x").contains("now counts"));
    assert!(seen((36, 10), &format!("{at_progress} x")).contains("too small"));
}

/// Tab walks all panels of a page, the map too; the title says where it is, and the frame in focus is heavier.
#[test]
fn tab_and_zoom_work_in_every_layout() {
    let page = "n n n n n n n ";
    for (size, count) in [((80, 24), 6), ((60, 20), 6), ((120, 40), 6)] {
        let mut titles = Vec::new();
        for tabs in 0..6 {
            let keys = format!("{page}{}", "<tab> ".repeat(tabs));
            let seen = screen("panels", size, Glyphs::Braille, &keys);
            assert!(seen.contains(&format!("panel {}/{count}", tabs + 1)), "{seen}");
            assert_eq!(seen.matches('┏').count(), usize::from(size.0 >= 72), "one frame stands out\n{seen}");
            let zoomed = screen("panels", size, Glyphs::Braille, &format!("{keys} z"));
            let frame = zoomed.lines().nth(1).unwrap_or_default().to_owned();
            titles.push(frame.chars().take(12).collect::<String>());
        }
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), 6, "each panel can be enlarged: {titles:?}");
    }
    let two = screen("panels", (80, 24), Glyphs::Braille, "n n n n n n n n n");
    assert!(two.contains("Numbers") && two.contains("f − f*"), "two panels without a map stand side by side\n{two}");
}

/// No question, no settings, nothing typed: every size down to one cell is drawn, and nothing is drawn outside.
#[test]
fn every_size_is_drawn() {
    for (lesson, keys) in [
        ("panels", "n n n n n n n g 6 <enter>"),
        ("", ""),
        ("backtracking", TRIAL),
        ("fixed-step", "n n n n n e"),
        ("saddle-point", "?"),
        ("backtracking", "h"),
    ] {
        for columns in [1, 2, 3, 7, 19, 20, 39, 40, 41, 59, 72, 119, 120, 220] {
            for rows in [1, 2, 3, 5, 11, 12, 17, 23, 36, 70] {
                // The letters in turn: each width and each height has both.
                let glyphs = if (columns / 2 + rows / 2) % 2 == 0 { Glyphs::Braille } else { Glyphs::Ascii };
                screen(lesson, (columns, rows), glyphs, keys);
            }
        }
    }
}

/// The cells of a lesson in the middle of a search, on a terminal that shows so much.
fn cells(look: Look, keys: &str) -> Buffer {
    let sitting = library::open("backtracking").and_then(Sitting::open).unwrap_or_else(|error| panic!("{error}"));
    let mut room = Headless::new(Session::single(sitting), (80, 24), look);
    room.play(&script(&format!("{TRIAL} {keys}")).unwrap_or_else(|error| panic!("{error}")));
    room.screen()
}

const DEPTHS: [Depth; 4] = [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True];

/// The table of what terminals can show: no colour where there is none, the sixteen where there are sixteen, and a
/// ground between the lines only where it is dark and colours are many.
#[test]
fn a_terminal_gets_only_the_colours_that_it_has() {
    for (depth, ground) in DEPTHS.into_iter().flat_map(|depth| [(depth, Ground::Dark), (depth, Ground::Light)]) {
        let cells = cells(Look { depth, ground, ..Look::default() }, "");
        let colours = || cells.content.iter().flat_map(|cell| [cell.fg, cell.bg]);
        let has = |wanted: fn(&Color) -> bool| colours().any(|colour| wanted(&colour));
        let (indexed, exact) =
            (has(|colour| matches!(colour, Color::Indexed(_))), has(|colour| matches!(colour, Color::Rgb(..))));
        let plain = colours().all(|colour| colour == Color::Reset);
        let is_grounded = cells.content.iter().any(|cell| cell.bg != Color::Reset);
        let about = format!("{depth:?} on {ground:?}");
        assert_eq!(plain, depth == Depth::None, "{about}");
        assert_eq!(exact, depth == Depth::True && ground == Ground::Dark, "{about}");
        assert_eq!(indexed, matches!(depth, Depth::Indexed | Depth::True), "{about}");
        assert_eq!(is_grounded, ground == Ground::Dark && depth != Depth::None && depth != Depth::Sixteen, "{about}");
    }
    let ramp: std::collections::BTreeSet<u8> = cells(Look::default(), "")
        .content
        .iter()
        .filter_map(|cell| if let Color::Indexed(index) = cell.bg { Some(index) } else { None })
        .collect();
    assert!(ramp.iter().all(|index| matches!(index, 232..=243 | 58 | 64 | 94 | 136)), "{ramp:?}");
}

/// How far two colours are apart: 1 for none, 21 for black on white (WCAG 2, relative luminance).
fn contrast(cell: &Cell, paper: Paper) -> f64 {
    let light = |colour: [u8; 3]| -> f64 {
        let part = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
    };
    let (one, other) = (light(rgb(cell.fg).unwrap_or(paper.ink)), light(rgb(cell.bg).unwrap_or(paper.ground)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Whatever is written can be read, on dark and on light ground.
#[test]
fn everything_stands_out_from_its_ground() {
    for (depth, ground) in DEPTHS.into_iter().flat_map(|depth| [(depth, Ground::Dark), (depth, Ground::Light)]) {
        let paper = if ground == Ground::Dark { Paper::DARK } else { Paper::LIGHT };
        let cells = cells(Look { depth, ground, ..Look::default() }, "");
        for (index, cell) in cells.content.iter().enumerate().filter(|(_, cell)| cell.symbol().trim() != "") {
            let is_faint = cell.modifier.contains(Modifier::DIM);
            let (x, y) = cells.pos_of(index);
            let found = contrast(cell, paper);
            assert!(
                is_faint || found >= 2.5,
                "{depth:?} on {ground:?}: {:?} at {x}, {y} is {:?} on {:?}: {found:.2}",
                cell.symbol(),
                cell.fg,
                cell.bg
            );
        }
    }
}

/// `G` and `C` change what one viewer sees, round and round.
#[test]
fn letters_and_colours_change_by_key() {
    let ascii = |keys: &str| text(&cells(Look::default(), keys)).is_ascii();
    assert!(!ascii("") && ascii("G") && !ascii("G G"));
    let kind = |keys: &str| {
        let cells = cells(Look::default(), keys);
        let any = |wanted: fn(&Color) -> bool| cells.content.iter().any(|cell| wanted(&cell.fg) || wanted(&cell.bg));
        if any(|colour| matches!(colour, Color::Rgb(..))) {
            Depth::True
        } else if any(|colour| matches!(colour, Color::Indexed(_))) {
            Depth::Indexed
        } else if any(|colour| *colour != Color::Reset) {
            Depth::Sixteen
        } else {
            Depth::None
        }
    };
    for (keys, depth) in [
        ("", Depth::Indexed),
        ("C", Depth::Sixteen),
        ("C C", Depth::None),
        ("C C C", Depth::True),
        ("C C C C", Depth::Indexed),
    ] {
        assert_eq!(kind(keys), depth, "{keys}");
    }
}
