//! What the keys of the map do: the view moves, and overlays are laid over it.

use crate::app::act::cards;
use crate::app::act::message::Message;
use crate::app::look::overlay::Overlay;
use crate::app::look::viewport::Viewport;
use crate::app::room::session::Session;
use crate::app::run::basins::Basins;
use crate::app::run::scene::Scene;
use crate::app::run::work::Work;
use crate::app::seat::viewer::Viewer;

/// Looks around in the map, or lays the next overlay over it.
pub fn on_map(session: &mut Session, viewer: &mut Viewer, message: Message) -> Result<(), String> {
    match &session.sitting {
        Some(sitting) if message == Message::LookAround => viewer.look_around(&sitting.panels()),
        _ => lay_over(session, viewer),
    }
}

/// Moves the view of one who looks around; `None` for a message that is about something else.
pub fn move_view(viewer: &mut Viewer, message: Message) -> Option<Result<(), String>> {
    match message {
        Message::Pan(right, up) => viewer.viewport.pan(right, up),
        Message::Near(is_nearer) => viewer.viewport.zoom(is_nearer),
        Message::LookBack => viewer.viewport = Viewport::default(),
        _ => return None,
    }
    Some(Ok(()))
}

/// Lays the next overlay over the map, and seeks first what it shows.
fn lay_over(session: &mut Session, viewer: &mut Viewer) -> Result<(), String> {
    let Some(sitting) = &session.sitting else { return Ok(()) };
    cards::unlocked(sitting)?;
    if sitting.cast.runs[0].objective().dimension() < 2 {
        return Err("Overlays lie over maps of two coordinates; this is a curve.".into());
    }
    viewer.overlay = Overlay::next(viewer.overlay);
    let sentence = viewer.overlay.map(|overlay| overlay.sentence(sitting));
    viewer.notice = Some(sentence.unwrap_or_else(|| "No overlay. v: the first.".into()));
    if viewer.overlay != Some(Overlay::Basins) || Overlay::Basins.refusal(sitting, &Scene::of(sitting)).is_some() {
        return Ok(());
    }
    match sitting.basin_question(viewer.viewport) {
        Ok(question) if sitting.basins.as_ref().is_none_or(|known| known.question != question) => {
            session.begin(Work::Basins(Box::new(Basins::new(question))))
        }
        _ => Ok(()),
    }
}
