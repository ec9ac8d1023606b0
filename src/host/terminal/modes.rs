//! Taking the terminal, and giving it back as it was on every way out.

use std::io::{IsTerminal as _, Result, Write, stdin, stdout};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{execute, terminal};

use crate::host::terminal::guard::{Guard, Hold};

/// Switches reports of the size in the stream of keys on (mode 2048); terminals that do not know it ignore it.
const TELL_SIZE: Print<&str> = Print("\x1b[?2048h");
/// Switches them off.
const TELL_NO_SIZE: Print<&str> = Print("\x1b[?2048l");

/// No screen is drawn larger: such a one shows more than anybody reads, and its cells take 10 MB.
const LARGEST: (u16, u16) = (500, 200);

/// Do we hold the terminal? There is one per process, and a panic hook has nobody else to ask.
static HELD: AtomicBool = AtomicBool::new(false);

/// Who gives it back if we are gone.
static GUARD: Mutex<Option<Guard>> = Mutex::new(None);

/// The terminal while it is ours; given back when dropped.
pub struct Held(());

impl Held {
    /// Takes the terminal: raw keys, a screen of our own, pastes as one piece, no cursor.
    pub fn take() -> Result<Self> {
        let held = Self(());
        let mut leaving = Vec::new();
        leave(&mut leaving)?;
        if let Ok(mut guard) = GUARD.try_lock() {
            *guard = Guard::start(&String::from_utf8_lossy(&leaving));
        }
        take()?;
        Ok(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        give_back();
        drop(GUARD.try_lock().ok().and_then(|mut guard| guard.take()));
    }
}

/// Sets all modes, also those that somebody changed while we were stopped.
pub fn take() -> Result<()> {
    HELD.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?; // first: in the background this waits for `fg`, before a byte is written
    tell_guard(Hold::Held);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, TELL_SIZE, Hide)
}

/// Writes what leaves the screen that is ours.
fn leave(out: &mut impl Write) -> Result<()> {
    let reset = SetAttribute(Attribute::Reset);
    execute!(out, reset, EndSynchronizedUpdate, TELL_NO_SIZE, DisableBracketedPaste, LeaveAlternateScreen, Show)
}

fn tell_guard(hold: Hold) {
    // Whoever fails while it is told must not wait for itself.
    if let Some(guard) = GUARD.try_lock().ok().as_mut().and_then(|guard| guard.as_mut()) {
        guard.tell(hold);
    }
}

/// Gives the terminal back as it was, if it is ours. A terminal that is gone cannot complain.
pub fn give_back() {
    if HELD.swap(false, Ordering::SeqCst) {
        leave(&mut stdout()).ok();
        terminal::disable_raw_mode().ok();
        tell_guard(Hold::Free);
    }
}

/// Is the terminal ours at the moment?
pub fn is_held() -> bool {
    HELD.load(Ordering::SeqCst)
}

/// Gives the terminal back before a panic, on any thread, prints its message; `then` runs between the two.
pub fn give_back_on_panic(then: impl Fn() + Send + Sync + 'static) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        then();
        usual(panic);
    }));
}

/// Are both ends, keys and screen, a terminal that still exists?
pub fn is_there() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// Columns and rows to draw; 80×24 where the terminal does not know.
pub fn size() -> (u16, u16) {
    bounded(terminal::size().ok().filter(|(width, height)| *width > 0 && *height > 0).unwrap_or((80, 24)))
}

/// So much of a screen as is drawn.
pub fn bounded((width, height): (u16, u16)) -> (u16, u16) {
    (width.clamp(1, LARGEST.0), height.clamp(1, LARGEST.1))
}
