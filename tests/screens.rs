//! What a student sees, at the sizes and in the glyphs that students have: snapshots to be read.
#![expect(clippy::panic, reason = "a lesson that cannot be opened is a failure")]

use std::fmt::Write as _;

use downhill::app::classroom::Classroom;
use downhill::app::key::{Code, Key, script};
use downhill::app::look::{Depth, Glyphs, Ground, Look};
use downhill::app::session::Session;
use downhill::app::sitting::Sitting;
use downhill::app::viewer::{Layer, Viewer};
use downhill::export::palette::rgb;
use downhill::export::svg::Paper;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::read::study;
use downhill::view::memo::Memo;
use downhill::view::screen::draw;
use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

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
const PANELS: &str = include_str!("panels/panels.toml");
/// A run of a million steps.
const LONG: &str = include_str!("terminal/long.toml");
/// A page for each kind of question.
const KINDS: &str = include_str!("questions/kinds.toml");
/// A page for each kind of slice.
const SLICES: &str = include_str!("sound/slices.toml");

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
const COMPARE: &str = include_str!("sound/compare.toml");

/// Trial 4 of the first search, its prediction answered and sealed.
const TRIAL: &str = "<right> 3 <right> <right> <right> <right> 2 <right>";

#[test]
fn a_trial_shows_its_numbers_at_every_size() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20), (36, 10)] {
        for (glyphs, name) in [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")] {
            let seen = screen("backtracking", (columns, rows), glyphs, TRIAL);
            if glyphs == Glyphs::Ascii {
                assert!(seen.is_ascii(), "{seen}");
            }
            // α, φ(α), the bound, the margin and the verdict; the smallest screen has the sentence alone.
            assert!(seen.contains("0.125") && seen.contains("243.1") && seen.contains("215"), "{seen}");
            if columns >= 60 {
                assert!(seen.contains("28.1") && seen.contains(if glyphs == Glyphs::Ascii { "no" } else { "✗" }));
            }
            assert!(seen.contains("shrink"), "the story names the next sub-step:\n{seen}");
            insta::assert_snapshot!(format!("backtracking-trial-{columns}x{rows}-{name}"), seen);
        }
    }
}

#[test]
fn the_panels_on_lessons_that_need_them() {
    for (name, lesson, keys) in [
        ("question-open", "backtracking", "<right>"),
        ("outcome-wrong", "backtracking", "<right> 1 <right>"),
        ("curvature", "saddle-point", "n"),
        ("progress", "fixed-step", "n n n n n 1 1 <right>"),
        ("numbers", "fixed-step", "<right> 2 <right>"),
        ("settings", "backtracking", "n n n n n n n n e"),
        ("hint", "backtracking", "n n n n n n n n h"),
        ("why-card", "backtracking", "n n n n n n n n w"),
        ("goal-met", "backtracking", "n n n n n n n n e 0.1 <enter> E"),
        ("help", "backtracking", "?"),
        ("help-asked", "backtracking", "<right> ?"),
        ("ending", "saddle-point", "n n n n L E"),
    ] {
        insta::assert_snapshot!(name, screen(lesson, (80, 24), Glyphs::Braille, keys));
    }
    insta::assert_snapshot!("home", screen("", (80, 24), Glyphs::Braille, ""));
    insta::assert_snapshot!("home-filter", screen("", (80, 24), Glyphs::Braille, "/ saddle <enter> <enter> <right> q"));
    insta::assert_snapshot!("home-ascii-120x40", screen("", (120, 40), Glyphs::Ascii, "<down>"));
}

/// A number, a point, lines and cells, half answered.
#[test]
fn every_kind_of_question_at_every_size() {
    for (name, keys) in [
        ("number", "<right> 4"),
        ("point", "n <right> <left> <left> <down>"),
        ("order", "n n 2 5"),
        ("table", "n n n 1 0.5 <space>"),
        ("solution", "n n n n n E h h h h E"),
    ] {
        for (columns, rows) in [(80, 24), (120, 40), (60, 20), (36, 10)] {
            for (glyphs, set) in [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")] {
                let seen = screen("kinds", (columns, rows), glyphs, keys);
                assert!(glyphs == Glyphs::Braille || seen.is_ascii(), "{seen}");
                insta::assert_snapshot!(format!("kinds-{name}-{columns}x{rows}-{set}"), seen);
            }
        }
    }
}

/// Four dimensions, cut in three ways; and a view of its own.
#[test]
fn the_map_shows_slices_and_what_one_looks_at() {
    for (name, glyphs) in [("braille", Glyphs::Braille), ("ascii", Glyphs::Ascii)] {
        for (number, slice) in ["coordinates", "eigen", "path"].into_iter().enumerate() {
            let keys = format!("{} <enter> <enter> <right>", "n ".repeat(number));
            let seen = screen("slices", (80, 24), glyphs, &keys);
            insta::assert_snapshot!(format!("slice-{slice}-{name}"), seen);
        }
        let seen = screen("backtracking", (80, 24), glyphs, "<right> o + + <up> <up> <left>");
        insta::assert_snapshot!(format!("looking-{name}"), seen);
    }
}

/// What is drawn beside what is printed: in the midst of a search, another panel (or, one at a time, the second map)
/// by Tab, and at the end of both runs.
#[test]
fn two_scenarios_stand_side_by_side() {
    for (name, keys) in [("trial", "<right> <right> <right>"), ("tab", "<right> <tab>"), ("ended", "n E")] {
        for (columns, rows) in [(80, 24), (120, 40), (60, 20), (36, 10)] {
            for (glyphs, style) in [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")] {
                let seen = screen("compare", (columns, rows), glyphs, keys);
                assert!(glyphs == Glyphs::Braille || seen.is_ascii(), "{seen}");
                insta::assert_snapshot!(format!("compare-{name}-{columns}x{rows}-{style}"), seen);
            }
        }
    }
}

#[test]
fn every_panel_at_every_size() {
    for (name, keys) in [
        ("theory", "g 3 <enter> <enter> <left>"),
        ("schedule", "n g 1 2 <enter>"),
        ("curvature-momentum", "n n g 3 <enter> <right> <right> <right>"),
        ("numbers-momentum", "n n <tab> g 3 <enter> <enter> <left>"),
        ("numbers-adam", "n n n <enter> <right> <right>"),
        ("progress-bounds", "n n n n g 2 0 <enter>"),
        ("progress-evaluations", "n n n n g 2 0 <enter> x <right>"),
        ("table", "n n n n n g 1 6 <enter> <right> <right>"),
        ("section", "n n n n n n <right> <right> <right>"),
        ("three-beside", "n n n n n n n g 6 <enter> <tab>"),
        ("zoomed", "n n n n n n n g 6 <enter> <tab> <tab> <tab> z"),
        ("alone", "n n n n n n n n g 6 <enter>"),
    ] {
        for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
            for (glyphs, style) in [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")] {
                let seen = screen("panels", (columns, rows), glyphs, keys);
                assert!(glyphs == Glyphs::Braille || seen.is_ascii(), "{seen}");
                insta::assert_snapshot!(format!("panel-{name}-{columns}x{rows}-{style}"), seen);
            }
        }
    }
}

/// The sizes at which students sit, from the one that most have to the smallest that shows anything.
const ALL: &[(u16, u16)] = &[(80, 24), (120, 40), (60, 20), (36, 10)];
/// Where the others are held elsewhere.
const SMALL: &[(u16, u16)] = &[(60, 20), (36, 10)];
const USUAL: &[(u16, u16)] = &[(80, 24)];
const USUAL_AND_SMALLEST: &[(u16, u16)] = &[(80, 24), (36, 10)];

type Screen = (&'static str, &'static str, &'static str, &'static [(u16, u16)]);

/// Every further screen: its name, the lesson, the keys that lead there, and the sizes at which it is looked at, each in
/// both sets of letters.
#[rustfmt::skip]
const SCREENS: &[Screen] = &[
    ("curve-open",           "bracket-and-pinpoint", "<right>",                                 ALL),
    ("curve-trials",         "bracket-and-pinpoint", "<right> 2 <right> <right> <right>",       ALL),
    ("curve-model",          "bracket-and-pinpoint", "L <enter>",                               ALL),
    ("overlay-1-field",      "fixed-step",           "L <enter> v",                             USUAL),
    ("overlay-2-eigen",      "fixed-step",           "L <enter> v v",                           USUAL),
    ("overlay-3-model",      "fixed-step",           "L <enter> v v v",                         USUAL),
    ("overlay-4-look-ahead", "panels",               "n n <enter> <enter> . . <right> <right> v v v v", USUAL),
    ("overlay-5-half-plane", "fixed-step",           "L <enter> <right> v v v v v",             USUAL),
    ("overlay-6-basins",     "start-matters",        "L <enter> v v v v v v",                   USUAL),
    ("overlay-7-fog",        "fixed-step",           "L <enter> <enter> v v v v v v v",         USUAL),
    ("panel-theory",         "panels",               "g 3 <enter> <enter> <left>",              SMALL),
    ("panel-schedule",       "panels",               "n g 1 2 <enter>",                         SMALL),
    ("panel-curvature",      "panels",               "n n g 3 <enter> <right> <right>",         SMALL),
    ("panel-numbers",        "panels",               "n n n <enter> <right> <right>",           SMALL),
    ("panel-progress",       "panels",               "n n n n g 2 0 <enter>",                   SMALL),
    ("curvature",            "saddle-point",         "n",                                       SMALL),
    ("numbers",              "fixed-step",           "<right> 2 <right>",                       SMALL),
    ("progress",             "fixed-step",           "n n n n n 1 1 <right>",                   SMALL),
    ("goal",                 "armijo-rule",          "n n n n n n",                             USUAL_AND_SMALLEST),
    ("goal-met",             "armijo-rule",          "n n n n n n e 0.5 <enter> E",             USUAL_AND_SMALLEST),
    ("goal-missed",          "armijo-rule",          "n n n n n n E",                           USUAL_AND_SMALLEST),
    ("hint",                 "armijo-rule",          "n n n n n n h h",                         USUAL_AND_SMALLEST),
    ("why",                  "armijo-rule",          "n n n n <right> 2 <right> w",             USUAL_AND_SMALLEST),
    ("settings",             "armijo-rule",          "n n n n n n e 0.5",                       USUAL_AND_SMALLEST),
    ("settings-fault",       "armijo-rule",          "n n n n n n e 5 <enter>",                 USUAL_AND_SMALLEST),
    ("placing",              "backtracking",         "<right> 3 <right> e m <right>",                USUAL_AND_SMALLEST),
    ("help",                 "armijo-rule",          "?",                                       USUAL_AND_SMALLEST),
    ("terms",                "backtracking",         "t",                                       USUAL_AND_SMALLEST),
    ("terms-filtered",       "backtracking",         "t w o l f e",                             USUAL_AND_SMALLEST),
    ("home",                 "",                     "",                                        USUAL_AND_SMALLEST),
    ("home-filter",          "",                     "/ s a d d l e",                           USUAL_AND_SMALLEST),
    ("confidence",           "iterative-descent",    "n n n n <right> 1",                       USUAL_AND_SMALLEST),
    ("go-to",                "backtracking",         "n <right> g 1 2",                         USUAL_AND_SMALLEST),
    ("reopen",               "backtracking",         "n <right> y",                             USUAL_AND_SMALLEST),
    ("pair",                 "backtracking",         "n <right> P A d a",                       USUAL_AND_SMALLEST),
    ("sandbox",              "",                     "s",                                       USUAL_AND_SMALLEST),
    ("sandbox-fault",        "",                     "s <f1> <right> + * <enter>",              USUAL_AND_SMALLEST),
    ("off-map",              "backtracking",         "<right> 3 <right>",                       USUAL_AND_SMALLEST),
    ("ending",               "saddle-point",         "n n n n L E",                             USUAL_AND_SMALLEST),
];

/// A screen that is added is a line above; whoever accepts one reads it.
#[test]
fn every_further_screen() {
    for (name, lesson, keys, sizes) in SCREENS {
        for (size, (glyphs, letters)) in sizes.iter().flat_map(|size| SETS.map(|set| (*size, set))) {
            let seen = screen(lesson, size, glyphs, keys);
            is_accepted(name, size, letters, &seen);
        }
    }
}

const SETS: [(Glyphs, &str); 2] = [(Glyphs::Braille, "braille"), (Glyphs::Ascii, "ascii")];

fn is_accepted(name: &str, (columns, rows): (u16, u16), letters: &str, seen: &str) {
    assert!(letters == "braille" || seen.is_ascii(), "{seen}");
    insta::assert_snapshot!(format!("all-{name}-{columns}x{rows}-{letters}"), seen);
}

/// What the headless room does not come to: a run that goes on, and the word of welcome of the very first start.
#[test]
fn a_run_that_goes_on_and_a_word_of_welcome() {
    for (size, (glyphs, letters)) in USUAL_AND_SMALLEST.iter().flat_map(|size| SETS.map(|set| (*size, set))) {
        let look = Look { glyphs, ..Look::default() };
        let opened = |lesson| Sitting::open(lesson).unwrap_or_else(|error| panic!("{error}"));
        let lesson = study("long", LONG).lesson.map_or_else(|| panic!("long.toml"), opened);
        let mut room = Classroom::new(Session::single(lesson));
        let id = room.join(size, look);
        room.press(id, Key::char('E'));
        is_accepted("work", size, letters, &seen(&room.session, &room.viewers[&id]));
        let mut room = Classroom::new(Session::home());
        let id = room.join(size, look);
        room.press(id, Key::plain(Code::Enter));
        let welcomed = Viewer { layer: Layer::Welcome, ..room.viewers[&id].clone() };
        is_accepted("welcome", size, letters, &seen(&room.session, &welcomed));
        // The card says that q leads to all lessons: so it does, at once.
        room.viewers.insert(id, welcomed);
        room.press(id, Key::char('C'));
        assert_eq!(room.viewers[&id].notice.as_deref(), Some("16 colours now. C: none."));
        room.viewers.values_mut().for_each(|viewer| viewer.layer = Layer::Welcome);
        room.press(id, Key::char('q'));
        assert!(room.session.sitting.is_none() && matches!(room.viewers[&id].layer, Layer::Run));
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
                for glyphs in [Glyphs::Braille, Glyphs::Ascii] {
                    screen(lesson, (columns, rows), glyphs, keys);
                }
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
