//! What a table of the lesson file is: its keys, what each takes, and what it is in a line.

use crate::engine::rule::method::Half;
use crate::lesson::file::fields::Fields;

/// A table of the format.
pub struct Table {
    /// What it is, in the words of complaints: `a page`.
    pub what: &'static str,
    /// Its keys, in groups that tables may share.
    pub keys: &'static [&'static [FormatKey]],
    /// What stands under names of the author's choice, where there are such.
    pub named: Option<Shape>,
    /// Of some keys exactly one is there; `None` if all its keys go together.
    pub one_of: Option<&'static OneOf>,
    /// Which further keys it has.
    pub cases: Cases,
    /// Keys that a later version will have, each with what to do instead.
    pub planned: &'static [(&'static str, &'static str)],
}

/// Keys of which a table has exactly one.
pub struct OneOf {
    pub keys: &'static [&'static str],
    /// What is said of two, `{one}` and `{other}`, and of none; `None` if the first that is there counts, and the last
    /// where none is.
    pub said: Option<(FaultWords, FaultWords)>,
}

/// What is said of a fault, with names in braces to be filled in, and the cure.
#[derive(Clone, Copy)]
pub struct FaultWords(pub &'static str, pub &'static str);

/// What decides which further keys a table has; where it is at fault, no other key is judged.
pub enum Cases {
    /// There are no further keys.
    None,
    /// The value of the key `kind`.
    Kind(&'static [Case]),
    /// Which key of `one_of` is there; a key without a case has no further keys.
    Form(&'static [Case]),
}

/// The further keys of one kind or form of a table.
pub struct Case {
    /// The value of the key `kind`, or the key of `one_of`.
    pub of: &'static str,
    pub keys: &'static [&'static [FormatKey]],
    pub one_of: Option<&'static OneOf>,
}

/// No further keys.
pub static PLAIN: Case = Case { of: "", keys: &[], one_of: None };

/// A key of a table.
#[derive(Clone, Copy)]
pub struct FormatKey {
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether it must be there.
    pub need: Need,
    /// What it is, in a line.
    pub about: &'static str,
    /// What is said of a list of `{count}` items, which is too short or too long; `None` where the reader counts.
    pub size: Option<FaultWords>,
}

/// Whether a key must be there; the text is what to add where it is not.
#[derive(Clone, Copy)]
pub enum Need {
    Never,
    Always(&'static str),
    /// It depends on the other keys of its table; `None` if they do without it.
    When(fn(&Fields<'_>) -> Option<&'static str>),
}

/// What a key takes.
#[derive(Clone, Copy)]
pub enum Shape {
    Text,
    /// A text of one line that is not empty.
    Line,
    /// A line of at most [`MOST_LETTERS`] letters: a title, a name, a summary.
    Heading,
    /// A text that the reader takes as it is written: a formula, or the name of something in the file.
    Written,
    /// A path into the trace.
    Quantity,
    /// True or false.
    Flag,
    /// The one number that this is; where it is not, no other key of the table is judged.
    Only(u64),
    Number,
    /// A number, 0 or above.
    Size,
    /// A whole number from this to [`MOST_COUNT`].
    Count(u64),
    /// One of these kinds of a question.
    Kind(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a panel.
    Panel,
    /// The name of a landscape.
    Landscape,
    /// A list of so many, at least and at most.
    List(&'static Self, usize, usize),
    Table(&'static Table),
    /// A rule with its settings.
    Rule(Half),
    /// What may be put into any setting, or settings below it: the reader judges it, who knows the run.
    Setting,
    /// A value of this shape that the reader judges, as other parts of the file decide what it may be.
    Open(&'static Self),
    /// The first of these that goes with the kind of the value; the last where none does.
    Either(&'static [Self]),
    /// This shape, for a table with one of these keys.
    Having(&'static [&'static str], &'static Self),
    /// One of these words, or any text where there are none: often written here, and wrong.
    Refused(&'static [&'static str], FaultWords),
}

/// As many as one likes.
pub const ANY: usize = usize::MAX;
/// The largest count of the format.
pub const MOST_COUNT: u64 = 1_000_000;
/// The most letters of a title, a name or a summary.
pub const MOST_LETTERS: usize = 200;

pub(in crate::lesson) const POINT: Shape = Shape::List(&Shape::Number, 1, 1000);
/// Some texts.
pub(in crate::lesson) const TEXTS: Shape = Shape::List(&Shape::Text, 0, ANY);
/// Some texts of one line.
pub(in crate::lesson) const LINES: Shape = Shape::List(&Shape::Line, 0, ANY);

/// A key that may be left out.
pub(in crate::lesson) const fn key(name: &'static str, shape: Shape, about: &'static str) -> FormatKey {
    FormatKey { name, shape, need: Need::Never, about, size: None }
}

/// A key that must be there; `example` is what to add where it is not.
pub(in crate::lesson) const fn need(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> FormatKey {
    FormatKey { need: Need::Always(example), ..key(name, shape, about) }
}

/// A table of these keys.
pub(in crate::lesson) const fn table(what: &'static str, keys: &'static [&'static [FormatKey]]) -> Table {
    Table { what, keys, named: None, one_of: None, cases: Cases::None, planned: &[] }
}

/// A table whose keys are names of the author's choice.
pub(in crate::lesson) const fn named(what: &'static str, shape: Shape) -> Table {
    Table { named: Some(shape), ..table(what, &[]) }
}

/// A table that has exactly one of some of its keys.
pub(in crate::lesson) const fn one_of(
    what: &'static str,
    one_of: &'static OneOf,
    keys: &'static [&'static [FormatKey]],
) -> Table {
    Table { one_of: Some(one_of), ..table(what, keys) }
}

impl Table {
    /// The keys that it has in every case.
    pub fn common(&self) -> impl Iterator<Item = &'static FormatKey> {
        self.keys.iter().flat_map(|group| group.iter())
    }

    /// All its keys, those of each case among them.
    pub fn all(&self) -> impl Iterator<Item = &'static FormatKey> {
        self.common().chain(self.cases.list().iter().flat_map(Case::keys))
    }
}

impl Cases {
    /// The cases; none where there are no further keys.
    fn list(&self) -> &'static [Case] {
        match self {
            Self::None => &[],
            Self::Kind(cases) | Self::Form(cases) => cases,
        }
    }

    /// The case of that name; [`PLAIN`] if it has no further keys.
    pub fn find(&self, name: &str) -> &'static Case {
        self.list().iter().find(|case| case.of == name).unwrap_or(&PLAIN)
    }
}

impl Case {
    /// The keys that it adds to those of its table.
    pub fn keys(&self) -> impl Iterator<Item = &'static FormatKey> {
        self.keys.iter().flat_map(|group| group.iter())
    }
}

impl FormatKey {
    /// Whether it must be there, whatever else is.
    pub fn is_needed(&self) -> bool {
        matches!(self.need, Need::Always(_))
    }

    /// A key that must be there unless the other keys of its table say otherwise.
    pub(in crate::lesson) const fn needed_when(self, need: fn(&Fields<'_>) -> Option<&'static str>) -> Self {
        Self { need: Need::When(need), ..self }
    }

    /// A list whose number of items is judged by its shape, with what is said of it.
    pub(in crate::lesson) const fn sized(self, said: FaultWords) -> Self {
        Self { size: Some(said), ..self }
    }
}
