//! The terms of the course as a sheet over everything else: opened, narrowed by typing, scrolled, closed.

use crate::app::message::Message;
use crate::app::viewer::{Layer, Viewer};

/// No word to look for is longer.
const LONGEST: usize = 24;

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
            *top = 0;
            if typed.chars().count() < LONGEST {
                typed.push(character);
            } else {
                viewer.notice = Some(format!("That is as long as it can be: {LONGEST} letters."));
            }
        }
        Message::Erase => {
            typed.pop();
            *top = 0;
        }
        _ => return false,
    }
    true
}
