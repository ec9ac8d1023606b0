//! The tables of a question that are the same for every kind; each kind holds the keys of its own.

use crate::lesson::file::shape::Shape::{Flag, Kind, List, Number, Open, Table as Part, Text};
use crate::lesson::file::shape::{Cases, Table, key, named, need, table};
use crate::lesson::question::{CASES, KINDS};

pub static QUESTION: Table = Table {
    cases: Cases::Kind(CASES),
    ..table(
        "a question",
        &[&[
            need("kind", Kind(KINDS), "kind = \"choose\"", "how it is answered"),
            need("question", Text, "question = \"How many …?\"", "what is asked"),
            key("confidence", Flag, "asks how sure the learner is before the answer counts"),
            key("continue", Flag, "the run stays as the learner made it"),
            key("vary", Part(&VARY), "settings that are drawn anew when the question is asked again"),
        ]],
    )
};

/// Settings with the ends between which review draws them.
pub static VARY: Table = named("`vary`", Open(&List(&Number, 2, 2)));
