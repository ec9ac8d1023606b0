//! A question in a lesson file: two to four answers, of which one is right.

use crate::lesson::read::claim;
use crate::lesson::read::desk::Desk;
use crate::lesson::read::fields::Value;
use crate::lesson::read::spelling;
use crate::lesson::schema::{Answer, Choose, Scenario, Truth};

/// The kinds of question that the format names and this version does not have yet.
const PLANNED_KINDS: [&str; 4] = ["number", "point", "order", "table"];

/// `ask = { kind = "choose", … }`.
pub fn choose(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Choose> {
    let mut fields = value.table(desk, "a question")?;
    let kind = fields.need(desk, "kind", "kind = \"choose\"");
    match kind.as_ref().map(|kind| (kind, kind.raw(desk))) {
        Some((_, Some("choose"))) | None => {}
        Some((kind, Some(word))) => {
            if PLANNED_KINDS.contains(&word) {
                desk.later(&kind.span, &format!("the question kind `{word}`"), "ask with kind = \"choose\"");
            } else {
                let cure = spelling::cure(word, ["choose"].into_iter().chain(PLANNED_KINDS));
                desk.fault(&kind.span, format!("no question is of the kind `{word}`"), cure);
            }
            fields.give_up(desk);
            return None;
        }
        Some((_, None)) => {
            fields.give_up(desk);
            return None;
        }
    }
    fields.later(desk, &["vary"], "take it out");
    let question = fields.need(desk, "question", "question = \"How many …?\"").and_then(|value| value.text(desk));
    let confidence = fields.take(desk, "confidence").and_then(|value| value.flag(desk));
    let goes_on = fields.take(desk, "continue").and_then(|value| value.flag(desk));
    let options = fields.need(desk, "options", "options = [ { text = \"…\", correct = true }, … ]");
    let answers = options.and_then(|options| {
        let items = options.list(desk)?;
        if !(2..=4).contains(&items.len()) {
            let message = format!("a question has two to four options, not {}", items.len());
            desk.fault(&options.key, message, "an answer is one of the keys 1 to 4");
        }
        Some(items.iter().filter_map(|item| answer(item, scenario, desk)).collect::<Vec<_>>())
    });
    fields.finish(desk);
    Some(Choose {
        question: question?,
        confidence: confidence.unwrap_or(false),
        options: answers?,
        goes_on: goes_on.unwrap_or(false),
    })
}

fn answer(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Answer> {
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
    Some(Answer { text: text?, truth: truth?, refute, because })
}
