//! What is said fits its box, gives nothing away, and leans on no colour.

use crate::lesson::check::notes::Notes;
use crate::lesson::file::safe::Safe;
use crate::lesson::markup::{BOX_ROWS, BOX_WIDTH, LINE_WIDTH, WORK_ROWS, wrap};
use crate::lesson::page_box::layout;
use crate::lesson::question::{Ask, Kind, Order};
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
    fn said<'a>(part: &str, refute: Option<&'a Safe>, because: Option<&'a Safe>) -> Vec<(String, &'a str)> {
        let both = [("refute", refute), ("because", because)];
        both.into_iter().filter_map(|(key, text)| Some((format!("{part}.{key}"), text?.as_str()))).collect()
    }
    let mut texts = vec![("ask.question".to_owned(), ask.question.as_str())];
    texts.extend(said("ask", ask.refute.as_ref(), ask.because.as_ref()));
    match &ask.kind {
        Kind::Choose(options) => {
            for (index, option) in options.iter().enumerate() {
                let part = format!("ask.options[{index}]");
                texts.push((format!("{part}.text"), &option.text));
                texts.extend(said(&part, option.refute.as_ref(), option.because.as_ref()));
            }
        }
        Kind::Number(measure) => {
            let sides = [("too_low", &measure.too_low), ("too_high", &measure.too_high)];
            texts.extend(sides.into_iter().filter_map(|(key, text)| Some((format!("ask.{key}"), text.as_deref()?))));
        }
        Kind::Order(order) => {
            texts.extend(
                order.lines.iter().enumerate().map(|(index, line)| (format!("ask.lines[{index}]"), line.as_str())),
            );
            for (index, (line, refute)) in order.distractors.iter().enumerate() {
                let part = format!("ask.distractors[{index}]");
                texts.extend(said(&part, refute.as_ref(), None));
                texts.push((part, line));
            }
        }
        Kind::Point(_) | Kind::Table(_) => {}
    }
    texts
}

/// Complains about lines that do not fit beside each other, and about more of them than there is room for.
fn lines(page: &Page, order: &Order, notes: &mut Notes<'_>) {
    let page_box = layout(page, BOX_WIDTH, &str::to_owned);
    let rows = page_box.rows() + order.all().count();
    if rows > WORK_ROWS {
        let message =
            format!("text and question with {} lines take {rows} rows, and there are {WORK_ROWS}", order.all().count());
        notes.error("ask.lines", message, "say it shorter, or take a line out");
    }
    let parts = (0..order.lines.len()).map(|index| format!("ask.lines[{index}]"));
    let parts = parts.chain((0..order.distractors.len()).map(|index| format!("ask.distractors[{index}]")));
    for (part, line) in parts.zip(order.all()) {
        let columns = line.chars().count();
        if columns > LINE_WIDTH {
            notes.error(
                &part,
                format!("the line takes {columns} columns, and there are {LINE_WIDTH}"),
                "write it shorter",
            );
        }
    }
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
    let options = match page.ask.as_ref().map(|ask| &ask.kind) {
        Some(Kind::Choose(options)) => &options[..],
        Some(Kind::Order(order)) => return lines(page, order, notes),
        _ => &[],
    };
    let longest = options.iter().filter_map(|option| option.because.as_ref()).max_by_key(|because| rows(because));
    for (index, option) in options.iter().enumerate() {
        // The outcome says both: what speaks against the chosen answer, and why the right one is right.
        if let (Some(refute), Some(because)) = (&option.refute, longest) {
            let both = rows(&said(&option.text, refute)) + rows(&said(&option.text, because));
            fits(&format!("ask.options[{index}].refute"), "the refutation with the reason of the right answer", both);
        }
    }
}

/// An answer with what is said to it, as long as the outcome says it.
fn said(answer: &str, text: &str) -> String {
    format!("✓ You said “{answer}”. {text}")
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
