//! The terms of the course as a sheet over everything else: opened, narrowed by typing, scrolled, closed.

use crate::app::act::message::Message;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::typed::{LONGEST_WORD, push};

/// Opens the sheet; what it covers comes back when it is closed.
fn open(viewer: &mut Viewer) {
    let covered = std::mem::replace(&mut viewer.layer, Layer::Terms { top: 0, typed: String::new() });
    // The key sheet makes place for it.
    if !matches!(covered, Layer::Help(_)) {
        viewer.beneath = covered;
    }
}

/// What the sheet makes of a message; whether it was meant for it.
pub fn take(viewer: &mut Viewer, message: Message) -> bool {
    if message == Message::Terms {
        open(viewer);
        return true;
    }
    let Layer::Terms { top, typed } = &mut viewer.layer else { return false };
    match message {
        Message::Up => *top = top.saturating_sub(1),
        Message::Down => *top += 1,
        Message::Type(character) => {
            viewer.notice = push(typed, character, LONGEST_WORD).err();
            *top = 0;
        }
        Message::Erase => {
            typed.pop();
            *top = 0;
        }
        _ => return false,
    }
    true
}
