//! The terms of the course: what a word or a symbol means, what others write for it, and which lesson shows it.

use std::sync::LazyLock;

use serde::Deserialize;

/// A term.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub name: String,
    /// Its symbol on the screen; empty if it has none.
    #[serde(default)]
    pub symbol: String,
    /// Further words that lead to it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What other courses and books write; empty if they write the same.
    #[serde(default)]
    pub others: String,
    /// What it means, in one or two sentences.
    pub text: String,
    /// The lesson that shows it, written or planned.
    #[serde(default)]
    pub lesson: Option<String>,
}

/// The file as it is embedded.
const SOURCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/terms.toml"));

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsFile {
    #[serde(rename = "term")]
    terms: Vec<Term>,
}

static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| toml::from_str::<TermsFile>(SOURCE).unwrap_or_default().terms);

/// Every term, in the order of the course.
pub fn all() -> &'static [Term] {
    &TERMS
}

/// The terms that a word leads to: by name, symbol or another word for it, else by what is said of them.
///
/// A symbol may be typed as it is spelled.
pub fn about(word: &str, spelled: impl Fn(&str) -> String) -> Vec<&'static Term> {
    let word = word.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&word);
    let is_named = |term: &&Term| has(&term.name) || term.also.iter().any(|also| has(also));
    // A symbol is a word of its own: `d` is not meant where `gradient` has one.
    let is_symbol = |term: &&Term| {
        let forms = [term.symbol.to_lowercase(), spelled(&term.symbol).to_lowercase()];
        forms.iter().any(|form| symbols(form).any(|symbol| symbol == word))
    };
    let meant: Vec<_> =
        all().iter().filter(|term| word.chars().count() > 1 && is_named(term) || is_symbol(term)).collect();
    if !meant.is_empty() {
        return meant;
    }
    all().iter().filter(|term| has(&term.text) || has(&term.others) || has(&spelled(&term.others))).collect()
}

fn symbols(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', '(', ')'])
}

/// The terms that a text names, in the order in which it does.
pub fn named_in(text: &str) -> Vec<&'static Term> {
    let text = text.to_lowercase();
    let mut found: Vec<(usize, &Term)> =
        all().iter().filter_map(|term| Some((first_place(term, &text)?, term))).collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, term)| term).collect()
}

fn first_place(term: &Term, text: &str) -> Option<usize> {
    let words = term.also.iter().chain([&term.name]);
    words.filter_map(|word| place_of_word(&word.to_lowercase(), text)).min()
}

/// Where a word begins in a text, as a word or its plural.
fn place_of_word(word: &str, text: &str) -> Option<usize> {
    let is_free = |at: usize| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let after = &text[at + word.len()..];
        let after = after.strip_prefix('s').unwrap_or(after);
        !is_letter(text[..at].chars().next_back()) && !is_letter(after.chars().next())
    };
    text.match_indices(word).map(|(at, _)| at).find(|at| is_free(*at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::check::prose;
    use crate::lesson::course::library;

    fn names(terms: &[&Term]) -> Vec<String> {
        terms.iter().map(|term| term.name.clone()).collect()
    }

    #[test]
    fn the_file_is_sound() {
        let terms = toml::from_str::<TermsFile>(SOURCE).unwrap().terms;
        assert!((40..=90).contains(&terms.len()), "{}", terms.len());
        for (index, term) in terms.iter().enumerate() {
            let name = &term.name;
            let is_same = |other: &Term| other.name.eq_ignore_ascii_case(name);
            assert!(!terms[..index].iter().any(is_same), "{name} twice");
            assert!(
                !term.also.iter().any(|also| terms.iter().filter(|one| *one != term).any(|one| &one.name == also)
                    && also != "iterate"
                    && also != "eigenvector"),
                "{name}: another word is a term itself"
            );
            assert!(term.lesson.as_ref().is_none_or(|id| library::is_in_course(id)), "{name}: {:?}", term.lesson);
            let words = term.text.split_whitespace().count();
            assert!((8..=45).contains(&words) && term.text.ends_with('.'), "{name}: {words} words");
            for text in [&term.text, &term.others, name] {
                assert_eq!(prose::first_colour(text), None, "{name}");
                assert!(text.len() < 320 && !text.contains('\n'), "{name}");
            }
        }
    }

    #[test]
    fn a_word_finds_what_it_means() {
        let spelled = |text: &str| text.replace("γ₁", "gamma1").replace('α', "alpha");
        let found = |word: &str| names(&about(word, spelled));
        assert_eq!(found("Sufficient decrease")[0], "Armijo condition");
        assert_eq!(found("zoom"), ["pinpointing"]);
        assert_eq!(found("gamma1"), ["share of the decrease"]);
        assert_eq!(found("γ₂"), ["share of the slope"]);
        assert_eq!(found("learning rate")[0], "step size");
        assert!(found("wolfe").contains(&"Wolfe conditions".to_owned()));
        assert!(found("Bubeck").contains(&"Lipschitz constant".to_owned()), "by what others write");
        assert!(found("d").iter().all(|name| name != "gradient"));
        assert!(found("norm").contains(&"gradient norm".to_owned()), "{:?}", found("norm"));
        assert!(found("no such thing").is_empty());
    }

    /// Whatever a learner sees beside the prose can be looked up as it is written there.
    #[test]
    fn what_stands_on_the_screen_has_a_term() {
        let shown = [
            "‖∇f‖",
            "‖∇f‖∞",
            "‖·‖",
            "f*",
            "f − f*",
            "margin",
            "linear rate",
            "O(1/k)",
            "steps/digit",
            "A",
            "B",
            "◆",
            "◀",
            "S",
            "×",
            "*",
            "+",
            "lines 1.3…65",
            "drawn",
            "t",
            "κ",
            "L",
            "α*",
            "φ(α)",
            "evaluations",
            "x*",
            "∇fᵀd",
            "γ₁",
            "τ",
            "σ",
        ];
        for sign in shown {
            assert!(!about(sign, str::to_owned).is_empty(), "{sign}");
        }
    }

    #[test]
    fn a_text_names_terms_as_words() {
        let text = "Saddles and minima: the gradients vanish. A deadline searches nothing.";
        assert_eq!(names(&named_in(text)), ["saddle point", "gradient"]);
    }
}
