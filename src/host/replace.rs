//! A file is replaced whole or not at all: written beside itself first, then put in its place in one move.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Error, ErrorKind, Result, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::host::foreign::{self, Unread};

/// A file that is larger was not written by us.
const LARGEST: u64 = 16 << 20;
/// As many links may lead to a file; the systems allow about as many.
const MOST_LINKS: usize = 40;

/// The file that a path leads to, whether it exists or not: who keeps a file elsewhere and links to it keeps the link.
pub fn target(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = folder(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(Error::other("its links lead round in a circle"))
}

/// What a file holds, if it is there.
pub fn read(path: &Path) -> std::result::Result<Option<Vec<u8>>, Unread> {
    match foreign::read(path, LARGEST) {
        Err(Unread::Disk(error)) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// Puts a text in the place of a file, whose last state becomes the backup.
///
/// Whoever is stopped at any moment leaves the old file or the new one, and at most a file that ends in `.new`.
pub fn replace(file: &Path, backup: &Path, text: &[u8]) -> Result<()> {
    if fs::metadata(file).is_ok_and(|about| about.permissions().readonly()) {
        return Err(Error::new(ErrorKind::PermissionDenied, "it is write-protected"));
    }
    let fresh = write_beside(file, file, text)?;
    // A backup that cannot be made is no reason to lose what is new.
    let _ = back_up(file, backup);
    put(&fresh, file)
}

/// Removes a file, which need not be there.
pub fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn back_up(file: &Path, backup: &Path) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    remove(backup)?;
    // Not every disk has hard links, and none reaches another disk; then there is a copy.
    fs::hard_link(file, backup).or_else(|_| {
        let fresh = write_beside(backup, file, &fs::read(file)?)?;
        put(&fresh, backup)
    })
}

/// Writes a text to the disk beside a file, with what a model permits its owner and nothing for others; where it lies.
fn write_beside(file: &Path, model: &Path, text: &[u8]) -> Result<PathBuf> {
    let mut name = file.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".new");
    let fresh = file.with_file_name(name);
    // A leftover may be a link to anything: what is written here is a file of its own.
    remove(&fresh)?;
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
    let owner = |about: fs::Metadata| Permissions::from_mode(about.permissions().mode() & 0o700);
    let permissions = || fs::metadata(model).map_or(Ok(()), |about| writer.set_permissions(owner(about)));
    let written = permissions().and_then(|()| writer.write_all(text)).and_then(|()| writer.sync_all());
    match written {
        Ok(()) => Ok(fresh),
        Err(error) => {
            // What could not be written whole is of no use to anybody.
            let _ = fs::remove_file(&fresh);
            Err(error)
        }
    }
}

/// Moves a file into its place, and the move to the disk.
fn put(fresh: &Path, file: &Path) -> Result<()> {
    if let Err(error) = fs::rename(fresh, file) {
        let _ = fs::remove_file(fresh);
        return Err(error);
    }
    match File::open(folder(file)).and_then(|folder| folder.sync_all()) {
        // Some network disks know no such thing as writing a folder out.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// The folder in which a file lies.
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
