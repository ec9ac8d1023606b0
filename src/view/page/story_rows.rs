//! The story's rows on a screen: what was just done, what is next, and the line of pseudo-code that does it.

use ratatui::layout::Rect;

use crate::app::room::session::Session;
use crate::app::seat::viewer::Viewer;
use crate::engine::rule::narration::Narration;
use crate::lesson::markup;
use crate::view::paper::frame::shorten;
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;

/// How many there are: one for what was done and one for what is next; on a narrow screen what was done takes two.
pub fn wanted(area: Rect) -> u16 {
    if area.width < 72 { 3 } else { 2 }
}

/// Draws what was done, or why the last key did nothing, and what is next.
///
/// ```text
/// | what was done, on a narrow screen in two rows        |
/// | Next: what comes                    code of a line < |
/// ```
pub fn draw(told: Narration, session: &Session, viewer: &Viewer, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let width = usize::from(area.width.saturating_sub(2));
    let (now, ink) = match &viewer.notice {
        Some(notice) => (notice.clone(), Ink::Warning),
        None => (told.now, Ink::Text),
    };
    let lines = markup::wrap(&theme.text(&now), width);
    let texts: Vec<String> = lines.into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect();
    let rows = usize::from(area.height);
    let cut = rows.min(texts.len()).saturating_sub(1);
    let shown = [&texts[..cut], &[texts[cut..].join(" ")]].concat();
    for (y, text) in (area.y..area.bottom()).zip(&shown) {
        pad.put(&shorten(text, width, theme), ink, (area.x + 1, y), area.width - 1);
    }
    // A long sentence takes the row of what is next; an ending has nothing next.
    if shown.len() == rows {
        return;
    }
    let last = area.bottom() - 1;
    let code = theme.text(&told.code).into_owned();
    let pointer = theme.symbol(Mark::PointerBack);
    let code = if code.is_empty() { code } else { format!("{code} {pointer}") };
    let code_wide = code.chars().count();
    let next = session.halted.unwrap_or(&told.next);
    let next = theme.text(next).into_owned();
    let lines = markup::wrap(&next, width);
    let mut used = 0;
    // Where a row is left over, the sentence of what is next may take two.
    if lines.len() > 1 && shown.len() + lines.len() <= rows {
        for (y, line) in (area.bottom() - lines.len() as u16..area.bottom()).zip(lines) {
            let text: String = line.into_iter().map(|piece| piece.text).collect();
            used = pad.put(&text, Ink::Dim, (area.x + 1, y), area.width - 1);
        }
    } else {
        let next = shorten(&next, width, theme);
        used = pad.put(&next, Ink::Dim, (area.x + 1, last), area.width - 1);
    }
    if usize::from(used) + code_wide + 2 <= width {
        let x = area.right() - 1 - code_wide as u16;
        pad.put(&code, Ink::Code, (x, last), code_wide as u16);
    }
}
