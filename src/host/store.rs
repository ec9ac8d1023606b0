//! Where progress is kept on the disk: written whole or not at all, with one backup, and never lost without a word.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::app::progress::Progress;
use crate::lesson::safe::Safe;

/// A folder in which progress is kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// What was found in it.
#[derive(Debug, Default)]
pub struct Found {
    /// All that could be read.
    pub progress: Progress,
    /// Whether it may be written: not what a later version wrote.
    pub is_read_only: bool,
    /// Whether nobody has kept anything here yet.
    pub is_first: bool,
    /// What has to be said about it.
    pub notice: Option<String>,
}

const NAME: &str = "progress.toml";
const BACKUP: &str = "progress.toml.bak";
const FRESH: &str = "progress.toml.new";
const LOCK: &str = "progress.lock";

impl Store {
    /// The folder of this user: `$XDG_STATE_HOME/downhill`, else `~/.local/state/downhill`; says in words if there is none.
    pub fn of_user() -> Result<Self, String> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        folder("XDG_STATE_HOME")
            .or_else(|| folder("HOME").map(|home| home.join(".local/state")))
            .map(|state| Self::at(state.join("downhill")))
            .ok_or_else(|| "neither XDG_STATE_HOME nor HOME names a folder: progress is not kept".into())
    }

    /// That folder.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file, for sentences.
    pub fn file(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Reads what was kept. What cannot be read is put aside, and the backup taken.
    pub fn load(&self) -> Found {
        match read(&self.file()) {
            Ok(None) => self.backup(None),
            Ok(Some(progress)) if progress.is_newer() => Found {
                is_read_only: true,
                notice: Some(format!(
                    "{} was written by a later version of downhill: it is read, and nothing new is kept",
                    shown(&self.file())
                )),
                progress,
                is_first: false,
            },
            Ok(Some(progress)) => Found { progress, ..Found::default() },
            Err(Unread::Disk(error)) => Found {
                is_read_only: true,
                notice: Some(format!("{} cannot be read ({error}): nothing is kept", shown(&self.file()))),
                ..Found::default()
            },
            Err(Unread::Text(why)) => {
                let aside = self.put_aside();
                self.backup(Some(format!("the progress file was damaged ({why}) and {aside}")))
            }
        }
    }

    fn backup(&self, trouble: Option<String>) -> Found {
        match read(&self.folder.join(BACKUP)) {
            Ok(Some(progress)) => {
                let trouble = trouble.unwrap_or_else(|| "the progress file is gone".into());
                let is_read_only = progress.is_newer();
                Found {
                    progress,
                    is_read_only,
                    notice: Some(format!("{trouble}; its backup is used")),
                    is_first: false,
                }
            }
            _ => Found {
                is_first: trouble.is_none(),
                notice: trouble.map(|why| format!("{why}; there is no backup, so progress starts anew")),
                ..Found::default()
            },
        }
    }

    /// Moves a file that cannot be read out of the way, under the first free name, and says where it went.
    fn put_aside(&self) -> String {
        let free = (1..1000).map(|number| self.folder.join(format!("progress.damaged-{number}.toml")));
        let Some(aside) = free.into_iter().find(|path| !path.exists()) else {
            return "could not be moved aside".into();
        };
        match fs::rename(self.file(), &aside) {
            Ok(()) => format!("was moved to {}", shown(&aside)),
            Err(error) => format!("could not be moved aside ({error})"),
        }
    }

    /// Keeps progress, with what another program kept meanwhile; says in words why it could not.
    ///
    /// The file is written beside itself, forced to the disk, and put in its place in one move, so that whoever is
    /// stopped at any moment leaves the old one or the new one. A lock makes two programs wait for each other.
    pub fn save(&self, progress: &Progress) -> Result<(), String> {
        let said = |error: Error| format!("progress is not kept: {}: {error}", shown(&self.folder));
        fs::create_dir_all(&self.folder).map_err(said)?;
        let lock = OpenOptions::new().create(true).append(true).open(self.folder.join(LOCK)).map_err(said)?;
        lock.lock().map_err(said)?;
        // A link, as people keep such files elsewhere, stays a link.
        let file = fs::canonicalize(self.file()).unwrap_or_else(|_| self.file());
        let mut whole = progress.clone();
        match read(&file) {
            Ok(Some(theirs)) if theirs.is_newer() => {
                return Err("a later version of downhill keeps progress here".into());
            }
            Ok(Some(theirs)) => whole.take_in(&theirs),
            Ok(None) | Err(_) => {}
        }
        let text = whole.written()?;
        replace(&file, &self.folder.join(BACKUP), text.as_bytes()).map_err(said)
    }

    /// Forgets one lesson, or all of them; the backup, too, so that nothing comes back.
    pub fn forget(&self, lesson: Option<&str>) -> Result<(), String> {
        let said = |error: Error| format!("{}: {error}", shown(&self.folder));
        let found = self.load();
        if found.is_read_only {
            return Err(found.notice.unwrap_or_default());
        }
        let mut progress = found.progress;
        match lesson {
            Some(id) => drop(progress.lessons.remove(id)),
            None => progress.lessons.clear(),
        }
        for name in [NAME, BACKUP] {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(said(error)),
                _ => {}
            }
        }
        if progress.lessons.is_empty() { Ok(()) } else { self.save(&progress) }
    }
}

/// Why nothing was read.
enum Unread {
    Disk(Error),
    Text(String),
}

fn read(path: &Path) -> Result<Option<Progress>, Unread> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Unread::Disk(error)),
    };
    let text = String::from_utf8(bytes).map_err(|_| Unread::Text("it is no text".into()))?;
    Progress::read(&text).map(Some).map_err(Unread::Text)
}

/// Puts a text in the place of a file, whose last state becomes the backup.
fn replace(file: &Path, backup: &Path, text: &[u8]) -> Result<(), Error> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let fresh = folder.join(FRESH);
    let mut writer = File::create(&fresh)?;
    let written = writer.write_all(text).and_then(|()| writer.sync_all());
    drop(writer);
    if let Err(error) = written {
        // What could not be written whole is of no use to anybody.
        let _ = fs::remove_file(&fresh);
        return Err(error);
    }
    if file.exists() {
        match fs::remove_file(backup) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Not every disk has hard links; then there is a copy.
        fs::hard_link(file, backup).or_else(|_| fs::copy(file, backup).map(drop))?;
    }
    fs::rename(&fresh, file)?;
    File::open(folder)?.sync_all()
}

fn shown(path: &Path) -> Safe {
    Safe::line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::Kept;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("downhill-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn progress(id: &str, page: usize) -> Progress {
        let kept = Kept { page, ..Kept::default() };
        Progress { lessons: [(id.to_owned(), kept)].into(), ..Progress::default() }
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let store = Store::at(folder("again"));
        assert_eq!(store.load().progress, Progress::default());
        assert!(store.load().notice.is_none());
        store.save(&progress("a", 2)).unwrap();
        store.save(&progress("b", 3)).unwrap();
        let found = store.load().progress;
        assert_eq!((found.lessons["a"].page, found.lessons["b"].page), (2, 3));
        assert!(!store.folder.join(FRESH).exists());
        store.forget(Some("a")).unwrap();
        assert_eq!(store.load().progress.lessons.keys().collect::<Vec<_>>(), ["b"]);
        store.forget(None).unwrap();
        assert!(store.load().progress.lessons.is_empty());
        fs::remove_dir_all(&store.folder).unwrap();
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_the_backup_used() {
        let store = Store::at(folder("damaged"));
        store.save(&progress("a", 2)).unwrap();
        store.save(&progress("a", 3)).unwrap();
        fs::write(store.file(), b"schema = 1\n[lesson.a\xff").unwrap();
        let found = store.load();
        assert_eq!(found.progress.lessons["a"].page, 2);
        let notice = found.notice.unwrap();
        assert!(notice.contains("damaged") && notice.contains("its backup is used"), "{notice}");
        assert!(store.folder.join("progress.damaged-1.toml").exists());
        assert!(!found.is_read_only);
        fs::remove_dir_all(&store.folder).unwrap();
    }

    #[test]
    fn a_later_version_keeps_its_file() {
        let store = Store::at(folder("later"));
        fs::create_dir_all(&store.folder).unwrap();
        let text = "schema = 2\n[lesson.a]\npage = 4\n";
        fs::write(store.file(), text).unwrap();
        let found = store.load();
        assert!(found.is_read_only && found.notice.unwrap().contains("later version"));
        assert!(store.save(&progress("a", 1)).unwrap_err().contains("later version"));
        assert_eq!(fs::read_to_string(store.file()).unwrap(), text);
        fs::remove_dir_all(&store.folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let (store, elsewhere) = (Store::at(folder("link")), folder("link-target"));
        fs::create_dir_all(&store.folder).unwrap();
        fs::create_dir_all(&elsewhere).unwrap();
        fs::write(elsewhere.join("mine.toml"), "schema = 1\n").unwrap();
        std::os::unix::fs::symlink(elsewhere.join("mine.toml"), store.file()).unwrap();
        store.save(&progress("a", 2)).unwrap();
        assert!(fs::symlink_metadata(store.file()).unwrap().is_symlink());
        assert_eq!(store.load().progress.lessons["a"].page, 2);
        fs::remove_dir_all(&store.folder).unwrap();
        fs::remove_dir_all(&elsewhere).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_sentence() {
        let place = folder("file-in-the-way");
        fs::write(&place, "").unwrap();
        let refusal = Store::at(place.join("downhill")).save(&progress("a", 1)).unwrap_err();
        assert!(refusal.starts_with("progress is not kept"), "{refusal}");
        fs::remove_file(&place).unwrap();
    }

    #[test]
    fn programs_at_once_lose_nothing() {
        let store = Store::at(folder("crowd"));
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let store = &store;
                scope.spawn(move || {
                    for lesson in 0..10 {
                        store.save(&progress(&format!("{writer}-{lesson}"), 1)).unwrap();
                    }
                });
            }
        });
        assert_eq!(store.load().progress.lessons.len(), 80);
        fs::remove_dir_all(&store.folder).unwrap();
    }
}
