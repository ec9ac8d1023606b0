//! The line to the terminal: it takes a frame as fast as it can, and the next one not before the terminal has kept up.
//!
//! Each frame ends in a question that every terminal answers when it comes to it (DSR, `CSI 5 n`). While frames are
//! unanswered no more are sent than a slow line carries in a moment, and then the newest, so that what is seen is never
//! long past. A terminal that never answers is sent all frames at once.

use std::fs::File;
use std::io::{ErrorKind, Result, Write as _, stdout};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags, open};
use rustix::termios::{QueueSelector, tcflush, ttyname};

/// The question whether the terminal has come so far.
const ASK: &[u8] = b"\x1b[5n";

/// So many frames may be unanswered, if they are small.
const MOST_FRAMES: usize = 2;
/// More bytes than this are not small.
const SMALL: usize = 1024;
/// So many frames without any answer at all: this terminal answers no questions.
const SILENT: usize = 64;
/// So often answers stayed out while keys came: it does so no more.
const MOST_MISSED: u8 = 3;

/// How long an answer may take, besides a millisecond for each byte, as at 9600 baud; then a key asks for a frame.
const PATIENCE: Duration = Duration::from_secs(3);
/// After so long a frame is sent anyway.
const LONGEST: Duration = Duration::from_secs(10);
/// How long the very first answer may take, where the program is left before it.
const FIRST: Duration = Duration::from_secs(1);

/// What the terminal was sent and has not shown yet, as far as its answers tell.
#[derive(Debug, Default)]
struct Pace {
    /// The bytes of each frame that is unanswered, the oldest first.
    frames: Vec<usize>,
    /// When the oldest of them was sent, or the one before it answered.
    since: Option<Instant>,
    /// Has it ever answered?
    has_answered: bool,
    /// How often in a row answers stayed out while keys came.
    missed: u8,
}

impl Pace {
    /// Does the terminal answer, as far as we know?
    fn is_answering(&self) -> bool {
        self.has_answered && self.missed < MOST_MISSED
    }

    /// Is it worth to ask?
    fn asks(&self) -> bool {
        self.has_answered || self.frames.len() < SILENT
    }

    fn sent(&mut self, bytes: usize, now: Instant) {
        if self.asks() {
            self.frames.push(bytes);
            self.frames.truncate(SILENT);
            self.since.get_or_insert(now);
        }
    }

    fn answered(&mut self, now: Instant) {
        (self.has_answered, self.missed) = (true, 0);
        if !self.frames.is_empty() {
            self.frames.remove(0);
        }
        self.since = (!self.frames.is_empty()).then_some(now);
    }

    /// May another frame be sent?
    fn has_room(&self) -> bool {
        let bytes: usize = self.frames.iter().sum();
        !self.is_answering() || self.frames.is_empty() || (self.frames.len() < MOST_FRAMES && bytes <= SMALL)
    }

    /// How long the answers may take.
    fn patience(&self) -> Duration {
        PATIENCE + Duration::from_millis(self.frames.iter().sum::<usize>() as u64)
    }

    /// When to send a frame though nothing was answered; `None` while there is room.
    fn due(&self) -> Option<Instant> {
        Some(self.since.filter(|_| !self.has_room())? + self.patience().max(LONGEST))
    }

    /// A key was pressed: is it to be answered by a frame, though answers stay out?
    fn key(&mut self, now: Instant) {
        if self.since.is_some_and(|since| now >= since + self.patience()) && !self.has_room() {
            self.missed += 1;
            self.give_up();
        }
    }

    /// What is unanswered is taken for shown, or lost.
    fn give_up(&mut self) {
        self.frames.clear();
        self.since = None;
    }

    /// Until when an answer may still arrive that is not to be read by whoever has the terminal next.
    fn awaited(&self) -> Option<Instant> {
        let since = self.since?;
        if self.has_answered { self.is_answering().then(|| since + self.patience()) } else { Some(since + FIRST) }
    }
}

/// The line, with what waits for it.
pub struct TerminalLine {
    out: File,
    /// Bytes of a frame that the line has not taken yet.
    waiting: Vec<u8>,
    pace: Pace,
}

impl TerminalLine {
    /// The line of standard output. It is opened once more, so that waiting for it can be avoided without a change to what
    /// the shell and we share; where that cannot be, a slow terminal is waited for.
    pub fn open() -> Result<Self> {
        let own = ttyname(stdout(), Vec::new())
            .and_then(|name| open(name, OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK, Mode::empty()));
        let out = own.or_else(|_| rustix::io::dup(stdout()))?;
        Ok(Self { out: out.into(), waiting: Vec::new(), pace: Pace::default() })
    }

    /// May a frame be sent? All of the last one must have been taken, and not too much of it be unanswered.
    pub fn has_room(&self) -> bool {
        self.waiting.is_empty() && self.pace.has_room()
    }

    /// Whether bytes wait until the line takes them.
    pub fn is_full(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Sends a frame.
    pub fn send(&mut self, frame: &str, now: Instant) -> Result<()> {
        self.waiting.extend_from_slice(frame.as_bytes());
        if self.pace.asks() {
            self.waiting.extend_from_slice(ASK);
        }
        self.pace.sent(frame.len(), now);
        self.go_on()
    }

    /// Sends bytes that show nothing, after the frames before.
    pub fn whisper(&mut self, bytes: &[u8]) -> Result<()> {
        self.waiting.extend_from_slice(bytes);
        self.go_on()
    }

    /// Writes as much as the line takes now.
    pub fn go_on(&mut self) -> Result<()> {
        while !self.waiting.is_empty() {
            match self.out.write(&self.waiting) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(taken) => drop(self.waiting.drain(..taken)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The terminal answered.
    pub fn answered(&mut self, now: Instant) {
        self.pace.answered(now);
    }

    /// A key was pressed.
    pub fn heard_key(&mut self, now: Instant) {
        self.pace.key(now);
    }

    /// When to send a frame though nothing was answered; `None` while there is room.
    pub fn due(&self) -> Option<Instant> {
        self.pace.due()
    }

    /// Nothing came for long enough.
    pub fn give_up(&mut self) {
        self.pace.give_up();
    }

    /// Until when something of ours may still be taken or answered, to be waited for before somebody else has the terminal.
    pub fn awaited(&self, now: Instant) -> Option<Instant> {
        self.pace.awaited().or_else(|| self.is_full().then(|| now + FIRST))
    }

    /// Throws away what the line did not take, also of what it took and the terminal did not come to, so that what gives
    /// the terminal back finds room.
    pub fn clear(&mut self) {
        if self.is_full() || (self.pace.is_answering() && self.pace.since.is_some()) {
            self.waiting.clear();
            tcflush(&self.out, QueueSelector::OFlush).ok();
        }
        self.pace.give_up();
    }
}

impl AsFd for TerminalLine {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.out.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "any moment will do to count from")]
    fn start() -> Instant {
        Instant::now()
    }

    fn after(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn who_never_answers_gets_every_frame_and_is_asked_no_more() {
        let (mut pace, start) = (Pace::default(), start());
        for frame in 0..1000 {
            assert!(pace.has_room() && pace.due().is_none());
            assert_eq!(pace.asks(), frame < SILENT);
            pace.sent(5000, start);
        }
        assert!(pace.frames.len() <= SILENT);
        // Whoever leaves waits for the very first answer, for a moment.
        assert_eq!(pace.awaited(), Some(start + FIRST));
    }

    #[test]
    fn no_more_is_unanswered_than_two_small_frames_or_one() {
        let (mut pace, start) = (Pace::default(), start());
        pace.sent(6000, start);
        pace.answered(start);
        assert!(pace.has_room() && pace.awaited().is_none());
        pace.sent(600, start);
        assert!(pace.has_room());
        pace.sent(600, start);
        assert!(!pace.has_room());
        pace.answered(start);
        assert!(pace.has_room());
        pace.answered(start);
        pace.sent(5000, start);
        assert!(!pace.has_room(), "one large frame is enough");
        // Answers that nobody asked for change nothing.
        (0..5).for_each(|_| pace.answered(start));
        assert!(pace.has_room() && pace.frames.is_empty());
    }

    /// A line that stands still gets three frames in 30 seconds, whatever plays.
    #[test]
    fn a_line_that_stands_still_gets_a_frame_now_and_then() {
        let (mut pace, start) = (Pace::default(), start());
        pace.answered(start);
        let mut frames = 0;
        for tick in 0..600 {
            let now = start + Duration::from_millis(50 * tick);
            if pace.due().is_some_and(|due| due <= now) {
                pace.give_up();
            }
            if pace.has_room() {
                pace.sent(1000, now);
                frames += 1;
            }
        }
        assert!((3..=6).contains(&frames), "{frames}");
        assert!(pace.is_answering(), "without a key nobody is taken for silent");
    }

    #[test]
    fn who_falls_silent_is_not_waited_for_once_keys_say_that_he_is_there() {
        let (mut pace, start) = (Pace::default(), start());
        pace.answered(start);
        for round in 0..u64::from(MOST_MISSED) {
            let sent = start + after(10 * round);
            pace.sent(2000, sent);
            pace.key(sent + after(1));
            assert!(!pace.has_room(), "an answer may take a while");
            pace.key(sent + after(6));
            assert!(pace.has_room());
        }
        pace.sent(2000, start + after(40));
        assert!(pace.has_room() && pace.due().is_none(), "all frames at once, as to those who never answered");
        pace.answered(start + after(50));
        pace.sent(2000, start + after(50));
        assert!(!pace.has_room(), "he answers again");
    }
}
