//! The command line, as a person types it.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::command::answer::{CommandResult, Failure};
use crate::command::look::LookArgs;
use crate::command::{check, export, learn, list, new, progress, sandbox, schema, screen, terms, trace};
use crate::host::packs;
use crate::lesson::file::safe::Safe;

const EXAMPLES: &str = "\
Examples:
  downhill                                  choose a lesson from the list
  downhill learn backtracking               open one lesson
  downhill learn my-lesson.toml             open a lesson of your own
  downhill sandbox --objective \"x1^2 + 3*x2^2\" --start 2,1 --step-size fixed:alpha=0.1
  downhill learn backtracking --plain       in plain text: for screen readers and pipes
  downhill trace backtracking               print its run as a table
  downhill trace fixed-step --run B --format csv > run.csv
  downhill export backtracking > run.md     write a report of it
  downhill new my-lesson                    write a lesson to start from: my-lesson.toml
  downhill learn my-lesson.toml --watch     look at it while you write
  downhill schema > lesson.schema.json      let an editor complete its keys
  downhill check my-lesson.toml             prove that a lesson is right
  downhill --lessons week-1                 open a folder of lessons of your own
  downhill terms wolfe                      what a word or a symbol means
  downhill learn backtracking --notation nocedal
  downhill screen backtracking --keys \"<right> <right> <enter>\"

What you do is kept; not in a lesson named by its path or opened with --page, --at or --set, nor in --plain with a
pipe for its input.

Exit codes: 0 fine, 1 a lesson has faults or misses its own goal, 2 asked for something that cannot be.";

/// Learn numerical optimization one step at a time.
#[derive(Debug, Parser)]
#[command(name = "downhill", version, about, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    look: LookArgs,
    /// A folder of lessons that takes the place of the shipped course; else what `DOWNHILL_LESSONS` names
    #[arg(long, global = true, value_name = "DIR")]
    lessons: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a lesson: a name from the list, or the path of a lesson file
    Learn(learn::LearnArgs),
    /// Play with a formula of your own; without one, type it there
    Sandbox(sandbox::SandboxCommand),
    /// List the lessons of the course
    List,
    /// Say what the terms and symbols mean, and what other courses and books write for them
    Terms(terms::TermsArgs),
    /// Answer again, with other numbers, what is due today
    Review,
    /// Print what you have done so far
    Progress(progress::ProgressArgs),
    /// Forget what you have done, in one lesson or all; asks first
    Reset(progress::ResetArgs),
    /// Print the run of a lesson, step by step, for people or programs
    Trace(trace::TraceArgs),
    /// Write the run of a lesson as a report: method, iterations, line searches, ending, map
    Export(export::ExportArgs),
    /// Write a small lesson that works, to change into one of your own
    New(new::NewArgs),
    /// Prove lessons: claims, goals, derivatives, sizes; the shipped ones if no path is given
    Check(check::CheckArgs),
    /// Print the lesson format as a JSON Schema, for editors
    Schema,
    /// Draw what a learner sees after some keys, without a terminal
    Screen(screen::ScreenArgs),
}

/// Runs the program and says how it went.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            // It quotes what was typed.
            let text = Safe::new(&error.render().to_string());
            let bytes = text.as_bytes();
            let written =
                if error.use_stderr() { io::stderr().write_all(bytes) } else { io::stdout().write_all(bytes) };
            return if written.is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let answer = answer(cli, &mut out).and_then(|code| match out.flush() {
        // What a signal ended has its code: a terminal that vanished takes no last byte.
        Err(error) if code < 128 => Err(Failure::Output(error)),
        _ => Ok(code),
    });
    ExitCode::from(match answer {
        Ok(code) => code,
        Err(failure) => say(&failure),
    })
}

fn answer(cli: Cli, out: &mut dyn Write) -> CommandResult {
    let folder = packs::folder(cli.lessons.as_deref());
    fits(&cli)?;
    let pack = || packs::open(folder.as_deref()).map(Arc::new).map_err(Failure::Misuse);
    match cli.command {
        None => learn::home(pack()?, cli.look),
        Some(Command::Learn(args)) => learn::learn(&args, &pack()?, cli.look),
        Some(Command::Sandbox(args)) => sandbox::sandbox(&args, cli.look),
        Some(Command::List) => list::list(&*pack()?, out),
        Some(Command::Review) => learn::review(pack()?, cli.look, out),
        Some(Command::Terms(args)) => terms::terms(&args, cli.look, out),
        Some(Command::Progress(args)) => progress::progress(&args, &*pack()?, out),
        Some(Command::Reset(args)) => progress::reset(&args, &*pack()?, out),
        Some(Command::Trace(args)) => trace::trace(&args, &*pack()?, out),
        Some(Command::Export(args)) => export::export(&args, &*pack()?, cli.look, out),
        Some(Command::New(args)) => new::new(&args, out),
        Some(Command::Check(args)) => check::check(&args, folder.as_deref(), &*pack()?, out),
        Some(Command::Schema) => schema::schema(out),
        Some(Command::Screen(args)) => screen::screen(&args, &pack()?, cli.look, out),
    }
}

/// Refuses the flags for all commands that would change nothing in the one that was given.
fn fits(cli: &Cli) -> Result<(), Failure> {
    const WORDS: &[&str] = &["--glyphs", "--notation"];
    let (look, is_packed) = (cli.look, cli.lessons.is_some());
    let takes_pack = match &cli.command {
        None | Some(Command::Learn(_) | Command::Review) => look.fits_learner().map(|()| true),
        Some(Command::Sandbox(_)) => look.fits_learner().map(|()| false),
        Some(Command::List) => look.only(&[], "in the list").map(|()| true),
        Some(Command::Terms(_)) => look.only(WORDS, "in the terms").map(|()| false),
        Some(Command::Progress(_) | Command::Reset(_)) => look.only(&[], "in what was done").map(|()| true),
        Some(Command::Trace(_)) => look.only(&[], "in a trace").map(|()| true),
        Some(Command::Export(_)) => look.only(&["--glyphs"], "in a report").map(|()| true),
        Some(Command::Check(_)) => look.only(&[], "in what is proved").map(|()| true),
        Some(Command::New(_)) => look.only(&[], "in a new lesson").map(|()| false),
        Some(Command::Schema) => look.only(&[], "in the schema").map(|()| false),
        // What is drawn decides.
        Some(Command::Screen(args)) => Ok(!args.is_sandbox()),
    }?;
    if is_packed && !takes_pack {
        return Err(Failure::Misuse("--lessons changes nothing here: leave it out".into()));
    }
    Ok(())
}

/// Says on standard error why it failed, and returns the exit code.
fn say(failure: &Failure) -> u8 {
    let (text, code) = match failure {
        Failure::Misuse(sentence) => (format!("downhill: {sentence}\n"), 2),
        Failure::Complaints(shown) => (shown.clone(), 1),
        // Whoever reads our output may stop at any time: `downhill trace … | head` is no fault.
        Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => return 0,
        Failure::Output(error) => (format!("downhill: cannot write: {error}\n"), 2),
    };
    // If standard error is gone too, the exit code is all that is left to say. A sentence may quote what strangers wrote.
    let _ = io::stderr().write_all(Safe::new(&text).as_bytes());
    code
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
