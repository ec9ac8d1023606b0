//! The settings that a page lets the learner change, with what they were.

use ratatui::layout::Rect;

use crate::app::settings::draft::Draft;
use crate::app::settings::row::Setting;
use crate::app::settings::typed::Typed;
use crate::lesson::markup;
use crate::view::paper::frame::{Frame, shorten};
use crate::view::paper::pad::Pad;
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
///
/// ```text
/// +-- Settings ------------- ↑ 1, ↓ 2 more   how to change --+
/// |   name    value      was …; what it means                |
/// | > name    typed_                                         |
/// |             ^^       what is at fault, and below it why  |
/// |   name    value      what it means                       |
/// +-- symbol: range -----------------------------------------+
/// ```
pub fn draw(draft: &Draft, pad: &mut Pad<'_>) -> Option<(u16, u16)> {
    let (area, theme) = (pad.area, pad.theme);
    let pad = &mut Pad { is_focus: true, ..pad.part(area) };
    if let Some(lines) = draft.place_in_words() {
        place(&lines, pad);
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
    let frame = Frame { title: "Settings", right: &more, bottom: &range };
    let inner = frame.draw(pad);
    let names = rows.iter().map(|row| theme.text(&row.symbol).chars().count()).max().unwrap_or(0).min(NAMES);
    let values = rows.iter().map(|row| theme.text(&row.value).chars().count()).filter(|wide| *wide <= VALUES);
    let values = values.max().unwrap_or(0);
    let (mut cursor, mut y, misfit) = (None, inner.y, draft.misfit());
    for (index, row) in rows.iter().enumerate().skip(first).take(listed) {
        let is_selected = index == draft.selected;
        let line = SettingsLine { row, names, values, theme, area: Rect { y, height: 1, ..inner } };
        let typed = draft.typed.as_ref().filter(|_| is_selected);
        let x = if is_selected { line.draw_selected(typed, pad) } else { line.draw(pad) };
        if is_selected {
            cursor = Some((x.min(inner.right().saturating_sub(1)), y));
            if let Some(typed) = typed {
                let below = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
                y += line.fault(typed, &mut pad.part(below));
            }
        }
        y += 1;
        if let (true, Some(misfit)) = (is_selected && y < inner.bottom(), &misfit) {
            line.misfit(misfit, y, pad);
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

fn place(lines: &[String; 2], pad: &mut Pad<'_>) {
    let inner = Frame { title: "Where to start", right: "the arrows move S", bottom: "" }.draw(pad);
    for (y, line) in (inner.y..inner.bottom()).zip(lines) {
        pad.put(line, Ink::Text, (inner.x + 1, y), inner.width.saturating_sub(1));
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

    /// Draws the name of the row after a pointer or a blank.
    fn name(&self, pointer: &str, ink: Ink, pad: &mut Pad<'_>) {
        let head = format!("{pointer} {}", self.theme.text(&self.row.symbol));
        pad.put(&head, ink, (self.area.x, self.area.y), self.names as u16 + 2);
    }

    /// Draws the value of the row and what it means; the column where it begins.
    fn value(&self, ink: Ink, pad: &mut Pad<'_>) -> u16 {
        let (row, theme, x, y) = (self.row, self.theme, self.left(), self.area.y);
        let room = self.area.right().saturating_sub(x);
        let value = shorten(&row.value, usize::from(room), theme);
        let wide = pad.put(&value, ink, (x, y), room).max(self.values as u16) + 2;
        let was = row.was.as_ref().map_or(String::new(), |was| format!("was {was}; "));
        let room = room.saturating_sub(wide);
        let remark = shorten(&format!("{was}{}", row.meaning), usize::from(room), theme);
        pad.put(&remark, Ink::Dim, (x + wide, y), room);
        x
    }

    /// Draws the row, which is not in focus; the column where its value begins.
    fn draw(&self, pad: &mut Pad<'_>) -> u16 {
        self.name(" ", Ink::Text, pad);
        self.value(Ink::Text, pad)
    }

    /// Draws the row in focus with what is typed there; the column where the cursor rests.
    fn draw_selected(&self, typed: Option<&Typed>, pad: &mut Pad<'_>) -> u16 {
        self.name(self.theme.symbol(Mark::Pointer), Ink::Emphasis, pad);
        let Some(typed) = typed else { return self.value(Ink::Chosen, pad) };
        let (theme, x) = (self.theme, self.left());
        let room = self.area.right().saturating_sub(x);
        let hidden = hidden(typed, room, theme);
        let cursor = if typed.is_at_end() { "_" } else { "" };
        let shown: String = format!("{}{cursor}", theme.text(typed.text())).chars().skip(hidden).collect();
        pad.put(&shown, Ink::Chosen, (x, self.area.y), room);
        x + (columns(typed.before(), theme) - hidden) as u16
    }

    /// Draws why two rules do not go together, in a row below this one.
    fn misfit(&self, why: &str, y: u16, pad: &mut Pad<'_>) {
        let room = self.area.width.saturating_sub(2);
        let text = shorten(&format!("{} {why}", self.theme.symbol(Mark::No)), usize::from(room), self.theme);
        pad.put(&text, Ink::Warning, (self.area.x + 2, y), room);
    }

    /// Draws marks under what is at fault, and why it is; the rows that took.
    fn fault(&self, typed: &Typed, pad: &mut Pad<'_>) -> u16 {
        let area = pad.area;
        let Some(fault) = &typed.fault else { return 0 };
        let room = area.right().saturating_sub(self.left());
        let hidden = hidden(typed, room, self.theme);
        let column = |byte: usize| columns(typed.text().get(..byte).unwrap_or_else(|| typed.text()), self.theme);
        let (start, end) = (column(fault.span.start), column(fault.span.end));
        let from = start.saturating_sub(hidden);
        let marks = "^".repeat(end.saturating_sub(start.max(hidden)).max(1));
        let x = self.left() + from as u16;
        pad.put(&marks, Ink::Warning, (x, area.y), area.right().saturating_sub(x));
        let lines = markup::wrap(&self.theme.text(&fault.sentence), usize::from(area.width.saturating_sub(2)));
        let lines =
            lines.iter().take(FAULT_ROWS - 1).map(|line| line.iter().map(|piece| piece.text.as_str()).collect());
        let lines: Vec<String> = lines.collect();
        for (y, line) in (area.y + 1..area.bottom()).zip(&lines) {
            pad.put(line, Ink::Warning, (area.x + 2, y), area.width.saturating_sub(2));
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
