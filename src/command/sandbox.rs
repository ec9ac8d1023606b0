//! `downhill sandbox`: a formula of one's own, any method, and nothing to answer.

use clap::Args;
use unicode_width::UnicodeWidthStr;

use crate::app::room::reopen::Stand;
use crate::app::room::sandbox::empty;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::Cursor;
use crate::app::settings::assign;
use crate::command::answer::{CommandResult, Failure};
use crate::command::learn::{at_terminal, opened};
use crate::command::look::LookArgs;
use crate::command::place::{changes, spot};
use crate::engine::number::coordinates;
use crate::engine::number::numeral;
use crate::engine::rule::method::Half;
use crate::host::learner::Learner;
use crate::lesson::file::safe::Safe;
use crate::lesson::made::sandbox;
use crate::lesson::scenario::Scenario;
use crate::objective::formula::mistake::ParseError;
use crate::objective::function::Objective as _;
use crate::objective::landscape::Landscape;

/// What is descended, from where, and how.
#[derive(Debug, Clone, Default, Args)]
pub struct SandboxArgs {
    /// A formula in x1, x2, … or the name of a landscape, such as himmelblau
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub objective: Option<String>,
    /// Where the run starts, as in 2,1; as many numbers as the formula has variables
    #[arg(long, value_name = "NUMBERS", allow_hyphen_values = true)]
    start: Option<String>,
    /// What the map shows, as in -3,3,-2,2: from, to, for each of two variables
    #[arg(long, value_name = "NUMBERS", allow_hyphen_values = true)]
    window: Option<String>,
    /// The direction rule and its settings, as in momentum:beta=0.5
    #[arg(long, value_name = "RULE")]
    direction: Option<String>,
    /// The step-size rule and its settings, as in backtracking:initial=0.5,tau=0.3
    #[arg(long, value_name = "RULE")]
    step_size: Option<String>,
    /// When the run stops, as in iterations=100,gradient=1e-6
    #[arg(long, value_name = "LIMITS")]
    stop: Option<String>,
}

impl SandboxArgs {
    /// Refuses the flags about a formula where none is given.
    pub fn only_with_objective(&self) -> Result<(), Failure> {
        let given = [
            ("--start", &self.start),
            ("--window", &self.window),
            ("--direction", &self.direction),
            ("--step-size", &self.step_size),
            ("--stop", &self.stop),
        ];
        match given.into_iter().find(|(_, value)| value.is_some() && self.objective.is_none()) {
            Some((flag, _)) => {
                Err(Failure::Misuse(format!("{flag} is for a formula: write --objective and the formula")))
            }
            None => Ok(()),
        }
    }
}

/// The sandbox, and where its run stands.
#[derive(Debug, Args)]
pub struct SandboxCommand {
    #[command(flatten)]
    sandbox: SandboxArgs,
    /// Where its run stands: iteration, or iteration and beat, as in 2.3
    #[arg(long, value_name = "T.B", allow_negative_numbers = true, value_parser = spot)]
    at: Option<Cursor>,
}

/// Opens a sandbox.
pub fn sandbox(args: &SandboxCommand, look: LookArgs) -> CommandResult {
    let session = session(&args.sandbox, args.at, &[])?;
    match &args.sandbox.objective {
        Some(_) => at_terminal(session, look),
        None => opened(session, look, Learner::is_asked_for_formula),
    }
}

/// A sandbox as the flags say; an empty one without an objective.
pub fn session(args: &SandboxArgs, at: Option<Cursor>, set: &[String]) -> Result<Session, Failure> {
    args.only_with_objective()?;
    let mut sitting = match &args.objective {
        None => empty(),
        Some(text) => scenario(text, args).map_err(Failure::Misuse).map(Sitting::sandbox)?,
    }
    .map_err(Failure::Misuse)?;
    let set = changes(&sitting, set).map_err(Failure::Misuse)?;
    sitting.stand(&Stand { set, at, ..Stand::default() }).map_err(Failure::Misuse)?;
    Ok(Session::single(sitting))
}

fn scenario(text: &str, args: &SandboxArgs) -> Result<Scenario, String> {
    let landscape = sandbox::landscape(text);
    let formula = landscape.map_or_else(|| sandbox::formula(text), Landscape::objective);
    let formula = formula.map_err(|error| marked(text, &error))?;
    let dimension = formula.dimension();
    let start = match (&args.start, landscape) {
        (Some(start), _) => coordinates::exactly(start, dimension).map_err(|why| {
            let variables = if dimension == 1 { "variable" } else { "variables" };
            format!("--start: `{}` has {dimension} {variables}. {why}", Safe::line(text))
        })?,
        (None, Some(landscape)) => landscape.start.to_vec(),
        (None, None) => sandbox::start_for(&formula, &[]),
    };
    let window = match (&args.window, landscape) {
        (Some(window), _) => sides(window, dimension)?,
        (None, Some(landscape)) => landscape.window.to_vec(),
        (None, None) => sandbox::window_around(&start),
    };
    let mut run = sandbox::first_run();
    for (half, rule) in [(Half::Direction, &args.direction), (Half::StepSize, &args.step_size)] {
        if let Some(rule) = rule {
            assign::read_rule(half, rule, &mut run.method, &start)
                .map_err(|why| format!("--{}: {why}", half.key().replace('_', "-")))?;
        }
    }
    run.method.refusal().map_or(Ok(()), Err)?;
    if let Some(stop) = &args.stop {
        run.limits = assign::limits(stop).map_err(|why| format!("--stop: {why}"))?;
    }
    Ok(sandbox::scenario(formula.into(), start, window, run))
}

/// What is wrong with a formula, under that the formula with marks, and what to write.
fn marked(text: &str, error: &ParseError) -> String {
    let (told, _) = error.told();
    let (sentences, more) = error.sentences();
    let mut said: Vec<String> = sentences.iter().map(|sentence| Safe::line(sentence).to_string()).collect();
    if more > 0 {
        said.push(format!("… and {more} more"));
    }
    let width = |bytes: std::ops::Range<usize>| Safe::line(text.get(bytes).unwrap_or_default()).width();
    let mut marks = String::new();
    for fault in told {
        let from = width(0..fault.span.start);
        marks.extend(std::iter::repeat_n(' ', from.saturating_sub(marks.len())));
        let to = from + width(fault.span.clone()).max(1);
        marks.extend(std::iter::repeat_n('^', to.saturating_sub(marks.len())));
    }
    let corrected =
        error.corrected.as_ref().map_or_else(String::new, |text| format!("\nin full: {}", Safe::line(text)));
    format!("{}\n  {}\n  {marks}{corrected}", said.join("\n"), Safe::line(text))
}

/// The sides of a window: `-3,3,-2,2`, and as the program and lesson files write them, `[−3, 3], [−2, 2]`, `x₁ −3…3 x₂ −2…2`.
fn sides(text: &str, dimension: usize) -> Result<Vec<[f64; 2]>, String> {
    let wanted = if dimension == 1 { "-3,3" } else { "-3,3,-2,2" };
    let other = |why: &str| format!("--window: {why} Write from and to for each side of the map: {wanted}");
    let is_written = text.contains(['[', '…', '=']);
    let numbers = if is_written {
        // As it is printed and kept in files: what stands between the numbers goes.
        let bare =
            ["window", "x₁", "x₂", "x1", "x2"].iter().fold(text.to_owned(), |text, name| text.replace(name, ";"));
        let parts = bare.split([';', '=', '[', ']', '{', '}', '…', '×']).map(|part| part.trim_matches([' ', ',']));
        let read = |part: &str| {
            if text.contains('…') { numeral::number(part).map(|one| vec![one]) } else { coordinates::list(part) }
        };
        let parts: Result<Vec<Vec<f64>>, String> = parts.filter(|part| !part.is_empty()).map(read).collect();
        parts.map(|parts| parts.concat())
    } else {
        coordinates::exactly(text, 2 * dimension.min(2))
    };
    let numbers = numbers.map_err(|why| other(&why))?;
    let sides: Vec<[f64; 2]> = numbers.chunks_exact(2).map(|side| [side[0], side[1]]).collect();
    let is_sound =
        numbers.len() == 2 * dimension.min(2) && sides.iter().all(|[low, high]| low < high && (high - low).is_finite());
    if is_sound { Ok(sides) } else { Err(other(&format!("`{}` is no window.", Safe::line(text)))) }
}
