//! `downhill trace`: a run, step by step, for people and programs.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::command::answer::{CommandResult, Failure, lesson, say};
use crate::command::traced::RunArgs;
use crate::export::rows::{self, Format};
use crate::host::disk;
use crate::lesson::course::pack::Pack;

/// Which run, and how it is written.
#[derive(Debug, Args)]
pub struct TraceArgs {
    #[command(flatten)]
    run: RunArgs,
    /// How it is written
    #[arg(long, value_enum, default_value_t = TraceFormat::Table)]
    format: TraceFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TraceFormat {
    Table,
    Csv,
    Json,
    Jsonl,
}

impl From<TraceFormat> for Format {
    fn from(format: TraceFormat) -> Self {
        match format {
            TraceFormat::Table => Self::Table,
            TraceFormat::Csv => Self::Csv,
            TraceFormat::Json => Self::Json,
            TraceFormat::Jsonl => Self::JsonLines,
        }
    }
}

/// Prints the trace of a run.
pub fn trace(args: &TraceArgs, pack: &Pack, out: &mut dyn Write) -> CommandResult {
    let source = disk::find(&args.run.lesson, pack).map_err(Failure::Misuse)?;
    let lesson = lesson(&source)?;
    let traced = args.run.traced(&lesson).map_err(Failure::Misuse)?;
    let mut text = String::new();
    rows::write(&traced.trace, args.format.into(), &mut text)
        .map_err(|_| Failure::Misuse("the trace cannot be written".into()))?;
    out.write_all(text.as_bytes())?;
    say(traced.left_out());
    Ok(0)
}
