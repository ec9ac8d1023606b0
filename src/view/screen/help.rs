//! The key sheet: what each key does, and what the marks on the map mean.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::keymap::sheet::{self, SheetEntry};
use crate::app::room::session::Session;
use crate::app::seat::viewer::Viewer;
use crate::view::map::legend::legend;
use crate::view::paper::frame::Frame;
use crate::view::paper::lines::{self, Line, WrappedRow};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::screen::keys::Below;

/// From so many columns on, the keys stand in two columns.
const TWO_COLUMNS: u16 = 76;
/// The blanks between two columns.
const GAP: u16 = 2;

/// How the sheet lies on a screen: its rows, and how many of them are to be seen at once.
fn laid_out(session: &Session, (columns, height): (u16, u16), theme: Theme) -> (Vec<WrappedRow>, u16, usize) {
    let (inside, height) = (columns.saturating_sub(4), usize::from(height.saturating_sub(2)));
    let columns = if inside < TWO_COLUMNS - 4 { 1 } else { 2 };
    let width = inside.saturating_sub(GAP * (columns - 1)) / columns;
    (rows(session, width, theme), width, height * usize::from(columns))
}

/// The last row that the sheet can begin with before this viewer.
pub fn last_top(session: &Session, viewer: &Viewer) -> usize {
    let (columns, height) = viewer.size;
    // The footer takes a row.
    let (rows, _, seen) = laid_out(session, (columns, height.saturating_sub(1)), Theme::of(viewer.look));
    rows.len().saturating_sub(seen)
}

/// Draws the sheet from row `top` on, as far down as there are rows; whether there are more below.
///
/// ```text
/// +-- Keys ------------------------------ Esc closes --+
/// | Group                    Group                     |
/// | key  what it does        (key  not now)            |
/// | key  what it does        On the map: marks ...     |
/// +-- ↓ 4 rows more -----------------------------------+
/// ```
pub fn draw(session: &Session, top: usize, pad: &mut Pad<'_>) -> Below {
    let (area, theme) = (pad.area, pad.theme);
    let pad = &mut Pad { is_focus: true, ..pad.part(area) };
    let (rows, width, seen) = laid_out(session, (area.width, area.height), theme);
    // The left column is read to its foot, then the right one, as in a newspaper.
    let height = usize::from(area.height.saturating_sub(2));
    let columns = seen.checked_div(height).unwrap_or(1);
    let top = top.min(rows.len().saturating_sub(seen));
    let below = rows.len().saturating_sub(top + seen);
    let bottom = match below {
        0 if top == 0 => String::new(),
        0 => "the end".to_owned(),
        1 => "↓ 1 row more".into(),
        more => format!("↓ {more} rows more"),
    };
    let right = if area.width < 60 { "Esc closes" } else { "(in brackets: not now)  Esc closes" };
    let inner = Frame { title: "Keys", right, bottom: &bottom }.draw(pad);
    pad.part(inner).blank();
    let inner = Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner };
    for (number, column) in rows[top..].chunks(height.max(1)).take(columns).enumerate() {
        let shift = (number as u16 * (width + GAP)).min(inner.width);
        let place = Rect { x: inner.x + shift, width: inner.width - shift, ..inner };
        lines::draw(column, &mut pad.part(place));
    }
    if below > 0 { Below::More } else { Below::Nothing }
}

/// All rows, one under the other: the keys in their groups, and the legend of the map.
fn rows(session: &Session, width: u16, theme: Theme) -> Vec<WrappedRow> {
    let sheet = sheet::sheet(session);
    let keys = || sheet.iter().flat_map(|group| &group.entries);
    let widest = keys().map(|entry| theme.text(entry.key).width()).max().unwrap_or(0);
    let mut rows = Vec::new();
    for group in &sheet {
        rows.extend(lines::fit(&[Line::new(Ink::Title, group.title)], width, theme));
        group.entries.iter().for_each(|entry| rows.extend(key(entry, widest, width, theme)));
    }
    rows.extend(lines::fit(&legend(theme), width, theme));
    rows
}

/// A key, and beside it what it does; in brackets if it does nothing now.
fn key(entry: &SheetEntry, widest: usize, width: u16, theme: Theme) -> Vec<WrappedRow> {
    let (key_ink, ink) = if entry.refusal.is_some() { (Ink::Dim, Ink::Dim) } else { (Ink::Key, Ink::Text) };
    let words = if entry.refusal.is_some() { format!("({})", entry.words) } else { entry.words.clone() };
    let words_at = widest + 1;
    let mut rows = lines::fit(&[Line::new(ink, words).flush()], width.saturating_sub(words_at as u16), theme);
    for row in &mut rows {
        for (at, ..) in row.iter_mut() {
            *at += words_at;
        }
    }
    if rows.is_empty() {
        rows.push(WrappedRow::new());
    }
    rows[0].insert(0, (0, key_ink, theme.text(entry.key).into_owned()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::act::message::Message;
    use crate::app::act::perform::act;
    use crate::app::room::sitting::Sitting;
    use crate::app::rules::permit::permit;
    use crate::lesson::course::library;
    use crate::view::paper::specimen::{THEMES, draw_at_every_size, drawn};

    fn at_lesson(keys: &[Message]) -> Session {
        let mut session = Session::single(library::open("backtracking").and_then(Sitting::open).unwrap());
        let mut viewer = Viewer::default();
        for message in keys {
            let permitted = permit(*message, &session, &viewer).unwrap();
            act(permitted, &mut session, &mut viewer);
        }
        session
    }

    fn seen(session: &Session, top: usize, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| {
            draw(session, top, pad);
        })
    }

    #[test]
    fn every_key_and_every_mark_is_told() {
        let session = at_lesson(&[]);
        let text = seen(&session, 0, 160, 60);
        for entry in sheet::sheet(&session).iter().flat_map(|group| &group.entries) {
            assert!(text.contains(entry.key) && text.contains(&entry.words), "{}: {}\n{text}", entry.key, entry.words);
        }
        for wanted in ["S start", "o iterates", "◆ here", "× trials", "* minimum", "+ saddle", "where a run ends"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(
            drawn((160, 60), THEMES[1], |pad| {
                draw(&session, 0, pad);
            })
            .contains("@ here")
        );
    }

    #[test]
    fn keys_that_would_be_refused_stand_in_brackets() {
        let stepping = seen(&at_lesson(&[]), 0, 160, 60);
        assert!(stepping.contains("go on; now: direction") && stepping.contains("k         keep this run"));
        assert!(stepping.contains("(answer; then how sure") && stepping.contains("(the page before)"), "{stepping}");
        let asked = seen(&at_lesson(&[Message::Forward]), 0, 160, 60);
        assert!(asked.contains(" answer; then how sure") && asked.contains("(keep this run as a rival)"), "{asked}");
        let home = seen(&Session::home(), 0, 160, 60);
        assert!(home.contains("open the lesson") && !home.contains("(open the lesson)"), "{home}");
    }

    #[test]
    fn it_scrolls_to_its_end_and_not_beyond() {
        let session = at_lesson(&[]);
        assert!(seen(&session, 0, 80, 20).contains("rows more"));
        assert!(!seen(&session, 0, 80, 20).contains("* minimum"));
        for top in [100, usize::MAX] {
            let text = seen(&session, top, 80, 20);
            assert!(text.contains("* minimum") && text.contains("the end"), "{text}");
        }
    }

    #[test]
    fn every_size_is_drawn() {
        let session = at_lesson(&[]);
        for top in [0, 7, 1000] {
            draw_at_every_size(|pad| {
                draw(&session, top, pad);
            });
        }
    }
}
