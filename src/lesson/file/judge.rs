//! The one pass over a lesson file: keys, kinds, ranges and what is missing are judged by the format, before anything
//! is read.

use std::cell::Cell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::rule::method::Half;
use crate::lesson::file::fields::{Fields, Sound, Value};
use crate::lesson::file::judge::scalar::{scalar, unfit};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::shape::{ANY, Case, Cases, FormatKey, Need, OneOf, PLAIN, Shape, Table};

pub mod quantity;
pub mod scalar;
pub mod setting;

/// Judges the whole file; `None` if its other keys cannot be judged.
pub fn whole<'d>(format: &'static Table, document: &'d DeTable<'d>, desk: &mut Desk<'_>) -> Option<Fields<'d>> {
    table(format, "", 0..0, document, desk)
}

/// A value that the format left to the reader, judged by a shape.
pub fn opened<'d>(value: &Value<'d>, shape: &Shape, desk: &mut Desk<'_>) -> Value<'d> {
    let (path, key, span) = (value.path.clone(), value.key.clone(), value.span.clone());
    let content = content(value, shape, desk).unwrap_or(Sound::Faulty);
    Value { path, key, span, content, is_read: Cell::new(true), ..*value }
}

/// What a value is by a shape; `None` after a complaint that it does not fit.
fn content<'d>(value: &Value<'d>, shape: &Shape, desk: &mut Desk<'_>) -> Option<Sound<'d>> {
    match *shape {
        Shape::List(of, ..) => list(value, of, desk).map(Sound::List),
        Shape::Table(of) => {
            let entries = value.raw.as_table().or_else(|| unfit(value, "a table", "{ … }", desk))?;
            table(of, &value.path, value.face(desk.source), entries, desk).map(Sound::Table)
        }
        Shape::Rule(half) => rule(half, value, desk).map(Sound::Table),
        Shape::Either(shapes) => {
            let meant = shapes.iter().find(|shape| is_meant(value, shape)).or(shapes.last())?;
            content(value, meant, desk)
        }
        Shape::Having(_, of) => content(value, of, desk),
        _ => scalar(value, shape, desk),
    }
}

/// Whether a value is of the kind that a shape takes.
fn is_meant(value: &Value<'_>, shape: &Shape) -> bool {
    match shape {
        Shape::Table(_) => value.raw.is_table(),
        Shape::Having(keys, _) => value.has_any(keys),
        Shape::Number | Shape::Count(_) => value.raw.is_integer() || value.raw.is_float(),
        Shape::Refused(words, _) => value.raw.as_str().is_some_and(|text| words.is_empty() || words.contains(&text)),
        _ => false,
    }
}

fn list<'d>(value: &Value<'d>, of: &Shape, desk: &mut Desk<'_>) -> Option<Vec<Value<'d>>> {
    let array = value.raw.as_array().or_else(|| unfit(value, "a list", "[ … ]", desk))?;
    let is_pages = value.path == "page";
    let mut items = Vec::new();
    // What is wrong with a page is told with its number.
    for (index, written) in array.iter().enumerate() {
        if is_pages {
            desk.page = Some(index + 1);
        }
        let path = format!("{}[{index}]", value.path);
        let mut item = entry(value.name, path, written.span(), written);
        judge(&mut item, of, desk);
        items.push(item);
    }
    if is_pages {
        desk.page = None;
    }
    Some(items)
}

/// Notes where a value stands, and judges it.
fn judge(value: &mut Value<'_>, shape: &Shape, desk: &mut Desk<'_>) {
    let face = value.face(desk.source);
    desk.mark(&value.path, &face);
    value.content = content(value, shape, desk).unwrap_or(Sound::Faulty);
}

fn entry<'d>(name: &'d str, path: String, key: Range<usize>, written: &'d Spanned<DeValue<'d>>) -> Value<'d> {
    let (span, raw) = (written.span(), written.get_ref());
    Value { name, path, key, span, content: Sound::Open, raw, is_read: Cell::new(false) }
}

/// The keys of a table in the order of the file, none of them judged.
fn unjudged<'d>(what: &'static str, path: &str, place: Range<usize>, entries: &'d DeTable<'d>) -> Fields<'d> {
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let entries = entries.iter();
    let mut values: Vec<Value<'d>> =
        entries.map(|(key, value)| entry(key.get_ref(), under(key.get_ref()), key.span(), value)).collect();
    values.sort_by_key(|value| value.key.start);
    Fields { what, path: path.to_owned(), place, values, misspelt: Vec::new() }
}

fn table<'d>(
    format: &'static Table,
    path: &str,
    place: Range<usize>,
    entries: &'d DeTable<'d>,
    desk: &mut Desk<'_>,
) -> Option<Fields<'d>> {
    let mut fields = unjudged(format.what, path, place, entries);
    let case = case(format, &mut fields, desk)?;
    let form = format.one_of.filter(|_| !matches!(format.cases, Cases::Form(_)));
    let one_ofs = form.into_iter().chain(case.one_of);
    // Where several of them are there, it is not known which one is meant: none is judged.
    let unclear: Vec<&str> = one_ofs
        .filter(|one_of| chosen(one_of, &fields, desk).is_none())
        .flat_map(|one_of| one_of.keys)
        .copied()
        .collect();
    let keys: Vec<&'static FormatKey> = format.common().chain(case.keys()).collect();
    if format.named.is_none() {
        let known: Vec<&'static str> = keys.iter().map(|key| key.name).collect();
        take_unknown_out(&mut fields, &known, format.planned, desk);
    }
    for value in &mut fields.values {
        match (keys.iter().find(|key| key.name == value.name), &format.named) {
            (Some(key), _) if unclear.contains(&key.name) => value.content = Sound::Faulty,
            (Some(key), _) => judge_key(value, key, desk),
            (None, Some(shape)) => judge(value, shape, desk),
            (None, None) => {}
        }
    }
    miss_needed(&fields, &keys, desk);
    Some(fields)
}

/// Complains about keys that must be there and are not.
fn miss_needed(fields: &Fields<'_>, keys: &[&'static FormatKey], desk: &mut Desk<'_>) {
    for key in keys.iter().filter(|key| !fields.has(key.name)) {
        let example = match key.need {
            Need::Never => None,
            Need::Always(example) => Some(example),
            Need::When(example) => example(fields),
        };
        if let Some(example) = example {
            fields.miss(key.name, example, desk);
        }
    }
}

/// Judges the value of a key, and if it is a list, how long it is.
fn judge_key(value: &mut Value<'_>, key: &FormatKey, desk: &mut Desk<'_>) {
    judge(value, &key.shape, desk);
    if let (Shape::List(_, least, most), Some(said), Some(items)) = (key.shape, key.size, value.list())
        && !(least..=most).contains(&items.len())
    {
        let message = said.0.replace("{name}", key.name).replace("{count}", &items.len().to_string());
        // A list that may be too long is marked by its key.
        desk.fault(if most < ANY { &value.key } else { &value.span }, message, said.1);
        value.content = Sound::Faulty;
    }
}

/// Complains about the keys that a table has not, or has not yet, and takes them out.
fn take_unknown_out(fields: &mut Fields<'_>, known: &[&'static str], planned: &[(&str, &str)], desk: &mut Desk<'_>) {
    let Fields { what, values, misspelt, .. } = fields;
    values.retain(|value| {
        let is_known = known.contains(&value.name);
        if let Some((_, cure)) = planned.iter().find(|(name, _)| *name == value.name) {
            desk.later(&value.key, &format!("`{}`", value.name), *cure);
        } else if !is_known {
            misspelt.extend(spelling::nearest(value.name, known.iter().copied()));
            let cure = spelling::cure(value.name, known.iter().copied());
            desk.fault(&value.key, format!("{what} has no key `{}`", value.name), cure);
        }
        is_known
    });
}

/// Which further keys a table has; `None` after a complaint about what decides that.
fn case(format: &'static Table, fields: &mut Fields<'_>, desk: &mut Desk<'_>) -> Option<&'static Case> {
    let leading_key = format.common().find(|key| matches!(key.shape, Shape::Only(_) | Shape::Kind(_)));
    if let Some(key) = leading_key {
        let kind = leading(key, fields, desk)?.word();
        return Some(kind.map_or(&PLAIN, |kind| format.cases.find(kind)));
    }
    let (Cases::Form(_), Some(one_of)) = (&format.cases, format.one_of) else { return Some(&PLAIN) };
    let form = chosen(one_of, fields, desk);
    if form.is_none() {
        // What goes with every form can still be judged.
        let is_other = |key: &&FormatKey| !one_of.keys.contains(&key.name);
        for value in &mut fields.values {
            if let Some(key) = format.common().filter(is_other).find(|key| key.name == value.name) {
                judge(value, &key.shape, desk);
            }
        }
    }
    form.map(|form| format.cases.find(form))
}

/// The value of a key without which no other can be judged; `None` if it is missing or at fault.
fn leading<'f, 'd>(key: &FormatKey, fields: &'f mut Fields<'d>, desk: &mut Desk<'_>) -> Option<&'f Value<'d>> {
    let Some(at) = fields.values.iter().position(|value| value.name == key.name) else {
        if let Need::Always(example) = key.need {
            fields.miss(key.name, example, desk);
        }
        return None;
    };
    let value = &mut fields.values[at];
    judge(value, &key.shape, desk);
    value.is_read.set(true);
    (!value.is_faulty()).then_some(value)
}

/// The one key of several that is there; `None` after a complaint.
fn chosen(one_of: &OneOf, fields: &Fields<'_>, desk: &mut Desk<'_>) -> Option<&'static str> {
    let there: Vec<&Value<'_>> =
        one_of.keys.iter().filter_map(|key| fields.values.iter().find(|value| value.name == *key)).collect();
    match (&there[..], &one_of.said) {
        ([one, other, ..], Some((two, _))) => {
            let message = two.0.replace("{one}", one.name).replace("{other}", other.name);
            desk.fault(&other.key, message, two.1);
            None
        }
        ([], Some((_, none))) => {
            desk.fault(&fields.place, none.0, none.1);
            None
        }
        ([one, ..], _) => one_of.keys.iter().find(|key| **key == one.name).copied(),
        ([], None) => one_of.keys.last().copied(),
    }
}

/// A rule with its settings, which stand in the engine.
fn rule<'d>(half: Half, value: &Value<'d>, desk: &mut Desk<'_>) -> Option<Fields<'d>> {
    let entries = value.raw.as_table().or_else(|| unfit(value, "a table", "{ … }", desk))?;
    let what = match half {
        Half::Direction => "a direction",
        Half::StepSize => "a step size",
    };
    let mut fields = unjudged(what, &value.path, value.face(desk.source), entries);
    let Some(at) = fields.values.iter().position(|value| value.name == "rule") else {
        fields.miss("rule", &format!("rule = \"{}\"", half.names().first().map_or("", String::as_str)), desk);
        return None;
    };
    let named = &mut fields.values[at];
    desk.mark(&named.path, &named.span);
    let name = setting::rule(half, named, desk)?;
    let parameters = half.parameters(name).unwrap_or_default();
    named.content = Sound::Written(name);
    let known: Vec<&'static str> = ["rule"].into_iter().chain(parameters.iter().map(|one| one.name)).collect();
    take_unknown_out(&mut fields, &known, &[], desk);
    for value in &mut fields.values {
        let Some(parameter) = parameters.iter().find(|parameter| parameter.name == value.name) else { continue };
        let face = value.face(desk.source);
        desk.mark(&value.path, &face);
        value.content = setting::setting(parameter, value, desk).map_or(Sound::Faulty, Sound::Setting);
    }
    Some(fields)
}
