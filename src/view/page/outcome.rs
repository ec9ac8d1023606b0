//! What the page box says of an answer that was given: that it is sealed, or what became of it and why.

use crate::app::room::sitting::{AnswerVerdict, Sitting};
use crate::lesson::claim::worded;
use crate::lesson::question::Kind;
use crate::lesson::question::closeness;
use crate::lesson::question::grade;
use crate::lesson::question::point::{Spot, Target};
use crate::view::page::content::Content;
use crate::view::page::pair::voices;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;
use crate::view::question;
use crate::view::question::posed::Columns;

/// An answer whose outcome is not seen yet.
pub fn sealed(sitting: &Sitting, content: &mut Content) {
    let record = sitting.record();
    let Some((ask, given)) = sitting.page().ask.as_ref().zip(record.answer.as_ref()) else { return };
    content.say(&format!("? {}", ask.question.as_str()), Ink::Dim);
    let said = match voices(record, ask) {
        Some(voices) => format!("{} {}.", voices.each, voices.said),
        None => format!("You said {}{}.", closeness::quoted(ask, given), sureness(record.confidence)),
    };
    content.say(&format!("{} Sealed until the run shows it.", said.trim_start()), Ink::Emphasis);
}

fn sureness(confidence: Option<usize>) -> &'static str {
    match confidence {
        Some(0) => " (a guess)",
        Some(1) => " (you thought so)",
        Some(2) => " (you were sure)",
        _ => "",
    }
}

/// What became of an answer, once its outcome is seen, and why.
pub fn outcome(sitting: &Sitting, content: &mut Content) {
    let (theme, record) = (content.theme, sitting.record());
    let (Some(ask), Some(verdict)) = (&sitting.page().ask, &record.verdict) else { return };
    let AnswerVerdict { grade, was_seen, .. } = verdict;
    // A review has other numbers than its author knew: there the runs themselves say why.
    let because = match grade::reason(ask, &grade.key) {
        Some(because) => because.as_str().to_owned(),
        None => worded::evidence(ask, &grade.key, &sitting.cast).unwrap_or_default(),
    };
    if grade.is_right() {
        let columns = Columns { theme, width: content.width };
        content.add(question::kind(ask, None).made(sitting, grade, columns), Ink::Code);
    }
    if *was_seen && !sitting.own.is_empty() {
        content.say("Said of the lesson’s run, which yours no longer is:", Ink::Dim);
    }
    let first = content.lines.len();
    let Some(given) = record.answer.as_ref() else {
        // Nobody answered: the lock was lifted.
        let truth = || format!("It is {}. ", closeness::quoted(ask, &grade.key));
        let so = (!ask.kind.is_exercise()).then(truth).unwrap_or_default();
        content.say(&format!("{} {so}{because}", theme.symbol(Mark::Yes)), Ink::Good);
        content.need_from(first);
        return;
    };
    let (said, sure) = (grade::words(ask, given), sureness(record.confidence));
    let (yes, no) = (theme.symbol(Mark::Yes), theme.symbol(Mark::No));
    let you_said = voices(record, ask)
        .map_or_else(|| format!("You said {}{sure}", closeness::quoted(ask, given)), |voices| voices.said);
    let is_start = matches!(&ask.kind, Kind::Point(Spot { truth: Target::StartsFor(..), .. }));
    if grade.is_right() {
        let so = if is_start {
            format!("From {said}{sure} the run does it.")
        } else {
            closeness::told(ask, given, grade, &you_said)
        };
        content.say(&format!("{yes} {so} {because}"), Ink::Good);
        content.need_from(first);
        return;
    }
    let refute = grade::refutation(ask, given, grade).map_or("", |refute| refute.as_str());
    if is_start {
        content.say(&format!("{no} From {said}{sure} the run does not do it. {refute}"), Ink::Text);
        content.say(&format!("{yes} From {} it does. {because}", grade::words(ask, &grade.key)), Ink::Good);
        return;
    }
    content.say(&format!("{no} {} {refute}", closeness::told(ask, given, grade, &you_said)), Ink::Text);
    content.say(&format!("{yes} It is {}. {because}", closeness::quoted_key(ask, given, &grade.key)), Ink::Good);
}
