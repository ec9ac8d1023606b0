//! The tables of a question: what is asked, and what may be answered.

use crate::lesson::shape::Shape::{Flag, Line, List, Table as Part, Text, Word};
use crate::lesson::shape::{Table, key, need, one_of, table};

/// A question and its parts.
pub(in crate::lesson) const QUESTIONS: &[Table] = &[
    table(
        "a question",
        &[&[
            need("kind", Word(&["choose"]), "the kind of question"),
            need("question", Text, "what is asked"),
            need("options", List(&Part("an option"), 2, 4), "the answers"),
            key("confidence", Flag, "asks how sure the learner is before the answer counts"),
            key("continue", Flag, "the run stays as the learner made it"),
        ]],
    ),
    one_of(
        "an option",
        &["claim", "correct"],
        &[&[
            need("text", Line, "the answer"),
            key("claim", Part("a claim"), "what must hold of the run for this answer to be right"),
            key("correct", Flag, "your word, for ideas without a number"),
            key("refute", Text, "said to those who chose it, when it is wrong"),
            key("because", Text, "why it is right, said when the outcome is seen"),
        ]],
    ),
];
