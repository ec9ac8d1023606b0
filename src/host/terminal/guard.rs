//! Somebody outside who gives the terminal back where we cannot any more: after an abort for want of memory, or a kill.
//!
//! An abort runs none of our code: neither destructors nor panic hooks, and what a signal handler may safely do here
//! (set a flag, send a byte) is over before another thread has read it. So a small shell waits on a pipe, which closes
//! when this process is gone, however that came about.

use std::io::{Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

/// What the shell does: it notes the modes before and after we took the terminal; at the end of the pipe, if we still
/// held the terminal, it writes what leaves the screen ($1) and a sentence ($2), and sets the modes that were before,
/// unless somebody else has set others meanwhile. It is in the background, where TTOU would stop it.
const SCRIPT: &str = r#"
trap '' TTOU INT QUIT TERM HUP
exec 3>&1
before=$(stty -g <&3) || exit
echo >&2
ours=
while read -r word; do
    case $word in
        held) ours=$(stty -g <&3) ;;
        *) ours= ;;
    esac
done
[ -n "$ours" ] || exit
printf '%s' "$1"
[ "$(stty -g <&3)" = "$ours" ] && stty "$before" <&3
printf '%s\n' "$2"
"#;

/// What is said after an end without a farewell.
const SENTENCE: &str = "downhill: the program was ended without a farewell: by a kill, or for want of memory";

/// The shell that waits; it goes with its owner.
pub struct Guard(Child);

/// Whose the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Ours: it is in our modes.
    Held,
    /// Given back as it was.
    Free,
}

impl Guard {
    /// Begins to wait; `leaving` is what the terminal is told to leave our screen. `None` where there is no shell.
    pub fn start(leaving: &str) -> Option<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "sh", leaving, SENTENCE]).stdin(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own: a kill of the whole job (`kill -9 %1`) does not meet it, nor does a stop.
        shell.process_group(0);
        let mut child = shell.spawn().ok()?;
        // The modes before must be noted before they change.
        child.stderr.as_mut()?.read_exact(&mut [0]).ok();
        Some(Self(child))
    }

    /// Tells whose the terminal is now. A guard that is gone is of no use, and no harm.
    pub fn tell(&mut self, hold: Hold) {
        if let Some(pipe) = &mut self.0.stdin {
            pipe.write_all(match hold {
                Hold::Held => b"held\n",
                Hold::Free => b"free\n",
            })
            .ok();
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Somebody may have stopped it, and then it hears nothing else.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
