//! What the page box says, line by line, before it is drawn.

use crate::lesson::markup::{self, MarkupLine};
use crate::view::paper::theme::{Ink, Theme};

/// What the box says now.
#[derive(Debug, Clone)]
pub struct Content {
    /// In its frame.
    pub title: String,
    /// In its frame, on the right.
    pub right: String,
    /// Line by line, each with the ink of its plain pieces.
    pub lines: Vec<(MarkupLine, Ink)>,
    /// How many of the last lines matter most, where not all fit: a question and its answers, a goal.
    pub needed: usize,
    /// What is pressed before ↑ and ↓ scroll: nothing, unless they move something in an answer.
    pub before_arrows: &'static str,
    /// Whether the prose gave its rows to the map.
    pub is_folded: bool,
    /// Its letters.
    pub theme: Theme,
    /// Its columns.
    pub width: usize,
}

impl Content {
    /// An empty box of that title, for lines of so many columns.
    pub fn titled(title: &str, theme: Theme, width: usize) -> Self {
        let title = title.to_owned();
        Self {
            title,
            right: String::new(),
            lines: Vec::new(),
            needed: 0,
            before_arrows: "",
            is_folded: false,
            theme,
            width,
        }
    }

    /// Adds text, spelled for the terminal and then wrapped.
    pub fn say(&mut self, text: &str, ink: Ink) {
        let lines = markup::wrap(&self.theme.text(text), self.width);
        self.add(lines, ink);
    }

    /// Adds texts, each in its ink.
    pub fn tell(&mut self, lines: impl IntoIterator<Item = (String, Ink)>) {
        for (text, ink) in lines {
            self.say(&text, ink);
        }
    }

    /// All that was added from line `first` on matters most.
    pub fn need_from(&mut self, first: usize) {
        self.needed = self.lines.len() - first;
    }

    /// Adds lines that are laid out already.
    pub fn add(&mut self, lines: Vec<MarkupLine>, ink: Ink) {
        self.lines.extend(lines.into_iter().map(|line| (line, ink)));
    }
}
