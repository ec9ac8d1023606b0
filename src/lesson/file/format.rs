//! The lesson file as data: the reader finds no key that is not here, and the schema for editors is made of this.

use crate::engine::rule::method::Half;
use crate::lesson::file::format::claim::CLAIMS;
use crate::lesson::file::format::page::PAGES;
use crate::lesson::file::format::question::QUESTIONS;
use crate::lesson::file::shape::Shape::{
    Count, Either, Flag, Landscape, Line, List, Number, Only, Rule, Size, Table as Part, Text, Word,
};
use crate::lesson::file::shape::{ANY, LINES, POINT, Shape, Table, key, named, need, one_of, table};

pub mod claim;
pub mod page;
pub mod question;

/// The whole file.
pub const LESSON: &str = "the lesson";

const INTERVAL: Shape = List(&Number, 2, 2);

/// Every table of the format, in groups; rules have tables of their own, in `engine/rule/list.rs`.
pub const TABLES: [&[Table]; 4] = [FILE, PAGES, QUESTIONS, CLAIMS];

/// What is run.
const FILE: &[Table] = &[
    table(
        LESSON,
        &[&[
            need("format", Only(1), "the format of this file: 1"),
            need("title", Line, "stands in the top row"),
            key("chapter", Line, "the id of its chapter in the course"),
            key("summary", Line, "one sentence; the text of a lesson without pages"),
            key("lecture", Line, "the deck and slide that it goes with"),
            key("minutes", Count(1), "how long it takes: 12 at most"),
            key("after", LINES, "the ids of the lessons it builds on"),
            need("scenario", Part("`scenario`"), "what is run: [scenario.NAME], at least one"),
            key("page", List(&Part("a page"), 0, 200), "what is said, asked and aimed for; without any, a sandbox"),
        ]],
    ),
    named("`scenario`", Part("a scenario")),
    table(
        "a scenario",
        &[&[
            need("objective", Part("an objective"), "what is minimised: a formula, or a landscape by its name"),
            key("start", POINT, "where the runs start: one number for each coordinate"),
            key("window", Part("a window"), "what the map shows"),
            key("known", Part("`known`"), "what is known beyond the formula"),
            need("run", List(&Part("a run"), 1, 26), "the learner's run first, then its rivals"),
        ]],
    ),
    one_of(
        "an objective",
        &["formula", "name"],
        &[&[
            key("formula", Text, "a function of x1, x2, …: 10*x1^2 + x2^2/2"),
            key("with", Part("`with`"), "the constants of the formula: { kappa = 36 }"),
            key("name", Landscape, "a landscape with its window, start and minima"),
        ]],
    ),
    named("`with`", Number),
    Table {
        what: "a window",
        keys: &[&[
            key("x1", INTERVAL, "from and to"),
            key("x2", INTERVAL, "from and to"),
            key(
                "slice",
                Either(&[Word(&["eigen", "path"]), List(&Line, 2, 2)]),
                "the plane through xₜ that the map shows, from three coordinates on",
            ),
        ]],
        // Of a slice through other coordinates.
        named: Some(INTERVAL),
        one_of: &[],
        cases: &[],
    },
    table(
        "`known`",
        &[&[
            key("lipschitz", Size, "L, a bound on the bend of f"),
            key("strong_convexity", Size, "μ"),
            key("value", Number, "f*, the value at the minimum"),
            key("points", List(&POINT, 0, ANY), "minimisers, marked on the map"),
            key("saddles", List(&POINT, 0, ANY), "saddles, marked on the map"),
        ]],
    ),
    table(
        "a run",
        &[&[
            key("name", Line, "A, B, C, … in order unless given"),
            key("direction", Rule(Half::Direction), "which way; steepest-descent unless given"),
            key("step_size", Rule(Half::StepSize), "how far; two directions take none"),
            key("noise", Part("a noise"), "Gaussian noise in the gradients that the direction rule sees"),
            key("stop", Part("a stop"), "its limits"),
            key("start", POINT, "its own start, where it differs"),
            key("objective", Part("an objective"), "its own objective, where it differs"),
        ]],
    ),
    table(
        "a noise",
        &[&[need("sigma", Size, "its standard deviation"), key("seed", Count(0), "the same seed, the same noise")]],
    ),
    table(
        "a stop",
        &[&[
            key("iterations", Count(0), "so many steps were made; 1000 unless given"),
            key("gradient", Size, "‖∇f‖∞ is at most this; 1e-8 unless given, 0 switches the test off"),
            key("value", Number, "f is at most this"),
            key("step", Size, "‖xₜ − xₜ₋₁‖∞ is at most this, if above 0"),
            key("evaluations", Count(1), "f was asked for at least so often"),
            key("cycle", Flag, "xₜ is where xₜ₋₂ was"),
        ]],
    ),
];

/// The table of that name.
pub fn find(what: &str) -> Option<&'static Table> {
    TABLES.into_iter().flatten().find(|table| table.what == what)
}

/// Whether the table of that name, or the rules that stand for it, has such a key.
pub fn has(what: &str, name: &str) -> bool {
    match what {
        "a direction" | "a step size" => true,
        _ => find(what).is_some_and(|table| table.has(name)),
    }
}
