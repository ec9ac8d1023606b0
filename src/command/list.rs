//! `downhill list`: the lessons of the course.

use std::io::Write;

use crate::command::answer::{Answer, say};
use crate::lesson::pack::Pack;

/// Prints chapters and lessons, those still to come marked.
pub fn list(pack: &Pack, out: &mut dyn Write) -> Answer {
    for (number, chapter) in (1..).zip(&pack.course.chapters) {
        writeln!(out, "{number} {}", chapter.title)?;
        for entry in &chapter.lessons {
            let name = if entry.planned { "(to come)" } else { &entry.id };
            writeln!(out, "  {name:<16} {}", entry.title)?;
        }
    }
    say(pack.left_out().map(str::to_owned));
    Ok(0)
}
