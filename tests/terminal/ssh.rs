//! Over OpenSSH on this machine: what ends a session ends the program, and a client that stands still fills little.
//!
//! Where there is no `sshd` nothing is tried; on the build server, which installs it, that is a failure.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::jobs::{ENDS, learning, program, with};
use crate::program::LONG;
use crate::pty::{Terminal, is_long, said, signal, until};

const SERVER: &str = "/usr/sbin/sshd";

/// A server for whoever runs the tests, with keys of its own.
struct Server {
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Server {
    /// None where there is no OpenSSH, or no server may be started.
    fn start() -> Option<Self> {
        let is_there = Path::new(SERVER).exists() && Command::new("ssh").arg("-V").output().is_ok();
        assert!(
            is_there || std::env::var_os("CI").is_none(),
            "the build server needs openssh-server and openssh-client"
        );
        if !is_there {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        for key in ["host", "user"] {
            let file = folder.path().join(key);
            let made =
                Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(file).status().unwrap();
            assert!(made.success());
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let place = folder.path().display();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {place}/host\nAuthorizedKeysFile {place}/user.pub\n\
             PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nPrintMotd no\nPrintLastLog no\n"
        );
        fs::write(folder.path().join("config"), settings).unwrap();
        let _ = fs::create_dir_all("/run/sshd"); // where the superuser's server keeps itself apart
        let process = Command::new(SERVER)
            .args(["-D", "-e", "-f"])
            .arg(folder.path().join("config"))
            .stderr(Stdio::from(fs::File::create(folder.path().join("log")).unwrap()))
            .spawn()
            .unwrap();
        let server = Self { process, folder, port };
        until("the server", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Some(server)
    }

    /// A login shell on this machine, in a terminal that answers.
    fn login(&self) -> Terminal {
        let (key, port) = (self.folder.path().join("user").display().to_string(), self.port.to_string());
        let mut command =
            vec!["ssh", "-tt", "-p", &port, "-i", &key, "-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes"];
        command.extend(["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"]);
        command.extend(["127.0.0.1", "exec /bin/bash --norc --noprofile -i"]);
        let mut terminal = Terminal::answering(&command, 80, 24);
        terminal.types("echo $((6*7))a\n");
        terminal.shows("42a");
        terminal
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn nothing_stays_behind_a_session_that_ended() {
    let Some(server) = Server::start() else { return };
    for keys in ENDS {
        for _ in 0..if is_long() { 5 } else { 1 } {
            let state = tempfile::tempdir().unwrap();
            let mut terminal = server.login();
            terminal.types(&learning("backtracking", state.path()));
            terminal.shows("Start: x =");
            program(state.path());
            terminal.types("\x1a");
            terminal.shows("Stopped");
            match keys {
                Some(keys) => {
                    terminal.types(keys[0]);
                    terminal.shows("There are stopped jobs");
                    terminal.types(keys[1]);
                }
                None => terminal.signal("KILL"),
            }
            terminal.ends();
            until("the end of all", || with(state.path()).is_empty());
        }
    }
    // Lost while it runs, not stopped.
    let state = tempfile::tempdir().unwrap();
    let mut terminal = server.login();
    terminal.types(&learning(LONG, state.path()));
    terminal.shows("Start: x =");
    terminal.types(">>>> ");
    terminal.shows("playing, pace 6 of 6");
    terminal.signal("KILL");
    terminal.ends();
    until("the end of all", || with(state.path()).is_empty());
}

/// As when a laptop is closed: 30 seconds, or a few where nobody asks for all of them.
#[test]
fn a_client_that_stands_still_finds_little_that_is_stale() {
    let Some(server) = Server::start() else { return };
    let state = tempfile::tempdir().unwrap();
    let mut terminal = server.login();
    terminal.types(&learning(LONG, state.path()));
    terminal.shows("Start: x =");
    terminal.types(">>>> ");
    terminal.shows("playing, pace 6 of 6");
    std::thread::sleep(Duration::from_millis(500));
    let client = terminal.id().to_string();
    signal("STOP", &client);
    let program = program(state.path());
    let before = said(program, "io", "wchar");
    std::thread::sleep(Duration::from_secs(if is_long() { 30 } else { 5 }));
    let after = said(program, "io", "wchar");
    signal("CONT", &client);
    if let (Some(before), Some(after)) = (before, after) {
        assert!(after - before <= 16 << 10, "{} bytes for nobody", after - before);
    }
    terminal.types(" ");
    until("the pause", || !terminal.text().contains("playing"));
    terminal.types("\x03");
    until("the shell", || !terminal.look(|seen| seen.picture.screen().alternate_screen()));
    terminal.types("exit\n");
    terminal.ends();
}
