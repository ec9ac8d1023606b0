//! The settings that a page lets the learner change, with what they were.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::settings::draft::Draft;
use crate::app::settings::row::Setting;
use crate::app::settings::typed::Typed;
use crate::lesson::markup;
use crate::view::paper::frame::{Frame, put, shorten};
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// No more rows are shown at once.
const MOST_ROWS: usize = 8;
/// Rows for a mark under what is at fault, and for the sentence that says why.
const FAULT_ROWS: usize = 3;
/// The most columns for names and for values; what is longer stands out.
const NAMES: usize = 16;
const VALUES: usize = 20;

/// How many rows the settings want.
pub fn rows(draft: &Draft) -> usize {
    if draft.placing.is_some() {
        return 2;
    }
    (draft.rows().len() + said_rows(draft)).min(MOST_ROWS)
}

/// The rows for what is wrong: with what is typed, or with two rules that do not go together.
fn said_rows(draft: &Draft) -> usize {
    (if is_faulty(draft) { FAULT_ROWS } else { 0 }) + usize::from(draft.misfit().is_some())
}

fn is_faulty(draft: &Draft) -> bool {
    draft.typed.as_ref().is_some_and(|typed| typed.fault.is_some())
}

/// Draws the draft and says where the cursor rests: on the value being changed.
pub fn draw(draft: &Draft, theme: Theme, area: Rect, cells: &mut Buffer) -> Option<(u16, u16)> {
    if let Some(lines) = draft.place_in_words() {
        place(&lines, theme, area, cells);
        return None;
    }
    let rows = draft.rows();
    let selected = rows.get(draft.selected)?;
    let room = usize::from(area.height.saturating_sub(2));
    let listed = room.saturating_sub(said_rows(draft)).max(1);
    let first = (draft.selected + 1).saturating_sub(listed);
    let (above, below) = (first, rows.len().saturating_sub(first + listed));
    let how = if selected.is_chosen() { "← → choose" } else { "← → change, or type" };
    let how = if selected.is_written() { "type" } else { how };
    let range = if selected.is_chosen() { String::new() } else { format!("{}: {}", selected.symbol, selected.range) };
    let more = match (above, below) {
        (0, 0) => format!("↑ ↓ row   {how}"),
        (0, below) => format!("↓ {below} more   {how}"),
        (above, 0) => format!("↑ {above} more   {how}"),
        (above, below) => format!("↑ {above}, ↓ {below} more   {how}"),
    };
    let frame = Frame { title: "Settings", right: &more, bottom: &range, ink: Ink::FrameFocus };
    let inner = frame.draw(theme, area, cells);
    let names = rows.iter().map(|row| theme.text(&row.symbol).chars().count()).max().unwrap_or(0).min(NAMES);
    let values = rows.iter().map(|row| theme.text(&row.value).chars().count()).filter(|wide| *wide <= VALUES);
    let values = values.max().unwrap_or(0);
    let (mut cursor, mut y, misfit) = (None, inner.y, draft.misfit());
    for (index, row) in rows.iter().enumerate().skip(first).take(listed) {
        let is_selected = index == draft.selected;
        let line = SettingsLine { row, names, values, theme, area: Rect { y, height: 1, ..inner } };
        let typed = draft.typed.as_ref().filter(|_| is_selected);
        let x = line.draw(is_selected, typed, cells);
        if is_selected {
            cursor = Some((x.min(inner.right().saturating_sub(1)), y));
            if let Some(typed) = typed {
                let below = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
                y += line.fault(typed, below, cells);
            }
        }
        y += 1;
        if let (true, Some(misfit)) = (is_selected && y < inner.bottom(), &misfit) {
            line.misfit(misfit, y, cells);
            y += 1;
        }
        if y >= inner.bottom() {
            break;
        }
    }
    cursor
}

/// The settings where there is no room for a box: the row in focus, and what is wrong with what was typed.
pub fn brief(draft: &Draft) -> Vec<String> {
    if let Some(lines) = draft.place_in_words() {
        return lines.into();
    }
    let Some(row) = draft.row() else { return Vec::new() };
    let value = draft.typed.as_ref().map_or(row.value, |typed| format!("{}_", typed.text()));
    let fault = draft.typed.as_ref().and_then(|typed| typed.fault.as_ref());
    vec![format!("{} = {value}", row.symbol), fault.map_or(row.range, |fault| fault.sentence.clone())]
}

fn place(lines: &[String; 2], theme: Theme, area: Rect, cells: &mut Buffer) {
    let frame = Frame { title: "Where to start", right: "the arrows move S", bottom: "", ink: Ink::FrameFocus };
    let inner = frame.draw(theme, area, cells);
    for (y, line) in (inner.y..inner.bottom()).zip(lines) {
        put(line, Ink::Text, (inner.x + 1, y), inner.width.saturating_sub(1), theme, cells);
    }
}

/// One row and its place.
struct SettingsLine<'a> {
    row: &'a Setting,
    names: usize,
    values: usize,
    theme: Theme,
    area: Rect,
}

impl SettingsLine<'_> {
    /// Where values begin.
    fn left(&self) -> u16 {
        self.area.x + self.names as u16 + 4
    }

    /// Draws the row; the column where the cursor rests if it is in focus.
    fn draw(&self, is_selected: bool, typed: Option<&Typed>, cells: &mut Buffer) -> u16 {
        let (row, theme, y) = (self.row, self.theme, self.area.y);
        let pointer = if is_selected { theme.symbol(Mark::Pointer) } else { " " };
        let ink = if is_selected { Ink::Emphasis } else { Ink::Text };
        let head = format!("{pointer} {}", theme.text(&row.symbol));
        put(&head, ink, (self.area.x, y), self.names as u16 + 2, theme, cells);
        let x = self.left();
        let room = self.area.right().saturating_sub(x);
        let Some(typed) = typed else {
            let ink = if is_selected { Ink::Chosen } else { Ink::Text };
            let value = shorten(&row.value, usize::from(room), theme);
            let wide = put(&value, ink, (x, y), room, theme, cells).max(self.values as u16) + 2;
            let was = row.was.as_ref().map_or(String::new(), |was| format!("was {was}; "));
            let room = room.saturating_sub(wide);
            let remark = shorten(&format!("{was}{}", row.meaning), usize::from(room), theme);
            put(&remark, Ink::Dim, (x + wide, y), room, theme, cells);
            return x;
        };
        let hidden = hidden(typed, room, theme);
        let cursor = if typed.is_at_end() { "_" } else { "" };
        let shown: String = format!("{}{cursor}", theme.text(typed.text())).chars().skip(hidden).collect();
        put(&shown, Ink::Chosen, (x, y), room, theme, cells);
        x + (columns(typed.before(), theme) - hidden) as u16
    }

    /// Draws why two rules do not go together, in a row below this one.
    fn misfit(&self, why: &str, y: u16, cells: &mut Buffer) {
        let room = self.area.width.saturating_sub(2);
        let text = shorten(&format!("{} {why}", self.theme.symbol(Mark::No)), usize::from(room), self.theme);
        put(&text, Ink::Warning, (self.area.x + 2, y), room, self.theme, cells);
    }

    /// Draws marks under what is at fault, and why it is; the rows that took.
    fn fault(&self, typed: &Typed, area: Rect, cells: &mut Buffer) -> u16 {
        let Some(fault) = &typed.fault else { return 0 };
        let room = area.right().saturating_sub(self.left());
        let hidden = hidden(typed, room, self.theme);
        let column = |byte: usize| columns(typed.text().get(..byte).unwrap_or_else(|| typed.text()), self.theme);
        let (start, end) = (column(fault.span.start), column(fault.span.end));
        let from = start.saturating_sub(hidden);
        let marks = "^".repeat(end.saturating_sub(start.max(hidden)).max(1));
        let x = self.left() + from as u16;
        put(&marks, Ink::Warning, (x, area.y), area.right().saturating_sub(x), self.theme, cells);
        let lines = markup::wrap(&self.theme.text(&fault.sentence), usize::from(area.width.saturating_sub(2)));
        let lines =
            lines.iter().take(FAULT_ROWS - 1).map(|line| line.iter().map(|piece| piece.text.as_str()).collect());
        let lines: Vec<String> = lines.collect();
        for (y, line) in (area.y + 1..area.bottom()).zip(&lines) {
            put(line, Ink::Warning, (area.x + 2, y), area.width.saturating_sub(2), self.theme, cells);
        }
        1 + lines.len() as u16
    }
}

/// How many columns of a long line are out of sight on its left, so that the caret is in sight.
fn hidden(typed: &Typed, room: u16, theme: Theme) -> usize {
    (columns(typed.before(), theme) + 2).saturating_sub(usize::from(room))
}

/// The columns of a text as this terminal spells it.
fn columns(text: &str, theme: Theme) -> usize {
    theme.text(text).chars().count()
}
