//! A question in a lesson file: what is asked, and how it is answered.

use crate::engine::rule::method::Method;
use crate::engine::rule::parameter::Domain;
use crate::lesson::file::read::answered;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::{Fields, Value};
use crate::lesson::file::read::spelling;
use crate::lesson::question::{Ask, Choice, Kind, Range, Truth};
use crate::lesson::schema::Scenario;

/// The kinds of question.
const KINDS: [&str; 5] = ["choose", "number", "point", "order", "table"];

/// `ask = { kind = "choose", … }`, on the learner's method as the page has it.
pub fn ask(
    value: &Value<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Option<Ask> {
    let mut fields = value.table(desk, "a question")?;
    let kind = fields.need(desk, "kind", "kind = \"choose\"").and_then(|value| {
        let word = value.raw(desk)?;
        let known = KINDS.into_iter().find(|known| *known == word);
        if known.is_none() {
            let cure = spelling::cure(word, KINDS);
            desk.fault(&value.span, format!("no question is of the kind `{word}`"), cure);
        }
        known
    });
    let Some(kind) = kind else {
        fields.give_up(desk);
        return None;
    };
    let question = fields.need(desk, "question", "question = \"How many …?\"").and_then(|value| value.text(desk));
    let confidence = fields.take(desk, "confidence").and_then(|value| value.flag(desk));
    let goes_on = fields.take(desk, "continue").and_then(|value| value.flag(desk));
    let vary = fields.take(desk, "vary").map_or_else(Vec::new, |value| ranges(&value, method, desk));
    // The options of `choose` say what is to be said to each of them.
    let (refute, because) = if kind == "choose" {
        (None, None)
    } else {
        let mut said = |key| fields.take(desk, key).and_then(|value| value.text(desk));
        (said("refute"), said("because"))
    };
    let kind = match kind {
        "choose" => options(&mut fields, scenario, desk).map(Kind::Choose),
        "number" => answered::measure(&mut fields, scenario, desk).map(Kind::Number),
        "point" => answered::spot(&mut fields, scenario, desk).map(Kind::Point),
        "order" => answered::order(&mut fields, desk).map(Kind::Order),
        _ => answered::blanks(&mut fields, desk).map(Kind::Table),
    };
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

fn options(fields: &mut Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Vec<Choice>> {
    let options = fields.need(desk, "options", "options = [ { text = \"…\", correct = true }, … ]")?;
    let items = options.list(desk)?;
    if !(2..=4).contains(&items.len()) {
        let message = format!("a question has two to four options, not {}", items.len());
        desk.fault(&options.key, message, "an answer is one of the keys 1 to 4");
    }
    Some(items.iter().filter_map(|item| option(item, scenario, desk)).collect())
}

fn option(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Choice> {
    let mut fields = value.table(desk, "an option")?;
    let text = fields.need(desk, "text", "text = \"the answer\"").and_then(|value| value.line(desk));
    let claim = fields.take(desk, "claim");
    let correct = fields.take(desk, "correct");
    let refute = fields.take(desk, "refute").and_then(|value| value.text(desk));
    let because = fields.take(desk, "because").and_then(|value| value.text(desk));
    let truth = match (claim, correct) {
        (Some(claim), None) => claim::claim(&claim, scenario, desk).map(Truth::Claim),
        (None, Some(correct)) => correct.flag(desk).map(Truth::Said),
        (Some(_), Some(correct)) => {
            desk.fault(
                &correct.key,
                "an option has `claim` or `correct`, not both",
                "let the engine decide: keep `claim`",
            );
            None
        }
        (None, None) => {
            let cure = "add claim = { … }, or correct = true or false where there is no number";
            desk.fault(fields.place(), "nothing says whether this option is right", cure);
            None
        }
    };
    fields.finish(desk);
    Some(Choice { text: text?, truth: truth?, refute, because })
}

/// `vary = { "step_size.tau" = [0.3, 0.8] }`: numbers of the learner's run, each between two.
fn ranges(value: &Value<'_>, method: Option<&Method>, desk: &mut Desk<'_>) -> Vec<Range> {
    let Some(mut fields) = value.table(desk, "`vary`") else { return Vec::new() };
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
