//! A program in a terminal: keys go in, frames come out, and the terminal is left as it was found.
//!
//! Three threads, one channel. One thread sleeps in a read of the keyboard, one sleeps until a signal knocks
//! (`host::signal`), and both send what they hear to the main thread, which sleeps in `recv` and is the only
//! one that draws. So nothing is polled: an idle program takes no time and writes no byte, and a terminal that
//! vanished ends the read, and with it the program. All that waits in the channel is handled before a frame is drawn,
//! and frames are at least 16 ms apart: however fast the keys, the newest state wins.

mod decode;
mod guard;
mod modes;
pub mod paint;
mod pen;

use std::io::{Error, ErrorKind, Read as _, Result};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::app::key::{Input, Key};
use crate::host::capability::Environment;
use crate::host::clipboard;
use crate::host::program::{Farewell, Flow, Program};
use crate::host::signal::{self, Knock};
use crate::host::terminal::decode::Decoder;
use crate::host::terminal::modes::Held;
use crate::host::terminal::paint::Screen;

/// The shortest time between two frames.
const FRAME: Duration = Duration::from_millis(16);
/// The time between two looks at what is watched.
const LOOK: Duration = Duration::from_millis(200);
/// The time between two ticks.
const TICK: Duration = Duration::from_millis(50);
/// How long after an Esc the rest of a key may still arrive, over a slow line.
const ESCAPE: Duration = Duration::from_millis(30);

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
    let (tell, news) = channel();
    let (knocks, panics) = (tell.clone(), tell.clone());
    signal::listen(move |knock| knocks.send(News::Knock(knock)).unwrap_or_default())?;
    modes::give_back_on_panic(move || panics.send(News::Panic).unwrap_or_default());
    let held = Held::take();
    listen_to_keys(tell)?;
    let farewell = held.and_then(|_held| Stage::new(program, news).play());
    // A terminal that is gone makes every write fail; that is a hangup, not a fault.
    if farewell.is_err() && !modes::is_there() { Ok(HANGUP) } else { farewell }
}

/// What the main thread waits for.
enum News {
    Bytes(Vec<u8>),
    Knock(Knock),
    Panic,
}

/// Tells all bytes from the keyboard, on a thread of its own, until there are no more to come.
fn listen_to_keys(tell: Sender<News>) -> Result<()> {
    let listen = move || {
        let mut bytes = [0; 4096];
        loop {
            let news = match std::io::stdin().read(&mut bytes) {
                Ok(count @ 1..) => News::Bytes(bytes[..count].to_vec()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Ok(0) | Err(_) => break,
            };
            if tell.send(news).is_err() {
                break;
            }
        }
        tell.send(News::Knock(Knock::End(signal::HANGUP))).unwrap_or_default();
    };
    std::thread::Builder::new().name("keys".into()).spawn(listen).map(drop)
}

/// The program on its stage: what it hears, what is seen of it, and what is due.
struct Stage<'p> {
    program: &'p mut dyn Program,
    news: Receiver<News>,
    keys: Decoder,
    screen: Screen,
    /// When the next frame may be drawn; `None` while the screen shows the newest state.
    frame: Option<Instant>,
    /// When the last frame was drawn.
    drawn: Option<Instant>,
    /// When the next tick is due, while time matters.
    tick: Option<Instant>,
    /// When the program looks again at what it watches.
    look: Option<Instant>,
    /// When an Esc is taken for a key of its own, while one waits for its rest.
    escape: Option<Instant>,
}

impl<'p> Stage<'p> {
    fn new(program: &'p mut dyn Program, news: Receiver<News>) -> Self {
        let (keys, screen) = (Decoder::default(), Screen::new(modes::size()));
        Self { program, news, keys, screen, frame: None, drawn: None, tick: None, look: None, escape: None }
    }

    /// Waits, hears, draws, until the end.
    fn play(&mut self) -> Result<Farewell> {
        let mut end = self.resize();
        loop {
            if let Some(end) = end.or(self.keep_time()?) {
                return Ok(end);
            }
            end = match self.wait() {
                Some(news) => self.hear_all(news)?,
                None => None,
            };
        }
    }

    /// Sleeps until there is news, or something is due; with work to do, does a slice of it instead.
    fn wait(&mut self) -> Option<News> {
        if self.program.has_work() {
            let news = self.news.try_recv().ok();
            if news.is_none() {
                self.program.work_on();
                self.show_soon();
            }
            return news;
        }
        match [self.frame, self.tick, self.look, self.escape].into_iter().flatten().min() {
            None => self.news.recv().ok(),
            Some(due) => self.news.recv_timeout(due.saturating_duration_since(now())).ok(),
        }
    }

    /// Does what is due, and sets when the next things are.
    fn keep_time(&mut self) -> Result<Option<Farewell>> {
        let now = now();
        let is_due = |due: &mut Instant| *due <= now;
        if self.escape.take_if(is_due).is_some() {
            for input in self.keys.give_up() {
                if let Some(end) = self.input(input)? {
                    return Ok(Some(end));
                }
            }
        }
        if self.tick.take_if(is_due).is_some()
            && let Some(end) = self.input(Input::Tick)?
        {
            return Ok(Some(end));
        }
        if self.look.take_if(is_due).is_some() && self.program.look() == Flow::Redraw {
            self.show_soon();
        }
        if self.frame.take_if(is_due).is_some() {
            self.draw()?;
        }
        self.tick = self.program.wants_ticks().then(|| self.tick.unwrap_or(now + TICK));
        self.look = self.program.watches().then(|| self.look.unwrap_or(now + LOOK));
        self.escape = self.keys.waits().then(|| self.escape.unwrap_or(now + ESCAPE));
        Ok(None)
    }

    /// Hears this and all that came meanwhile.
    fn hear_all(&mut self, first: News) -> Result<Option<Farewell>> {
        let mut news = Some(first);
        while let Some(next) = news {
            let end = self.hear(next)?;
            if end.is_some() {
                return Ok(end);
            }
            news = self.news.try_recv().ok();
        }
        Ok(None)
    }

    fn hear(&mut self, news: News) -> Result<Option<Farewell>> {
        match news {
            News::Bytes(bytes) => {
                self.escape = None;
                for input in self.keys.feed(&bytes) {
                    let end = self.input(input)?;
                    if end.is_some() {
                        return Ok(end);
                    }
                }
                Ok(None)
            }
            News::Knock(Knock::End(signal)) => Ok(Some(Farewell::Signal(signal))),
            News::Knock(Knock::Suspend) => suspend(signal::stop).map(|()| None),
            News::Knock(Knock::Resume) => {
                modes::give_back();
                modes::take()?;
                Ok(self.resize())
            }
            News::Knock(Knock::Resize) => Ok(self.resize()),
            News::Panic => Err(Error::other("a part of downhill failed; the message above says where")),
        }
    }

    /// Hands one input to the program; ctrl-z is the host's own.
    fn input(&mut self, input: Input) -> Result<Option<Farewell>> {
        if input == Input::Key(Key::ctrl('z')) {
            return suspend(signal::stop_job).map(|()| None);
        }
        Ok(match self.program.input(input) {
            Flow::Idle => None,
            Flow::Redraw => {
                self.show_soon();
                None
            }
            Flow::Copy(text) => {
                if modes::is_held() {
                    modes::write(clipboard::copying(&text).as_bytes())?;
                }
                self.show_soon();
                None
            }
            Flow::Leave => Some(Farewell::Left),
        })
    }

    /// Tells the size, which may have changed, and repaints everything.
    fn resize(&mut self) -> Option<Farewell> {
        let size = modes::size();
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
        self.drawn = Some(now());
        if frame.is_empty() { Ok(()) } else { modes::write(frame.as_bytes()) }
    }
}

/// Gives the terminal back and stops, if somebody can continue us; then `Knock::Resume` takes it again.
fn suspend(stop: fn() -> Result<()>) -> Result<()> {
    if !signal::can_be_continued() {
        return Ok(());
    }
    modes::give_back();
    stop()
}

#[expect(clippy::disallowed_methods, reason = "frames and ticks are the clock of the whole program")]
fn now() -> Instant {
    Instant::now()
}
