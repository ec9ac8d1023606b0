//! Signals, the knocks from outside, turned into messages that can be waited for like keys.

use std::io::{ErrorKind, Read as _, Result};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::low_level::{emulate_default_handler, pipe};

/// What knocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knock {
    /// The program is asked to end, by the signal of this number.
    End(i32),
    /// The program is asked to stop until it is continued.
    Suspend,
    /// The program goes on after a stop; the screen may have changed meanwhile.
    Resume,
    /// The window has a new size.
    Resize,
}

/// Every signal that is listened to, in the order in which simultaneous ones are told.
const HEARD: [(i32, Knock); 7] = [
    (SIGTERM, Knock::End(SIGTERM)),
    (SIGHUP, Knock::End(SIGHUP)),
    (SIGINT, Knock::End(SIGINT)),
    (SIGQUIT, Knock::End(SIGQUIT)),
    (SIGTSTP, Knock::Suspend),
    (SIGCONT, Knock::Resume),
    (SIGWINCH, Knock::Resize),
];

/// The number of the signal that a vanishing terminal sends.
pub const HANGUP: i32 = SIGHUP;

/// Tells every signal from now on, on a thread of its own.
///
/// In the signal itself only a flag is set and a byte is sent; the thread sleeps on the other end of that socket.
pub fn listen(tell: impl Fn(Knock) + Send + 'static) -> Result<()> {
    let (mut bell, rope) = UnixStream::pair()?;
    let mut flags = Vec::new();
    for (signal, knock) in HEARD {
        let flag = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(signal, Arc::clone(&flag))?;
        pipe::register(signal, rope.try_clone()?)?;
        flags.push((flag, knock));
    }
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        loop {
            match bell.read(&mut [0; 64]) {
                Ok(1..) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return,
            }
            flags.iter().filter(|(flag, _)| flag.swap(false, Ordering::SeqCst)).for_each(|(_, knock)| tell(*knock));
        }
    })?;
    Ok(())
}

/// A file that grows beyond what is allowed is an error like any other, no reason to be killed.
pub fn outlive_large_files() -> Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Stops this process alone until it is continued.
pub fn stop() -> Result<()> {
    emulate_default_handler(SIGTSTP)
}

/// Stops the whole job, as the key ctrl-z does in a cooked terminal: this process and whatever started it in the same
/// process group (`cargo run`, a script), so that the shell gets its prompt back.
pub fn stop_job() -> Result<()> {
    let mut stopper = Command::new("sh");
    let stopper = stopper.args(["-c", "kill -STOP 0"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if stopper.status().is_ok_and(|status| status.success()) { Ok(()) } else { stop() }
}

/// Is there a shell that could continue us after a stop? Without one (`ssh -t host downhill`, a container) a stop
/// would be for ever; the kernel discards SIGTSTP for such orphaned jobs, and so do we. Where `/proc` does not tell,
/// there is one.
pub fn can_be_continued() -> bool {
    let Some(us) = Kin::of("self") else { return true };
    let mut parent = us.parent;
    while let Some(kin) = Kin::of(&parent).filter(|kin| kin.session == us.session) {
        if kin.group != us.group {
            return true;
        }
        parent = kin.parent;
    }
    false
}

/// Where a process belongs.
struct Kin {
    parent: String,
    group: String,
    session: String,
}

impl Kin {
    /// Reads `/proc/ID/stat`: `id (name) state parent group session …`.
    fn of(id: &str) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(1).map(str::to_owned);
        Some(Self { parent: fields.next()?, group: fields.next()?, session: fields.next()? })
    }
}
