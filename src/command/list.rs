//! `downhill list`: the lessons of the course.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use crate::command::answer::{CommandResult, say};
use crate::lesson::course::library::Entry;
use crate::lesson::course::pack::Pack;

/// Prints chapters and lessons, those still to come marked; the titles stand in one column, however long the names are.
pub fn list(pack: &Pack, out: &mut dyn Write) -> CommandResult {
    let chapters = &pack.course.chapters;
    let wide = chapters.iter().flat_map(|chapter| &chapter.lessons).map(|entry| name(entry).width()).max();
    for (number, chapter) in (1..).zip(chapters) {
        writeln!(out, "{number} {}", chapter.title)?;
        for entry in &chapter.lessons {
            let gap = wide.unwrap_or(0).saturating_sub(name(entry).width());
            writeln!(out, "  {}{} {}", name(entry), " ".repeat(gap), entry.title)?;
        }
    }
    say(pack.left_out().map(str::to_owned));
    Ok(0)
}

fn name(entry: &Entry) -> &str {
    if entry.planned { "(to come)" } else { &entry.id }
}
