//! The tables of a question that are the same for every kind; each kind holds the keys of its own.

use crate::lesson::file::shape::Shape::{Flag, List, Number, Table as Part, Text, Word};
use crate::lesson::file::shape::{Table, key, named, need};
use crate::lesson::question::{CASES, KINDS};

pub static QUESTION: Table = Table {
    what: "a question",
    keys: &[&[
        need("kind", Word(KINDS), "kind = \"choose\"", "how it is answered"),
        need("question", Text, "question = \"How many …?\"", "what is asked"),
        key("confidence", Flag, "asks how sure the learner is before the answer counts"),
        key("continue", Flag, "the run stays as the learner made it"),
        key("vary", Part(&VARY), "settings that are drawn anew when the question is asked again"),
    ]],
    named: None,
    one_of: &[],
    cases: CASES,
};

/// Settings with the ends between which review draws them.
pub static VARY: Table = named("`vary`", List(&Number, 2, 2));
