//! Ask, run, exit code.

fn main() -> std::process::ExitCode {
    downhill::command::cli::run()
}
