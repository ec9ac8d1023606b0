//! Speed that is carried along: the last move, read off the record.

use std::sync::Arc;

use crate::engine::number::{counted, short};
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::pairing::Length;
use crate::engine::rule::working::{Equation, Working, vector};
use crate::objective::point::Vector;

/// The symbol of what a velocity adds to x whatever α is.
pub const BASE: &str = "βv";

/// Who sets the length of a step that carries a velocity.
pub const LENGTH: Length = Length::NotSearched("moves by its velocity whatever α is, so that no α need lower f");

/// The name under which a velocity is remembered.
const NAME: &str = "velocity";

/// The velocity v with which a rule arrives: base + αd of the last step, if that one knew a velocity; else the first one,
/// an empty list standing for rest.
pub fn arriving(past: &[Arc<Step>], first: &[f64], n: usize) -> Vector {
    let last = past.last().filter(|last| last.proposal.memory.vector(NAME).is_some());
    match last {
        Some(last) => {
            let mut velocity = &last.proposal.direction * last.alpha;
            if let Some(base) = &last.proposal.base {
                velocity += base;
            }
            velocity
        }
        None => given(first, n),
    }
}

/// The vector that a list spells out, an empty one standing for zeros.
pub fn given(list: &[f64], n: usize) -> Vector {
    if list.len() == n { Vector::from_column_slice(list) } else { Vector::zeros(n) }
}

/// Says why a first velocity does not fit a space of n coordinates, if it does not.
pub fn fits(first: &[f64], n: usize) -> Result<(), String> {
    if first.is_empty() || first.len() == n {
        return Ok(());
    }
    Err(format!("the velocity has {} and the objective {n}", counted(first.len() as u64, "coordinate")))
}

/// The memory of a rule that carries a velocity.
pub fn remembered(velocity: Vector) -> Memory {
    Memory::default().with(NAME, velocity)
}

/// The velocity in a memory.
pub fn recalled(memory: &Memory) -> Option<&Vector> {
    memory.vector(NAME)
}

/// The symbol of a velocity in a memory; `None` for anything else there.
pub fn symbol(name: &str) -> Option<&'static str> {
    (name == NAME).then_some("v")
}

/// Where the velocity of a proposal leads before α is known, its numbers put in.
pub fn carried(beta: f64, here: &Sample, proposal: &Proposal) -> Working {
    let (Some(base), Some(velocity)) = (&proposal.base, recalled(&proposal.memory)) else { return Working::new() };
    let numbers = format!("{}·{}", short(beta), vector(velocity.as_slice()));
    vec![
        Equation::new(BASE, [numbers, vector(base.as_slice())]),
        Equation::new("x + βv", [vector((&here.point + base).as_slice())]),
    ]
}

/// The velocity that a move by α leaves behind, its numbers put in.
pub fn left(proposal: &Proposal, alpha: f64) -> Working {
    let Some(base) = &proposal.base else { return Working::new() };
    let direction = &proposal.direction;
    let numbers = format!("{} + {}·{}", vector(base.as_slice()), short(alpha), vector(direction.as_slice()));
    let velocity = base + direction * alpha;
    vec![Equation::new("v₊", ["βv + αd".to_owned(), numbers, vector(velocity.as_slice())])]
}
