//! Questions that are answered by a number, a point, lines in order, or the cells of a table.

use crate::lesson::claim::predicate::Condition;
use crate::lesson::file::read::change;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::{Fields, Value};
use crate::lesson::file::safe::Safe;
use crate::lesson::question::{Blank, Blanks, Measure, Order, Sought, Spot, Target};
use crate::lesson::schema::Scenario;

/// Lines and distractors are chosen by one digit each.
const MOST_LINES: usize = 9;

/// `truth = { at = 0, quantity = "trials" }, within = 0.1, unit = "evaluations"`.
pub fn measure(fields: &mut Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Measure> {
    let truth = fields.need(desk, "truth", "truth = { at = 0, quantity = \"trials\" }");
    let within = fields.take(desk, "within").and_then(|value| value.size(desk));
    let unit = fields.take(desk, "unit").and_then(|value| value.line(desk));
    let mut said = |key| fields.take(desk, key).and_then(|value| value.text(desk));
    let (too_low, too_high) = (said("too_low"), said("too_high"));
    let mut inner = truth?.table(desk, "a truth")?;
    let truth = sought(&mut inner, scenario, desk);
    inner.finish(desk);
    Some(Measure { truth: truth?, within, unit, too_low, too_high })
}

/// A quantity with its place, or the iteration of the first row that meets some conditions.
fn sought(fields: &mut Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Sought> {
    if let Some(first) = fields.take(desk, "first") {
        let run = claim::run(fields, scenario, desk);
        let items = claim::some_of(&first, desk)?;
        let conditions: Vec<Condition> =
            items.iter().filter_map(|item| claim::condition(item, scenario, desk)).collect();
        let is_whole = conditions.len() == items.len();
        return is_whole.then_some(Sought::First { run: run.ok()?, conditions });
    }
    let (run, at, trial, quantity) = claim::place_of(fields, scenario, desk)?;
    Some(Sought::Row { run, at, trial, quantity })
}

/// `truth = { at = 1, quantity = "x" }, within = 0.2`; or a claim on the run that starts there, with a point `such_as` meets it.
pub fn spot(fields: &mut Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Spot> {
    const COMPARISONS: [&str; 11] =
        ["equals", "below", "above", "at_most", "at_least", "is", "near", "first", "all", "any", "not"];
    let truth = fields.need(desk, "truth", "truth = { at = 1, quantity = \"x\" }");
    let within = fields.take(desk, "within");
    let example = fields.take(desk, "such_as");
    let truth = truth?;
    let is_claim = truth.has_any(&COMPARISONS);
    if is_claim {
        if let Some(within) = &within {
            desk.fault(&within.key, "a claim says itself how near is near enough", "take `within` out");
        }
        let claim = claim::claim(&truth, scenario, desk);
        let Some(example) = example else {
            desk.fault(
                &truth.key,
                "nothing proves that there is such a start",
                "add such_as = [1, 2], a point that is right",
            );
            return None;
        };
        let dimension = scenario.map_or(2, |scenario| scenario.start.len());
        let example = change::start(&example, dimension, desk)?;
        return Some(Spot { truth: Target::StartsFor(claim?, example), within: 0.0 });
    }
    if let Some(example) = &example {
        desk.fault(&example.key, "`such_as` belongs to a claim on a run that starts there", "take it out");
    }
    let mut inner = truth.table(desk, "a truth")?;
    let sought = sought(&mut inner, scenario, desk);
    inner.finish(desk);
    let Some(within) = within else {
        desk.fault(&truth.key, "a point needs `within`", "add within = 0.2, in the units of x");
        return None;
    };
    let sought = sought?;
    if !matches!(&sought, Sought::Row { quantity, .. } if quantity.is_iterate()) {
        desk.fault(&truth.span, "a point is the `x` of a row", "write { at = 1, quantity = \"x\" }");
        return None;
    }
    Some(Spot { truth: Target::Lands(sought), within: within.size(desk)? })
}

/// `lines = [ … ], distractors = [ … ]`.
pub fn order(fields: &mut Fields<'_>, desk: &mut Desk<'_>) -> Option<Order> {
    let lines = fields.need(desk, "lines", "lines = [ \"first\", \"second\" ]");
    let distractors = fields.take(desk, "distractors");
    let lines = lines?;
    let items = lines.list(desk)?;
    let wrong = distractors.as_ref().and_then(|value| value.list(desk)).unwrap_or_default();
    if items.len() < 2 || items.len() + wrong.len() > MOST_LINES {
        let message = format!("{} lines and {} distractors", items.len(), wrong.len());
        desk.fault(&lines.key, message, format!("two lines or more, and at most {MOST_LINES} with the distractors"));
        return None;
    }
    let read: Vec<Safe> = items.iter().filter_map(|item| indented(item, desk)).collect();
    let distractors: Vec<(Safe, Option<Safe>)> = wrong.iter().filter_map(|item| distractor(item, desk)).collect();
    for ((line, _), item) in distractors.iter().zip(&wrong) {
        if read.contains(line) {
            desk.fault(&item.span, "a distractor is one of the right lines", "write a line that does not belong");
        }
    }
    (read.len() == items.len()).then_some(Order { lines: read, distractors })
}

/// A line of a program: the blanks before it say what belongs to what.
fn indented(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Safe> {
    let line = value.line(desk)?;
    let written = value.as_str().unwrap_or_default();
    let indent = written.chars().take_while(|character| *character == ' ').count().min(8);
    Some(Safe::new(&format!("{}{}", " ".repeat(indent), line.as_str())))
}

/// A line, or `{ text = "…", refute = "…" }`.
fn distractor(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<(Safe, Option<Safe>)> {
    if !value.is_table() {
        return indented(value, desk).map(|line| (line, None));
    }
    let mut fields = value.table(desk, "a distractor")?;
    let text = fields.need(desk, "text", "text = \"the line\"").and_then(|value| indented(&value, desk));
    let refute = fields.take(desk, "refute").and_then(|value| value.text(desk));
    fields.finish(desk);
    Some((text?, refute))
}

/// `at = 1, rows = 3, blank = ["verdict", "next-alpha"]`.
pub fn blanks(fields: &mut Fields<'_>, desk: &mut Desk<'_>) -> Option<Blanks> {
    const WORDS: [(&str, Blank); 3] =
        [("verdict", Blank::Verdict), ("margin-sign", Blank::MarginSign), ("next-alpha", Blank::NextAlpha)];
    let at = fields.need(desk, "at", "at = 1, an iteration").and_then(|value| value.count(desk, 0));
    let rows = fields.take(desk, "rows").and_then(|value| value.count(desk, 1));
    let blank = fields.need(desk, "blank", "blank = [\"verdict\"]");
    let blank = blank?;
    let kinds: Vec<Blank> = blank.list(desk)?.iter().filter_map(|item| item.word(desk, &WORDS)).collect();
    if kinds.is_empty() {
        desk.fault(&blank.span, "nothing is blank", "write \"verdict\", \"margin-sign\" or \"next-alpha\"");
        return None;
    }
    Some(Blanks { at: at? as usize, rows: rows.map(|rows| rows as usize), blank: kinds })
}
