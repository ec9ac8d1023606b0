//! What can be wrong with a lesson file, said to its author: what, where, and the cure.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::lesson::file::lines::Lines;
use crate::lesson::file::safe::Safe;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// What to do about it.
    pub cure: Option<String>,
    /// The bytes of the file at fault; none for the file as a whole.
    pub span: Option<Range<usize>>,
    /// How bad it is.
    pub severity: Severity,
    /// The page, counted from 1.
    pub page: Option<usize>,
}

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lesson cannot be given like this.
    Error,
    /// The lesson can be given, and would be better otherwise.
    Warning,
}

impl Complaint {
    /// The lesson cannot be given like this.
    pub fn error(message: impl Into<String>) -> Self {
        Self { message: message.into(), cure: None, span: None, severity: Severity::Error, page: None }
    }

    /// The lesson would be better otherwise.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// With the bytes at fault.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = Some(cure.into());
        self
    }

    /// Whether the lesson cannot be given.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A complaint in few words, for where there is no room to draw the line at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// `demo.toml:12:5`, or the file alone.
    pub place: String,
    /// What is wrong.
    pub message: Safe,
    /// What to do about it.
    pub cure: Option<Safe>,
    /// Whether the lesson cannot be given.
    pub is_error: bool,
}

/// The complaints in few words, in the order in which they are drawn.
pub fn briefly(path: &str, source: &str, complaints: &[Complaint]) -> Vec<Brief> {
    let path = Safe::line(path);
    let lines = Lines::of(source);
    let brief = |complaint: &Complaint| Brief {
        place: complaint.span.as_ref().map_or_else(
            || path.to_string(),
            |span| {
                let marked = Marked::of(source, &lines, span);
                let before = marked.line.get(..marked.mark.start).unwrap_or_default();
                format!("{path}:{}:{}", marked.number, before.chars().count() + 1)
            },
        ),
        message: titled(complaint),
        cure: complaint.cure.as_deref().map(shortened),
        is_error: complaint.is_error(),
    };
    let unsaid =
        |what: String| Brief { place: path.to_string(), message: Safe::line(&what), cure: None, is_error: false };
    in_order(complaints).into_iter().map(brief).chain(more(complaints).map(unsaid)).collect()
}

/// So many complaints are told; whoever has cured them is told the next.
const MOST: usize = 200;

/// The complaints that are told, in the order of the file; of too many the warnings go first.
fn in_order(complaints: &[Complaint]) -> Vec<&Complaint> {
    let place = |complaint: &Complaint| complaint.span.as_ref().map_or(0, |span| span.start);
    let mut sorted: Vec<&Complaint> = complaints.iter().collect();
    if sorted.len() > MOST {
        sorted.sort_by_key(|complaint| (complaint.severity, place(complaint)));
        sorted.truncate(MOST);
    }
    sorted.sort_by_key(|complaint| (place(complaint), complaint.severity));
    sorted
}

/// What is said of the complaints that are not told.
fn more(complaints: &[Complaint]) -> Option<String> {
    let unsaid = complaints.len().saturating_sub(MOST);
    (unsaid > 0).then(|| format!("and {unsaid} more: they are told when these are cured"))
}

/// What is wrong, with the page on which it is.
fn titled(complaint: &Complaint) -> Safe {
    let page = complaint.page.map_or_else(String::new, |page| format!("page {page}: "));
    shortened(&format!("{page}{}", complaint.message))
}

/// No message or cure that is told has more letters: it may quote what somebody wrote.
const LONGEST: usize = 1000;

/// A message in one line, cut where it is longer than anybody reads.
fn shortened(message: &str) -> Safe {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => Safe::line(&format!("{}…", &message[..end])),
        None => Safe::line(message),
    }
}

/// How wide a source line may be drawn; longer ones are cut around the mark.
const WIDTH: usize = 110;

/// The complaints in the order of the file, each with its line and a mark under what is at fault.
///
/// `path` is what the file is called; nothing of path, source or message reaches the output unsafe.
pub fn render(path: &str, source: &str, complaints: &[Complaint]) -> String {
    let path = Safe::line(path);
    let lines = Lines::of(source);
    let told = in_order(complaints).into_iter().map(|complaint| drawn(&path, source, &lines, complaint));
    let drawn: Vec<String> = told.chain(more(complaints).map(|what| format!("{path}: {what}"))).collect();
    drawn.join("\n\n") + if drawn.is_empty() { "" } else { "\n" }
}

fn drawn(path: &str, source: &str, lines: &Lines<'_>, complaint: &Complaint) -> String {
    let level = if complaint.is_error() { Level::ERROR } else { Level::WARNING };
    let message = titled(complaint);
    let title = level.primary_title(message.as_str());
    let mut group = match &complaint.span {
        Some(span) => {
            let marked = Marked::of(source, lines, span);
            let mark = AnnotationKind::Primary.span(marked.mark);
            title.element(Snippet::source(marked.line).path(path).line_start(marked.number).annotation(mark))
        }
        None => title.element(annotate_snippets::Origin::path(path)),
    };
    let cure = complaint.cure.as_deref().map(shortened);
    if let Some(cure) = &cure {
        group = group.element(Level::HELP.message(cure.as_str()));
    }
    let renderer = Renderer::plain().term_width(WIDTH);
    let text = renderer.render(&[group]);
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The line at fault, made safe, and the bytes of it to mark.
struct Marked {
    line: String,
    number: usize,
    mark: Range<usize>,
}

impl Marked {
    /// The first line of `span`, with what of the span lies in it.
    fn of(source: &str, lines: &Lines<'_>, span: &Range<usize>) -> Self {
        let start = border(source, span.start);
        let end = border(source, span.end.max(start));
        let number = lines.number(start);
        let Range { start: begin, end: close } = lines.line(number);
        let end = end.min(close);
        let mut line = Safe::new(&source[begin..start]).as_str().to_owned();
        let from = line.len();
        line.push_str(&Safe::new(&source[start..end]));
        let mark = from..line.len();
        line.push_str(&Safe::new(&source[end..close]));
        Self { line, number, mark }
    }
}

/// The last character border at or before `at`.
fn border(source: &str, at: usize) -> usize {
    (0..=at.min(source.len())).rev().find(|&byte| source.is_char_boundary(byte)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_lies_under_the_fault_and_the_cure_below() {
        let source = "format = 1\ntitel = \"x\"\n";
        let complaint = Complaint::error("unknown key `titel`").at(11..16).cure("did you mean `title`?");
        assert_eq!(
            render("a.toml", source, &[complaint]),
            "error: unknown key `titel`\n --> a.toml:2:1\n  |\n2 | titel = \"x\"\n  | ^^^^^\n  |\n  = help: did you mean `title`?\n"
        );
    }

    #[test]
    fn in_few_words_the_place_is_the_same() {
        let source = "format = 1\n  é = 2\ntitel = \"x\"\n";
        let complaints = [
            Complaint::warning("twice").at(20..25).cure("once"),
            Complaint::error("strange \x1b[2J").at(13..15),
            Complaint::error("no title"),
        ];
        let told = briefly("a.toml", source, &complaints);
        let places: Vec<&str> = told.iter().map(|brief| brief.place.as_str()).collect();
        assert_eq!(places, ["a.toml", "a.toml:2:3", "a.toml:3:1"]);
        let drawn = render("a.toml", source, &complaints);
        assert!(places.iter().all(|place| drawn.contains(&format!("--> {place}"))), "{drawn}");
        assert_eq!((told[1].message.as_str(), told[2].cure.as_deref()), ("strange [2J", Some("once")));
    }

    /// Of very many the first 200 are told, errors before warnings, and the others are counted.
    #[test]
    fn no_more_than_two_hundred_are_told() {
        let source = "x = 1\n".repeat(500);
        let warning = |line: usize| Complaint::warning(format!("w{line}")).at(6 * line..6 * line + 1);
        let mut complaints: Vec<Complaint> = (0..300).map(warning).collect();
        complaints.push(Complaint::error("the error").at(2400..2401));
        let told = briefly("a.toml", &source, &complaints);
        assert_eq!(told.len(), 201);
        assert_eq!((told[199].message.as_str(), told[199].place.as_str()), ("the error", "a.toml:401:1"));
        assert_eq!(told[200].message.as_str(), "and 101 more: they are told when these are cured");
        let drawn = render("a.toml", &source, &complaints);
        assert_eq!(drawn.matches("warning: ").count(), 199);
        assert!(
            drawn.contains("error: the error")
                && drawn.ends_with("\na.toml: and 101 more: they are told when these are cured\n")
        );
        assert!(!render("a.toml", &source, &complaints[..200]).contains(" more: "));
    }

    #[test]
    fn foreign_text_is_safe_and_long_lines_are_cut() {
        let source = format!("{}\x1b[31m\u{202e}fault{}", "a".repeat(500), "b".repeat(900));
        let complaint = Complaint::warning("\x1b]0;owned\x07 here").at(500..513).cure("\x1b[2J");
        let text = render("\x1b.toml", &source, &[complaint]);
        assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text:?}");
        assert!(text.contains("fault") && text.lines().all(|line| line.chars().count() < 130), "{text}");
    }

    #[test]
    fn any_span_is_drawn() {
        let source = "é = 1\n\n";
        for start in 0..12 {
            for end in 0..12 {
                let text = render("a.toml", source, &[Complaint::error("x").at(start..end)]);
                assert!(text.contains("a.toml:"), "{text}");
            }
        }
        assert!(render("a.toml", "", &[Complaint::error("x")]).contains("--> a.toml"));
    }
}
