//! The command line that reopens a place, as it is typed, and what it leaves out.

use crate::app::room::sitting::Sitting;
use crate::app::seat::viewer::Viewer;
use crate::lesson::markup::{Piece, Style};
use crate::view::page::content::Content;
use crate::view::paper::theme::{Ink, Theme};

/// The command line as it is typed: spelled as it is, and broken at its blanks, so that no number is torn.
pub fn content(sitting: &Sitting, viewer: &Viewer, command: &str, theme: Theme, width: usize) -> Content {
    let mut content = Content::titled("This place, as one command", theme, width);
    content.right = "copied, if your terminal allows it".into();
    let mut rows: Vec<String> = Vec::new();
    for word in command.split(' ') {
        match rows.last_mut().filter(|row| row.chars().count() + 1 + word.chars().count() <= width) {
            Some(row) => *row = format!("{row} {word}"),
            None => rows.push(word.to_owned()),
        }
    }
    for row in rows {
        content.add(vec![vec![Piece { text: row, style: Style::Plain }]], Ink::Code);
    }
    let left_out = viewer.beside(sitting);
    if !left_out.is_empty() {
        content.say(&format!("Not part of it: {}.", left_out.join(", ")), Ink::Dim);
    }
    content
}
