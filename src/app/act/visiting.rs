//! From one sitting to another, and back.

use crate::app::act::acts::Visit;
use crate::app::room::sandbox;
use crate::app::room::session::Session;
use crate::app::room::solution;
use crate::app::seat::viewer::{Layer, Viewer};

/// Goes to another sitting or back; why it cannot, if it cannot.
pub fn visit(visit: Visit, session: &mut Session, viewer: &mut Viewer) -> Option<String> {
    let done = match visit {
        Visit::Open => session.open_chosen(&viewer.list),
        Visit::Review => session.open_review(),
        Visit::Solution => solution::open(session),
        Visit::Sandbox => {
            let is_empty = session.sitting.is_none();
            let done = sandbox::open(session);
            if is_empty && done.is_ok() {
                sandbox::ask_for_formula(session, viewer);
                return None;
            }
            done
        }
        Visit::Return => {
            sandbox::leave(session);
            Ok(())
        }
        Visit::Home => {
            session.go_home(&mut viewer.list);
            Ok(())
        }
    };
    if done.is_ok() {
        viewer.layer = Layer::Run;
    }
    done.err()
}
