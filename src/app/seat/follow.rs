//! Every viewer comes along: what lay on top of a page belongs to its moment, and is let go with it.

use std::cmp::Ordering;

use crate::app::room::moment::Moment;
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};

impl Viewer {
    /// Comes to the moment that all in the room are at: what was about another moment is let go.
    pub fn follow(&mut self, session: &Session) {
        let now = session.moment();
        let Some(before) = self.moment.replace(now.clone()) else { return };
        if before == now {
            return;
        }
        if matches!(self.layer, Layer::Help(_) | Layer::Terms { .. }) {
            self.beneath = Layer::Run;
        } else if !matches!((&self.layer, &now.place), (Layer::Settings(_), Some(_)) if before.place.is_none()) {
            self.layer = Layer::Run;
        }
        self.scrolled = 0;
        if before.place == now.place {
            return;
        }
        self.search = None;
        let depth = |moment: &Moment| moment.place.as_ref().map_or(0, |place| place.depth);
        let is_solution = now.place.as_ref().is_some_and(|place| place.is_solution);
        match depth(&before).cmp(&depth(&now)) {
            Ordering::Less => {
                self.left.push((self.panel, self.is_zoomed));
                self.is_zoomed = false;
                if is_solution {
                    self.open_page();
                }
            }
            Ordering::Equal => self.open_page(),
            Ordering::Greater => {
                let attempt = self.attempt.take();
                self.open_page();
                self.left.truncate(depth(&now) + 1);
                (self.panel, self.is_zoomed) = self.left.pop().unwrap_or_default();
                self.attempt = attempt;
            }
        }
    }

    /// Takes the moment for seen, whatever lies on top.
    pub fn is_at(&mut self, session: &Session) {
        self.moment = Some(session.moment());
    }
}
