//! What is there for those who write lessons: a lesson to start from, a schema for editors, packs of their own.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for each test, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("downhill-author-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Runs the program here; its exit code, and all that it says.
    fn runs(&self, arguments: &[&str]) -> (i32, String) {
        said(Command::new(env!("CARGO_BIN_EXE_downhill")).args(arguments).current_dir(&self.0))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(command: &mut Command) -> (i32, String) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `new` writes is proved without a warning, and can be played to its end.
#[test]
fn a_new_lesson_is_fine_as_it_stands() {
    let folder = Folder::new("new");
    let (code, out) = folder.runs(&["new", "demo"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("downhill learn demo.toml --watch"), "{out}");
    assert_eq!(folder.runs(&["check", "demo.toml"]), (0, "demo.toml: fine\n".into()));
    for (keys, words) in [
        ("", "Too short, too long"),
        ("<right> 3 <right> <right> <right>", "and so it is"),
        ("<right> 3 <right> <right> <right> w", "Only up to 2/L"),
        ("<right> 3 <right> <right> <right> w <enter> <enter> <enter>", "A run of its own"),
        ("<right> 3 n E", "the goal is not met"),
        ("<right> 3 n e 0.28 <enter> E", "Goal met"),
    ] {
        let (code, screen) = folder.runs(&["screen", "demo.toml", "--keys", keys]);
        assert!(code == 0 && screen.contains(words), "{keys}: {words}\n{screen}");
    }
    assert_eq!(folder.runs(&["trace", "demo.toml", "--iterations", "1"]).0, 0);
}

#[test]
fn nothing_is_written_over_and_nothing_where_it_cannot_be() {
    let folder = Folder::new("refused");
    fs::write(folder.path("mine.toml"), "precious").unwrap();
    for (name, sentence) in [
        ("mine", "mine.toml is there already"),
        ("mine.toml", "mine.toml is there already"),
        ("../up", "cannot be the name of a lesson"),
        ("", "cannot be the name of a lesson"),
        ("course", "course.toml is the list of a course"),
    ] {
        let (code, out) = folder.runs(&["new", name]);
        assert!(code == 2 && out.contains(sentence), "{name}: {out}");
    }
    assert_eq!(fs::read_to_string(folder.path("mine.toml")).unwrap(), "precious");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    // A folder that is gone takes no file, whoever asks.
    let line = format!("mkdir gone; cd gone; rmdir ../gone; {} new demo", env!("CARGO_BIN_EXE_downhill"));
    let (code, out) = said(Command::new("sh").args(["-c", &line]).current_dir(&folder.0));
    assert!(code == 2 && out.contains("demo.toml cannot be written here"), "{out}");
}
