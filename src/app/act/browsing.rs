//! The list of lessons as one viewer goes through it.

use crate::app::act::acts::Browse;
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::typed::{LONGEST_WORD, push};

/// Chooses, narrows or widens; why a character cannot be typed, if it cannot.
pub fn browse(change: Browse, session: &Session, viewer: &mut Viewer) -> Option<String> {
    let mut filter = viewer.list.filter.clone();
    match change {
        Browse::Choose(sense) => {
            session.choose(&mut viewer.list, sense);
            return None;
        }
        Browse::Narrow => {
            viewer.layer = Layer::Filter;
            return None;
        }
        Browse::Type(character) => {
            if let Err(why) = push(&mut filter, character, LONGEST_WORD) {
                return Some(why);
            }
        }
        Browse::Erase => drop(filter.pop()),
        Browse::Keep => viewer.layer = Layer::Run,
        Browse::All => {
            viewer.layer = Layer::Run;
            filter.clear();
        }
    }
    session.narrow(&mut viewer.list, filter);
    None
}
