//! Lesson packs on the disk: a folder of lesson files, and the list of its course if there is one.

use std::path::{Path, PathBuf};

use crate::host::disk;
use crate::lesson::library::Course;
use crate::lesson::pack::{File, Pack};
use crate::lesson::safe::Safe;

/// Where lessons are, if no flag says so.
const VARIABLE: &str = "DOWNHILL_LESSONS";

/// The folder of lessons that was asked for: by a flag, or else by the environment.
pub fn folder(flag: Option<&Path>) -> Option<PathBuf> {
    let named = || std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    flag.map(Path::to_path_buf).or_else(named)
}

/// The pack in a folder, or the shipped course without one; says in words why there is none.
pub fn open(folder: Option<&Path>) -> Result<Pack, String> {
    let Some(folder) = folder else { return Ok(Pack::shipped()) };
    let shown = Safe::line(&folder.to_string_lossy());
    let whole = folder.canonicalize().map_err(|error| format!("the lessons in {shown} cannot be read: {error}"))?;
    let name = whole.file_name().map_or_else(|| "lessons".into(), |name| name.to_string_lossy().into_owned());
    let course = course(&folder.join("course.toml"))?;
    let files = disk::lesson_files(&folder.to_string_lossy())?;
    if files.is_empty() {
        return Err(format!("there is no lesson file in {shown}"));
    }
    let file = |path: &String| -> File {
        let id = Path::new(path).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        (Safe::line(&id).to_string(), disk::read(path).map(|source| source.text))
    };
    Ok(Pack::of(&name, course, files.iter().map(file).collect()).found_in(&shown))
}

/// The list of a course, if there is one.
fn course(path: &Path) -> Result<Option<Course>, String> {
    if !path.exists() {
        return Ok(None);
    }
    let text = disk::read(&path.to_string_lossy())?.text;
    let shown = Safe::line(&path.to_string_lossy());
    toml::from_str(&text).map(Some).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        format!("{shown}:{line}: {}; see docs/authoring.md for what it may hold", Safe::line(error.message()))
    })
}
