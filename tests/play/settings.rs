//! A learner changes settings, method, start and objective by keys: what is allowed happens, the rest is told why.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use downhill::app::key::press::script;
use downhill::app::look::appearance::{Glyphs, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::engine::rule::method::Half;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::course::library;
use downhill::lesson::file::read::read;
use downhill::lesson::made::sandbox;
use downhill::objective::function::Objective;
use downhill::objective::point::{Matrix, Point, Vector};
use downhill::objective::subject::Subject;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A lesson with one page, whose controls are these.
fn lesson(controls: &str) -> String {
    format!(
        "format = 1\ntitle = \"Try\"\n[scenario.bowl]\nobjective = {{ formula = \"10*x1^2 + x2^2/2\" }}\n\
         window = {{ x1 = [-10, 10], x2 = [-6, 24] }}\nstart = [2, 20]\n[[scenario.bowl.run]]\n\
         step_size = {{ rule = \"backtracking\" }}\n[[page]]\nscenario = \"bowl\"\ntext = \"Try.\"\n{controls}\n"
    )
}

fn room_of(session: Session, size: (u16, u16)) -> Headless {
    Headless::new(session, size, Look::default())
}

fn free(controls: &str) -> Headless {
    let (lesson, _) = read("try", &lesson(controls)).map_err(|_| "the lesson does not read").unwrap();
    room_of(Session::single(Sitting::open(lesson).unwrap()), (80, 24))
}

fn shipped(id: &str) -> Headless {
    room_of(Session::single(Sitting::open(library::open(id).unwrap()).unwrap()), (80, 24))
}

fn press(room: &mut Headless, keys: &str) {
    room.play(&script(keys).unwrap());
}

/// The screen as one line, frames and repeated blanks gone.
fn seen(room: &mut Headless) -> String {
    let shown = text(&room.screen());
    let words = shown.split(|letter: char| letter.is_whitespace() || "│┌┐└┘├┤─".contains(letter));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn sees(room: &mut Headless, keys: &str, words: &str) {
    press(room, keys);
    let shown = seen(room);
    assert!(shown.contains(words), "after `{keys}`: \"{words}\" is not seen\n{}", text(&room.screen()));
}

fn sitting(room: &Headless) -> &Sitting {
    room.session().sitting.as_ref().unwrap()
}

fn method(room: &Headless) -> (String, String) {
    let method = sitting(room).cast.runs[0].method();
    (method.name(Half::Direction), method.name(Half::StepSize))
}

fn get(room: &Headless, path: &str) -> toml::Value {
    sitting(room).cast.runs[0].method().get(path).unwrap()
}

#[test]
fn the_page_says_what_may_change() {
    sees(&mut free("controls = []"), "e", "This page has nothing to change.");
    let mut one = free("controls = [\"step_size.tau\"]");
    sees(&mut one, "e", "τ 0.5 shrinking factor");
    let shown = seen(&mut one);
    assert!(!shown.contains("direction steepest") && !shown.contains("of the start"), "{shown}");
    sees(&mut one, "m", "does not let the start move");
    let mut rule = free("controls = [\"step_size.rule\"]");
    sees(&mut rule, "e <left>", "step size diminishing was backtracking");
    assert!(!seen(&mut rule).contains("first step size"), "the rule may change, its settings may not");
    let mut half = free("controls = [\"step_size\"]");
    sees(&mut half, "e <up> <left>", "was backtracking");
    press(&mut half, "<down> 7 <enter>");
    assert_eq!(get(&half, "step_size.alpha0").as_float(), Some(7.0));
}

#[test]
fn rules_change_and_refused_pairs_say_why() {
    let mut room = free("");
    sees(&mut room, "e <up> <up> <up> <right> <right>", "backtracking does not go with momentum, which moves by its");
    // Refused as a pair, and nothing happens.
    sees(&mut room, "<enter>", "no α need lower f");
    assert_eq!(method(&room), ("steepest-descent".into(), "backtracking".into()));
    // The step size on the row below the settings of momentum walks on to one that goes with it.
    sees(&mut room, "<down> <down> <down> <down> <left>", "step size diminishing was backtracking");
    press(&mut room, "<enter>");
    assert_eq!(method(&room), ("momentum".into(), "diminishing".into()));
    // Where the step size is fixed by the page, such directions are passed over.
    let mut held = free("controls = [\"direction\"]");
    sees(&mut held, "e <up> <right> <right>", "Passed over: backtracking does not go with momentum");
    press(&mut held, "<enter>");
    assert_eq!(method(&held).0, "conjugate-gradient");
}

#[test]
fn what_a_rule_had_comes_back_with_it() {
    let mut room = free("");
    // α_init is 1: typed to 0.3, away and back.
    press(&mut room, "e 0.3 <up> <right> <left>");
    sees(&mut room, "", "α_init 0.3 was 1");
    // A direction with steps of its own takes the step size away, and gives it back.
    press(&mut room, "<up> <up>");
    for _ in 0..9 {
        press(&mut room, "<right>");
    }
    sees(&mut room, "", "step size its own");
    press(&mut room, "<enter>");
    assert_eq!(method(&room), ("rprop".into(), "whole".into()));
    press(&mut room, "e <esc> e");
    let mut own = free("");
    press(&mut own, "e 0.3 <up> <up> <up>");
    for _ in 0..9 {
        press(&mut own, "<right>");
    }
    press(&mut own, "<up> <up> <up> <up> <left>");
    assert!(own.viewer().notice.is_none() || seen(&mut own).contains("takes no step size"));
    press(&mut own, "<esc> e <up> <up> <up>");
    for _ in 0..9 {
        press(&mut own, "<right>");
    }
    press(&mut own, "<right> <enter>");
    assert_eq!(method(&own).1, "backtracking");
}

#[test]
fn values_are_typed_and_refusals_keep_them() {
    let mut room = free("");
    press(&mut room, "e 2.5e-1 <enter>");
    assert_eq!(get(&room, "step_size.initial").as_float(), Some(0.25));
    sees(&mut room, "e - 3 <enter>", "α_init cannot be -3: it takes a number above 0");
    sees(&mut room, "", "α_init -3_");
    // Repaired in place: the caret walks, the minus goes.
    press(&mut room, "<left> <bs> <enter>");
    assert_eq!(get(&room, "step_size.initial").as_float(), Some(3.0));
    sees(&mut room, "e 1..2 <down>", "1..2 is no number");
    press(&mut room, "<esc> <esc>");
    assert_eq!(get(&room, "step_size.initial").as_float(), Some(3.0));
    // Negative starts, typed; outside the map they are refused.
    press(&mut room, "e <up> <up> <up> <up> - 4 <enter>");
    assert_eq!(sitting(&room).cast.runs[0].start()[1], -4.0);
    sees(&mut room, "e <up> <up> <up> <up> 99 <enter>", "it takes a number from -6 to 24");
}

#[test]
fn a_look_at_the_keys_loses_nothing() {
    let mut room = free("");
    sees(&mut room, "e 0.3 <down> <right>", "α_init 0.3 was 1");
    press(&mut room, "?");
    sees(&mut room, "<esc>", "α_init 0.3 was 1");
    press(&mut room, "? ? ? q <enter>");
    assert_eq!(get(&room, "step_size.initial").as_float(), Some(0.3));
}

#[test]
fn steps_are_even_for_a_start_and_by_factors_for_a_length() {
    let mut room = free("");
    sees(&mut room, "e <right> <right>", "α_init 1.5 was 1");
    sees(&mut room, "<up> <up> <up> <up> <right>", "x₂ of the start 20.5 was 20");
}

#[test]
fn a_schedule_is_written_as_a_formula() {
    let mut room = free("controls = [\"step_size\"]");
    press(&mut room, "e <up>");
    for _ in 0..6 {
        press(&mut room, "<right>");
    }
    sees(&mut room, "<down> 1/(t+z)", "α(t) 1/(t+z)_");
    sees(&mut room, "<enter>", "z is not known here");
    // The mark stands under the z.
    let shown = text(&room.screen());
    let column = |row: &str, letter: char| row.chars().position(|found| found == letter);
    let rows: Vec<&str> = shown.lines().collect();
    let written = rows.iter().position(|row| row.contains("1/(t+z)_")).unwrap();
    assert_eq!(column(rows[written], 'z'), column(rows[written + 1], '^'), "{shown}");
    press(&mut room, "<left> <bs> 1 <enter>");
    assert_eq!(get(&room, "step_size.alpha").as_str(), Some("1/(t+1)"));
    assert!(room.viewer().notice.as_ref().is_some_and(|notice| notice.contains("starts over")));
    // The keys f, k, q and G are letters there.
    sees(&mut room, "e <up> <down> fkqG", "fkqG_");
}

#[test]
fn the_cursor_rests_on_the_value() {
    let mut room = free("");
    for (keys, under) in [("e", '1'), ("0.25", '_'), ("<left>", '5'), ("<esc> <down>", '0')] {
        press(&mut room, keys);
        let mut cells = Buffer::empty(Rect::new(0, 0, 80, 24));
        let at = regions::draw(room.session(), room.viewer(), &mut Memo::default(), &mut cells).unwrap();
        assert_eq!(cells[at].symbol(), under.to_string(), "after `{keys}`");
    }
}

#[test]
fn the_start_moves_over_the_map() {
    let mut room = free("");
    sees(&mut room, "e m", "S is at x₁ = 2, x₂ = 20, where f = 240.");
    sees(&mut room, "<left> <down>", "x₁ = 1.5, x₂ = 19.5");
    sees(&mut room, "- <left>", "x₁ = 1.4");
    press(&mut room, "<esc>");
    sees(&mut room, "", "x₁ of the start 2 m moves");
    press(&mut room, "m + + <left> <enter>");
    assert_eq!(sitting(&room).cast.runs[0].start()[0], 0.0);
    assert_eq!(sitting(&room).cursor.t, 0);
    sees(&mut free("controls = [\"step_size.tau\"]"), "e m", "This page does not let the start move.");
    // At every size the map is there to move on.
    for size in [(60, 20), (120, 40), (200, 60)] {
        let (lesson, _) = read("try", &lesson("")).map_err(|_| "unread").unwrap();
        let mut small = room_of(Session::single(Sitting::open(lesson).unwrap()), size);
        press(&mut small, "e m <left> <left> <left> <left> <left> <left>");
        let shown = text(&small.screen());
        assert!(shown.contains('S') && shown.contains("f = 10x₁²"), "{size:?}\n{shown}");
    }
}

#[test]
fn an_old_run_stays_beside_the_new_one() {
    let mut room = free("");
    sees(&mut room, "e 0.5 k", "the old run stays beside it as B.");
    let runs = &sitting(&room).cast.runs;
    let alpha = |index: usize| runs[index].method().get("step_size.initial").unwrap().as_float();
    assert_eq!((alpha(0), alpha(1)), (Some(0.5), Some(1.0)));
    assert_eq!(runs[0].start(), runs[1].start());
    sees(&mut room, "e 0.7 <enter>", "starts over with α_init = 0.7 (was 0.5).");
    sees(&mut room, "K", "Let go: run B");
    assert_eq!(sitting(&room).cast.runs.len(), 1);
    sees(&mut room, "K", "no rival that was kept");
    sees(&mut room, "e 0.9 <enter>", "k instead of Enter keeps the old run beside it");
    // A refused change keeps no rival.
    press(&mut room, "e <up> <up> <up> <right> <right> k");
    assert_eq!(sitting(&room).cast.runs.len(), 1);
}

#[test]
fn settings_back_at_the_page_s_own_are_no_change() {
    let mut room = free("");
    press(&mut room, "e 5 <enter>");
    assert_eq!(sitting(&room).own.len(), 1);
    press(&mut room, "<enter> e 1 f");
    assert_eq!(get(&room, "step_size.initial").as_float(), Some(1.0));
    assert_eq!((sitting(&room).own.len(), sitting(&room).cursor.t), (0, 1));
}

#[test]
fn the_sandbox_leads_back_to_exactly_where_it_was_left() {
    for (id, _) in library::SHIPPED {
        let pages = library::open(id).unwrap().pages.len();
        for page in 0..pages {
            let mut room = shipped(id);
            press(&mut room, &"n ".repeat(page));
            press(&mut room, "<right> L <right> <right> L <tab> <left>");
            press(&mut room, "L");
            press(&mut room, "<right> <left>");
            let before = room.screen();
            press(&mut room, "s");
            assert!(sitting(&room).is_sandbox(), "{id}, page {page}");
            press(&mut room, "<enter> e 0.3 <enter> <right> k <tab> z <enter> <enter> e <right> <enter> E");
            press(&mut room, "e <up> <up> <up> <up> x1^2+x2^2+x1 <enter> <right>");
            while sitting(&room).is_sandbox() {
                press(&mut room, "<esc>");
            }
            let after = room.screen();
            assert_eq!(text(&after), text(&before), "{id}, page {page}");
            assert!(after == before, "{id}, page {page}: the colours differ");
        }
    }
}

#[test]
fn the_sandbox_starts_from_exactly_here_with_everything_to_change() {
    let mut room = shipped("backtracking");
    press(&mut room, "n n n n n n n n <right> <right> <right>");
    let (cursor, here) = (sitting(&room).cursor, sitting(&room).cast.runs[0].here().point.clone());
    press(&mut room, "s");
    assert_eq!((sitting(&room).cursor, &sitting(&room).cast.runs[0].here().point), (cursor, &here));
    sees(&mut room, "e", "f 10*x1^2 + x2^2/2");
    sees(&mut room, "", "direction steepest-descent");
    sees(&mut room, "<esc> s", "This is the sandbox already");
}

#[test]
fn the_sandbox_is_shut_while_a_prediction_is_open_or_sealed() {
    let mut room = shipped("backtracking");
    sees(&mut room, "s", "asks what comes next");
    sees(&mut room, "<right> s", "Answer first");
    sees(&mut room, "<left> s", "asks what comes next");
    press(&mut room, "<right>");
    sees(&mut room, "3 s", "see its outcome first");
    assert!(!sitting(&room).is_sandbox());
    press(&mut room, "<right> s");
    assert!(sitting(&room).is_sandbox());
}

#[test]
fn a_formula_is_typed_in_the_sandbox() {
    let mut room = room_of(Session::home(), (80, 24));
    sees(&mut room, "s", "f x1^2 + 3*x2^2");
    sees(&mut room, "x1^2 + <enter>", "expected a number, a name or (");
    sees(&mut room, "x3^4+1 <enter>", "slice x₁, x₂ through xₜ f = x₁²+x");
    assert_eq!(sitting(&room).cast.runs[0].start().as_slice(), [1.0, 1.0, 1.0]);
    // The start stays where the dimension stays.
    press(&mut room, "e <up> <up> <up> <up> <up> <down> <paste:(x1-1)^2 + x2*x3> <enter>");
    let mut pasted = room_of(Session::home(), (80, 24));
    press(&mut pasted, "s <paste:(x1-1)^2 + 4*(x2-x1^2)^2> <enter>");
    assert_eq!(sitting(&pasted).subject().title(), "(x1-1)^2 + 4*(x2-x1^2)^2");
    assert_eq!(sitting(&pasted).cast.runs[0].start().as_slice(), [2.0, 1.0]);
    press(&mut pasted, "<esc>");
    assert!(pasted.session().sitting.is_none(), "Esc leads home");
    // An objective that the direction cannot descend is refused, and nothing is lost.
    let mut squares = free("");
    press(&mut squares, "s e <up> <up> <up>");
    for _ in 0..8 {
        press(&mut squares, "<right>");
    }
    press(&mut squares, "<enter>");
    assert_eq!(method(&squares).0, "levenberg-marquardt");
    sees(&mut squares, "e <up> <up> sin(x1) <enter>", "levenberg-marquardt");
    assert!(squares.viewer().notice.is_some(), "{}", text(&squares.screen()));
    assert_eq!(sitting(&squares).subject().title(), "10*x1^2 + x2^2/2");
}

#[test]
fn a_landscape_is_named_in_the_sandbox() {
    let mut room = room_of(Session::home(), (80, 24));
    sees(&mut room, "s himmelblu <enter>", "write a number for");
    sees(&mut room, "<bs> a u <enter>", "x₁ −6…6 x₂ −6…6");
    let scenario = sitting(&room).scenario();
    assert_eq!(scenario.start, [0.0, 0.0]);
    assert_eq!((scenario.known.points.len(), scenario.known.value), (4, Some(0.0)));
}

#[test]
fn a_start_without_a_value_asks_to_be_moved() {
    let mut room = room_of(Session::home(), (80, 24));
    sees(&mut room, "s sqrt(x1-5) <enter>", "Start: f has no value at x = 1. Move the start: e, then m.");
}

#[test]
fn more_rows_than_fit_are_announced_in_any_glyphs() {
    let mut room = free("");
    sees(&mut room, "e", "↓ 1 more");
    press(&mut room, "<up> <up> <up> <up>");
    sees(&mut room, "", "↑ 1 more");
    for size in [(80, 24), (120, 40), (60, 20), (36, 10)] {
        let (lesson, _) = read("try", &lesson("")).map_err(|_| "unread").unwrap();
        let look = Look { glyphs: Glyphs::Ascii, ..Look::default() };
        let mut ascii = Headless::new(Session::single(Sitting::open(lesson).unwrap()), size, look);
        for keys in [
            "e",
            "<up> <right>",
            "<down> 7 <enter>",
            "e m <left>",
            "<enter> s e",
            "<up> <up> x1+",
            "<enter>",
            "<esc> <esc> y",
        ] {
            press(&mut ascii, keys);
            let shown = text(&ascii.screen());
            assert!(shown.is_ascii(), "{size:?} after `{keys}`\n{shown}");
        }
    }
}

/// f = ‖x‖²/2, which no text describes.
struct Bowl;

impl Objective for Bowl {
    fn dimension(&self) -> usize {
        2
    }

    fn value(&self, at: &Point) -> f64 {
        0.5 * at.norm_squared()
    }

    fn hessian(&self, _at: &Point) -> Matrix {
        Matrix::identity(2, 2)
    }

    fn sample(&self, at: &Point) -> (f64, Vector) {
        (self.value(at), at.clone())
    }
}

#[test]
fn an_objective_that_is_no_formula_goes_through_every_panel() {
    let subject = Subject::new(std::sync::Arc::new(Bowl), "half of ‖x‖² over pi".into(), "bowl".into());
    let window = vec![[-3.0, 3.0]; 2];
    let scenario = sandbox::scenario(subject, vec![2.0, 1.0], window, sandbox::first_run());
    let mut room = room_of(Session::single(Sitting::sandbox(scenario).unwrap()), (80, 24));
    // Its title is no formula: pi stays pi.
    sees(&mut room, "<right>", "f = half of ‖x‖² over pi");
    for _ in 0..10 {
        press(&mut room, "<tab> <right> z <left> z");
    }
    sees(&mut room, "y", "What is descended here is no formula");
    press(&mut room, "e <up> <down> <esc>");
    sees(&mut room, "E", "The run ends at t = 1");
}
