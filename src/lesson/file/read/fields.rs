//! The keys of a table in a lesson file, taken one by one as the format has them; what nobody takes is an error.

use std::ops::Range;

use toml::de::DeTable;

use crate::engine::rule::method::Half;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;
use crate::lesson::file::shape::{Case, Shape, Table};

/// The keys of a table that nobody has taken yet.
pub struct Fields<'d> {
    /// What the table is, in words: `a page`.
    what: &'static str,
    /// The table in the format; `None` for a rule, whose parameters stand in the engine.
    table: Option<&'static Table>,
    /// Of what kind the thing is, where that says which keys it has.
    case: Option<&'static Case>,
    path: String,
    /// What to mark when something is missing.
    place: Range<usize>,
    left: Vec<Value<'d>>,
    known: Vec<&'static str>,
    /// What was needed and not there, each with an example.
    missing: Vec<(&'static str, String)>,
}

impl<'d> Fields<'d> {
    /// The keys of the whole file, in its order.
    pub fn whole(table: &'static Table, document: &'d DeTable<'d>) -> Self {
        Self::of(table.what, Some(table), "", 0..0, document)
    }

    fn of(
        what: &'static str,
        table: Option<&'static Table>,
        path: &str,
        place: Range<usize>,
        entries: &'d DeTable<'d>,
    ) -> Self {
        let named = table.and_then(|table| table.named).unwrap_or(Shape::Setting);
        let under = |(key, value)| Value::under(path, key, value, named);
        let mut left: Vec<Value<'d>> = entries.iter().map(under).collect();
        left.sort_by_key(|value| value.key.start);
        let (path, known, missing) = (path.to_owned(), Vec::new(), Vec::new());
        Self { what, table, case: None, path, place, left, known, missing }
    }

    /// The bytes to mark when something is missing.
    pub fn place(&self) -> &Range<usize> {
        &self.place
    }

    /// The table's way through the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// From here on the thing is of a kind, and has its keys.
    pub fn turn_into(&mut self, case: &'static Case) {
        self.case = Some(case);
    }

    /// Takes the value of a key, if it is there; the reader has no key that the format has not.
    pub fn take(&mut self, desk: &mut Desk<'_>, name: &'static str) -> Option<Value<'d>> {
        let key = self.table.and_then(|table| table.find(self.case, name));
        let is_free = self.table.is_none_or(|table| table.named.is_some());
        if key.is_none() && !is_free {
            return None;
        }
        self.known.push(name);
        let Some(at) = self.left.iter().position(|value| value.name == name) else {
            self.missing.extend(key.and_then(|key| Some((name, key.example?.to_owned()))));
            return None;
        };
        let mut value = self.left.remove(at);
        value.shape = key.map_or(value.shape, |key| key.shape);
        value.mark(desk);
        Some(value)
    }

    /// Takes the value of a key and reads it, if it is there.
    pub fn get<T>(
        &mut self,
        desk: &mut Desk<'_>,
        name: &'static str,
        read: impl FnOnce(&Value<'d>, &mut Desk<'_>) -> Option<T>,
    ) -> Option<T> {
        self.take(desk, name).and_then(|value| read(&value, desk))
    }

    /// Takes the value of a key that must be there as things stand, though the format cannot say so.
    pub fn need(&mut self, desk: &mut Desk<'_>, name: &'static str, example: &str) -> Option<Value<'d>> {
        let value = self.take(desk, name);
        if value.is_none() {
            self.missing.push((name, example.to_owned()));
        }
        value
    }

    /// Refuses keys of the format that this version does not have.
    pub fn later(&mut self, desk: &mut Desk<'_>, keys: &[&str], cure: &str) {
        let (later, left): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.left).into_iter().partition(|value| keys.contains(&value.name.as_str()));
        self.left = left;
        for value in later {
            desk.later(&value.key, &format!("`{}`", value.name), cure);
        }
    }

    /// Takes everything that is left.
    pub fn rest(&mut self, desk: &mut Desk<'_>) -> Vec<Value<'d>> {
        let rest = std::mem::take(&mut self.left);
        for value in &rest {
            value.mark(desk);
        }
        rest
    }

    /// Complains about every key that nobody took, and about what was needed and is not there.
    pub fn finish(self, desk: &mut Desk<'_>) {
        let mut misspelt = Vec::new();
        for value in &self.left {
            let cure = spelling::cure(&value.name, self.known.iter().copied());
            misspelt.extend(spelling::nearest(&value.name, self.known.iter().copied()));
            desk.fault(&value.key, format!("{} has no key `{}`", self.what, value.name), cure);
        }
        // A misspelt key is complained about once, by name.
        for (key, example) in self.missing.into_iter().filter(|(key, _)| !misspelt.contains(key)) {
            desk.fault(&self.place, format!("{} needs `{key}`", self.what), format!("add {example}"));
        }
    }

    /// The same, for a table whose further keys cannot be judged.
    pub fn give_up(mut self, desk: &mut Desk<'_>) {
        self.left.clear();
        self.finish(desk);
    }
}

impl<'d> Value<'d> {
    /// The table of the format that the value is.
    pub fn table(&self, desk: &mut Desk<'_>, table: &'static Table) -> Option<Fields<'d>> {
        self.entries(desk, table.what, Some(table))
    }

    /// A rule with its settings.
    pub fn rule(&self, desk: &mut Desk<'_>, half: Half) -> Option<Fields<'d>> {
        let what = match half {
            Half::Direction => "a direction",
            Half::StepSize => "a step size",
        };
        self.entries(desk, what, None)
    }

    fn entries(&self, desk: &mut Desk<'_>, what: &'static str, table: Option<&'static Table>) -> Option<Fields<'d>> {
        let Some(entries) = self.as_table() else {
            return self.unfit(desk, "a table", "{ … }");
        };
        Some(Fields::of(what, table, &self.path, self.face(desk), entries))
    }
}
