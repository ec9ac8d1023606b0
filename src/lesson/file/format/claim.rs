//! The tables of a claim: a place, a quantity, a comparison.

use crate::lesson::file::shape::Shape::{
    Count, Either, Flag, Line, List, Number, Quantity, Refused, Size, Table as Part, Word,
};
use crate::lesson::file::shape::{
    ANY, Case, Cases, FaultWords, FormatKey, OneOf, POINT, Shape, Table, key, need, one_of, table,
};

/// What a claim is.
pub static FORMS: OneOf = OneOf {
    keys: &["quantity", "first", "all", "any", "not"],
    said: Some((
        FaultWords("`{one}` and `{other}` stand in one claim", "combine claims with all = [ {…}, {…} ]"),
        FaultWords(
            "a claim says nothing",
            "write { at = 0, quantity = \"value\", below = 1 }, or first, all, any, not",
        ),
    )),
};

/// How a quantity is compared.
pub static COMPARISONS: OneOf = OneOf {
    keys: &["equals", "below", "above", "at_most", "at_least", "is", "near"],
    said: Some((
        FaultWords("`{one}` and `{other}` are two comparisons", "keep one"),
        FaultWords(
            "a comparison is missing",
            "there are `equals`, `below`, `above`, `at_most`, `at_least`, `is`, `near`",
        ),
    )),
};

const NO_WORDS: FaultWords =
    FaultWords("`{name}` compares numbers, not words", "write `is` for words; numbers stand without quotes");
const OPERAND: Shape = Either(&[Part(&RIGHT_SIDE), Refused(&[], NO_WORDS), Number]);

/// What is said of a quantity.
const PATH: &str = "a path into the trace: value, alpha, x1, abs(x2), trials, reason …";

static QUANTITY: [FormatKey; 1] = [need("quantity", Quantity, "quantity = \"value\"", PATH)];

static COMPARISON: [FormatKey; 8] = [
    key("within", Size, "how far `equals` and `near` may be off"),
    key("equals", OPERAND, "the same number, or `within` so much of it"),
    key("below", OPERAND, "<"),
    key("above", OPERAND, ">"),
    key("at_most", OPERAND, "≤"),
    key("at_least", OPERAND, "≥"),
    key("is", Line, "this word"),
    key("near", POINT, "a point, each coordinate `within` so much"),
];

/// The run of a claim.
pub const RUN_NAME: FormatKey = key("run", Line, "the name of a run; the learner's unless given");
/// The trial of a claim.
pub const TRIAL: FormatKey =
    key("trial", Count(1), "the number of a trial, from 1, for quantities such as trial.verdict");

static FORM_KEYS: [FormatKey; 5] = [
    key("quantity", Quantity, PATH),
    some("first", &Part(&CONDITION), "some single line meets all of these conditions"),
    some("all", &Part(&CLAIM), "all of these claims hold"),
    some("any", &Part(&CLAIM), "at least one of these claims holds"),
    key("not", Part(&CLAIM), "this claim does not hold"),
];

/// A key with a list that is not empty.
pub const fn some(name: &'static str, of: &'static Shape, about: &'static str) -> FormatKey {
    key(name, List(of, 1, ANY), about).sized(FaultWords("`{name}` is empty", "put at least one { … } in it"))
}

static OF_ROW: [FormatKey; 3] = [
    need(
        "at",
        Either(&[Count(0), Word(&["start", "end", "every", "some"])]),
        "at = 0, \"start\", \"end\", \"every\" or \"some\"",
        "an iteration, or the start, the end, every or some line of the trace",
    ),
    RUN_NAME,
    TRIAL,
];

static OF_FIRST: [FormatKey; 2] = [
    RUN_NAME,
    key("iteration", Either(&[Count(0), Part(&ITERATION)]), "which line the first one that meets them must be"),
];

/// The further keys of a claim, by its form; claims made of claims have none.
static CLAIM_CASES: [Case; 2] = [
    Case { of: "quantity", keys: &[&OF_ROW, &COMPARISON], one_of: Some(&COMPARISONS) },
    Case { of: "first", keys: &[&OF_FIRST], one_of: None },
];

/// What must hold of runs.
pub static CLAIM: Table = Table { cases: Cases::Form(&CLAIM_CASES), ..one_of("a claim", &FORMS, &[&FORM_KEYS]) };

/// A claim, and what makes it a goal.
pub static GOAL: Table = Table {
    cases: Cases::Form(&CLAIM_CASES),
    ..one_of(
        "a goal",
        &FORMS,
        &[
            &[
                key("par", Count(1), "how few evaluations of f a good answer needs"),
                key("met_at_start", Flag, "the run as given may meet it"),
            ],
            &FORM_KEYS,
        ],
    )
};

/// What a row must meet.
pub static CONDITION: Table = one_of("a condition of `first`", &COMPARISONS, &[&QUANTITY, &COMPARISON]);

/// Which row must be the first.
pub static ITERATION: Table = one_of("an iteration", &COMPARISONS, &[&COMPARISON]);

/// A place of one row; `message` is said of a place of many.
pub const fn one_row(message: &'static str) -> [Shape; 3] {
    let said = FaultWords(message, "write an iteration, \"start\" or \"end\"");
    [Count(0), Refused(&["every", "some"], said), Word(&["start", "end"])]
}

/// What a quantity is compared with.
pub static RIGHT_SIDE: Table = table(
    "the right side",
    &[
        &[
            RUN_NAME,
            need(
                "at",
                Either(&one_row("a number stands in one row only")),
                "at = 0, \"start\" or \"end\"",
                "an iteration, or the start or the end",
            ),
        ],
        &QUANTITY,
    ],
);
