//! Does every key do where it works what the help sheet says, and say why where it is refused?
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use downhill::app::act::acts::Effect;
use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Input, script};
use downhill::app::keymap::footer::footer;
use downhill::app::keymap::state::State::{
    self, Aiming, Answering, Asked, Confidence, Done, Filter, GoTo, Help, Hint, Home, Looking, Pair, Placing, Reopen,
    Settings, Stepping, Terms, Why, Working, Writing,
};
use downhill::app::keymap::table::{self, rows};
use downhill::app::look::appearance::{Depth, Look};
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Viewer;
use downhill::export::text::text;
use downhill::lesson::course::library::{self, SHIPPED};
use downhill::lesson::file::read::study;
use downhill::lesson::question::Kind;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// The lesson (none: the list of lessons), and the keys that lead from its first screen to each state.
const WAYS: [(State, &str, &str); 20] = [
    (Answering, "kinds", "n <right>"),
    (Home, "", ""),
    (Filter, "", "/"),
    // The second key takes the word of welcome away.
    (Writing, "", "s <f1>"),
    (Asked, "backtracking", "<right>"),
    (Stepping, "backtracking", "n <right>"),
    // With the lock lifted, so that the keys of the run work at an open question.
    (Hint, "backtracking", "n L <right> <right> h"),
    (Reopen, "backtracking", "n <right> y"),
    (GoTo, "backtracking", "n <right> g"),
    (Pair, "backtracking", "n <right> P"),
    (Help, "backtracking", "n <right> ?"),
    (Terms, "backtracking", "n <right> t"),
    (Done, "backtracking", "<right> 3 <right>"),
    (Aiming, "armijo-rule", "n n n n n n <right>"),
    (Settings, "backtracking", "<right> 3 <right> e"),
    (Placing, "backtracking", "<right> 3 <right> e m"),
    (Why, "armijo-rule", "n n n n <right> 2 <right> w"),
    (Confidence, "iterative-descent", "n n n n <right> 1"),
    (Looking, "backtracking", "n <right> o"),
    (Working, "long", "E"),
];

/// A page with nothing to ask; every other way is through a shipped lesson, and none of those takes long.
const LONG: &str = include_str!("../terminal/long.toml");

/// A question of every kind.
const KINDS: &str = include_str!("../questions/kinds.toml");

/// What a key brings.
#[derive(Clone, Copy)]
enum Brings {
    /// These words, which were not on the screen before.
    Words(&'static str),
    /// These words vanish.
    No(&'static str),
    /// Nothing but ASCII.
    Plain,
    /// The same letters in the sixteen colours that each terminal has.
    Sixteen,
    /// A command line to paste.
    Copied,
    /// The viewer leaves.
    Out,
}

use Brings::{Copied, No, Out, Plain, Sixteen, Words};

/// A key, the states in which it does this, what is pressed before it there, and what it brings.
type Row = (&'static str, &'static [State], &'static str, Brings);

const ON_STEPS: &[State] = &[Stepping, Reopen];
const FREE: &[State] = &[Stepping, Hint, Reopen, Done, Why, Aiming];
const RUN: &[State] = &[Asked, Stepping, Hint, Reopen, Done, Why, Aiming];
const LOCKED: Brings = Words("Answer first, with 1–");
const TO_DO: Brings = Words("Answer first: i leads to the question");

const READING: &[State] = &[Asked, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Pair];
const IN_SIGHT: Brings = Words("All of it is in sight.");

const ROWS: &[Row] = &[
    ("<enter>", &[Why], "", Words("proof (Esc returns)")),
    ("<enter>", &[Answering], "", Words("Sealed until")),
    ("<left>", &[Answering], "", Words("x₁ = 1.5")),
    ("<right>", &[Answering], "", Words("x₁ = 2.5")),
    ("<up>", &[Answering], "", Words("x₂ = 21")),
    ("<down>", &[Answering], "", Words("x₂ = 19")),
    ("<bs>", &[Answering], "1", No("1_")),
    ("-", &[Answering], "", Words("Your point: -_")),
    ("+", &[Answering], "", Words("Your point: +_")),
    ("i", &[Asked], "", Words("The keys 1 to 4 answer")),
    ("i", &[Stepping, Reopen, Done, Why, Aiming], "", Words("No question is open here.")),
    ("i", &[Hint], "", Words("The keys 1 to 4 answer")),
    ("i", &[Answering], "", Words("The question has the keys")),
    ("<space>", &[Answering], "", TO_DO),
    ("e", &[Answering], "", TO_DO),
    ("r", &[Answering], "", TO_DO),
    ("E", &[Answering], "", TO_DO),
    ("g", &[Answering], "", TO_DO),
    ("k", &[Answering], "", TO_DO),
    ("K", &[Answering], "", TO_DO),
    ("s", &[Answering], "", TO_DO),
    ("<", &[Answering], "", Words("move it by 0.2")),
    (">", &[Answering], "", Words("move it by 1")),
    ("y", &[Answering], "", Words("downhill learn kinds")),
    (".", &[Answering], "", Words("Your point: ._")),
    ("n", &[Answering], "", Words("page 3/6")),
    ("p", &[Answering], "", Words("page 1/6")),
    ("<tab>", &[Answering], "", Words("┏ Curvature")),
    ("z", &[Answering], "", No("┏ Line search")),
    ("o", &[Answering], "", Words("+ nearer - farther Esc close")),
    ("v", &[Answering], "", TO_DO),
    ("x", &[Answering], "", Words("x switches the axis")),
    ("h", &[Answering], "", Words("Where is d?")),
    ("w", &[Answering], "", Words("This page has no why card.")),
    ("L", &[Answering], "", Words("Questions no longer lock")),
    ("G", &[Answering], "", Plain),
    ("C", &[Answering], "", Sixteen),
    ("?", &[Answering], "", Words("in brackets: not now")),
    ("<esc>", &[Answering], "", Words("i leads back to the question")),
    ("q", &[Answering], "", Out),
    ("<ctrl-c>", &[Answering], "", Out),
    ("<right>", &[Asked], "", LOCKED),
    ("<right>", ON_STEPS, "", Words("1-4 answer")),
    ("<right>", &[Hint], "", Words("Trial 4: α = 0.125")),
    ("<right>", &[Aiming], "", Words("×1")),
    ("<right>", &[Done], "", Words("page 2/10")),
    ("<right>", &[Why], "", Words("page 6/7")),
    ("<left>", ON_STEPS, "", No("×2")),
    ("<left>", &[Hint], "", No("×3")),
    ("<left>", &[Asked, Aiming], "", Words("no direction yet")),
    ("<left>", &[Done, Why], "", Words("→ next trial")),
    ("<enter>", &[Asked], "", LOCKED),
    ("<enter>", ON_STEPS, "", Words("1-4 answer")),
    ("<enter>", &[Hint], "", Words("It is “trial 5")),
    ("<enter>", &[Aiming, Done], "", Words("t=1")),
    ("<bs>", RUN, "", Words("no direction yet")),
    ("<space>", &[Asked], "", LOCKED),
    ("<space>", FREE, "", Words("playing, pace 3 of 6")),
    ("<", RUN, "", Words("Pace 2 of 6")),
    (">", RUN, "", Words("Pace 4 of 6")),
    ("e", &[Asked], "", LOCKED),
    ("e", &[Hint, Done, Why, Aiming], "", Words("Enter start over")),
    ("e", ON_STEPS, "", Words("This page asks about its run as it is")),
    ("r", &[Asked], "", LOCKED),
    ("r", FREE, "", Words("no direction yet")),
    ("E", &[Asked], "", LOCKED),
    ("E", ON_STEPS, "", Words("1-4 answer")),
    ("E", &[Hint], "", Words("It is “trial 5")),
    ("E", &[Aiming], "", Words("t=13")),
    ("E", &[Done, Why], "", Words("The run ends at t =")),
    ("g", &[Asked], "", LOCKED),
    ("g", FREE, "", Words("Enter go")),
    ("k", &[Asked], "", LOCKED),
    ("k", FREE, "", Words("This run stays as rival B")),
    ("K", &[Asked], "", LOCKED),
    ("K", &[Stepping, Done, Aiming], "k", Words("Let go: run B")),
    ("K", &[Hint], "k h", Words("Let go: run B")),
    ("K", &[Why], "k w", Words("Let go: run B")),
    ("K", &[Reopen], "k y", Words("Let go: run B")),
    ("s", &[Asked], "", LOCKED),
    ("s", &[Stepping, Reopen, Done, Why, Aiming], "L", Words("sandbox A t=")),
    ("s", &[Hint], "", Words("sandbox A t=")),
    ("y", &[Asked, Stepping, Hint, Done], "", Words("downhill learn backtracking")),
    ("y", &[Aiming, Why], "", Words("downhill learn armijo-rule")),
    ("y", &[Reopen], "", Copied),
    (".", RUN, "", Words("→ now takes")),
    ("1", &[Asked], "", Words("You said “below 240")),
    ("2", &[Asked], "", Words("You said “about as high")),
    ("3", &[Asked], "", Words("You said “more than")),
    ("4", &[Asked], "n <right> <right>", Words("You said “none")),
    ("1", &[Confidence], "", Words("(a guess)")),
    ("2", &[Confidence], "", Words("(you thought so)")),
    ("3", &[Confidence], "", Words("(you were sure)")),
    ("n", &[Asked, Done], "", Words("page 2/10")),
    ("n", ON_STEPS, "", Words("page 3/10")),
    ("n", &[Hint], "", Words("page 3/10")),
    ("n", &[Why], "", Words("page 6/7")),
    ("n", &[Aiming], "", Words("That was the last page")),
    ("p", &[Asked, Done], "", Words("This is the first page")),
    ("p", ON_STEPS, "", Words("page 1/10")),
    ("p", &[Hint], "", Words("page 1/10")),
    ("p", &[Why], "", Words("page 4/7")),
    ("p", &[Aiming], "", Words("page 6/7")),
    ("<tab>", RUN, "", Words("┏ f =")),
    ("z", RUN, "", No("┌ f =")),
    ("x", RUN, "", Words("x switches the axis of the progress panel, which this page does not show")),
    ("h", &[Asked], "", Words("Where does x₁ land?")),
    ("h", &[Stepping, Reopen], "", Words("The hint belongs to the question")),
    ("h", &[Hint], "", Words("Halve α, then compute f there")),
    ("h", &[Done], "", Words("Where does x₁ land?")),
    ("h", &[Why], "", Words("Compute f(4).")),
    ("h", &[Aiming], "", Words("Which α does the first step take now")),
    ("w", &[Asked, Stepping, Hint, Reopen, Done, Aiming], "", Words("This page has no why card.")),
    ("w", &[Why], "", Words("This page has one why card.")),
    ("L", &[Asked, Stepping, Reopen, Done, Why, Aiming], "", Words("Questions no longer lock")),
    ("L", &[Hint], "", Words("Questions lock again")),
    ("L", &[Confidence, Settings, GoTo, Help], "", Words("Questions no longer lock")),
    ("G", RUN, "", Plain),
    ("G", &[Home, Confidence, Settings, Placing, GoTo, Help], "", Plain),
    ("C", RUN, "", Sixteen),
    ("C", &[Home, Confidence, Settings, Placing, GoTo, Help], "", Sixteen),
    ("?", RUN, "", Words("in brackets: not now")),
    ("?", &[Home, Confidence, Settings, Placing, GoTo], "", Words("in brackets: not now")),
    ("?", &[Help], "", No("in brackets: not now")),
    ("<esc>", &[Hint], "", No("┌ Hint")),
    ("<esc>", &[Why], "", No("Enter show me")),
    ("<esc>", &[Reopen], "", No("downhill learn")),
    ("<esc>", &[Confidence], "", Words("1-2 answer")),
    ("<esc>", &[Settings, Writing], "", No("Enter start over")),
    ("<esc>", &[GoTo], "", No("Enter go")),
    ("<esc>", &[Help], "", No("in brackets: not now")),
    ("t", RUN, "", Words("(type a word or symbol)")),
    ("t", &[Home, Answering, Confidence, Settings, Placing, Looking, GoTo, Help], "", Words("(type a word or symbol)")),
    ("<esc>", &[Terms], "", No("(type a word or symbol)")),
    ("<ctrl-c>", &[Terms], "", Out),
    ("<bs>", &[Terms], "wolfe", Words("Terms: wolf_")),
    ("<up>", &[Terms], "<down> <down>", Words("┓ A step size that a line search tries out")),
    ("<down>", &[Terms], "", No("┓ trial: ×")),
    ("<esc>", &[Working], "", Words("Stopped")),
    ("<esc>", &[Asked, Stepping, Aiming, Done], "", Words("Nothing lies on top of the run; q goes one level up.")),
    ("q", &[Home, Asked, Stepping, Aiming, Done], "", Out),
    ("q", &[Hint], "", No("┌ Hint")),
    ("q", &[Why], "", No("Enter show me")),
    ("q", &[Reopen], "", No("downhill learn")),
    ("q", &[Confidence], "", Words("1-2 answer")),
    ("q", &[Help], "", No("in brackets: not now")),
    ("q", &[Settings], "", No("Enter start over")),
    ("q", &[Placing], "", No("Enter start here")),
    ("q", &[GoTo], "", No("Enter go")),
    ("<ctrl-c>", RUN, "", Out),
    ("<ctrl-c>", &[Home, Confidence, Settings, Placing, Filter, GoTo, Help, Writing], "", Out),
    ("<up>", &[Home, Filter], "<down>", Words("▶ 1.1")),
    ("<down>", &[Home, Filter], "", Words("▶ 1.2")),
    ("<enter>", &[Home], "", Words("page 1/7")),
    ("<right>", &[Home], "", Words("page 1/7")),
    ("/", &[Home], "", Words("lessons about:")),
    ("r", &[Home], "", Words("Nothing is due yet")),
    ("s", &[Home], "", Words("▶ f x1^2 + 3*x2^2")),
    ("<esc>", &[Home], "/ saddle <enter>", No("lessons about: saddle")),
    ("<esc>", &[Filter], "saddle", No("lessons about: saddle")),
    ("<enter>", &[Filter], "saddle", No("saddle_")),
    ("<enter>", &[Settings], "", Words("Run A starts over")),
    ("<enter>", &[Writing], "", Words("→ direction")),
    ("k", &[Settings], "", Words("the old run stays beside it as B")),
    ("f", &[Settings], "<right>", No("Enter start over")),
    ("<up>", &[Settings], "", Words("▶ step size")),
    ("<down>", &[Settings], "", Words("▶ γ₁")),
    ("<left>", &[Settings], "", Words("α_init 0.8 was 1")),
    ("<right>", &[Settings], "", Words("α_init 1.2 was 1")),
    ("<up>", &[Writing], "", Words("▶ x₂ of the start")),
    ("<down>", &[Writing], "", Words("▶ direction")),
    ("<left>", &[Writing], "<left>", No("3*x2^2_")),
    ("<right>", &[Writing], "<left> <left>", Words("3*x2^2_")),
    ("<up>", &[Placing], "", Words("x₂ = 20.5")),
    ("<down>", &[Placing], "", Words("x₂ = 19.5")),
    ("<left>", &[Placing], "", Words("x₁ = 1.5")),
    ("<right>", &[Placing], "", Words("x₁ = 2.5")),
    ("m", &[Settings], "", Words("Enter start here")),
    ("<enter>", &[Placing], "<right>", Words("Run A starts over")),
    ("-", &[Placing], "", Words("move it by 0.2")),
    ("+", &[Placing], "", Words("move it by 1")),
    ("m", &[Placing], "", Words("Enter start over")),
    ("<esc>", &[Placing], "<right>", No("2.5")),
    ("<bs>", &[Settings], "0.5", Words("0._")),
    ("<bs>", &[Writing], "", Words("3*x2^_")),
    ("<bs>", &[GoTo], "12", No("12")),
    ("<bs>", &[Filter], "saddle", Words("about: saddl_")),
    ("<enter>", &[GoTo], "0", Words("no direction yet")),
    ("P", RUN, "", Words("Alone or two?")),
    ("P", &[Answering], "", Words("Alone or two?")),
    ("1", &[Pair], "", No("Alone or two?")),
    ("2", &[Pair], "", Words("One has the keys first")),
    ("<enter>", &[Pair], "Ada,Ben", Words("Ada has the keys first")),
    ("<bs>", &[Pair], "Ada", Words("Ad_")),
    ("<esc>", &[Pair], "", No("Alone or two?")),
    ("<ctrl-c>", &[Pair], "", Out),
    ("o", RUN, "", Words("+ nearer - farther Esc close")),
    ("v", &[Asked], "", LOCKED),
    ("v", &[Stepping, Hint, Reopen, Done, Aiming], "", Words("field: −∇f")),
    ("v", &[Why], "", Words("Overlays lie over maps of two coordinates")),
    ("<left>", &[Looking], "", Words("x₁ −15…5 x₂ −6…24")),
    ("<right>", &[Looking], "", Words("x₁ −5…15 x₂ −6…24")),
    ("<up>", &[Looking], "", Words("x₁ −10…10 x₂ 1.5…31.5")),
    ("<down>", &[Looking], "", Words("x₁ −10…10 x₂ −13.5…16.5")),
    ("+", &[Looking], "", Words("x₁ −5…5 x₂ 1.5…16.5 2:1")),
    ("=", &[Looking], "", Words("x₁ −5…5 x₂ 1.5…16.5 2:1")),
    ("-", &[Looking], "", Words("x₁ −20…20 x₂ −21…39 1:2")),
    ("0", &[Looking], "+", Words("x₁ −10…10 x₂ −6…24")),
    ("G", &[Looking], "", Plain),
    ("C", &[Looking], "", Sixteen),
    ("?", &[Looking], "", Words("in brackets: not now")),
    ("<esc>", &[Looking], "", No("+ nearer")),
    ("q", &[Looking], "", No("+ nearer")),
    ("<ctrl-c>", &[Looking], "", Out),
    ("<up>", &[Help], "<down> <down>", Words("go on; now: next trial")),
    ("<down>", &[Help], "", No("Going through the run")),
    ("<up>", READING, "", IN_SIGHT),
    ("<down>", READING, "", IN_SIGHT),
];

/// The same where the ways above do not lead: the lesson, the keys before, the key, and what it brings.
const ELSEWHERE: &[(&str, &str, &str, Brings)] = &[
    ("", "<enter>", "q", Words("learn numerical optimization one step at a time")),
    ("", "<enter> L s", "<esc>", Words("page 1/7")),
    ("", "<enter> L s", "q", Words("page 1/7")),
    ("", "s <esc>", "<esc>", Words("learn numerical optimization one step at a time")),
    ("backtracking", "<right> h t", "<esc>", Words("┌ Hint")),
    ("backtracking", "? t", "<esc>", Words("┌ f =")),
    ("backtracking", "t", "w", Words("Terms: w_")),
    ("backtracking", "z", "<esc>", Words("┌ f =")),
    ("backtracking", "n <right>", "p", Words("page 1/10")),
    ("backtracking", "n", "<left>", Words("page 1/10")),
    ("backtracking", "<space>", "<space>", No("playing")),
    ("armijo-rule", "n n n n <right> 2 <right>", "w", Words("The slide says")),
    ("armijo-rule", "n n n n <right> 2 <right> w <enter>", "<esc>", No("proof (Esc returns)")),
    ("armijo-rule", "n n n n n", "x", Words("The progress panel now counts the evaluations")),
    ("armijo-rule", "n n n n n n g 5", "<enter>", Words("t=5")),
    ("armijo-rule", "L <right>", "<right>", Words("It is “")),
    ("armijo-rule", "L <right> <right>", "<right>", Words("page 2/7")),
    ("backtracking", "o", "y", Words("The key y waits until you have looked around")),
    ("backtracking", "n n n 1 <enter>", "a", Words("without the letter a")),
    ("", "s <f1> <left> <left>", "9", Words("3*x2^92")),
    ("", "s <f1> <right>", "9", Words("3*x2^29_")),
    // What → takes: a sub-step, an iteration, the whole run, and a sub-step again.
    ("armijo-rule", "n n n n n n", "<right>", Words("Direction: d =")),
    ("armijo-rule", "n n n n n n .", "<right>", Words("t=1")),
    ("armijo-rule", "n n n n n n . .", "<right>", Words("t=13")),
    ("armijo-rule", "n n n n n n . . .", "<right>", Words("Direction: d =")),
    // What is applied from here on leaves the past as it was; what is applied from the start does not.
    ("armijo-rule", "n n n n n n <enter> <enter> e 0.9", "f", No("Enter start over")),
    ("armijo-rule", "n n n n n n <enter> <enter> e 0.9 f", "<enter>", Words("t=3")),
    (
        "armijo-rule",
        "n n n n n n <enter> <enter> e 0.9 f",
        "<left>",
        Words("Move: x + αd = (2.19, 16.11); f falls from 213 to 177.7."),
    ),
    ("armijo-rule", "n n n n n n <enter> <enter> e 0.9", "<enter>", Words("A t=0")),
    ("long", "E", "<ctrl-c>", Out),
];

/// Somebody at a screen.
#[derive(Clone)]
struct Desk {
    session: Session,
    viewer: Viewer,
    has_left: bool,
    copied: Option<String>,
}

thread_local! {
    /// What all screens are drawn with: a pure cache, as in the program.
    static MEMO: RefCell<Memo> = RefCell::default();
    /// The desks at the ends of the ways that were gone.
    static DESKS: RefCell<Vec<Desk>> = const { RefCell::new(Vec::new()) };
}

impl Desk {
    fn at(lesson: &str, size: (u16, u16)) -> Self {
        let session = match lesson {
            "" => Session::home(),
            "long" => Session::single(Sitting::open(study("long", LONG).lesson.unwrap()).unwrap()),
            "kinds" => Session::single(Sitting::open(study("kinds", KINDS).lesson.unwrap()).unwrap()),
            id => Session::single(library::open(id).and_then(Sitting::open).unwrap()),
        };
        Self { session, viewer: Viewer::new(size, Look::default()), has_left: false, copied: None }
    }

    /// Where the way of a state leads, with work that goes on left as it is; nobody goes twice.
    fn in_state(state: State, size: (u16, u16)) -> Self {
        let known =
            |desks: &Vec<Self>| desks.iter().find(|desk| desk.state() == state && desk.viewer.size == size).cloned();
        if let Some(desk) = DESKS.with_borrow(known) {
            return desk;
        }
        let (_, lesson, way) = WAYS.into_iter().find(|(known, ..)| *known == state).unwrap();
        let desk = Self::at(lesson, size).press(way);
        assert_eq!(desk.state(), state, "{way} in {lesson}");
        DESKS.with_borrow_mut(|desks| desks.push(desk.clone()));
        desk
    }

    fn press(mut self, keys: &str) -> Self {
        for cue in script(keys).unwrap() {
            let mut room = Classroom::new(self.session);
            room.viewers.insert(1, self.viewer);
            let effect = match cue.input {
                Input::Key(key) => room.press(1, key),
                Input::Tick => {
                    room.tick();
                    Effect::Nothing
                }
                Input::Resize(..) | Input::Paste(_) | Input::Answer => Effect::Nothing,
            };
            match effect {
                Effect::Leave => self.has_left = true,
                Effect::Copy(text) => self.copied = Some(text),
                Effect::Work | Effect::Nothing => {}
            }
            // The million steps of the long lesson are left to go on.
            let is_long = room.session.sitting.as_ref().is_some_and(|sitting| sitting.lesson.id == "long");
            while !is_long && room.work_on() {}
            room.bound_pages(regions::out_of_sight);
            (self.session, self.viewer) = (room.session, room.viewers.remove(&1).unwrap());
        }
        self
    }

    fn state(&self) -> State {
        table::state(&self.session, &self.viewer)
    }

    fn cells(&self) -> Buffer {
        let (columns, rows) = self.viewer.size;
        let mut cells = Buffer::empty(Rect::new(0, 0, columns, rows));
        MEMO.with_borrow_mut(|memo| regions::draw(&self.session, &self.viewer, memo, &mut cells));
        cells
    }

    fn text(&self) -> String {
        text(&self.cells())
    }

    /// The screen as words, blanks between them and the sides of frames gone.
    fn words(&self) -> String {
        let text = self.text().replace(['│', '┃'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The screen as it would be without the sentence about the last key.
    fn without_notice(&self) -> Buffer {
        let mut desk = self.clone();
        desk.viewer.notice = None;
        desk.cells()
    }

    #[track_caller]
    fn brings(self, key: &str, brings: Brings, at: &str) {
        let (before, was) = (self.words(), self.cells());
        let after = self.press(key);
        let now = after.words();
        match brings {
            Words(words) => {
                assert!(!before.contains(words), "{at}: \"{words}\" is seen before\n{before}");
                assert!(now.contains(words), "{at}: \"{words}\" is not seen\n{}", after.text());
            }
            No(words) => {
                assert!(before.contains(words), "{at}: \"{words}\" is not seen before\n{before}");
                assert!(!now.contains(words), "{at}: \"{words}\" is seen\n{}", after.text());
            }
            Plain => assert!(!before.is_ascii() && now.is_ascii(), "{at}: {}", after.text()),
            Sixteen => {
                assert!(depth(&was) == Depth::Indexed && depth(&after.cells()) == Depth::Sixteen, "{at}: the colours");
                let mut silent = after.clone();
                assert_eq!(silent.viewer.notice.take().as_deref(), Some("16 colours now. C: none."), "{at}");
                assert_eq!(before, silent.words(), "{at}: the letters are others");
            }
            Copied => assert!(after.copied.is_some_and(|text| text.starts_with("downhill ")), "{at}"),
            Out => assert!(after.has_left, "{at}: nobody leaves"),
        }
    }
}

/// How many colours are on the screen.
fn depth(cells: &Buffer) -> Depth {
    let colours = || cells.content.iter().flat_map(|cell| [cell.fg, cell.bg]);
    if colours().any(|colour| matches!(colour, Color::Indexed(_))) {
        Depth::Indexed
    } else if colours().any(|colour| colour != Color::Reset) {
        Depth::Sixteen
    } else {
        Depth::None
    }
}

/// All keys of the table, each once.
fn keys() -> BTreeSet<String> {
    rows().map(|binding| binding.key.token()).collect()
}

#[test]
fn each_key_brings_what_it_must() {
    let mut failed = Vec::new();
    for (key, states, before, brings) in ROWS {
        for state in *states {
            let at = format!("{key} after `{before}` in {state:?}");
            let row = || Desk::in_state(*state, (80, 24)).press(before).brings(key, *brings, &at);
            if let Err(said) = std::panic::catch_unwind(row) {
                failed.push(said.downcast_ref::<String>().cloned().unwrap_or(at));
            }
        }
    }
    for (lesson, before, key, brings) in ELSEWHERE {
        let at = format!("{key} after `{before}` in {lesson}");
        let row = || Desk::at(lesson, (80, 24)).press(before).brings(key, *brings, &at);
        if let Err(said) = std::panic::catch_unwind(row) {
            failed.push(said.downcast_ref::<String>().cloned().unwrap_or(at));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n=====\n"));
}

/// A key that is added to the table without a row here fails.
#[test]
fn every_key_of_the_table_is_pressed_in_every_state_where_it_works() {
    let mut missing = Vec::new();
    for (index, binding) in rows().enumerate() {
        for state in binding.states {
            let is_shadowed = rows().take(index).any(|one| one.key == binding.key && one.states.contains(state));
            let has_row = ROWS.iter().any(|(key, states, ..)| *key == binding.key.token() && states.contains(state));
            if !is_shadowed && !has_row {
                missing.push(format!("{} in {state:?}", binding.key.token()));
            }
        }
    }
    assert!(missing.is_empty(), "no row presses {}", missing.join(", "));
}

/// What the footer shows of a key, as keys to press.
fn pressed(shown: &'static str) -> Vec<String> {
    let keys = match shown {
        "← → ↑ ↓" => vec!["<left>", "<right>", "<up>", "<down>"],
        "0-9" => vec!["0", "5", "9"],
        "1-2" => vec!["1", "2"],
        "1-3" => vec!["1", "2", "3"],
        "1-6" => vec!["1", "2", "3", "4", "5", "6"],
        "1-4" => vec!["1", "2", "3", "4"],
        _ => return vec![rows().find(|binding| binding.key.label() == shown).unwrap().key.token()],
    };
    keys.into_iter().map(str::to_owned).collect()
}

/// Holds that every key of the footer does something, and that its words are on the screen.
fn footer_works(desk: &Desk, at: &str) {
    let (before, entries) = (desk.without_notice(), footer(&desk.session, &desk.viewer));
    assert!(!entries.is_empty(), "{at}: the footer is empty");
    let screen = desk.text();
    let foot = screen.lines().last().unwrap();
    let shown = entries.iter().filter(|(key, words)| foot.contains(&format!(" {key} {words}")));
    for (key, words) in shown.flat_map(|(shown, words)| pressed(shown).into_iter().map(move |key| (key, words))) {
        let after = desk.clone().press(&key);
        let does = after.has_left || after.without_notice() != before;
        // A line that was chosen is not there to be chosen again.
        let is_chosen = words == "place" && after.viewer.notice.as_ref().is_some_and(|notice| notice.contains("Line"));
        assert!(does || is_chosen, "{at}: the footer shows {key}, but {:?}\n{}", after.viewer.notice, desk.text());
    }
}

#[test]
fn every_key_of_each_footer_works() {
    WAYS.par_iter().for_each(|(state, ..)| {
        for size in [(80, 24), (60, 20), (120, 40), (40, 12), (36, 10)] {
            // On the smallest screen there is no map to look around in.
            if size != (36, 10) || *state != Looking {
                footer_works(&Desk::in_state(*state, size), &format!("{state:?} at {size:?}"));
            }
        }
    });
}

/// What lies on top, the keys that lead to it, and its last words.
const CARDS: [(&str, &str, &str); 5] = [
    ("backtracking", "<right> h", "It starts at 2, and d₁ = −40."),
    ("backtracking", "n <right> g 1 2", "t = 12_"),
    ("backtracking", "n <right> y", "downhill learn backtracking --page 2"),
    ("iterative-descent", "n n n n <right> 1", "3) sure"),
    ("backtracking", "n <right> P", "as in Ada, Ben: _"),
];

#[test]
fn what_lies_on_top_is_seen_at_every_size() {
    for size in [(80, 24), (60, 20), (40, 12), (36, 10)] {
        for (lesson, keys, words) in CARDS {
            let desk = Desk::at(lesson, size).press(keys);
            assert!(desk.words().contains(words), "{keys} at {size:?}: \"{words}\"\n{}", desk.text());
        }
    }
}

#[test]
fn the_keys_of_an_answer_stand_before_the_hint() {
    let desk = Desk::at("backtracking", (20, 5)).press("<right>");
    assert!(desk.words().ends_with("1-3 answer ? help"), "{}", desk.text());
}

/// Presses the right keys through a lesson, and looks at each place that has another state or another footer.
fn walk(id: &str, mut look: impl FnMut(&Desk, &str)) {
    let mut desk = Desk::at(id, (80, 24));
    let mut seen = Vec::new();
    for count in 0..400 {
        let entries = footer(&desk.session, &desk.viewer);
        let sitting = desk.session.sitting.as_ref().unwrap();
        let place = (sitting.page, desk.state(), entries.clone());
        let (page, is_over) = (sitting.page, sitting.is_over());
        if !seen.contains(&place) {
            look(&desk, &format!("{id}, page {}, after {count} keys", page + 1));
            seen.push(place);
        }
        let key = match desk.state() {
            Asked => "1",
            Confidence => "2",
            Aiming if is_over => break,
            _ if count % 3 == 2 => "<enter>",
            _ => "<right>",
        };
        let is_last = page + 1 == sitting.lesson.pages.len();
        if desk.state() == Done && is_last {
            break;
        }
        desk = desk.press(key);
    }
}

#[test]
fn every_key_of_each_footer_works_through_every_lesson() {
    SHIPPED.par_iter().for_each(|(id, _)| walk(id, footer_works));
}

/// Holds that a key does something that is seen, or that a sentence says whole why it does not.
fn is_told(desk: &Desk, before: &Buffer, key: &str, at: &str) {
    let after = Desk { copied: None, ..desk.clone() }.press(key);
    let does = after.has_left || after.copied.is_some() || after.without_notice() != *before;
    let Some(notice) = &after.viewer.notice else {
        return assert!(does, "{at}: {key} does nothing, and nothing says why\n{}", desk.text());
    };
    let is_sentence = notice.split_whitespace().count() > 2;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(is_sentence, "{at}: {key} says only {notice}");
    assert!(after.words().contains(&words(notice)), "{at}: {key}: \"{notice}\" is cut\n{}", after.text());
}

#[test]
fn a_key_that_is_refused_says_why() {
    WAYS.par_iter().for_each(|(state, ..)| {
        for size in [(80, 24), (60, 20)] {
            let desk = Desk::in_state(*state, size);
            let before = desk.without_notice();
            // While a list is narrowed or a text written, a letter is typed.
            for key in keys() {
                is_told(&desk, &before, &key, &format!("{state:?} at {size:?}"));
            }
        }
    });
}

/// Every key in each state and before each footer of a lesson; where a page has the same again a quarter of the keys, each
/// in its turn.
#[test]
fn a_key_that_is_refused_says_why_through_every_lesson() {
    SHIPPED.par_iter().for_each(|(id, _)| {
        let mut known = Vec::new();
        walk(id, |desk, at| {
            let kind = (desk.state(), footer(&desk.session, &desk.viewer));
            let (is_new, turn) = (!known.contains(&kind), known.len() % 4);
            let before = desk.without_notice();
            for (number, key) in keys().into_iter().enumerate() {
                if is_new || number % 4 == turn {
                    is_told(desk, &before, &key, at);
                }
            }
            known.push(kind);
        });
    });
}

/// Keys that nothing is bound to: not a cell changes.
#[test]
fn a_key_without_a_meaning_does_nothing() {
    const FUNCTIONS: &str = "<f1> <f5> <f12> <home> <end> <pgup> <pgdn> <del> <shift-right> <alt-e> <ctrl-e> <ctrl-q>";
    for (state, ..) in WAYS {
        let desk = Desk::in_state(state, (80, 24));
        // Where a text is typed every letter is, and where a number is awaited each other one is told that it is none.
        let is_typed = matches!(state, Writing | Filter | Terms | Pair | Settings | GoTo | Answering);
        let letters = if is_typed { "" } else { "% ! ; ä U 5" };
        let before = desk.cells();
        for key in FUNCTIONS.split_whitespace().chain(letters.split_whitespace()) {
            let after = desk.clone().press(key);
            assert!(after.cells() == before && !after.has_left, "{key} in {state:?}\n{}", after.text());
        }
    }
}

/// Where a number is awaited, a character that cannot stand in it is refused with a word, and what is typed stays.
#[test]
fn a_character_that_a_number_does_not_take_is_refused_with_a_word() {
    for (state, before) in [(Settings, "1"), (GoTo, "1"), (Answering, "1"), (Settings, ""), (GoTo, ""), (Answering, "")]
    {
        for key in "! ä U & ß @ # µ".split(' ') {
            let desk = Desk::in_state(state, (80, 24)).press(before);
            let after = desk.clone().press(key);
            let said = after.viewer.notice.clone().unwrap_or_default();
            assert!(said.contains(key) && said.split(' ').count() > 3, "{key} after `{before}` in {state:?}: {said}");
            assert!(after.without_notice() == desk.without_notice(), "{key} in {state:?}\n{}", after.text());
        }
    }
}

#[test]
fn after_the_end_of_a_run_nothing_leads_further() {
    let desk = Desk::at("armijo-rule", (80, 24)).press("n n n n n n E");
    assert_eq!(desk.state(), Aiming);
    let shown: Vec<&str> = footer(&desk.session, &desk.viewer).into_iter().map(|(key, _)| key).collect();
    assert_eq!(shown, ["←", "e", "r", "h", "?"]);
    for key in ["<right>", "<enter>", "E", "<space>"] {
        desk.clone().brings(key, Words("The run has ended and the goal is not met: e changes a setting"), key);
    }
}

/// The same place in a lesson whose answers are true in another order, with another word to each.
fn turned(desk: &Desk) -> Desk {
    let mut turned = desk.clone();
    let sitting = turned.session.sitting.as_mut().unwrap();
    let page = sitting.page;
    let ask = Arc::make_mut(&mut sitting.lesson).pages[page].ask.as_mut().unwrap();
    let Kind::Choose(options) = &mut ask.kind else { return turned };
    let said: Vec<_> = options.iter().map(|one| (one.truth.clone(), one.because.clone(), one.refute.clone())).collect();
    for (option, (truth, because, refute)) in options.iter_mut().zip(said.into_iter().cycle().skip(1)) {
        (option.truth, option.because, option.refute) = (truth, because, refute);
    }
    turned
}

/// Whatever is pressed at an open question but an answer and what goes past it, no cell depends on which answer is right.
#[test]
fn no_key_tells_which_answer_is_right() {
    SHIPPED.par_iter().for_each(|(id, _)| {
        walk(id, |desk, at| {
            if desk.state() != Asked {
                return;
            }
            let (one, other) = (desk.clone(), turned(desk));
            for key in keys().into_iter().filter(|key| !["1", "2", "3", "4", "n", "L"].contains(&key.as_str())) {
                let (one, other) = (one.clone().press(&key), other.clone().press(&key));
                assert!(one.cells() == other.cells(), "{at}: {key} tells the answer\n{}", one.text());
                let stands = |desk: &Desk| desk.session.sitting.as_ref().map(|sitting| (sitting.page, sitting.cursor));
                assert!(stands(&one) <= stands(desk) || key == "p", "{at}: {key} goes past the question");
            }
        });
    });
}

/// The keys that lead out of work that goes on, which alone are heard there.
#[test]
fn while_a_run_goes_on_only_the_ways_out_are_heard() {
    let desk = Desk::in_state(Working, (80, 24));
    for key in keys().into_iter().filter(|key| !["<esc>", "<ctrl-c>"].contains(&key.as_str())) {
        let after = desk.clone().press(&key);
        assert_eq!(after.state(), Working, "{key} ends the work");
        assert!(after.words().contains("The run goes on; Esc stops it."), "{key}: {}", after.text());
        assert!(after.without_notice() == desk.without_notice() && !after.has_left, "{key} changes something");
    }
}

/// The letters on the map, which alone belong to the runs beside the learner's own.
fn letters_on_map(desk: &Desk) -> String {
    let text = desk.text();
    let map = text.lines().skip(2).take_while(|line| line.starts_with('│')).map(|line| line.chars().take(40));
    map.flatten().filter(|letter| "ABCD".contains(*letter)).collect()
}

/// A run that is kept stands on the map with its letter as soon as the learner's own is elsewhere, until it is let go.
#[test]
fn a_kept_run_is_seen_by_its_letter() {
    for (keys, letters) in [
        ("<enter> <enter> e 0.9 <enter> <enter> <enter>", ""),
        ("<enter> <enter> k e 0.9 <enter> <enter> <enter>", "B"),
        ("<enter> <enter> e 0.9 k <enter> <enter>", "B"),
        ("<enter> <enter> k e 0.9 <enter> <enter> <enter> K", ""),
    ] {
        let desk = Desk::at("armijo-rule", (80, 24)).press(&format!("n n n n n n {keys}"));
        assert_eq!(letters_on_map(&desk), letters, "{keys}\n{}", desk.text());
    }
}

/// How many ticks go by until something moves; nothing within a hundred.
fn ticks_until_a_step(keys: &str) -> Option<usize> {
    let mut desk = Desk::at("armijo-rule", (80, 24)).press(&format!("n n n n n n {keys}"));
    let place = |desk: &Desk| desk.session.sitting.as_ref().map(|sitting| sitting.cursor);
    let before = place(&desk);
    (1..100).find(|_| {
        desk = desk.clone().press("<tick>");
        place(&desk) != before
    })
}

/// A tick is 50 ms: at the middle pace two beats are shown in a second, at the slowest one in two, at the fastest twenty.
#[test]
fn play_steps_with_the_ticks_and_the_pace_says_how_often() {
    assert_eq!(ticks_until_a_step(""), None);
    assert_eq!(ticks_until_a_step("<space> <space>"), None);
    for (keys, ticks) in [("", 10), ("<", 20), ("< < <", 40), (">", 5), ("> >", 2), ("> > > >", 1)] {
        assert_eq!(ticks_until_a_step(&format!("{keys} <space>")), Some(ticks), "{keys} before it");
        assert_eq!(ticks_until_a_step(&format!("<space> {keys}")), Some(ticks), "{keys} while it plays");
    }
}

/// What is applied from here on changes what comes, and no step that was taken.
#[test]
fn a_fork_keeps_the_past_and_changes_what_comes() {
    let steps = |keys: &str| -> Vec<(f64, f64)> {
        let desk = Desk::at("armijo-rule", (80, 24)).press(&format!("n n n n n n {keys}"));
        let run = &desk.session.sitting.as_ref().unwrap().cast.runs[0];
        (0..=run.iteration()).map(|t| run.iterate(t).map(|here| (here.point[0], here.point[1])).unwrap()).collect()
    };
    let straight = steps("<enter> <enter> <enter>");
    let forked = steps("<enter> <enter> e 0.9 f <enter>");
    let anew = steps("<enter> <enter> e 0.9 <enter> <enter> <enter> <enter>");
    assert_eq!(straight.len(), 4);
    assert_eq!(forked.len(), 4);
    assert_eq!(forked[..3], straight[..3], "the past stays");
    assert_ne!(forked[3], straight[3], "γ₁ = 0.9 counts from here on");
    assert_eq!(anew[0], straight[0]);
    assert_ne!(anew[1], straight[1], "from the start it counts at once");
}
