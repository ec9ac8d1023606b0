//! How a list of numbers is read as somebody types it, or as the program prints it: `2,20`, `0,5; 1,2`, `Start: x = (−1, −2)`.

use crate::engine::number::numeral::{number, plain, quoted, unbracketed, without_thousands};
use crate::engine::number::trimmed;

/// Reads numbers parted by `;`, by blanks or by commas; with `;` or blanks a comma is decimal. Brackets around them and
/// the names of coordinates may stay, so that a printed point reads back: `Start: x = (−1, −2)`. Nothing is an empty list.
pub fn list(text: &str) -> Result<Vec<f64>, String> {
    let plain = plain(text);
    let inner =
        unbracketed(unlabelled(&plain)).ok_or_else(|| format!("A bracket is missing in `{}`.", quoted(text)))?;
    if inner.is_empty() {
        return Ok(Vec::new());
    }
    let read = |(place, part): (usize, &str)| {
        let part = unnamed(part.trim(), place).ok_or_else(|| out_of_order(text, place))?;
        if part.is_empty() { Err(format!("A number is missing in `{}`.", quoted(text))) } else { number(part) }
    };
    parts(inner, text)?.into_iter().enumerate().map(read).collect()
}

/// Reads a list of exactly so many numbers; another count is refused with both readings of its commas.
pub fn exactly(text: &str, wanted: usize) -> Result<Vec<f64>, String> {
    let found = list(text)?;
    if found.len() == wanted {
        return Ok(found);
    }
    let numbers = if found.len() == 1 { "number" } else { "numbers" };
    let are = if wanted == 1 { "is" } else { "are" };
    let read = joined(&found);
    let shown = if read.is_empty() || read == text.trim() { String::new() } else { format!(" ({read})") };
    let decimal = with_decimal_commas(&plain(text))
        .filter(|_| found.len() == 2 * wanted)
        .map_or(String::new(), |other| format!(" With a decimal comma it is {other}: write {other}."));
    Err(format!("`{}` is {} {numbers}{shown}; {wanted} {are} asked here.{decimal}", quoted(text), found.len()))
}

/// The same, where nothing stands for zeros.
pub fn or_none(text: &str, wanted: usize) -> Result<Vec<f64>, String> {
    if list(text).is_ok_and(|found| found.is_empty()) { Ok(Vec::new()) } else { exactly(text, wanted) }
}

/// Whether a text can only be a list: it has brackets, a label, a `;`, or a comma with a blank.
pub fn is_list(text: &str) -> bool {
    let plain = plain(text);
    plain.contains(['(', '[', '{', '=', ';']) || plain.contains(", ")
}

/// Numbers as they can be typed again: `0.5; −1`.
fn joined(numbers: &[f64]) -> String {
    const MOST: usize = 4;
    let mut parts: Vec<String> = numbers.iter().take(MOST).map(|number| trimmed(*number, 15)).collect();
    if numbers.len() > MOST {
        parts.push("…".into());
    }
    parts.join("; ")
}

/// A list of an even count of numbers between commas, read with decimal commas.
fn with_decimal_commas(plain: &str) -> Option<String> {
    let inner = unbracketed(unlabelled(plain)).filter(|inner| !inner.contains([';', ' ']))?;
    let parts: Vec<&str> = inner.split(',').collect();
    let pairs = parts.chunks_exact(2);
    let is_even = pairs.remainder().is_empty();
    let pairs: Result<Vec<f64>, String> = pairs.map(|pair| number(&pair.join(","))).collect();
    pairs.ok().filter(|_| is_even).map(|pairs| joined(&pairs))
}

/// What follows the name of a point, and no value of f after it: `Start: x = (2, 20), f = 240.`
fn unlabelled(plain: &str) -> &str {
    let text = ["Start:", "start:"].iter().find_map(|label| plain.strip_prefix(label)).unwrap_or(plain).trim();
    let text = text.split_once(", f=").map_or(text, |(point, _)| point);
    let named = ["x=", "x0=", "x_0=", "v=", "v0=", "start=", "velocity="];
    named.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text).trim()
}

/// The parts of a list, each to be read as a number.
fn parts<'t>(inner: &'t str, text: &str) -> Result<Vec<&'t str>, String> {
    if inner.contains(';') {
        let whole = inner.strip_suffix(';').unwrap_or(inner);
        return Ok(whole.split(';').collect());
    }
    if !inner.contains(' ') {
        let parts: Vec<&str> = inner.split(',').collect();
        let is_group = |part: &&str| {
            let digits = part.strip_prefix(['+', '-']).unwrap_or(part);
            digits.strip_prefix('0').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
                || digits.ends_with(".000")
        };
        // 1,000 and 1.000,5 may be one number with its thousands marked.
        return if parts.len() > 1 && parts.iter().any(is_group) { Err(doubtful(text)) } else { Ok(parts) };
    }
    let words: Vec<&str> = inner.split(' ').filter(|word| !word.is_empty() && *word != ",").collect();
    // `2 ,20`: does the comma part the two, or is it decimal? Before the first number it can only be decimal.
    if words.iter().skip(1).any(|word| word.starts_with(',')) {
        return Err(doubtful(text));
    }
    let (last, others) = words.split_last().ok_or_else(|| "Type a number first.".to_owned())?;
    Ok(others.iter().map(|word| word.strip_suffix(',').unwrap_or(word)).chain([*last]).collect())
}

/// The sentence for a list whose marks can be read in two ways, with both readings.
fn doubtful(text: &str) -> String {
    let plain = plain(text);
    let one: Result<Vec<f64>, String> = plain.split([',', ' ']).filter(|part| !part.is_empty()).map(number).collect();
    let other = without_thousands(&plain).or_else(|| with_decimal_commas(&plain));
    match (one, other) {
        (Ok(one), Some(other)) => format!("`{}` can be {} or {other}: write which.", quoted(text), joined(&one)),
        _ => format!("The commas of `{}` can be read in two ways: part numbers by ; instead.", quoted(text)),
    }
}

/// A coordinate without the name that it may bear, `x1=`; `None` if that is the name of another place.
fn unnamed(part: &str, place: usize) -> Option<&str> {
    match part.split_once('=') {
        None => Some(part),
        Some((name, value)) => (name.trim() == format!("x{}", place + 1)).then(|| value.trim()),
    }
}

fn out_of_order(text: &str, place: usize) -> String {
    format!("In `{}` number {} has another name: write the numbers in order.", quoted(text), place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_by_commas_semicolons_or_blanks() {
        let table: [(&str, &[f64]); 40] = [
            ("2,20", &[2.0, 20.0]),
            ("2, 20", &[2.0, 20.0]),
            ("2 20", &[2.0, 20.0]),
            ("2;20", &[2.0, 20.0]),
            ("0,5; 1,2", &[0.5, 1.2]),
            ("0,5;1,2", &[0.5, 1.2]),
            ("0,5 1,2", &[0.5, 1.2]),
            ("0,5, 1,2", &[0.5, 1.2]),
            ("0.5,1.2", &[0.5, 1.2]),
            ("0.5 , 1.2", &[0.5, 1.2]),
            ("0,5;", &[0.5]),
            ("0,5; −1/3", &[0.5, -1.0 / 3.0]),
            ("1 / 3 2/21", &[1.0 / 3.0, 2.0 / 21.0]),
            (".5,5.", &[0.5, 5.0]),
            (",5 1", &[0.5, 1.0]),
            ("1e-3, 1E3", &[1e-3, 1e3]),
            ("(−1, −2)", &[-1.0, -2.0]),
            ("[−1, 2]", &[-1.0, 2.0]),
            ("{-1; 2}", &[-1.0, 2.0]),
            ("([1, 2])", &[1.0, 2.0]),
            ("x = (−1, −2)", &[-1.0, -2.0]),
            ("x₀ = (−1, −2)", &[-1.0, -2.0]),
            ("Start: x = (−1, −2)", &[-1.0, -2.0]),
            ("Start: x = (−1, −2), f = 5, ‖∇f‖ = 4.472.", &[-1.0, -2.0]),
            ("Start: x = 3, f = 9, ‖∇f‖ = 6.", &[3.0]),
            ("x₁ = 2, x₂ = 20", &[2.0, 20.0]),
            ("x1=2;x2=20", &[2.0, 20.0]),
            ("start = [1, 1]", &[1.0, 1.0]),
            ("start=2,20", &[2.0, 20.0]),
            ("-3,3,-2,2", &[-3.0, 3.0, -2.0, 2.0]),
            ("–3 3 —2 2", &[-3.0, 3.0, -2.0, 2.0]),
            ("½; 1½", &[0.5, 1.5]),
            ("100,200", &[100.0, 200.0]),
            ("1.234,5", &[1.234, 5.0]),
            ("2,20,7", &[2.0, 20.0, 7.0]),
            ("-1000,1000", &[-1000.0, 1000.0]),
            ("0,5", &[0.0, 5.0]),
            ("1·10⁻³ 2", &[1e-3, 2.0]),
            ("", &[]),
            ("( )", &[]),
        ];
        for (text, numbers) in table {
            assert_eq!(list(text).as_deref(), Ok(numbers), "{text}");
        }
    }

    #[test]
    fn a_list_that_is_none_or_two_is_refused_with_a_sentence() {
        for (text, sentence) in [
            ("1,,2", "A number is missing"),
            ("1,2,", "A number is missing"),
            (";", "A number is missing"),
            ("1,two", "`two` is no number"),
            ("(1, 2", "A bracket is missing"),
            ("(1, 2]", "A bracket is missing"),
            ("1,000", "can be 1; 0 or 1000: write which"),
            ("1.000,5", "can be 1; 5 or 1000.5: write which"),
            ("0,05", "can be 0; 5 or 0.05: write which"),
            ("2 ,20", "in two ways"),
            ("x2 = 2, x1 = 20", "write the numbers in order"),
            ("1 - 2", "is no number"),
            ("2,∞", "is no finite number"),
        ] {
            let why = list(text).unwrap_err();
            assert!(why.contains(sentence), "{text}: {why}");
        }
    }

    #[test]
    fn another_count_is_refused_with_both_readings() {
        assert_eq!(exactly("0,5; 1,2", 2), Ok(vec![0.5, 1.2]));
        for (text, wanted, sentence) in [
            ("0,5", 1, "`0,5` is 2 numbers (0; 5); 1 is asked here. With a decimal comma it is 0.5: write 0.5."),
            ("0,5,1,2", 2, "With a decimal comma it is 0.5; 1.2: write 0.5; 1.2."),
            ("−1,5", 1, "With a decimal comma it is −1.5: write −1.5."),
            ("2", 2, "`2` is 1 number; 2 are asked here."),
            ("1,2,3", 2, "3 numbers (1; 2; 3); 2 are asked here."),
            ("1 2 3", 2, "3 numbers (1; 2; 3); 2 are asked here."),
            ("", 2, "`` is 0 numbers; 2 are asked here."),
        ] {
            let why = exactly(text, wanted).unwrap_err();
            assert!(why.ends_with(sentence), "{text}: {why}");
        }
    }
}
