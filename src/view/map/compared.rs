//! What two maps side by side say of themselves: whose they are, how far down their runs are, and which has ended.

use ratatui::layout::Rect;

use crate::app::run::scene::Scene;
use crate::engine::number::short;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;

/// The name of the scenario, to stand in front of its formula.
pub fn name(scene: &Scene<'_>) -> String {
    scene.name().map_or_else(String::new, |name| format!("{}: ", name.as_str()))
}

/// How high the point in view lies, to stand behind the window.
pub fn height(scene: &Scene<'_>) -> String {
    scene.name().map_or_else(String::new, |_| format!("   f {}", short(scene.glimpse().point().value)))
}

/// Says on the last row of a map that its run has ended: the other may go on.
pub fn tell_ending(scene: &Scene<'_>, inner: Rect, pad: &mut Pad<'_>) {
    let glimpse = scene.glimpse();
    if let (Some(_), Some(_), Some(last)) = (scene.name(), glimpse.ending, inner.height.checked_sub(1)) {
        let words = format!(" ended at t = {} ", glimpse.t);
        pad.put(&words, Ink::Emphasis, (inner.x, inner.y + last), inner.width);
    }
}
