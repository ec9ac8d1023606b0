//! Speed that is carried along: the last move, read off the record.

use std::sync::Arc;

use crate::engine::number::counted;
use crate::engine::record::Step;
use crate::engine::record::memory::Memory;
use crate::objective::point::Vector;

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
