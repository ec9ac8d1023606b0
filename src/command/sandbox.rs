//! `downhill sandbox`: a formula of one's own, any method, and nothing to answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use unicode_width::UnicodeWidthStr;

use crate::app::assign;
use crate::app::cursor::Cursor;
use crate::app::reopen::Stand;
use crate::app::sandbox::empty;
use crate::app::session::Session;
use crate::app::sitting::Sitting;
use crate::command::answer::{Answer, Failure};
use crate::command::learn::{at_terminal, opened};
use crate::command::look::LookArgs;
use crate::command::place::spot;
use crate::engine::method::Half;
use crate::engine::stop::Limits;
use crate::host::learner::Learner;
use crate::lesson::safe::Safe;
use crate::lesson::sandbox;
use crate::lesson::schema::Scenario;
use crate::objective::function::Formula;
use crate::objective::mistake::ParseError;

/// What is descended, from where, and how.
#[derive(Debug, Clone, Default, Args)]
pub struct SandboxArgs {
    /// A formula in x1, x2, … or the name of a landscape, such as himmelblau
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub objective: Option<String>,
    /// Where the run starts, as in 2,1; as many numbers as the formula has variables
    #[arg(long, value_name = "NUMBERS", allow_hyphen_values = true, requires = "objective")]
    start: Option<String>,
    /// What the map shows, as in -3,3,-2,2: from, to, for each of two variables
    #[arg(long, value_name = "NUMBERS", allow_hyphen_values = true, requires = "objective")]
    window: Option<String>,
    /// The direction rule and its settings, as in momentum:beta=0.5
    #[arg(long, value_name = "RULE", requires = "objective")]
    direction: Option<String>,
    /// The step-size rule and its settings, as in backtracking:initial=0.5,tau=0.3
    #[arg(long, value_name = "RULE", requires = "objective")]
    step_size: Option<String>,
    /// When the run stops, as in iterations=100,gradient=1e-6
    #[arg(long, value_name = "LIMITS", requires = "objective")]
    stop: Option<String>,
}

/// The sandbox, and where its run stands.
#[derive(Debug, Args)]
pub struct SandboxCommand {
    #[command(flatten)]
    sandbox: SandboxArgs,
    /// Where its run stands: iteration, or iteration and beat, as in 2.3
    #[arg(long, value_name = "T.B", value_parser = spot)]
    at: Option<Cursor>,
}

/// Opens a sandbox.
pub fn sandbox(args: &SandboxCommand, look: LookArgs) -> Answer {
    let session = session(&args.sandbox, args.at)?;
    match &args.sandbox.objective {
        Some(_) => at_terminal(session, look),
        None => opened(session, look, Learner::is_asked_for_formula),
    }
}

/// A sandbox as the flags say; an empty one without an objective.
pub fn session(args: &SandboxArgs, at: Option<Cursor>) -> Result<Session, Failure> {
    let mut sitting = match &args.objective {
        None => empty(),
        Some(text) => scenario(text, args).map_err(Failure::Misuse).map(Sitting::sandbox)?,
    }
    .map_err(Failure::Misuse)?;
    sitting.stand(&Stand { at, ..Stand::default() }).map_err(Failure::Misuse)?;
    Ok(Session::single(sitting))
}

fn scenario(text: &str, args: &SandboxArgs) -> Result<Scenario, String> {
    let landscape = sandbox::landscape(text);
    let given = args.start.as_deref().map(assign::numbers).transpose()?;
    let formula = match (landscape, &given) {
        (Some(landscape), _) => landscape.objective(),
        (None, Some(start)) if !start.is_empty() => Formula::parse(text, start.len(), &BTreeMap::new()),
        (None, _) => sandbox::formula(text),
    };
    let formula = formula.map_err(|error| marked(text, &error))?;
    let start = match (given, landscape) {
        (Some(start), _) => start,
        (None, Some(landscape)) => landscape.start.to_vec(),
        (None, None) => sandbox::start_for(&formula, &[]),
    };
    let dimension = crate::objective::function::Objective::dimension(&formula);
    if start.len() != dimension {
        return Err(format!("`{}` has {dimension} coordinates and the start {}", Safe::line(text), start.len()));
    }
    let window = match (&args.window, landscape) {
        (Some(window), _) => sides(window, dimension)?,
        (None, Some(landscape)) => landscape.window.to_vec(),
        (None, None) => sandbox::window_around(&start),
    };
    let mut run = sandbox::first_run();
    for (half, rule) in [(Half::Direction, &args.direction), (Half::StepSize, &args.step_size)] {
        if let Some(rule) = rule {
            assign::read_rule(half, rule, &mut run.method)
                .map_err(|why| format!("--{}: {why}", half.key().replace('_', "-")))?;
        }
    }
    run.method.refusal().map_or(Ok(()), Err)?;
    run.limits = args.stop.as_deref().map_or(Ok(run.limits), limits)?;
    Ok(sandbox::scenario(Arc::new(formula), start, window, run))
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

fn sides(text: &str, dimension: usize) -> Result<Vec<[f64; 2]>, String> {
    let numbers = assign::numbers(text)?;
    let sides: Vec<[f64; 2]> = numbers.chunks_exact(2).map(|side| [side[0], side[1]]).collect();
    let is_sound =
        numbers.len() == 2 * dimension.min(2) && sides.iter().all(|[low, high]| low < high && (high - low).is_finite());
    if is_sound {
        return Ok(sides);
    }
    let wanted = if dimension == 1 { "-3,3" } else { "-3,3,-2,2" };
    Err(format!("`{}` is no window: write from and to for each side of the map: {wanted}", Safe::line(text)))
}

fn limits(text: &str) -> Result<Limits, String> {
    let mut source = String::new();
    for part in text.split(',') {
        source.push_str(part);
        source.push('\n');
    }
    let limits: Limits = toml::from_str(&source).map_err(|error| {
        let text = Safe::line(text);
        format!("`{text}` says not when to stop: {}; write iterations=100,gradient=1e-6", error.message())
    })?;
    let sizes = [limits.gradient, limits.step];
    if sizes.iter().any(|size| !(size.is_finite() && *size >= 0.0)) || limits.value.is_some_and(f64::is_nan) {
        return Err("--stop: gradient and step are numbers, 0 or above".into());
    }
    Ok(limits)
}
