//! The lesson file as data: the reader finds no key that is not here, and the schema for editors is made of this.

use crate::engine::rule::method::Half;
use crate::lesson::file::format::page::{PAGE, RULE_SETTINGS};
use crate::lesson::file::shape::Shape::{
    Count, Either, Flag, Landscape, Line, List, Number, Only, Rule, Size, Table as Part, Text, Word,
};
use crate::lesson::file::shape::{ANY, LINES, POINT, Shape, Table, key, named, need, one_of, table};

pub mod claim;
pub mod page;
pub mod question;

const INTERVAL: Shape = List(&Number, 2, 2);

/// What a lesson begins with.
pub const SCENARIO_EXAMPLE: &str =
    "[scenario.ravine] with an objective, a window, a start and a [[scenario.ravine.run]]";

/// The whole file.
pub static LESSON: Table = table(
    "the lesson",
    &[&[
        need("format", Only(1), "format = 1 as the first line", "the format of this file: 1"),
        need("title", Line, "title = \"…\" at the top of the file", "stands in the top row"),
        key("chapter", Line, "the id of its chapter in the course"),
        key("summary", Line, "one sentence; the text of a lesson without pages"),
        key("lecture", Line, "the deck and slide that it goes with"),
        key("minutes", Count(1), "how long it takes: 12 at most"),
        key("after", LINES, "the ids of the lessons it builds on"),
        need("scenario", Part(&SCENARIOS), SCENARIO_EXAMPLE, "what is run: [scenario.NAME], at least one"),
        key("page", List(&Part(&PAGE), 0, 200), "what is said, asked and aimed for; without any, a sandbox"),
    ]],
);

/// The scenarios by their names.
pub static SCENARIOS: Table = named("`scenario`", Part(&SCENARIO));

/// A landscape, a start, and the runs that are drawn together.
pub static SCENARIO: Table = table(
    "a scenario",
    &[&[
        need(
            "objective",
            Part(&OBJECTIVE),
            "objective = { formula = \"x1^2 + x2^2\" }",
            "what is minimised: a formula, or a landscape by its name",
        ),
        key("start", POINT, "where the runs start: one number for each coordinate"),
        key("window", Part(&WINDOW), "what the map shows"),
        key("known", Part(&KNOWN), "what is known beyond the formula"),
        need(
            "run",
            List(&Part(&RUN), 1, 26),
            "[[scenario.….run]] with step_size = { rule = \"fixed\", alpha = 0.1 }",
            "the learner's run first, then its rivals",
        ),
    ]],
);

/// What is minimised.
pub static OBJECTIVE: Table = one_of(
    "an objective",
    &["formula", "name"],
    &[&[
        key("formula", Text, "a function of x1, x2, …: 10*x1^2 + x2^2/2"),
        key("with", Part(&CONSTANTS), "the constants of the formula: { kappa = 36 }"),
        key("name", Landscape, "a landscape with its window, start and minima"),
    ]],
);

/// The constants of a formula.
pub static CONSTANTS: Table = named("`with`", Number);

/// What the map shows.
pub static WINDOW: Table = Table {
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
};

/// What is known beyond the formula.
pub static KNOWN: Table = table(
    "`known`",
    &[&[
        key("lipschitz", Size, "L, a bound on the bend of f"),
        key("strong_convexity", Size, "μ"),
        key("value", Number, "f*, the value at the minimum"),
        key("points", List(&POINT, 0, ANY), "minimisers, marked on the map"),
        key("saddles", List(&POINT, 0, ANY), "saddles, marked on the map"),
    ]],
);

/// A run of a scenario.
pub static RUN: Table = table(
    "a run",
    &[&[
        key("name", Line, "A, B, C, … in order unless given"),
        key("direction", Rule(Half::Direction), "which way; steepest-descent unless given"),
        key("step_size", Rule(Half::StepSize), "how far; two directions take none"),
        key("noise", Part(&NOISE), "Gaussian noise in the gradients that the direction rule sees"),
        key("stop", Part(&STOP), "its limits"),
        key("start", POINT, "its own start, where it differs"),
        key("objective", Part(&OBJECTIVE), "its own objective, where it differs"),
    ]],
);

/// Noise in the gradients.
pub static NOISE: Table = table(
    "a noise",
    &[&[
        need("sigma", Size, "sigma = 10", "its standard deviation"),
        key("seed", Count(0), "the same seed, the same noise"),
    ]],
);

/// The limits of a run.
pub static STOP: Table = table(
    "a stop",
    &[&[
        key("iterations", Count(0), "so many steps were made; 1000 unless given"),
        key("gradient", Size, "‖∇f‖∞ is at most this; 1e-8 unless given, 0 switches the test off"),
        key("value", Number, "f is at most this"),
        key("step", Size, "‖xₜ − xₜ₋₁‖∞ is at most this, if above 0"),
        key("evaluations", Count(1), "f was asked for at least so often"),
        key("cycle", Flag, "xₜ is where xₜ₋₂ was"),
    ]],
);

/// Every table of the format, each once; rules have tables of their own, in `engine/rule/list.rs`.
pub fn tables() -> Vec<&'static Table> {
    let mut tables = vec![&LESSON, &RULE_SETTINGS];
    let mut next = 0;
    while let Some(table) = tables.get(next).copied() {
        next += 1;
        for shape in table.all().map(|key| &key.shape).chain(&table.named) {
            within(shape, &mut tables);
        }
    }
    tables
}

/// Adds the tables that a shape names.
fn within(shape: &Shape, tables: &mut Vec<&'static Table>) {
    match *shape {
        Part(table) if !tables.iter().any(|known| known.what == table.what) => tables.push(table),
        List(of, ..) => within(of, tables),
        Either(shapes) => shapes.iter().for_each(|shape| within(shape, tables)),
        _ => {}
    }
}
