//! Signals, the knocks from outside, turned into messages that can be waited for like keys.

use std::io::{Result, Write as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::{read, retry_on_intr};
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::signal::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH,
    SIGXCPU, SIGXFSZ,
};
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
    /// Another thread of the program failed.
    Failure,
}

/// Every signal that is listened to, in the order in which simultaneous ones are told: all whose usual effect is the end
/// of the program, which would leave the terminal as it is, and those that stop it, continue it, and change its window.
const HEARD: [(i32, Knock); 14] = [
    (SIGTERM, Knock::End(SIGTERM)),
    (SIGHUP, Knock::End(SIGHUP)),
    (SIGINT, Knock::End(SIGINT)),
    (SIGQUIT, Knock::End(SIGQUIT)),
    (SIGUSR1, Knock::End(SIGUSR1)),
    (SIGUSR2, Knock::End(SIGUSR2)),
    (SIGALRM, Knock::End(SIGALRM)),
    (SIGVTALRM, Knock::End(SIGVTALRM)),
    (SIGPROF, Knock::End(SIGPROF)),
    (SIGXCPU, Knock::End(SIGXCPU)),
    (SIGIO, Knock::End(SIGIO)),
    (SIGTSTP, Knock::Suspend),
    (SIGCONT, Knock::Resume),
    (SIGWINCH, Knock::Resize),
];

/// The number of the signal that a vanishing terminal sends.
pub const HANGUP: i32 = SIGHUP;

/// What knocked since it was asked last. In a signal itself only a flag is set and a byte is sent; whoever waits for the
/// other end of that socket wakes.
pub struct Knocks {
    bell: UnixStream,
    rope: UnixStream,
    flags: Vec<(Arc<AtomicBool>, Knock)>,
}

impl Knocks {
    /// Hears every signal from now on.
    pub fn listen() -> Result<Self> {
        let (bell, rope) = UnixStream::pair()?;
        let mut flags = Vec::new();
        for (signal, knock) in HEARD {
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(signal, Arc::clone(&flag))?;
            pipe::register(signal, rope.try_clone()?)?;
            flags.push((flag, knock));
        }
        Ok(Self { bell, rope, flags })
    }

    /// What a thread that fails does, so that [`Knock::Failure`] is heard.
    pub fn alarm(&mut self) -> Result<impl Fn() + Send + Sync + 'static> {
        let (rope, flag) = (self.rope.try_clone()?, Arc::new(AtomicBool::new(false)));
        self.flags.push((Arc::clone(&flag), Knock::Failure));
        Ok(move || {
            flag.store(true, Ordering::SeqCst);
            (&rope).write_all(&[0]).ok(); // where nobody listens any more, there is nothing to tell
        })
    }

    /// All that knocked; waits where nothing did.
    pub fn heard(&self) -> Result<Vec<Knock>> {
        let _rings = retry_on_intr(|| read(&self.bell, &mut [0; 64]))?;
        let rung = self.flags.iter().filter(|(flag, _)| flag.swap(false, Ordering::SeqCst));
        Ok(rung.map(|(_, knock)| *knock).collect())
    }
}

impl AsFd for Knocks {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
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
///
/// A shell that would do it for us (`kill -STOP 0`) is hung up with us when its session ends, and we would not know
/// whether we had stopped.
pub fn stop_job() -> Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
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
