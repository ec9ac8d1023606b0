//! The last row: which keys do something now, and what.

use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;

/// Whether ↓ leads to rows out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    More,
    Nothing,
}

/// Draws keys and words; what does not fit is left out whole, the hint late, and never the help key or the way out.
pub fn draw(entries: &[(&'static str, String)], pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let mut x = area.x + 1;
    let wide = |(key, words): &(&str, String)| theme.text(key).chars().count() + theme.text(words).chars().count() + 1;
    let find = |wanted: &str| entries.iter().find(|(key, _)| *key == wanted);
    let hint = find("h").filter(|(_, words)| words == "hint");
    let mut kept: Vec<&(&str, String)> = hint.into_iter().chain(find("?").or_else(|| find("Esc"))).collect();
    let reserved = |kept: &[&(&str, String)]| kept.iter().map(|entry| wide(entry) + 2).sum::<usize>() as u16;
    // Where the most useful key would be left out for the hint, the hint goes.
    if hint.is_some() && entries.first().is_some_and(|first| x + wide(first) as u16 + reserved(&kept) > area.right()) {
        kept.remove(0);
    }
    let reserve = reserved(&kept);
    for entry in entries.iter().filter(|(key, _)| kept.iter().all(|(kept, _)| kept != key)) {
        if x + wide(entry) as u16 + reserve > area.right() {
            break;
        }
        x += write(entry, x, pad) + 2;
    }
    for entry in kept {
        x += write(entry, x, pad) + 2;
    }
}

fn write((key, words): &(&'static str, String), x: u16, pad: &mut Pad<'_>) -> u16 {
    let area = pad.area;
    let used = pad.put(key, Ink::Key, (x, area.y), area.right().saturating_sub(x));
    let after = x + used + 1;
    used + 1 + pad.put(words, Ink::Text, (after, area.y), area.right().saturating_sub(after))
}
