//! The maps of the screen, as a viewer looks at them: with an overlay, and with the point that is asked for or moved.

use crate::app::look::overlay::Overlay;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::question::Answer;
use crate::view::map::picture::{self, Sight};
use crate::view::map::pin::Pin;
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::plot::memo::Memo;
use crate::view::question;

/// Who looks at the maps of which lesson.
pub struct MapViewer<'a> {
    pub sitting: &'a Sitting,
    pub viewer: &'a Viewer,
}

impl MapViewer<'_> {
    /// Draws the map of the page, and on it the viewer's own point.
    pub fn draw(&self, scene: &Scene<'_>, pad: &mut Pad<'_>, memo: &mut Memo) {
        picture::draw(scene, self.sight(scene), pad, memo);
        if let Some(pin) = self.pin() {
            picture::mark_point(scene, &pin, self.viewer.viewport, pad);
        }
    }

    /// Draws the map of the scenario that the page compares; nothing where it compares none.
    pub fn draw_compared(&self, pad: &mut Pad<'_>, memo: &mut Memo) {
        let Some(scene) = Scene::compared(self.sitting) else { return };
        // Basins are sought for the method of the learner's run alone.
        let sight = self.sight(&scene);
        let overlay = sight.overlay.filter(|overlay| *overlay != Overlay::Basins);
        picture::draw(&scene, Sight { overlay, ..sight }, pad, memo);
    }

    /// How the viewer looks at a map, as far as that tells no answer.
    fn sight(&self, scene: &Scene<'_>) -> Sight {
        let overlay = self.viewer.overlay;
        let refusal = overlay.and_then(|overlay| overlay.refusal(self.sitting, scene));
        Sight { overlay, refusal, viewport: self.viewer.viewport }
    }

    /// The point that is on its way, or was given as an answer whose outcome is not seen yet.
    fn pin(&self) -> Option<Pin> {
        let (sitting, viewer) = (self.sitting, self.viewer);
        let (attempt, ask) = (viewer.attempt(sitting), sitting.page().ask.as_ref());
        let place = ask.and_then(|ask| question::kind(ask, attempt.as_ref()).place().map(<[f64]>::to_vec));
        let (at, mark, is_moving) = match (&viewer.layer, place, &sitting.record().answer) {
            (Layer::Settings(draft), ..) => (draft.placing.is_some().then(|| draft.start.clone())?, Mark::Start, true),
            (_, Some(place), _) => (place, Mark::Guess, true),
            (_, _, Some(Answer::Point(point))) if sitting.is_sealed() => (point.clone(), Mark::Guess, false),
            _ => return None,
        };
        Some(Pin { at, mark, is_moving })
    }
}
