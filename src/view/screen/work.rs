//! A bar for work that takes longer than a key: what goes on, how far it is, and how to stop it.

use crate::app::run::work_progress::WorkProgress;
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;

/// Draws how far a work is, on one row.
pub fn draw(progress: &WorkProgress, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let WorkProgress { what, words, done, total } = progress;
    let share = total.map(|total| (*done as f64 / total.max(1) as f64).min(1.0));
    let percent = share.map_or(String::new(), |share| format!("{:.0} %  ", share * 100.0));
    let words = [format!("{percent}{words}   Esc stops"), format!("{percent}Esc stops"), "Esc".to_owned()];
    let what = format!("{what} ");
    let room = usize::from(area.width.saturating_sub(2));
    let around = |words: &&String| what.chars().count() + LEAST_BAR + 2 + words.chars().count() <= room;
    let words = words.iter().find(around).unwrap_or(&words[2]);
    let mut x = area.x + area.width.min(1);
    x += pad.put(&what, Ink::Text, (x, area.y), area.right().saturating_sub(x));
    let wide = room.saturating_sub(what.chars().count() + 2 + words.chars().count()).min(MOST_BAR);
    let full = share.map_or(0, |share| (share * wide as f64) as usize);
    let bar = theme.symbol(Mark::Full).repeat(full) + &theme.symbol(Mark::Shade).repeat(wide - full);
    x += pad.put(&bar, Ink::Path, (x, area.y), area.right().saturating_sub(x)) + 2;
    pad.put(words, Ink::Dim, (x, area.y), area.right().saturating_sub(x));
}

/// A shorter bar tells nothing.
const LEAST_BAR: usize = 8;
/// A longer bar tells no more.
const MOST_BAR: usize = 40;
