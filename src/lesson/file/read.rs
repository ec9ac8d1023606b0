//! A lesson file is read: all that is wrong with it at once, each at its own key or value.

use toml::de::DeTable;

use crate::lesson::file::complaint::Complaint;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::format::{LESSON, SCENARIO_EXAMPLE};
use crate::lesson::file::judge;
use crate::lesson::file::lines::Lines;
use crate::lesson::file::read::desk::{Desk, Marks};
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Scenario;
use crate::lesson::schema::{Lesson, Page};

pub mod ask;
pub mod change;
pub mod claim;
pub mod desk;
pub mod length;
pub mod objective;
pub mod page;
pub mod rule;
pub mod scenario;
pub mod shown;
pub mod spelling;
pub mod start;
pub mod window;

/// The longest file, in bytes.
const MOST_BYTES: usize = 1 << 20;
const MOST_SCENARIOS: usize = 64;
const MOST_PAGES: usize = 200;

/// A lesson file after reading.
pub struct Reading {
    /// The lesson, if nothing in it is in error.
    pub lesson: Option<Lesson>,
    /// What is wrong with it.
    pub complaints: Vec<Complaint>,
    /// Where its parts stand.
    pub marks: Marks,
}

/// Reads a lesson: it and its warnings, or everything that is wrong with it.
pub fn read(id: &str, source: &str) -> Result<(Lesson, Vec<Complaint>), Vec<Complaint>> {
    let Reading { lesson, complaints, .. } = study(id, source);
    match lesson {
        Some(lesson) => Ok((lesson, complaints)),
        None => Err(complaints),
    }
}

/// Reads a lesson and keeps where its parts stand.
pub fn study(id: &str, source: &str) -> Reading {
    let mut desk = Desk::new(source);
    let lesson = if source.len() > MOST_BYTES {
        let message = format!("the file has {} bytes, and a lesson at most {MOST_BYTES}", source.len());
        desk.complain(Complaint::error(message).cure("split it into several lessons"));
        None
    } else {
        let (document, errors) = DeTable::parse_recoverable(source);
        syntax(&errors, &mut desk);
        // What the parser makes of a broken text would only be complained about twice.
        if errors.is_empty() { lesson(id, document.get_ref(), &mut desk) } else { None }
    };
    let lesson = lesson.filter(|_| !desk.is_broken());
    Reading { lesson, complaints: desk.complaints, marks: desk.marks }
}

/// After an open bracket the parser stumbles on: an error so many lines after another is taken for its consequence.
const STUMBLE: usize = 3;

/// Complains about what is not TOML.
fn syntax(errors: &[toml::de::Error], desk: &mut Desk<'_>) {
    let lines = Lines::of(desk.source);
    let placed = |error| (toml::de::Error::span(error).map_or(0, |span| lines.number(span.start)), error);
    let mut errors: Vec<(usize, &toml::de::Error)> = errors.iter().map(placed).collect();
    errors.sort_by_key(|(line, _)| *line);
    let mut before = None;
    for (line, error) in errors {
        let follows = before.is_some_and(|before| line <= before + STUMBLE);
        before = Some(line);
        if !follows {
            let message = error.message().replace('\n', ", ");
            let cure = if message.contains("string") {
                "a text stands between two quotes, in one line; a longer one between two \"\"\""
            } else if message.contains("array") || message.contains("table") {
                "look for a comma or a closing bracket that is missing here or above"
            } else {
                "write key = value, one a line"
            };
            let complaint = Complaint::error(format!("this is not TOML: {message}")).cure(cure);
            desk.complain(Complaint { span: error.span(), ..complaint });
        }
    }
}

/// Judges the file by its format, then puts together what is sound.
fn lesson(id: &str, document: &DeTable<'_>, desk: &mut Desk<'_>) -> Option<Lesson> {
    let fields = judge::whole(&LESSON, document, desk)?;
    let scenarios = scenarios(&fields, desk);
    let pages = pages(&fields, &scenarios, desk);
    let scenarios: Option<Vec<Scenario>> = scenarios.into_iter().map(|(_, scenario)| scenario).collect();
    let lesson = Lesson {
        id: id.to_owned(),
        title: fields.text("title")?,
        chapter: fields.text("chapter"),
        summary: fields.text("summary"),
        lecture: fields.text("lecture"),
        minutes: fields.count("minutes").map(|minutes| minutes as u32),
        after: fields.items("after").iter().filter_map(Value::text).collect(),
        scenarios: scenarios?,
        pages: pages?,
    };
    if !desk.is_broken() {
        fields.refuse_unread(desk);
    }
    Some(lesson)
}

fn scenarios(fields: &Fields<'_>, desk: &mut Desk<'_>) -> Vec<(Safe, Option<Scenario>)> {
    let Some(value) = fields.get("scenario") else { return Vec::new() };
    let items: Vec<&Value<'_>> = value.table().map(|named| named.all().collect()).unwrap_or_default();
    if items.is_empty() {
        desk.fault(&value.key, "a lesson has at least one scenario", format!("write {SCENARIO_EXAMPLE}"));
    }
    if let Some(extra) = items.get(MOST_SCENARIOS) {
        desk.fault(&extra.key, format!("a lesson has at most {MOST_SCENARIOS} scenarios"), "split the lesson");
    }
    let read = |item: &&Value<'_>| (Safe::line(item.name), scenario::scenario(item, desk));
    items.iter().take(MOST_SCENARIOS).map(read).collect()
}

/// The pages; `None` if one of them is at fault.
fn pages(fields: &Fields<'_>, scenarios: &shown::Scenarios, desk: &mut Desk<'_>) -> Option<Vec<Page>> {
    let items = fields.items("page");
    if let Some(extra) = items.get(MOST_PAGES) {
        desk.fault(&extra.span, format!("a lesson has at most {MOST_PAGES} pages"), "split the lesson");
        return None;
    }
    let mut pages: Vec<Page> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        desk.page = Some(index + 1);
        let before = pages.last().map_or(0, |page| page.scenario);
        pages.extend(page::page(item, scenarios, before, desk));
    }
    desk.page = None;
    (pages.len() == items.len()).then_some(pages)
}
