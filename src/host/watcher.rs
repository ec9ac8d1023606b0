//! A lesson file that somebody writes: looked at now and then, and read again when it was saved.
//!
//! Size, time and number of one file are asked for five times a second, which costs nothing that can be measured; a
//! library that is told by the system would bring a dozen others, and tells nothing on network disks.

use std::borrow::Cow;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::app::reload::Saved;
use crate::host::disk::{self, Source};
use crate::lesson::check::check;
use crate::lesson::complaint::{Brief, briefly};
use crate::lesson::library;
use crate::lesson::safe::Safe;

/// A file, and what it was when it was read last.
pub struct Watcher {
    path: String,
    /// What it says; why it cannot be read, if it cannot.
    text: Result<Source, String>,
    /// What it looked like at the last look; `None` while it is not there.
    seen: Option<Stamp>,
    /// What it looked like when it was read.
    read: Option<Stamp>,
    /// For how many looks it was not there.
    missed: u32,
}

/// What changes whenever a file is written, or put in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    seconds: i64,
    nanoseconds: i64,
    number: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.size(),
            seconds: metadata.mtime(),
            nanoseconds: metadata.mtime_nsec(),
            number: metadata.ino(),
        }
    }
}

/// An editor that writes by renaming leaves no file for a moment; one that stays away so many looks is gone.
const PATIENCE: u32 = 10;

impl Watcher {
    /// Watches the file that was read from this path.
    pub fn new(path: &str, source: Source) -> Self {
        let seen = stamp(path);
        Self { path: path.to_owned(), text: Ok(source), seen, read: seen, missed: 0 }
    }

    /// Looks at the file; what it is now, if it was saved since, or has been gone for a while.
    pub fn look(&mut self) -> Option<Saved> {
        let now = stamp(&self.path);
        let was = std::mem::replace(&mut self.seen, now);
        if now.is_none() {
            self.missed += 1;
            (self.missed == PATIENCE).then_some(())?;
            self.read = None;
            let path = Safe::line(&self.path);
            self.text = Err(format!("{path} is gone; it is read as soon as it is back"));
            return Some(self.judged());
        }
        self.missed = 0;
        // Whoever writes in pieces is not done yet: it must have stood still for one look.
        if now == self.read || now != was {
            return None;
        }
        let text = disk::read(&self.path);
        self.read = now;
        let is_same = matches!((&self.text, &text), (Ok(old), Ok(new)) if old.text == new.text);
        self.text = text;
        // Saved without a change: nothing is to be seen.
        (!is_same).then(|| self.judged())
    }

    /// The file as it was read last, with all that is wrong with it.
    pub fn judged(&self) -> Saved {
        let name =
            Path::new(&self.path).file_name().map_or(Cow::Borrowed(self.path.as_str()), |name| name.to_string_lossy());
        let file = Safe::line(&name);
        match &self.text {
            Ok(source) => {
                let beside = Path::new(&self.path).parent().unwrap_or(Path::new("."));
                let is_lesson = |id: &str| library::is_in_course(id) || beside.join(format!("{id}.toml")).exists();
                let report = check(&source.id, &source.text, &is_lesson);
                let complaints = briefly(&file, &source.text, &report.complaints);
                Saved { file, lesson: report.lesson, complaints }
            }
            Err(why) => {
                let place = file.to_string();
                let brief = Brief { place, message: Safe::line(why), cure: None, is_error: true };
                Saved { file, lesson: None, complaints: vec![brief] }
            }
        }
    }
}

fn stamp(path: &str) -> Option<Stamp> {
    std::fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const LESSON: &str = include_str!("../../tests/sound/ravine.toml");

    /// The looks after which something is told, of so many.
    fn looks(watcher: &mut Watcher, count: usize) -> Vec<(usize, Saved)> {
        (1..=count).filter_map(|look| Some((look, watcher.look()?))).collect()
    }

    #[test]
    fn a_file_is_read_when_it_was_saved_and_stands_still() {
        let folder = std::env::temp_dir().join(format!("downhill-watcher-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("ravine.toml");
        let path = file.to_str().unwrap();
        fs::write(&file, LESSON).unwrap();
        let mut watcher = Watcher::new(path, disk::read(path).unwrap());
        assert!(looks(&mut watcher, 20).is_empty(), "nothing was saved");

        fs::write(&file, LESSON.replacen("title", "titel", 1)).unwrap();
        let told = looks(&mut watcher, 20);
        assert_eq!(told.iter().map(|(look, _)| *look).collect::<Vec<_>>(), [2]);
        let complaint = &told[0].1.complaints[0];
        assert!(complaint.place == "ravine.toml:2:1" && told[0].1.lesson.is_none(), "{complaint:?}");
        assert!(complaint.cure.as_deref().unwrap().contains("`title`"), "{complaint:?}");

        // As many editors save: beside it, then in its place; for a moment there may be no file.
        fs::write(folder.join("new"), LESSON).unwrap();
        fs::remove_file(&file).unwrap();
        assert!(looks(&mut watcher, 3).is_empty());
        fs::rename(folder.join("new"), &file).unwrap();
        let told = looks(&mut watcher, 5);
        assert!(told.len() == 1 && told[0].1.lesson.is_some() && told[0].1.complaints.is_empty());

        fs::remove_file(&file).unwrap();
        let told = looks(&mut watcher, 50);
        assert!(told.len() == 1 && told[0].1.complaints[0].message.contains("is gone"), "told once");
        fs::write(&file, b"\xff").unwrap();
        let told = looks(&mut watcher, 5);
        assert!(told.len() == 1 && told[0].1.complaints[0].message.contains("not UTF-8"));
        fs::write(&file, LESSON).unwrap();
        assert!(looks(&mut watcher, 5)[0].1.lesson.is_some());
        fs::remove_dir_all(&folder).unwrap();
    }
}
