//! What a table of the lesson file is: its keys, what each takes, and what it is in a line.

use crate::engine::rule::method::Half;

/// A table of the format.
pub struct Table {
    /// What it is, in the words of complaints: `a page`.
    pub what: &'static str,
    /// Its keys, in groups that tables may share.
    pub keys: &'static [&'static [FormatKey]],
    /// What stands under names of the author's choice, where there are such.
    pub named: Option<Shape>,
    /// Exactly one of these keys is there.
    pub one_of: &'static [&'static str],
    /// Further keys that go with one value of the key `kind` alone.
    pub cases: &'static [Case],
}

/// The keys that go with one kind of a thing.
pub struct Case {
    /// The value of the key `kind`.
    pub kind: &'static str,
    pub keys: &'static [FormatKey],
}

/// A key of a table.
#[derive(Clone, Copy)]
pub struct FormatKey {
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// What to add where it is missing; `None` if it may be left out.
    pub example: Option<&'static str>,
    /// What it is, in a line.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy)]
pub enum Shape {
    Text,
    /// A text of one line that is not empty.
    Line,
    /// True or false.
    Flag,
    /// The one number that this is.
    Only(u64),
    Number,
    /// A number, 0 or above.
    Size,
    /// A whole number from this to [`MOST_COUNT`].
    Count(u64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a panel.
    Panel,
    /// The name of a landscape.
    Landscape,
    /// A list of so many, at least and at most.
    List(&'static Shape, usize, usize),
    Table(&'static Table),
    /// A rule with its settings.
    Rule(Half),
    /// What may be put into any setting, or settings below it.
    Setting,
    /// One of these.
    Either(&'static [Shape]),
}

/// As many as one likes.
pub const ANY: usize = usize::MAX;
/// The largest count of the format.
pub const MOST_COUNT: u64 = 1_000_000;

pub(in crate::lesson) const POINT: Shape = Shape::List(&Shape::Number, 1, 1000);
/// Some texts.
pub(in crate::lesson) const TEXTS: Shape = Shape::List(&Shape::Text, 0, ANY);
/// Some texts of one line.
pub(in crate::lesson) const LINES: Shape = Shape::List(&Shape::Line, 0, ANY);

/// A key that may be left out.
pub(in crate::lesson) const fn key(name: &'static str, shape: Shape, about: &'static str) -> FormatKey {
    FormatKey { name, shape, example: None, about }
}

/// A key that must be there; `example` is what to add where it is not.
pub(in crate::lesson) const fn need(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> FormatKey {
    FormatKey { name, shape, example: Some(example), about }
}

/// A table of these keys.
pub(in crate::lesson) const fn table(what: &'static str, keys: &'static [&'static [FormatKey]]) -> Table {
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
    keys: &'static [&'static [FormatKey]],
) -> Table {
    Table { what, keys, named: None, one_of, cases: &[] }
}

impl Table {
    /// The keys that it has whatever its kind.
    pub fn common(&self) -> impl Iterator<Item = &'static FormatKey> {
        self.keys.iter().flat_map(|group| group.iter())
    }

    /// All its keys, those of each kind among them.
    pub fn all(&self) -> impl Iterator<Item = &'static FormatKey> {
        self.common().chain(self.cases.iter().flat_map(|case| case.keys))
    }

    /// The key of that name in a thing of one kind, or in any where it has none.
    pub fn find(&self, case: Option<&Case>, name: &str) -> Option<&'static FormatKey> {
        self.common().chain(case.into_iter().flat_map(|case| case.keys)).find(|key| key.name == name)
    }
}

impl FormatKey {
    /// Whether it must be there.
    pub fn is_needed(&self) -> bool {
        self.example.is_some()
    }
}

impl Shape {
    /// The shapes that a value may have.
    pub fn each(&self) -> &[Self] {
        if let Self::Either(shapes) = self { shapes } else { std::slice::from_ref(self) }
    }

    /// The least count that is taken.
    pub fn least(&self) -> u64 {
        let least = |shape: &Self| match shape {
            Self::Count(least) | Self::Only(least) => Some(*least),
            _ => None,
        };
        self.each().iter().find_map(least).unwrap_or(0)
    }

    /// The words that are taken.
    pub fn words(&self) -> &'static [&'static str] {
        let words = |shape: &Self| if let Self::Word(words) = shape { Some(*words) } else { None };
        self.each().iter().find_map(words).unwrap_or_default()
    }

    /// What an item of the list is, and how many there are, at least and at most.
    pub fn list(&self) -> (Self, usize, usize) {
        let list =
            |shape: &Self| if let Self::List(of, least, most) = shape { Some((**of, *least, *most)) } else { None };
        self.each().iter().find_map(list).unwrap_or((Self::Setting, 0, ANY))
    }
}
