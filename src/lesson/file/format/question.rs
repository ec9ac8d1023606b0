//! The tables of a question: what is asked, and what may be answered.

use crate::lesson::file::shape::Shape::{Count, Either, Flag, Line, List, Number, Size, Table as Part, Text, Word};
use crate::lesson::file::shape::{ANY, Case, POINT, Table, key, named, need, one_of, table};

/// A question and its parts.
pub(in crate::lesson) const QUESTIONS: &[Table] = &[
    Table {
        what: "a question",
        keys: &[&[
            need("kind", Word(&["choose", "number", "point", "order", "table"]), "how it is answered"),
            need("question", Text, "what is asked"),
            key("confidence", Flag, "asks how sure the learner is before the answer counts"),
            key("continue", Flag, "the run stays as the learner made it"),
            key("vary", Part("`vary`"), "settings that are drawn anew when the question is asked again"),
            key("options", List(&Part("an option"), 2, 4), "the answers to choose from"),
            key(
                "truth",
                Either(&[Part("a truth"), Part("a claim")]),
                "what is right: a quantity with its place; of a start, a claim on the run from there",
            ),
            key("within", Size, "how far an answer may be off"),
            key("unit", Line, "what the number counts"),
            key("such_as", POINT, "a start that is right"),
            key("lines", List(&Line, 2, 9), "lines in their right order, indented by blanks"),
            key("distractors", List(&Either(&[Line, Part("a distractor")]), 0, 9), "lines that do not belong"),
            key("at", Count(0), "the iteration whose search is the table"),
            key("rows", Count(1), "how many of its trials are shown"),
            key("blank", List(&Word(&["verdict", "margin-sign", "next-alpha"]), 1, ANY), "what is to be filled in"),
            key("refute", Text, "said when the answer is wrong"),
            key("too_low", Text, "said instead, when the number is too low"),
            key("too_high", Text, "said instead, when the number is too high"),
            key("because", Text, "why it is right, said when the outcome is seen"),
        ]],
        named: None,
        one_of: &[],
        cases: &[
            Case { kind: "choose", needs: &["options"], takes: &[] },
            Case {
                kind: "number",
                needs: &["truth"],
                takes: &["within", "unit", "refute", "too_low", "too_high", "because"],
            },
            Case { kind: "point", needs: &["truth"], takes: &["within", "such_as", "refute", "because"] },
            Case { kind: "order", needs: &["lines"], takes: &["distractors", "refute", "because"] },
            Case { kind: "table", needs: &["at", "blank"], takes: &["rows", "refute", "because"] },
        ],
    },
    named("`vary`", List(&Number, 2, 2)),
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
    one_of(
        "a truth",
        &["quantity", "first"],
        &[&[
            key("quantity", Line, "a path into the trace: value, alpha, x, trials …"),
            key("at", Either(&[Count(0), Word(&["start", "end"])]), "an iteration, or the start or the end"),
            key("run", Line, "the name of a run; the learner's unless given"),
            key("trial", Count(1), "the number of a trial, from 1, for quantities such as trial.verdict"),
            key(
                "first",
                List(&Part("a condition of `first`"), 1, ANY),
                "the iteration of the first line that meets these",
            ),
        ]],
    ),
    table("a distractor", &[&[need("text", Line, "the line"), key("refute", Text, "said to those who put it in")]]),
];
