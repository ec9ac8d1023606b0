//! What the trace says where a claim looks: the evidence that a complaint quotes.

use crate::engine::record::quantity::datum::Datum;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, RowClaim};
use crate::lesson::claim::{first_row, look_up};
use crate::lesson::scenario::Cast;

/// What a claim speaks of, as the trace shows it; `None` if no few words can say it.
pub fn witness(claim: &Claim, cast: &mut Cast) -> Option<String> {
    match claim {
        Claim::Row(claim) => of_row(claim, cast),
        Claim::First { run, conditions, .. } => {
            let index = cast.index(run.as_ref())?;
            let first = first_row(conditions, cast, index).ok()?;
            let conditions: Vec<String> = conditions.iter().map(said).collect();
            let when = first.map_or_else(|| "in no row".to_owned(), |t| format!("first at t = {t}"));
            Some(format!("{} {when}", conditions.join(" and ")))
        }
        Claim::All(claims) | Claim::Any(claims) => {
            let found: Vec<String> = claims.iter().filter_map(|claim| witness(claim, cast)).collect();
            (!found.is_empty()).then(|| found.join("; "))
        }
        Claim::Not(claim) => witness(claim, cast),
    }
}

fn of_row(claim: &RowClaim, cast: &mut Cast) -> Option<String> {
    let place = match claim.at {
        At::Iteration(t) => format!("at t = {t}"),
        At::End => "at the end".to_owned(),
        At::Every | At::Some => return None,
    };
    let (quantity, place) = match claim.trial {
        Some(number) => (claim.condition.quantity.of_trial(number), format!("in trial {number} {place}")),
        None => (claim.condition.quantity.clone(), place),
    };
    let run = claim.run.as_ref().map_or_else(String::new, |run| format!(" of run {run}"));
    let found = match look_up(&quantity, claim.run.as_ref(), claim.at, cast) {
        Ok(found) => shown(&found),
        Err(why) => return Some(why),
    };
    Some(format!("{}{run} is {found} {place}", claim.condition.quantity.text()))
}

/// What the trace holds, in few characters.
pub fn shown(found: &Datum) -> String {
    match found {
        Datum::Count(_) | Datum::Number(_) | Datum::Word(_) => {
            found.word().map_or_else(|| brief(found.number().unwrap_or(f64::NAN)), str::to_owned)
        }
        Datum::List(items) => {
            let shown: Vec<String> = items.iter().take(4).map(shown).collect();
            format!("[{}{}]", shown.join(", "), if items.len() > 4 { ", …" } else { "" })
        }
        Datum::Nothing => "nothing".to_owned(),
        Datum::Flag(_) | Datum::Table(_) => {
            let written = serde_json::to_value(found).unwrap_or_default().to_string();
            written.chars().take(60).collect()
        }
    }
}

/// A number with six digits, as short as it can be written.
pub fn brief(number: f64) -> String {
    let rounded: f64 = format!("{number:.5e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-4..1e7).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

/// A condition in words: `value < 0.001`.
pub fn said(condition: &Condition) -> String {
    let quantity = condition.quantity.text();
    match &condition.comparison {
        Comparison::Equals { to, within } if *within > 0.0 => {
            format!("{quantity} = {} ± {}", right(to), brief(*within))
        }
        Comparison::Equals { to, .. } => format!("{quantity} = {}", right(to)),
        Comparison::Below(to) => format!("{quantity} < {}", right(to)),
        Comparison::Above(to) => format!("{quantity} > {}", right(to)),
        Comparison::AtMost(to) => format!("{quantity} ≤ {}", right(to)),
        Comparison::AtLeast(to) => format!("{quantity} ≥ {}", right(to)),
        Comparison::Is(word) => format!("{quantity} is {word}"),
        Comparison::Near { point, within } => {
            let point: Vec<String> = point.iter().map(|number| brief(*number)).collect();
            format!("{quantity} within {} of ({})", brief(*within), point.join(", "))
        }
    }
}

fn right(operand: &Operand) -> String {
    match operand {
        Operand::Number(number) => brief(*number),
        Operand::Elsewhere { run, quantity, .. } => {
            format!("{} of run {}", quantity.text(), run.as_ref().map_or("A", |run| run.as_str()))
        }
    }
}
