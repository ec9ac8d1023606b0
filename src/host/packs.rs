//! Lesson packs on the disk: a folder of lesson files, and the list of its course if there is one.

use std::path::{Path, PathBuf};

use crate::host::disk;
use crate::lesson::course::library::Course;
use crate::lesson::course::pack::{Pack, PackFile};
use crate::lesson::file::safe::Safe;

/// The most lessons that a pack holds.
const MOST_LESSONS: usize = 1000;
/// The most bytes that its lessons have together.
const MOST_BYTES: usize = 32 << 20;

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
    let paths = disk::lesson_files(folder)?;
    let mut room = MOST_BYTES;
    let mut files: Vec<PackFile> = Vec::new();
    for path in paths.iter().take(MOST_LESSONS) {
        let text = disk::read(path).map(|source| source.text);
        let Some(rest) = room.checked_sub(text.as_ref().map_or(0, String::len)) else { break };
        room = rest;
        files.push((disk::id_of(path), text));
    }
    let left_out = paths.len() - files.len();
    let pack = Pack::of(&name, course, files).found_in(folder.as_os_str());
    Ok(if left_out > 0 { pack.without(left_out, MOST_LESSONS, MOST_BYTES >> 20) } else { pack })
}

/// The list of a course, if there is one.
fn course(path: &Path) -> Result<Option<Course>, String> {
    if std::fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    let text = disk::read(path)?.text;
    let shown = Safe::line(&path.to_string_lossy());
    toml::from_str(&text).map(Some).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        format!("{shown}:{line}: {}; see docs/authoring.md for what it may hold", Safe::line(error.message()))
    })
}
