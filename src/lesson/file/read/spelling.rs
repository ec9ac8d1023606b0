//! Did you mean …? The nearest known word to a misspelt one.

/// So many letters of a word are compared; nothing is near a longer one.
const LONGEST: usize = 64;

/// The known word nearest to `word`, if a third of its letters or fewer differ.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters = word.chars().count();
    if letters > LONGEST {
        return None;
    }
    let most = letters.div_ceil(3);
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= 4 * LONGEST)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A cure for an unknown word: the nearest one, or all that there are.
pub fn cure<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None if known.is_empty() => "take it out".to_owned(),
        None => format!("there {} {}", if known.len() == 1 { "is" } else { "are" }, listed(known)),
    }
}

/// Words in backticks, with commas.
pub fn listed<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_far_ones_are_not() {
        let known = ["fixed", "backtracking", "diminishing"];
        assert_eq!(nearest("backtraking", known), Some("backtracking"));
        assert_eq!(nearest("fxied", known), Some("fixed"));
        assert_eq!(nearest("newton", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"f".repeat(100_000), known), None);
        assert_eq!(cure("zzz", ["a", "b"]), "there are `a`, `b`");
    }
}
