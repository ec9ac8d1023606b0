//! What a row says of a quantity: a number, a word, nothing, or several of these.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::engine::record::row::Number;
use crate::engine::record::trial::{Margin, Trial};
use crate::objective::point::Vector;

/// What a row says of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// A number; it may be infinite or NaN.
    Number(f64),
    /// How many.
    Count(u64),
    /// A word or a sentence.
    Word(Cow<'static, str>),
    /// Yes or no.
    Flag(bool),
    /// It does not exist there, as α* on a saddle.
    Nothing,
    /// Components, or trials.
    List(Vec<Self>),
    /// Several by their names.
    Table(Vec<(&'static str, Self)>),
}

impl Datum {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Count(count) => Some(*count as f64),
            _ => None,
        }
    }

    /// The word, if it is one; of a number that is not finite "nan", "inf" or "-inf".
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Number(number) if !number.is_finite() => Some(Number(*number).word()),
            _ => None,
        }
    }

    /// The entries of a list, if it is one.
    pub fn list(&self) -> Option<&[Self]> {
        if let Self::List(entries) = self { Some(entries) } else { None }
    }

    /// A number that need not exist.
    pub fn perhaps(number: Option<f64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }

    /// A component of a vector, or all; `None` if it has no such component.
    pub fn of_vector(vector: &Vector, index: Option<usize>) -> Option<Self> {
        match index {
            Some(index) => vector.get(index).copied().map(Self::Number),
            None => Some(Self::List(vector.iter().copied().map(Self::Number).collect())),
        }
    }

    /// Both sides of a condition.
    pub fn of_margin(margin: &Margin) -> Self {
        Self::Table(vec![
            ("lhs", Self::Number(margin.lhs)),
            ("rhs", Self::Number(margin.rhs)),
            ("holds", Self::Flag(margin.holds())),
        ])
    }

    /// One look along the line.
    pub fn of_trial(trial: &Trial) -> Self {
        let margin = |margin: Option<Margin>| margin.as_ref().map_or(Self::Nothing, Self::of_margin);
        Self::Table(vec![
            ("alpha", Self::Number(trial.alpha)),
            ("value", Self::Number(trial.value)),
            ("slope", Self::perhaps(trial.slope)),
            ("armijo", margin(trial.armijo)),
            ("by_slope", margin(trial.by_slope())),
            ("curvature", margin(trial.curvature)),
            ("phase", trial.phase.word().into()),
            ("bracket", trial.bracket.map_or(Self::Nothing, Self::of_bracket)),
            ("verdict", trial.verdict.word().into()),
        ])
    }

    /// The two ends of an interval.
    pub fn of_bracket((low, high): (f64, f64)) -> Self {
        Self::List(vec![Self::Number(low), Self::Number(high)])
    }
}

impl From<&'static str> for Datum {
    fn from(word: &'static str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }
}

impl From<&String> for Datum {
    fn from(text: &String) -> Self {
        Self::Word(Cow::Owned(text.clone()))
    }
}

/// As the row itself is written.
impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => Number(*number).serialize(serializer),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Nothing => serializer.serialize_unit(),
            Self::List(entries) => entries.serialize(serializer),
            Self::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, entry) in entries {
                    map.serialize_entry(name, entry)?;
                }
                map.end()
            }
        }
    }
}
