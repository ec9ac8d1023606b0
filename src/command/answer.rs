//! How a command ends: with what it wrote, or with a sentence and an exit code.

use std::io::{self, Write as _};

use crate::host::disk::Source;
use crate::lesson::file::complaint::render;
use crate::lesson::file::read::read;
use crate::lesson::file::safe::Safe;
use crate::lesson::schema::Lesson;

/// Why a command could not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// Asked for something that does not exist or cannot be: exit code 2.
    Misuse(String),
    /// A lesson has faults; all of them, as they are shown: exit code 1.
    Complaints(String),
    /// Writing failed; a closed pipe is no fault.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// How a command that did its work ends: 0, or the code it means.
pub type CommandResult = Result<u8, Failure>;

/// Reads a lesson whose faults, if there are any, are the failure.
pub fn lesson(source: &Source) -> Result<Lesson, Failure> {
    match read(&source.id, &source.text) {
        Ok((lesson, _warnings)) => Ok(lesson),
        Err(complaints) => Err(Failure::Complaints(render(&source.path, &source.text, &complaints))),
    }
}

/// Says something about progress on standard error, beside what was asked for.
pub fn say(notice: Option<String>) {
    if let Some(notice) = notice {
        // If standard error is gone too, nobody is there to hear it.
        let _ = writeln!(io::stderr(), "downhill: {}", Safe::new(&notice));
    }
}
