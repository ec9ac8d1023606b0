//! A formula as it is written by hand: x1 becomes x₁, ^2 becomes ², pi becomes π, and 10*x1 becomes 10x₁.

use crate::objective::subject::Subject;

/// What stands after `f =`: a formula set for reading, any other title as it is.
pub fn subject(subject: &Subject) -> String {
    subject.formula().map_or_else(|| subject.title().to_owned(), set)
}

/// Sets a formula for reading; what has no better form stays as it was typed.
pub fn set(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut set = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let digits = digits_after(&letters, at);
        match letters[at] {
            'x' if digits > 0 && !after_name(&letters, at) => {
                set.push('x');
                set.extend(letters[at + 1..=at + digits].iter().map(|digit| raised_or_lowered(*digit, '₀')));
                at += digits;
            }
            'p' if is_pi(&letters, at) => {
                set.push('π');
                at += 1;
            }
            '*' if letters.get(at + 1) == Some(&'*') => {
                at += 1;
                at += power(&letters, at, &mut set);
            }
            '^' => at += power(&letters, at, &mut set),
            '*' if is_plain_product(&letters, at) => {}
            '*' => set.push('·'),
            '-' => set.push('−'),
            letter => set.push(letter),
        }
        at += 1;
    }
    set
}

/// The power sign that ends at `at`, as a raised digit if one digit is all; how many letters more it took.
fn power(letters: &[char], at: usize, set: &mut String) -> usize {
    if digits_after(letters, at) == 1 && !continues(letters, at + 2) {
        set.push(raised_or_lowered(letters[at + 1], '⁰'));
        return 1;
    }
    set.push('^');
    0
}

fn digits_after(letters: &[char], at: usize) -> usize {
    letters[at + 1..].iter().take_while(|letter| letter.is_ascii_digit()).count()
}

/// Whether the letter here belongs to a name that began before; in `2x1` it does not.
fn after_name(letters: &[char], at: usize) -> bool {
    let word = letters[..at].iter().rev().take_while(|letter| letter.is_alphanumeric() || **letter == '_');
    word.last().is_some_and(|first| !first.is_ascii_digit())
}

/// Whether `pi` stands here as a word of its own.
fn is_pi(letters: &[char], at: usize) -> bool {
    let is_of_a_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    letters.get(at + 1) == Some(&'i')
        && !letters.get(at + 2).is_some_and(is_of_a_name)
        && !at.checked_sub(1).and_then(|before| letters.get(before)).is_some_and(is_of_a_name)
}

fn continues(letters: &[char], at: usize) -> bool {
    letters.get(at).is_some_and(|letter| *letter == '.' || *letter == '^' || letter.is_ascii_alphanumeric())
}

/// A number before and a name or bracket after: the sign may go, unless the product could then be read otherwise. It
/// stays behind `/` and `^` (1/2·x₁ is no 1/2x₁), and before an `e` that would begin an exponent.
fn is_plain_product(letters: &[char], at: usize) -> bool {
    let Some(start) = number_before(letters, at) else { return false };
    let mut before = letters[..start].iter().rev().filter(|letter| !letter.is_whitespace());
    let sign = before.next();
    let behind = if matches!(sign, Some('-' | '+')) { before.next() } else { sign };
    let is_power = behind == Some(&'^') || behind == Some(&'*') && before.next() == Some(&'*');
    let is_free = !is_power && behind != Some(&'/');
    let is_name = |letter: &char| letter.is_ascii_alphabetic() || *letter == '(';
    let is_exponent = matches!(letters.get(at + 1), Some('e' | 'E'))
        && letters.get(at + 2).is_some_and(|next| next.is_ascii_digit() || matches!(next, '+' | '-'));
    is_free && letters.get(at + 1).is_some_and(is_name) && !is_exponent
}

/// Where the number begins that ends right before `at`; `None` if there is none, or a name ends there.
fn number_before(letters: &[char], at: usize) -> Option<usize> {
    let is_digit = |letter: &char| letter.is_ascii_digit() || *letter == '.';
    let start_of =
        |end: usize| letters[..end].iter().rposition(|letter| !is_digit(letter)).map_or(0, |place| place + 1);
    let mut start = start_of(at);
    letters[start..at].last()?;
    let mantissa = |end: usize| {
        let e = letters[..end].last().filter(|letter| matches!(letter, 'e' | 'E')).map(|_| end - 1)?;
        (start_of(e) < e).then(|| start_of(e))
    };
    let signed = letters[..start].last().is_some_and(|letter| matches!(letter, '-' | '+'));
    if let Some(longer) = mantissa(if signed { start - 1 } else { start }) {
        start = longer;
    }
    let is_of_a_name = letters[..start].last().is_some_and(|letter| letter.is_alphanumeric() || *letter == '_');
    (!is_of_a_name).then_some(start)
}

fn raised_or_lowered(digit: char, zero: char) -> char {
    match (digit, zero) {
        ('1', '⁰') => '¹',
        ('2', '⁰') => '²',
        ('3', '⁰') => '³',
        _ => digit.to_digit(10).and_then(|value| char::from_u32(zero as u32 + value)).unwrap_or(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_set_as_written_by_hand() {
        for (typed, expected) in [
            ("10*x1^2 + x2^2/2", "10x₁² + x₂²/2"),
            ("x1^2 - x2^2", "x₁² − x₂²"),
            ("100*(x2 - x1^2)^2", "100(x₂ − x₁²)²"),
            ("x1*x2^3", "x₁·x₂³"),
            ("x^12 + 2^x", "x^12 + 2^x"),
            ("exp(-x1)", "exp(−x₁)"),
            ("x10*3", "x₁₀·3"),
            ("5.1/(4*pi^2)*x1^2", "5.1/(4π²)·x₁²"),
            ("cos(2*pi*x1) + pi", "cos(2π·x₁) + π"),
            ("pin*pi2 + api", "pin·pi2 + api"),
            ("x1^2*x2", "x₁²·x₂"),
            ("2x1 + 3x2**2", "2x₁ + 3x₂²"),
            ("1/2*x1", "1/2·x₁"),
            ("x1^2 / 2*(x2)", "x₁² / 2·(x₂)"),
            ("x1^-2*x2", "x₁^−2·x₂"),
            ("1e-3*x1", "1e−3x₁"),
            ("2*e-3*x1", "2·e−3x₁"),
            ("2*exp(x1)", "2exp(x₁)"),
            ("x1 - 3*x2", "x₁ − 3x₂"),
            ("6/2*3*x1", "6/2·3x₁"),
            ("", ""),
            ("^", "^"),
        ] {
            assert_eq!(set(typed), expected);
        }
    }
}
