//! When is the outcome of a prediction seen? Where its claim is decided, and no earlier.

use crate::engine::record::Beat;
use crate::engine::record::quantity::{Observable, Quantity, VectorName};
use crate::lesson::claim;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, RowClaim};
use crate::lesson::file::safe::Safe;
use crate::lesson::question::choose::Truth;
use crate::lesson::question::number::Measure;
use crate::lesson::question::point::{Spot, Target};
use crate::lesson::question::sought::Sought;
use crate::lesson::question::{Answer, Ask, Kind};
use crate::lesson::scenario::Cast;
use crate::lesson::schema::{Place, Reached};

/// The place at which the answer of a question is decided, for all who follow the runs; `None` if nothing has to be awaited.
pub fn decided_at(ask: &Ask, key: &Answer, cast: &mut Cast) -> Option<Place> {
    cast.ahead(|cast| decided_for(ask, key, cast))
}

fn decided_for(ask: &Ask, key: &Answer, cast: &mut Cast) -> Option<Place> {
    match (&ask.kind, key) {
        (Kind::Choose(options), Answer::Choice(right)) => match &options.get(*right)?.truth {
            Truth::Said(_) => None,
            Truth::Claim(claim) => decided(claim, cast),
        },
        (Kind::Number(Measure { truth, .. }) | Kind::Point(Spot { truth: Target::Lands(truth), .. }), _) => match truth
        {
            Sought::Row { run, at, trial, quantity } => decided_row(*at, *trial, quantity, run.as_ref(), cast),
            Sought::First { run, conditions } => decided_first(run.as_ref(), conditions, cast),
        },
        (Kind::Point(Spot { truth: Target::StartsFor(claim, _), .. }), _) => decided(claim, cast),
        _ => None,
    }
}

/// Where a claim is decided, one way or the other.
fn decided(claim: &Claim, cast: &mut Cast) -> Option<Place> {
    match claim {
        Claim::Row(row) => {
            let right = operand_of(&row.condition.comparison).and_then(|operand| decided_operand(operand, cast));
            later(decided_claim(row, cast), right)
        }
        Claim::First { run, conditions, .. } => decided_first(run.as_ref(), conditions, cast),
        Claim::All(claims) => decided_together(claims, false, cast),
        Claim::Any(claims) => decided_together(claims, true, cast),
        Claim::Not(claim) => decided(claim, cast),
    }
}

/// Where several claims are decided: with the first one that is `alone` and so decides for all, else with the last one.
fn decided_together(claims: &[Claim], alone: bool, cast: &mut Cast) -> Option<Place> {
    let mut decisive = None;
    let mut latest = None;
    for claim in claims {
        let place = decided(claim, cast);
        if claim::holds(claim, cast) == Ok(alone) {
            decisive = Some(decisive.map_or(place, |known| earlier(known, place)));
        }
        latest = later(latest, place);
    }
    decisive.unwrap_or(latest)
}

fn decided_first(run: Option<&Safe>, conditions: &[Condition], cast: &mut Cast) -> Option<Place> {
    let index = cast.index(run)?;
    match claim::first_row(conditions, cast, index).ok().flatten() {
        None => Some(end_of(cast, index)),
        Some(t) => {
            // What is asked for is t itself: that stands on the screen once its iteration begins.
            let begins = Place { iteration: t, reached: Reached::Here };
            let shown = conditions.iter().map(|condition| place(cast, index, t, None, &condition.quantity));
            shown.chain([begins]).max_by_key(rank)
        }
    }
}

/// Where a claim about one row is decided; of every row or some row, with the first that decides it.
fn decided_claim(claim: &RowClaim, cast: &mut Cast) -> Option<Place> {
    if matches!(claim.at, At::Every | At::Some)
        && let Ok(Some(t)) = claim::decisive_row(claim, cast)
    {
        let index = cast.index(claim.run.as_ref())?;
        return Some(place(cast, index, t, claim.trial, &claim.condition.quantity));
    }
    decided_row(claim.at, claim.trial, &claim.condition.quantity, claim.run.as_ref(), cast)
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

/// The first beat that shows a quantity of row `t`.
fn place(cast: &mut Cast, index: usize, t: usize, trial: Option<usize>, quantity: &Quantity) -> Place {
    cast.runs[index].go_to(t);
    if cast.runs[index].iteration() < t {
        return end_of(cast, index);
    }
    let seen_with = quantity.seen_with();
    if index > 0 {
        // A rival is shown where it stands: what it does at xₜ is seen once it stands at xₜ₊₁.
        let is_known = trial.is_none() && seen_with == Beat::Here;
        return Place { iteration: if is_known { t } else { t + 1 }, reached: Reached::Here };
    }
    let reached = match (trial, seen_with) {
        (Some(number), _) => Reached::Trial(number),
        // The move tells where it leads: x, f and ‖∇f‖ stand on the screen one beat before their own iteration begins.
        (None, _) if t > 0 && is_told_by_the_move(quantity) => {
            return Place { iteration: t - 1, reached: arrival(cast, t - 1, quantity) };
        }
        (None, Beat::Here) => Reached::Here,
        (None, Beat::Memory) => Reached::Memory,
        (None, Beat::Direction) => Reached::Direction,
        (None, Beat::StepSize) => Reached::StepSize,
        (None, _) => Reached::Move,
    };
    Place { iteration: t, reached }
}

fn is_told_by_the_move(quantity: &Quantity) -> bool {
    let told = quantity.observable();
    matches!(told, Observable::Vector(VectorName::X, _) | Observable::Value | Observable::GradientNorm)
}

/// What of iteration `t` shows a quantity of the point it leads to: f with the trial that is taken, the rest with the move.
fn arrival(cast: &mut Cast, t: usize, quantity: &Quantity) -> Reached {
    cast.runs[0].go_to(t);
    let Ok(step) = cast.runs[0].peek() else { return Reached::Move };
    let is_taken = step.trials.last().is_some_and(|trial| trial.alpha == step.alpha);
    // A rule that tells of its trial in a beat of its own decides about it there.
    let is_value = *quantity.observable() == Observable::Value;
    let is_told = is_value && is_taken && step.proposal.own.is_none();
    if is_told { Reached::Trial(step.trials.len()) } else { Reached::Move }
}

fn end_of(cast: &mut Cast, index: usize) -> Place {
    cast.runs[index].go_to(usize::MAX);
    Place { iteration: cast.runs[index].iteration(), reached: Reached::Move }
}

/// The order of two places; beats of one iteration come in the order here, memory, direction, trials, step size, move.
fn rank(place: &Place) -> (usize, usize) {
    let reached = match place.reached {
        Reached::Here => 0,
        Reached::Memory => 1,
        Reached::Direction => 2,
        Reached::Trial(number) => 2 + number,
        Reached::StepSize => usize::MAX - 1,
        Reached::Move => usize::MAX,
    };
    (place.iteration, reached)
}

/// The later of two places; `None` is before all.
fn later(one: Option<Place>, other: Option<Place>) -> Option<Place> {
    [one, other].into_iter().flatten().max_by_key(rank)
}

/// The earlier of two places; `None` is before all.
fn earlier(one: Option<Place>, other: Option<Place>) -> Option<Place> {
    one.zip(other).map(|(one, other)| if rank(&one) <= rank(&other) { one } else { other })
}
