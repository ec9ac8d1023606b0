//! How many rows the page box wants: one height for all pages of a lesson, and less while the prose is folded.

use crate::app::seat::viewer::Layer;
use crate::lesson::page_box;
use crate::lesson::schema::Page;
use crate::view::page::content::Content;
use crate::view::page::page_text::{self, PageReader, Prose};
use crate::view::page::settings;
use crate::view::plot::memo::Memo;

/// The lines of a box across the screen that is as high as what it says.
pub fn across(stand: &PageReader<'_>, content: &Content) -> usize {
    own(stand, content)
}

/// The lines of a box across the screen that keeps its height: every open page has as many as the longest of the lesson,
/// so that the map stays where it is, and a card takes no rows from it that the page did not have.
pub fn across_steady(stand: &PageReader<'_>, content: &Content, memo: &mut Memo) -> usize {
    let own = own(stand, content);
    if stand.sitting.is_sandbox() {
        return own;
    }
    let below = page_text::beneath(stand, Prose::Folds);
    if below.is_folded {
        return own.max(below.lines.len());
    }
    let longest = memo.page_lines(&stand.sitting.lesson, stand.width, stand.theme.glyphs, |lesson| {
        lesson.pages.iter().map(|page| open_lines(page, stand)).max().unwrap_or(0)
    });
    own.max(longest)
}

/// The lines of a box in a column of its own: as many as its page has with its question.
pub fn in_column(stand: &PageReader<'_>, content: &Content) -> usize {
    let own = match &stand.viewer.layer {
        Layer::Settings(draft) if draft.placing.is_none() => content.lines.len(),
        _ => own(stand, content),
    };
    own.max(open_lines(stand.sitting.page(), stand))
}

/// What is to be said now, settings or words.
fn own(reader: &PageReader<'_>, content: &Content) -> usize {
    match &reader.viewer.layer {
        Layer::Settings(draft) => settings::rows(draft),
        _ => content.lines.len(),
    }
}

/// The lines of a page that is not folded, with its question or what it says of its goal.
fn open_lines(page: &Page, stand: &PageReader<'_>) -> usize {
    let spell = |text: &str| stand.theme.text(text).into_owned();
    page_box::layout(page, stand.width, &spell).rows() + usize::from(page.goal.is_some())
}
