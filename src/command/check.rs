//! `downhill check`: proves lessons before anybody learns from them.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::command::answer::{CommandResult, Failure};
use crate::command::mutants::mutants;
use crate::host::disk::{self, Source};
use crate::host::patience::Deadline;
use crate::lesson::check::check_while;
use crate::lesson::course::library;
use crate::lesson::course::pack::Pack;
use crate::lesson::file::complaint::{Complaint, render};

/// Which lessons.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Lesson files, folders of them, or names of shipped lessons; all shipped lessons if none is given
    paths: Vec<OsString>,
    /// After so many seconds no further lesson is proved, and that is said
    #[arg(long, value_name = "SECONDS", default_value_t = 45)]
    time_limit: u64,
    /// Reads and proves so many broken versions of them instead: none may stop the program
    #[arg(long, hide = true, value_name = "N")]
    mutants: Option<usize>,
}

/// About so many bytes are written of what is wrong; of further lessons only that something is.
const MOST_SHOWN: usize = 600_000;

/// Proves each lesson and shows all that is wrong; 1 if anything is.
pub fn check(args: &CheckArgs, folder: Option<&Path>, pack: &Pack, out: &mut dyn Write) -> CommandResult {
    let found = match folder {
        _ if !args.paths.is_empty() => named(&args.paths, pack)?,
        Some(folder) => named(&[folder.into()], pack)?,
        None => shipped(),
    };
    if let Some(count) = args.mutants {
        let sources: Result<Vec<Source>, String> = found.into_iter().map(Candidate::read).collect();
        return mutants(count, &sources.map_err(Failure::Misuse)?, out);
    }
    let is_in_pack =
        |id: &str| pack.course.chapters.iter().flat_map(|chapter| &chapter.lessons).any(|entry| entry.id == id);
    let beside: BTreeSet<String> = found.iter().map(Candidate::id).collect();
    let is_lesson_beside = |id: &str| library::is_in_course(id) || is_in_pack(id) || beside.contains(id);
    let patience = Deadline::of(Duration::from_secs(args.time_limit));
    let (mut code, mut shown) = (0, 0);
    let all = found.len();
    for (index, lesson) in found.into_iter().enumerate() {
        if index > 0 && patience.is_spent() {
            let rest = all - index;
            let limit = args.time_limit;
            writeln!(out, "{rest} of {all} lessons are not proved: {limit} s are over; --time-limit 600 takes longer")?;
            return Ok(1);
        }
        let source = match lesson.read() {
            Ok(source) => source,
            Err(why) => {
                writeln!(out, "error: {why}\n")?;
                code = 1;
                continue;
            }
        };
        let report = check_while(&source.id, &source.text, &is_lesson_beside, &|| !patience.is_spent());
        if report.complaints.iter().any(Complaint::is_error) {
            code = 1;
        }
        if report.complaints.is_empty() {
            writeln!(out, "{}: fine", source.path)?;
        } else if shown > MOST_SHOWN {
            writeln!(out, "{}: {} complaints; check it alone to read them", source.path, report.complaints.len())?;
        } else {
            let text = render(&source.path, &source.text, &report.complaints);
            shown += text.len();
            writeln!(out, "{}\n", text.trim_end())?;
        }
    }
    Ok(code)
}

/// A lesson that is to be proved: as it is embedded or named, or a file that is read when its turn comes.
enum Candidate {
    Source(Source),
    File(PathBuf),
}

impl Candidate {
    fn read(self) -> Result<Source, String> {
        match self {
            Self::Source(source) => Ok(source),
            Self::File(path) => disk::read(&path),
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Source(source) => source.id.clone(),
            Self::File(path) => disk::id_of(path),
        }
    }
}

fn shipped() -> Vec<Candidate> {
    let source = |(id, text): &(&str, &str)| {
        let path = format!("lessons/{id}.toml");
        Candidate::Source(Source { id: (*id).to_owned(), path, text: (*text).to_owned() })
    };
    library::SHIPPED.iter().map(source).collect()
}

/// Lessons by their names, and every lesson file of a folder.
fn named(names: &[OsString], pack: &Pack) -> Result<Vec<Candidate>, Failure> {
    let mut found = Vec::new();
    for name in names {
        if Path::new(name).is_dir() {
            found
                .extend(disk::lesson_files(Path::new(name)).map_err(Failure::Misuse)?.into_iter().map(Candidate::File));
        } else {
            found.push(Candidate::Source(disk::find(name, pack).map_err(Failure::Misuse)?));
        }
    }
    Ok(found)
}
