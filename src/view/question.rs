//! Questions as they look, a file a kind; this is the list of kinds.

pub mod choose;
pub mod number;
pub mod order;
pub mod point;
pub mod posed;
pub mod table;

use crate::app::answer::attempt::Attempt;
use crate::lesson::question::{Ask, Kind};
use crate::view::question::posed::Posed;

/// Every kind, a line each.
pub fn kind<'a>(ask: &'a Ask, attempt: Option<&'a Attempt>) -> Box<dyn Posed + 'a> {
    match &ask.kind {
        Kind::Choose(choices) => Box::new(choose::Choosing { choices }),
        Kind::Number(measure) => Box::new(number::Measuring { measure, attempt }),
        Kind::Point(_) => Box::new(point::Marking { attempt }),
        Kind::Order(order) => Box::new(order::Sorting { order, attempt }),
        Kind::Table(blanks) => Box::new(table::Tabling { blanks, attempt }),
    }
}
