//! What a table of the lesson file is: its keys, what each takes, and what it is in a line.

use crate::engine::rule::method::Half;

/// A table of the format.
#[derive(Debug)]
pub struct Table {
    /// What it is, in the words of complaints: `a page`.
    pub what: &'static str,
    /// Its keys, in groups that tables may share.
    pub keys: &'static [&'static [Key]],
    /// What stands under names of the author's choice, where there are such.
    pub named: Option<Shape>,
    /// Exactly one of these keys is there.
    pub one_of: &'static [&'static str],
    /// Keys that go with one value of the key `kind` alone.
    pub cases: &'static [Case],
}

/// The keys that go with one kind of a thing.
#[derive(Debug)]
pub struct Case {
    /// The value of the key `kind`.
    pub kind: &'static str,
    /// The keys that must be there.
    pub needs: &'static [&'static str],
    /// Those that may.
    pub takes: &'static [&'static str],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether it must be there.
    pub is_needed: bool,
    /// What it is, in a line.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A text of one line that is not empty.
    Line,
    /// True or false.
    Flag,
    /// The one number that this is.
    Only(u64),
    /// A number.
    Number,
    /// A number, 0 or above.
    Size,
    /// A whole number from this to a million.
    Count(u64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a panel.
    Panel,
    /// The name of a landscape.
    Landscape,
    /// A list of so many, at least and at most.
    List(&'static Shape, usize, usize),
    /// The table of this name.
    Table(&'static str),
    /// A rule with its settings.
    Rule(Half),
    /// What may be put into any setting, or settings below it.
    Setting,
    /// One of these.
    Either(&'static [Shape]),
}

/// As many as one likes.
pub const ANY: usize = usize::MAX;

/// A point.
pub(in crate::lesson) const POINT: Shape = Shape::List(&Shape::Number, 1, 1000);
/// Some texts.
pub(in crate::lesson) const TEXTS: Shape = Shape::List(&Shape::Text, 0, ANY);
/// Some texts of one line.
pub(in crate::lesson) const LINES: Shape = Shape::List(&Shape::Line, 0, ANY);

/// A key that may be left out.
pub(in crate::lesson) const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, is_needed: false, about }
}

/// A key that must be there.
pub(in crate::lesson) const fn need(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, is_needed: true, about }
}

/// A table of these keys.
pub(in crate::lesson) const fn table(what: &'static str, keys: &'static [&'static [Key]]) -> Table {
    Table { what, keys, named: None, one_of: &[], cases: &[] }
}

/// A table whose keys are names of the author's choice.
pub(in crate::lesson) const fn named(what: &'static str, shape: Shape) -> Table {
    Table { what, keys: &[], named: Some(shape), one_of: &[], cases: &[] }
}

/// A table that has exactly one of some of its keys.
pub(in crate::lesson) const fn one_of(
    what: &'static str,
    one_of: &'static [&'static str],
    keys: &'static [&'static [Key]],
) -> Table {
    Table { what, keys, named: None, one_of, cases: &[] }
}

impl Table {
    /// All its keys.
    pub fn all(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().flat_map(|group| group.iter())
    }

    /// Whether it has a key of that name.
    pub fn has(&self, name: &str) -> bool {
        self.named.is_some() || self.all().any(|key| key.name == name)
    }
}
