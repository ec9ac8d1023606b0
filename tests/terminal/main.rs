//! What a person's terminal goes through, with the host alone and with the whole program.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "in a test a broken terminal is a failure")]

mod answers;
mod compared;
mod jobs;
mod leaving;
mod likeness;
mod pastes;
mod probe;
mod program;
mod progress;
mod pty;
mod quiet;
mod slow;
mod ssh;
mod watching;
