//! What a panel says in words and numbers: one list of lines, which is drawn in a frame or read out.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::look::appearance::Glyphs;
use crate::view::paper::frame::Frame;
use crate::view::paper::lines::{self, Line, WrappedRow};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Theme;

/// From so many columns on, a panel leaves its first one free; in ASCII much earlier, since frame and norm look alike.
const ROOMY: u16 = 48;
const ROOMY_IN_ASCII: u16 = 20;

/// How large the place is for which a panel finds its words, its frame among it, and how they are spelled there.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub theme: Theme,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// How lines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// As sentences, with some air on the left.
    #[default]
    Prose,
    /// As the rows of a table, from frame to frame.
    Table,
}

/// What a panel says.
#[derive(Debug, Clone, Default)]
pub struct PanelWords {
    /// In the upper edge of its frame.
    pub title: String,
    /// In the upper edge, on the right; empty where there is nothing to note.
    pub note: String,
    /// In the lower edge, if every line is seen.
    pub bottom: String,
    /// Its lines before they are fitted.
    pub lines: Vec<Line>,
    /// How they are set.
    pub manner: Manner,
}

impl Extent {
    /// Rows inside of the frame.
    pub fn inside(self) -> usize {
        usize::from(self.height.saturating_sub(2))
    }
}

impl Pad<'_> {
    /// How large it is.
    pub fn extent(&self) -> Extent {
        Extent { theme: self.theme, width: self.area.width, height: self.area.height }
    }
}

impl PanelWords {
    /// The columns between the frame and the lines.
    fn margin(&self, extent: Extent) -> u16 {
        let roomy = if extent.theme.glyphs == Glyphs::Ascii { ROOMY_IN_ASCII } else { ROOMY };
        u16::from(self.manner == Manner::Prose && extent.width >= roomy)
    }

    /// The rows that the lines take.
    fn rows(&self, extent: Extent) -> Vec<WrappedRow> {
        lines::fit(&self.lines, extent.width.saturating_sub(2 + self.margin(extent)), extent.theme)
    }

    /// Draws frame and lines; the lower edge says how many rows found no place.
    pub fn draw(&self, pad: &mut Pad<'_>) {
        let extent = pad.extent();
        let rows = self.rows(extent);
        let cure = if pad.is_focus { ": z shows all" } else { "" };
        let bottom = match (rows.len().saturating_sub(extent.inside()), self.manner) {
            (0, _) => self.bottom.clone(),
            (hidden, Manner::Table) => format!("… {hidden} more; z shows all"),
            (1, Manner::Prose) => format!("… 1 row more{cure}"),
            (more, Manner::Prose) => format!("… {more} rows more{cure}"),
        };
        let inner = Frame { title: &self.title, right: &self.note, bottom: &bottom }.draw(pad);
        let margin = self.margin(extent);
        let inner = Rect { x: inner.x + margin.min(inner.width), width: inner.width.saturating_sub(margin), ..inner };
        lines::draw(&rows, &mut pad.part(inner));
    }

    /// The same read out: a line for the title, then one a row that is not empty.
    pub fn read_out(&self, extent: Extent) -> Vec<String> {
        let width = usize::from(extent.width.saturating_sub(2 + self.margin(extent)));
        let title = std::iter::once(format!("{}:", extent.theme.text(&self.title)));
        let rows = self.rows(extent);
        let read = rows.iter().take(extent.inside()).map(|row| told(row, width, extent.theme).trim().to_owned());
        title.chain(read.filter(|row| !row.is_empty())).collect()
    }
}

/// The text of a row, each piece at its column, cut where the row ends.
fn told(row: &WrappedRow, width: usize, theme: Theme) -> String {
    let mut text = String::new();
    for (column, _, piece) in row {
        let gap = column.saturating_sub(text.width());
        text.push_str(&" ".repeat(gap));
        text.push_str(&theme.text(piece));
    }
    text.chars().take(width).collect()
}
