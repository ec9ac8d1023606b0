//! The settings of a rule: their names and symbols, what may be put there, and how they are read and changed.

use crate::engine::number::Sense;
use serde::de::DeserializeOwned;

/// The settings that a rule has, read and changed by their names in a lesson file.
///
/// The macro `settings!` fulfils it, so that a rule only lists its fields.
pub trait Settings: Send + Sync {
    /// The settings that this rule has.
    fn parameters(&self) -> &'static [Parameter];

    /// The value of the setting `name`; `None` if the rule has no such setting.
    fn get(&self, name: &str) -> Option<toml::Value>;

    /// Puts a value into the setting `name`; in words why it cannot be put there.
    fn set(&mut self, name: &str, value: &toml::Value) -> Result<(), String>;

    /// The setting `name` as a number; `None` if the rule has no such setting, or if it holds something else.
    fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.as_float()
    }
}

/// A value as the field of a rule holds it; in words why it cannot.
pub fn read<T: DeserializeOwned>(value: &toml::Value) -> Result<T, String> {
    value.clone().try_into().map_err(|error| error.message().to_owned())
}

/// Fulfils [`Settings`] for a rule: its parameters, and the fields that hold them, under the same names.
macro_rules! settings {
    ($rule:ty { $($field:ident),* } of $parameters:expr) => {
        impl crate::engine::rule::parameter::Settings for $rule {
            fn parameters(&self) -> &'static [crate::engine::rule::parameter::Parameter] {
                $parameters
            }

            fn get(&self, name: &str) -> Option<toml::Value> {
                match name {
                    $(stringify!($field) => toml::Value::try_from(&self.$field).ok(),)*
                    _ => None,
                }
            }

            fn set(&mut self, name: &str, value: &toml::Value) -> Result<(), String> {
                match name {
                    $(stringify!($field) => crate::engine::rule::parameter::read(value).map(|value| self.$field = value),)*
                    _ => Err(format!("there is no setting `{name}`, to hold {value}")),
                }
            }
        }
    };
}

/// One setting of a rule: its name in a lesson file, its symbol, and what may be put there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// The key in a lesson file.
    pub name: &'static str,
    /// The symbol of the lectures.
    pub symbol: &'static str,
    /// What it is, in a few words.
    pub meaning: &'static str,
    /// What may be put there.
    pub domain: Domain,
}

/// What may be put into a setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Domain {
    /// A positive number, changed by factors.
    Positive,
    /// A number above this, changed by factors of the distance.
    Above(f64),
    /// A number from 0 to 1, 1 not included, changed by factors towards the ends.
    Fraction,
    /// A whole number from the first to the second, ends included.
    Whole(u32, u32),
    /// A list of numbers, one for each coordinate; empty for zeros.
    Vector,
    /// A number strictly between the two, changed by factors towards the ends.
    Between(f64, f64),
    /// A number from the first to the second, ends included, changed by equal steps.
    Within(f64, f64),
    /// A number, 0 or above.
    NotNegative,
    /// Any number.
    Real,
    /// A text, such as a formula.
    Text,
    /// Yes or no.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// More iterations than any lesson counts: the upper end of a count that has none.
pub const MANY: u32 = 1_000_000;

impl Domain {
    /// Whether a number may be put there.
    pub fn admits(&self, number: f64) -> bool {
        number.is_finite()
            && match *self {
                Self::Positive => number > 0.0,
                Self::Above(low) => number > low,
                Self::Fraction => (0.0..1.0).contains(&number),
                Self::Whole(low, high) => {
                    number.fract() == 0.0 && f64::from(low) <= number && number <= f64::from(high)
                }
                Self::Between(low, high) => low < number && number < high,
                Self::Within(low, high) => low <= number && number <= high,
                Self::NotNegative => number >= 0.0,
                Self::Real => true,
                Self::Flag | Self::Word(_) | Self::Vector | Self::Text => false,
            }
    }

    /// The value as a setting holds it, if it may be put there: counts are whole, all other numbers are not.
    pub fn fitted(&self, value: &toml::Value) -> Option<toml::Value> {
        let number = |value: &toml::Value| value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
        match self {
            Self::Flag => value.as_bool().map(toml::Value::Boolean),
            Self::Word(words) => value.as_str().filter(|word| words.contains(word)).map(toml::Value::from),
            Self::Text => value.as_str().map(toml::Value::from),
            Self::Vector => {
                let numbers: Option<Vec<f64>> = value.as_array()?.iter().map(number).collect();
                numbers.filter(|numbers| numbers.iter().all(|number| number.is_finite())).map(toml::Value::from)
            }
            _ => number(value).filter(|number| self.admits(*number)).map(|number| self.value(number)),
        }
    }

    /// A number as a setting holds it.
    pub fn value(&self, number: f64) -> toml::Value {
        match self {
            Self::Whole(..) => toml::Value::Integer(number as i64),
            _ => toml::Value::Float(number),
        }
    }

    /// What may be put there, in words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Positive => "a number above 0".into(),
            Self::Above(low) => format!("a number above {low}"),
            Self::Fraction => "a number from 0 to 1, 1 not included".into(),
            Self::Whole(low, MANY) => format!("a whole number, {low} or above"),
            Self::Whole(low, high) => format!("a whole number from {low} to {high}"),
            Self::Vector => "a list of numbers, one for each coordinate".into(),
            Self::Between(low, high) => format!("a number between {low} and {high}, neither included"),
            Self::Within(low, high) => format!("a number from {low} to {high}"),
            Self::NotNegative => "a number, 0 or above".into(),
            Self::Real => "a number".into(),
            Self::Text => "a text in quotes".into(),
            Self::Flag => "true or false".into(),
            Self::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("one of {}", quoted.join(", "))
            }
        }
    }

    /// The number one nudge up or down from `number`: a factor of the scale's tenth decade, or an equal step.
    ///
    /// Numbers on a positive scale walk through 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 of each decade.
    pub fn nudge(&self, number: f64, sense: Sense) -> f64 {
        let is_up = sense == Sense::More;
        match *self {
            Self::Positive => neighbour(number, sense),
            Self::Above(low) => tidy(low + neighbour(number - low, sense)),
            Self::Fraction if number < FRACTION_STEP => {
                if is_up {
                    FRACTION_STEP
                } else {
                    0.0
                }
            }
            Self::Fraction => {
                let next = Self::Between(0.0, 1.0).nudge(number, sense);
                if next < FRACTION_STEP { 0.0 } else { next }
            }
            Self::Whole(low, MANY) if number >= 2.0 => {
                // Without an upper end it is a scale: by preferred numbers, but always by one at least.
                let next = neighbour(number, sense).round();
                let next = if next == number { number + sense.signed(1.0) } else { next };
                next.max(f64::from(low))
            }
            Self::Whole(low, high) => (number + sense.signed(1.0)).clamp(f64::from(low), f64::from(high)),
            Self::Between(low, high) => {
                let next = if number - low <= high - number {
                    low + neighbour(number - low, sense)
                } else {
                    high - neighbour(high - number, sense.other())
                };
                if self.admits(next) { tidy(next) } else { number }
            }
            Self::Within(low, high) => {
                let step = (high - low) / 72.0;
                (number + sense.signed(step)).clamp(low, high)
            }
            Self::NotNegative if number > 0.0 => neighbour(number, sense),
            Self::NotNegative => f64::from(u8::from(is_up)) * FRACTION_STEP,
            Self::Real => tidy(number + sense.signed(0.1) * number.abs().max(1.0)),
            Self::Flag | Self::Word(_) | Self::Vector | Self::Text => number,
        }
    }
}

/// The smallest fraction above 0 that a nudge reaches.
const FRACTION_STEP: f64 = 0.01;

/// The next of the preferred numbers above or below a positive number.
fn neighbour(number: f64, sense: Sense) -> f64 {
    const PREFERRED: [f64; 11] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let decade = 10_f64.powf(number.log10().floor());
    let lead = number / decade;
    let slack = 1e-9;
    let next = if sense == Sense::More {
        PREFERRED.into_iter().find(|&preferred| preferred > lead * (1.0 + slack)).unwrap_or(12.0)
    } else {
        PREFERRED.into_iter().rev().find(|&preferred| preferred < lead * (1.0 - slack)).unwrap_or(0.8)
    };
    tidy(next * decade)
}

/// Strips the dust of a few additions, so that a nudged setting reads as 0.3 and not 0.30000000000000004.
fn tidy(number: f64) -> f64 {
    format!("{number:.12e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nudging_walks_through_preferred_numbers_and_back() {
        let mut alpha = 0.05;
        for expected in [0.06, 0.08, 0.1, 0.12, 0.15] {
            alpha = Domain::Positive.nudge(alpha, Sense::More);
            assert_eq!(alpha, expected);
        }
        for expected in [0.12, 0.1, 0.08, 0.06, 0.05] {
            alpha = Domain::Positive.nudge(alpha, Sense::Less);
            assert_eq!(alpha, expected);
        }
        assert_eq!(Domain::Positive.nudge(0.0617, Sense::More), 0.08);
    }

    #[test]
    fn a_fraction_may_be_nothing_and_never_all() {
        let mut beta: f64 = 0.9;
        for _ in 0..100 {
            beta = Domain::Fraction.nudge(beta, Sense::Less);
        }
        assert_eq!(beta, 0.0);
        for _ in 0..100 {
            beta = Domain::Fraction.nudge(beta, Sense::More);
            assert!(Domain::Fraction.admits(beta));
        }
        assert!(beta > 0.99);
        assert_eq!(Domain::Above(1.0).nudge(1.2, Sense::Less), 1.15);
    }

    #[test]
    fn counts_stay_whole() {
        let domain = Domain::Whole(1, 50);
        assert_eq!(domain.fitted(&toml::Value::Float(5.0)), Some(toml::Value::Integer(5)));
        assert_eq!(domain.fitted(&toml::Value::Float(5.5)), None);
        assert_eq!(domain.nudge(50.0, Sense::More), 50.0);
    }

    #[test]
    fn zero_and_signs_can_be_nudged_too() {
        let walk = |domain: Domain, from: f64, sense: Sense| {
            std::iter::successors(Some(from), |at| Some(domain.nudge(*at, sense))).take(5).collect::<Vec<f64>>()
        };
        assert_eq!(walk(Domain::NotNegative, 0.0, Sense::More), [0.0, 0.01, 0.012, 0.015, 0.02]);
        assert_eq!(walk(Domain::Real, 0.0, Sense::Less), [0.0, -0.1, -0.2, -0.3, -0.4]);
        let open = Domain::Whole(1, MANY);
        assert_eq!(walk(open, 12.0, Sense::Less), [12.0, 10.0, 8.0, 6.0, 5.0]);
        assert_eq!(walk(open, 2.0, Sense::More), [2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(walk(open, 2.0, Sense::Less), [2.0, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn a_fraction_never_leaves_its_open_interval() {
        let domain = Domain::Between(0.0, 1.0);
        let mut gamma = 0.1;
        for _ in 0..200 {
            gamma = domain.nudge(gamma, Sense::More);
            assert!(domain.admits(gamma));
        }
        assert!(gamma > 0.99);
        for _ in 0..400 {
            gamma = domain.nudge(gamma, Sense::Less);
            assert!(domain.admits(gamma));
        }
        assert!(gamma < 0.01);
    }
}
