//! What is said fits its box, gives nothing away, and leans on no colour.

use crate::lesson::check::notes::Notes;
use crate::lesson::markup::{BOX_ROWS, BOX_WIDTH, wrap};
use crate::lesson::page_box::layout;
use crate::lesson::question::Ask;
use crate::lesson::scenario::{Change, Scenario};
use crate::lesson::schema::Page;

/// Words that mean nothing to whoever sees the screen in other colours, or none.
const COLOURS: [&str; 14] = [
    "red",
    "green",
    "blue",
    "orange",
    "yellow",
    "purple",
    "violet",
    "pink",
    "cyan",
    "magenta",
    "turquoise",
    "brown",
    "grey",
    "gray",
];

/// Proves the prose of a page.
pub fn check(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    sizes(page, notes);
    for (part, text) in texts(page) {
        if page.colour_words.is_none() {
            colours(&part, text, notes);
        }
    }
    for (index, hint) in page.hints.iter().enumerate() {
        if !page.proof.is_empty() && page.proof.iter().all(|change| tells(hint, change, scenario)) {
            let cure = "hint at where to look or at the principle; the proof stays for `check`";
            notes.error(&format!("hints[{index}]"), "the hint gives the proof away", cure);
        }
    }
}

/// Every text of a page, by the part it stands in.
fn texts(page: &Page) -> Vec<(String, &str)> {
    let mut texts = vec![("text".to_owned(), page.text.as_str())];
    texts.extend(page.title.iter().map(|title| ("title".to_owned(), title.as_str())));
    texts.extend(page.ask.iter().flat_map(of_question));
    texts.extend(page.hints.iter().enumerate().map(|(index, hint)| (format!("hints[{index}]"), hint.as_str())));
    for (index, why) in page.why.iter().enumerate() {
        texts.push((format!("why[{index}].slide"), &why.slide));
        texts.push((format!("why[{index}].actually"), &why.actually));
    }
    texts
}

/// Every text of a question.
fn of_question(ask: &Ask) -> Vec<(String, &str)> {
    let mut texts = vec![("ask.question".to_owned(), ask.question.as_str())];
    let said = [("ask.refute", &ask.refute), ("ask.because", &ask.because)];
    texts.extend(said.into_iter().filter_map(|(part, text)| Some((part.to_owned(), text.as_deref()?))));
    texts.extend(ask.kind.texts());
    texts
}

/// Complains about what is taller than the page box.
fn sizes(page: &Page, notes: &mut Notes<'_>) {
    let page_box = layout(page, BOX_WIDTH, &str::to_owned);
    if page_box.rows() > BOX_ROWS {
        let (text, question, options) = (page_box.text.len(), page_box.question.len(), page_box.options.len());
        let message = if question == 0 {
            format!("the text takes {text} rows of {BOX_WIDTH} columns, and the page box has {BOX_ROWS}")
        } else {
            format!(
                "text {text} + question {question} + options {options} rows of {BOX_WIDTH} columns, and the page box has {BOX_ROWS}"
            )
        };
        notes.error("text", message, "say it shorter, or make two pages of it");
    }
    let mut fits = |part: &str, what: &str, rows: usize| {
        if rows > BOX_ROWS {
            let message = format!("{what} takes {rows} rows of {BOX_WIDTH} columns, and the page box has {BOX_ROWS}");
            notes.error(part, message, "say it shorter");
        }
    };
    let rows = |text: &str| wrap(text, BOX_WIDTH).len();
    for (part, text) in texts(page) {
        if [".refute", ".too_low", ".too_high", ".because"].iter().any(|end| part.ends_with(end)) {
            fits(&part, "what is said to an answer", rows(text));
        } else if part.starts_with("hints[") {
            fits(&part, "the hint", rows(text));
        }
    }
    for (index, why) in page.why.iter().enumerate() {
        fits(&format!("why[{index}].actually"), "the why card", rows(&why.slide) + rows(&why.actually));
    }
    if let Some(ask) = &page.ask {
        ask.kind.fit(page_box.rows(), notes);
    }
}

/// The first word of a text that names a colour.
pub fn first_colour(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let mut words = lower.split(|character: char| !character.is_alphanumeric());
    words.find_map(|word| COLOURS.into_iter().find(|colour| *colour == word))
}

/// Complains about the first colour word of a text.
fn colours(part: &str, text: &str, notes: &mut Notes<'_>) {
    if let Some(word) = first_colour(text) {
        let span = notes.find_word(part, word);
        let cure = "name the run or the shape; or give a reason: colour_words = \"…\"";
        notes.error_at(span, format!("`{word}` says nothing to whoever cannot see colours"), cure);
    }
}

/// Whether a hint names a setting, by its key or its symbol, together with its proven value.
fn tells(hint: &str, change: &Change, scenario: &Scenario) -> bool {
    let paths = scenario.runs.first().map(|learner| learner.method.paths()).unwrap_or_default();
    let symbol = paths.iter().find(|(path, _)| *path == change.path).map(|(_, parameter)| parameter.symbol);
    let name = change.path.rsplit('.').next().unwrap_or(&change.path);
    let lower = hint.to_lowercase();
    let names = lower.contains(name) || symbol.is_some_and(|symbol| hint.contains(symbol));
    let numbers: Vec<f64> = lower
        .split(|character: char| !character.is_ascii_digit() && !".e-".contains(character))
        .filter_map(|word| word.trim_end_matches(['.', 'e', '-']).trim_start_matches('e').parse().ok())
        .collect();
    let holds = |value: &toml::Value| match value {
        toml::Value::Float(float) => numbers.contains(float),
        toml::Value::String(word) => lower.contains(&word.to_lowercase()),
        _ => false,
    };
    names && change.value.as_array().map_or_else(|| holds(&change.value), |items| items.iter().all(holds))
}
