//! When is the outcome of a prediction seen? Where its claim is decided, and no earlier.

use crate::app::cursor::story;
use crate::engine::record::Beat;
use crate::lesson::claim::{self, Horizon};
use crate::lesson::grade::Answer;
use crate::lesson::predicate::{At, Claim, Comparison, Condition, Operand, Quantity};
use crate::lesson::question::{Ask, Kind, Measure, Sought, Spot, Target, Truth};
use crate::lesson::safe::Safe;
use crate::lesson::scenario::Cast;
use crate::lesson::schema::{Place, Reached};

/// What is known of a row as soon as its iterate is.
const KNOWN_HERE: &[&str] =
    &["iteration", "x", "value", "gradient", "gradient_norm", "gradient_norm_inf", "hessian", "state"];

/// The place at which the answer of a question is decided, for all who follow the runs; `None` if nothing has to be awaited.
pub fn decided_at(ask: &Ask, key: &Answer, cast: &Cast) -> Option<Place> {
    let mut cast = cast.clone();
    match (&ask.kind, key) {
        (Kind::Choose(options), Answer::Choice(right)) => match &options.get(*right)?.truth {
            Truth::Said(_) => None,
            Truth::Claim(claim) => decided(claim, &mut cast),
        },
        (Kind::Number(Measure { truth, .. }) | Kind::Point(Spot { truth: Target::Lands(truth), .. }), _) => match truth
        {
            Sought::Row { run, at, trial, quantity } => decided_row(*at, *trial, quantity, run.as_ref(), &mut cast),
            Sought::First { run, conditions } => decided_first(run.as_ref(), conditions, &mut cast),
        },
        (Kind::Point(Spot { truth: Target::StartsFor(claim, _), .. }), _) => decided(claim, &mut cast),
        _ => None,
    }
}

fn decided(claim: &Claim, cast: &mut Cast) -> Option<Place> {
    match claim {
        Claim::Row(row) => {
            let right = operand_of(&row.condition.comparison).and_then(|operand| decided_operand(operand, cast));
            later(decided_row(row.at, row.trial, &row.condition.quantity, row.run.as_ref(), cast), right)
        }
        Claim::First { run, conditions, .. } => decided_first(run.as_ref(), conditions, cast),
        Claim::All(claims) | Claim::Any(claims) => {
            claims.iter().fold(None, |latest, claim| later(latest, decided(claim, cast)))
        }
        Claim::Not(claim) => decided(claim, cast),
    }
}

fn decided_first(run: Option<&Safe>, conditions: &[Condition], cast: &mut Cast) -> Option<Place> {
    let index = cast.index(run)?;
    match claim::first_row(conditions, cast, index, Horizon::Whole).ok().flatten() {
        None => Some(end_of(cast, index)),
        Some(t) => {
            let places: Vec<Place> =
                conditions.iter().map(|condition| place(cast, index, t, None, &condition.quantity)).collect();
            places.into_iter().fold(None, |latest, place| later(latest, Some(place)))
        }
    }
}

fn decided_row(
    at: At,
    trial: Option<usize>,
    quantity: &Quantity,
    run: Option<&Safe>,
    cast: &mut Cast,
) -> Option<Place> {
    let index = cast.index(run)?;
    match at {
        At::Iteration(t) => Some(place(cast, index, t, trial, quantity)),
        At::End | At::Every | At::Some => Some(end_of(cast, index)),
    }
}

fn operand_of(comparison: &Comparison) -> Option<&Operand> {
    match comparison {
        Comparison::Equals { to, .. }
        | Comparison::Below(to)
        | Comparison::Above(to)
        | Comparison::AtMost(to)
        | Comparison::AtLeast(to) => Some(to),
        Comparison::Is(_) | Comparison::Near { .. } => None,
    }
}

fn decided_operand(operand: &Operand, cast: &mut Cast) -> Option<Place> {
    match operand {
        Operand::Number(_) => None,
        Operand::Elsewhere { run, at, quantity } => decided_row(*at, None, quantity, run.as_ref(), cast),
    }
}

/// Where a quantity of row `t` is seen: with the iterate, with a trial, with the last trial, or with the move.
fn place(cast: &mut Cast, index: usize, t: usize, trial: Option<usize>, quantity: &Quantity) -> Place {
    cast.runs[index].go_to(t);
    if cast.runs[index].iteration() < t {
        return end_of(cast, index);
    }
    let reached = match (quantity.path.first().map(String::as_str), trial) {
        (_, Some(number)) => Reached::Trial(number),
        (Some(key), None) if KNOWN_HERE.contains(&key) => Reached::Here,
        (Some("direction" | "noise" | "slope" | "angle_degrees" | "base"), None) => Reached::Direction,
        (Some("trials" | "alpha" | "evaluations"), None) if index == 0 => last_trial(cast, t),
        _ => Reached::Move,
    };
    Place { iteration: t, reached }
}

fn last_trial(cast: &Cast, t: usize) -> Reached {
    let trials = story(cast, t).iter().filter(|beat| matches!(beat, Beat::Trial(_))).count();
    if trials == 0 { Reached::Move } else { Reached::Trial(trials) }
}

fn end_of(cast: &mut Cast, index: usize) -> Place {
    cast.runs[index].go_to(usize::MAX);
    Place { iteration: cast.runs[index].iteration(), reached: Reached::Move }
}

/// The later of two places; beats of one iteration come in the order here, direction, trials, move.
fn later(one: Option<Place>, other: Option<Place>) -> Option<Place> {
    let rank = |place: &Place| {
        let reached = match place.reached {
            Reached::Here => 0,
            Reached::Direction => 1,
            Reached::Trial(number) => 1 + number,
            Reached::Move => usize::MAX,
        };
        (place.iteration, reached)
    };
    match (one, other) {
        (Some(one), Some(other)) => Some(if rank(&one) >= rank(&other) { one } else { other }),
        (one, other) => one.or(other),
    }
}
