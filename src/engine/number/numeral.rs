//! How a number is read as somebody types it: `0,5`, `.5`, `1e-3`, `−2`, `1/3`, `½`, `1·10⁻³`; and a count.

use crate::engine::number::trimmed;

/// The vulgar fractions of Unicode, with numerator and denominator.
const VULGAR: [(char, f64, f64); 16] = [
    ('½', 1.0, 2.0),
    ('⅓', 1.0, 3.0),
    ('⅔', 2.0, 3.0),
    ('¼', 1.0, 4.0),
    ('¾', 3.0, 4.0),
    ('⅕', 1.0, 5.0),
    ('⅖', 2.0, 5.0),
    ('⅗', 3.0, 5.0),
    ('⅘', 4.0, 5.0),
    ('⅙', 1.0, 6.0),
    ('⅚', 5.0, 6.0),
    ('⅛', 1.0, 8.0),
    ('⅜', 3.0, 8.0),
    ('⅝', 5.0, 8.0),
    ('⅞', 7.0, 8.0),
    ('⅒', 1.0, 10.0),
];
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";
const DASHES: &str = "−–—‐‑﹣－";
const TIMES: &str = "·⋅∙×✕*";
const SLASHES: &str = "/⁄∕÷";
/// Maximum number of typed characters that a sentence quotes.
const QUOTED: usize = 24;
/// Above this not every whole number is a double.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Why a text has no value as a number.
enum Misreading {
    Form,
    TooLarge,
    TooSmall,
    DividedByZero,
}

/// Whether a character can begin a number, so that it goes into a field even where it is a key as well.
pub fn begins(character: char) -> bool {
    let is_vulgar = VULGAR.iter().any(|(known, ..)| *known == character);
    character.is_ascii_digit() || ".,+＋-([".contains(character) || is_sign(character) || is_vulgar
}

/// Whether a character can go on in a number or a list that was begun.
pub fn goes_on(character: char) -> bool {
    let is_mark = |known: &str| known.contains(character);
    begins(character) || character.is_whitespace() || is_mark("eE;)]^%⁻") || is_mark(TIMES) || is_mark(RAISED)
}

/// A minus sign or a stroke of a fraction, however it is written.
fn is_sign(character: char) -> bool {
    DASHES.contains(character) || SLASHES.contains(character)
}

/// Reads one finite number; a comma in it is a decimal comma.
pub fn number(text: &str) -> Result<f64, String> {
    let plain = plain(text);
    let plain = unbracketed(&plain).unwrap_or(&plain);
    if plain.is_empty() {
        return Err("Type a number first.".into());
    }
    if let Some(sentence) = two_readings(plain) {
        return Err(sentence);
    }
    value(plain).map_err(|misreading| match misreading {
        Misreading::Form => form(text, plain),
        Misreading::TooLarge => format!("`{}` is too large a number: stay below 1e308.", quoted(text)),
        Misreading::TooSmall => format!("`{}` is so small that it would count as 0: write 0.", quoted(text)),
        Misreading::DividedByZero => format!("`{}` divides by 0, and has no value.", quoted(text)),
    })
}

/// Reads a whole number, 0 or above: `12`, `1e3`, `2·10²`.
pub fn count(text: &str) -> Result<u64, String> {
    let found = number(text)?;
    if found < 0.0 || found.fract() != 0.0 {
        return Err(format!("`{}` is no whole number: write 0, 1, 2 and so on.", quoted(text)));
    }
    if found > MOST_EXACT {
        return Err(format!("`{}` is more than can be counted here.", quoted(text)));
    }
    Ok(found as u64)
}

/// The typed text for a sentence: shortened, without control characters.
pub fn quoted(text: &str) -> String {
    let is_seen = |letter: &char| {
        !(letter.is_control()
            || ('\u{200b}'..='\u{200f}').contains(letter)
            || ('\u{2028}'..='\u{202e}').contains(letter)
            || ('\u{2060}'..='\u{206f}').contains(letter)
            || ('\u{e0000}'..='\u{e007f}').contains(letter)
            || *letter == '\u{61c}')
    };
    let letters: Vec<char> = text.trim().chars().filter(is_seen).collect();
    let shown: String = letters.iter().take(QUOTED).collect();
    if letters.len() > QUOTED { format!("{shown}…") } else { shown }
}

/// One way to write what can be written in many: ASCII signs, `^` for raised digits, no blank beside an operator.
pub(in crate::engine) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_raised = false;
    for letter in text.trim().chars() {
        let raised = if letter == '⁻' { Some('-') } else { digit_in(RAISED, letter) };
        if raised.is_some() && !is_raised {
            out.push('^');
        }
        is_raised = raised.is_some();
        out.push(match letter {
            _ if raised.is_some() => raised.unwrap_or(letter),
            _ if DASHES.contains(letter) => '-',
            _ if TIMES.contains(letter) => '*',
            _ if SLASHES.contains(letter) => '/',
            '＋' => '+',
            _ if letter.is_whitespace() => ' ',
            _ => digit_in(LOWERED, letter).unwrap_or(letter),
        });
    }
    let mut out = out.replace("**", "^");
    for operator in ["/", "*", "^", "=", "%"] {
        while let Some(at) = out.find(&format!(" {operator}")) {
            out.remove(at);
        }
    }
    for operator in ["/", "*", "^", "="] {
        while let Some(at) = out.find(&format!("{operator} ")) {
            out.remove(at + operator.len());
        }
    }
    out
}

fn digit_in(digits: &str, letter: char) -> Option<char> {
    let place = digits.chars().position(|digit| digit == letter)?;
    char::from_digit(place as u32, 10)
}

/// The value of a number in its plain form.
fn value(text: &str) -> Result<f64, Misreading> {
    let found = match text.split_once('/') {
        Some((above, below)) => {
            let (above, below) = (factor(above)?, factor(below)?);
            if below == 0.0 {
                return Err(Misreading::DividedByZero);
            }
            sized(above / below, above != 0.0)?
        }
        None => match text.split_once('*') {
            Some((mantissa, power)) if !mantissa.contains(['e', 'E', '^']) => {
                let power = power.strip_prefix("10^").and_then(exponent).ok_or(Misreading::Form)?;
                decimal(&format!("{mantissa}e{power}"))?
            }
            Some(_) => return Err(Misreading::Form),
            None => factor(text)?,
        },
    };
    // Not −0, which would be printed and graded as another number.
    Ok(found + 0.0)
}

/// A number without a stroke: a decimal, a vulgar fraction such as `1½`, or a power such as `10^-3`.
fn factor(text: &str) -> Result<f64, Misreading> {
    let (sign, size) = match text.strip_prefix(['+', '-']) {
        Some(size) => (if text.starts_with('-') { -1.0 } else { 1.0 }, size.trim_start()),
        None => (1.0, text),
    };
    if size.starts_with(['+', '-']) {
        return Err(Misreading::Form);
    }
    if let Some((whole, above, below)) =
        VULGAR.iter().find_map(|(letter, above, below)| size.strip_suffix(*letter).map(|whole| (whole, *above, *below)))
    {
        let is_whole = whole.chars().all(|letter| letter.is_ascii_digit());
        let whole = if whole.is_empty() { 0.0 } else { decimal(whole)? };
        return if is_whole { Ok(sign * (whole + above / below)) } else { Err(Misreading::Form) };
    }
    if let Some((base, power)) = size.split_once('^') {
        let (base, power) = (base.trim(), exponent(power).ok_or(Misreading::Form)?);
        // Read as a decimal, a power of ten is rounded once.
        let found = if base == "10" { decimal(&format!("1e{power}"))? } else { decimal(base)?.powi(power) };
        return sized(sign * found, found != 0.0);
    }
    decimal(size).map(|size| sign * size)
}

fn exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.len() < 6 && digits.chars().all(|letter| letter.is_ascii_digit());
    text.parse().ok().filter(|_| is_whole)
}

/// Digits with at most one point or comma, and an exponent.
fn decimal(text: &str) -> Result<f64, Misreading> {
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, Some(exponent(power).ok_or(Misreading::Form)?)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let marks = unsigned.chars().filter(|letter| ".,".contains(*letter)).count();
    let digits = unsigned.chars().filter(char::is_ascii_digit).count();
    if digits == 0 || marks > 1 || digits + marks != unsigned.chars().count() {
        return Err(Misreading::Form);
    }
    let is_zero = unsigned.chars().all(|letter| "0.,".contains(letter));
    let text = format!("{}e{}", mantissa.replace(',', "."), power.unwrap_or(0));
    sized(text.parse().map_err(|_| Misreading::Form)?, !is_zero)
}

/// A value that is neither lost in overflow nor, where it is not zero, in underflow.
fn sized(value: f64, is_something: bool) -> Result<f64, Misreading> {
    match value {
        value if !value.is_finite() => Err(Misreading::TooLarge),
        0.0 if is_something => Err(Misreading::TooSmall),
        value => Ok(value),
    }
}

/// A number whose marks may part thousands, without them: `1.000,5` is 1000.5, `1,000` is 1000.
pub(in crate::engine) fn without_thousands(plain: &str) -> Option<String> {
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let sign = if plain.starts_with('-') { "−" } else { "" };
    let is_led = |part: &&str| (1..=3).contains(&part.len()) && !part.starts_with('0');
    let parts: Vec<&str> = digits.split(['.', ',']).collect();
    let (first, rest) = parts.split_first()?;
    let is_plain = digits.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter));
    if !is_plain || rest.is_empty() || !is_led(first) {
        return None;
    }
    let are_groups = |parts: &[&str]| parts.iter().all(|part| part.len() == 3);
    match (rest, digits.contains('.') && digits.contains(',')) {
        ([groups @ .., after], true) if are_groups(groups) => Some(format!("{sign}{first}{}.{after}", groups.concat())),
        // Nobody writes three zeros behind a decimal comma to be more exact; 1.000 has the decimal mark of the program.
        (["000"], false) if digits.contains(',') => Some(format!("{sign}{first}000")),
        (groups @ [_, _, ..], false) if are_groups(groups) => Some(format!("{sign}{first}{}", groups.concat())),
        _ => None,
    }
}

/// The sentence for a number whose marks may part thousands.
fn two_readings(plain: &str) -> Option<String> {
    let whole = without_thousands(plain)?;
    let (mark, rest) = plain.find(['.', ',']).map(|at| plain.split_at(at))?;
    let rest: String = rest.chars().filter(char::is_ascii_digit).collect();
    let other = format!("{mark}.{rest}").replace('-', "−");
    Some(format!("`{}` can be {whole} or {other}: write which.", quoted(plain)))
}

/// The sentence for a text that is no number, with what is to be written instead where that can be said.
fn form(text: &str, plain: &str) -> String {
    let shown = quoted(text);
    let word = plain.trim_start_matches(['+', '-']).to_lowercase();
    let is_endless = ["inf", "infinity", "nan", "∞"].contains(&word.as_str());
    let percent = plain.strip_suffix('%').and_then(|part| number(part).ok());
    let exponent = plain.strip_suffix(['e', 'E']).and_then(|part| number(part).ok());
    match (percent, exponent) {
        _ if is_endless => format!("`{shown}` is no finite number: write one, such as 1e6."),
        (Some(percent), _) => format!("`{shown}` is written {} here.", trimmed(percent / 100.0, 15)),
        (_, Some(_)) => format!("`{shown}` lacks its exponent: write {}3 or {0}-3.", quoted(plain)),
        _ if are_several(plain) => format!("`{shown}` is more than one number: one is asked."),
        _ => format!("`{shown}` is no number: write 0.05, 1e-3 or 2/11."),
    }
}

fn are_several(plain: &str) -> bool {
    let mut parts = plain.split([',', ';', ' ']).filter(|part| !part.is_empty());
    plain.contains([',', ';', ' ']) && parts.all(|part| value(part).is_ok())
}

/// What stands in brackets, or all; `None` where one bracket of two is missing.
pub(in crate::engine) fn unbracketed(text: &str) -> Option<&str> {
    let text = text.strip_suffix('.').filter(|rest| rest.ends_with([')', ']', '}'])).unwrap_or(text);
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
        match (text.strip_prefix(open), text.strip_suffix(close)) {
            (Some(_), Some(_)) => return unbracketed(text.strip_prefix(open)?.strip_suffix(close)?.trim()),
            (None, None) => {}
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (text, value) in [
            ("0,5", 0.5),
            (".5", 0.5),
            (",5", 0.5),
            ("5.", 5.0),
            ("5,", 5.0),
            ("1e-3", 1e-3),
            ("1E3", 1e3),
            ("1e+3", 1e3),
            ("1,5e−3", 1.5e-3),
            ("-2", -2.0),
            ("−2", -2.0),
            ("–2", -2.0),
            ("- 2", -2.0),
            ("+2", 2.0),
            ("1/3", 1.0 / 3.0),
            ("−1/3", -1.0 / 3.0),
            ("1 / −3", -1.0 / 3.0),
            ("2/21", 2.0 / 21.0),
            ("0,5/1,5", 1.0 / 3.0),
            ("1⁄3", 1.0 / 3.0),
            ("½", 0.5),
            ("−¾", -0.75),
            ("1½", 1.5),
            ("−1½", -1.5),
            ("10^-3", 1e-3),
            ("10⁻³", 1e-3),
            ("10**3", 1e3),
            ("1·10⁻³", 1e-3),
            ("2,5 × 10^-4", 2.5e-4),
            ("−1.2*10^2", -120.0),
            ("2^-3", 0.125),
            ("-2²", -4.0),
            ("10¹²", 1e12),
            ("(1/3)", 1.0 / 3.0),
            ("[−2]", -2.0),
            ("\u{a0}0,5\u{202f}", 0.5),
            ("1.000", 1.0),
            ("0,000", 0.0),
            ("1,234", 1.234),
            ("-0", 0.0),
            ("0e-400", 0.0),
            ("5e-324", 5e-324),
            ("0.30000000000000004", 0.1 + 0.2),
        ] {
            assert_eq!(number(text).map(f64::to_bits), Ok(f64::to_bits(value)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_or_could_be_two_is_refused_with_a_sentence() {
        for (text, sentence) in [
            ("", "Type a number first."),
            ("  ", "Type a number first."),
            (".", "is no number: write 0.05, 1e-3 or 2/11."),
            ("-", "is no number"),
            ("abc", "is no number"),
            ("0x10", "is no number"),
            ("1_000", "is no number"),
            ("1..2", "is no number"),
            ("1.2.3", "is no number"),
            ("−−2", "is no number"),
            ("1/2/3", "is no number"),
            ("1/2·10^3", "is no number"),
            ("2*3", "is no number"),
            ("e3", "is no number"),
            ("2^0.5", "is no number"),
            ("5 apples", "is no number"),
            ("x = 2", "is no number"),
            ("1e", "`1e` lacks its exponent: write 1e3 or 1e-3."),
            ("1, 2", "`1, 2` is more than one number: one is asked."),
            ("1 000", "more than one number"),
            ("0,5,1", "more than one number"),
            ("(1; 2)", "more than one number"),
            ("1,000", "`1,000` can be 1000 or 1.000: write which."),
            ("−1.000,5", "can be −1000.5 or −1.0005: write which."),
            ("1,000.5", "can be 1000.5 or 1.0005: write which."),
            ("1.000.000", "can be 1000000 or"),
            ("12,345,678", "can be 12345678 or"),
            ("5 %", "`5 %` is written 0.05 here."),
            ("inf", "is no finite number"),
            ("-∞", "is no finite number"),
            ("NaN", "is no finite number"),
            ("1e400", "is too large"),
            ("10^999", "is too large"),
            ("1e-400", "is so small"),
            ("1e-300/1e300", "is so small"),
            ("1/0", "divides by 0"),
            ("1e99999999", "is no number"),
        ] {
            let why = number(text).unwrap_err();
            assert!(why.contains(sentence), "{text}: {why}");
            assert!(why.split_whitespace().count() <= 20 && why.ends_with('.'), "{why}");
        }
    }

    #[test]
    fn a_count_is_whole() {
        for (text, value) in [("12", 12), ("1e3", 1000), ("+2", 2), ("2,0", 2), ("6/3", 2), ("2·10²", 200), ("0", 0)]
        {
            assert_eq!(count(text), Ok(value), "{text}");
        }
        for (text, sentence) in [
            ("1.5", "`1.5` is no whole number: write 0, 1, 2 and so on."),
            ("-1", "is no whole number"),
            ("1,000", "can be 1000 or"),
            ("1e30", "more than can be counted"),
            ("many", "is no number"),
        ] {
            assert!(count(text).unwrap_err().contains(sentence), "{text}");
        }
    }

    /// What the program writes it reads back, to the digits that it wrote.
    #[test]
    fn what_is_written_reads_back() {
        use crate::engine::number::{number as written, scientific, short};
        for power in (-323..=307).step_by(7) {
            for lead in [-9.75, -1.0, 1.0, 2.5, 3.3333] {
                let value: f64 = format!("{lead}e{power}").parse().unwrap();
                for text in [written(value, 17), short(value), scientific(value, 3)] {
                    let exact: f64 = text.replace('−', "-").parse().unwrap();
                    assert_eq!(number(&text), Ok(exact), "{text}");
                }
                assert_eq!(number(&written(value, 17)), Ok(value), "{value:e}");
            }
        }
    }

    #[test]
    fn what_is_quoted_steers_no_terminal() {
        assert_eq!(quoted("\u{1b}[31m\u{202e}0,5\u{9b}"), "[31m0,5");
        assert_eq!(quoted(&"1".repeat(40)), format!("{}…", "1".repeat(24)));
    }

    #[test]
    fn every_character_of_a_number_belongs_to_it() {
        for text in ["0,5", ".5", "1e-3", "−2", "–2", "+2", "1/3", "½", "10^-3", "1·10⁻³", "2×10³", "5 %", "(−1; 2]"]
        {
            assert!(text.chars().all(goes_on), "{text}");
        }
        assert!("0.,-−+/½([".chars().all(begins) && !"eE %;)^·x".chars().any(begins));
    }
}
