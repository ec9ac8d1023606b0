//! The tables of a page: what is said, shown and aimed for.

use crate::lesson::file::format::claim::GOAL;
use crate::lesson::file::format::question::QUESTION;
use crate::lesson::file::shape::Shape::{
    Count, Flag, Heading, Line, List, Open, Panel, Quantity, Setting, Table as Part, Text, Word, Written,
};
use crate::lesson::file::shape::{ANY, LINES, TEXTS, Table, key, named, need, table};

pub static PAGE: Table = table(
    "a page",
    &[&[
        key(
            "compare",
            List(&Written, 2, 2),
            "two scenarios side by side, by name: the learner steps the first, the second goes along as written",
        ),
        key("scenario", Written, "starts this scenario over; absent: the run of the page before goes on"),
        key("use", Part(&USE), "settings for this page, by run: { A = { \"step_size.tau\" = 0.3 } }"),
        key(
            "controls",
            List(&Written, 0, ANY),
            "the settings that may be changed here; absent: everything; []: nothing",
        ),
        key("goal", Part(&GOAL), "what is aimed for: a claim that the learner makes true by changing settings"),
        key("proof", Part(&PROOF), "settings that meet the goal, for check alone"),
        key("solution", Part(&SOLUTION), "settings that meet the goal, played as a run of its own when it is met"),
        key("title", Heading, "in the frame of the page box"),
        key("from", Part(&PLACE), "the place at which the page opens"),
        key("until", Part(&PLACE), "the place at which → stops, and the question opens"),
        key("carry", Flag, "settings that the learner changed on pages before stay"),
        need("text", Text, "text = \"\"\"…\"\"\"", "the prose: paragraphs, - items, **bold**, *emphasis*, `code`"),
        key("show", List(&Panel, 0, ANY), "the panels in order of importance"),
        key("plot", List(&Quantity, 0, ANY), "what the progress panel draws instead of f − f*: quantities"),
        key("grain", Word(&["sub-step", "iteration", "run"]), "what → takes"),
        key("reveals", LINES, "what appears from this page on: evaluations, or the name of a panel"),
        key("ask", Part(&QUESTION), "a question"),
        key("hints", TEXTS, "opened one after the other: where to look, the principle, the step"),
        key("why", List(&Part(&WHY), 0, ANY), "cards: what a slide says, what is true"),
        key("colour_words", Line, "a reason why this page may name colours"),
    ]],
);

/// A moment of a run.
pub static PLACE: Table = table(
    "a place",
    &[&[
        need("iteration", Count(0), "iteration = 0", "t: xₜ is reached"),
        key("trial", Count(1), "this trial of its step was seen"),
        key("sub_step", Word(&["here", "direction", "move"]), "so much of its step was seen"),
    ]],
);

/// Settings of runs, by their names.
pub static USE: Table = named("`use`", Open(&Part(&RUN_SETTINGS)));

pub static RUN_SETTINGS: Table = named("a run's settings", Setting);

/// Settings of one rule, without its half before their names.
pub static RULE_SETTINGS: Table = named("a rule's settings", Setting);

/// Settings that meet a goal.
pub static PROOF: Table = named("a proof", Setting);

/// Settings that meet a goal, to be played, and a question about them.
pub static SOLUTION: Table = Table {
    named: Some(Setting),
    ..table("a solution", &[&[key("ask", Part(&QUESTION), "a question about why these settings work")]])
};

/// What a slide says, and what is true.
pub static WHY: Table = table(
    "a why card",
    &[&[
        need("slide", Text, "slide = \"what the slide says\"", "what the slide says"),
        need("actually", Text, "actually = \"what is true\"", "what is true"),
        key("prove", Part(&FORK), "a run that shows it"),
    ]],
);

/// A run that shows what is true.
pub static FORK: Table = table(
    "a proof on a fork",
    &[&[
        key("scenario", Written, "the page's unless given"),
        key("use", Part(&USE), "settings, by run"),
        key("until", Part(&PLACE), "where it stops"),
    ]],
);
