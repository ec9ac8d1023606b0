//! A question as types: what every question has, and the one list of its kinds.

pub mod answerable;
pub mod choose;
pub mod closeness;
pub mod grade;
pub mod number;
pub mod order;
pub mod point;
pub mod sought;
pub mod table;
pub mod vary;

use crate::lesson::check::notes::Notes;
use crate::lesson::file::fields::Fields;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Case;
use crate::lesson::question::answerable::{Answerable, Asked, Score};
use crate::lesson::question::choose::Choice;
use crate::lesson::question::number::Measure;
use crate::lesson::question::order::Order;
use crate::lesson::question::point::Spot;
use crate::lesson::question::table::Blanks;
use crate::lesson::scenario::{Cast, Scenario};

/// The list of kinds: each with what it is, the type that knows everything about it, and what an answer to it is called.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident($of:ty) by $(#[$given_about:meta])* $given:ident),* $(,)?) => {
        /// How a question is answered.
        #[derive(Clone)]
        pub enum Kind { $($(#[$about])* $kind($of)),* }

        /// An answer to a question, or the right one.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Answer { $($(#[$given_about])* $given(<$of as Answerable>::Given)),* }

        /// The names of the kinds in a lesson file.
        pub const KINDS: &[&str] = &[$(<$of as Answerable>::NAME),*];
        /// The keys of each kind in a lesson file.
        pub static CASES: &[Case] =
            &[$(Case { of: <$of as Answerable>::NAME, keys: &[<$of as Answerable>::KEYS], one_of: None }),*];

        impl Kind {
            /// Reads the keys of one kind; `None` if something in them is wrong.
            pub fn read(
                name: &str,
                fields: &Fields<'_>,
                scenario: Option<&Scenario>,
                desk: &mut Desk<'_>,
            ) -> Option<Self> {
                $(if name == <$of as Answerable>::NAME {
                    return <$of as Answerable>::read(fields, scenario, desk).map(Self::$kind);
                })*
                None
            }

            /// Whether a wrong answer is mended until it is right, rather than kept as a prediction.
            pub fn is_exercise(&self) -> bool {
                match self { $(Self::$kind(_) => <$of as Answerable>::IS_EXERCISE),* }
            }

            /// The answers that there are to choose from.
            pub fn options(&self) -> Vec<&Safe> {
                match self { $(Self::$kind(of) => Answerable::options(of)),* }
            }

            /// Its texts, by the part of the page in which each stands.
            pub fn texts(&self) -> Vec<(String, &str)> {
                match self { $(Self::$kind(of) => of.texts()),* }
            }

            /// Complains about what does not fit into the page box; `rows` are those of text and question.
            pub fn fit(&self, rows: usize, notes: &mut Notes<'_>) {
                match self { $(Self::$kind(of) => of.fit(rows, notes)),* }
            }

            /// Proves that there is exactly one right answer.
            pub fn prove(&self, asked: &Asked<'_>, notes: &mut Notes<'_>) {
                match self { $(Self::$kind(of) => of.prove(asked, notes)),* }
            }

            /// What is wrong with the question on these runs; `None` if there is one right answer.
            pub fn flaw(&self, runs: &mut Cast) -> Option<String> {
                match self { $(Self::$kind(of) => of.flaw(runs)),* }
            }

            fn forget_reasons(&mut self) {
                match self { $(Self::$kind(of) => of.forget_reasons()),* }
            }

            fn key(&self, cast: &mut Cast) -> Result<Answer, String> {
                match self { $(Self::$kind(of) => of.key(cast).map(Answer::$given)),* }
            }

            fn shown(&self, runs: &mut Cast) -> Option<bool> {
                match self { $(Self::$kind(of) => of.shown(runs)),* }
            }

            fn recall(&self, kept: &str) -> Option<Answer> {
                match self { $(Self::$kind(of) => of.recall(kept).map(Answer::$given)),* }
            }

            fn score(&self, given: &Answer, key: &Answer) -> Score {
                match (self, given, key) {
                    $((Self::$kind(of), Answer::$given(given), Answer::$given(key)) => of.score(given, key),)*
                    _ => Score::of(vec![false], None),
                }
            }

            fn words(&self, given: &Answer) -> String {
                match (self, given) {
                    $((Self::$kind(of), Answer::$given(given)) => {
                        of.words(given, <$of as Answerable>::DIGITS)
                    })*
                    _ => String::new(),
                }
            }

            fn key_words(&self, given: &Answer, key: &Answer) -> String {
                match (self, given, key) {
                    $((Self::$kind(of), Answer::$given(given), Answer::$given(key)) => of.key_words(given, key),)*
                    _ => self.words(key),
                }
            }

            fn is_quoted(&self) -> bool {
                match self { $(Self::$kind(_) => <$of as Answerable>::IS_QUOTED),* }
            }

            fn told(&self, given: &Answer, key: &Answer, score: &Score, said: &str) -> String {
                match (self, given, key) {
                    $((Self::$kind(of), Answer::$given(given), Answer::$given(key)) => {
                        of.told(given, key, score, said)
                    })*
                    _ => format!("{said}."),
                }
            }

            fn refutation(&self, given: &Answer, score: &Score) -> Option<&Safe> {
                match (self, given) {
                    $((Self::$kind(of), Answer::$given(given)) => of.refutation(given, score),)*
                    _ => None,
                }
            }

            fn reason(&self, key: &Answer) -> Option<&Safe> {
                match (self, key) {
                    $((Self::$kind(of), Answer::$given(key)) => of.reason(key),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// By one of two to four options.
    Choose(Vec<Choice>) by
        /// The option of this index.
        Choice,
    /// By a number.
    Number(Measure) by
        /// A number.
        Number,
    /// By a point on the map.
    Point(Spot) by
        /// A point.
        Point,
    /// By lines put in order.
    Order(Order) by
        /// Lines, by their indices among all.
        Lines,
    /// By the blank cells of a line-search table.
    Table(Blanks) by
        /// What stands in the blank cells, in their order.
        Cells,
}

/// A question of a page.
#[derive(Clone)]
pub struct Ask {
    /// The question.
    pub question: Safe,
    /// How it is answered.
    pub kind: Kind,
    /// Whether the learner says first how sure they are.
    pub confidence: bool,
    /// Whether the run is left as the learner made it.
    pub goes_on: bool,
    /// Said to a wrong answer; of `choose` each option has its own.
    pub refute: Option<Safe>,
    /// Why the right answer is right; of `choose` each option has its own.
    pub because: Option<Safe>,
    /// Settings that review gives other values.
    pub vary: Vec<Range>,
}

impl Ask {
    /// Takes out what is said to answers: it speaks of the numbers that the question had.
    pub fn forget_reasons(&mut self) {
        (self.refute, self.because) = (None, None);
        self.kind.forget_reasons();
    }
}

/// A setting of the learner's run that review gives a value between two numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The setting.
    pub path: String,
    /// The lowest value.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// Whether it is a whole number.
    pub is_whole: bool,
}
