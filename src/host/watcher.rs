//! A lesson file that somebody writes: looked at now and then, and read again when it was saved.
//!
//! Size, time and number of one file are asked for five times a second, which costs nothing that can be measured; a
//! library that is told by the system would bring a dozen others, and tells nothing on network disks. All that may take
//! long (a disk that does not answer, a proof) happens on a thread of its own: the keys are heard meanwhile.

use std::fs::Metadata;
use std::io::Result as Done;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::app::room::reload::Saved;
use crate::host::disk::{self, Source};
use crate::host::patience::Deadline;
use crate::lesson::check::check_while;
use crate::lesson::course::library;
use crate::lesson::file::complaint::{Brief, briefly};
use crate::lesson::file::safe::Safe;

/// The time between two looks at a file.
const BETWEEN: Duration = Duration::from_millis(200);
/// No proof of a file takes longer.
const LONGEST: Duration = Duration::from_secs(20);

/// Somebody who watches a file, and tells when it was saved.
pub struct Watcher {
    told: Receiver<Saved>,
}

impl Watcher {
    /// Watches a file from now on; what is wrong with it now is told first, if anything is.
    pub fn start(path: &Path) -> Done<Self> {
        let (tell, told) = channel();
        let path = path.to_owned();
        let watch = move || {
            let mut file = Watched::new(&path);
            let first = Some(file.judged()).filter(|saved| !saved.complaints.is_empty());
            let mut news = first;
            loop {
                if let Some(saved) = news
                    && tell.send(saved).is_err()
                {
                    return;
                }
                std::thread::sleep(BETWEEN);
                news = file.look();
            }
        };
        std::thread::Builder::new().name("watcher".into()).spawn(watch)?;
        Ok(Self { told })
    }

    /// What the file is now, if it was saved since; does not wait.
    pub fn look(&mut self) -> Option<Saved> {
        self.told.try_iter().last()
    }
}

/// A file, and what it was when it was read last.
struct Watched {
    path: PathBuf,
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

impl Watched {
    /// The file of this path, as it is now.
    fn new(path: &Path) -> Self {
        let seen = stamp(path);
        Self { path: path.to_owned(), text: disk::read(path), seen, read: seen, missed: 0 }
    }

    /// Looks at the file; what it is now, if it was saved since, or has been gone for a while.
    fn look(&mut self) -> Option<Saved> {
        let now = stamp(&self.path);
        let was = std::mem::replace(&mut self.seen, now);
        if now.is_none() {
            self.missed += 1;
            (self.missed == PATIENCE).then_some(())?;
            self.read = None;
            let path = Safe::line(&self.path.to_string_lossy());
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
    fn judged(&self) -> Saved {
        let file = Safe::line(&self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy());
        match &self.text {
            Ok(source) => {
                let beside = self.path.parent().unwrap_or(Path::new(""));
                let is_lesson = |id: &str| library::is_in_course(id) || beside.join(format!("{id}.toml")).exists();
                let patience = Deadline::of(LONGEST);
                let report = check_while(&source.id, &source.text, &is_lesson, &|| !patience.is_spent());
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

fn stamp(path: &Path) -> Option<Stamp> {
    // A link that leads nowhere is there, too, and what is wrong with it is said.
    let found = std::fs::metadata(path).or_else(|_| std::fs::symlink_metadata(path));
    found.ok().map(|metadata| Stamp::of(&metadata))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const LESSON: &str = include_str!("../../tests/sound/ravine.toml");

    /// The looks after which something is told, of so many.
    fn looks(watcher: &mut Watched, count: usize) -> Vec<(usize, Saved)> {
        (1..=count).filter_map(|look| Some((look, watcher.look()?))).collect()
    }

    #[test]
    fn a_file_is_read_when_it_was_saved_and_stands_still() {
        let kept = tempfile::tempdir().unwrap();
        let folder = kept.path();
        let file = folder.join("ravine.toml");
        fs::write(&file, LESSON).unwrap();
        let mut watcher = Watched::new(&file);
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

        fs::remove_file(&file).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
        let told = looks(&mut watcher, 5);
        assert!(told.len() == 1 && told[0].1.complaints[0].message.contains("is a pipe"));
    }

    /// Whoever asks is answered at once, whatever the file does to its reader.
    #[test]
    fn a_look_does_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ravine.toml");
        fs::write(&file, LESSON.replacen("title", "titel", 1)).unwrap();
        let mut watcher = Watcher::start(&file).unwrap();
        let told = (0..500).find_map(|_| {
            std::thread::sleep(Duration::from_millis(20));
            watcher.look()
        });
        assert!(told.unwrap().complaints[0].cure.as_deref().unwrap().contains("`title`"));
        assert!(watcher.look().is_none(), "told once");
    }
}
