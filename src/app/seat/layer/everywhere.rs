//! Keys that mean the same on most layers: closing, leaving, help, glyphs, the lock.

use crate::app::act::message::Message;
use crate::app::key::press::Key;
use crate::app::keymap::binding::{ANYWHERE, Binding, GROUND, LESSON, Words, row};
use crate::app::keymap::state::State;

use State::{
    Aiming, Answering, Asked, Confidence, Done, Filter, GoTo, Help, Hint, Home, Looking, Pair, Placing, Reopen,
    Settings, Stepping, Terms, Why, Working, Writing,
};
use Words::Fixed;

/// Keys of most layers.
pub const KEYS: &[Binding] = &[
    row(Key::char('L'), LESSON, Message::Lock, "lift the lock of questions, or set it", &[], Fixed("")),
    row(Key::char('G'), ANYWHERE, Message::Glyphs, "other glyphs: braille or ASCII", &[], Fixed("")),
    row(Key::char('C'), ANYWHERE, Message::Colours, "other colours, or none", &[], Fixed("")),
    row(
        Key::char('?'),
        ANYWHERE,
        Message::Help,
        "this sheet",
        &[Home, Asked, Answering, Stepping, Aiming, Done],
        Fixed("help"),
    ),
    row(
        Key::ESC,
        &[Hint, Why, Reopen, Confidence, Pair, Settings, Writing, Looking, GoTo, Help, Terms],
        Message::Lower,
        "close what is on top",
        &[Hint, Why, Reopen, Confidence, Pair, Settings, Writing, Looking, GoTo, Help, Terms],
        Fixed("close"),
    ),
    row(Key::ESC, &[Answering], Message::Lower, "", &[Answering], Words::Leave),
    row(Key::ESC, &[Working], Message::Lower, "", &[Working], Fixed("stop")),
    row(Key::ESC, GROUND, Message::Lower, "", GROUND, Words::Return),
    row(
        Key::char('q'),
        &[
            Home, Asked, Answering, Stepping, Aiming, Done, Hint, Why, Reopen, Confidence, Help, Settings, Placing,
            Looking, GoTo,
        ],
        Message::Quit,
        "one level up: lesson, list, shell",
        &[Home],
        Fixed("leave"),
    ),
    row(Key::ctrl('c'), ANYWHERE, Message::LeaveNow, "leave at once", &[], Fixed("")),
    row(Key::ctrl('c'), &[Writing, Filter, Terms, Pair], Message::LeaveNow, "", &[], Fixed("")),
];

/// Keys of every field.
pub const TYPING: &[Binding] = &[row(
    Key::BACKSPACE,
    &[Settings, Writing, GoTo, Filter, Terms, Pair],
    Message::Erase,
    "while typing: take back a character",
    &[],
    Fixed(""),
)];
