//! Characters as people type and paste them, and the plain ones that they mean.

/// The plain character that `c` is another form of: `-` for U+2212, `*` for `·`, `x` for a slanted or wide x, `7` for
/// a digit of another script. Every other character stays itself.
pub fn plain(c: char) -> char {
    let from = |zero: char, base: u32, size: u32| char::from_u32(zero as u32 + (c as u32 - base) % size).unwrap_or(c);
    match c {
        '−' | '–' | '—' | '‐' | '‑' | '‒' | '﹣' => '-',
        '·' | '⋅' | '×' | '∙' | '•' | '∗' | '✕' | '⨯' | '\u{2062}' => '*',
        '÷' | '∕' | '⁄' => '/',
        'ˆ' => '^',
        '∣' | '│' => '|',
        'ℎ' => 'h',
        'ℯ' => 'e',
        'µ' => 'μ',
        'ϑ' => 'θ',
        '\u{ff01}'..='\u{ff5e}' => from('!', 0xff01, 94), // full width
        '\u{1d400}'..='\u{1d6a3}' => match (c as u32 - 0x1d400) % 52 {
            capital @ 0..26 => char::from_u32('A' as u32 + capital).unwrap_or(c),
            small => char::from_u32('a' as u32 + small - 26).unwrap_or(c),
        },
        '\u{1d6a8}'..='\u{1d7c9}' => match (c as u32 - 0x1d6a8) % 58 {
            small @ 26..=50 => char::from_u32('α' as u32 + small - 26).unwrap_or(c),
            _ => c,
        },
        '\u{1d7ce}'..='\u{1d7ff}' => from('0', 0x1d7ce, 10),
        '٠'..='٩' => from('0', '٠' as u32, 10),
        '۰'..='۹' => from('0', '۰' as u32, 10),
        '०'..='९' => from('0', '०' as u32, 10),
        _ => c,
    }
}

/// The digit or sign that `c` is the superscript of.
pub fn raised(c: char) -> Option<char> {
    position("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", c).and_then(|place| "0123456789-+".chars().nth(place))
}

/// The digit that `c` is the subscript of.
pub fn lowered(c: char) -> Option<char> {
    position("₀₁₂₃₄₅₆₇₈₉", c).and_then(|place| "0123456789".chars().nth(place))
}

/// Whether `c` is a letter written below, as the i of `xᵢ`.
pub fn is_lowered_letter(c: char) -> bool {
    "ᵢⱼₖₗₘₙₚₛₜₓ".contains(c)
}

/// Whether `c` is a letter written above, as the n of `xⁿ`.
pub fn is_raised_letter(c: char) -> bool {
    "ⁿⁱᵏᵐᵖᵗˣᵀᵃᵇ".contains(c)
}

/// Numerator and denominator of a vulgar fraction such as `½`.
pub fn fraction(c: char) -> Option<(f64, f64)> {
    const FRACTIONS: [(f64, f64); 18] = [
        (1.0, 2.0),
        (1.0, 3.0),
        (2.0, 3.0),
        (1.0, 4.0),
        (3.0, 4.0),
        (1.0, 5.0),
        (2.0, 5.0),
        (3.0, 5.0),
        (4.0, 5.0),
        (1.0, 6.0),
        (5.0, 6.0),
        (1.0, 7.0),
        (1.0, 8.0),
        (3.0, 8.0),
        (5.0, 8.0),
        (7.0, 8.0),
        (1.0, 9.0),
        (1.0, 10.0),
    ];
    position("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒", c).map(|place| FRACTIONS[place])
}

/// Whether `c` takes no place on a screen, so that nobody can see it in a formula.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2061}' | '\u{2063}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{202a}'..='\u{202e}' | '\0'..='\x08' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}')
        && !c.is_whitespace()
}

fn position(characters: &str, c: char) -> Option<usize> {
    characters.chars().position(|known| known == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_of_a_character_are_that_character() {
        let plainly = |text: &str| text.chars().map(plain).collect::<String>();
        assert_eq!(plainly("𝑥−𝐱＋ｘ１·𝟐×𝜋﹣３÷٣"), "x-x+x1*2*π-3/3");
        assert_eq!(plainly("x1^2 + äßΩ"), "x1^2 + äßΩ");
        assert_eq!((raised('⁷'), raised('⁻'), raised('7')), (Some('7'), Some('-'), None));
        assert_eq!((lowered('₀'), lowered('0')), (Some('0'), None));
        assert_eq!((fraction('⅞'), fraction('⅒'), fraction('1')), (Some((7.0, 8.0)), Some((1.0, 10.0)), None));
    }
}
