//! The panels beside the map, each in the file of its name; this list says of each what it is.

pub mod curvature;
pub mod curve;
pub mod drawn;
pub mod line_search;
pub mod momentum;
pub mod numbers;
pub mod progress;
pub mod schedule;
pub mod table;
pub mod theory;
pub mod trials;

use crate::app::run::scene::Scene;
use crate::lesson::schema::Panel;
use crate::view::panel::progress::Across;
use crate::view::paper::pad::Pad;
use crate::view::paper::words::{Extent, PanelWords};
use crate::view::plot::memo::Memo;

/// What a panel is made of.
enum Face {
    /// Words and numbers, drawn or read out.
    Words(fn(&Scene<'_>, Extent) -> PanelWords),
    /// A picture, which is only drawn.
    Picture(fn(&Scene<'_>, &mut Pad<'_>)),
    /// A picture against t or evaluations, whose numbers are kept from frame to frame.
    Chart(fn(&Scene<'_>, Across, &mut Pad<'_>, &mut Memo)),
    /// A map, which the screen lays overlays and points on.
    Map,
}

/// Every panel, a line each.
fn face(panel: Panel) -> Face {
    match panel {
        Panel::Map | Panel::SecondMap => Face::Map,
        Panel::LineSearch => Face::Picture(line_search::draw),
        Panel::Curvature => Face::Words(|scene, extent| curvature::content(scene, extent.width)),
        Panel::Numbers => Face::Words(|scene, _| numbers::content(scene)),
        Panel::Progress => Face::Chart(progress::draw),
        Panel::Theory => Face::Words(theory::content),
        Panel::Schedule => Face::Picture(schedule::draw),
        Panel::Table => Face::Words(table::content),
        Panel::Curve => Face::Picture(curve::draw),
    }
}

/// Draws a panel; nothing for a map.
pub fn draw(panel: Panel, scene: &Scene<'_>, axis: Across, pad: &mut Pad<'_>, memo: &mut Memo) {
    match face(panel) {
        Face::Words(content) => content(scene, pad.extent()).draw(pad),
        Face::Picture(draw) => draw(scene, pad),
        Face::Chart(draw) => draw(scene, axis, pad, memo),
        Face::Map => {}
    }
}

/// What a panel says to who cannot see it, for a place so large; `None` for a picture.
pub fn words(panel: Panel, scene: &Scene<'_>, extent: Extent) -> Option<PanelWords> {
    if let Face::Words(content) = face(panel) { Some(content(scene, extent)) } else { None }
}
