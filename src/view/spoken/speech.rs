//! Text that is spelled and broken into lines of its own, for who reads one line after the other.

use crate::lesson::markup;
use crate::view::paper::theme::Theme;

/// The columns of a line.
pub const WIDTH: usize = 72;

/// Paragraphs as they are spelled and broken into lines.
pub struct Speech {
    /// How it is spelled.
    pub theme: Theme,
    /// Line by line.
    pub said: Vec<String>,
}

impl Speech {
    /// A paragraph, broken into lines.
    pub fn say(&mut self, text: &str) {
        self.say_within(text, WIDTH);
    }

    /// A paragraph in lines of so many columns.
    pub fn say_within(&mut self, text: &str, width: usize) {
        let lines = markup::wrap(&self.theme.text(text), width);
        let theme = self.theme;
        self.said.extend(lines.iter().map(|line| plain(line, theme)));
    }

    /// A line that is not broken.
    pub fn line(&mut self, text: &str) {
        self.said.push(self.theme.text(text).into_owned());
    }

    /// A blank line, if something stands above it.
    pub fn part(&mut self) {
        if self.said.last().is_some_and(|line| !line.is_empty()) {
            self.said.push(String::new());
        }
    }

    /// Items, each after its number.
    pub fn numbered<S: AsRef<str>>(&mut self, items: impl IntoIterator<Item = S>) {
        for (number, item) in (1..).zip(items) {
            self.say(&format!("{number}) {}", item.as_ref()));
        }
    }
}

/// What a line says; spelled once more, since a list brings marks of its own.
pub fn plain(line: &markup::MarkupLine, theme: Theme) -> String {
    let text: String = line.iter().map(|piece| piece.text.as_str()).collect();
    theme.text(&text).into_owned()
}
