//! A predicate on the trace in a lesson file: a place, a quantity, and exactly one comparison.

use crate::engine::number::counted;
use crate::engine::record::quantity::Quantity;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, RowClaim};
use crate::lesson::file::format::claim::{CLAIM, COMPARISONS, CONDITION, FORMS, ITERATION, RIGHT_SIDE};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::Fields;
use crate::lesson::file::read::length::is_short;
use crate::lesson::file::read::quantity::quantity;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;
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
    let mut fields = value.table(desk, &CLAIM)?;
    let claim = of_fields(&mut fields, scenario, desk, depth);
    fields.finish(desk);
    claim
}

/// A claim whose keys stand among others; so many claims stand around it.
pub fn of_fields(
    fields: &mut Fields<'_>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
    depth: usize,
) -> Option<Claim> {
    let forms: Vec<(&str, Value<'_>)> =
        FORMS.into_iter().filter_map(|form| Some((form, fields.take(desk, form)?))).collect();
    let [(form, value)] = &forms[..] else {
        match forms.get(1) {
            Some((_, second)) => desk.fault(
                &second.key,
                format!("`{}` and `{}` stand in one claim", forms[0].0, second.name),
                "combine claims with all = [ {…}, {…} ]",
            ),
            None => desk.fault(
                fields.place(),
                "a claim says nothing",
                "write { at = 0, quantity = \"value\", below = 1 }, or first, all, any, not",
            ),
        }
        fields.rest(desk);
        return None;
    };
    match *form {
        "quantity" => row(value, fields, scenario, desk).map(Claim::Row),
        "first" => first(value, fields, scenario, desk),
        "not" => Some(Claim::Not(Box::new(nested(value, scenario, desk, depth + 1)?))),
        _ => {
            let claims = some_of(value, desk, |item, desk| nested(item, scenario, desk, depth + 1))?;
            Some(if *form == "all" { Claim::All(claims) } else { Claim::Any(claims) })
        }
    }
}

/// A list that is not empty.
fn some_of<'d, T>(
    value: &Value<'d>,
    desk: &mut Desk<'_>,
    read: impl Fn(&Value<'d>, &mut Desk<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let items = value.all(desk, read)?;
    if items.is_empty() {
        desk.fault(&value.span, format!("`{}` is empty", value.name), "put at least one { … } in it");
        return None;
    }
    Some(items)
}

fn row(
    value: &Value<'_>,
    fields: &mut Fields<'_>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> Option<RowClaim> {
    let place = row_place(value, fields, scenario, desk);
    let comparison = comparison(fields, scenario, place.quantity.as_ref(), desk);
    let (run, at, trial, quantity) = place.whole(value, desk)?;
    Some(RowClaim { run, at, trial, condition: Condition { quantity, comparison: comparison? } })
}

/// Run, row, trial and quantity.
pub type Placed = (Option<Safe>, At, Option<usize>, Quantity);

/// A quantity with its place, of one row.
pub fn place_of(fields: &mut Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Placed> {
    let value = fields.need(desk, "quantity", "quantity = \"trials\"")?;
    let place = row_place(&value, fields, scenario, desk);
    if let Some(at @ (At::Every | At::Some)) = place.at {
        let word = if at == At::Every { "every" } else { "some" };
        let message = format!("one row is needed, not \"{word}\"");
        desk.fault(&value.span, message, "write an iteration, \"start\" or \"end\"");
        return None;
    }
    place.whole(&value, desk)
}

/// The place of a quantity as far as it could be read.
struct RunPlace<'d> {
    run: Result<Option<Safe>, Complained>,
    at: Option<At>,
    trial: Option<Value<'d>>,
    quantity: Option<Quantity>,
}

fn row_place<'d>(
    value: &Value<'_>,
    fields: &mut Fields<'d>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> RunPlace<'d> {
    let at = fields.need(desk, "at", "at = 0, \"start\", \"end\", \"every\" or \"some\"");
    let at = at.and_then(|at| place(&at, desk));
    let run = run(fields, scenario, desk);
    let trial = fields.take(desk, "trial");
    RunPlace { run, at, trial, quantity: quantity(value, desk) }
}

impl RunPlace<'_> {
    fn whole(self, value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Placed> {
        let quantity = self.quantity?;
        match &self.trial {
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
        let trial = match self.trial {
            Some(trial) => Some(trial.count(desk)? as usize),
            None => None,
        };
        Some((self.run.ok()?, self.at?, trial, quantity))
    }
}

fn first(
    value: &Value<'_>,
    fields: &mut Fields<'_>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> Option<Claim> {
    let run = run(fields, scenario, desk);
    let iteration = match fields.take(desk, "iteration") {
        None => Some(None),
        Some(value) if value.is_number() => {
            value.count(desk).map(|count| Some(Comparison::Equals { to: Operand::Number(count as f64), within: 0.0 }))
        }
        Some(value) => value.table(desk, &ITERATION).and_then(|mut fields| {
            let comparison = comparison(&mut fields, scenario, None, desk);
            fields.finish(desk);
            comparison.map(Some)
        }),
    };
    let conditions = conditions(value, scenario, desk)?;
    Some(Claim::First { run: run.ok()?, conditions, iteration: iteration? })
}

/// The conditions of the row that `first` looks for.
pub fn conditions(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Vec<Condition>> {
    some_of(value, desk, |item, desk| condition(item, scenario, desk))
}

/// A quantity and its comparison.
fn condition(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Condition> {
    let mut fields = value.table(desk, &CONDITION)?;
    let named = fields.take(desk, "quantity");
    let quantity = named.as_ref().and_then(|value| quantity(value, desk));
    let comparison = comparison(&mut fields, scenario, quantity.as_ref(), desk);
    fields.finish(desk);
    let quantity = quantity?;
    if quantity.is_of_trial() {
        desk.fault(&named?.span, "`first` is about rows, not about trials", "use { at = 0, trial = 1, quantity = … }");
        return None;
    }
    Some(Condition { quantity, comparison: comparison? })
}

fn place(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<At> {
    if value.is_number() {
        return value.count(desk).map(|t| At::Iteration(t as usize));
    }
    Some(match value.word_of(desk, &["start", "end", "every", "some"])? {
        "start" => At::Iteration(0),
        "end" => At::End,
        "every" => At::Every,
        _ => At::Some,
    })
}

/// What is wrong was said already.
pub struct Complained;

/// The run that a claim is about; `None` for the learner's.
pub fn run(
    fields: &mut Fields<'_>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> Result<Option<Safe>, Complained> {
    let Some(value) = fields.take(desk, "run") else { return Ok(None) };
    let Some(name) = value.line(desk) else { return Err(Complained) };
    if let Some(scenario) = scenario
        && !scenario.runs.iter().any(|plan| plan.name == name)
    {
        let cure = spelling::cure(&name, scenario.runs.iter().map(|plan| plan.name.as_str()));
        desk.fault(&value.span, format!("scenario \"{}\" has no run `{name}`", scenario.name), cure);
        return Err(Complained);
    }
    Ok(Some(name))
}

fn comparison(
    fields: &mut Fields<'_>,
    scenario: Option<&Scenario>,
    quantity: Option<&Quantity>,
    desk: &mut Desk<'_>,
) -> Option<Comparison> {
    let within = fields.take(desk, "within");
    let found: Vec<Value<'_>> = COMPARISONS.into_iter().filter_map(|key| fields.take(desk, key)).collect();
    let [value] = &found[..] else {
        let cure = format!("there are {}", spelling::listed(COMPARISONS));
        match found.get(1) {
            Some(second) => {
                let message = format!("`{}` and `{}` are two comparisons", found[0].name, second.name);
                desk.fault(&second.key, message, "keep one");
            }
            None => desk.fault(fields.place(), "a comparison is missing", cure),
        }
        return None;
    };
    let within = match within {
        Some(within) if !["equals", "near"].contains(&value.name.as_str()) => {
            desk.fault(&within.key, format!("`within` means nothing beside `{}`", value.name), "take it out");
            return None;
        }
        Some(within) => Some(within.size(desk)?),
        None => None,
    };
    match value.name.as_str() {
        "is" => value.line(desk).map(Comparison::Is),
        "near" => near(value, within, scenario, quantity, desk),
        "equals" => Some(Comparison::Equals { to: operand(value, scenario, desk)?, within: within.unwrap_or(0.0) }),
        "below" => operand(value, scenario, desk).map(Comparison::Below),
        "above" => operand(value, scenario, desk).map(Comparison::Above),
        "at_most" => operand(value, scenario, desk).map(Comparison::AtMost),
        _ => operand(value, scenario, desk).map(Comparison::AtLeast),
    }
}

fn near(
    value: &Value<'_>,
    within: Option<f64>,
    scenario: Option<&Scenario>,
    quantity: Option<&Quantity>,
    desk: &mut Desk<'_>,
) -> Option<Comparison> {
    let point = value.numbers(desk)?;
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
    Some(Comparison::Near { point, within })
}

fn operand(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Operand> {
    if value.as_str().is_some() {
        let message = format!("`{}` compares numbers, not words", value.name);
        desk.fault(&value.span, message, "write `is` for words; numbers stand without quotes");
        return None;
    }
    if !value.is_table() {
        return value.number(desk).map(Operand::Number);
    }
    let mut fields = value.table(desk, &RIGHT_SIDE)?;
    let run = run(&mut fields, scenario, desk);
    let at = fields.get(desk, "at", |at, desk| match place(at, desk)? {
        At::Every | At::Some => {
            desk.fault(&at.span, "a number stands in one row only", "write an iteration, \"start\" or \"end\"");
            None
        }
        place => Some(place),
    });
    let quantity = fields.get(desk, "quantity", quantity);
    fields.finish(desk);
    Some(Operand::Elsewhere { run: run.ok()?, at: at?, quantity: quantity? })
}
