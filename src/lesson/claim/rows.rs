//! The rows of runs, as far as a claim may read them, and what conditions ask of one.

use crate::engine::record::quantity::Quantity;
use crate::engine::record::quantity::costly::Costly;
use crate::engine::record::quantity::datum::Datum;
use crate::engine::record::quantity::read::RowReader;
use crate::lesson::claim::predicate::{At, Comparison, Condition, Operand, RowClaim};
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

/// So many rows of a trace are read to decide one claim; numbers that stand in the record itself are not counted.
const MOST_ROWS: usize = 100_000;

/// How much may be read of a row for these quantities: also of the row in which a run stands, where they allow it.
fn reach<'a>(horizon: Horizon, mut quantities: impl Iterator<Item = &'a Quantity>) -> Horizon {
    let is_early = horizon == Horizon::Made && quantities.all(Quantity::is_held_on_arrival);
    if is_early { Horizon::Arrived } else { horizon }
}

/// The same for a claim about one row.
pub(in crate::lesson) fn reach_of(claim: &RowClaim, horizon: Horizon) -> Horizon {
    if claim.trial.is_some() { horizon } else { reach(horizon, std::iter::once(&claim.condition.quantity)) }
}

/// The index of the run that is meant; or, in words, that there is none.
pub(in crate::lesson) fn index(cast: &Cast, run: Option<&Safe>) -> Result<usize, String> {
    cast.index(run).ok_or_else(|| format!("there is no run {}", run.map_or("", Safe::as_str)))
}

/// Whether the run has row `t`, advanced as far as the horizon allows. `is_recorded` says that a row of a step would be
/// read without computing anything, so that it is not counted.
fn has_row(cast: &mut Cast, index: usize, t: usize, horizon: Horizon, is_recorded: bool) -> Result<bool, String> {
    let run = &mut cast.runs[index];
    if horizon == Horizon::Whole && t >= run.iteration() {
        run.go_to(t);
    }
    let stands = t == run.iteration();
    let is_step = t < run.iteration() || stands && run.peek().is_ok();
    if horizon == Horizon::Whole && !(is_recorded && is_step) {
        // The curvature in a row takes most of it.
        cast.read += 1 + run.objective().dimension().min(64).pow(3) / 1000;
        if cast.read > MOST_ROWS {
            return Err(format!("it takes more than {MOST_ROWS} rows of the trace: let the runs stop earlier"));
        }
    }
    Ok(t < run.iteration() || stands && (horizon != Horizon::Made || !is_step))
}

/// The iteration of the row at a place, where the run has it within the horizon.
pub(in crate::lesson) fn row_at(
    cast: &mut Cast,
    index: usize,
    at: At,
    horizon: Horizon,
) -> Result<Option<usize>, String> {
    match at {
        At::Iteration(t) => Ok(has_row(cast, index, t, horizon, false)?.then_some(t)),
        At::End => {
            let run = &mut cast.runs[index];
            if horizon == Horizon::Whole {
                run.go_to(usize::MAX);
            }
            Ok(run.peek().is_err().then_some(run.iteration()))
        }
        At::Every | At::Some => Ok(None),
    }
}

/// What row `t` of a run says of a quantity; or, in words, that it says nothing.
pub(in crate::lesson) fn read(quantity: &Quantity, cast: &Cast, index: usize, t: usize) -> Result<Datum, String> {
    let costly = Costly::default();
    let row = RowReader::new(&cast.runs[index], t, &cast.known[index], &costly);
    row.and_then(|row| quantity.read(&row)).ok_or_else(|| lacking(quantity))
}

fn lacking(quantity: &Quantity) -> String {
    format!("the trace has no `{}` here", quantity.text())
}

/// Whether row `t` of a run meets all conditions; `None` if the run has no such row.
pub(in crate::lesson) fn meets(
    conditions: &[Condition],
    cast: &mut Cast,
    index: usize,
    t: usize,
    horizon: Horizon,
) -> Result<Option<bool>, String> {
    let quantities = || conditions.iter().map(|condition| &condition.quantity);
    if !has_row(cast, index, t, reach(horizon, quantities()), quantities().all(Quantity::is_recorded))? {
        return Ok(None);
    }
    let costly = Costly::default();
    for condition in conditions {
        if !condition_holds(condition, None, (index, t), &costly, cast, horizon)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// Whether row `t`, or the trial of it that is meant, meets the condition of a claim.
pub(in crate::lesson) fn row_meets(
    claim: &RowClaim,
    cast: &mut Cast,
    index: usize,
    t: usize,
    horizon: Horizon,
) -> Result<bool, String> {
    condition_holds(&claim.condition, claim.trial, (index, t), &Costly::default(), cast, horizon)
}

/// Whether row `t` meets the condition of a claim about every row or some row; `None` if the run has no such row. The last
/// row has no step: what is said of every step passes over it.
pub(in crate::lesson) fn each_meets(
    claim: &RowClaim,
    cast: &mut Cast,
    index: usize,
    t: usize,
    horizon: Horizon,
) -> Result<Option<bool>, String> {
    let quantity = &claim.condition.quantity;
    let is_recorded = claim.trial.is_none() && quantity.is_recorded();
    if !has_row(cast, index, t, reach_of(claim, horizon), is_recorded)? {
        return Ok(None);
    }
    let costly = Costly::default();
    let row = RowReader::new(&cast.runs[index], t, &cast.known[index], &costly);
    let is_lacking = row.is_some_and(|row| row.is_end() && (claim.trial.is_some() || quantity.read(&row).is_none()));
    if is_lacking {
        return Ok(Some(claim.at == At::Every));
    }
    condition_holds(&claim.condition, claim.trial, (index, t), &costly, cast, horizon).map(Some)
}

fn condition_holds(
    condition: &Condition,
    trial: Option<usize>,
    (index, t): (usize, usize),
    costly: &Costly,
    cast: &mut Cast,
    horizon: Horizon,
) -> Result<bool, String> {
    let row = RowReader::new(&cast.runs[index], t, &cast.known[index], costly);
    let row = row.and_then(|row| trial.map_or(Some(row), |number| row.of_trial(number)));
    let Some(row) = row else { return Ok(false) };
    match condition.quantity.read(&row) {
        Some(found) => compare(&found, &condition.comparison, cast, horizon),
        // The last row has fewer keys: what it does not have, it does not meet.
        None if row.is_end() => Ok(false),
        None => Err(lacking(&condition.quantity)),
    }
}

/// Whether what was found is what is wanted.
pub(in crate::lesson) fn compare(
    found: &Datum,
    comparison: &Comparison,
    cast: &mut Cast,
    horizon: Horizon,
) -> Result<bool, String> {
    match comparison {
        Comparison::Is(word) => return Ok(found.word() == Some(word.as_str())),
        Comparison::Near { point, within } => return Ok(is_near(found, point, *within)),
        _ => {}
    }
    // No comparison holds where a number does not exist, α* on a saddle say.
    let Some(left) = found.number() else { return Ok(false) };
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
            let Some(t) = row_at(cast, index, *at, horizon)? else { return Ok(None) };
            Ok(read(quantity, cast, index, t)?.number())
        }
    }
}

fn is_near(found: &Datum, point: &[f64], within: f64) -> bool {
    let Some(entries) = found.list() else { return false };
    let is_close =
        |(entry, target): (&Datum, &f64)| entry.number().is_some_and(|number| (number - target).abs() <= within);
    entries.len() == point.len() && entries.iter().zip(point).all(is_close)
}
