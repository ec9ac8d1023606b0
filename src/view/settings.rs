//! The settings that a page lets the learner change, with what they were.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::settings::{Draft, Field};
use crate::engine::number::short;
use crate::view::plot::{Frame, put};
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};

/// Draws the draft and says where the cursor rests: on the value being changed.
pub fn draw(draft: &Draft, theme: Theme, area: Rect, cells: &mut Buffer) -> Option<(u16, u16)> {
    let frame = Frame { title: "Settings", right: "", bottom: "", ink: Ink::FrameFocus };
    let inner = frame.draw(theme, area, cells);
    let room = usize::from(inner.height);
    let first = (draft.selected + 1).saturating_sub(room);
    let mut cursor = None;
    for (row, (index, field)) in draft.fields.iter().enumerate().skip(first).take(room).enumerate() {
        let y = inner.y + row as u16;
        let is_selected = index == draft.selected;
        let pointer = if is_selected { theme.symbol(Mark::Pointer) } else { " " };
        let name = theme.text(&field.symbol).into_owned();
        let head = format!("{pointer} {name:<16}");
        let used =
            put(&head, if is_selected { Ink::Emphasis } else { Ink::Text }, (inner.x, y), inner.width, theme, cells);
        let value = match (&draft.typed, is_selected) {
            (Some(typed), true) => format!("{typed}_"),
            _ => written(&field.value),
        };
        let ink = if is_selected { Ink::Chosen } else { Ink::Text };
        let x = inner.x + used;
        let wide = put(&value, ink, (x, y), inner.right().saturating_sub(x), theme, cells);
        if is_selected {
            cursor = Some((x, y));
        }
        let rest = format!("  {}", remark(field));
        put(&rest, Ink::Dim, (x + wide, y), inner.right().saturating_sub(x + wide), theme, cells);
    }
    cursor
}

fn remark(field: &Field) -> String {
    let was = if field.value == field.now { String::new() } else { format!("was {}; ", written(&field.now)) };
    format!("{was}{}: {}", field.meaning, field.domain.in_words())
}

/// A value as the settings show it.
pub fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::Float(number) => short(*number),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::String(word) => word.clone(),
        other => other.to_string(),
    }
}
