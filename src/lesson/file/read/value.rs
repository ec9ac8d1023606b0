//! A value of a lesson file, and what is said where it is not what the format has for it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::lesson::file::complaint::Complaint;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::kind::{kind, number};
use crate::lesson::file::read::spelling;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::{MOST_COUNT, Shape};

/// The most letters of a title, a name or a summary.
pub const MOST_LETTERS: usize = 200;

/// A value and where it stands.
#[derive(Clone)]
pub struct Value<'d> {
    /// The key it belongs to; the list's in a list.
    pub name: String,
    /// Its way through the file, such as `page[2].text`.
    pub path: String,
    /// The bytes of its key; of the value itself in a list.
    pub key: Range<usize>,
    /// The bytes of the value.
    pub span: Range<usize>,
    /// What the format says that it takes.
    pub(in crate::lesson) shape: Shape,
    inner: &'d DeValue<'d>,
}

impl<'d> Value<'d> {
    /// The value of a key in the table at `path`.
    pub(in crate::lesson) fn under(
        path: &str,
        key: &'d Spanned<std::borrow::Cow<'d, str>>,
        value: &'d Spanned<DeValue<'d>>,
        shape: Shape,
    ) -> Self {
        let name = key.get_ref().to_string();
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        Self { name, path, key: key.span(), span: value.span(), shape, inner: value.get_ref() }
    }

    /// Complains that the value is of another kind.
    pub(in crate::lesson) fn unfit<T>(&self, desk: &mut Desk<'_>, wanted: &str, example: &str) -> Option<T> {
        let message = format!("`{}` takes {wanted}, found {}", self.name, kind(self.inner));
        let cure = if self.is_item() { format!("write {example}") } else { format!("write {} = {example}", self.name) };
        desk.fault(&self.span, message, cure);
        None
    }

    /// Whether it stands in a list, and so has no key of its own.
    fn is_item(&self) -> bool {
        self.key == self.span
    }

    /// The text as written.
    pub fn as_str(&self) -> Option<&'d str> {
        self.inner.as_str()
    }

    /// The keys and values of a table.
    pub(in crate::lesson) fn as_table(&self) -> Option<&'d DeTable<'d>> {
        self.inner.as_table()
    }

    pub fn is_number(&self) -> bool {
        self.inner.is_integer() || self.inner.is_float()
    }

    pub fn is_table(&self) -> bool {
        self.inner.is_table()
    }

    /// Whether it is a table with one of these keys.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        self.inner.as_table().is_some_and(|table| keys.iter().any(|key| table.get(*key).is_some()))
    }

    /// A text, as written.
    pub fn raw(&self, desk: &mut Desk<'_>) -> Option<&'d str> {
        self.as_str().or_else(|| self.unfit(desk, "a text", "\"…\""))
    }

    /// A text of any length, made safe.
    pub fn text(&self, desk: &mut Desk<'_>) -> Option<Safe> {
        let text = self.raw(desk)?;
        if let Some(harm) = Safe::first_harm(text) {
            let message = format!("`{}` holds the character U+{:04X}, which is taken out", self.name, u32::from(harm));
            desk.complain(Complaint::warning(message).at(self.span.clone()).cure("delete it"));
        }
        Some(Safe::new(text.trim()))
    }

    /// A text of one line that is not empty.
    pub fn line(&self, desk: &mut Desk<'_>) -> Option<Safe> {
        let line = Safe::line(&self.text(desk)?);
        if line.is_empty() {
            desk.fault(&self.span, format!("`{}` is empty", self.name), "write something, or leave the key out");
            return None;
        }
        Some(line)
    }

    /// A title, a name or a summary: a line that is no longer than it can be shown.
    pub fn heading(&self, desk: &mut Desk<'_>) -> Option<Safe> {
        let line = self.line(desk)?;
        let length = line.chars().count();
        if length > MOST_LETTERS {
            let message = format!("`{}` has {length} letters, and may have {MOST_LETTERS}", self.name);
            desk.fault(&self.span, message, "say it shorter; a page has room for more");
            return None;
        }
        Some(line)
    }

    /// One of the words that the format has for it.
    pub fn word(&self, desk: &mut Desk<'_>) -> Option<&'static str> {
        self.word_of(desk, self.shape.words())
    }

    /// One of some words.
    pub fn word_of(&self, desk: &mut Desk<'_>, words: &[&'static str]) -> Option<&'static str> {
        let word = self.raw(desk)?;
        let found = words.iter().find(|known| **known == word).copied();
        if found.is_none() {
            let cure = spelling::cure(word, words.iter().copied());
            desk.fault(&self.span, format!("`{}` cannot be \"{word}\"", self.name), cure);
        }
        found
    }

    /// A finite number.
    pub fn number(&self, desk: &mut Desk<'_>) -> Option<f64> {
        match number(self.inner) {
            Some(number) if number.is_finite() => Some(number),
            Some(_) => self.unfit(desk, "a finite number", "0.5"),
            None => self.unfit(desk, "a number", "0.5"),
        }
    }

    /// A finite number that is at least 0.
    pub fn size(&self, desk: &mut Desk<'_>) -> Option<f64> {
        let number = self.number(desk)?;
        if number < 0.0 {
            desk.fault(&self.span, format!("`{}` is below 0", self.name), "write 0 or more");
            return None;
        }
        Some(number)
    }

    /// A whole number in the range that the format has for it.
    pub fn count(&self, desk: &mut Desk<'_>) -> Option<u64> {
        let least = self.shape.least();
        let count = self.inner.as_integer().and_then(|_| number(self.inner));
        let Some(count) = count else {
            return self.unfit(desk, "a whole number", &least.max(1).to_string());
        };
        if count < least as f64 || count > MOST_COUNT as f64 {
            let cure = format!("write a whole number from {least} to {MOST_COUNT}");
            desk.fault(&self.span, format!("`{}` = {count} is out of range", self.name), cure);
            return None;
        }
        Some(count as u64)
    }

    /// Yes or no.
    pub fn flag(&self, desk: &mut Desk<'_>) -> Option<bool> {
        self.inner.as_bool().or_else(|| self.unfit(desk, "true or false", "true"))
    }

    pub fn list(&self, desk: &mut Desk<'_>) -> Option<Vec<Self>> {
        let Some(array) = self.inner.as_array() else {
            return self.unfit(desk, "a list", "[ … ]");
        };
        let (shape, ..) = self.shape.list();
        let item = |(index, value): (usize, &'d Spanned<DeValue<'d>>)| {
            let (name, path) = (self.name.clone(), format!("{}[{index}]", self.path));
            Self { name, path, key: value.span(), span: value.span(), shape, inner: value.get_ref() }
        };
        let items: Vec<Self> = array.iter().enumerate().map(item).collect();
        for item in &items {
            item.mark(desk);
        }
        Some(items)
    }

    /// How many items the format has for the list, at least and at most.
    pub fn lengths(&self) -> (usize, usize) {
        let (_, least, most) = self.shape.list();
        (least, most)
    }

    /// A list, each of whose items is read.
    pub fn all<T>(&self, desk: &mut Desk<'_>, read: impl Fn(&Self, &mut Desk<'_>) -> Option<T>) -> Option<Vec<T>> {
        let items = self.list(desk)?;
        let sound: Vec<T> = items.iter().filter_map(|item| read(item, desk)).collect();
        (sound.len() == items.len()).then_some(sound)
    }

    /// A list of finite numbers.
    pub fn numbers(&self, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
        self.all(desk, Self::number)
    }

    /// Notes where the value stands.
    pub(in crate::lesson) fn mark(&self, desk: &mut Desk<'_>) {
        let face = self.face(desk);
        desk.mark(&self.path, &face);
    }

    /// What stands for the value when it is at fault as a whole: itself, or for what may be long its key or its opening.
    pub(in crate::lesson) fn face(&self, desk: &Desk<'_>) -> Range<usize> {
        let text = desk.source.get(self.span.clone()).unwrap_or_default();
        let is_long = match self.inner {
            DeValue::Table(_) => text.starts_with('{'),
            DeValue::Array(_) => text.contains(['{', '\n']) || !text.starts_with('['),
            _ => false,
        };
        match (is_long, self.is_item()) {
            (false, _) => self.span.clone(),
            (true, true) => self.span.start..self.span.start + 1,
            (true, false) => self.key.clone(),
        }
    }

    /// The value as the engine takes it; none for what no setting can be.
    pub fn setting(&self) -> Option<toml::Value> {
        match self.inner {
            DeValue::String(text) => Some(toml::Value::String(text.to_string())),
            DeValue::Boolean(flag) => Some(toml::Value::Boolean(*flag)),
            DeValue::Integer(_) | DeValue::Float(_) => number(self.inner).map(toml::Value::Float),
            DeValue::Array(items) => {
                let numbers: Option<Vec<f64>> = items.iter().map(|item| number(item.get_ref())).collect();
                numbers.map(toml::Value::from)
            }
            _ => None,
        }
    }
}
