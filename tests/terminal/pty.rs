//! A real terminal that runs something, and what it shows.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long anything may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the terminal received: the picture, and how many bytes made it.
pub struct Seen {
    pub picture: vt100::Parser,
    pub bytes: usize,
}

/// A terminal that runs something.
pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub keys: Box<dyn Write + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub seen: Arc<Mutex<Seen>>,
    pub is_closing: Arc<AtomicBool>,
    pub reader: JoinHandle<()>,
    pub modes_before: String,
}

pub fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, ..PtySize::default() }
}

pub fn picture(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)
}

#[expect(clippy::disallowed_methods, reason = "a test that waits for another process looks at the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = now() + PATIENCE;
    while !is_so() {
        assert!(now() < deadline, "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

impl Terminal {
    pub fn runs(command: &[&str], width: u16, height: u16) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        // What somebody did here before is nobody's business in a test, and what a test does is not theirs.
        builder.env("XDG_STATE_HOME", state_folder());
        let modes_before = format!("{:?}", pair.master.get_termios().unwrap());
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen { picture: picture(width, height), bytes: 0 }));
        let is_closing = Arc::new(AtomicBool::new(false));
        let mut output = pair.master.try_clone_reader().unwrap();
        let reader = std::thread::spawn({
            let (seen, is_closing) = (Arc::clone(&seen), Arc::clone(&is_closing));
            move || {
                let mut bytes = [0; 8192];
                while let Ok(count @ 1..) = output.read(&mut bytes) {
                    let mut seen = seen.lock().unwrap();
                    seen.bytes += count;
                    seen.picture.process(&bytes[..count]);
                    if is_closing.load(Ordering::SeqCst) {
                        return;
                    }
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { master: pair.master, keys, child, seen, is_closing, reader, modes_before }
    }

    pub fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn look<T>(&self, at: impl FnOnce(&Seen) -> T) -> T {
        at(&self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What can be read; blanks at the end of a line are nothing to read, however they came there.
    pub fn text(&self) -> String {
        let contents = self.look(|seen| seen.picture.screen().contents());
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    pub fn bytes(&self) -> usize {
        self.look(|seen| seen.bytes)
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        let deadline = now() + PATIENCE;
        while !self.text().contains(text) {
            assert!(now() < deadline, "waited for {text:?}, but saw:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn resizes(&self, width: u16, height: u16) {
        let (rows, columns) = (height.try_into().unwrap(), width.try_into().unwrap());
        self.seen.lock().unwrap().picture.screen_mut().set_size(rows, columns);
        self.master.resize(size(width, height)).unwrap();
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        signal(name, &id);
    }

    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    /// Are the keys and the screen as they were before the program came?
    pub fn is_as_before(&self) -> bool {
        let is_restored =
            |screen: &vt100::Screen| !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste();
        self.look(|seen| is_restored(seen.picture.screen())) && self.modes() == self.modes_before
    }

    pub fn is_taken(&self) -> bool {
        let is_taken =
            |screen: &vt100::Screen| screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste();
        self.look(|seen| is_taken(seen.picture.screen())) && self.modes() != self.modes_before
    }

    pub fn ends(&mut self) -> ExitStatus {
        let mut status = None;
        until("the end", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// Everything is given back, and the exit code is this one.
    pub fn ends_well(mut self, code: u32) -> String {
        let status = self.ends();
        assert_eq!(status.exit_code(), code, "{status:?}\n{}", self.text());
        until("the terminal as it was", || self.is_as_before());
        self.text()
    }
}

pub fn signal(name: &str, id: &str) {
    assert!(std::process::Command::new("kill").args(["-s", name, id]).status().unwrap().success());
}

/// A folder for progress, another one for each program.
fn state_folder() -> std::path::PathBuf {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::SeqCst);
    let folder = std::env::temp_dir().join(format!("downhill-test-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}
