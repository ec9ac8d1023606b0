//! The run and its page, with nothing on top that takes their keys.

use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{Binding, FREE, READING, RUN, Words, row};
use crate::app::keymap::state::State;

use State::{Aiming, Answering, Asked, Done, Stepping, Why};
use Words::{Cards, Controls, Fixed, Next};

/// Keys that go through the run or change it.
pub const RUNNING: &[Binding] = &[
    row(Key::char('i'), RUN, Message::Question, "back to the question, to answer it", &[Asked], Words::Question),
    row(Key::RIGHT, RUN, Message::Forward, "next beat; on a finished page, next page", &[Stepping, Aiming, Done], Next),
    row(Key::LEFT, RUN, Message::Back, "the beat before", &[Stepping, Aiming, Done], Fixed("back")),
    row(Key::ENTER, RUN, Message::WholeForward, "whole iteration forward", &[Stepping], Fixed("whole step")),
    row(Key::BACKSPACE, RUN, Message::WholeBack, "back to the start of the iteration", &[], Fixed("")),
    row(Key::SPACE, RUN, Message::Play, "play or pause", &[], Fixed("")),
    row(Key::char('<'), RUN, Message::Slower, "play slower", &[], Fixed("")),
    row(Key::char('>'), RUN, Message::Faster, "play faster", &[], Fixed("")),
    row(Key::char('e'), RUN, Message::Settings, "change the settings", &[Stepping, Aiming], Controls),
    row(Key::char('r'), FREE, Message::Again, "run again from the start", &[Aiming, Done], Fixed("run again")),
    row(Key::char('r'), &[Asked, Answering], Message::Again, "", &[], Fixed("")),
    row(Key::char('E'), RUN, Message::ToEnd, "on to the ending", &[Aiming], Fixed("to the end")),
    row(Key::char('g'), RUN, Message::GoTo, "go to iteration …", &[], Fixed("")),
    row(Key::char('k'), RUN, Message::KeepRival, "keep this run as a rival", &[], Fixed("")),
    row(Key::char('K'), RUN, Message::DropRivals, "let the kept rivals go", &[], Fixed("")),
    row(Key::char('s'), RUN, Message::Sandbox, "sandbox: play from exactly here; Esc returns", &[], Fixed("")),
    row(Key::char('y'), RUN, Message::Reopen, "the command line that reopens this place", &[], Fixed("")),
    row(Key::char('.'), RUN, Message::NextGrain, "what → takes: sub-step, iteration, run", &[], Fixed("")),
];

/// Keys of the page, its panels and its map.
pub const PAGE: &[Binding] = &[
    row(Key::char('P'), RUN, Message::Pair, "alone or two: each answers unseen", &[], Fixed("")),
    row(Key::char('n'), RUN, Message::NextPage, "next page, answered or not", &[], Fixed("")),
    row(Key::char('p'), RUN, Message::PreviousPage, "the page before", &[], Fixed("")),
    row(Key::TAB, RUN, Message::NextPanel, "next panel", &[Stepping], Fixed("panel")),
    row(Key::char('z'), RUN, Message::Zoom, "panel over the whole screen, and back", &[], Fixed("")),
    row(Key::char('o'), RUN, Message::LookAround, "look around in the map: arrows, + − 0", &[], Fixed("")),
    row(Key::char('v'), RUN, Message::NextOverlay, "overlay of the map: field, model, fog …", &[], Fixed("")),
    row(Key::char('x'), RUN, Message::Axis, "progress: iterations or evaluations", &[], Fixed("")),
    row(
        Key::char('h'),
        RUN,
        Message::Hint,
        "hint; again for the next",
        &[Asked, Answering, Stepping, Aiming],
        Words::Hints,
    ),
    row(
        Key::char('w'),
        RUN,
        Message::Why,
        "why: what the slide says, and what is true",
        &[Stepping, Aiming, Done, Why],
        Cards,
    ),
];

/// Keys of a text that is longer than its place.
pub const READ: &[Binding] = &[
    row(Key::UP, READING, Message::Up, "up in a text that is cut", &[], Fixed("")),
    row(Key::DOWN, READING, Message::Down, "down in it", &[], Fixed("")),
];
