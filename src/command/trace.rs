//! `downhill trace`: a run, step by step, for people and programs.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::command::answer::{Answer, Failure, lesson};
use crate::engine::row;
use crate::engine::run::Run;
use crate::export::rows::{self, Format, Trace};
use crate::host::disk;
use crate::lesson::safe::Safe;
use crate::lesson::scenario::cast;
use crate::lesson::schema::Lesson;

/// Which run, and how it is written.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// A lesson's name, the path of a lesson file, or `-` for standard input
    lesson: String,
    /// The scenario; the first one if absent
    #[arg(long)]
    scenario: Option<String>,
    /// The run; the learner's if absent
    #[arg(long)]
    run: Option<String>,
    /// At most so many iterations, instead of the limit in the file
    #[arg(long)]
    iterations: Option<u64>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = FormatArg::Table)]
    format: FormatArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    Table,
    Csv,
    Json,
    Jsonl,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Table => Self::Table,
            FormatArg::Csv => Self::Csv,
            FormatArg::Json => Self::Json,
            FormatArg::Jsonl => Self::JsonLines,
        }
    }
}

/// Prints the trace of a run.
pub fn trace(args: &TraceArgs, out: &mut dyn Write) -> Answer {
    let source = disk::find(&args.lesson).map_err(Failure::Misuse)?;
    let lesson = lesson(&source)?;
    let trace = traced(&lesson, args).map_err(Failure::Misuse)?;
    let mut text = String::new();
    rows::write(&trace, args.format.into(), &mut text)
        .map_err(|_| Failure::Misuse("the trace cannot be written".into()))?;
    out.write_all(text.as_bytes())?;
    Ok(0)
}

fn traced(lesson: &Lesson, args: &TraceArgs) -> Result<Trace, String> {
    let names: Vec<&str> = lesson.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    let scenario = &lesson.scenarios[chosen("scenario", args.scenario.as_deref(), &names)?];
    let names: Vec<&str> = scenario.runs.iter().map(|plan| plan.name.as_str()).collect();
    let index = chosen("run", args.run.as_deref(), &names)?;
    let cast = cast(scenario, &[])?;
    let (run, known) = (&cast.runs[index], &cast.known[index]);
    let mut limits = run.limits().clone();
    limits.iterations = args.iterations.unwrap_or(limits.iterations);
    let run = &mut run.limited(limits);
    // Each row while the run stands there: of steps long past it keeps no large models.
    let mut steps = Vec::new();
    while let Some(row) = row::row(run, run.iteration(), known) {
        steps.push(row);
        run.advance();
    }
    let Some(end) = end(run) else { return Err("the run did not end".into()) };
    let objective = scenario.runs[index].objective.as_ref().unwrap_or(&scenario.objective);
    Ok(Trace {
        lesson: lesson.id.clone(),
        scenario: scenario.name.as_str().to_owned(),
        run: cast.names[index].as_str().to_owned(),
        objective: Safe::line(objective.text()).as_str().to_owned(),
        steps,
        end,
    })
}

fn end(run: &Run) -> Option<row::EndRow> {
    run.peek().err().map(|ending| row::end_row(run, ending))
}

/// The index of the named one; the first if no name is given.
fn chosen(what: &str, wanted: Option<&str>, names: &[&str]) -> Result<usize, String> {
    let Some(wanted) = wanted else { return Ok(0) };
    names
        .iter()
        .position(|name| *name == wanted)
        .ok_or_else(|| format!("there is no {what} `{}`; there are {}", Safe::line(wanted).as_str(), names.join(", ")))
}
