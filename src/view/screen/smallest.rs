//! A screen too small for panels: what is told, what is asked, and a row of numbers.

use ratatui::layout::Rect;

use crate::app::keymap::footer;
use crate::app::room::session::Session;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::Layer;
use crate::lesson::markup::{self, MarkupLine};
use crate::view::page::content::Content;
use crate::view::page::excerpt::{self, Excerpt};
use crate::view::page::page_text::{self, PageReader, Prose};
use crate::view::page::settings;
use crate::view::page::story;
use crate::view::page::timeline;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Ink;
use crate::view::screen::keys;
use crate::view::screen::work;

/// Draws as much as fits; a row above the keys says what does not, beside the numbers of the run.
///
/// ```text
/// +------------------------------------+
/// | story, page, answers: what there   |
/// | is to read, in its order, scrolled |
/// | t  numbers                ↓ 3 more |
/// | keys                               |
/// +------------------------------------+
/// ```
pub fn draw(session: &Session, reader: &PageReader<'_>, pad: &mut Pad<'_>) {
    let (area, theme, PageReader { sitting, viewer, .. }) = (pad.area, pad.theme, reader);
    let (body, foot) = (Rect { height: area.height - 1, ..area }, Rect { y: area.bottom() - 1, height: 1, ..area });
    keys::draw(&footer::footer(session, viewer), &mut pad.part(foot));
    let scene = Scene::of(sitting);
    let content = content(session, reader, &scene, area.height);
    let excerpt = cut(&content, body, viewer.scrolled);
    let read = Rect { height: rows(&content, body), ..body };
    excerpt::lines(&content.lines[excerpt.above..], &mut pad.part(read));
    let words = theme.text(&excerpt.words(content.before_arrows)).into_owned();
    let is_at_work = session.work_progress(viewer).is_some();
    if body.height < 2 || !is_at_work && content.lines.len() >= usize::from(body.height) && words.is_empty() {
        return;
    }
    let status = Rect { y: body.bottom() - 1, height: 1, ..body };
    let wide = (words.chars().count() as u16).min(status.width);
    pad.put(&words, Ink::Dim, (status.right() - wide, status.y), wide);
    if let Some(advance) = session.work_progress(viewer) {
        work::draw(&advance, &mut pad.part(status));
    } else if sitting.open_question().is_none() {
        let gap = if wide == 0 { 0 } else { wide + 2 };
        let room = Rect { width: status.width.saturating_sub(gap), ..status };
        timeline::brief(&scene, &mut pad.part(room));
    }
}

/// What is out of sight of all there is to read, where it opens.
pub fn excerpt(session: &Session, reader: &PageReader<'_>, area: Rect) -> Excerpt {
    let body = Rect { height: area.height.saturating_sub(1), ..area };
    cut(&content(session, reader, &Scene::of(reader.sitting), area.height), body, 0)
}

fn cut(content: &Content, body: Rect, scrolled: i32) -> Excerpt {
    Excerpt::of(content.lines.len(), content.needed, usize::from(rows(content, body)), scrolled)
}

/// The rows for what is to be read: all, if just that much is to be read, else one less.
fn rows(content: &Content, body: Rect) -> u16 {
    if content.lines.len() <= usize::from(body.height) { body.height } else { body.height.saturating_sub(1).max(1) }
}

/// What elsewhere stands in the frame, such as the keys of an answer, is a line here.
fn with_note(content: &mut Content) {
    let (note, first) = (std::mem::take(&mut content.right), content.lines.len() - content.needed);
    content.say(&note.replace("   ", ", "), Ink::Dim);
    if content.needed > 0 {
        content.need_from(first);
    }
}

/// Everything there is to read, in its order: a card alone, otherwise the story where it belongs on the page.
fn content(session: &Session, reader: &PageReader<'_>, scene: &Scene<'_>, height: u16) -> Content {
    let PageReader { sitting, viewer, theme, width, .. } = *reader;
    let wrap = |text: &str| markup::wrap(&theme.text(text), width);
    let told = story::tell_in(sitting, scene);
    let notice: Vec<MarkupLine> = viewer.notice.iter().flat_map(|notice| wrap(notice)).collect();
    if let Layer::Settings(draft) = &viewer.layer {
        let mut content = Content::titled("", theme, width);
        content.add(settings::brief(draft).iter().flat_map(|text| wrap(text)).collect(), Ink::Text);
        content.add(notice, Ink::Warning);
        if viewer.notice.is_none() {
            content.tell(draft.misfit().map(|misfit| (misfit, Ink::Warning)));
        }
        return content;
    }
    if let Some(mut card) = page_text::card(reader) {
        with_note(&mut card);
        card.lines.splice(..0, notice.into_iter().map(|line| (line, Ink::Warning)));
        let now = wrap(&told.now);
        if card.lines.len() + now.len() + 1 < usize::from(height) {
            card.add(now, Ink::Dim);
        }
        return card;
    }
    let now = wrap(viewer.notice.as_ref().unwrap_or(&told.now)).into_iter().map(|line| (line, Ink::Text));
    let next = wrap(session.halted.unwrap_or(&told.next)).into_iter().map(|line| (line, Ink::Dim));
    let compared: Vec<MarkupLine> = story::tell_compared(sitting).iter().flat_map(|text| wrap(text)).collect();
    let now = now.chain(compared.into_iter().map(|line| (line, Ink::Text)));
    let has_answer = sitting.record().answer.is_some();
    let prose = if has_answer { Prose::Folds } else { Prose::Stays };
    let mut content = page_text::beneath(reader, prose);
    with_note(&mut content);
    let needed = content.lines.len() - content.needed;
    if has_answer {
        // What became of an answer comes before what the run does.
        content.lines.extend(now.chain(next));
    } else if sitting.open_question().is_some() {
        content.lines.splice(needed..needed, now);
    } else if content.needed > 0 {
        content.lines.splice(needed..needed, now.chain(next));
    } else {
        content.lines.splice(..0, now.chain(next));
    }
    content
}
