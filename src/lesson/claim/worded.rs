//! Claims, and what the runs show of them, in the words of the course rather than in those of the trace.

use serde_json::Value;

use crate::engine::number::{counted, trimmed};
use crate::engine::record::row;
use crate::lesson::check::witness;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, Quantity, RowClaim};
use crate::lesson::claim::{self, Horizon, look_up};
use crate::lesson::file::safe::Safe;
use crate::lesson::question::choose::Truth;
use crate::lesson::question::sought::Sought;
use crate::lesson::question::{Answer, Ask, Kind};
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
    match (row::number(found), found) {
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
    let in_row = row::number(&look_up(&budget.quantity, run, At::Iteration(t), cast).ok()?)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::file::read::read;
    use crate::lesson::scenario::cast;
    use crate::lesson::schema::Lesson;

    /// x halves in every step, so that f = x² is 4, 1, 1/4 … at x = 2, 1, 1/2 …, and 2^(2−2t) at t.
    fn lesson(goal: &str) -> Lesson {
        let source = format!(
            r#"
format = 1
title = "Halves"
chapter = "step-size"
[scenario.main]
objective = {{ formula = "x1^2" }}
window = {{ x1 = [-3, 3] }}
start = [2]
[[scenario.main.run]]
name = "A"
step_size = {{ rule = "fixed", alpha = 0.25 }}
stop = {{ iterations = 8, gradient = 0 }}
[[scenario.main.run]]
name = "B"
step_size = {{ rule = "fixed", alpha = 0.5 }}
stop = {{ iterations = 8, gradient = 0 }}
[[page]]
text = "Go."
goal = {goal}
"#
        );
        read("halves", &source).unwrap().0
    }

    fn told(goal: &str) -> (Option<String>, Option<String>) {
        let lesson = lesson(goal);
        let claim = &lesson.pages[0].goal.as_ref().unwrap().claim;
        let mut runs = cast(&lesson.scenarios[0], &[]).unwrap();
        (lacks(claim, &mut runs), shows(claim, &mut runs))
    }

    #[test]
    fn a_goal_of_every_shape_says_what_it_lacks() {
        let table = [
            (
                "{ first = [ { quantity = \"value\", below = 0.1 }, { quantity = \"iteration\", at_most = 1 } ] }",
                "You needed 3 iterations for f < 0.1; 1 is allowed.",
            ),
            (
                "{ first = [ { quantity = \"iteration\", below = 3 }, { quantity = \"value\", at_most = 0.0625 } ] }",
                "You needed 3 iterations for f ≤ 0.0625; fewer than 3 are allowed.",
            ),
            (
                "{ first = [ { quantity = \"value\", below = 2 }, { quantity = \"evaluations.gradient\", at_most = 1 } ] }",
                "You needed 2 evaluations of ∇f for f < 2; 1 is allowed.",
            ),
            (
                "{ first = [ { quantity = \"value\", below = 1e-9 } ] }",
                "f < 1.0e-9 never holds; at the end f = 6.10352e-5.",
            ),
            (
                "{ first = [ { quantity = \"x\", near = [-1], within = 0.1 } ] }",
                "x within 0.1 of (−1) never holds; at the end x = (0.0078125).",
            ),
            (
                "{ first = [ { quantity = \"value\", below = 0.1 }, { quantity = \"x1\", above = 0.6 } ] }",
                "f < 0.1 and x₁ > 0.6 never hold together.",
            ),
            (
                "{ first = [ { quantity = \"value\", below = 0.1 } ], iteration = { at_most = 2 } }",
                "f < 0.1 holds first at t = 3. The goal is t ≤ 2.",
            ),
            ("{ at = 2, quantity = \"value\", below = 0.1 }", "At t = 2: f = 0.25. The goal is f < 0.1 at t = 2."),
            (
                "{ at = \"end\", quantity = \"abs(x1)\", above = 1 }",
                "At the end: |x₁| = 0.0078125. The goal is |x₁| > 1 at the end.",
            ),
            (
                "{ at = 1, quantity = \"value\", equals = 2, within = 0.5 }",
                "At t = 1: f = 1. The goal is f = 2 ± 0.5 at t = 1.",
            ),
            (
                "{ at = 9, quantity = \"value\", below = 1 }",
                "The run does not get to t = 9. The goal is f < 1 at t = 9.",
            ),
            (
                "{ at = \"every\", quantity = \"value\", above = 0.5 }",
                "At t = 2, f = 0.25. The goal is f > 0.5 in every iteration.",
            ),
            ("{ at = \"some\", quantity = \"value\", above = 5 }", "f > 5 never holds."),
            (
                "{ at = \"end\", quantity = \"reason\", is = \"gradient-small\" }",
                "At the end: the ending = iteration limit. The goal is the ending = gradient small at the end.",
            ),
            (
                "{ all = [ { at = 1, quantity = \"value\", below = 2 }, { at = 2, quantity = \"value\", below = 0.1 } ] }",
                "At t = 2: f = 0.25. The goal is f < 0.1 at t = 2.",
            ),
            (
                "{ any = [ { at = 1, quantity = \"value\", below = 1 }, { at = \"some\", quantity = \"x1\", below = 0 } ] }",
                "At t = 1: f = 1. The goal is f < 1 at t = 1. x₁ < 0 never holds. One of these would do.",
            ),
            (
                "{ not = { first = [ { quantity = \"value\", below = 0.1 } ] } }",
                "f < 0.1 holds first at t = 3. The goal is that this does not happen.",
            ),
            (
                "{ at = 1, quantity = \"value\", below = { run = \"B\", at = 1, quantity = \"value\" } }",
                "At t = 1: f = 1. The goal is f < f of run B at t = 1 at t = 1.",
            ),
        ];
        for (goal, wanted) in table {
            assert_eq!(told(goal).0.as_deref(), Some(wanted), "{goal}");
        }
        assert_eq!(told("{ first = [ { quantity = \"value\", below = 0.1 } ] }").0, None, "it is met");
    }

    #[test]
    fn what_runs_show_is_said_of_a_true_claim_too() {
        let table = [
            ("{ first = [ { quantity = \"value\", below = 0.1 } ] }", "f < 0.1 holds first at t = 3."),
            ("{ at = \"some\", quantity = \"value\", below = 0.1 }", "f < 0.1 holds first at t = 3."),
            ("{ at = \"every\", quantity = \"value\", below = 5 }", "f < 5 holds in every iteration."),
            ("{ run = \"B\", at = 1, quantity = \"value\", equals = 0 }", "At t = 1: f of run B = 0."),
            ("{ at = 0, quantity = \"alpha\", equals = 0.25 }", "At t = 0: α = 0.25."),
        ];
        for (goal, wanted) in table {
            assert_eq!(told(goal).1.as_deref(), Some(wanted), "{goal}");
        }
    }
}
