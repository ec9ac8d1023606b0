//! The tables of a claim: a place, a quantity, a comparison.

use crate::lesson::file::shape::Shape::{Count, Either, Flag, Line, List, Number, Size, Table as Part, Word};
use crate::lesson::file::shape::{ANY, FormatKey, POINT, Shape, Table, key, need, one_of, table};

/// What a claim is.
pub const FORMS: [&str; 5] = ["quantity", "first", "all", "any", "not"];
/// How a quantity is compared.
pub const COMPARISONS: [&str; 7] = ["equals", "below", "above", "at_most", "at_least", "is", "near"];

const OPERAND: Shape = Either(&[Number, Part(&RIGHT_SIDE)]);

static QUANTITY: [FormatKey; 1] = [need(
    "quantity",
    Line,
    "quantity = \"value\"",
    "a path into the trace: value, alpha, x1, abs(x2), trials, reason …",
)];

static COMPARISON: [FormatKey; 8] = [
    key("equals", OPERAND, "the same number, or `within` so much of it"),
    key("below", OPERAND, "<"),
    key("above", OPERAND, ">"),
    key("at_most", OPERAND, "≤"),
    key("at_least", OPERAND, "≥"),
    key("is", Line, "this word"),
    key("near", POINT, "a point, each coordinate `within` so much"),
    key("within", Size, "how far `equals` and `near` may be off"),
];

static CLAIM_KEYS: [FormatKey; 9] = [
    key("quantity", Line, "a path into the trace: value, alpha, x1, abs(x2), trials, reason …"),
    key(
        "at",
        Either(&[Count(0), Word(&["start", "end", "every", "some"])]),
        "an iteration, or the start, the end, every or some line of the trace",
    ),
    key("run", Line, "the name of a run; the learner's unless given"),
    key("trial", Count(1), "the number of a trial, from 1, for quantities such as trial.verdict"),
    key("first", List(&Part(&CONDITION), 1, ANY), "some single line meets all of these conditions"),
    key("iteration", Either(&[Count(0), Part(&ITERATION)]), "which line the first one that meets them must be"),
    key("all", List(&Part(&CLAIM), 1, ANY), "all of these claims hold"),
    key("any", List(&Part(&CLAIM), 1, ANY), "at least one of these claims holds"),
    key("not", Part(&CLAIM), "this claim does not hold"),
];

/// What must hold of runs.
pub static CLAIM: Table = one_of("a claim", &FORMS, &[&CLAIM_KEYS, &COMPARISON]);

/// A claim, and what makes it a goal.
pub static GOAL: Table = one_of(
    "a goal",
    &FORMS,
    &[
        &CLAIM_KEYS,
        &COMPARISON,
        &[
            key("par", Count(1), "how few evaluations of f a good answer needs"),
            key("met_at_start", Flag, "the run as given may meet it"),
        ],
    ],
);

/// What a row must meet.
pub static CONDITION: Table = one_of("a condition of `first`", &COMPARISONS, &[&QUANTITY, &COMPARISON]);

/// Which row must be the first.
pub static ITERATION: Table = one_of("an iteration", &COMPARISONS, &[&COMPARISON]);

/// What a quantity is compared with.
pub static RIGHT_SIDE: Table = table(
    "the right side",
    &[
        &QUANTITY,
        &[
            need(
                "at",
                Either(&[Count(0), Word(&["start", "end"])]),
                "at = 0, \"start\" or \"end\"",
                "an iteration, or the start or the end",
            ),
            key("run", Line, "the name of a run; the learner's unless given"),
        ],
    ],
);
