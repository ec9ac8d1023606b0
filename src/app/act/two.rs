//! Whether one learns or two: the card that asks, and what its answer changes.

use crate::app::act::message::Message;
use crate::app::answer::pair::{self, LONGEST, Pair, fits_name};
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};

/// From here on two learn, or one alone; what was answered under other names is let go.
pub fn set(session: &mut Session, pair: Option<Pair>) {
    session.pair = pair;
    let left = session.left.as_mut().map(|left| &mut left.sitting);
    for sitting in session.sitting.iter_mut().chain(left).chain(session.shelf.values_mut()) {
        let open = sitting.records.iter_mut().filter(|record| record.answer.is_none());
        open.for_each(|record| record.partners.clear());
    }
    pair::watch(session.pair.as_mut(), session.sitting.as_ref());
}

/// Asks whether one learns or two; where two do, one goes on alone.
pub fn open(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    viewer.attempt = None;
    if session.pair.is_some() {
        set(session, None);
        viewer.notice = Some("One learns alone now; P makes it two again.".into());
    } else {
        viewer.layer = Layer::Pair(String::new());
    }
    Ok(())
}

/// Lets a key happen to the card that asks; `None` if it is none of its.
pub fn on_card(session: &mut Session, viewer: &mut Viewer, message: Message) -> Option<Result<(), String>> {
    let Layer::Pair(typed) = &mut viewer.layer else { return None };
    let pair = match message {
        Message::Type(letter) if !(fits_name(letter) || letter == ',') => {
            return Some(Err("1 or 2; or two names, of letters, parted by a comma.".into()));
        }
        Message::Type(' ') if typed.is_empty() || typed.ends_with(' ') => {
            return Some(Err("A name begins with a letter.".into()));
        }
        Message::Type(_) if typed.chars().count() >= 2 * LONGEST + 2 => {
            return Some(Err("That is long enough for two names.".into()));
        }
        Message::Type(letter) => {
            typed.push(letter);
            return Some(Ok(()));
        }
        Message::Erase => return Some(typed.pop().map(drop).ok_or_else(|| "Nothing is typed here.".into())),
        Message::Answer(0) => None,
        Message::Answer(_) | Message::Confirm => match Pair::read(typed) {
            Ok(pair) => Some(pair),
            Err(why) => return Some(Err(why)),
        },
        _ => return None,
    };
    viewer.layer = Layer::Run;
    set(session, pair);
    viewer.notice = session.pair.as_ref().map(|pair| {
        let (driver, other) = pair.driving();
        format!("{} has the keys first, {} looks on. P ends it.", driver.as_str(), other.as_str())
    });
    Some(Ok(()))
}
