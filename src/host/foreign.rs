//! A file that somebody else wrote is read with care: it is a file, it is not too large, and nobody waits for it.

use std::fmt;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, Read as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    Directory,
    /// It is a pipe, a socket or a device, which may have no end, or keep one waiting.
    NoFile(&'static str),
    /// It has more bytes than such a file may have.
    TooLarge,
    /// The system says why.
    Disk(Error),
}

impl fmt::Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory => formatter.write_str("it is a directory"),
            Self::NoFile(what) => write!(formatter, "it is {what}, not a file"),
            Self::TooLarge => formatter.write_str("it is larger than any such file"),
            Self::Disk(error) => error.fmt(formatter),
        }
    }
}

/// What a file holds, if that are at most so many bytes.
///
/// It is asked for its kind before it is opened, which may move a tape, and again after, since it may have been put in
/// the place of another. Opening does not block: a pipe without a writer would wait for ever.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    is_file(&std::fs::metadata(path).map_err(Unread::Disk)?, most)?;
    let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = OpenOptions::new().read(true).custom_flags(nonblocking).open(path).map_err(Unread::Disk)?;
    is_file(&file.metadata().map_err(Unread::Disk)?, most)?;
    let bytes = bounded(file, most).map_err(Unread::Disk)?;
    // What the system makes up while it is read (`/proc`) tells no size before.
    if bytes.len() as u64 > most { Err(Unread::TooLarge) } else { Ok(bytes) }
}

fn bounded(file: File, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_file(about: &Metadata, most: u64) -> Result<(), Unread> {
    let kind = about.file_type();
    if kind.is_dir() {
        Err(Unread::Directory)
    } else if kind.is_fifo() {
        Err(Unread::NoFile("a pipe"))
    } else if kind.is_socket() {
        Err(Unread::NoFile("a socket"))
    } else if !kind.is_file() {
        Err(Unread::NoFile("a device"))
    } else if about.len() > most {
        Err(Unread::TooLarge)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    /// Each of these would hang the reader, or fill the memory, if it were opened like a file.
    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let _socket = UnixListener::bind(at("socket")).unwrap();
        for (to, from) in [("round", "round"), ("pipe", "to-pipe"), ("/dev/zero", "zero"), ("nowhere", "nothing")] {
            symlink(to, at(from)).unwrap();
        }
        std::fs::write(at("large"), [b'x'; 65]).unwrap();
        std::fs::write(at("small"), [b'x'; 64]).unwrap();
        for (name, why) in [
            ("pipe", "it is a pipe, not a file"),
            ("to-pipe", "it is a pipe, not a file"),
            ("socket", "it is a socket, not a file"),
            ("zero", "it is a device, not a file"),
            (".", "it is a directory"),
            ("large", "it is larger than any such file"),
            ("round", "symbolic links"),
            ("nothing", "No such file"),
        ] {
            let found = read(&at(name), 64).unwrap_err().to_string();
            assert!(found.contains(why), "{name}: {found}");
        }
        assert_eq!(read(&at("small"), 64).unwrap(), [b'x'; 64]);
    }

    /// The system tells size 0 of these, and gives more.
    #[test]
    #[cfg(target_os = "linux")]
    fn what_tells_no_size_is_bounded_while_it_is_read() {
        assert!(matches!(read(Path::new("/proc/self/maps"), 100), Err(Unread::TooLarge)));
        assert!(read(Path::new("/proc/self/comm"), 100).unwrap().len() < 100);
    }
}
