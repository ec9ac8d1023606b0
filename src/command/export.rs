//! `downhill export`: a run as a report to read, to print, to hand in.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::app::room::sitting::Sitting;
use crate::command::answer::{CommandResult, Failure, lesson, say};
use crate::command::look::LookArgs;
use crate::command::traced::{RunArgs, Traced};
use crate::engine::number::short;
use crate::engine::rule::method::Half;
use crate::engine::theory::Known;
use crate::export::report::{self, Report};
use crate::host::{disk, headless};
use crate::lesson::course::pack::Pack;
use crate::lesson::schema::Lesson;

/// Which run, and how it is written.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    run: RunArgs,
    /// How it is written: md is a report in Markdown
    #[arg(long, value_enum, default_value_t = ExportFormat::Md)]
    format: ExportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Md,
}

/// Columns and rows of the map in a report.
const MAP: (u16, u16) = (72, 24);

/// Writes the report.
pub fn export(args: &ExportArgs, pack: &Pack, look: LookArgs, out: &mut dyn Write) -> CommandResult {
    let source = disk::find(&args.run.lesson, pack).map_err(Failure::Misuse)?;
    let lesson = lesson(&source)?;
    let traced = args.run.traced(&lesson).map_err(Failure::Misuse)?;
    let map = map(&lesson, &traced, look).map_err(Failure::Misuse)?;
    let left_out = traced.left_out();
    let method = traced.cast.runs[0].method();
    let report = Report {
        title: lesson.title.as_str().to_owned(),
        summary: lesson.summary.as_ref().map_or(String::new(), |summary| summary.as_str().to_owned()),
        direction: method.in_words(Half::Direction),
        step_size: method.in_words(Half::StepSize),
        known: known(&traced.cast.known[0]),
        trace: traced.trace,
        map,
    };
    let mut text = String::new();
    let ExportFormat::Md = args.format;
    report::write(&report, &mut text).map_err(|_| Failure::Misuse("the report cannot be written".into()))?;
    out.write_all(text.as_bytes())?;
    say(left_out);
    Ok(0)
}

/// The map of the run at its end, as text.
fn map(lesson: &Lesson, traced: &Traced, look: LookArgs) -> Result<String, String> {
    let alone = Lesson { scenarios: vec![traced.scenario.clone()], pages: Vec::new(), ..lesson.clone() };
    let mut sitting = Sitting::open(alone)?;
    sitting.go_to(usize::MAX);
    Ok(headless::map(&sitting, MAP, look.on_paper()))
}

fn known(known: &Known) -> Vec<String> {
    let number = |name: &str, value: Option<f64>| value.map(|value| format!("{name} = {}", short(value)));
    let point = |point: &Vec<f64>| {
        let coordinates: Vec<String> = point.iter().map(|number| short(*number)).collect();
        format!("a minimum at ({})", coordinates.join(", "))
    };
    [number("L", known.lipschitz), number("μ", known.strong_convexity), number("f*", known.value)]
        .into_iter()
        .flatten()
        .chain(known.points.iter().map(point))
        .collect()
}
