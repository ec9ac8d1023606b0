//! How a number is written, on every screen alike: enough digits to compare, never a zero that is not one.

pub mod coordinates;
pub mod definite;
pub mod numeral;
pub mod product;
pub mod random;

use unicode_width::UnicodeWidthStr;

use crate::objective::point::Vector;

/// One of two ways along a scale or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Down a scale, to the left, to the one before.
    Less,
    /// Up a scale, to the right, to the one after.
    More,
}

impl Sense {
    /// −1 or 1.
    pub fn sign(self) -> i32 {
        if self == Self::More { 1 } else { -1 }
    }

    /// A length with that sign.
    pub fn signed(self, length: f64) -> f64 {
        if self == Self::More { length } else { -length }
    }

    #[must_use]
    pub fn other(self) -> Self {
        if self == Self::More { Self::Less } else { Self::More }
    }

    /// The place after or before one of so many, round and round.
    pub fn next(self, place: usize, count: usize) -> usize {
        self.away(place, 1, count)
    }

    /// The place so many steps after or before one of `count` (at most `count` steps), round and round.
    pub fn away(self, place: usize, steps: usize, count: usize) -> usize {
        (if self == Self::More { place + steps } else { place + count - steps }) % count.max(1)
    }
}

/// Writes a value with so many significant digits (1 to 17): `240.0`, `44.72`, `0.0625`, `14440`, `1.0e-10`, `−0.5`.
///
/// Zeros at the end go, except one after the point, which says that the value is not a count. Digits before the point
/// always stay. Only zero itself is written `0`; from 10⁶ on and below 10⁻⁴ there is an exponent.
pub fn number(value: f64, digits: usize) -> String {
    write(value, digits, ".0")
}

/// Writes a value for labels and coordinates: four significant digits and no zeros at the end: `0.5`, `752.5`, `−25`.
pub fn short(value: f64) -> String {
    write(value, 4, "")
}

/// A number as somebody would set it: `1e-8`, not `1.0e-8`.
pub fn limit(value: f64) -> String {
    short(value).replacen(".0e", "e", 1)
}

/// Like [`short`] with so many significant digits: for ticks that lie close together.
pub fn trimmed(value: f64, digits: usize) -> String {
    write(value, digits, "")
}

/// Writes two values like [`short`], but with as many digits as tell them apart: `1000000001` and `1000000000`.
pub fn apart(one: f64, other: f64) -> (String, String) {
    let written = |digits| (trimmed(one, digits), trimmed(other, digits));
    let is_told = |(one, other): &(String, String)| one != other;
    (4..=17).map(written).find(|pair| is_told(pair)).unwrap_or_else(|| written(4))
}

/// Writes a value in as few characters as tell its size, `−3e-49`: for columns where nothing longer fits.
pub fn brief(value: f64) -> String {
    scientific(value, 1)
}

/// Writes a value with so many significant digits and its power of ten, `−2.8e-4`.
pub fn scientific(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return number(value, digits);
    }
    format!("{value:.*e}", digits.max(1) - 1).replacen('-', "−", usize::from(value < 0.0))
}

/// Writes a point or vector in brackets: `(2, 20)`; long ones by their first coordinates, a single one as a number.
pub fn tuple(vector: &Vector) -> String {
    const MOST: usize = 4;
    if let [only] = vector.as_slice() {
        return short(*only);
    }
    let mut parts: Vec<String> = vector.iter().take(MOST).map(|number| short(*number)).collect();
    if vector.len() > MOST {
        parts.push("…".into());
    }
    format!("({})", parts.join(", "))
}

/// A count with what it counts, one or many: `1 iteration`, `32 iterations`, `1 evaluation of f`; `what` is singular.
pub fn counted(count: u64, what: &str) -> String {
    format!("{count} {}", counted_name(count == 1, what))
}

/// What is counted, without the count: the first word of `what` (singular) gets its plural.
pub fn counted_name(is_one: bool, what: &str) -> String {
    let (first, rest) = what.split_at(what.find(' ').unwrap_or(what.len()));
    if is_one { what.to_owned() } else { format!("{first}s{rest}") }
}

/// Aligns a text on the right of so many columns, counted as the terminal counts; a longer text stays as it is.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

fn write(value: f64, digits: usize, whole: &str) -> String {
    let digits = digits.clamp(1, 17);
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    if value.is_nan() {
        return "nan".to_owned();
    }
    if size.is_infinite() {
        return format!("{sign}∞");
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    if (-4..=5).contains(&exponent(size, digits.max(6))) {
        let decimals = digits as i32 - 1 - exponent(size, digits);
        let text = format!("{size:.*}", decimals.max(0) as usize);
        let plain = if decimals > 0 { trim(&text, whole) } else { text };
        return format!("{sign}{plain}");
    }
    let text = format!("{size:.*e}", digits - 1);
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{sign}{}e{power}", trim(mantissa, ".0"))
}

/// The power of ten of a finite positive value, once it is rounded to so many digits.
fn exponent(size: f64, digits: usize) -> i32 {
    let power = size.log10().floor();
    let mantissa = size / 10f64.powf(power);
    // Only close to a power of ten does rounding decide; there the number is written out.
    if (1.000_001..9.999_999 - 10f64.powi(1 - digits as i32)).contains(&mantissa) {
        return power as i32;
    }
    let text = format!("{size:.*e}", digits - 1);
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// Drops the zeros behind the point; a value that is whole then gets the ending for whole values.
fn trim(text: &str, whole: &str) -> String {
    let kept = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    if kept.contains('.') { kept.to_owned() } else { format!("{kept}{whole}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_of_ten_is_that_of_the_written_number() {
        for (power, digits) in (-323..=307).flat_map(|power| [1, 2, 4, 6, 17].map(|digits| (power, digits))) {
            for mantissa in ["1", "1.0000005", "1.5", "9.4999999", "9.5", "9.9949", "9.995", "9.99999949", "9.9999995"]
            {
                let size: f64 = format!("{mantissa}e{power}").parse().unwrap();
                let written = format!("{size:.*e}", digits - 1);
                let wanted: i32 = written.split_once('e').unwrap().1.parse().unwrap();
                assert_eq!(exponent(size, digits), wanted, "{size:e} with {digits} digits");
            }
        }
    }

    #[test]
    fn numbers_are_written_as_the_table_says() {
        let table = [
            (0.0, "0", "0"),
            (-0.0, "0", "0"),
            (240.0, "240.0", "240"),
            (44.721_359, "44.72", "44.72"),
            (0.0625, "0.0625", "0.0625"),
            (14440.0, "14440", "14440"),
            (3290.0, "3290", "3290"),
            (752.5, "752.5", "752.5"),
            (215.0, "215.0", "215"),
            (100.0, "100.0", "100"),
            (-25.0, "−25.0", "−25"),
            (0.1 + 0.2, "0.3", "0.3"),
            (9.9996, "10.0", "10"),
            (999_999.4, "999999", "999999"),
            (999_999.5, "1.0e6", "1.0e6"),
            (9.999_9e-5, "1.0e-4", "1.0e-4"),
            (1.234e-4, "0.0001234", "0.0001234"),
            (1e-10, "1.0e-10", "1.0e-10"),
            (-3.421e-49, "−3.421e-49", "−3.421e-49"),
            (1e308, "1.0e308", "1.0e308"),
            (5e-324, "4.941e-324", "4.941e-324"),
            (f64::NAN, "nan", "nan"),
            (f64::INFINITY, "∞", "∞"),
            (f64::NEG_INFINITY, "−∞", "−∞"),
        ];
        for (value, full, label) in table {
            assert_eq!((number(value, 4).as_str(), short(value).as_str()), (full, label), "{value:e}");
        }
        assert_eq!(number(0.1 + 0.2, 17), "0.30000000000000004");
        assert_eq!((number(2.0, 0).as_str(), number(2.0, 2).as_str()), ("2", "2.0"));
    }

    #[test]
    fn no_value_but_zero_is_written_as_zero() {
        for power in -320..=308 {
            let value = 10f64.powi(power);
            for digits in 1..=6 {
                assert!(number(value, digits).contains('1') || power < -307, "{value:e}: {}", number(value, digits));
            }
        }
    }

    #[test]
    fn two_values_are_written_alike_only_if_they_are_equal() {
        for (one, other, written) in [
            (12.0, 5.44, ("12", "5.44")),
            (1e9, 1e9 + 1.0, ("1.0e9", "1.000000001e9")),
            (1e9, 1e9, ("1.0e9", "1.0e9")),
            (240.0, 240.0001, ("240", "240.0001")),
            (1.0, 1.0 + f64::EPSILON, ("1", "1.0000000000000002")),
            (f64::NAN, f64::NAN, ("nan", "nan")),
        ] {
            let (first, second) = apart(one, other);
            assert_eq!((first.as_str(), second.as_str()), written);
        }
    }

    #[test]
    fn the_briefest_form_keeps_sign_and_size() {
        for (value, written) in [(-3.421e-49, "−3e-49"), (14440.0, "1e4"), (9.7e-10, "1e-9"), (0.0, "0")] {
            assert_eq!(brief(value), written, "{value:e}");
        }
        assert_eq!((brief(f64::NAN), brief(f64::NEG_INFINITY)), ("nan".into(), "−∞".into()));
    }

    #[test]
    fn a_point_of_one_coordinate_needs_no_brackets() {
        let tables: [(&[f64], &str); 3] = [(&[3.0], "3"), (&[2.0, 20.0], "(2, 20)"), (&[1.0; 5], "(1, 1, 1, 1, …)")];
        for (point, written) in tables {
            assert_eq!(tuple(&Vector::from_row_slice(point)), written);
        }
    }

    #[test]
    fn one_is_not_many() {
        let counts = [counted(0, "iteration"), counted(1, "iteration"), counted(2, "evaluation of f")];
        assert_eq!(counts, ["0 iterations", "1 iteration", "2 evaluations of f"]);
        assert_eq!(counted(1, "evaluation of f"), "1 evaluation of f");
    }

    #[test]
    fn the_terminal_s_columns_count() {
        assert_eq!(right("∇f", 5), "   ∇f");
        assert_eq!(right("too long", 3), "too long");
    }
}
