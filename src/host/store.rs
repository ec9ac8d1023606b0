//! Where progress is kept on the disk: written whole or not at all, with one backup, and never lost without a word.

use std::fmt::Display;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{Error, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::app::room::progress::Progress;
use crate::host::foreign;
use crate::host::replace::{folder, read, remove, replace, target};
use crate::lesson::file::safe::Safe;

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
const LOCK: &str = "progress.lock";
/// What the owner of the folder and its files may do; others may nothing.
const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;
/// How often another program is waited for, and how long each time. One that was stopped in mid-save must not stop us.
const PATIENCE: (usize, Duration) = (300, Duration::from_millis(10));

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

    /// Reads what was kept. What is damaged is put aside, and the backup taken.
    pub fn load(&self) -> Found {
        match progress(&self.file()) {
            Ok(None) => self.backup(None),
            Ok(Some(progress)) => {
                let notice = progress.is_newer().then(|| {
                    let file = shown(&self.file());
                    format!("{file} was written by a later version of downhill: it is read, and nothing new is kept")
                });
                Found { is_read_only: notice.is_some(), notice, progress, is_first: false }
            }
            Err(StoreUnread::Disk(error)) => Found {
                is_read_only: true,
                notice: Some(format!("{} cannot be read ({error}): nothing is kept", shown(&self.file()))),
                ..Found::default()
            },
            Err(StoreUnread::Text(why)) => {
                let (is_aside, trouble) = match self.put_aside(&why) {
                    Ok(words) => (true, words),
                    Err(words) => (false, words),
                };
                let found = self.backup(Some(trouble));
                // What lies in the way of new progress must not be written over.
                Found { is_read_only: found.is_read_only || !is_aside, ..found }
            }
        }
    }

    fn backup(&self, trouble: Option<String>) -> Found {
        let missing = || trouble.clone().unwrap_or_else(|| format!("{} is gone", shown(&self.file())));
        match progress(&self.folder.join(BACKUP)) {
            Ok(Some(progress)) if progress.is_newer() => Found {
                is_read_only: true,
                notice: Some(format!("{}; its backup is of a later version: nothing new is kept", missing())),
                progress,
                is_first: false,
            },
            Ok(Some(progress)) => {
                Found { progress, notice: Some(format!("{}; its backup is used", missing())), ..Found::default() }
            }
            found => {
                let why = if found.is_err() { "its backup cannot be read" } else { "there is no backup" };
                Found {
                    is_first: trouble.is_none(),
                    notice: trouble.map(|trouble| format!("{trouble}; {why}, so progress starts anew")),
                    ..Found::default()
                }
            }
        }
    }

    /// Moves a damaged file out of the way, under the first free name, and says where it went, or that it stays.
    ///
    /// What a link leads to is not ours to move, unless it once was progress: it may be anything.
    fn put_aside(&self, why: &str) -> Result<String, String> {
        if fs::read_link(self.file()).is_ok() && !looks_like_progress(&self.file()) {
            let file = shown(&self.file());
            return Err(format!(
                "{file} is a link to a file that keeps no progress: it stays, and nothing new is kept"
            ));
        }
        let moved = target(&self.file()).and_then(|file| {
            let free = (1..1000).map(|number| folder(&file).join(format!("progress.damaged-{number}.toml")));
            let aside = free.into_iter().find(|path| fs::symlink_metadata(path).is_err());
            let aside = aside.ok_or_else(|| Error::other("there are too many of its kind"))?;
            fs::rename(&file, &aside).map(|()| aside)
        });
        match moved {
            Ok(aside) => Ok(format!("the progress file was damaged ({why}) and was moved to {}", shown(&aside))),
            Err(error) => {
                let file = shown(&self.file());
                Err(format!("{file} is damaged ({why}) and cannot be moved aside ({error}): nothing new is kept"))
            }
        }
    }

    /// Keeps progress, with what another program kept meanwhile; says in words why it could not, or what else has to be
    /// said.
    ///
    /// When it returns, the progress is on the disk. A lock makes two programs wait for each other.
    pub fn save(&self, new: &Progress) -> Result<Option<String>, String> {
        let _held = self.hold()?;
        let mut whole = new.clone();
        let mut notice = None;
        match progress(&self.file()) {
            Ok(Some(theirs)) if theirs.is_newer() => {
                return Err("a later version of downhill keeps progress here: nothing new is kept".into());
            }
            Ok(Some(theirs)) => whole.take_in(&theirs),
            Ok(None) => {}
            Err(StoreUnread::Disk(error)) => return Err(unkept(&self.file(), &error)),
            Err(StoreUnread::Text(why)) => {
                let trouble = self.put_aside(&why)?;
                if let Ok(Some(theirs)) = progress(&self.folder.join(BACKUP)) {
                    whole.take_in(&theirs);
                }
                notice = Some(format!("{trouble}; it was written anew"));
            }
        }
        self.write(&whole).map(|()| notice)
    }

    fn write(&self, whole: &Progress) -> Result<(), String> {
        let text = whole.written()?;
        let file = target(&self.file()).map_err(|error| unkept(&self.file(), &error))?;
        replace(&file, &self.folder.join(BACKUP), text.as_bytes()).map_err(|error| unkept(&file, &error))
    }

    /// Waits until no other program writes here, and keeps it so as long as the file is held.
    fn hold(&self) -> Result<File, String> {
        let place = self.folder.join(LOCK);
        let said = |error: Error| unkept(&place, &error);
        // What somebody answered is nobody else's business.
        let made = DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(&self.folder);
        made.and_then(|()| narrow(&self.folder, PRIVATE_FOLDER)).map_err(|error| unkept(&self.folder, &error))?;
        let lock = OpenOptions::new().create(true).append(true).mode(PRIVATE_FILE).open(&place).map_err(said)?;
        for _ in 0..PATIENCE.0 {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PATIENCE.1),
                // Not every disk has locks; what is written is whole there, too.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(lock),
                Err(TryLockError::Error(error)) => return Err(said(error)),
            }
        }
        Err(said(Error::other("another program holds it")))
    }

    /// Forgets one lesson, or all of them; the backup, too, so that nothing comes back.
    pub fn forget(&self, lesson: Option<&str>) -> Result<(), String> {
        let _held = self.hold()?;
        let found = self.load();
        if found.is_read_only {
            return Err(found.notice.unwrap_or_default());
        }
        let mut progress = found.progress;
        match lesson {
            Some(id) => drop(progress.lessons.remove(id)),
            None => progress.lessons.clear(),
        }
        let backup = self.folder.join(BACKUP);
        let said = |error: Error| format!("{}: {error}", shown(&self.folder));
        if progress.lessons.is_empty() {
            // The backup goes first: alone it would bring everything back.
            return remove(&backup).and_then(|()| remove(&target(&self.file())?)).map_err(said);
        }
        self.write(&progress)?;
        remove(&backup).map_err(said)
    }
}

/// Why nothing was read.
enum StoreUnread {
    Disk(foreign::Unread),
    Text(String),
}

fn progress(path: &Path) -> Result<Option<Progress>, StoreUnread> {
    let Some(bytes) = read(path).map_err(StoreUnread::Disk)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| StoreUnread::Text("it is no text".into()))?;
    Progress::read(&text).map(Some).map_err(|why| StoreUnread::Text(Safe::line(&why).as_str().to_owned()))
}

/// Whether a file begins as those do that keep progress, so that it is a damaged one of them.
fn looks_like_progress(file: &Path) -> bool {
    read(file).is_ok_and(|found| found.is_some_and(|bytes| bytes.is_empty() || bytes.starts_with(b"schema = ")))
}

/// Takes from a folder what others may do in it, if it was made with more by an earlier version.
fn narrow(folder: &Path, most: u32) -> Result<(), Error> {
    let now = fs::metadata(folder)?.permissions().mode() & 0o777;
    if now & !most == 0 {
        return Ok(());
    }
    match fs::set_permissions(folder, Permissions::from_mode(now & most)) {
        // A folder of somebody else is as wide as they want it.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

fn unkept(place: &Path, error: &impl Display) -> String {
    format!("progress is not kept: {error}, at {}", shown(place)) // a row of the screen may be cut
}

fn shown(path: &Path) -> Safe {
    Safe::line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::app::room::progress::Kept;

    /// A store in a folder that is gone with the test.
    fn store() -> (TempDir, Store) {
        let kept = tempfile::tempdir().unwrap();
        let store = Store::at(kept.path().join("state/downhill"));
        (kept, store)
    }

    fn progress(id: &str, page: usize) -> Progress {
        let kept = Kept { page, ..Kept::default() };
        Progress { lessons: [(id.to_owned(), kept)].into(), ..Progress::default() }
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let (_kept, store) = store();
        assert_eq!(store.load().progress, Progress::default());
        assert!(store.load().notice.is_none());
        store.save(&progress("a", 2)).unwrap();
        store.save(&progress("b", 3)).unwrap();
        let found = store.load().progress;
        assert_eq!((found.lessons["a"].page, found.lessons["b"].page), (2, 3));
        assert!(!store.folder.join("progress.toml.new").exists());
        store.forget(Some("a")).unwrap();
        assert_eq!(store.load().progress.lessons.keys().collect::<Vec<_>>(), ["b"]);
        store.forget(None).unwrap();
        assert!(store.load().progress.lessons.is_empty());
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_the_backup_used() {
        let (_kept, store) = store();
        store.save(&progress("a", 2)).unwrap();
        store.save(&progress("a", 3)).unwrap();
        fs::write(store.file(), b"schema = 1\n[lesson.a\xff").unwrap();
        let found = store.load();
        assert_eq!(found.progress.lessons["a"].page, 2);
        let notice = found.notice.unwrap();
        assert!(notice.contains("damaged") && notice.contains("its backup is used"), "{notice}");
        assert!(store.folder.join("progress.damaged-1.toml").exists());
        assert!(!found.is_read_only);
    }

    #[test]
    fn a_later_version_keeps_its_file() {
        let (_kept, store) = store();
        fs::create_dir_all(&store.folder).unwrap();
        let text = "schema = 2\n[lesson.a]\npage = 4\n";
        fs::write(store.file(), text).unwrap();
        let found = store.load();
        assert!(found.is_read_only && found.notice.unwrap().contains("later version"));
        assert!(store.save(&progress("a", 1)).unwrap_err().contains("later version"));
        assert_eq!(fs::read_to_string(store.file()).unwrap(), text);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let (kept, store) = store();
        let elsewhere = kept.path();
        fs::create_dir_all(&store.folder).unwrap();
        fs::write(elsewhere.join("mine.toml"), "schema = 1\n").unwrap();
        std::os::unix::fs::symlink(elsewhere.join("mine.toml"), store.file()).unwrap();
        store.save(&progress("a", 2)).unwrap();
        assert!(fs::symlink_metadata(store.file()).unwrap().is_symlink());
        assert_eq!(store.load().progress.lessons["a"].page, 2);
    }

    /// A link that somebody else laid may lead to anything; that is neither moved nor written over.
    #[test]
    fn what_a_link_leads_to_is_left_alone_unless_it_was_progress() {
        for text in ["alias ll='ls -l'\n", "[net]\noffline = true\n", "\u{feff}\u{0}"] {
            let (kept, store) = store();
            fs::create_dir_all(&store.folder).unwrap();
            let target = kept.path().join("bashrc");
            fs::write(&target, text).unwrap();
            std::os::unix::fs::symlink(&target, store.file()).unwrap();
            let found = store.load();
            let notice = found.notice.unwrap();
            assert!(found.is_read_only && notice.contains("is a link to a file that keeps no progress"), "{notice}");
            assert!(store.save(&progress("a", 1)).unwrap_err().contains("it stays"));
            assert_eq!(fs::read_to_string(&target).unwrap(), text);
            assert_eq!(fs::read_dir(kept.path()).unwrap().count(), 2, "nothing was put beside it");
        }
    }

    /// On a machine with many users nobody else reads what was answered, also where an earlier version let them.
    #[test]
    fn folder_and_files_are_private() {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (_kept, store) = store();
        store.save(&progress("a", 1)).unwrap();
        store.save(&progress("a", 2)).unwrap();
        let all_private = || {
            assert_eq!(mode(&store.folder), 0o700);
            for name in [NAME, BACKUP, LOCK] {
                assert_eq!(mode(&store.folder.join(name)) & 0o077, 0, "{name}");
            }
        };
        all_private();
        assert_eq!(mode(store.folder.parent().unwrap()), 0o700);
        fs::set_permissions(&store.folder, Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(store.file(), Permissions::from_mode(0o644)).unwrap();
        store.save(&progress("a", 3)).unwrap();
        assert_eq!(mode(&store.file()), 0o600);
        store.save(&progress("a", 4)).unwrap();
        all_private();
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_sentence() {
        let kept = tempfile::tempdir().unwrap();
        let place = kept.path().join("file-in-the-way");
        fs::write(&place, "").unwrap();
        let refusal = Store::at(place.join("downhill")).save(&progress("a", 1)).unwrap_err();
        assert!(refusal.starts_with("progress is not kept"), "{refusal}");
    }

    #[test]
    fn programs_at_once_lose_nothing() {
        let (_kept, store) = store();
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
    }
}
