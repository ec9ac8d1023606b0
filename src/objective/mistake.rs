//! What can be wrong with a formula: one sentence each, saying what was found, what was expected and the cure.

use std::ops::Range;

use thiserror::Error;

/// A formula that cannot be read, and where. Its display is one sentence for the author of the formula.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{problem}")]
pub struct ParseError {
    /// The bytes of the text that are at fault: on character borders, and empty at the end of the text.
    pub span: Range<usize>,
    /// What is wrong there.
    pub problem: Problem,
}

/// Everything that can be wrong with a formula.
#[derive(Clone, Debug, PartialEq, Error)]
#[expect(missing_docs, reason = "each sentence says itself when it comes")]
pub enum Problem {
    #[error("the formula is empty: write one such as x1^2 + x2^2")]
    Empty,
    #[error("the formula is {bytes} bytes long and at most {limit} can be read: split it or name its constants")]
    TooLong { bytes: usize, limit: usize },
    #[error("parentheses, calls and powers are nested more than {limit} deep here: write the formula flatter")]
    TooDeep { limit: usize },
    #[error("found `{found}`, which formulas do not use{cure}")]
    StrangeCharacter { found: String, cure: String },
    #[error("`{found}` is not a number: write numbers like 12, 0.5 or 1e-3")]
    BadNumber { found: String },
    #[error("`{found}` is larger than any number the computer holds (about 1.8e308): write a smaller one")]
    HugeNumber { found: String },
    #[error("found {found}, expected {expected}")]
    Unexpected { found: String, expected: &'static str },
    #[error("an operator is missing here: write `{cure}`")]
    MissingOperator { cure: String },
    #[error("this `(` is never closed: add a `)`")]
    Unclosed,
    #[error("this `)` closes nothing: remove it or add a `(` before")]
    Unopened,
    #[error("`{name}` is not known here: {cure}")]
    UnknownName { name: String, cure: String },
    #[error("`{name}` lies beyond the dimension: the variables are {variables}; use one of them or lengthen the start")]
    BeyondDimension { name: String, variables: String },
    #[error("`{name}` already has a meaning: rename the constant `{name}` of `with`")]
    TakenName { name: String },
    #[error("the constant `{name}` is {value}: give it a finite value in `with`")]
    InfiniteConstant { name: String, value: f64 },
    #[error("`{name}` is a function and needs parentheses: write {name}(…)")]
    NeedsParentheses { name: String },
    #[error("`{name}` takes {wanted}, found {found}")]
    WrongCount { name: String, wanted: &'static str, found: usize },
    #[error("a comparison belongs in a condition: write if(a < b, p, q)")]
    LooseComparison,
}
