//! Predicates on a trace: what a lesson claims, and the engine decides.

pub mod predicate;
pub mod quick;
pub mod watch;
pub mod worded;

use std::sync::Arc;

use serde_json::Value;

use crate::engine::record::Step;
use crate::engine::record::row;
use crate::engine::run::Run;
use crate::engine::theory::Known;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, Quantity, RowClaim};
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Cast;

/// How much of the runs a claim may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// All of them, run to their endings.
    Whole,
    /// Only the steps that were made already, and the ending of a run that stands there; of the row in which a run
    /// stands, what is known on arrival.
    Made,
    /// The steps that were made and the whole row in which a run stands.
    Arrived,
}

/// How much may be read of a row for these quantities: also of the row in which a run stands, where they allow it.
fn reach<'a>(horizon: Horizon, mut quantities: impl Iterator<Item = &'a Quantity>) -> Horizon {
    let is_early = horizon == Horizon::Made && quantities.all(Quantity::is_held_on_arrival);
    if is_early { Horizon::Arrived } else { horizon }
}

/// The same for a claim about one row.
pub(in crate::lesson) fn reach_of(claim: &RowClaim, horizon: Horizon) -> Horizon {
    if claim.trial.is_some() { horizon } else { reach(horizon, std::iter::once(&claim.condition.quantity)) }
}

/// So many rows of a trace are written out to decide one claim; numbers that stand in the record itself are not counted.
const MOST_ROWS: usize = 100_000;

/// Whether a claim holds; or, in words, why that cannot be said.
///
/// With `Horizon::Whole` the runs are advanced as far as the claim needs.
pub fn holds(claim: &Claim, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    cast.read = 0;
    decide(claim, cast, horizon)
}

fn decide(claim: &Claim, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    match claim {
        Claim::Row(claim) => row_holds(claim, cast, horizon),
        Claim::First { run, conditions, iteration } => {
            let index = index(cast, run.as_ref())?;
            let Some(first) = first_row(conditions, cast, index, horizon)? else { return Ok(false) };
            iteration.as_ref().map_or(Ok(true), |wanted| compare(&Value::from(first), wanted, cast, horizon))
        }
        Claim::All(claims) => claims.iter().try_fold(true, |so_far, claim| Ok(so_far && decide(claim, cast, horizon)?)),
        Claim::Any(claims) => {
            claims.iter().try_fold(false, |so_far, claim| Ok(so_far || decide(claim, cast, horizon)?))
        }
        Claim::Not(claim) => Ok(!decide(claim, cast, horizon)?),
    }
}

/// The first row of the run that meets all conditions, by its iteration.
pub fn first_row(
    conditions: &[Condition],
    cast: &mut Cast,
    index: usize,
    horizon: Horizon,
) -> Result<Option<usize>, String> {
    for t in 0.. {
        match meets(conditions, cast, index, t, horizon)? {
            Some(true) => return Ok(Some(t)),
            Some(false) => {}
            None => break,
        }
    }
    Ok(None)
}

/// Whether the row of iteration `t` meets all conditions; `None` if the run has no such row.
pub(in crate::lesson) fn meets(
    conditions: &[Condition],
    cast: &mut Cast,
    index: usize,
    t: usize,
    horizon: Horizon,
) -> Result<Option<bool>, String> {
    let reach = reach(horizon, conditions.iter().map(|condition| &condition.quantity));
    let quick = |step: Arc<Step>| {
        conditions.iter().map(|condition| quick::number(&condition.quantity, t, &step)).collect::<Option<Vec<f64>>>()
    };
    let Some(numbers) = step(cast, index, t, reach).and_then(quick) else {
        let Some(line) = line(cast, index, t, reach)? else { return Ok(None) };
        let all = |so_far, condition| Ok(so_far && condition_holds(condition, &line, cast, horizon)?);
        return conditions.iter().try_fold(true, all).map(Some);
    };
    let all = |so_far, (condition, number): (&Condition, f64)| {
        Ok(so_far && compare(&json_number(number), &condition.comparison, cast, horizon)?)
    };
    conditions.iter().zip(numbers).try_fold(true, all).map(Some)
}

/// Step `t` of a run, where it is a row of its trace.
fn step(cast: &mut Cast, index: usize, t: usize, horizon: Horizon) -> Option<Arc<Step>> {
    let run = &mut cast.runs[index];
    if horizon != Horizon::Made && t >= run.iteration() {
        if horizon == Horizon::Whole {
            run.go_to(t);
        }
        return run.peek().ok().filter(|_| run.iteration() == t).cloned();
    }
    run.past().get(t).cloned()
}

/// Whether the first row that was found is the one that the claim wants.
pub(in crate::lesson) fn first_holds(claim: &Claim, found: Option<usize>, cast: &mut Cast) -> Result<bool, String> {
    match (claim, found) {
        (Claim::First { iteration: Some(wanted), .. }, Some(first)) => {
            compare(&Value::from(first), wanted, cast, Horizon::Made)
        }
        (_, found) => Ok(found.is_some()),
    }
}

/// What a quantity is at a place of a run, as the trace shows it.
pub fn look_up(quantity: &Quantity, run: Option<&Safe>, at: At, cast: &mut Cast) -> Result<Value, String> {
    let index = index(cast, run)?;
    let line = match at {
        At::Iteration(t) => line(cast, index, t, Horizon::Whole)?,
        At::End => end(cast, index, Horizon::Whole),
        At::Every | At::Some => return Err("a number needs one row: at = an iteration, \"start\" or \"end\"".into()),
    };
    let line = line.ok_or_else(|| format!("run {} does not get to {}", cast.names[index].as_str(), at.told()))?;
    follow(quantity, &line)
}

fn row_holds(claim: &RowClaim, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    let index = index(cast, claim.run.as_ref())?;
    match claim.at {
        At::Iteration(t) => match line(cast, index, t, reach_of(claim, horizon))? {
            Some(line) => at_line(claim, &line, cast, horizon),
            None => Ok(false),
        },
        At::End => match end(cast, index, horizon) {
            Some(line) => at_line(claim, &line, cast, horizon),
            None => Ok(false),
        },
        At::Every | At::Some => {
            let wanted = claim.at == At::Some;
            Ok(read_rows(claim, 0, cast, horizon)?.1 == wanted)
        }
    }
}

/// Reads the rows from `first` on until one decides a claim about every row or some row: how far it read, and whether one did.
pub fn read_rows(claim: &RowClaim, first: usize, cast: &mut Cast, horizon: Horizon) -> Result<(usize, bool), String> {
    let index = index(cast, claim.run.as_ref())?;
    let wanted = claim.at == At::Some;
    let reach = reach_of(claim, horizon);
    let mut t = first;
    loop {
        let quick = match claim.trial {
            None => step(cast, index, t, reach).and_then(|step| quick::number(&claim.condition.quantity, t, &step)),
            Some(_) => None,
        };
        let holds = if let Some(number) = quick {
            compare(&json_number(number), &claim.condition.comparison, cast, horizon)?
        } else {
            let Some(line) = line(cast, index, t, reach)? else { return Ok((t, false)) };
            // The last line has no step: what is said of every step passes over it.
            let is_lacking = line.get("reason").is_some() && follow(&claim.condition.quantity, &line).is_err();
            if is_lacking { !wanted } else { at_line(claim, &line, cast, horizon)? }
        };
        if holds == wanted {
            return Ok((t, true));
        }
        t += 1;
    }
}

/// Whether a row, or the trial of it that is meant, meets the condition.
fn at_line(claim: &RowClaim, line: &Value, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    match claim.trial {
        None => condition_holds(&claim.condition, line, cast, horizon),
        Some(number) => match trial(line, number) {
            Some(focused) => condition_holds(&claim.condition, &focused, cast, horizon),
            None => Ok(false),
        },
    }
}

pub(in crate::lesson) fn index(cast: &Cast, run: Option<&Safe>) -> Result<usize, String> {
    cast.index(run).ok_or_else(|| format!("there is no run {}", run.map_or("", Safe::as_str)))
}

/// Line `t` of the trace of a run: its row, or its last line if the run ends there.
fn line(cast: &mut Cast, index: usize, t: usize, horizon: Horizon) -> Result<Option<Value>, String> {
    let known = &cast.known[index];
    let run = &mut cast.runs[index];
    if horizon == Horizon::Whole {
        // The curvature in a row takes most of it.
        cast.read += 1 + run.objective().dimension().min(64).pow(3) / 1000;
        if cast.read > MOST_ROWS {
            return Err(format!("it takes more than {MOST_ROWS} rows of the trace: let the runs stop earlier"));
        }
        if t >= run.iteration() {
            run.go_to(t);
        }
    }
    let is_made = t < run.iteration() || t == run.iteration() && (horizon != Horizon::Made || run.peek().is_err());
    Ok(is_made.then(|| json(run, t, known)).flatten())
}

fn end(cast: &mut Cast, index: usize, horizon: Horizon) -> Option<Value> {
    if horizon == Horizon::Whole {
        cast.runs[index].go_to(usize::MAX);
    }
    let run = &cast.runs[index];
    run.peek().is_err().then(|| json(run, run.iteration(), &cast.known[index]))?
}

fn json(run: &Run, t: usize, known: &Known) -> Option<Value> {
    match run.peek() {
        Err(ending) if t == run.iteration() => serde_json::to_value(row::end_row(run, ending)).ok(),
        _ => serde_json::to_value(row::row(run, t, known)?).ok(),
    }
}

/// The line with `trial` standing for one of its trials, counted from 1.
fn trial(line: &Value, number: usize) -> Option<Value> {
    let trials = line.get("trials").or_else(|| line.get("attempt")?.get("trials"))?;
    let one = trials.get(number.checked_sub(1)?)?.clone();
    let mut focused = line.clone();
    focused.as_object_mut()?.insert("trial".to_owned(), one);
    Some(focused)
}

fn condition_holds(condition: &Condition, line: &Value, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    // The last line has fewer keys than a row: what it does not have, it does not meet.
    let found = match follow(&condition.quantity, line) {
        Err(_) if line.get("reason").is_some() => return Ok(false),
        found => found?,
    };
    compare(&found, &condition.comparison, cast, horizon)
}

fn follow(quantity: &Quantity, line: &Value) -> Result<Value, String> {
    let mut found = line;
    for key in &quantity.path {
        let next = match found {
            Value::Array(entries) => key.parse::<usize>().ok().and_then(|index| entries.get(index)),
            other => other.get(key),
        };
        found = next.ok_or_else(|| format!("the trace has no `{}` here", quantity.text))?;
    }
    Ok(match found {
        Value::Array(entries) if quantity.path == ["trials"] => Value::from(entries.len()),
        found if quantity.is_absolute => row::number(found).map_or(Value::Null, |number| json_number(number.abs())),
        found => found.clone(),
    })
}

fn json_number(number: f64) -> Value {
    serde_json::to_value(row::Number(number)).unwrap_or_default()
}

fn compare(found: &Value, comparison: &Comparison, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    match comparison {
        Comparison::Is(word) => return Ok(found.as_str() == Some(word.as_str())),
        Comparison::Near { point, within } => return Ok(is_near(found, point, *within)),
        _ => {}
    }
    // null is what the trace says where a number does not exist, α* on a saddle say: no comparison holds there.
    let Some(left) = row::number(found) else { return Ok(false) };
    let mut right = |operand: &Operand| operand_value(operand, cast, horizon);
    Ok(match comparison {
        Comparison::Equals { to, within } => {
            right(to)?.is_some_and(|right| left == right || (left - right).abs() <= *within)
        }
        Comparison::Below(to) => right(to)?.is_some_and(|right| left < right),
        Comparison::Above(to) => right(to)?.is_some_and(|right| left > right),
        Comparison::AtMost(to) => right(to)?.is_some_and(|right| left <= right),
        Comparison::AtLeast(to) => right(to)?.is_some_and(|right| left >= right),
        Comparison::Is(_) | Comparison::Near { .. } => false,
    })
}

fn operand_value(operand: &Operand, cast: &mut Cast, horizon: Horizon) -> Result<Option<f64>, String> {
    match operand {
        Operand::Number(number) => Ok(Some(*number)),
        Operand::Elsewhere { run, at, quantity } => {
            let index = index(cast, run.as_ref())?;
            let line = match at {
                At::End => end(cast, index, horizon),
                At::Iteration(t) => line(cast, index, *t, horizon)?,
                At::Every | At::Some => None,
            };
            line.map_or(Ok(None), |line| Ok(row::number(&follow(quantity, &line)?)))
        }
    }
}

fn is_near(found: &Value, point: &[f64], within: f64) -> bool {
    let Value::Array(entries) = found else { return false };
    let is_close =
        |(entry, target): (&Value, &f64)| row::number(entry).is_some_and(|number| (number - target).abs() <= within);
    entries.len() == point.len() && entries.iter().zip(point).all(is_close)
}
