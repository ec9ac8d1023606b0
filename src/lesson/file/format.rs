//! The lesson file as data: the reader finds no key that is not here, and the schema for editors is made of this.

use crate::engine::rule::method::Half;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::format::page::{PAGE, RULE_SETTINGS};
use crate::lesson::file::shape::Shape::{
    Count, Either, Flag, Having, Heading, Landscape, Line, List, Number, Only, Open, Rule, Size, Table as Part, Word,
    Written,
};
use crate::lesson::file::shape::{
    ANY, FaultWords, FormatKey, LINES, OneOf, POINT, Shape, Table, key, named, need, one_of, table,
};

pub mod claim;
pub mod page;
pub mod question;

pub const INTERVAL: Shape = List(&Number, 2, 2);

/// What a lesson begins with.
pub const SCENARIO_EXAMPLE: &str =
    "[scenario.ravine] with an objective, a window, a start and a [[scenario.ravine.run]]";

/// The whole file.
pub static LESSON: Table = table(
    "the lesson",
    &[&[
        need("format", Only(1), "format = 1 as the first line", "the format of this file: 1"),
        need("title", Heading, "title = \"…\" at the top of the file", "stands in the top row"),
        key("chapter", Heading, "the id of its chapter in the course"),
        key("summary", Heading, "one sentence; the text of a lesson without pages"),
        key("lecture", Heading, "the deck and slide that it goes with"),
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
        key("start", POINT, "where the runs start: one number for each coordinate").needed_when(start_needed),
        key("window", Part(&WINDOW), "what the map shows").needed_when(window_needed),
        key("known", Part(&KNOWN), "what is known beyond the formula"),
        need(
            "run",
            List(&Part(&RUN), 1, 26),
            "[[scenario.….run]] with step_size = { rule = \"fixed\", alpha = 0.1 }",
            "the learner's run first, then its rivals",
        )
        .sized(FaultWords(
            "a scenario has 1 to 26 runs, not {count}",
            "the learner's run comes first, then its rivals",
        )),
    ]],
);

/// A formula needs a start; a landscape has its own.
fn start_needed(scenario: &Fields<'_>) -> Option<&'static str> {
    let objective = scenario.table("objective")?;
    objective.get("formula")?.written().filter(|_| !objective.has("name"))?;
    Some("start = [2, 20]; its length is the dimension")
}

/// A formula of one or two coordinates needs a window; one of more may do without.
fn window_needed(scenario: &Fields<'_>) -> Option<&'static str> {
    start_needed(scenario)?;
    match scenario.get("start").and_then(Value::numbers).map(|start| start.len()) {
        Some(1) => Some("window = { x1 = [-3, 3] }"),
        Some(3..) => None,
        _ => Some("window = { x1 = [-3, 3], x2 = [-3, 3] }"),
    }
}

/// What is minimised.
pub static OBJECTIVE: Table = Table {
    planned: &[("data", "write a formula")],
    ..one_of(
        "an objective",
        &OneOf {
            keys: &["formula", "name"],
            said: Some((
                FaultWords("an objective has a name or a formula, not both", "take one out"),
                FaultWords(
                    "an objective needs a formula or a name",
                    "write { formula = \"x1^2 + x2^2\" } or { name = \"himmelblau\" }",
                ),
            )),
        },
        &[&[
            key("name", Landscape, "a landscape with its window, start and minima"),
            key("formula", Written, "a function of x1, x2, …: 10*x1^2 + x2^2/2"),
            key("with", Part(&CONSTANTS), "the constants of the formula: { kappa = 36 }"),
        ]],
    )
};

/// The constants of a formula.
pub static CONSTANTS: Table = named("`with`", Number);

/// What the map shows. How many sides it has, the reader knows by the start and the slice.
pub static WINDOW: Table = Table {
    // Of a slice through other coordinates.
    named: Some(SIDE),
    ..table("a window", &[&[key("x1", SIDE, "from and to"), key("x2", SIDE, "from and to"), SLICE]])
};

/// The window of a function of one coordinate.
pub static WINDOW_OF_ONE: Table = table("a window", &[&[SLICE, FIRST_SIDE]]);

/// The window of a function of more, unless its slice goes through other coordinates than the first two.
pub static WINDOW_OF_TWO: Table =
    table("a window", &[&[SLICE, FIRST_SIDE, need("x2", INTERVAL, "x2 = [-3, 3]", "from and to")]]);

const SIDE: Shape = Open(&INTERVAL);
const FIRST_SIDE: FormatKey = need("x1", INTERVAL, "x1 = [-3, 3]", "from and to");
const SLICE: FormatKey = key(
    "slice",
    Open(&Either(&[Word(&["eigen", "path"]), List(&Line, 2, 2)])),
    "the plane through xₜ that the map shows, from three coordinates on",
);

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
        key("name", Heading, "A, B, C, … in order unless given"),
        key("noise", Part(&NOISE), "Gaussian noise in the gradients that the direction rule sees"),
        key("direction", Rule(Half::Direction), "which way; steepest-descent unless given"),
        // The reader judges it when it knows the direction.
        key("step_size", Open(&Rule(Half::StepSize)), "how far; two directions take none"),
        key("stop", Part(&STOP), "its limits"),
        key("objective", Part(&OBJECTIVE), "its own objective, where it differs"),
        key("start", POINT, "its own start, where it differs"),
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
        key("step", Size, "‖xₜ − xₜ₋₁‖∞ is at most this, if above 0"),
        key("cycle", Flag, "xₜ is where xₜ₋₂ was"),
        key("value", Number, "f is at most this"),
        key("evaluations", Count(1), "f was asked for at least so often"),
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
        List(of, ..) | Open(of) | Having(_, of) => within(of, tables),
        Either(shapes) => shapes.iter().for_each(|shape| within(shape, tables)),
        _ => {}
    }
}
