//! One table of keys: dispatch, footer and the help sheet read the same rows.

use crate::app::act::message::Message;
use crate::app::key::press::{Code, Key};
use crate::app::keymap::field;
use crate::app::keymap::state::State;
use crate::app::room::session::Session;
use crate::app::room::sitting::Standing;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::question::Kind;

use State::{
    Aiming, Answering, Asked, Confidence, Done, Filter, GoTo, Help, Hint, Home, Looking, Pair, Placing, Reopen,
    Settings, Stepping, Terms, Why, Working, Writing,
};

/// Where the run takes the keys; a card on top of the page does not hinder it.
const RUN: &[State] = &[Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen];
const GROUND: &[State] = &[Asked, Stepping, Aiming, Done];
const FREE: &[State] = &[Stepping, Aiming, Done, Hint, Why, Reopen];
const LESSON: &[State] =
    &[Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Settings, GoTo, Help];
const ANYWHERE: &[State] = &[
    Home, Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Settings, Placing, Looking, GoTo,
    Help,
];
/// Where a text may be longer than its place.
const READING: &[State] = &[Asked, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Pair];
const DRAFT: &[State] = &[Settings, Writing];

/// One key.
pub struct Binding {
    /// The key, as a key string writes it.
    pub key: &'static str,
    /// Where it works.
    pub states: &'static [State],
    /// What it does.
    pub message: Message,
    /// What the help sheet says of it; empty where the row above says it.
    pub help: &'static str,
    /// Where the footer shows it.
    pub footer: &'static [State],
    /// What the footer says.
    pub words: Words,
}

/// What the footer says of a key.
pub enum Words {
    /// Always the same.
    Fixed(&'static str),
    /// What the next beat or page is.
    Next,
    /// Which settings there are to change.
    Controls,
    /// Whether there is a why card that may be opened.
    Cards,
    /// Whether there is a further hint.
    Hints,
    /// Whether the start may move.
    Start,
    /// Whether a question waits for the keys.
    Question,
    /// Whether an answer is whole, so that it can be given.
    Confirm,
    /// Whether there is something to take back.
    TakeBack,
    /// Whether arrows move something.
    Finer,
    /// What there is to come back to.
    Return,
    /// Whether a hint is closed or the answer is left for the run.
    Leave,
    /// How much is due for review.
    Review,
}

const fn row(
    key: &'static str,
    states: &'static [State],
    message: Message,
    help: &'static str,
    footer: &'static [State],
    words: Words,
) -> Binding {
    Binding { key, states, message, help, footer, words }
}

use Words::{Cards, Controls, Fixed, Next};

/// Every key. Where two rows share a key and a state, the first one counts.
pub const TABLE: &[Binding] = &[
    row("<enter>", &[Why], Message::Prove, "show the run that proves the card", &[Why], Fixed("show me")),
    row("<enter>", &[Answering], Message::Confirm, "in an answer: give it", &[Answering], Words::Confirm),
    row("<left>", &[Answering], Message::Less, "in an answer: left, or back", &[], Fixed("")),
    row("<right>", &[Answering], Message::More, "in an answer: right, or on", &[], Fixed("")),
    row("<up>", &[Answering], Message::Up, "", &[], Fixed("")),
    row("<down>", &[Answering], Message::Down, "", &[], Fixed("")),
    row("<bs>", &[Answering], Message::Erase, "", &[Answering], Words::TakeBack),
    row("<", &[Answering], Message::Finer, "in an answer: finer steps of a point", &[Answering], Words::Finer),
    row(">", &[Answering], Message::Coarser, "in an answer: coarser steps", &[], Fixed("")),
    row("i", RUN, Message::Question, "back to the question, to answer it", &[Asked], Words::Question),
    row("<right>", RUN, Message::Forward, "next beat; on a finished page, next page", &[Stepping, Aiming, Done], Next),
    row("<left>", RUN, Message::Back, "the beat before", &[Stepping, Aiming, Done], Fixed("back")),
    row("<enter>", RUN, Message::WholeForward, "whole iteration forward", &[Stepping], Fixed("whole step")),
    row("<bs>", RUN, Message::WholeBack, "back to the start of the iteration", &[], Fixed("")),
    row("<space>", RUN, Message::Play, "play or pause", &[], Fixed("")),
    row("<", RUN, Message::Slower, "play slower", &[], Fixed("")),
    row(">", RUN, Message::Faster, "play faster", &[], Fixed("")),
    row("e", RUN, Message::Settings, "change the settings", &[Stepping, Aiming], Controls),
    row("r", FREE, Message::Again, "run again from the start", &[Aiming, Done], Fixed("run again")),
    row("r", &[Asked, Answering], Message::Again, "", &[], Fixed("")),
    row("E", RUN, Message::ToEnd, "on to the ending", &[Aiming], Fixed("to the end")),
    row("g", RUN, Message::GoTo, "go to iteration …", &[], Fixed("")),
    row("k", RUN, Message::KeepRival, "keep this run as a rival", &[], Fixed("")),
    row("K", RUN, Message::DropRivals, "let the kept rivals go", &[], Fixed("")),
    row("s", RUN, Message::Sandbox, "sandbox: play from exactly here; Esc returns", &[], Fixed("")),
    row("y", RUN, Message::Reopen, "the command line that reopens this place", &[], Fixed("")),
    row(".", RUN, Message::NextGrain, "what → takes: sub-step, iteration, run", &[], Fixed("")),
    row("1", &[Asked, Confidence], Message::Answer(0), "answer; or: a guess", &[], Fixed("")),
    row("2", &[Asked, Confidence], Message::Answer(1), "answer; or: I think so", &[], Fixed("")),
    row("3", &[Asked, Confidence], Message::Answer(2), "answer; or: sure", &[], Fixed("")),
    row("1", &[Pair], Message::Answer(0), "", &[Pair], Fixed("alone")),
    row("2", &[Pair], Message::Answer(1), "", &[Pair], Fixed("two")),
    row("<enter>", &[Pair], Message::Confirm, "", &[], Fixed("")),
    row("4", &[Asked], Message::Answer(3), "answer", &[], Fixed("")),
    row("P", RUN, Message::Pair, "alone or two: each answers unseen", &[], Fixed("")),
    row("n", RUN, Message::NextPage, "next page, answered or not", &[], Fixed("")),
    row("p", RUN, Message::PreviousPage, "the page before", &[], Fixed("")),
    row("<tab>", RUN, Message::NextPanel, "next panel", &[Stepping], Fixed("panel")),
    row("z", RUN, Message::Zoom, "panel over the whole screen, and back", &[], Fixed("")),
    row("o", RUN, Message::LookAround, "look around in the map: arrows, + − 0", &[], Fixed("")),
    row("v", RUN, Message::NextOverlay, "overlay of the map: field, model, fog …", &[], Fixed("")),
    row("x", RUN, Message::Axis, "progress: iterations or evaluations", &[], Fixed("")),
    row("h", RUN, Message::Hint, "hint; again for the next", &[Asked, Answering, Stepping, Aiming], Words::Hints),
    row("h", &[Hint], Message::Hint, "", &[Hint], Words::Hints),
    row("w", RUN, Message::Why, "why: what the slide says, and what is true", &[Stepping, Aiming, Done, Why], Cards),
    row("L", LESSON, Message::Lock, "lift the lock of questions, or set it", &[], Fixed("")),
    row("G", ANYWHERE, Message::Glyphs, "other glyphs: braille or ASCII", &[], Fixed("")),
    row("C", ANYWHERE, Message::Colours, "other colours, or none", &[], Fixed("")),
    row("?", ANYWHERE, Message::Help, "this sheet", &[Home, Asked, Answering, Stepping, Aiming, Done], Fixed("help")),
    row(
        "<esc>",
        &[Hint, Why, Reopen, Confidence, Pair, Settings, Writing, Looking, GoTo, Help, Terms],
        Message::Lower,
        "close what is on top",
        &[Hint, Why, Reopen, Confidence, Pair, Settings, Writing, Looking, GoTo, Help, Terms],
        Fixed("close"),
    ),
    row("<esc>", &[Answering], Message::Lower, "", &[Answering], Words::Leave),
    row("<esc>", &[Working], Message::Lower, "", &[Working], Fixed("stop")),
    row("<esc>", GROUND, Message::Lower, "", GROUND, Words::Return),
    row(
        "q",
        &[
            Home, Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Help, Settings, Placing,
            Looking, GoTo,
        ],
        Message::Quit,
        "one level up: lesson, list, shell",
        &[Home],
        Fixed("leave"),
    ),
    row("<ctrl-c>", ANYWHERE, Message::LeaveNow, "leave at once", &[], Fixed("")),
    row("<ctrl-c>", &[Writing, Filter, Terms, Pair], Message::LeaveNow, "", &[], Fixed("")),
    row("<up>", &[Home, Filter], Message::Up, "in the list: the lesson before", &[], Fixed("")),
    row("<down>", &[Home, Filter], Message::Down, "in the list: the lesson after", &[Home, Filter], Fixed("choose")),
    row("<enter>", &[Home], Message::Open, "in the list: open the lesson", &[Home], Fixed("open")),
    row("<right>", &[Home], Message::Open, "", &[], Fixed("")),
    row("/", &[Home], Message::Filter, "in the list: narrow it by typing", &[Home], Fixed("filter")),
    row("r", &[Home], Message::Review, "in the list: review what is due", &[Home], Words::Review),
    row("s", &[Home], Message::Sandbox, "in the list: an empty sandbox", &[Home], Fixed("sandbox")),
    row("t", ANYWHERE, Message::Terms, "terms: what words and symbols mean", &[Home], Fixed("terms")),
    row("<esc>", &[Home, Filter], Message::Lower, "in the list: all lessons again", &[Filter], Fixed("clear")),
    row("<enter>", &[Filter], Message::Confirm, "", &[Filter], Fixed("keep")),
    row("<enter>", DRAFT, Message::Confirm, "in the settings: apply from the start", DRAFT, Fixed("start over")),
    row("k", &[Settings], Message::KeepAndConfirm, "the same, and keep the old run", &[Settings], Fixed("keep old")),
    row("f", &[Settings], Message::Fork, "in the settings: apply from here on", &[Settings], Fixed("from here")),
    row("<up>", &[Settings, Writing, Placing], Message::Up, "in the settings: the one above", &[], Fixed("")),
    row(
        "<down>",
        &[Settings, Writing, Placing],
        Message::Down,
        "in the settings: the one below",
        &[Writing],
        Fixed("next row"),
    ),
    row("<left>", &[Settings, Writing, Placing], Message::Less, "in the settings: a nudge less", &[], Fixed("")),
    row(
        "<right>",
        &[Settings, Writing, Placing],
        Message::More,
        "in the settings: a nudge more (or type)",
        &[],
        Fixed(""),
    ),
    row("m", &[Settings], Message::Place, "in the settings: move the start on the map", &[Settings], Words::Start),
    row("<enter>", &[Placing], Message::Confirm, "", &[Placing], Fixed("start here")),
    row("-", &[Placing], Message::Finer, "while it is moved: finer steps", &[Placing], Fixed("finer")),
    row("+", &[Placing], Message::Coarser, "while it is moved: coarser steps", &[Placing], Fixed("coarser")),
    row("m", &[Placing], Message::Place, "", &[Placing], Fixed("to the settings")),
    row("<esc>", &[Placing], Message::Lower, "", &[Placing], Fixed("as it was")),
    row(
        "<bs>",
        &[Settings, Writing, GoTo, Filter, Terms, Pair],
        Message::Erase,
        "while typing: take back a character",
        &[],
        Fixed(""),
    ),
    row("<left>", &[Looking], Message::Pan(-1, 0), "", &[], Fixed("")),
    row("<right>", &[Looking], Message::Pan(1, 0), "", &[], Fixed("")),
    row("<up>", &[Looking], Message::Pan(0, 1), "", &[], Fixed("")),
    row("<down>", &[Looking], Message::Pan(0, -1), "", &[], Fixed("")),
    row("+", &[Looking], Message::Near(true), "", &[Looking], Fixed("nearer")),
    row("=", &[Looking], Message::Near(true), "", &[], Fixed("")),
    row("-", &[Looking], Message::Near(false), "", &[Looking], Fixed("farther")),
    row("0", &[Looking], Message::LookBack, "", &[Looking], Fixed("as the lesson shows it")),
    row("<up>", READING, Message::Up, "up in a text that is cut", &[], Fixed("")),
    row("<down>", READING, Message::Down, "down in it", &[], Fixed("")),
    row("<enter>", &[GoTo], Message::Confirm, "", &[GoTo], Fixed("go")),
    row("<up>", &[Help, Terms], Message::Up, "", &[], Fixed("")),
    row("<down>", &[Help, Terms], Message::Down, "", &[Help, Terms], Fixed("more")),
];

/// What the keys mean now.
pub fn state(session: &Session, viewer: &Viewer) -> State {
    match &viewer.layer {
        Layer::Help(_) => return Help,
        Layer::Terms { .. } => return Terms,
        Layer::Settings(draft) if draft.placing.is_some() => return Placing,
        Layer::Settings(draft) if draft.is_writing() => return Writing,
        Layer::Settings(_) => return Settings,
        Layer::Look => return Looking,
        Layer::Reopen(_) | Layer::Faults(_) => return Reopen,
        Layer::GoTo(_) => return GoTo,
        Layer::Filter if session.sitting.is_none() => return Filter,
        Layer::Confidence(_) => return Confidence,
        Layer::Pair(_) if session.sitting.is_some() => return Pair,
        // A hint stands below its question, and takes no key from an answer.
        Layer::Hint(_) if is_answering(session, viewer) => return Answering,
        Layer::Hint(_) if session.sitting.is_some() => return Hint,
        Layer::Why(_) if session.sitting.is_some() => return Why,
        Layer::Hint(_) | Layer::Why(_) | Layer::Filter | Layer::Pair(_) | Layer::Welcome | Layer::Run => {}
    }
    if session.work.is_some() {
        return Working;
    }
    if is_answering(session, viewer) {
        return Answering;
    }
    match session.sitting.as_ref().map(crate::app::room::sitting::Sitting::standing) {
        None => Home,
        Some(Standing::Asked) => Asked,
        Some(Standing::Stepping) => Stepping,
        Some(Standing::Aiming) => Aiming,
        Some(Standing::Done) => Done,
    }
}

fn is_answering(session: &Session, viewer: &Viewer) -> bool {
    session.sitting.as_ref().is_some_and(|sitting| viewer.is_answering(sitting))
}

/// What a key means now; a key that means nothing does nothing.
pub fn dispatch(session: &Session, viewer: &Viewer, key: Key) -> Option<Message> {
    let state = state(session, viewer);
    if let (Code::Char(character), false) = (key.code, key.ctrl || key.alt)
        && field::takes(session, state, character, viewer)
    {
        return Some(Message::Type(character));
    }
    // A card lies on top of a question without taking its answers, and a lifted lock does not close it.
    let answers = |binding: &Binding| matches!(binding.message, Message::Answer(_)) && can_answer(session, state);
    // While work goes on every key means what it always means, and is refused but for the ways out.
    let is_here = |binding: &&Binding| state == Working || binding.states.contains(&state) || answers(binding);
    let name = key.token();
    TABLE.iter().filter(is_here).find(|binding| binding.key == name).map(|binding| binding.message)
}

/// Whether the question of the page can be answered, locked or not.
pub fn can_answer(session: &Session, state: State) -> bool {
    let ask = session.sitting.as_ref().and_then(|sitting| sitting.open_question());
    let is_open = ask.is_some_and(|ask| matches!(ask.kind, Kind::Choose(_)));
    is_open && RUN.contains(&state)
}

/// How a key is written in the footer and on the help sheet: words, not glyphs, for Enter and Tab.
pub fn shown(key: &'static str) -> &'static str {
    match key {
        "<right>" => "→",
        "<left>" => "←",
        "<up>" => "↑",
        "<down>" => "↓",
        "<enter>" => "Enter",
        "<bs>" => "Backspace",
        "<space>" => "space",
        "<tab>" => "Tab",
        "<esc>" => "Esc",
        "<ctrl-c>" => "ctrl-c",
        other => other,
    }
}
