//! `downhill check`: proves lessons before anybody learns from them.

use std::io::Write;
use std::path::Path;

use clap::Args;

use crate::command::answer::{Answer, Failure};
use crate::command::mutants::mutants;
use crate::host::disk::{self, Source};
use crate::lesson::check::check as prove;
use crate::lesson::complaint::render;
use crate::lesson::library;
use crate::lesson::pack::Pack;

/// Which lessons.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Lesson files, folders of them, or names of shipped lessons; all shipped lessons if none is given
    paths: Vec<String>,
    /// Reads and proves so many broken versions of them instead: none may stop the program
    #[arg(long, hide = true, value_name = "N")]
    mutants: Option<usize>,
}

/// Proves each lesson and shows all that is wrong; 1 if anything is.
pub fn check(args: &CheckArgs, folder: Option<&Path>, pack: &Pack, out: &mut dyn Write) -> Answer {
    let sources = match folder {
        _ if !args.paths.is_empty() => named(&args.paths, pack)?,
        Some(folder) => named(&[folder.to_string_lossy().into_owned()], pack)?,
        None => shipped(),
    };
    if let Some(count) = args.mutants {
        return mutants(count, &sources, out);
    }
    let is_in_pack =
        |id: &str| pack.course.chapters.iter().flat_map(|chapter| &chapter.lessons).any(|entry| entry.id == id);
    let is_lesson_beside =
        |id: &str| library::is_in_course(id) || is_in_pack(id) || sources.iter().any(|source| source.id == id);
    let mut code = 0;
    for source in &sources {
        let report = prove(&source.id, &source.text, &is_lesson_beside);
        if report.complaints.is_empty() {
            writeln!(out, "{}: fine", source.path)?;
        } else {
            writeln!(out, "{}", render(&source.path, &source.text, &report.complaints).trim_end())?;
            writeln!(out)?;
        }
        if report.complaints.iter().any(crate::lesson::complaint::Complaint::is_error) {
            code = 1;
        }
    }
    Ok(code)
}

fn shipped() -> Vec<Source> {
    let source = |(id, text): &(&str, &str)| Source {
        id: (*id).to_owned(),
        path: format!("lessons/{id}.toml"),
        text: (*text).to_owned(),
    };
    library::SHIPPED.iter().map(source).collect()
}

fn named(paths: &[String], pack: &Pack) -> Result<Vec<Source>, Failure> {
    let found: Result<Vec<Vec<Source>>, String> = paths.iter().map(|path| disk::find_all(path, pack)).collect();
    Ok(found.map_err(Failure::Misuse)?.into_iter().flatten().collect())
}
