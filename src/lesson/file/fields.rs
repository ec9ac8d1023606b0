//! A lesson file after it was judged by its format: tables and values, each with where it stands.

use std::cell::Cell;
use std::ops::Range;

use toml::de::DeValue;

use crate::engine::record::quantity::Quantity;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::objective::landscape::Landscape;

/// A table of the file, without the keys that the format has not.
pub struct Fields<'d> {
    /// What the table is, in words: `a page`.
    pub what: &'static str,
    /// The table's way through the file, such as `page[2].ask`; empty for the whole file.
    pub path: String,
    /// The bytes to mark when something is missing.
    pub place: Range<usize>,
    /// Its values in the order of the file.
    pub values: Vec<Value<'d>>,
    /// The keys that were meant by misspelt ones; their values are not here.
    pub misspelt: Vec<&'static str>,
}

/// A value and where it stands.
pub struct Value<'d> {
    /// The key it belongs to; the list's in a list.
    pub name: &'d str,
    /// Its way through the file, such as `page[2].text`.
    pub path: String,
    /// The bytes of its key; of the value itself in a list.
    pub key: Range<usize>,
    /// The bytes of the value.
    pub span: Range<usize>,
    /// What it is, by the shape that the format has for it.
    pub content: Sound<'d>,
    /// The value as the file has it.
    pub raw: &'d DeValue<'d>,
    /// Whether a reader asked for it.
    pub is_read: Cell<bool>,
}

/// What a value is.
pub enum Sound<'d> {
    /// Not what the format has for it; that was complained about.
    Faulty,
    /// The format leaves it to the reader.
    Open,
    Text(Safe),
    /// A text as it is written.
    Written(&'d str),
    Word(&'static str),
    Flag(bool),
    Number(f64),
    Count(u64),
    Quantity(Quantity),
    Landscape(&'static Landscape),
    /// What is put into a setting of a rule.
    Setting(toml::Value),
    List(Vec<Value<'d>>),
    Table(Fields<'d>),
}

/// For each kind of content a getter on values, and one on tables by the key; `None` where it is missing or at fault.
macro_rules! getters {
    ($($(#[$about:meta])* $name:ident: $of:ty = $found:pat => $content:expr),* $(,)?) => {
        impl<'d> Value<'d> {
            $($(#[$about])*
            pub fn $name(&self) -> Option<$of> {
                if let $found = &self.content { Some($content) } else { None }
            })*
        }

        impl<'d> Fields<'d> {
            $($(#[$about])*
            pub fn $name(&self, key: &str) -> Option<$of> {
                self.get(key)?.$name()
            })*
        }
    };
}

getters! {
    /// A text, made safe.
    text: Safe = Sound::Text(text) => text.clone(),
    /// The text that the reader takes as it is written.
    written: &'d str = Sound::Written(text) => text,
    /// One of the words that the format has.
    word: &'static str = Sound::Word(word) => word,
    flag: bool = Sound::Flag(flag) => *flag,
    /// A finite number.
    number: f64 = Sound::Number(number) => *number,
    /// A whole number.
    count: u64 = Sound::Count(count) => *count,
    quantity: Quantity = Sound::Quantity(quantity) => quantity.clone(),
    landscape: &'static Landscape = Sound::Landscape(landscape) => landscape,
    /// What is put into a setting of a rule.
    setting: &toml::Value = Sound::Setting(setting) => setting,
    /// The items of a list, sound or not.
    list: &[Value<'d>] = Sound::List(items) => items,
    /// A table; values in it may be at fault.
    table: &Fields<'d> = Sound::Table(fields) => fields,
}

impl<'d> Fields<'d> {
    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.values.iter().any(|value| value.name == key)
    }

    /// The value of a key, sound or not; `None` if the key is not there.
    pub fn get(&self, key: &str) -> Option<&Value<'d>> {
        let value = self.values.iter().find(|value| value.name == key)?;
        value.is_read.set(true);
        Some(value)
    }

    /// All values, of a table whose keys the author chooses.
    pub fn all(&self) -> impl Iterator<Item = &Value<'d>> {
        self.values.iter().inspect(|value| value.is_read.set(true))
    }

    /// The items of a list; none where there is no list.
    pub fn items(&self, key: &str) -> &[Value<'d>] {
        self.list(key).unwrap_or_default()
    }

    /// The value of a key that must be there as things stand, though the format cannot say so.
    pub fn need(&self, key: &'static str, example: &str, desk: &mut Desk<'_>) -> Option<&Value<'d>> {
        let value = self.get(key);
        if value.is_none() {
            self.miss(key, example, desk);
        }
        value
    }

    /// Complains that a key is not there, unless it is there misspelt, which was told by name.
    pub fn miss(&self, key: &'static str, example: &str, desk: &mut Desk<'_>) {
        if !self.misspelt.contains(&key) {
            desk.fault(&self.place, format!("{} needs `{key}`", self.what), format!("add {example}"));
        }
    }

    /// Refuses every key that no reader asked for, as it would do nothing; what is left to the reader is not among them.
    pub fn refuse_unread(&self, desk: &mut Desk<'_>) {
        for value in self.values.iter().filter(|value| !matches!(value.content, Sound::Open)) {
            if value.is_read.get() {
                value.refuse_unread(desk);
            } else {
                desk.later(&value.key, &format!("`{}`", value.name), "take it out");
            }
        }
    }
}

impl Value<'_> {
    /// Finite numbers; `None` if one of them is at fault.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        self.list()?.iter().map(Self::number).collect()
    }

    pub fn is_faulty(&self) -> bool {
        matches!(self.content, Sound::Faulty)
    }

    /// Whether it is a table with one of these keys.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        self.raw.as_table().is_some_and(|table| keys.iter().any(|key| table.get(*key).is_some()))
    }

    /// Whether it stands in a list, and so has no key of its own.
    pub fn is_item(&self) -> bool {
        self.key == self.span
    }

    /// What stands for the value when it is at fault as a whole: itself, or for what may be long its key or its opening.
    pub fn face(&self, source: &str) -> Range<usize> {
        let text = source.get(self.span.clone()).unwrap_or_default();
        let is_long = match self.raw {
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

    fn refuse_unread(&self, desk: &mut Desk<'_>) {
        self.list().unwrap_or_default().iter().for_each(|item| item.refuse_unread(desk));
        if let Some(fields) = self.table() {
            fields.refuse_unread(desk);
        }
    }
}
