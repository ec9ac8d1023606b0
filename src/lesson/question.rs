//! A question as types: what is asked, how it is answered, and what makes an answer right.

pub mod closeness;
pub mod exercise;
pub mod grade;
pub mod vary;

use crate::engine::record::quantity::{Observable, Quantity};
use crate::lesson::claim::predicate::{At, Claim, Condition};
use crate::lesson::file::safe::Safe;

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
        match &mut self.kind {
            Kind::Choose(options) => {
                for option in options {
                    (option.refute, option.because) = (None, None);
                }
            }
            Kind::Number(measure) => (measure.too_low, measure.too_high) = (None, None),
            Kind::Point(_) | Kind::Order(_) | Kind::Table(_) => {}
        }
    }
}

/// How a question is answered.
#[derive(Clone)]
pub enum Kind {
    /// By one of two to four options.
    Choose(Vec<Choice>),
    /// By a number.
    Number(Measure),
    /// By a point on the map.
    Point(Spot),
    /// By lines put in order.
    Order(Order),
    /// By the blank cells of a line-search table.
    Table(Blanks),
}

impl Kind {
    /// The name in a lesson file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Choose(_) => "choose",
            Self::Number(_) => "number",
            Self::Point(_) => "point",
            Self::Order(_) => "order",
            Self::Table(_) => "table",
        }
    }

    /// Whether a wrong answer is mended until it is right, rather than kept as a prediction.
    pub fn is_exercise(&self) -> bool {
        matches!(self, Self::Order(_) | Self::Table(_))
    }
}

/// One option of a question.
#[derive(Clone)]
pub struct Choice {
    /// The answer.
    pub text: Safe,
    /// What makes it right.
    pub truth: Truth,
    /// What is said to those who chose it, if it is wrong.
    pub refute: Option<Safe>,
    /// Why it is right, said when the outcome is seen.
    pub because: Option<Safe>,
}

/// What makes an option right.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "a lesson has a few dozen of them")]
pub enum Truth {
    /// A claim that the engine decides.
    Claim(Claim),
    /// The author's word, for ideas without a number.
    Said(bool),
}

/// What a run shows at one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// A quantity of one row.
    Row {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// Which row.
        at: At,
        /// The trial there, from 1, if the quantity is one of a trial.
        trial: Option<usize>,
        /// What.
        quantity: Quantity,
    },
    /// The iteration of the first row that meets all of these.
    First {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// What the row must meet.
        conditions: Vec<Condition>,
    },
}

/// A number to be found.
#[derive(Clone)]
pub struct Measure {
    /// What it is.
    pub truth: Sought,
    /// How far an answer may be off; absent: nothing for a whole number, else one hundredth of it.
    pub within: Option<f64>,
    /// What it is counted in, as many: `trials`.
    pub unit: Option<Safe>,
    /// Said to an answer below the right one, instead of the question's `refute`.
    pub too_low: Option<Safe>,
    /// Said to an answer above the right one, instead of the question's `refute`.
    pub too_high: Option<Safe>,
}

impl Measure {
    /// A number as it is written, with its unit, of which there may be one: `1 trial`, `0.5 trials`.
    pub fn with_unit(&self, written: &str) -> String {
        let Some(unit) = &self.unit else { return written.to_owned() };
        let (first, rest) = unit.split_at(unit.find(' ').unwrap_or(unit.len()));
        let single = first.strip_suffix('s').filter(|word| written == "1" && word.len() > 1 && !word.ends_with('s'));
        format!("{written} {}{rest}", single.unwrap_or(first))
    }

    /// Whether it is a number of things, so that it is whole and not below 0.
    pub fn is_count(&self) -> bool {
        match &self.truth {
            Sought::First { .. } => true,
            Sought::Row { trial, quantity, .. } => {
                trial.is_none()
                    && matches!(
                        quantity.observable(),
                        Observable::Iteration | Observable::Evaluations(_) | Observable::Trials
                    )
            }
        }
    }
}

/// A point to be placed on the map.
#[derive(Clone)]
pub struct Spot {
    /// What makes it right.
    pub truth: Target,
    /// How far each coordinate may be off.
    pub within: f64,
}

/// What makes a point right.
#[derive(Clone)]
pub enum Target {
    /// It is where a run comes to.
    Lands(Sought),
    /// The learner's run, started there, does what is claimed; a point for which it does.
    StartsFor(Claim, Vec<f64>),
}

/// Lines to be put in order.
#[derive(Clone)]
pub struct Order {
    /// The lines in their right order.
    pub lines: Vec<Safe>,
    /// Lines that do not belong, each with what is said to those who take it.
    pub distractors: Vec<(Safe, Option<Safe>)>,
}

impl Order {
    /// Every line, the right ones first.
    pub fn all(&self) -> impl Iterator<Item = &Safe> {
        self.lines.iter().chain(self.distractors.iter().map(|(line, _)| line))
    }
}

/// A line-search table with blank cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Blanks {
    /// The iteration whose search it shows.
    pub at: usize,
    /// How many of its trials; absent: all.
    pub rows: Option<usize>,
    /// What is blank.
    pub blank: Vec<Blank>,
}

/// A kind of cell that is left blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// What becomes of the trial.
    Verdict,
    /// Whether the bound leaves room.
    MarginSign,
    /// The α of every trial but the first.
    NextAlpha,
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
