//! A text, a word or a number, judged by what the format has for it.

use toml::de::DeValue;

use crate::lesson::file::complaint::Complaint;
use crate::lesson::file::fields::{Sound, Value};
use crate::lesson::file::judge::quantity::quantity;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::{MOST_COUNT, MOST_LETTERS, Shape};
use crate::lesson::schema::Panel;
use crate::objective::catalog;
use crate::objective::landscape::Landscape;

/// The panels that the format names and this version does not have yet.
const PLANNED_PANELS: [&str; 1] = ["data"];

/// What a value without parts is by a shape; `None` after a complaint.
pub(in crate::lesson) fn scalar<'d>(value: &Value<'d>, shape: &Shape, desk: &mut Desk<'_>) -> Option<Sound<'d>> {
    let no_such = |word: &str| format!("`{}` cannot be \"{word}\"", value.name);
    let no_kind = |word: &str| format!("no question is of the kind `{word}`");
    match *shape {
        Shape::Text => text(value, desk).map(Sound::Text),
        Shape::Line => line(value, desk).map(Sound::Text),
        Shape::Heading => heading(value, desk).map(Sound::Text),
        Shape::Written => raw(value, desk).map(Sound::Written),
        Shape::Quantity => quantity(raw(value, desk)?, value, desk).map(Sound::Quantity),
        Shape::Flag => value.raw.as_bool().or_else(|| unfit(value, "true or false", "true", desk)).map(Sound::Flag),
        Shape::Only(only) => this_one(value, only, desk).map(Sound::Count),
        Shape::Number => finite(value, desk).map(Sound::Number),
        Shape::Size => size(value, desk).map(Sound::Number),
        Shape::Count(least) => count(value, least, desk).map(Sound::Count),
        Shape::Word(words) => word(value, words, no_such, desk).map(Sound::Word),
        Shape::Kind(kinds) => word(value, kinds, no_kind, desk).map(Sound::Word),
        Shape::Panel => panel(value, no_such, desk).map(Sound::Word),
        Shape::Landscape => landscape(value, desk).map(Sound::Landscape),
        Shape::Refused(_, said) => {
            let text = value.raw.as_str().unwrap_or_default();
            let message = said.0.replace("{name}", value.name).replace("{text}", text);
            desk.fault(&value.span, message, said.1);
            None
        }
        _ => Some(Sound::Open),
    }
}

/// Complains that the value is of another kind.
pub fn unfit<T>(value: &Value<'_>, wanted: &str, example: &str, desk: &mut Desk<'_>) -> Option<T> {
    let message = format!("`{}` takes {wanted}, found {}", value.name, kind(value.raw));
    let cure = if value.is_item() { format!("write {example}") } else { format!("write {} = {example}", value.name) };
    desk.fault(&value.span, message, cure);
    None
}

/// What a value is, in words.
fn kind(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", text.chars().take(40).collect::<String>()),
        DeValue::Integer(_) | DeValue::Float(_) => {
            number(value).map_or_else(|| "a number beyond all bounds".into(), |number| format!("the number {number}"))
        }
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

/// The number that a value is; `None` for other kinds, and for a number beyond all bounds.
pub fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|integer| integer as f64)
        }
        _ => None,
    }
}

/// A text, as written.
pub fn raw<'d>(value: &Value<'d>, desk: &mut Desk<'_>) -> Option<&'d str> {
    value.raw.as_str().or_else(|| unfit(value, "a text", "\"…\"", desk))
}

/// A text of any length, made safe.
fn text(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Safe> {
    let text = raw(value, desk)?;
    if let Some(harm) = Safe::first_harm(text) {
        let message = format!("`{}` holds the character U+{:04X}, which is taken out", value.name, u32::from(harm));
        desk.complain(Complaint::warning(message).at(value.span.clone()).cure("delete it"));
    }
    Some(Safe::new(text.trim()))
}

/// A text of one line that is not empty.
fn line(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Safe> {
    let line = Safe::line(&text(value, desk)?);
    if line.is_empty() {
        desk.fault(&value.span, format!("`{}` is empty", value.name), "write something, or leave the key out");
        return None;
    }
    Some(line)
}

/// A title, a name or a summary: a line that is no longer than it can be shown.
fn heading(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Safe> {
    let line = line(value, desk)?;
    let length = line.chars().count();
    if length > MOST_LETTERS {
        let message = format!("`{}` has {length} letters, and may have {MOST_LETTERS}", value.name);
        desk.fault(&value.span, message, "say it shorter; a page has room for more");
        return None;
    }
    Some(line)
}

/// One of some words; `said` makes the complaint of another one.
fn word(
    value: &Value<'_>,
    words: &[&'static str],
    said: impl Fn(&str) -> String,
    desk: &mut Desk<'_>,
) -> Option<&'static str> {
    let word = raw(value, desk)?;
    let found = words.iter().find(|known| **known == word).copied();
    if found.is_none() {
        desk.fault(&value.span, said(word), spelling::cure(word, words.iter().copied()));
    }
    found
}

fn panel(value: &Value<'_>, no_such: impl Fn(&str) -> String, desk: &mut Desk<'_>) -> Option<&'static str> {
    let names = Panel::ALL.map(Panel::name);
    if let Some(word) = value.raw.as_str().filter(|word| PLANNED_PANELS.contains(word)) {
        desk.later(&value.span, &format!("the panel `{word}`"), format!("there are {}", spelling::listed(names)));
        return None;
    }
    word(value, &names, no_such, desk)
}

fn landscape(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<&'static Landscape> {
    let name = raw(value, desk)?;
    let found = catalog::named(name);
    if found.is_none() {
        let cure = spelling::cure(name, catalog::LANDSCAPES.iter().map(|landscape| landscape.name));
        desk.fault(&value.span, format!("no landscape is called `{name}`"), cure);
    }
    found
}

/// A finite number.
fn finite(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<f64> {
    match number(value.raw) {
        Some(number) if number.is_finite() => Some(number),
        Some(_) => unfit(value, "a finite number", "0.5", desk),
        None => unfit(value, "a number", "0.5", desk),
    }
}

/// A finite number that is at least 0.
fn size(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<f64> {
    let number = finite(value, desk)?;
    if number < 0.0 {
        desk.fault(&value.span, format!("`{}` is below 0", value.name), "write 0 or more");
        return None;
    }
    Some(number)
}

/// A whole number that is not below `least`.
fn count(value: &Value<'_>, least: u64, desk: &mut Desk<'_>) -> Option<u64> {
    let Some(count) = value.raw.as_integer().and_then(|_| number(value.raw)) else {
        return unfit(value, "a whole number", &least.max(1).to_string(), desk);
    };
    if count < least as f64 || count > MOST_COUNT as f64 {
        let cure = format!("write a whole number from {least} to {MOST_COUNT}");
        desk.fault(&value.span, format!("`{}` = {count} is out of range", value.name), cure);
        return None;
    }
    Some(count as u64)
}

/// The version of the format that this program reads.
fn this_one(value: &Value<'_>, only: u64, desk: &mut Desk<'_>) -> Option<u64> {
    let (count, name) = (count(value, only, desk)?, value.name);
    if count != only {
        let message = format!("{name} {count} is newer than this version, which reads {name} {only}");
        desk.fault(&value.span, message, format!("take a newer version, or write {name} = {only}"));
        return None;
    }
    Some(count)
}
