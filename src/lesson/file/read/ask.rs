//! A question in a lesson file: what every kind of question has.

use crate::engine::rule::method::Method;
use crate::engine::rule::parameter::Domain;
use crate::lesson::file::format::question::{QUESTION, VARY};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;
use crate::lesson::file::shape::Case;
use crate::lesson::question::{Ask, CASES, KINDS, Kind, Range};
use crate::lesson::scenario::Scenario;

/// `ask = { kind = "choose", … }`, on the learner's method as the page has it.
pub fn ask(
    value: &Value<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Option<Ask> {
    let mut fields = value.table(desk, &QUESTION)?;
    let Some(case) = fields.get(desk, "kind", case) else {
        fields.give_up(desk);
        return None;
    };
    fields.turn_into(case);
    let question = fields.get(desk, "question", Value::text);
    let confidence = fields.get(desk, "confidence", Value::flag);
    let goes_on = fields.get(desk, "continue", Value::flag);
    let vary = fields.take(desk, "vary").map_or_else(Vec::new, |value| ranges(&value, method, desk));
    let refute = fields.get(desk, "refute", Value::text);
    let because = fields.get(desk, "because", Value::text);
    let kind = Kind::read(case.kind, &mut fields, scenario, desk);
    fields.finish(desk);
    Some(Ask {
        question: question?,
        kind: kind?,
        confidence: confidence.unwrap_or(false),
        goes_on: goes_on.unwrap_or(false),
        refute,
        because,
        vary,
    })
}

fn case(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<&'static Case> {
    let word = value.raw(desk)?;
    let case = CASES.iter().find(|case| case.kind == word);
    if case.is_none() {
        let cure = spelling::cure(word, KINDS.iter().copied());
        desk.fault(&value.span, format!("no question is of the kind `{word}`"), cure);
    }
    case
}

/// `vary = { "step_size.tau" = [0.3, 0.8] }`: numbers of the learner's run, each between two.
fn ranges(value: &Value<'_>, method: Option<&Method>, desk: &mut Desk<'_>) -> Vec<Range> {
    let Some(mut fields) = value.table(desk, &VARY) else { return Vec::new() };
    let mut ranges = Vec::new();
    for named in fields.rest(desk) {
        let Some(method) = method else { continue };
        let paths = method.paths();
        let Some((path, parameter)) = paths.iter().find(|(path, _)| *path == named.name) else {
            let cure = spelling::cure(&named.name, paths.iter().map(|(path, _)| path.as_str()));
            desk.fault(&named.key, format!("`{}` is no setting of the learner's run", named.name), cure);
            continue;
        };
        let Some(ends) = named.numbers(desk) else { continue };
        let [low, high] = ends[..] else {
            desk.fault(&named.span, format!("`{path}` varies between two numbers"), "write [0.3, 0.8]");
            continue;
        };
        let is_whole = matches!(parameter.domain, Domain::Whole(..));
        let set = |end: f64| if is_whole { toml::Value::from(end as i64) } else { toml::Value::from(end) };
        if low >= high {
            desk.fault(&named.span, format!("{low} is not below {high}"), "write the lower number first");
        } else if let Some(why) = [low, high].iter().find_map(|end| method.drafted(path, &set(*end)).err()) {
            desk.fault(&named.span, why, "choose other ends");
        } else {
            ranges.push(Range { path: path.clone(), low, high, is_whole });
        }
    }
    ranges
}
