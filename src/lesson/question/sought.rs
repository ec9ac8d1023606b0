//! What a run shows at one place: the truth of a question about a number or a point.

use crate::engine::record::row;
use crate::lesson::claim::predicate::{At, Condition, Quantity};
use crate::lesson::claim::{self, Horizon};
use crate::lesson::file::format::claim::{CLAIM, CONDITION};
use crate::lesson::file::read::claim as reader;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::value::Value;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::{Count, Either, Line, List, Table as Part, Word};
use crate::lesson::file::shape::{ANY, Shape, Table, key, one_of};
use crate::lesson::scenario::{Cast, Scenario};

/// A quantity with its place, or the conditions of a row.
pub static TRUTH: Table = one_of(
    "a truth",
    &["quantity", "first"],
    &[&[
        key("quantity", Line, "a path into the trace: value, alpha, x, trials …"),
        key("at", Either(&[Count(0), Word(&["start", "end"])]), "an iteration, or the start or the end"),
        key("run", Line, "the name of a run; the learner's unless given"),
        key("trial", Count(1), "the number of a trial, from 1, for quantities such as trial.verdict"),
        key("first", List(&Part(&CONDITION), 1, ANY), "the iteration of the first line that meets these"),
    ]],
);

/// What is right, and what that is in a line.
pub const RIGHT: (Shape, &str) = (
    Either(&[Part(&TRUTH), Part(&CLAIM)]),
    "what is right: a quantity with its place; of a start, a claim on the run from there",
);

/// What a run shows at one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// A quantity of one row.
    Row {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// Which row.
        at: At,
        /// The trial there, from 1, if the quantity is one of a trial.
        trial: Option<usize>,
        /// What.
        quantity: Quantity,
    },
    /// The iteration of the first row that meets all of these.
    First {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// What the row must meet.
        conditions: Vec<Condition>,
    },
}

/// Reads a quantity with its place, or the iteration of the first row that meets some conditions.
pub fn sought(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Sought> {
    let mut fields = value.table(desk, &TRUTH)?;
    let sought = match fields.take(desk, "first") {
        Some(first) => {
            let run = reader::run(&mut fields, scenario, desk);
            let conditions = reader::conditions(&first, scenario, desk);
            conditions.and_then(|conditions| Some(Sought::First { run: run.ok()?, conditions }))
        }
        None => reader::place_of(&mut fields, scenario, desk).map(|(run, at, trial, quantity)| Sought::Row {
            run,
            at,
            trial,
            quantity,
        }),
    };
    fields.finish(desk);
    sought
}

/// What a run shows at one place, if that is a number; or, in words, why there is none.
pub fn number_at(sought: &Sought, cast: &mut Cast) -> Result<f64, String> {
    let found = match sought {
        Sought::Row { run, at, trial, quantity } => {
            let quantity = trial.map_or_else(|| quantity.clone(), |number| quantity.of_trial(number));
            row::number(&claim::look_up(&quantity, run.as_ref(), *at, cast)?)
        }
        Sought::First { run, conditions } => {
            let index = cast.index(run.as_ref()).ok_or("there is no such run")?;
            let first = claim::first_row(conditions, cast, index, Horizon::Whole)?;
            Some(first.ok_or("no row meets that")? as f64)
        }
    };
    found.filter(|number| number.is_finite()).ok_or_else(|| "there is no finite number there".into())
}

/// Where a run comes to at one place; or, in words, why there is no such point.
pub fn point_at(sought: &Sought, cast: &mut Cast) -> Result<Vec<f64>, String> {
    let Sought::Row { run, at, quantity, .. } = sought else { return Err("a point stands in one row".into()) };
    let found = claim::look_up(quantity, run.as_ref(), *at, cast)?;
    let numbers = found.as_array().map(|items| items.iter().filter_map(row::number).collect::<Vec<f64>>());
    numbers
        .filter(|numbers| !numbers.is_empty() && numbers.iter().all(|number| number.is_finite()))
        .ok_or_else(|| format!("`{}` is no finite point there", quantity.text))
}
