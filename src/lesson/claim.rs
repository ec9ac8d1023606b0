//! Predicates on a trace: what a lesson claims, and the engine decides.

use serde_json::Value;

use crate::engine::row;
use crate::engine::run::Run;
use crate::engine::theory::Known;
use crate::lesson::predicate::{At, Claim, Comparison, Condition, Operand, Quantity, RowClaim};
use crate::lesson::safe::Safe;
use crate::lesson::scenario::Cast;

/// How much of the runs a claim may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// All of them, run to their endings.
    Whole,
    /// Only the steps that were made already, and the ending of a run that stands there.
    Made,
}

/// Whether a claim holds; or, in words, why that cannot be said.
///
/// With `Horizon::Whole` the runs are advanced as far as the claim needs.
pub fn holds(claim: &Claim, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    match claim {
        Claim::Row(claim) => row_holds(claim, cast, horizon),
        Claim::First { run, conditions, iteration } => {
            let index = index(cast, run.as_ref())?;
            let Some(first) = first_row(conditions, cast, index, horizon)? else { return Ok(false) };
            match iteration {
                None => Ok(true),
                Some(comparison) => compare(&Value::from(first), comparison, cast, horizon),
            }
        }
        Claim::All(claims) => claims.iter().try_fold(true, |so_far, claim| Ok(so_far && holds(claim, cast, horizon)?)),
        Claim::Any(claims) => claims.iter().try_fold(false, |so_far, claim| Ok(so_far || holds(claim, cast, horizon)?)),
        Claim::Not(claim) => Ok(!holds(claim, cast, horizon)?),
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
        let Some(line) = line(cast, index, t, horizon) else { break };
        let mut meets = true;
        for condition in conditions {
            meets = meets && condition_holds(condition, &line, cast, horizon)?;
        }
        if meets {
            return Ok(Some(t));
        }
    }
    Ok(None)
}

/// What a quantity is at a place of a run, as the trace shows it.
pub fn look_up(quantity: &Quantity, run: Option<&Safe>, at: At, cast: &mut Cast) -> Result<Value, String> {
    let index = index(cast, run)?;
    let line = match at {
        At::Iteration(t) => line(cast, index, t, Horizon::Whole),
        At::End => end(cast, index, Horizon::Whole),
        At::Every | At::Some => return Err("a number needs one row: at = an iteration, \"start\" or \"end\"".into()),
    };
    let line = line.ok_or_else(|| format!("run {} does not get to {}", cast.names[index].as_str(), told(at)))?;
    follow(quantity, &line)
}

/// A place in words.
fn told(at: At) -> String {
    match at {
        At::Iteration(t) => format!("iteration {t}"),
        At::End => "an end".into(),
        At::Every | At::Some => "such a row".into(),
    }
}

fn row_holds(claim: &RowClaim, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    let index = index(cast, claim.run.as_ref())?;
    let at_line = |line: &Value, cast: &mut Cast| match claim.trial {
        None => condition_holds(&claim.condition, line, cast, horizon),
        Some(number) => match trial(line, number) {
            Some(focused) => condition_holds(&claim.condition, &focused, cast, horizon),
            None => Ok(false),
        },
    };
    match claim.at {
        At::Iteration(t) => match line(cast, index, t, horizon) {
            Some(line) => at_line(&line, cast),
            None => Ok(false),
        },
        At::End => match end(cast, index, horizon) {
            Some(line) => at_line(&line, cast),
            None => Ok(false),
        },
        At::Every | At::Some => {
            let wanted = claim.at == At::Some;
            for t in 0.. {
                let Some(line) = line(cast, index, t, horizon) else { break };
                // The last line has no step: what is said of every step passes over it.
                let is_lacking = line.get("reason").is_some() && follow(&claim.condition.quantity, &line).is_err();
                if !is_lacking && at_line(&line, cast)? == wanted {
                    return Ok(wanted);
                }
            }
            Ok(!wanted)
        }
    }
}

fn index(cast: &Cast, run: Option<&Safe>) -> Result<usize, String> {
    cast.index(run).ok_or_else(|| format!("there is no run {}", run.map_or("", Safe::as_str)))
}

/// Line `t` of the trace of a run: its row, or its last line if the run ends there.
fn line(cast: &mut Cast, index: usize, t: usize, horizon: Horizon) -> Option<Value> {
    let known = &cast.known[index];
    let run = &mut cast.runs[index];
    if t < run.iteration() {
        return json(run, t, known);
    }
    match horizon {
        Horizon::Whole => {
            run.go_to(t);
            (run.iteration() == t).then(|| json(run, t, known))?
        }
        Horizon::Made => (run.iteration() == t && run.peek().is_err()).then(|| json(run, t, known))?,
    }
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
        found if quantity.is_absolute => number(found).map_or(Value::Null, |number| json_number(number.abs())),
        found => found.clone(),
    })
}

fn json_number(number: f64) -> Value {
    serde_json::to_value(row::Number(number)).unwrap_or_default()
}

/// The number that a trace value stands for; "nan" and "inf" are numbers too.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(word) if ["nan", "inf", "-inf"].contains(&word.as_str()) => word.parse().ok(),
        _ => None,
    }
}

fn compare(found: &Value, comparison: &Comparison, cast: &mut Cast, horizon: Horizon) -> Result<bool, String> {
    match comparison {
        Comparison::Is(word) => return Ok(found.as_str() == Some(word.as_str())),
        Comparison::Near { point, within } => return Ok(is_near(found, point, *within)),
        _ => {}
    }
    // null is what the trace says where a number does not exist, α* on a saddle say: no comparison holds there.
    let Some(left) = number(found) else { return Ok(false) };
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
                At::Iteration(t) => line(cast, index, *t, horizon),
                At::Every | At::Some => None,
            };
            line.map_or(Ok(None), |line| Ok(number(&follow(quantity, &line)?)))
        }
    }
}

fn is_near(found: &Value, point: &[f64], within: f64) -> bool {
    let Value::Array(entries) = found else { return false };
    entries.len() == point.len()
        && entries
            .iter()
            .zip(point)
            .all(|(entry, target)| number(entry).is_some_and(|number| (number - target).abs() <= within))
}
