//! Lesson files on the disk and on standard input.

use std::ffi::OsStr;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::host::foreign::{self, Unread};
use crate::lesson::course::pack::Pack;
use crate::lesson::file::read::spelling::nearest;
use crate::lesson::file::safe::Safe;

/// A lesson's text and where it came from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The lesson's id: the file name without its ending.
    pub id: String,
    /// How the file is called in complaints.
    pub path: String,
    pub text: String,
}

/// No lesson is larger; a file that is was named by mistake.
const LARGEST: u64 = 1 << 20;

/// Finds a lesson by its name in the course at hand, by its path, or on standard input (`-`).
///
/// A name with a slash or the ending `.toml` is a path. The error is a sentence.
pub fn find(name: &OsStr, pack: &Pack) -> Result<Source, String> {
    if name == "-" {
        return standard_input();
    }
    if is_path(name) {
        return read(Path::new(name));
    }
    match name.to_str().and_then(|name| Some((name, pack.find(name)?))) {
        Some((name, text)) => Ok(Source { id: name.to_owned(), path: format!("{name}.toml"), text: text.to_owned() }),
        None => Err(unknown(&name.to_string_lossy(), pack)),
    }
}

/// Whether a lesson is called by its path, not by its name.
pub fn is_path(name: &OsStr) -> bool {
    name.as_encoded_bytes().contains(&b'/')
        || Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

/// No folder is looked through further.
const MOST_ENTRIES: usize = 100_000;

/// The paths of the lesson files in a folder, in the order of their names; of a folder with very many things in it, of
/// the first 100,000.
pub fn lesson_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = Safe::line(&folder.to_string_lossy());
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    let entries = entries.take(MOST_ENTRIES).filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = entries.filter(|path| is_lesson_file(path)).collect();
    if paths.is_empty() {
        return Err(format!("there is no lesson file in {shown}"));
    }
    paths.sort();
    Ok(paths)
}

/// The list of the course lies beside its lessons and is none.
fn is_lesson_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
        && path.file_name().is_some_and(|name| name != "course.toml")
}

fn unknown(name: &str, pack: &Pack) -> String {
    let name = Safe::line(name);
    let course = &pack.course;
    let entries = || course.chapters.iter().flat_map(|chapter| &chapter.lessons);
    if entries().any(|entry| entry.id == name.as_str() && entry.planned) {
        return format!("the lesson `{name}` is still to come; `downhill list` shows those that are here");
    }
    let ready = || entries().filter(|entry| !entry.planned).map(|entry| &*entry.id);
    let cure = match nearest(name.as_str(), ready()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", ready().collect::<Vec<_>>().join(", ")),
    };
    format!("there is no lesson `{name}`; {cure} (A file is named with its ending: {name}.toml.)")
}

/// Writes a file that is not there yet; says in words why it cannot.
pub fn create(path: &str, text: &str) -> Result<(), String> {
    let shown = Safe::line(path);
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{shown} is there already, and stays as it is: choose another name"),
        _ => format!("{shown} cannot be written here: {error}"),
    })
}

fn standard_input() -> Result<Source, String> {
    let mut text = String::new();
    match std::io::stdin().take(LARGEST + 1).read_to_string(&mut text) {
        Err(error) => Err(format!("standard input cannot be read as text: {error}")),
        Ok(_) if text.len() as u64 > LARGEST => Err("standard input holds more than a lesson: over 1 MiB".into()),
        Ok(_) => Ok(Source { id: "standard-input".into(), path: "standard input".into(), text }),
    }
}

/// Reads the lesson file of that path; the error is a sentence.
pub fn read(path: &Path) -> Result<Source, String> {
    let shown = Safe::line(&path.to_string_lossy());
    let bytes = foreign::read(path, LARGEST).map_err(|why| match why {
        Unread::Directory => format!("{shown} is a directory; name a lesson file in it"),
        Unread::NoFile(what) => format!("{shown} is {what}, and a lesson is a file"),
        Unread::TooLarge => format!("{shown} is larger than any lesson: over 1 MiB"),
        Unread::Disk(error) => format!("{shown} cannot be read: {error}"),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("{shown} is not UTF-8 text: byte {} is not part of a character", error.utf8_error().valid_up_to() + 1)
    })?;
    Ok(Source { id: id_of(path), path: shown.as_str().to_owned(), text })
}

/// The id of a lesson: the name of its file without the ending.
pub fn id_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "lesson".into(), |stem| Safe::line(&stem.to_string_lossy()).to_string())
}
