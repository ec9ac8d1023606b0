//! The first row: which lesson it is, and where in it the learner stands.

use unicode_width::UnicodeWidthStr;

use crate::app::room::errand::Errand;
use crate::app::room::session::{PACES, Session};
use crate::app::room::sitting::Sitting;
use crate::app::seat::viewer::Viewer;
use crate::view::page::pair;
use crate::view::paper::frame::shorten;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;

/// Draws `number title … not kept  playing  panel  pair  page 2/7  run  t=3`; `turn` says which of how many panels Tab has reached.
pub fn draw(session: &Session, sitting: &Sitting, viewer: &Viewer, turn: Option<(usize, usize)>, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    // Where rivals go on, the learner's run stays at its ending.
    let (run, t) = (sitting.cast.names[0].as_str(), sitting.cast.runs[0].iteration().min(sitting.cursor.t));
    let mut right = format!("page {}/{}   {run}  t={t} ", sitting.page + 1, sitting.lesson.pages.len());
    if sitting.is_unlocked {
        right = format!("unlocked   {right}");
    }
    if sitting.is_sandbox() {
        right = format!("sandbox   {run}  t={t} ");
    }
    if sitting.errand == Errand::Solution {
        right = format!("a solution (Esc returns)   {run}  t={t} ");
    }
    if sitting.proof().is_some() {
        right = format!("proof (Esc returns)   {run}  t={t} ");
    }
    if let Some(pair) = &session.pair {
        right = format!("{}   {right}", pair::title(pair, sitting));
    }
    if let Some((at, count)) = turn {
        right = format!("panel {at}/{count}   {right}");
    }
    if session.is_playing {
        right = format!("playing, pace {} of {}   {right}", session.pace + 1, PACES.len());
    }
    if viewer.is_unkept {
        right = format!("not kept   {right}");
    }
    let right = theme.text(&right).into_owned();
    let wide = (right.width() as u16).min(area.width);
    let room = usize::from(area.width.saturating_sub(wide + 2));
    let number = session.number_of(&sitting.lesson.id).map_or(String::new(), |number| format!("{number} "));
    let title = shorten(&format!("{number}{}", sitting.lesson.title.as_str()), room, theme);
    pad.put(&title, Ink::Title, (area.x + 1, area.y), area.width - 1);
    pad.put(&right, Ink::Dim, (area.right() - wide, area.y), wide);
}
