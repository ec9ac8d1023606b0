//! Which run of which lesson, made to its end.

use std::ffi::OsString;
use std::time::Duration;

use clap::Args;

use crate::engine::number::numeral;
use crate::engine::record::row;
use crate::engine::run::Run;
use crate::engine::run::room::ROOM;
use crate::export::rows::Trace;
use crate::host::patience::Deadline;
use crate::lesson::file::read::spelling::cure;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{Cast, Scenario, cast};
use crate::lesson::schema::Lesson;

/// The run that is meant.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A lesson's name, the path of a lesson file, or `-` for standard input
    pub lesson: OsString,
    /// The scenario; the first one if absent
    #[arg(long)]
    scenario: Option<String>,
    /// The run; the learner's if absent
    #[arg(long)]
    run: Option<String>,
    /// At most so many iterations, instead of the limit in the file
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numeral::count)]
    iterations: Option<u64>,
}

/// About so many bytes of rows are written, as JSON counts them, where nobody said how many iterations are wanted.
const MOST_UNASKED: usize = 1 << 20;
/// And where somebody did.
const MOST_ASKED: usize = 128 << 20;
/// No run is waited for any longer.
const LONGEST: Duration = Duration::from_secs(12);

/// A run with all that was said of it.
pub struct Traced {
    /// The scenario with that run alone, limited as was asked.
    pub scenario: Scenario,
    /// The run before its first step, and what is known of its objective.
    pub cast: Cast,
    /// Its trace.
    pub trace: Trace,
}

impl RunArgs {
    /// Makes the run; says in words if there is none of that name.
    pub fn traced(&self, lesson: &Lesson) -> Result<Traced, String> {
        let names: Vec<&str> = lesson.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        let mut scenario = lesson.scenarios[chosen("scenario", self.scenario.as_deref(), &names)?].clone();
        let names: Vec<&str> = scenario.runs.iter().map(|plan| plan.name.as_str()).collect();
        let mut plan = scenario.runs[chosen("run", self.run.as_deref(), &names)?].clone();
        plan.limits.iterations = self.iterations.unwrap_or(plan.limits.iterations);
        // It has its share of the memory, as in the lesson, where it is not alone.
        let share = ROOM / names.len().max(1);
        scenario.runs = vec![plan];
        let cast = cast(&scenario, &[])?;
        let run = &mut cast.runs[0].clone().within(share);
        // Each row while the run stands there: of steps long past it keeps no large models.
        let mut steps = Vec::new();
        let mut room = if self.iterations.is_some() { MOST_ASKED } else { MOST_UNASKED };
        let patience = Deadline::of(LONGEST);
        while run.peek().is_ok() {
            if room > 0
                && let Some(row) = row::row(run, run.iteration(), &cast.known[0])
            {
                room = room.saturating_sub(serde_json::to_string(&row).map_or(0, |text| text.len()));
                steps.push(row);
            }
            run.advance();
            if patience.is_spent() {
                let t = run.iteration();
                return Err(format!(
                    "the run takes long: it was stopped at t = {t} after {} s; --iterations {t} traces it up to there",
                    LONGEST.as_secs()
                ));
            }
        }
        let left_out = run.iteration() - steps.len();
        let Some(end) = end(run) else { return Err("the run did not end".into()) };
        let trace = Trace {
            lesson: lesson.id.clone(),
            scenario: scenario.name.as_str().to_owned(),
            run: cast.names[0].as_str().to_owned(),
            objective: Safe::line(scenario.subject().title()).as_str().to_owned(),
            steps,
            left_out,
            end,
        };
        Ok(Traced { scenario, cast, trace })
    }
}

impl Traced {
    /// What is said of steps that have no row; `None` if each has one.
    pub fn left_out(&self) -> Option<String> {
        let Trace { left_out, steps, .. } = &self.trace;
        let all = steps.len() + left_out;
        (*left_out > 0)
            .then(|| format!("only {} of {all} steps are written; --iterations {all} writes more", steps.len()))
    }
}

fn end(run: &Run) -> Option<row::EndRow> {
    run.peek().err().map(|ending| row::end_row(run, ending))
}

/// The index of the named one; the first if no name is given.
fn chosen(what: &str, wanted: Option<&str>, names: &[&str]) -> Result<usize, String> {
    let Some(wanted) = wanted else { return Ok(0) };
    names.iter().position(|name| *name == wanted).ok_or_else(|| {
        format!("there is no {what} `{}`; {}", Safe::line(wanted).as_str(), cure(wanted, names.iter().copied()))
    })
}
