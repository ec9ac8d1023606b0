//! A program in a terminal: keys go in, frames come out, and the terminal is left as it was found.
//!
//! One thread that sleeps in `poll` until the keyboard, a signal (`host::signal`) or the line to the screen has something
//! for it, or something is due. So an idle program takes no time and writes no byte, and a terminal that vanished ends
//! it. Keys are read only while the terminal is ours. Frames are at least 16 ms apart, and as far apart as the terminal
//! needs (`line`): however fast the keys, however slow the line, the newest state wins.

mod decode;
mod guard;
mod line;
mod modes;
pub mod paint;
mod pen;
mod sequence;

use std::io::{Error, ErrorKind, Result, stdin};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::app::key::press::{Input, Key};
use crate::host::capability::Environment;
use crate::host::clipboard;
use crate::host::program::{Farewell, Flow, Program};
use crate::host::signal::{self, Knock, Knocks};
use crate::host::terminal::decode::Decoder;
use crate::host::terminal::line::TerminalLine;
use crate::host::terminal::modes::Held;
use crate::host::terminal::paint::Screen;

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(16);
/// The time between two looks at what is watched.
const LOOK: Duration = Duration::from_millis(200);
/// The time between two ticks.
const TICK: Duration = Duration::from_millis(50);

/// What a terminal that vanished is told as.
const HANGUP: Farewell = Farewell::Signal(signal::HANGUP);

/// What is said where there is no terminal to speak of.
const NO_TERMINAL: &str = "there is no terminal here, and the full screen needs one: --plain reads lines and writes \
                           plain text (or try `downhill trace LESSON` or `downhill screen LESSON`)";

/// Runs a program in the terminal until it leaves; once per process, on the main thread.
///
/// The terminal is given back on every way out, panics and signals among them. Where standard input or output is no
/// terminal, or one that cannot move its cursor, the error is of kind [`ErrorKind::Unsupported`] and says what to do
/// instead.
pub fn run(program: &mut dyn Program) -> Result<Farewell> {
    if !modes::is_there() || Environment::read().is_dumb() {
        return Err(Error::new(ErrorKind::Unsupported, NO_TERMINAL));
    }
    let mut knocks = Knocks::listen()?;
    modes::give_back_on_panic(knocks.alarm()?);
    let held = Held::take();
    let farewell = held.and_then(|_held| Stage::new(program, knocks)?.play());
    // A terminal that is gone makes every write fail; that is a hangup, not a fault.
    if farewell.is_err() && !modes::is_there() { Ok(HANGUP) } else { farewell }
}

/// The program on its stage: what it hears, what is seen of it, and what is due.
struct Stage<'p> {
    program: &'p mut dyn Program,
    knocks: Knocks,
    keys: Decoder,
    line: TerminalLine,
    screen: Screen,
    /// When the next frame may be drawn; `None` while the screen shows the newest state.
    frame: Option<Instant>,
    /// When the last frame was drawn.
    drawn: Option<Instant>,
    /// When the next tick is due, while time matters.
    tick: Option<Instant>,
    /// When the program looks again at what it watches.
    look: Option<Instant>,
    /// When what was begun by an Esc is not waited for any longer.
    patience: Option<Instant>,
}

/// What is there without waiting.
struct Ready {
    keys: bool,
    knocks: bool,
    line: bool,
}

impl<'p> Stage<'p> {
    fn new(program: &'p mut dyn Program, knocks: Knocks) -> Result<Self> {
        let (keys, line, screen) = (Decoder::default(), TerminalLine::open()?, Screen::new(modes::size()));
        let [frame, drawn, tick, look, patience] = [None; 5];
        Ok(Self { program, knocks, keys, line, screen, frame, drawn, tick, look, patience })
    }

    /// Waits, hears, draws, until the end.
    fn play(&mut self) -> Result<Farewell> {
        let mut end = self.resize(modes::size());
        while end.is_none() {
            end = self.keep_time()?;
            if end.is_none() {
                end = self.wait_and_hear()?;
            }
        }
        self.settle()?;
        Ok(end.unwrap_or(Farewell::Left))
    }

    /// Sleeps until there is news or something is due, and hears it; with work to do, does a slice of that instead.
    fn wait_and_hear(&mut self) -> Result<Option<Farewell>> {
        let is_at_work = self.program.has_work();
        let can_draw = self.line.has_room();
        let frame = if can_draw { self.frame } else { self.frame.and(self.line.due()) };
        let due = [frame, self.tick, self.look, self.patience].into_iter().flatten().min();
        let ready = self.ready(if is_at_work { Some(now()) } else { due }, PollFlags::IN)?;
        if ready.line {
            self.line.go_on()?;
        }
        if ready.knocks {
            for knock in self.knocks.heard()? {
                if let Some(end) = self.knock(knock)? {
                    return Ok(Some(end));
                }
            }
        }
        if ready.keys {
            return self.hear_keys();
        }
        if is_at_work && !ready.knocks {
            self.program.work_on();
            self.show_soon();
        }
        if self.patience.take_if(|due| *due <= now()).is_some() {
            let inputs = self.keys.give_up();
            return self.inputs(inputs);
        }
        Ok(None)
    }

    /// Waits until there is something to hear or to go on with, at most until then; with or without an ear for signals.
    fn ready(&self, until: Option<Instant>, knocks: PollFlags) -> Result<Ready> {
        let stdin = stdin();
        // Whoever reads while the terminal is somebody else's is stopped for it, and takes keys that are not for him.
        let keys = if modes::is_held() { PollFlags::IN } else { PollFlags::empty() };
        let line = if self.line.is_full() && modes::is_held() { PollFlags::OUT } else { PollFlags::empty() };
        let mut ends = vec![PollFd::new(&self.knocks, knocks)];
        ends.extend((!keys.is_empty()).then(|| PollFd::new(&stdin, keys)));
        ends.extend((!line.is_empty()).then(|| PollFd::new(&self.line, line)));
        let hour = Timespec { tv_sec: 3600, tv_nsec: 0 };
        let timeout = until.map(|until| Timespec::try_from(until.saturating_duration_since(now())).unwrap_or(hour));
        match poll(&mut ends, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let is_ready = |place: usize| ends.get(place).is_some_and(|end| !end.revents().is_empty());
        Ok(Ready {
            knocks: is_ready(0),
            keys: !keys.is_empty() && is_ready(1),
            line: !line.is_empty() && is_ready(if keys.is_empty() { 1 } else { 2 }),
        })
    }

    /// Does what is due, and sets when the next things are.
    fn keep_time(&mut self) -> Result<Option<Farewell>> {
        let now = now();
        let is_due = |due: &mut Instant| *due <= now;
        if self.tick.take_if(is_due).is_some()
            && let Some(end) = self.input(Input::Tick)?
        {
            return Ok(Some(end));
        }
        if self.look.take_if(is_due).is_some() && self.program.look() == Flow::Redraw {
            self.show_soon();
        }
        if self.line.due().take_if(is_due).is_some() {
            self.line.give_up();
        }
        if self.line.has_room() && self.frame.take_if(is_due).is_some() {
            self.draw()?;
        }
        self.tick = self.program.wants_ticks().then(|| self.tick.unwrap_or(now + TICK));
        self.look = self.program.watches().then(|| self.look.unwrap_or(now + LOOK));
        Ok(None)
    }

    /// Reads what was typed and lets it happen.
    fn hear_keys(&mut self) -> Result<Option<Farewell>> {
        let Some(bytes) = read() else { return Ok(Some(HANGUP)) };
        let inputs = self.keys.feed(&bytes);
        self.patience = self.keys.patience().map(|patience| now() + patience);
        self.inputs(inputs)
    }

    fn inputs(&mut self, inputs: Vec<Input>) -> Result<Option<Farewell>> {
        for input in inputs {
            if let Some(end) = self.input(input)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    fn knock(&mut self, knock: Knock) -> Result<Option<Farewell>> {
        match knock {
            Knock::End(signal) => Ok(Some(Farewell::Signal(signal))),
            Knock::Suspend => self.suspend(signal::stop).map(|()| None),
            Knock::Resume => {
                modes::give_back();
                modes::take()?;
                (self.keys, self.patience) = (Decoder::default(), None);
                self.line.clear();
                Ok(self.resize(modes::size()))
            }
            Knock::Resize => Ok(self.resize(modes::size())),
            Knock::Failure => Err(Error::other("a part of downhill failed; the message above says where")),
        }
    }

    /// Hands one input to the program; ctrl-z is the host's own, and what the terminal says of itself.
    fn input(&mut self, input: Input) -> Result<Option<Farewell>> {
        match input {
            Input::Answer => {
                self.line.answered(now());
                return Ok(None);
            }
            Input::Resize(width, height) => {
                let size = modes::bounded((width, height));
                // A terminal tells its size also when it is asked to tell of changes.
                return Ok(if size == self.screen.size() { None } else { self.resize(size) });
            }
            Input::Key(key) if key == Key::ctrl('z') => return self.suspend(signal::stop_job).map(|()| None),
            Input::Key(_) => self.line.heard_key(now()),
            Input::Paste(_) | Input::Tick => {}
        }
        Ok(match self.program.input(input) {
            Flow::Idle => None,
            Flow::Redraw => {
                self.show_soon();
                None
            }
            Flow::Copy(text) => {
                if modes::is_held() {
                    self.line.whisper(clipboard::copying(&text).as_bytes())?;
                }
                self.show_soon();
                None
            }
            Flow::Leave => Some(Farewell::Left),
        })
    }

    /// Tells the size, which may have changed, and repaints everything.
    fn resize(&mut self, size: (u16, u16)) -> Option<Farewell> {
        self.screen = Screen::new(size);
        self.show_soon();
        (self.program.input(Input::Resize(size.0, size.1)) == Flow::Leave).then_some(Farewell::Left)
    }

    /// Wants a frame, at once or as soon as the last one is 16 ms old.
    fn show_soon(&mut self) {
        self.frame = Some(self.drawn.map_or_else(now, |drawn| drawn + FRAME));
    }

    fn draw(&mut self) -> Result<()> {
        if !modes::is_held() {
            return Ok(()); // stopped: all is painted when we are continued
        }
        let frame = self.screen.frame(|cells| self.program.draw(cells));
        let now = now();
        self.drawn = Some(now);
        if frame.is_empty() { Ok(()) } else { self.line.send(&frame, now) }
    }

    /// Gives the terminal back and stops, if somebody can continue us; then `Knock::Resume` takes it again.
    fn suspend(&mut self, stop: fn() -> Result<()>) -> Result<()> {
        if !signal::can_be_continued() {
            return Ok(());
        }
        self.settle()?;
        modes::give_back();
        stop()
    }

    /// Waits until the line is empty and all is answered: what comes later would be read by the shell. Keys that come
    /// meanwhile are lost.
    fn settle(&mut self) -> Result<()> {
        let mut until = self.line.awaited(now());
        while let Some(due) = until.filter(|due| modes::is_held() && now() < *due) {
            let ready = self.ready(Some(due), PollFlags::empty())?;
            if ready.line {
                self.line.go_on()?;
            }
            if ready.keys {
                let Some(bytes) = read() else { break };
                let answers = self.keys.feed(&bytes).into_iter().filter(|input| *input == Input::Answer);
                answers.for_each(|_| self.line.answered(now()));
            }
            if ready.line || ready.keys {
                until = self.line.awaited(now());
            }
        }
        self.line.clear();
        Ok(())
    }
}

/// The bytes that were typed; `None` where no more will come.
fn read() -> Option<Vec<u8>> {
    let mut bytes = [0; 4096];
    match rustix::io::read(stdin(), &mut bytes) {
        Ok(0) => None,
        Ok(count) => Some(bytes[..count].to_vec()),
        Err(error) => (error.kind() == ErrorKind::Interrupted || error.kind() == ErrorKind::WouldBlock).then(Vec::new),
    }
}

#[expect(clippy::disallowed_methods, reason = "frames and ticks are the clock of the whole program")]
fn now() -> Instant {
    Instant::now()
}
