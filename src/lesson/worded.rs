//! Claims, and what the runs show of them, in the words of the course rather than in those of the trace.

use serde_json::Value;

use crate::engine::number::{counted, trimmed};
use crate::lesson::check::witness;
use crate::lesson::claim::{self, Horizon, look_up};
use crate::lesson::grade::Answer;
use crate::lesson::predicate::{At, Claim, Comparison, Condition, Operand, Quantity, RowClaim};
use crate::lesson::question::{Ask, Kind, Sought, Truth};
use crate::lesson::safe::Safe;
use crate::lesson::scenario::Cast;

/// The digits of a number in a sentence.
const DIGITS: usize = 6;

/// A quantity as the course writes it: `f`, `‖∇f‖`, `x₁`, `evaluations of f`; of a rival with its name.
pub fn name(quantity: &Quantity, run: Option<&Safe>) -> String {
    let path: Vec<&str> = quantity.path.iter().map(String::as_str).collect();
    let bare = match path[..] {
        ["iteration"] => "t".to_owned(),
        ["value"] => "f".to_owned(),
        ["gradient"] => "∇f".to_owned(),
        ["gradient_norm"] => "‖∇f‖".to_owned(),
        ["gradient_norm_inf"] => "‖∇f‖∞".to_owned(),
        ["slope"] => "∇fᵀd".to_owned(),
        ["direction"] => "d".to_owned(),
        ["alpha"] => "α".to_owned(),
        ["alpha_star"] => "α*".to_owned(),
        ["change"] => "the change of f".to_owned(),
        ["angle_degrees"] => "the angle between d and −∇f, in degrees,".to_owned(),
        ["trials"] => "the number of trials".to_owned(),
        ["evaluations", asked] => evaluations(asked).to_owned(),
        ["reason"] => "the ending".to_owned(),
        ["point"] => "the kind of point".to_owned(),
        ["x", index] => format!("x{}", subscript(index)),
        ["direction", index] => format!("d{}", subscript(index)),
        ["gradient", index] => format!("component {} of ∇f", number_of(index)),
        _ => quantity.text.clone(),
    };
    let bare = if quantity.is_absolute && bare != quantity.text { format!("|{bare}|") } else { bare };
    run.map_or(bare.clone(), |run| format!("{bare} of run {run}"))
}

fn evaluations(asked: &str) -> &'static str {
    match asked {
        "gradient" => "evaluations of ∇f",
        "hessian" => "evaluations of ∇²f",
        _ => "evaluations of f",
    }
}

/// The number of an index, from 1.
fn number_of(index: &str) -> usize {
    index.parse().unwrap_or(0) + 1
}

fn subscript(index: &str) -> String {
    let digits = number_of(index).to_string();
    digits.chars().filter_map(|digit| "₀₁₂₃₄₅₆₇₈₉".chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// What a quantity must be: `< 0.001`.
fn wanted(comparison: &Comparison) -> String {
    let right = |operand: &Operand| match operand {
        Operand::Number(number) => trimmed(*number, DIGITS),
        Operand::Elsewhere { run, at, quantity } => format!("{} {}", name(quantity, run.as_ref()), place(*at)),
    };
    match comparison {
        Comparison::Equals { to, within } if *within > 0.0 => format!("= {} ± {}", right(to), trimmed(*within, DIGITS)),
        Comparison::Equals { to, .. } => format!("= {}", right(to)),
        Comparison::Below(to) => format!("< {}", right(to)),
        Comparison::Above(to) => format!("> {}", right(to)),
        Comparison::AtMost(to) => format!("≤ {}", right(to)),
        Comparison::AtLeast(to) => format!("≥ {}", right(to)),
        Comparison::Is(word) => format!("= {}", word.as_str().replace('-', " ")),
        Comparison::Near { point, within } => {
            let point: Vec<String> = point.iter().map(|number| trimmed(*number, DIGITS)).collect();
            format!("within {} of ({})", trimmed(*within, DIGITS), point.join(", "))
        }
    }
}

/// A condition: `f < 0.001`.
pub fn condition(condition: &Condition, run: Option<&Safe>) -> String {
    format!("{} {}", name(&condition.quantity, run), wanted(&condition.comparison))
}

fn place(at: At) -> String {
    match at {
        At::Iteration(t) => format!("at t = {t}"),
        At::End => "at the end".into(),
        At::Every => "in every iteration".into(),
        At::Some => "in some iteration".into(),
    }
}

/// What the trace holds, as a sentence writes it.
fn value(found: &Value) -> String {
    match (claim::number(found), found) {
        (Some(number), _) => trimmed(number, DIGITS),
        (None, Value::Array(items)) if !items.is_empty() && items.len() <= 4 => {
            format!("({})", items.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        (None, Value::String(word)) => word.replace('-', " "),
        (None, found) => witness::shown(found),
    }
}

/// What a run shows at one place: `f = 2.67484`; or, in words, why there is nothing.
fn found(quantity: &Quantity, run: Option<&Safe>, at: At, cast: &mut Cast) -> Result<String, String> {
    look_up(quantity, run, at, cast).map(|found| format!("{} = {}", name(quantity, run), value(&found)))
}

/// What the runs show of a claim, true or not: `At t = 2, f = 2.67484.`; `None` if no few words can say it.
pub fn shows(claim: &Claim, cast: &mut Cast) -> Option<String> {
    match claim {
        Claim::Row(row) => of_row(row, cast),
        Claim::First { run, conditions, .. } => {
            let index = cast.index(run.as_ref())?;
            let first = claim::first_row(conditions, cast, index, Horizon::Whole).ok()?;
            Some(first_of(conditions, run.as_ref(), first))
        }
        Claim::All(claims) | Claim::Any(claims) => {
            let mut told: Vec<String> = Vec::new();
            for sentence in claims.iter().filter_map(|claim| shows(claim, cast)) {
                if !told.contains(&sentence) {
                    told.push(sentence);
                }
            }
            (!told.is_empty()).then(|| told.join(" "))
        }
        Claim::Not(claim) => shows(claim, cast),
    }
}

fn of_row(row: &RowClaim, cast: &mut Cast) -> Option<String> {
    let run = row.run.as_ref();
    if matches!(row.at, At::Every | At::Some) {
        let (t, is_decided) = claim::read_rows(row, 0, cast, Horizon::Whole).ok()?;
        let said = condition(&row.condition, run);
        return Some(match (row.at, is_decided) {
            (At::Every, false) => format!("{said} holds in every iteration."),
            (At::Every, true) => match found(&row.condition.quantity, run, At::Iteration(t), cast) {
                Ok(found) => format!("At t = {t}, {found}."),
                Err(_) => format!("{said} does not hold at t = {t}."),
            },
            (_, true) => format!("{said} holds first at t = {t}."),
            (_, false) => format!("{said} never holds."),
        });
    }
    let (quantity, trial) = match row.trial {
        Some(number) => (row.condition.quantity.of_trial(number), format!(", trial {number}")),
        None => (row.condition.quantity.clone(), String::new()),
    };
    let head = place(row.at).replacen('a', "A", 1);
    Some(match found(&quantity, run, row.at, cast) {
        Ok(found) => format!("{head}{trial}: {found}."),
        Err(_) => match row.at {
            At::Iteration(t) => format!("The run does not get to t = {t}."),
            _ => format!("{head} there is no {}.", name(&quantity, run)),
        },
    })
}

/// When a row first meets some conditions.
fn first_of(conditions: &[Condition], run: Option<&Safe>, first: Option<usize>) -> String {
    let said: Vec<String> = conditions.iter().map(|each| condition(each, run)).collect();
    let verb = if said.len() > 1 { "hold" } else { "holds" };
    match first {
        Some(t) => format!("{} {verb} first at t = {t}.", said.join(" and ")),
        None => format!("{} never {verb}.", said.join(" and ")),
    }
}

/// Why the right answer is right, as the runs show it; `None` where only its author can say.
pub fn evidence(ask: &Ask, key: &Answer, cast: &Cast) -> Option<String> {
    let mut cast = cast.clone();
    match (&ask.kind, key) {
        (Kind::Choose(options), Answer::Choice(index)) => match &options.get(*index)?.truth {
            Truth::Claim(claim) => shows(claim, &mut cast),
            Truth::Said(_) => None,
        },
        (Kind::Number(measure), _) => match &measure.truth {
            Sought::First { run, conditions } => {
                let index = cast.index(run.as_ref())?;
                let first = claim::first_row(conditions, &mut cast, index, Horizon::Whole).ok()?;
                Some(first_of(conditions, run.as_ref(), first))
            }
            Sought::Row { .. } => None,
        },
        _ => None,
    }
}

/// What runs that have ended lack of a goal, in sentences; `None` if no few words can say it.
pub fn lacks(claim: &Claim, cast: &mut Cast) -> Option<String> {
    if claim::holds(claim, cast, Horizon::Whole) != Ok(false) {
        return None;
    }
    match claim {
        Claim::First { run, conditions, iteration } => lacks_first(run.as_ref(), conditions, iteration.as_ref(), cast),
        Claim::Row(row) => {
            let shown = of_row(row, cast)?;
            let must = condition(&row.condition, row.run.as_ref());
            let place = place(row.at);
            Some(if row.at == At::Some { shown } else { format!("{shown} The goal is {must} {place}.") })
        }
        Claim::All(claims) => join(claims.iter().filter_map(|claim| lacks(claim, cast))),
        Claim::Any(claims) => {
            let told = join(claims.iter().filter_map(|claim| lacks(claim, cast)))?;
            Some(format!("{told} One of these would do."))
        }
        Claim::Not(claim) => shows(claim, cast).map(|shown| format!("{shown} The goal is that this does not happen.")),
    }
}

fn join(sentences: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = sentences.collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// What no row meets: what is aimed for never holds, or costs too much, or something else is wrong where it holds.
fn lacks_first(
    run: Option<&Safe>,
    conditions: &[Condition],
    iteration: Option<&Comparison>,
    cast: &mut Cast,
) -> Option<String> {
    let index = cast.index(run)?;
    let mut first = |wanted: &[Condition]| claim::first_row(wanted, cast, index, Horizon::Whole).ok().flatten();
    if let Some(t) = first(conditions) {
        let when = wanted(iteration?);
        return Some(format!("{} The goal is t {when}.", first_of(conditions, run, Some(t))));
    }
    let is_budget = |condition: &&Condition| {
        let is_most = matches!(condition.comparison, Comparison::AtMost(_) | Comparison::Below(_));
        is_most && condition.quantity.path.first().is_some_and(|key| key == "iteration" || key == "evaluations")
    };
    let (budgets, aims): (Vec<&Condition>, Vec<&Condition>) = conditions.iter().partition(is_budget);
    if let Some(never) = aims.iter().find(|aim| first(std::slice::from_ref(aim)).is_none()) {
        let last =
            found(&never.quantity, run, At::End, cast).map_or(String::new(), |last| format!("; at the end {last}"));
        return Some(format!("{} never holds{last}.", condition(never, run)));
    }
    let all: Vec<Condition> = aims.iter().map(|aim| (*aim).clone()).collect();
    let said = all.iter().map(|aim| condition(aim, run)).collect::<Vec<_>>().join(" and ");
    let Some(t) = first(&all) else { return Some(format!("{said} never hold together.")) };
    let broken = budgets.into_iter().filter_map(|budget| over(budget, run, index, t, cast));
    join(broken.map(|(needed, allowed)| {
        let goal = if said.is_empty() { String::new() } else { format!(" for {said}") };
        format!("You needed {needed}{goal}; {allowed}.")
    }))
}

/// What a budget would have had to be at row `t`, and what it is; `None` if it is kept.
fn over(budget: &Condition, run: Option<&Safe>, index: usize, t: usize, cast: &mut Cast) -> Option<(String, String)> {
    let (Comparison::AtMost(to) | Comparison::Below(to)) = &budget.comparison else { return None };
    let Operand::Number(most) = to else { return None };
    let is_strict = matches!(budget.comparison, Comparison::Below(_));
    let is_over = |spent: f64| if is_strict { spent >= *most } else { spent > *most };
    let in_row = claim::number(&look_up(&budget.quantity, run, At::Iteration(t), cast).ok()?)?;
    if !is_over(in_row) {
        return None;
    }
    let runs = &cast.runs[index];
    let asked = budget.quantity.path.get(1).map(String::as_str);
    let (arrived, what) = match asked {
        None => (t as u64, "iteration"),
        Some("gradient") => (runs.calls_at(t).gradient, "evaluation of ∇f"),
        Some("hessian") => (runs.calls_at(t).hessian, "evaluation of ∇²f"),
        Some(_) => (runs.calls_at(t).value, "evaluation of f"),
    };
    // The row counts the search that starts there, too: it is named where it alone breaks the budget.
    let needed = if is_over(arrived as f64) {
        counted(arrived, what)
    } else {
        format!("{} with the search at t = {t}", counted(in_row as u64, what))
    };
    let (number, are) = (trimmed(*most, DIGITS), if *most == 1.0 { "is" } else { "are" });
    Some((needed, format!("{}{number} {are} allowed", if is_strict { "fewer than " } else { "" })))
}
