//! The tables of a page: what is said, shown and aimed for.

use crate::lesson::file::shape::Shape::{Count, Flag, Line, List, Panel, Setting, Table as Part, Text, Word};
use crate::lesson::file::shape::{ANY, LINES, TEXTS, Table, key, named, need, table};

/// A page and its parts.
pub(in crate::lesson) const PAGES: &[Table] = &[
    table(
        "a page",
        &[&[
            need("text", Text, "the prose: paragraphs, - items, **bold**, *emphasis*, `code`"),
            key("title", Line, "in the frame of the page box"),
            key("scenario", Text, "starts this scenario over; absent: the run of the page before goes on"),
            key(
                "compare",
                List(&Text, 2, 2),
                "two scenarios side by side, by name: the learner steps the first, the second goes along as written",
            ),
            key("from", Part("a place"), "the place at which the page opens"),
            key("until", Part("a place"), "the place at which → stops, and the question opens"),
            key("use", Part("`use`"), "settings for this page, by run: { A = { \"step_size.tau\" = 0.3 } }"),
            key("carry", Flag, "settings that the learner changed on pages before stay"),
            key("show", List(&Panel, 0, ANY), "the panels in order of importance"),
            key("plot", LINES, "what the progress panel draws instead of f − f*: quantities"),
            key("grain", Word(&["sub-step", "iteration", "run"]), "what → takes"),
            key("controls", LINES, "the settings that may be changed here; absent: everything; []: nothing"),
            key("reveals", LINES, "what appears from this page on: evaluations, or the name of a panel"),
            key("ask", Part("a question"), "a question"),
            key("hints", TEXTS, "opened one after the other: where to look, the principle, the step"),
            key("why", List(&Part("a why card"), 0, ANY), "cards: what a slide says, what is true"),
            key("goal", Part("a goal"), "what is aimed for: a claim that the learner makes true by changing settings"),
            key("proof", Part("a proof"), "settings that meet the goal, for check alone"),
            key(
                "solution",
                Part("a solution"),
                "settings that meet the goal, played as a run of its own when it is met",
            ),
            key("colour_words", Line, "a reason why this page may name colours"),
        ]],
    ),
    table(
        "a place",
        &[&[
            need("iteration", Count(0), "t: xₜ is reached"),
            key("trial", Count(1), "this trial of its step was seen"),
            key("sub_step", Word(&["here", "direction", "move"]), "so much of its step was seen"),
        ]],
    ),
    named("`use`", Part("a run's settings")),
    named("a run's settings", Setting),
    named("a rule's settings", Setting),
    named("a proof", Setting),
    Table {
        what: "a solution",
        keys: &[&[key("ask", Part("a question"), "a question about why these settings work")]],
        named: Some(Setting),
        one_of: &[],
        cases: &[],
    },
    table(
        "a why card",
        &[&[
            need("slide", Text, "what the slide says"),
            need("actually", Text, "what is true"),
            key("prove", Part("a proof on a fork"), "a run that shows it"),
        ]],
    ),
    table(
        "a proof on a fork",
        &[&[
            key("scenario", Text, "the page's unless given"),
            key("use", Part("`use`"), "settings, by run"),
            key("until", Part("a place"), "where it stops"),
        ]],
    ),
];
