//! What a run shows at one place: the truth of a question about a number or a point.

use crate::engine::record::quantity::Quantity;
use crate::engine::record::quantity::datum::Datum;
use crate::lesson::claim;
use crate::lesson::claim::predicate::{At, Condition};
use crate::lesson::file::fields::Fields;
use crate::lesson::file::format::claim::{CLAIM, CONDITION, RUN_NAME, TRIAL, one_row, some};
use crate::lesson::file::read::claim as reader;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::{Either, Having, Table as Part};
use crate::lesson::file::shape::{Case, Cases, FormatKey, OneOf, Shape, Table, need, one_of};
use crate::lesson::scenario::{Cast, Scenario};

static OF_ROW: [FormatKey; 4] = [
    need("quantity", Shape::Quantity, "quantity = \"trials\"", "a path into the trace: value, alpha, x, trials …"),
    need(
        "at",
        Either(&one_row("one row is needed, not \"{text}\"")),
        "at = 0, \"start\", \"end\", \"every\" or \"some\"",
        "an iteration, or the start or the end",
    ),
    RUN_NAME,
    TRIAL,
];

/// A quantity with its place, or the conditions of a row.
pub static TRUTH: Table = Table {
    cases: Cases::Form(&[
        Case { of: "first", keys: &[&[RUN_NAME]], one_of: None },
        Case { of: "quantity", keys: &[&OF_ROW], one_of: None },
    ]),
    ..one_of(
        "a truth",
        &OneOf { keys: &["first", "quantity"], said: None },
        &[&[some("first", &Part(&CONDITION), "the iteration of the first line that meets these")]],
    )
};

/// The keys that make a truth a claim.
pub const CLAIMS: [&str; 11] =
    ["equals", "below", "above", "at_most", "at_least", "is", "near", "first", "all", "any", "not"];

/// What is right, and what that is in a line.
pub const RIGHT: (Shape, &str) = (
    Either(&[Having(&CLAIMS, &Part(&CLAIM)), Part(&TRUTH)]),
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
pub fn sought(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Sought> {
    if let Some(first) = fields.get("first") {
        let run = reader::run(fields, scenario, desk);
        let conditions = reader::conditions(first, scenario, desk)?;
        return Some(Sought::First { run: run.ok()?, conditions });
    }
    let (run, at, trial, quantity) = reader::place_of(fields, scenario, desk)?;
    Some(Sought::Row { run, at, trial, quantity })
}

/// What a run shows at one place, if that is a number; or, in words, why there is none.
pub fn number_at(sought: &Sought, cast: &mut Cast) -> Result<f64, String> {
    let found = match sought {
        Sought::Row { run, at, trial, quantity } => {
            let quantity = trial.map_or_else(|| quantity.clone(), |number| quantity.of_trial(number));
            claim::look_up(&quantity, run.as_ref(), *at, cast)?.number()
        }
        Sought::First { run, conditions } => {
            let index = cast.index(run.as_ref()).ok_or("there is no such run")?;
            let first = claim::first_row(conditions, cast, index)?;
            Some(first.ok_or("no row meets that")? as f64)
        }
    };
    found.filter(|number| number.is_finite()).ok_or_else(|| "there is no finite number there".into())
}

/// Where a run comes to at one place; or, in words, why there is no such point.
pub fn point_at(sought: &Sought, cast: &mut Cast) -> Result<Vec<f64>, String> {
    let Sought::Row { run, at, quantity, .. } = sought else { return Err("a point stands in one row".into()) };
    let found = claim::look_up(quantity, run.as_ref(), *at, cast)?;
    let numbers = found.list().map(|items| items.iter().filter_map(Datum::number).collect::<Vec<f64>>());
    numbers
        .filter(|numbers| !numbers.is_empty() && numbers.iter().all(|number| number.is_finite()))
        .ok_or_else(|| format!("`{}` is no finite point there", quantity.text()))
}
