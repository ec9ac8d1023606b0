//! The key sheet: what each key does, and what the marks on the map mean.

use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::UnicodeWidthStr;

use crate::app::keymap;
use crate::view::legend::legend;
use crate::view::lines::{self, Line, Row};
use crate::view::plot::Frame;
use crate::view::theme::{Ink, Theme};

/// From so many columns on, the keys stand in two columns.
const TWO_COLUMNS: u16 = 76;
/// The blanks between two columns.
const GAP: u16 = 2;

/// Draws the sheet from row `top` on, as far down as there are rows.
pub fn draw(top: usize, theme: Theme, area: Rect, cells: &mut Buffer) {
    let area = area.intersection(cells.area);
    let inside = Rect { width: area.width.saturating_sub(4), height: area.height.saturating_sub(2), ..area };
    let mut rows = keys(inside.width, theme);
    rows.push(Row::new());
    rows.extend(lines::fit(&legend(theme), inside.width, theme));
    let height = usize::from(inside.height);
    let top = top.min(rows.len().saturating_sub(height));
    let bottom = match rows.len().saturating_sub(top + height) {
        0 if top == 0 => String::new(),
        0 => "the end".to_owned(),
        more => format!("↓ {more} rows more"),
    };
    let inner =
        Frame { title: "Keys", right: "Esc closes", bottom: &bottom, ink: Ink::FrameFocus }.draw(theme, area, cells);
    for y in inner.top()..inner.bottom() {
        cells.set_stringn(
            inner.x,
            y,
            " ".repeat(usize::from(inner.width)),
            usize::from(inner.width),
            theme.style(Ink::Text),
        );
    }
    let inner = Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner };
    lines::draw(&rows[top..], theme, inner, cells);
}

/// The keys in one or two columns.
fn keys(width: u16, theme: Theme) -> Vec<Row> {
    let sheet = keymap::sheet();
    let widest = sheet.iter().map(|(key, _)| theme.text(key).width()).max().unwrap_or(0);
    if width < TWO_COLUMNS - 4 {
        return column(&sheet, widest, width, theme);
    }
    let half = (width - GAP) / 2;
    let all = column(&sheet, widest, half, theme);
    // Cut where a key begins, so that no explanation is torn apart.
    let is_key = |row: &Row| row.first().is_some_and(|(at, ..)| *at == 0);
    let cut = (all.len().div_ceil(2)..all.len()).find(|at| is_key(&all[*at])).unwrap_or(all.len());
    let shift = usize::from(half + GAP);
    let (left, right) = all.split_at(cut);
    let shifted = |row: Option<&Row>| {
        let pieces = row.into_iter().flatten();
        pieces.map(|(at, ink, text)| (at + shift, *ink, text.clone())).collect::<Row>()
    };
    left.iter().enumerate().map(|(at, row)| row.iter().cloned().chain(shifted(right.get(at))).collect()).collect()
}

/// Each key, and beside it what it does.
fn column(sheet: &[(&str, &str)], widest: usize, width: u16, theme: Theme) -> Vec<Row> {
    let words_at = widest + 2;
    let mut rows = Vec::new();
    for (key, words) in sheet {
        let words = Line::new(Ink::Text, *words).flush();
        let mut own = lines::fit(&[words], width.saturating_sub(words_at as u16), theme);
        for row in &mut own {
            for (at, ..) in row.iter_mut() {
                *at += words_at;
            }
        }
        if own.is_empty() {
            own.push(Row::new());
        }
        own[0].insert(0, (0, Ink::Key, theme.text(key).into_owned()));
        rows.extend(own);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::specimen::{THEMES, draw_at_every_size, drawn};

    fn seen(top: usize, width: u16, height: u16) -> String {
        drawn(width, height, |area, cells| draw(top, THEMES[0], area, cells))
    }

    #[test]
    fn every_key_and_every_mark_is_told() {
        let text = seen(0, 120, 60);
        for (key, words) in keymap::sheet() {
            assert!(text.contains(key) && text.contains(words), "{key}: {words}\n{text}");
        }
        for wanted in ["S start", "o iterates", "◆ here", "× trials", "* minimum", "+ saddle", "where a run ends"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(drawn(120, 60, |area, cells| draw(0, THEMES[1], area, cells)).contains("@ here"));
    }

    #[test]
    fn it_scrolls_to_its_end_and_not_beyond() {
        assert!(seen(0, 80, 24).contains("rows more"));
        assert!(!seen(0, 80, 24).contains("* minimum"));
        for top in [100, usize::MAX] {
            let text = seen(top, 80, 24);
            assert!(text.contains("* minimum") && text.contains("the end"), "{text}");
        }
    }

    #[test]
    fn every_size_is_drawn() {
        for top in [0, 7, 1000] {
            draw_at_every_size(|theme, area, cells| draw(top, theme, area, cells));
        }
    }
}
