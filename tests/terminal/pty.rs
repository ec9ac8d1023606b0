//! A real terminal that runs something, and what it shows.

use std::io::{Read, Result, Write};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything may take on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the terminal received: the picture, and the bytes that made it.
pub struct Seen {
    pub picture: vt100::Parser,
    pub written: Vec<u8>,
}

/// How a terminal behaves; by default it shows at once what it receives, and answers no question.
#[derive(Clone, Default)]
pub struct Manner {
    /// Whether it answers `CSI 5 n`.
    pub answers: bool,
    /// How long its answers are on their way.
    pub delay: Duration,
    /// How many bytes a second its line carries; 0 is a line that stands still, and without a number there is no limit.
    pub rate: Option<Arc<AtomicU32>>,
}

/// Keys that a person and the terminal itself write to the same line.
#[derive(Clone)]
struct Keys(Arc<Mutex<Box<dyn Write + Send>>>);

impl Write for Keys {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
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
    /// Where its progress is kept; gone with it.
    _state: TempDir,
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

/// What somebody sees: each cell with what is seen of it, and where the cursor rests.
#[derive(Debug, PartialEq)]
pub struct Sight {
    cells: Vec<Vec<String>>,
    cursor: Option<(u16, u16)>,
}

impl Sight {
    pub fn of(screen: &vt100::Screen) -> Self {
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let cells = (0..rows).map(|row| (0..columns).map(|column| cell(screen, row, column)).collect()).collect();
        Self { cells, cursor: (!screen.hide_cursor()).then(|| screen.cursor_position()) }
    }

    /// The same without the cursor.
    pub fn without_cursor(self) -> Self {
        Self { cursor: None, ..self }
    }

    /// The letters alone.
    pub fn letters(self) -> Self {
        let letters = |cell: &String| cell.split('"').nth(1).unwrap_or(" ").to_owned();
        Self { cells: self.cells.iter().map(|row| row.iter().map(letters).collect()).collect(), cursor: None }
    }

    /// Where and how another one is different.
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self.cursor != other.cursor {
            return Some(format!("the cursor rests at {:?}, not at {:?}", self.cursor, other.cursor));
        }
        if self.cells.len() != other.cells.len() {
            return Some("there are other rows".into());
        }
        let rows = self.cells.iter().zip(&other.cells).enumerate();
        rows.filter(|(_, (one, other))| one != other).find_map(|(y, (one, other))| {
            let x = one.iter().zip(other).position(|(one, other)| one != other)?;
            Some(format!("row {y}, column {x} is {}, not {}", one[x], other[x]))
        })
    }
}

/// What is seen of a cell: of a blank only what lies under it.
fn cell(screen: &vt100::Screen, row: u16, column: u16) -> String {
    let Some(cell) = screen.cell(row, column) else { return String::new() };
    let (ground, is_inverse, is_underlined) = (cell.bgcolor(), cell.inverse(), cell.underline());
    if cell.contents().trim().is_empty() && !is_inverse && !is_underlined {
        return format!("blank on {ground:?}");
    }
    let (letters, ink, bold) = (cell.contents(), cell.fgcolor(), cell.bold());
    let (dim, italic) = (cell.dim(), cell.italic());
    format!("{letters:?} {ink:?} on {ground:?}, {bold} {dim} {italic} {is_underlined} {is_inverse}")
}

/// The processor time of a process so far, in hundredths of a second; nothing where there is no `/proc`, as off Linux.
pub fn spent(id: u32) -> Option<u64> {
    let fields = fields(id)?;
    // User and system time: the 14th and 15th field, the 12th and 13th after the name.
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Whether a process has ended though nobody asked for its exit code, so that its time can still be read.
pub fn is_over(id: u32) -> bool {
    fields(id).is_some_and(|fields| fields[0] == "Z")
}

fn fields(id: u32) -> Option<Vec<String>> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

/// What asks a terminal how it is, and what it answers.
const QUESTION: &[u8] = b"\x1b[5n";
const ANSWER: &[u8] = b"\x1b[0n";

/// Answers each question that is sent to it, so long after it was asked.
fn answering(mut keys: Keys, delay: Duration) -> Sender<Instant> {
    let (ask, asked) = channel::<Instant>();
    std::thread::spawn(move || {
        for when in asked {
            std::thread::sleep((when + delay).saturating_duration_since(now()));
            if keys.write_all(ANSWER).is_err() {
                return;
            }
        }
    });
    ask
}

/// How many bytes may be read at once; waits where the line stands still.
fn allowed(manner: &Manner, is_closing: &AtomicBool) -> usize {
    let Some(rate) = &manner.rate else { return 8192 };
    loop {
        match rate.load(Ordering::SeqCst) {
            0 if !is_closing.load(Ordering::SeqCst) => std::thread::sleep(Duration::from_millis(5)),
            rate => return (rate as usize / 50).clamp(1, 8192),
        }
    }
}

/// What a process is said to be in `/proc/ID/FILE`, in bytes, under that name: `RssAnon` in `status`, `wchar` in `io`.
pub fn said(id: u32, file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/{file}")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let number: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(if line.ends_with("kB") { number * 1024 } else { number })
}

/// Whether long tests run in full: on the build server, and where somebody asks for it.
pub fn is_long() -> bool {
    std::env::var_os("CI").is_some() || std::env::var_os("DOWNHILL_LONG").is_some()
}

impl Terminal {
    pub fn runs(command: &[&str], width: u16, height: u16) -> Self {
        Self::that(Manner::default(), command, width, height)
    }

    /// The same, in a terminal that answers, as nearly all do; whoever leaves one that is silent waits a second for it.
    pub fn answering(command: &[&str], width: u16, height: u16) -> Self {
        Self::that(Manner { answers: true, ..Manner::default() }, command, width, height)
    }

    /// The same, in a terminal that behaves like that.
    pub fn that(manner: Manner, command: &[&str], width: u16, height: u16) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        // What somebody did here before is nobody's business in a test, and what a test does is not theirs.
        let state = tempfile::tempdir().unwrap();
        builder.env("XDG_STATE_HOME", state.path().join("state"));
        let modes_before = format!("{:?}", pair.master.get_termios().unwrap());
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen { picture: picture(width, height), written: Vec::new() }));
        let is_closing = Arc::new(AtomicBool::new(false));
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys: Box<dyn Write + Send> = pair.master.take_writer().unwrap();
        let (keys, answers): (Box<dyn Write + Send>, _) = if manner.answers {
            let keys = Keys(Arc::new(Mutex::new(keys)));
            (Box::new(keys.clone()), Some(answering(keys, manner.delay)))
        } else {
            (keys, None)
        };
        let reader = std::thread::spawn({
            let (seen, is_closing) = (Arc::clone(&seen), Arc::clone(&is_closing));
            move || {
                let mut bytes = [0; 8192];
                let mut asked = 0;
                loop {
                    let most = allowed(&manner, &is_closing);
                    let Ok(count @ 1..) = output.read(&mut bytes[..most]) else { return };
                    if let Some(rate) =
                        manner.rate.as_ref().map(|rate| rate.load(Ordering::SeqCst)).filter(|rate| *rate > 0)
                    {
                        std::thread::sleep(Duration::from_secs_f64(count as f64 / f64::from(rate)));
                    }
                    let mut seen = seen.lock().unwrap();
                    seen.written.extend_from_slice(&bytes[..count]);
                    seen.picture.process(&bytes[..count]);
                    if let Some(answers) = &answers {
                        let from = asked;
                        asked = seen.written.len().saturating_sub(QUESTION.len() - 1).max(asked);
                        let count =
                            seen.written[from..].windows(QUESTION.len()).filter(|bytes| bytes == &QUESTION).count();
                        (0..count).for_each(|_| answers.send(now()).unwrap_or_default());
                    }
                    if is_closing.load(Ordering::SeqCst) {
                        return;
                    }
                }
            }
        });
        Self { master: pair.master, keys, child, seen, is_closing, reader, modes_before, _state: state }
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

    /// Everything that is seen: letters, colours, attributes and the cursor.
    pub fn sight(&self) -> Sight {
        self.look(|seen| Sight::of(seen.picture.screen()))
    }

    /// Waits until everything looks like that.
    #[track_caller]
    pub fn becomes(&self, wanted: &Sight) {
        let deadline = now() + PATIENCE;
        loop {
            let difference = self.sight().difference(wanted);
            let Some(difference) = difference else { return };
            assert!(now() < deadline, "{difference}\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub fn bytes(&self) -> usize {
        self.look(|seen| seen.written.len())
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

/// Sends a signal to a process, or, where a minus stands before its number, to all of its group.
pub fn signal(name: &str, id: &str) {
    assert!(std::process::Command::new("kill").args(["-s", name, "--", id]).status().unwrap().success());
}
