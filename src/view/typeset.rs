//! A formula as it is written by hand: x1 becomes x₁, ^2 becomes ², pi becomes π, and 10*x1 becomes 10x₁.

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
            '^' if digits == 1 && !continues(&letters, at + 2) => {
                set.push(raised_or_lowered(letters[at + 1], '⁰'));
                at += 1;
            }
            '*' if is_plain_product(&letters, at) => {}
            '*' => set.push('·'),
            '-' => set.push('−'),
            letter => set.push(letter),
        }
        at += 1;
    }
    set
}

fn digits_after(letters: &[char], at: usize) -> usize {
    letters[at + 1..].iter().take_while(|letter| letter.is_ascii_digit()).count()
}

fn after_name(letters: &[char], at: usize) -> bool {
    at > 0 && letters[at - 1].is_ascii_alphanumeric()
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

/// A number before and a name or bracket after: the sign may go.
fn is_plain_product(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| letters.get(before)).is_some_and(char::is_ascii_digit);
    let start = letters[..at].iter().rposition(|letter| !letter.is_ascii_digit() && *letter != '.');
    let is_number = start.is_none_or(|start| !letters[start].is_ascii_alphanumeric() && letters[start] != '^');
    let after = letters.get(at + 1).is_some_and(|letter| letter.is_ascii_alphabetic() || *letter == '(');
    before && is_number && after
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
            ("", ""),
            ("^", "^"),
        ] {
            assert_eq!(set(typed), expected);
        }
    }
}
