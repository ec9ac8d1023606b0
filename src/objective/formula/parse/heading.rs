//! What people write before a formula: `f =`, `f(x) =`, `y =`, `lambda x:`.

use crate::objective::formula::mistake::{Fault, Problem};

/// How many bytes at the start of `text` are no part of the formula, and the fault if they are more than `f =`.
pub fn of(text: &str) -> (usize, Option<Fault>) {
    let Some(end) = length(text).filter(|end| *end > 0) else { return (0, None) };
    let head = text[..end].trim_end_matches([':', '=', '>', '-', '↦', '→', '⇒']);
    if is_name_of_objective(head.trim()) && text[..end].ends_with('=') {
        return (end, None);
    }
    let sentence = format!("`{}` is no part of the formula", text[..end].trim());
    let cure = "write only what follows".into();
    (end, Some(Fault::cured(0..end, Problem::Other { sentence, cure }, "")))
}

/// The bytes up to and with the sign that a heading ends with.
fn length(text: &str) -> Option<usize> {
    const MOST: usize = 40;
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    for word in ["minimize ", "minimise ", "Minimize ", "Minimise ", "return ", "min ", "f: ", "f : "] {
        if body.starts_with(word) && !body[word.len()..].trim_start().starts_with('(') {
            let inner = length(&body[word.len()..]).unwrap_or(0);
            return Some(start + word.len() + inner);
        }
    }
    if let Some(arguments) = body.strip_prefix("@(").or_else(|| body.strip_prefix("\\(x\\)")) {
        return arguments.split_once(')').map(|(names, _)| start + 2 + names.len() + 1);
    }
    if body.starts_with("lambda ") {
        return body.find(':').map(|colon| start + colon + 1);
    }
    let sign = body.find(['=', '↦', '→', '⇒']).into_iter().chain(body.find("->")).min()?;
    let head = &body[..sign];
    let after = &body[sign..];
    let length = match after.chars().next() {
        Some('=') if after.starts_with("=>") => 2,
        Some('=') if after.starts_with("==") || head.ends_with(['<', '>', '!']) => return None,
        Some('-') => 2,
        first => first.map_or(0, char::len_utf8),
    };
    let is_heading = head.chars().count() <= MOST
        && head
            .trim_end_matches(':')
            .chars()
            .all(|c| c.is_alphanumeric() || "_(), :ℝ²\u{2080}\u{2081}\u{2082}\u{2083}".contains(c))
        && (!after.starts_with('=')
            || length == 2
            || head.trim().is_empty()
            || is_single(head.trim_end_matches(':').trim()));
    is_heading.then_some(start + sign + length)
}

/// Whether a heading is a name, with arguments or without.
fn is_single(head: &str) -> bool {
    let head = ["min ", "max "].iter().find_map(|word| head.strip_prefix(word)).unwrap_or(head).trim();
    let (name, arguments) = head.split_once('(').unwrap_or((head, ")"));
    let is_word = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_word(name.trim())
        && !name.starts_with(['x', 'X'])
        && arguments.ends_with(')')
        && !(arguments.len() == 1 && head.ends_with('('))
}

/// `f`, `f(x)`, `f(x₁, x₂)`.
fn is_name_of_objective(head: &str) -> bool {
    let (name, arguments) = head.split_once('(').unwrap_or((head, ")"));
    matches!(name.trim(), "f" | "F")
        && arguments
            .strip_suffix(')')
            .is_some_and(|names| names.chars().all(|c| c.is_alphanumeric() || "_, ".contains(c)))
}
