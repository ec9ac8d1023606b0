//! Broken versions of a lesson, as slips of the finger and malice make them: no input whatever may stop the program.

use crate::engine::number::random::Generator;

/// The share of mutants that keep all pages.
const WHOLE: f64 = 0.15;

/// Texts that are inserted: syntax, control characters, extreme numbers.
const TROUBLE: [&str; 24] = [
    "\x1b[2J",
    "\"",
    "\"\"\"",
    "{",
    "}",
    "[",
    "]",
    "\n",
    "=",
    "-",
    "#",
    "'",
    "\0",
    "\u{202e}",
    "\\u001b",
    "nan",
    "-0.0",
    "1e308",
    "-1e308",
    "1e-308",
    "9999999999",
    "1000000",
    "99999999999999999999",
    "zzz = 1\n",
];

/// The numbers that replace others.
const NUMBERS: [&str; 12] =
    ["0", "-0.0", "-1", "1e308", "-1e308", "1e-308", "5e-324", "1000000", "1000000000", "0.5", "1e999", "64"];

/// A version of a lesson with one to three faults: of the whole, or, so that faults stand close together, of its head with
/// one or two of its pages.
pub fn mutant(source: &str, dice: &mut Generator) -> String {
    let mut text = if dice.fraction() < WHOLE { source.to_owned() } else { excerpt(source, dice) };
    for _ in 0..=(dice.fraction() * 3.0) as usize {
        text = match (dice.fraction() * 8.0) as usize {
            0 => with_bytes(&text, dice),
            1 | 2 => with_lines(&text, dice),
            3..=5 => with_number(&text, dice),
            6 => with_trouble(&text, dice),
            _ if dice.fraction() < 0.3 => text[..border(&text, dice)].to_owned(),
            _ => with_coordinates(&text, dice),
        };
    }
    text
}

/// The file up to the first page, and one or two of its pages.
fn excerpt(source: &str, dice: &mut Generator) -> String {
    let mut parts = source.split("\n[[page]]\n");
    let head = parts.next().unwrap_or_default();
    let pages: Vec<&str> = parts.collect();
    let chosen = (0..=below(2, dice)).filter_map(|_| dice.one_of(&pages).copied()).collect::<Vec<_>>();
    std::iter::once(head).chain(chosen).collect::<Vec<_>>().join("\n[[page]]\n")
}

fn below(most: usize, dice: &mut Generator) -> usize {
    ((dice.fraction() * most as f64) as usize).min(most.saturating_sub(1))
}

/// A random index on a character border.
fn border(text: &str, dice: &mut Generator) -> usize {
    let mut at = below(text.len() + 1, dice);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Replaces some bytes.
fn with_bytes(text: &str, dice: &mut Generator) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=below(3, dice) {
        let at = below(bytes.len(), dice);
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << below(8, dice);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Deletes, doubles or moves a line.
fn with_lines(text: &str, dice: &mut Generator) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let (one, other) = (below(lines.len(), dice), below(lines.len(), dice));
    match below(3, dice) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one]),
        _ => lines.swap(one, other),
    }
    lines.join("\n") + "\n"
}

/// Replaces a number.
fn with_number(text: &str, dice: &mut Generator) -> String {
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let bytes = text.as_bytes();
    let from = below(bytes.len(), dice);
    let Some(start) = (from..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) else { return text.to_owned() };
    let end = (start..bytes.len()).find(|at| !is_part(bytes[*at])).unwrap_or(bytes.len());
    format!("{}{}{}", &text[..start], dice.one_of(&NUMBERS).unwrap_or(&"0"), &text[end..])
}

/// Inserts one of the troublesome texts, or puts it in the place of another.
fn with_trouble(text: &str, dice: &mut Generator) -> String {
    let (one, other) = (border(text, dice), border(text, dice));
    let end = if dice.fraction() < 0.8 { one } else { other.max(one).min(one + 40) };
    let end = (one..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(one);
    format!("{}{}{}", &text[..one], dice.one_of(&TROUBLE).unwrap_or(&""), &text[end..])
}

/// A start with very many coordinates, and rules that cost most there.
fn with_coordinates(text: &str, dice: &mut Generator) -> String {
    let count = [3, 40, 300, 1000, 5000][below(5, dice)];
    let numbers = vec!["1"; count].join(", ");
    let rule = ["newton", "bfgs", "momentum", "levenberg-marquardt", "l-bfgs"][below(5, dice)];
    let Some(at) = text.find("start ") else { return text.to_owned() };
    let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
    let text = format!("{}start = [{numbers}]{}", &text[..at], &text[end..]);
    let mut text = text.replacen("window ", "# window ", 1);
    if dice.fraction() < 0.5 {
        text = text.replacen("step_size = ", &format!("direction = {{ rule = \"{rule}\" }}\nstep_size = "), 1);
    }
    if dice.fraction() < 0.5 {
        text = text.replacen("iterations = ", "iterations = 1000000 # ", 1);
    }
    text
}
