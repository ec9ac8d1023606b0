//! The list of lessons: where a learner chooses what to do next.

use ratatui::layout::Rect;

use crate::app::room::completion::Completion;
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, ListPlace, Viewer};
use crate::engine::number::counted;
use crate::lesson::course::library::{Entry, Head};
use crate::lesson::file::complaint::Brief;
use crate::view::page::page_text::other_glyphs;
use crate::view::paper::frame::{Frame, shorten};
use crate::view::paper::lines::{self, Line};
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;
use unicode_width::UnicodeWidthStr;

/// What the program is and promises.
const PROMISE: &str = "learn numerical optimization one step at a time";
/// From so many columns on, the preview stands beside the list.
const BESIDE: u16 = 100;
/// Below so many rows there is no preview, only the list.
const LEAST_ROWS: u16 = 14;
/// The rows of a preview under the list, its frame among them.
const PREVIEW_ROWS: u16 = 6;
/// And beside it, at most.
const MOST_PREVIEW_ROWS: u16 = 12;
/// What somebody should know who is here for the first time.
const WELCOME: [&str; 3] = [
    "You predict what a method does, then see it step by step.",
    "Enter opens the marked lesson; there → goes on, q leaves.",
    "? explains every key.",
];

/// Draws the course with the chosen lesson highlighted and in view, and what that lesson is about.
///
/// ```text
/// below 100 columns                        from 100 columns on
/// +----------------------------------+     +--------------------------------------------------+
/// | downhill  promise or filter      |     | downhill  promise or filter                      |
/// | welcome, the first time          |     | welcome, the first time                          |
/// |  1  Chapter                      |     |  1  Chapter              +-- chosen lesson -----+ |
/// |  >  1.1  Lesson  done            |     |  >  1.1  Lesson  done    | summary, minutes ... | |
/// |     1.2  Lesson         3 more   |     |     1.2  Lesson          +----------------------+ |
/// | +-- chosen lesson -------------+ |     |                   3 more                         |
/// | | summary, minutes, lecture    | |     +--------------------------------------------------+
/// | +------------------------------+ |       the last row of the screen holds the keys
/// +----------------------------------+
/// ```
pub fn draw(session: &Session, viewer: &Viewer, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    if area.is_empty() {
        return;
    }
    let used = pad.put(" downhill", Ink::Title, area.as_position().into(), area.width);
    let room = usize::from(area.width.saturating_sub(used + 2));
    let is_typing = matches!(viewer.layer, Layer::Filter);
    let (promise, ink) = if is_typing {
        (format!("lessons about: {}_", viewer.list.filter), Ink::Emphasis)
    } else if viewer.is_unkept {
        ("progress is not kept".to_owned(), Ink::Warning)
    } else if viewer.list.filter.is_empty() {
        (PROMISE.to_owned(), Ink::Dim)
    } else {
        (format!("lessons about: {}  (Esc shows all)", viewer.list.filter), Ink::Emphasis)
    };
    pad.put(&shorten(&promise, room, theme), ink, (area.x + used + 2, area.y), room as u16);
    let mut below = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if session.is_new() && below.height > LEAST_ROWS + WELCOME.len() as u16 + 2 {
        below = welcome(&mut pad.part(below));
    }
    let (list, preview) = split(below);
    draw_list(session, &viewer.list, &mut pad.part(list));
    if let Some(entry) = chosen_entry(session, &viewer.list) {
        draw_preview(session, entry, &mut pad.part(preview));
    }
}

/// The entry that is chosen, where the filter leaves it.
fn chosen_entry<'a>(session: &'a Session, list: &ListPlace) -> Option<&'a Entry> {
    session.chosen_entry(list).filter(|_| session.shown(&list.filter).contains(&session.chosen(list)))
}

/// Says what this is; returns what is left of the area.
fn welcome(pad: &mut Pad<'_>) -> Rect {
    let (area, theme) = (pad.area, pad.theme);
    let [promise, way, keys] = WELCOME;
    let keys = format!("{keys} {}", other_glyphs(theme));
    for (text, y) in [promise, way, &keys].into_iter().zip(area.y..) {
        let text = shorten(text, usize::from(area.width.saturating_sub(2)), theme);
        pad.put(&text, Ink::Text, (area.x + 1, y), area.width.saturating_sub(1));
    }
    let used = WELCOME.len() as u16 + 1;
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// The area of the list and that of the preview.
fn split(area: Rect) -> (Rect, Rect) {
    if area.width >= BESIDE {
        let wide = area.width * 11 / 20;
        (
            Rect { width: wide, ..area },
            Rect { x: area.x + wide, width: area.width - wide, height: area.height.min(MOST_PREVIEW_ROWS), ..area },
        )
    } else if area.height >= LEAST_ROWS {
        let height = area.height - PREVIEW_ROWS;
        (Rect { height, ..area }, Rect { y: area.y + height, height: PREVIEW_ROWS, ..area })
    } else {
        (area, Rect { height: 0, ..area })
    }
}

/// One row of the list.
enum Item<'a> {
    Chapter(usize, &'a str),
    /// The numbers of chapter and lesson, the lesson, and whether it is chosen.
    Lesson((usize, usize), &'a Entry, Chosen),
}

/// Whether a lesson is the chosen one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

/// The lessons that the filter leaves, each chapter's title above its own.
fn items<'a>(session: &'a Session, list: &ListPlace) -> Vec<Item<'a>> {
    let (shown, chosen) = (session.shown(&list.filter), session.chosen(list));
    let mut items = Vec::new();
    let mut count = 0;
    for (chapter, number) in session.course.chapters.iter().zip(1..) {
        let before = items.len();
        for (entry, place) in chapter.lessons.iter().zip(1..) {
            if shown.contains(&count) {
                let is_chosen = if count == chosen { Chosen::Yes } else { Chosen::No };
                items.push(Item::Lesson((number, place), entry, is_chosen));
            }
            count += 1;
        }
        if items.len() > before {
            items.insert(before, Item::Chapter(number, &chapter.title));
        }
    }
    items
}

fn draw_list(session: &Session, list: &ListPlace, pad: &mut Pad<'_>) {
    let area = pad.area;
    let items = items(session, list);
    if items.is_empty() {
        let words = if list.filter.is_empty() { " There are no lessons yet." } else { " No lesson is about that." };
        pad.put(words, Ink::Dim, (area.x, area.y), area.width);
        return;
    }
    let rows = usize::from(area.height);
    let chosen = items.iter().position(|item| matches!(item, Item::Lesson(.., Chosen::Yes)));
    // The chosen row stays in the middle as long as there is something to scroll to.
    let top = chosen.unwrap_or(0).saturating_sub(rows / 2).min(items.len().saturating_sub(rows));
    for (item, y) in items.iter().skip(top).zip(area.top()..area.bottom()) {
        draw_item(item, session, &mut pad.part(Rect { y, height: 1, ..area }));
    }
    let under = items.len().saturating_sub(top + rows);
    if rows > 2 {
        note(&format!("↑ {top} more"), top, &mut pad.part(Rect { height: 1, ..area }));
        note(&format!("↓ {under} more"), under, &mut pad.part(Rect { y: area.bottom() - 1, height: 1, ..area }));
    }
}

fn draw_item(item: &Item<'_>, session: &Session, pad: &mut Pad<'_>) {
    let (row, theme) = (pad.area, pad.theme);
    let (x, width) = (row.x, row.width);
    match item {
        Item::Chapter(number, title) => {
            let text = shorten(&format!(" {number}  {title}"), usize::from(width), theme);
            pad.put(&text, Ink::Emphasis, (x, row.y), width);
        }
        Item::Lesson((chapter, place), entry, chosen) => {
            let is_chosen = *chosen == Chosen::Yes;
            let pointer = if is_chosen { theme.symbol(Mark::Pointer) } else { " " };
            let state = match session.how_far(entry) {
                Completion::Done => format!("  {} done", theme.symbol(Mark::Yes)),
                // Pages are counted on the page itself; these are its questions and goals.
                Completion::Started(done, all) => format!("  started, {done} of {}", counted(all as u64, "task")),
                Completion::Untouched if entry.planned => "  to come".to_owned(),
                Completion::Untouched if !session.pack.faults(&entry.id).is_empty() => "  cannot be opened".to_owned(),
                Completion::Untouched => String::new(),
            };
            let due = session.due().iter().filter(|due| due.lesson == entry.id).count();
            let due = if due == 0 { String::new() } else { format!(", {due} to review") };
            let text = format!(" {pointer}  {chapter}.{place}  {}{state}{due} ", entry.title);
            let ink = match (is_chosen, entry.planned) {
                (true, _) => Ink::Chosen,
                (false, true) => Ink::Dim,
                (false, false) => Ink::Text,
            };
            pad.put(&shorten(&text, usize::from(width), theme), ink, (x, row.y), width);
        }
    }
}

/// How much of the list lies beyond an end, on the right of that row if there is room.
fn note(text: &str, hidden: usize, pad: &mut Pad<'_>) {
    let (row, text) = (pad.area, pad.theme.text(text).into_owned());
    let wide = text.width() as u16 + 2;
    if hidden == 0 || wide > row.width {
        return;
    }
    let x = row.right() - wide;
    if (x..row.right()).all(|x| pad.cells[(x, row.y)].symbol() == " ") {
        pad.put(&text, Ink::Dim, (x + 1, row.y), wide);
    }
}

fn draw_preview(session: &Session, entry: &Entry, pad: &mut Pad<'_>) {
    let bottom = match session.how_far(entry) {
        _ if entry.planned => "to come",
        _ if !session.pack.faults(&entry.id).is_empty() => "cannot be opened",
        Completion::Untouched => "Enter opens it",
        Completion::Started(..) | Completion::Done => "Enter goes on at the page you left",
    };
    let inner = Frame { title: &entry.title, right: "", bottom }.draw(pad);
    let inner = Rect { x: inner.x + 1.min(inner.width), width: inner.width.saturating_sub(2), ..inner };
    let words = if entry.summary.is_empty() { "No summary yet." } else { &entry.summary };
    let ink = if entry.planned { Ink::Dim } else { Ink::Text };
    let faults = session.pack.faults(&entry.id);
    let about = if faults.is_empty() { about(session, &session.pack.head(&entry.id)) } else { wrong(faults) };
    let lines: Vec<Line> = std::iter::once(Line::new(ink, words).flush()).chain(about).collect();
    lines::draw_fitted(&lines, &mut pad.part(inner));
}

/// What is wrong with a lesson that cannot be opened.
fn wrong(faults: &[Brief]) -> Vec<Line> {
    let line = |brief: &Brief| {
        let cure = brief.cure.as_ref().map_or_else(String::new, |cure| format!(" ({cure})"));
        Line::new(Ink::Warning, format!("{} {}{cure}", brief.place, brief.message)).flush()
    };
    faults.iter().map(line).collect()
}

/// How long a lesson takes, what it builds on, and which lecture it goes with.
fn about(session: &Session, head: &Head) -> Vec<Line> {
    let mut lines = Vec::new();
    let after = head.after.iter().map(|id| session.number_of(id).unwrap_or_else(|| id.clone()));
    let after: Vec<String> = after.collect();
    let minutes = head.minutes.map(|minutes| counted(minutes.into(), "minute"));
    let builds = (!after.is_empty()).then(|| format!("builds on {}", after.join(", ")));
    let facts: Vec<String> = minutes.into_iter().chain(builds).collect();
    if !facts.is_empty() {
        lines.push(Line::new(Ink::Dim, facts.join("; ")).flush());
    }
    lines.extend(head.lecture.as_ref().map(|lecture| Line::new(Ink::Dim, format!("lecture: {lecture}")).flush()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::course::library::{Chapter, Course};
    use crate::view::paper::specimen::{THEMES, draw_at_every_size, drawn};

    fn session() -> Session {
        let entry = |number: usize| Entry {
            id: format!("lesson-{number}"),
            title: format!("Lesson number {number}"),
            summary: format!("What ∇f and α do in lesson {number}, told in one sentence that is long enough to wrap."),
            planned: number % 3 == 2,
        };
        let chapter = |number: usize| Chapter {
            id: format!("chapter-{number}"),
            title: format!("Chapter {number}"),
            lessons: (5 * number..5 * number + 5).map(entry).collect(),
        };
        Session { course: Course { name: None, chapters: (0..6).map(chapter).collect() }, ..Session::home() }
    }

    fn at(chosen: usize) -> Viewer {
        Viewer { list: ListPlace { chosen: Some(chosen), ..ListPlace::default() }, ..Viewer::default() }
    }

    fn seen(session: &Session, chosen: usize, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| {
            pad.is_focus = false;
            draw(session, &at(chosen), pad);
        })
    }

    #[test]
    fn the_list_shows_the_course_and_the_chosen_lesson() {
        for (width, height) in [(80, 23), (120, 35)] {
            let text = seen(&session(), 1, width, height);
            for wanted in [
                " downhill  learn numerical optimization",
                " 1  Chapter 0",
                " ▶  1.2  Lesson number 1",
                "1.3  Lesson number 2  to come",
                "┌ Lesson number 1 ─",
                "What ∇f and α do in lesson 1",
                "Enter opens it",
            ] {
                assert!(text.contains(wanted), "{wanted}\n{text}");
            }
        }
        assert!(seen(&session(), 2, 80, 23).contains("└ to come ─"));
    }

    #[test]
    fn the_chosen_lesson_stays_in_view() {
        for chosen in 0..30 {
            for height in [3, 6, 10, 23] {
                let text = seen(&session(), chosen, 80, height);
                assert!(text.contains('▶'), "{chosen} at {height} rows\n{text}");
            }
        }
        let text = seen(&session(), 15, 80, 23);
        assert!(text.contains("↑ ") && text.contains("↓ "), "{text}");
    }

    #[test]
    fn an_empty_course_says_so() {
        let empty = Session { course: Course::default(), ..Session::home() };
        assert!(seen(&empty, 0, 80, 23).contains("no lessons yet"));
    }

    #[test]
    fn every_size_is_drawn() {
        let session = session();
        draw_at_every_size(|pad| draw(&session, &at(17), pad));
    }
}
