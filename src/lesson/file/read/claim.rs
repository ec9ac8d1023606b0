//! A predicate on the trace in a lesson file: a place, a quantity, and exactly one comparison.

use crate::engine::number::counted;
use crate::engine::record::quantity::Quantity;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, RowClaim};
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::format::claim::{COMPARISONS, FORMS};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::length::is_short;
use crate::lesson::file::read::spelling;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Scenario;

/// How deep claims may stand in claims.
const DEEPEST: usize = 8;

/// A claim on the runs of a scenario; an unreadable scenario allows every run.
pub fn claim(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Claim> {
    nested(value, scenario, desk, 0).filter(|claim| is_short(claim, &value.key, desk))
}

fn nested(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>, depth: usize) -> Option<Claim> {
    if depth > DEEPEST {
        desk.fault(&value.key, "claims stand too deep in claims", "write the claim flatter");
        return None;
    }
    of_fields(value.table()?, scenario, desk, depth)
}

/// A claim whose keys stand among others; so many claims stand around it.
pub fn of_fields(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>, depth: usize) -> Option<Claim> {
    let value = FORMS.keys.iter().find_map(|form| fields.get(form))?;
    match value.name {
        "quantity" => row(value, fields, scenario, desk).map(Claim::Row),
        "first" => first(value, fields, scenario, desk),
        "not" => Some(Claim::Not(Box::new(nested(value, scenario, desk, depth + 1)?))),
        form => {
            let claims = all(value, |item| nested(item, scenario, desk, depth + 1))?;
            Some(if form == "all" { Claim::All(claims) } else { Claim::Any(claims) })
        }
    }
}

/// All items of a list; `None` if one of them is at fault, after all were read.
fn all<'d, T>(value: &Value<'d>, read: impl FnMut(&Value<'d>) -> Option<T>) -> Option<Vec<T>> {
    let items = value.list()?;
    let sound: Vec<T> = items.iter().filter_map(read).collect();
    (sound.len() == items.len()).then_some(sound)
}

fn row(value: &Value<'_>, fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<RowClaim> {
    let comparison = comparison(fields, scenario, value.quantity().as_ref(), desk);
    let (run, at, trial, quantity) = placed(value, fields, scenario, desk)?;
    Some(RowClaim { run, at, trial, condition: Condition { quantity, comparison: comparison? } })
}

/// Run, row, trial and quantity.
pub type Placed = (Option<Safe>, At, Option<usize>, Quantity);

/// A quantity with its place, of one row.
pub fn place_of(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Placed> {
    placed(fields.get("quantity")?, fields, scenario, desk)
}

/// The quantity that a value names, with its place.
fn placed(value: &Value<'_>, fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Placed> {
    let at = fields.get("at").and_then(at);
    let run = run(fields, scenario, desk);
    let trial = fields.get("trial");
    let quantity = value.quantity()?;
    match trial {
        None if quantity.is_of_trial() => {
            let message = format!("`{}` needs its trial", quantity.text());
            desk.fault(&value.span, message, "add trial = 1 (they count from 1)");
            return None;
        }
        Some(trial) if !quantity.is_of_trial() => {
            let cure = format!("write \"trial.{}\", or take `trial` out", quantity.text());
            desk.fault(&trial.key, format!("`{}` is no quantity of a trial", quantity.text()), cure);
            return None;
        }
        _ => {}
    }
    Some((run.ok()?, at?, trial.and_then(Value::count).map(|trial| trial as usize), quantity))
}

fn first(value: &Value<'_>, fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Claim> {
    let run = run(fields, scenario, desk);
    let iteration = fields.get("iteration").map(|value| match value.count() {
        Some(count) => Some(Comparison::Equals { to: Operand::Number(count as f64), within: 0.0 }),
        None => comparison(value.table()?, scenario, None, desk),
    });
    let conditions = conditions(value, scenario, desk)?;
    let iteration = match iteration {
        Some(iteration) => Some(iteration?),
        None => None,
    };
    Some(Claim::First { run: run.ok()?, conditions, iteration })
}

/// The conditions of the row that `first` looks for.
pub fn conditions(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Vec<Condition>> {
    all(value, |item| condition(item, scenario, desk))
}

/// A quantity and its comparison.
fn condition(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Condition> {
    let fields = value.table()?;
    let comparison = comparison(fields, scenario, fields.quantity("quantity").as_ref(), desk);
    let named = fields.get("quantity")?;
    let quantity = named.quantity()?;
    if quantity.is_of_trial() {
        desk.fault(&named.span, "`first` is about rows, not about trials", "use { at = 0, trial = 1, quantity = … }");
        return None;
    }
    Some(Condition { quantity, comparison: comparison? })
}

fn at(value: &Value<'_>) -> Option<At> {
    if let Some(t) = value.count() {
        return Some(At::Iteration(t as usize));
    }
    Some(match value.word()? {
        "start" => At::Iteration(0),
        "end" => At::End,
        "every" => At::Every,
        _ => At::Some,
    })
}

/// What is wrong was said already.
pub struct Complained;

/// The run that a claim is about; `None` for the learner's.
pub fn run(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Result<Option<Safe>, Complained> {
    let Some(value) = fields.get("run") else { return Ok(None) };
    let name = value.text().ok_or(Complained)?;
    if let Some(scenario) = scenario
        && !scenario.runs.iter().any(|plan| plan.name == name)
    {
        let cure = spelling::cure(&name, scenario.runs.iter().map(|plan| plan.name.as_str()));
        desk.fault(&value.span, format!("scenario \"{}\" has no run `{name}`", scenario.name), cure);
        return Err(Complained);
    }
    Ok(Some(name))
}

/// The one comparison of a table; `None` if it is at fault, or if there is none or another one.
fn comparison(
    fields: &Fields<'_>,
    scenario: Option<&Scenario>,
    quantity: Option<&Quantity>,
    desk: &mut Desk<'_>,
) -> Option<Comparison> {
    let value = COMPARISONS.keys.iter().find_map(|key| fields.get(key)).filter(|value| !value.is_faulty())?;
    let within = fields.get("within");
    if let Some(within) = within.filter(|_| !["equals", "near"].contains(&value.name)) {
        desk.fault(&within.key, format!("`within` means nothing beside `{}`", value.name), "take it out");
        return None;
    }
    match value.name {
        "is" => value.text().map(Comparison::Is),
        "near" => near(value, within, scenario, quantity, desk),
        name => {
            let to = operand(value, scenario, desk)?;
            Some(match name {
                "equals" => Comparison::Equals { to, within: within.and_then(Value::number).unwrap_or(0.0) },
                "below" => Comparison::Below(to),
                "above" => Comparison::Above(to),
                "at_most" => Comparison::AtMost(to),
                _ => Comparison::AtLeast(to),
            })
        }
    }
}

fn near(
    value: &Value<'_>,
    within: Option<&Value<'_>>,
    scenario: Option<&Scenario>,
    quantity: Option<&Quantity>,
    desk: &mut Desk<'_>,
) -> Option<Comparison> {
    let point = value.numbers()?;
    let is_whole = quantity.is_some_and(Quantity::is_iterate);
    if let Some(dimension) = scenario.map(|scenario| scenario.start.len()).filter(|_| is_whole)
        && dimension != point.len()
    {
        let message = format!("`near` has {} and x has {dimension}", counted(point.len() as u64, "coordinate"));
        desk.fault(&value.span, message, format!("write {}", counted(dimension as u64, "number")));
        return None;
    }
    let Some(within) = within else {
        desk.fault(&value.key, "`near` needs `within`", "add within = 0.01");
        return None;
    };
    Some(Comparison::Near { point, within: within.number()? })
}

fn operand(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Operand> {
    if let Some(number) = value.number() {
        return Some(Operand::Number(number));
    }
    let fields = value.table()?;
    let run = run(fields, scenario, desk).ok()?;
    Some(Operand::Elsewhere { run, at: at(fields.get("at")?)?, quantity: fields.quantity("quantity")? })
}
