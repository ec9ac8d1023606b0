//! Progress is never lost: not by a kill at any moment, a full disk, links, damage, two programs, or a later version.

use std::fs::{self, File, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use downhill::app::room::progress::{Did, Kept, Progress};
use downhill::engine::number::random::Generator;
use downhill::host::store::Store;
use tempfile::TempDir;

use crate::pty::{Terminal, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_downhill");
const RIGHT: &str = "\x1b[C";
/// What is kept when the first question of the first lesson is answered.
const ANSWER: &str = "lower, by less than before";
/// What was kept before.
const BEFORE: &str = "schema = 1\n\n[lesson.armijo-rule]\npage = 3\ndone = 1\nasked = 5\nis_done = false\n";

/// A folder of its own for a test, gone with the test.
struct Place(TempDir);

impl Place {
    fn new(name: &str) -> Self {
        // A kill is no loss of power: where nothing waits for a disk, more kills fall into the moments that matter.
        let memory = Path::new("/dev/shm");
        let mut folder = tempfile::Builder::new();
        folder.prefix(name);
        let folder = if memory.is_dir() { folder.tempdir_in(memory) } else { folder.tempdir() }.unwrap();
        fs::create_dir(folder.path().join("downhill")).unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join("downhill").join(name)
    }

    fn has(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).unwrap();
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap_or_default()
    }

    /// All that lies there, the lock aside.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path().join("downhill")).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "progress.lock");
        names.sort();
        names
    }

    fn learns(&self, before: &[&str], lesson: &str) -> Terminal {
        let state = format!("XDG_STATE_HOME={}", self.0.path().display());
        let command = [&["/usr/bin/env", "LC_ALL=C.UTF-8", &state], before, &[PROGRAM, "learn", lesson]].concat();
        Terminal::runs(&command, 80, 24)
    }

    /// Plays the first lesson to its first answer and leaves; what can be read then, in one line.
    #[track_caller]
    fn plays(&self, before: &[&str]) -> String {
        let mut terminal = self.learns(before, "iterative-descent");
        terminal.shows("page 1/");
        terminal.types(&RIGHT.repeat(5));
        terminal.shows("And after the next step?");
        terminal.types("1");
        terminal.shows("You said");
        terminal.types("q");
        assert_eq!(terminal.ends().exit_code(), 0);
        until("all that was written", || terminal.reader.is_finished());
        terminal.text().replace('\n', " ")
    }

    /// Both what was kept before and what was done now are in the file.
    #[track_caller]
    fn has_kept_both(&self) {
        let text = self.text("progress.toml");
        assert!(text.contains("[lesson.armijo-rule]") && text.contains(ANSWER), "{text}");
        assert!(Store::at(self.0.path().join("downhill")).load().notice.is_none());
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.0.path().join("downhill"), Permissions::from_mode(0o755));
    }
}

/// The words can be read, whatever was broken into lines.
#[track_caller]
fn says(screen: &str, words: &[&str]) {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    for words in words {
        assert!(letters(screen).contains(&letters(words)), "{words}\n{screen}");
    }
}

/// Progress that takes a while to write, and bears a number.
fn numbered(number: usize) -> Progress {
    let did = |page| Did { page, question: Some("And then? ".repeat(20)), hints: number, ..Did::default() };
    let kept = Kept { page: number, pages: (1..40).map(did).collect(), ..Kept::default() };
    Progress {
        lessons: (0..20).map(|lesson| (format!("lesson-{lesson}"), kept.clone())).collect(),
        ..Progress::default()
    }
}

/// The program that is killed below: it saves without end, and says each number once its progress is kept.
#[test]
fn saves_without_end() {
    let Some(folder) = std::env::var_os("DOWNHILL_SAVES_IN") else { return };
    let store = Store::at(PathBuf::from(folder));
    let first = store.load().progress.lessons.get("lesson-0").map_or(0, |kept| kept.page);
    for number in first + 1.. {
        store.save(&numbered(number)).unwrap();
        println!("\nkept {number}");
    }
}

#[test]
fn three_hundred_kills_tear_nothing_and_lose_nothing() {
    let place = Place::new("kills");
    let store = Store::at(place.0.path().join("downhill"));
    let mut dice = Generator::of_iteration(7, 0);
    let mut leftovers = 0;
    for _ in 0..300 {
        let mut saver = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "progress::saves_without_end", "--nocapture"])
            .env("DOWNHILL_SAVES_IN", place.0.path().join("downhill"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(saver.stdout.take().unwrap()).lines();
        let mut next = || {
            let number = |line: String| line.strip_prefix("kept ").and_then(|number| number.parse::<usize>().ok());
            lines.by_ref().map_while(Result::ok).find_map(number)
        };
        let mut acknowledged = next().expect("a first save");
        std::thread::sleep(Duration::from_micros((dice.fraction() * 4000.0) as u64));
        saver.kill().unwrap();
        saver.wait().unwrap();
        while let Some(number) = next() {
            acknowledged = number;
        }
        let names = place.names();
        leftovers += usize::from(names.len() == 3);
        let expected = ["progress.toml", "progress.toml.bak", "progress.toml.new"];
        assert!(names.iter().all(|name| expected.contains(&name.as_str())), "{names:?}");
        let text = place.text("progress.toml");
        let kept = Progress::read(&text).unwrap_or_else(|why| panic!("torn after {} bytes: {why}", text.len()));
        let number = kept.lessons.get("lesson-0").expect("all of it").page;
        assert!((acknowledged..=acknowledged + 1).contains(&number), "{number} after {acknowledged}");
        assert!(kept == numbered(number), "not what was saved");
        if names.contains(&"progress.toml.bak".to_owned()) {
            Progress::read(&place.text("progress.toml.bak")).unwrap();
        }
        assert_eq!(store.load().notice, None);
    }
    println!("{leftovers} kills left a file behind");
    store.save(&numbered(1)).unwrap();
    assert_eq!(place.names(), ["progress.toml", "progress.toml.bak"], "the next save clears what a kill left");
}

/// `ulimit` lets nothing be written, as a full disk does; the signal that comes with it ends no lesson.
#[test]
fn a_full_disk_is_said_and_costs_nothing() {
    let place = Place::new("full");
    place.has("progress.toml", BEFORE);
    let screen = place.plays(&["/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"]);
    says(&screen, &["downhill: progress is not kept:", "File too large"]);
    assert_eq!((place.text("progress.toml").as_str(), place.names()), (BEFORE, vec!["progress.toml".to_owned()]));
}

/// It is said as soon as it is known, without a key, and as long as it is so the first row says it, too.
#[test]
fn a_full_disk_is_said_at_once() {
    let place = Place::new("at-once");
    let mut terminal = place.learns(&["/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"], "iterative-descent");
    terminal.shows("page 1/");
    assert!(!terminal.text().contains("not kept"));
    // So many at once that it becomes known between two of them, each of which leaves another notice.
    terminal.types(&RIGHT.repeat(40));
    terminal.shows("progress is not kept: File too large");
    terminal.types("1");
    terminal.shows("You said");
    terminal.types("?");
    terminal.shows("Esc close");
    terminal.types("?");
    terminal.shows("not kept   page 1/");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let place = Place::new("read-only");
    place.has("progress.toml", BEFORE);
    fs::set_permissions(place.at(""), Permissions::from_mode(0o555)).unwrap();
    // The superuser may write everywhere, so somebody else plays.
    let is_superuser = File::create(place.at("probe")).is_ok();
    let _ = fs::remove_file(place.at("probe"));
    let nobody = ["setpriv", "--reuid=65534", "--clear-groups"];
    if is_superuser
        && !Command::new(nobody[0])
            .args(&nobody[1..])
            .args([PROGRAM, "list"])
            .output()
            .is_ok_and(|output| output.status.success())
    {
        return;
    }
    let screen = place.plays(if is_superuser { &nobody } else { &[] });
    says(&screen, &["downhill: progress is not kept:", "Permission denied (os error 13), at", "progress.lock"]);
    assert_eq!((place.text("progress.toml").as_str(), place.names()), (BEFORE, vec!["progress.toml".to_owned()]));
}

#[test]
fn without_a_home_the_lesson_works_and_that_is_said() {
    let place = Place::new("homeless");
    let screen = place.plays(&["/usr/bin/env", "-u", "HOME", "-u", "XDG_STATE_HOME"]);
    says(&screen, &["downhill: neither XDG_STATE_HOME nor HOME names a folder: progress is not kept"]);
    assert!(place.names().is_empty());
}

#[test]
fn links_stay_links() {
    for (name, is_there, is_near) in [("link", true, true), ("far", true, false), ("dangling", false, true)] {
        let (place, elsewhere) = (Place::new(name), Place::new(&format!("{name}-target")));
        let far = tempfile::tempdir().unwrap();
        let target = if is_near {
            elsewhere.at("mine.toml")
        } else {
            // On another disk than the backup, where there are two.
            far.path().join("mine.toml")
        };
        if is_there {
            fs::write(&target, BEFORE).unwrap();
            fs::set_permissions(&target, Permissions::from_mode(0o600)).unwrap();
        }
        symlink(&target, place.at("progress.toml")).unwrap();
        let screen = place.plays(&[]);
        assert!(!screen.contains("downhill:"), "{screen}");
        assert!(fs::symlink_metadata(place.at("progress.toml")).unwrap().is_symlink());
        assert!(fs::symlink_metadata(&target).unwrap().is_file());
        assert!(fs::read_to_string(&target).unwrap().contains(ANSWER));
        if is_there {
            place.has_kept_both();
            assert!(place.text("progress.toml.bak").starts_with(BEFORE));
            assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        }
        if is_near {
            assert_eq!(elsewhere.names(), ["mine.toml"]);
        }
        Store::at(place.at("")).forget(None).unwrap();
        assert!(fs::symlink_metadata(place.at("progress.toml")).unwrap().is_symlink() && !target.exists());
    }
}

/// A link that leads round, one to a device that never ends, and a directory in the file's place.
#[test]
fn what_is_no_file_is_said_and_left_alone() {
    for (name, words) in
        [("round", "Too many levels"), ("device", "it is a device"), ("directory", "it is a directory")]
    {
        let place = Place::new(name);
        let file = place.at("progress.toml");
        match name {
            "round" => symlink(&file, &file).unwrap(),
            "device" => symlink("/dev/full", &file).unwrap(),
            _ => fs::create_dir(&file).unwrap(),
        }
        let screen = place.plays(&[]);
        says(&screen, &["downhill:", "progress.toml cannot be read", words, "nothing is kept"]);
        assert_eq!(place.names(), ["progress.toml"]);
        assert_eq!(fs::symlink_metadata(&file).unwrap().is_symlink(), name != "directory");
    }
}

#[test]
fn a_file_that_may_not_be_written_is_not_replaced() {
    let place = Place::new("protected");
    place.has("progress.toml", BEFORE);
    fs::set_permissions(place.at("progress.toml"), Permissions::from_mode(0o444)).unwrap();
    says(&place.plays(&[]), &["downhill: progress is not kept:", "it is write-protected"]);
    assert_eq!((place.text("progress.toml").as_str(), place.names()), (BEFORE, vec!["progress.toml".to_owned()]));
}

#[test]
fn two_programs_at_once_keep_what_both_did() {
    let place = Place::new("two");
    let (mut one, mut other) = (place.learns(&[], "iterative-descent"), place.learns(&[], "backtracking"));
    one.shows("page 1/");
    other.shows("page 1/");
    one.types(&RIGHT.repeat(5));
    one.shows("And after the next step?");
    other.types(RIGHT);
    other.shows("1-3 answer");
    one.types("1");
    other.types("3");
    one.shows("You said");
    other.shows("You said");
    one.types("q");
    other.types("q");
    one.ends_well(0);
    other.ends_well(0);
    let text = place.text("progress.toml");
    assert!(text.contains(ANSWER) && text.contains("[lesson.backtracking]"), "{text}");
}

/// A program that was stopped while it saved holds the lock for ever: nobody waits for ever.
#[test]
fn a_lock_that_is_never_released_is_said() {
    let place = Place::new("locked");
    let lock = File::create(place.at("progress.lock")).unwrap();
    lock.lock().unwrap();
    says(&place.plays(&[]), &["downhill: progress is not kept:", "another program holds it"]);
    drop(lock);
}

#[test]
fn a_damaged_file_is_moved_aside_and_its_backup_used() {
    for (damage, backup, words) in [
        ("schema = 1\n[lesson.armijo-", BEFORE, "its backup is used"),
        ("", BEFORE, "its backup is used"),
        ("\0\0\0\0", "", "its backup cannot be read, so progress starts anew"),
    ] {
        let place = Place::new("damaged");
        place.has("progress.toml", damage);
        place.has("progress.toml.bak", backup);
        let screen = place.plays(&[]);
        says(&screen, &["downhill: the progress file was damaged", "was moved to", "progress.damaged-1.toml", words]);
        assert_eq!(place.text("progress.damaged-1.toml"), damage);
        assert!(place.text("progress.toml").contains(ANSWER));
        if !backup.is_empty() {
            place.has_kept_both();
        }
    }
}

/// It was damaged while the program ran: nothing of what the program knows is lost, and no backup either.
#[test]
fn damage_meanwhile_never_becomes_the_backup() {
    let place = Place::new("meanwhile");
    let store = Store::at(place.at(""));
    place.has("progress.toml", "schema = 1\n[lesson.");
    place.has("progress.toml.bak", BEFORE);
    let said = store.save(&numbered(3)).unwrap().unwrap();
    says(&said, &["was damaged", "was moved to", "written anew"]);
    assert_eq!(place.text("progress.toml.bak"), BEFORE);
    let kept = store.load().progress;
    assert!(kept.lessons.contains_key("armijo-rule") && kept.lessons["lesson-0"].page == 3);
}

#[test]
fn what_a_later_version_wrote_is_read_and_left_alone() {
    for later in ["schema = 2\n[lesson.armijo-rule]\npage = 3\n", "schema = 9\nlesson = \"of another shape\"\n"] {
        let place = Place::new("later");
        place.has("progress.toml", later);
        let screen = place.plays(&[]);
        says(&screen, &["downhill:", "was written by a later version of downhill", "nothing new is kept"]);
        assert_eq!((place.text("progress.toml").as_str(), place.names()), (later, vec!["progress.toml".to_owned()]));
    }
}

/// To forget one lesson is no moment in which all others could be lost.
#[test]
fn what_is_forgotten_takes_nothing_with_it() {
    let place = Place::new("forgotten");
    let store = Store::at(place.at(""));
    store.save(&numbered(1)).unwrap();
    store.forget(Some("lesson-3")).unwrap();
    assert_eq!(store.load().progress.lessons.len(), 19);
    assert_eq!(place.names(), ["progress.toml"]);
    fs::set_permissions(place.at("progress.toml"), Permissions::from_mode(0o444)).unwrap();
    assert!(store.forget(Some("lesson-4")).unwrap_err().contains("write-protected"));
    assert_eq!(store.load().progress.lessons.len(), 19);
}

/// `downhill progress` prints what could be read, says what could not on standard error, and fails only if that is all.
#[test]
fn the_command_progress_prints_what_there_is() {
    for (file, backup, code, printed, said) in [
        (BEFORE, "", 0, "armijo-rule", ""),
        ("schema = 1\n[", BEFORE, 0, "armijo-rule", "its backup is used"),
        ("schema = 1\n[", "", 2, "", "progress starts anew"),
        ("schema = 2\n[lesson.armijo-rule]\npage = 3\n", "", 0, "armijo-rule", "later version"),
    ] {
        let place = Place::new("command");
        place.has("progress.toml", file);
        if !backup.is_empty() {
            place.has("progress.toml.bak", backup);
        }
        let output = Command::new(PROGRAM).arg("progress").env("XDG_STATE_HOME", place.0.path()).output().unwrap();
        let [out, error] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(output.status.code(), Some(code), "{file}\n{out}{error}");
        assert!(out.contains(printed) && error.contains(said) && error.is_empty() == said.is_empty(), "{out}{error}");
    }
}
