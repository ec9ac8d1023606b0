//! What a check notes down, each at its place in the file.

use std::ops::Range;

use crate::lesson::file::complaint::{Complaint, Severity};
use crate::lesson::file::read::desk::Marks;

/// The complaints of a check so far.
pub struct Notes<'s> {
    source: &'s str,
    marks: &'s Marks,
    complaints: Vec<Complaint>,
    page: Option<usize>,
    /// The part of the page that the names of parts are within, with its dot.
    within: &'static str,
    /// Whether there is time to prove more.
    has_time: &'s dyn Fn() -> bool,
}

impl<'s> Notes<'s> {
    /// Notes on a file that go on from the complaints of reading it; `has_time` is asked between any two runs.
    pub fn new(source: &'s str, marks: &'s Marks, complaints: Vec<Complaint>, has_time: &'s dyn Fn() -> bool) -> Self {
        Self { source, marks, complaints, page: None, within: "", has_time }
    }

    /// Whether there is time to prove more.
    pub fn has_time(&self) -> bool {
        (self.has_time)()
    }

    /// Sets the page that the following notes are about.
    pub fn turn_to(&mut self, index: usize) {
        self.page = Some(index);
        self.within = "";
    }

    /// Sets the part of the page that the following notes are about; it ends with a dot.
    pub fn go_into(&mut self, part: &'static str) {
        self.within = part;
    }

    /// The whole name of a part of the page at hand, or of the lesson.
    fn full(&self, part: &str) -> String {
        self.page.map_or_else(|| part.to_owned(), |page| format!("page[{page}].{}{part}", self.within))
    }

    /// Where a part stands.
    pub fn find(&self, part: &str) -> Option<Range<usize>> {
        self.marks.find(&self.full(part))
    }

    /// The names of the parts right below one, such as the settings of `proof`.
    pub fn below(&self, part: &str) -> Vec<String> {
        let full = self.full(part);
        self.marks.below(&full).map(|(rest, _)| format!("{part}{rest}")).collect()
    }

    /// Where a word stands in a part, as a whole word; the part itself if the file writes it with escapes.
    pub fn find_word(&self, part: &str, word: &str) -> Option<Range<usize>> {
        let span = self.find(part)?;
        let text = self.source.get(span.clone())?.to_ascii_lowercase();
        let is_letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let found = text.match_indices(word).find(|(at, _)| {
            !is_letter(text[..*at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
        });
        Some(found.map_or(span.clone(), |(at, _)| span.start + at..span.start + at + word.len()))
    }

    /// Notes an error: the lesson must not ship.
    pub fn error(&mut self, part: &str, message: impl Into<String>, cure: impl Into<String>) {
        self.note(Severity::Error, self.find(part), message.into(), cure.into());
    }

    /// Notes a warning.
    pub fn warning(&mut self, part: &str, message: impl Into<String>, cure: impl Into<String>) {
        self.note(Severity::Warning, self.find(part), message.into(), cure.into());
    }

    /// Notes an error at these bytes.
    pub fn error_at(&mut self, span: Option<Range<usize>>, message: impl Into<String>, cure: impl Into<String>) {
        self.note(Severity::Error, span, message.into(), cure.into());
    }

    fn note(&mut self, severity: Severity, span: Option<Range<usize>>, message: String, cure: String) {
        let page = self.page.map(|page| page + 1);
        self.complaints.push(Complaint { message, cure: Some(cure), span, severity, page });
    }

    /// All complaints.
    pub fn into_complaints(self) -> Vec<Complaint> {
        self.complaints
    }
}
