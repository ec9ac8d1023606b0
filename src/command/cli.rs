//! The command line, as a person types it.

/// Runs the program and says how it went.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
