//! One table of keys: dispatch, footer and the help sheet read the same rows.

use crate::app::key::{Code, Key};
use crate::app::message::Message;
use crate::app::session::Session;
use crate::app::sitting::Standing;
use crate::app::viewer::{Layer, Viewer};

/// What the keys mean now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The list of lessons.
    Home,
    /// A question is open and locks.
    Asked,
    /// There is a beat to see.
    Stepping,
    /// A goal is not met yet.
    Aiming,
    /// The page is done.
    Done,
    /// A hint is open.
    Hint,
    /// A why card is open.
    Why,
    /// The learner says how sure they are.
    Confidence,
    /// The settings are open.
    Settings,
    /// The map is looked around in.
    Looking,
    /// An iteration is being typed.
    GoTo,
    /// The key sheet is open.
    Help,
    /// Long work goes on.
    Working,
}

use State::{Aiming, Asked, Confidence, Done, GoTo, Help, Hint, Home, Looking, Settings, Stepping, Why, Working};

/// Where the run takes the keys; a card on top of the page does not hinder it.
const RUN: &[State] = &[Asked, Stepping, Aiming, Done, Hint, Why];
const FREE: &[State] = &[Stepping, Aiming, Done, Hint, Why];
const LESSON: &[State] = &[Asked, Stepping, Aiming, Done, Hint, Why, Confidence, Settings, GoTo, Help];
const ANYWHERE: &[State] = &[Home, Asked, Stepping, Aiming, Done, Hint, Why, Confidence, Settings, Looking, GoTo, Help];

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
    row("<right>", RUN, Message::Forward, "next beat; on a finished page, next page", &[Stepping, Aiming, Done], Next),
    row("<left>", RUN, Message::Back, "the beat before", &[Stepping, Aiming, Done], Fixed("back")),
    row("<enter>", RUN, Message::WholeForward, "whole iteration forward", &[Stepping], Fixed("whole step")),
    row("<bs>", RUN, Message::WholeBack, "back to the start of the iteration", &[], Fixed("")),
    row("<space>", RUN, Message::Play, "play or pause", &[], Fixed("")),
    row("<", RUN, Message::Slower, "play slower", &[], Fixed("")),
    row(">", RUN, Message::Faster, "play faster", &[], Fixed("")),
    row("e", RUN, Message::Settings, "change the settings", &[Stepping, Aiming], Controls),
    row("r", FREE, Message::Again, "run again from the start", &[Aiming, Done], Fixed("run again")),
    row("r", &[Asked], Message::Again, "", &[], Fixed("")),
    row("E", RUN, Message::ToEnd, "on to the ending", &[Aiming], Fixed("to the end")),
    row("g", RUN, Message::GoTo, "go to iteration …", &[], Fixed("")),
    row("k", RUN, Message::KeepRival, "keep this run as a rival", &[], Fixed("")),
    row(".", RUN, Message::NextGrain, "what → takes: sub-step, iteration, run", &[], Fixed("")),
    row("1", &[Asked, Confidence], Message::Answer(0), "answer; or: a guess", &[], Fixed("")),
    row("2", &[Asked, Confidence], Message::Answer(1), "answer; or: I think so", &[], Fixed("")),
    row("3", &[Asked, Confidence], Message::Answer(2), "answer; or: sure", &[], Fixed("")),
    row("4", &[Asked], Message::Answer(3), "answer", &[], Fixed("")),
    row("n", RUN, Message::NextPage, "next page, answered or not", &[], Fixed("")),
    row("p", RUN, Message::PreviousPage, "the page before", &[], Fixed("")),
    row("<tab>", RUN, Message::NextPanel, "next panel", &[], Fixed("")),
    row("z", RUN, Message::Zoom, "panel over the whole screen, and back", &[], Fixed("")),
    row("o", RUN, Message::LookAround, "look around in the map: arrows, + − 0", &[], Fixed("")),
    row("v", RUN, Message::NextOverlay, "overlay of the map: field, model, fog …", &[], Fixed("")),
    row("h", RUN, Message::Hint, "hint; again for the next", &[Asked, Stepping, Aiming, Hint], Fixed("hint")),
    row("w", RUN, Message::Why, "why: what the slide says, and what is true", &[Stepping, Aiming, Done, Why], Cards),
    row("L", LESSON, Message::Lock, "lift the lock of questions, or set it", &[], Fixed("")),
    row("G", ANYWHERE, Message::Glyphs, "other glyphs: braille or ASCII", &[], Fixed("")),
    row("C", ANYWHERE, Message::Colours, "other colours, or none", &[], Fixed("")),
    row("?", ANYWHERE, Message::Help, "this sheet", &[Home, Asked, Stepping, Aiming, Done], Fixed("help")),
    row(
        "<esc>",
        &[Hint, Why, Confidence, Settings, Looking, GoTo, Help],
        Message::Lower,
        "close what is on top",
        &[Hint, Why, Confidence, Settings, Looking, GoTo, Help],
        Fixed("close"),
    ),
    row("<esc>", &[Working], Message::Lower, "", &[Working], Fixed("stop")),
    row("<esc>", &[Asked, Stepping, Aiming, Done], Message::Lower, "", &[], Fixed("")),
    row(
        "q",
        &[Home, Asked, Stepping, Aiming, Done, Hint, Why, Confidence, Help, Settings, Looking, GoTo],
        Message::Quit,
        "one level up: lesson, list, shell",
        &[Home],
        Fixed("leave"),
    ),
    row("<ctrl-c>", ANYWHERE, Message::LeaveNow, "leave at once", &[], Fixed("")),
    row("<up>", &[Home], Message::Up, "in the list: the lesson before", &[], Fixed("")),
    row("<down>", &[Home], Message::Down, "in the list: the lesson after", &[Home], Fixed("choose")),
    row("<enter>", &[Home], Message::Open, "in the list: open the lesson", &[Home], Fixed("open")),
    row(
        "<enter>",
        &[Settings],
        Message::Confirm,
        "in the settings: apply from the start",
        &[Settings],
        Fixed("apply from the start"),
    ),
    row("f", &[Settings], Message::Fork, "in the settings: apply from here on", &[Settings], Fixed("from here on")),
    row("<up>", &[Settings], Message::Up, "in the settings: the one above", &[], Fixed("")),
    row("<down>", &[Settings], Message::Down, "in the settings: the one below", &[Settings], Fixed("choose")),
    row("<left>", &[Settings], Message::Less, "in the settings: a nudge less", &[], Fixed("")),
    row(
        "<right>",
        &[Settings],
        Message::More,
        "in the settings: a nudge more (or type)",
        &[Settings],
        Fixed("more (type a value)"),
    ),
    row("<left>", &[Looking], Message::Pan(-1, 0), "", &[], Fixed("")),
    row("<right>", &[Looking], Message::Pan(1, 0), "", &[], Fixed("")),
    row("<up>", &[Looking], Message::Pan(0, 1), "", &[], Fixed("")),
    row("<down>", &[Looking], Message::Pan(0, -1), "", &[], Fixed("")),
    row("+", &[Looking], Message::Near(true), "", &[Looking], Fixed("nearer")),
    row("=", &[Looking], Message::Near(true), "", &[], Fixed("")),
    row("-", &[Looking], Message::Near(false), "", &[Looking], Fixed("farther")),
    row("0", &[Looking], Message::LookBack, "", &[Looking], Fixed("as the lesson shows it")),
    row("<bs>", &[Settings, GoTo], Message::Erase, "while typing: take back a character", &[], Fixed("")),
    row("<enter>", &[GoTo], Message::Confirm, "", &[GoTo], Fixed("go")),
    row("<up>", &[Help], Message::Up, "", &[], Fixed("")),
    row("<down>", &[Help], Message::Down, "", &[Help], Fixed("more")),
];

/// What the keys mean now.
pub fn state(session: &Session, viewer: &Viewer) -> State {
    match &viewer.layer {
        Layer::Help(_) => return Help,
        Layer::Settings(_) => return Settings,
        Layer::Look => return Looking,
        Layer::GoTo(_) => return GoTo,
        Layer::Confidence(_) => return Confidence,
        Layer::Hint(_) if session.sitting.is_some() => return Hint,
        Layer::Why(_) if session.sitting.is_some() => return Why,
        Layer::Hint(_) | Layer::Why(_) | Layer::Run => {}
    }
    if session.work.is_some() {
        return Working;
    }
    match session.sitting.as_ref().map(crate::app::sitting::Sitting::standing) {
        None => Home,
        Some(Standing::Asked) => Asked,
        Some(Standing::Stepping) => Stepping,
        Some(Standing::Aiming) => Aiming,
        Some(Standing::Done) => Done,
    }
}

/// What a key means now; a key that means nothing does nothing.
pub fn dispatch(session: &Session, viewer: &Viewer, key: Key) -> Option<Message> {
    let state = state(session, viewer);
    if let (Settings | GoTo, Code::Char(character), false) = (state, key.code, key.ctrl)
        && (character.is_ascii_digit() || (state == Settings && "+-.eE".contains(character)))
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
    let is_open = session.sitting.as_ref().is_some_and(|sitting| sitting.open_question().is_some());
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

/// The help sheet: every key of the lesson with what it does, keys of one row together.
pub fn sheet() -> Vec<(&'static str, &'static str)> {
    TABLE.iter().filter(|binding| !binding.help.is_empty()).map(|binding| (shown(binding.key), binding.help)).collect()
}
