//! A question answered by a number.

use std::cmp::Ordering;

use crate::engine::number::numeral;
use crate::engine::number::trimmed;
use crate::engine::record::quantity::Observable;
use crate::lesson::file::fields::Fields;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::{Line, Size, Table as Part, Text};
use crate::lesson::file::shape::{FormatKey, key, need};
use crate::lesson::question::answerable::{Answerable, BECAUSE, REFUTE, Score, lowered};
use crate::lesson::question::sought::{RIGHT, Sought, TRUTH, number_at, sought};
use crate::lesson::scenario::{Cast, Scenario};

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

    /// How far a number may be off the right one.
    pub fn tolerance(&self, right: f64) -> f64 {
        let usual = if right.fract() == 0.0 { 0.0 } else { right.abs() / 100.0 };
        self.within.unwrap_or(usual)
    }

    /// Whether it is a number of things, so that it is whole and not below 0.
    pub fn is_count(&self) -> bool {
        match &self.truth {
            Sought::First { .. } => true,
            Sought::Row { trial, quantity, .. } => {
                let observed = quantity.observable();
                let counts =
                    matches!(observed, Observable::Iteration | Observable::Evaluations(_) | Observable::Trials);
                trial.is_none() && counts
            }
        }
    }
}

impl Answerable for Measure {
    type Given = f64;
    const NAME: &'static str = "number";
    const KEYS: &'static [FormatKey] = &[
        REFUTE,
        BECAUSE,
        need("truth", Part(&TRUTH), "truth = { at = 0, quantity = \"trials\" }", RIGHT.1),
        WITHIN,
        key("unit", Line, "what the number counts"),
        key("too_low", Text, "said instead, when the number is too low"),
        key("too_high", Text, "said instead, when the number is too high"),
    ];
    const IS_QUOTED: bool = false;

    /// `truth = { at = 0, quantity = "trials" }, within = 0.1, unit = "evaluations"`.
    fn read(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Self> {
        Some(Self {
            within: fields.number("within"),
            unit: fields.text("unit"),
            too_low: fields.text("too_low"),
            too_high: fields.text("too_high"),
            truth: sought(fields.table("truth")?, scenario, desk)?,
        })
    }

    fn key(&self, cast: &mut Cast) -> Result<f64, String> {
        number_at(&self.truth, cast)
    }

    fn score(&self, given: &f64, key: &f64) -> Score {
        let (given, right) = (*given, *key);
        let within = self.tolerance(right);
        let fits = |number: f64| (number - right).abs() <= within + 1e-12 * right.abs();
        let power = (given / right).log10();
        let is_power =
            right != 0.0 && given / right > 0.0 && power.round() != 0.0 && fits(given / 10_f64.powf(power.round()));
        let nearly = if fits(given) {
            None
        } else if right != 0.0 && fits(-given) {
            Some("The size is right, the sign is not.")
        } else if is_power {
            Some("The digits are right, the power of ten is not.")
        } else {
            None
        };
        let is_close = !fits(given) && (given - right).abs() <= (3.0 * within).max(right.abs() / 10.0);
        let side = if is_same(given, right) { Ordering::Equal } else { given.total_cmp(&right) };
        Score { marks: vec![fits(given)], nearly: nearly.map(str::to_owned), side, is_close }
    }

    fn words(&self, given: &f64, digits: usize) -> String {
        self.with_unit(&written(*given, digits))
    }

    fn recall(&self, kept: &str) -> Option<f64> {
        let written = kept.split(' ').next()?;
        // Once `1 trials` was kept, too.
        let unit = self.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
        let is_kept = [self.with_unit(written), format!("{written}{unit}")].iter().any(|known| known == kept);
        numeral::number(written).ok().filter(|_| is_kept)
    }

    fn told(&self, given: &f64, key: &f64, score: &Score, said: &str) -> String {
        let words = self.key_words(given, key);
        match (score.is_right(), score.side) {
            (true, Ordering::Equal) => format!("{said}, and so it is."),
            (true, _) if is_rounded(*given, *key) => format!("{said}, and so it is: {words}."),
            (true, _) => {
                let within = self.within.map_or("1 %".to_owned(), |within| trimmed(within, 6));
                format!("Close: {}, it is {words}. Up to {within} off counts as right.", lowered(said))
            }
            (false, side) => {
                let side = if side == Ordering::Less { "too low" } else { "too high" };
                let close = if score.is_close { "close, but " } else { "" };
                format!("{said}: {close}{side}.{}", score.remark())
            }
        }
    }

    fn refutation(&self, _given: &f64, score: &Score) -> Option<&Safe> {
        match score.side {
            Ordering::Less => self.too_low.as_ref(),
            Ordering::Greater => self.too_high.as_ref(),
            Ordering::Equal => None,
        }
    }

    fn forget_reasons(&mut self) {
        (self.too_low, self.too_high) = (None, None);
    }

    fn texts(&self) -> Vec<(String, &str)> {
        let sides = [("ask.too_low", &self.too_low), ("ask.too_high", &self.too_high)];
        sides.into_iter().filter_map(|(part, text)| Some((part.to_owned(), text.as_deref()?))).collect()
    }
}

/// How far an answer may be off.
pub const WITHIN: FormatKey = key("within", Size, "how far an answer may be off");

/// A number with so many significant digits; a whole number keeps all of its digits.
pub fn written(number: f64, digits: usize) -> String {
    trimmed(number, if number.fract() == 0.0 { 17 } else { digits })
}

/// Whether two numbers are the same but for rounding.
pub fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * other.abs()
}

/// Whether a number is the right one, rounded to as many decimals as the number has.
fn is_rounded(given: f64, right: f64) -> bool {
    let decimals = (0..=12).find(|decimals| format!("{given:.decimals$}").parse() == Ok(given));
    // 0 is no rounding of 0.004 that anybody would call right.
    let is_near = (given - right).abs() <= right.abs() / 100.0;
    is_near && decimals.is_some_and(|decimals| format!("{right:.decimals$}").parse() == Ok(given))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::quantity::Quantity;
    use crate::lesson::claim::predicate::At;

    fn measure(within: Option<f64>) -> Measure {
        let quantity = Quantity::parse("alpha").unwrap();
        let truth = Sought::Row { run: None, at: At::Iteration(0), trial: None, quantity };
        Measure { truth, within, unit: None, too_low: None, too_high: None }
    }

    #[test]
    fn a_number_is_right_close_turned_or_off_by_a_power_of_ten() {
        let table = [
            // given, right, within; whether it is right, and what is said
            (5.0, 5.0, None, true, ""),
            (5.001, 5.0, None, false, ""),
            (0.0621, 0.0625, None, true, ""),
            (0.06, 0.0625, None, false, ""),
            (22.0, 21.0, Some(1.0), true, ""),
            (22.5, 21.0, Some(1.0), false, ""),
            (-4.0, 4.0, Some(0.1), false, "the sign is not"),
            (0.4, 4.0, Some(0.1), false, "the power of ten is not"),
            (400.0, 4.0, Some(0.1), false, "the power of ten is not"),
            (9.0, 4.0, Some(0.1), false, ""),
            (0.0, 0.0, None, true, ""),
            (1.0, 0.0, None, false, ""),
        ];
        for (given, right, within, is_right, said) in table {
            let Score { marks, nearly, .. } = measure(within).score(&given, &right);
            assert_eq!(marks, [is_right], "{given} for {right}");
            assert_eq!(nearly.is_some(), !said.is_empty(), "{given} for {right}: {nearly:?}");
            assert!(nearly.unwrap_or_default().contains(said), "{given} for {right}");
        }
    }
}
