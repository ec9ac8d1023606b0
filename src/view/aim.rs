//! What a goal asks for, how far it is met, and in words what the run still lacks.

use std::cmp::Ordering;

use crate::app::sitting::{Sitting, Standing};
use crate::lesson::check::witness::{said, shown};
use crate::lesson::claim::{Horizon, first_row, look_up};
use crate::lesson::predicate::{At, Claim, Condition};
use crate::lesson::safe::Safe;
use crate::lesson::scenario::Cast;

/// How a goal stands.
pub enum Aim {
    /// Met, and how far from par.
    Met(String),
    /// The run has ended without meeting it.
    Missed(String),
    /// There is still something to see.
    Open(String),
}

/// How the goal of the page in view stands; `None` where it has none.
pub fn aim(sitting: &Sitting) -> Option<Aim> {
    let goal = sitting.page().goal.as_ref()?;
    let (unit, run) = (goal.unit(), &sitting.cast.runs[0]);
    Some(match (sitting.record().goal, goal.par) {
        (Some(spent), Some(par)) => {
            let verdict = match spent.cmp(&par) {
                Ordering::Less => format!("{} under par", par - spent),
                Ordering::Equal => "exactly par".to_owned(),
                Ordering::Greater => format!("par is {par}"),
            };
            Aim::Met(format!("Goal met with {spent} {unit}: {verdict}."))
        }
        (Some(spent), None) => Aim::Met(format!("Goal met with {spent} {unit}.")),
        (None, _) if sitting.is_over() => {
            let spent = if unit == "iterations" { run.iteration() as u64 } else { run.calls().value };
            let ended = format!("The run has ended after {spent} {unit}, and the goal is not met");
            Aim::Missed(missing(sitting).map_or_else(|| format!("{ended}."), |missing| format!("{ended}: {missing}.")))
        }
        (None, par) => {
            let par = par.map_or(String::new(), |par| format!(" Par is {par} {unit}."));
            Aim::Open(format!("Goal: not met yet.{par}"))
        }
    })
}

/// What the run that was made lacks: what it never came to, or what is wrong where the rest holds.
fn missing(sitting: &Sitting) -> Option<String> {
    if sitting.standing() != Standing::Aiming {
        return None;
    }
    let Claim::First { run, conditions, .. } = &sitting.page().goal.as_ref()?.claim else { return None };
    let mut made = sitting.cast.clone();
    let index = made.index(run.as_ref())?;
    let mut holds = |wanted: &[Condition]| first_row(wanted, &mut made, index, Horizon::Made).ok().flatten();
    if let Some(never) = conditions.iter().find(|condition| holds(std::slice::from_ref(condition)).is_none()) {
        let last = found(never, run.as_ref(), At::End, &mut made);
        let last = last.map_or(String::new(), |last| format!("; in the end it is {last}"));
        return Some(format!("{} is never reached{last}", named(never)));
    }
    let (aimed, others) = conditions.split_first()?;
    let t = holds(std::slice::from_ref(aimed))?;
    let both = |other: &&Condition| holds(&[aimed.clone(), (*other).clone()]).is_none();
    let wrong: Vec<&Condition> = others.iter().filter(both).collect();
    let mut told = Vec::new();
    for other in wrong {
        let found = found(other, run.as_ref(), At::Iteration(t), &mut made)?;
        told.push(format!("{} does not ({found})", named(other)));
    }
    (!told.is_empty()).then(|| format!("when {} first holds, at t = {t}, {}", named(aimed), told.join(" and ")))
}

/// What a condition looks at, as the trace shows it.
fn found(condition: &Condition, run: Option<&Safe>, at: At, cast: &mut Cast) -> Option<String> {
    look_up(&condition.quantity, run, at, cast).ok().map(|value| shown(&value))
}

/// A condition in the words of the course rather than of the trace.
fn named(condition: &Condition) -> String {
    let said = said(condition).replace(" -", " −");
    let names = [("evaluations.value", "evaluations of f"), ("value", "f"), ("iteration", "t")];
    let known = names.into_iter().find(|(path, _)| said.starts_with(path));
    known.map_or(said.clone(), |(path, name)| format!("{name}{}", &said[path.len()..]))
}
