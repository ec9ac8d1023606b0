//! What one viewer sees: glyphs, colours, panels, the part of the map in view and what is laid over it.

use crate::app::act::acts::Seeing;
use crate::app::look::arrangement;
use crate::app::look::overlay::Overlay;
use crate::app::look::viewport::Viewport;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::rules::lesson;
use crate::app::run::basins::Basins;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::engine::number::Sense;

/// Changes what a viewer sees; what is told of it.
pub fn see(change: Seeing, session: &mut Session, viewer: &mut Viewer) -> Option<String> {
    match change {
        Seeing::Glyphs => viewer.look.glyphs = viewer.look.glyphs.other(),
        Seeing::Colours => {
            viewer.look = viewer.look.next_depth();
            return Some(viewer.look.depth.sentence().into());
        }
        Seeing::NextPanel => viewer.panel = viewer.panel.wrapping_add(1),
        Seeing::Zoom => viewer.is_zoomed = !viewer.is_zoomed,
        Seeing::Axis => return arrangement::switch_axis(session.sitting.as_ref()?, viewer).err(),
        Seeing::LookAround => {
            viewer.layer = Layer::Run;
            return viewer.look_around(&session.sitting.as_ref()?.panels()).err();
        }
        Seeing::Pan(right, up) => viewer.viewport.pan(right, up),
        Seeing::Nearer(sense) => viewer.viewport.zoom(sense),
        Seeing::Home => viewer.viewport = Viewport::default(),
        Seeing::Overlay(overlay) => {
            viewer.layer = Layer::Run;
            return lay_over(overlay, session.sitting.as_mut()?, viewer);
        }
        Seeing::Scroll(sense) => viewer.scrolled += if sense == Sense::More { 1 } else { -1 },
    }
    None
}

/// Lays an overlay over the map, and seeks first what it shows; what it shows, or why nothing.
fn lay_over(overlay: Option<Overlay>, sitting: &mut Sitting, viewer: &mut Viewer) -> Option<String> {
    if let Err(why) = lesson::unlocked(sitting) {
        return Some(why);
    }
    if sitting.cast.runs[0].objective().dimension() < 2 {
        return Some("Overlays lie over maps of two coordinates; this is a curve.".into());
    }
    viewer.overlay = overlay;
    let sentence = overlay.map(|overlay| overlay.sentence(sitting));
    let told = Some(sentence.unwrap_or_else(|| "No overlay. v: the first.".into()));
    if overlay != Some(Overlay::Basins) || Overlay::Basins.refusal(sitting, &Scene::of(sitting)).is_some() {
        return told;
    }
    match sitting.basin_question(viewer.viewport) {
        Ok(question) if sitting.basins.as_ref().is_none_or(|known| known.question != question) => {
            viewer.search = Some(Box::new(Basins::new(question)));
            viewer.search_on(sitting).or(told)
        }
        _ => told,
    }
}
