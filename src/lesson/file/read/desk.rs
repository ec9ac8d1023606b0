//! Where a lesson file lies while it is read: its text, what is wrong with it, and where each part stands.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lesson::file::complaint::{Complaint, Severity};

/// Where each part of a lesson stands in its file: `page[2].text` → bytes of the value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<String, Range<usize>>);

impl Marks {
    /// The bytes of the part of that name, or of the nearest part around it.
    pub fn find(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.0.get(path) {
                return Some(span.clone());
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// The parts directly below that of the name: their last keys, and their bytes.
    pub fn below<'m>(&'m self, path: &'m str) -> impl Iterator<Item = (&'m str, Range<usize>)> {
        self.0.range(path.to_owned()..).map_while(move |(key, span)| Some((key.strip_prefix(path)?, span.clone())))
    }
}

/// A lesson file while it is read.
pub struct Desk<'s> {
    /// The whole text.
    pub source: &'s str,
    /// What is wrong with it so far.
    pub complaints: Vec<Complaint>,
    /// Where its parts stand.
    pub marks: Marks,
    /// The page that is being read, counted from 1.
    pub page: Option<usize>,
}

impl<'s> Desk<'s> {
    /// A file of which nothing was read yet.
    pub fn new(source: &'s str) -> Self {
        Self { source, complaints: Vec::new(), marks: Marks::default(), page: None }
    }

    /// Notes what is wrong.
    pub fn complain(&mut self, complaint: Complaint) {
        self.complaints.push(Complaint { page: self.page, ..complaint });
    }

    /// Notes what is wrong at some bytes, and the cure.
    pub fn fault(&mut self, span: &Range<usize>, message: impl Into<String>, cure: impl Into<String>) {
        self.complain(Complaint::error(message).at(span.clone()).cure(cure));
    }

    /// Notes that something of the format is not there in this version.
    pub fn later(&mut self, span: &Range<usize>, what: &str, cure: impl Into<String>) {
        self.fault(span, format!("{what} is not in this version yet"), cure);
    }

    /// Notes where a part stands.
    pub fn mark(&mut self, path: &str, span: &Range<usize>) {
        self.marks.0.insert(path.to_owned(), span.clone());
    }

    /// Whether something is so wrong that there is no lesson.
    pub fn is_broken(&self) -> bool {
        self.complaints.iter().any(|complaint| complaint.severity == Severity::Error)
    }
}
