//! The page box: the prose, the question, or whatever card lies on top of them.

use crate::app::answer::pair::Pair;
use crate::app::look::appearance::Glyphs;
use crate::app::room::errand::Standing;
use crate::app::room::sitting::Sitting;
use crate::app::seat::faults::Faults;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::lesson::markup::{self, Piece, Style};
use crate::lesson::page_box;
use crate::lesson::question::grade;
use crate::lesson::question::{Answer, Ask};
use crate::view::page::aim::{Aim, aim};
use crate::view::page::content::Content;
use crate::view::page::outcome;
use crate::view::page::pair;
use crate::view::page::reopened;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::question;
use crate::view::question::posed::{AttemptShown, Columns};

/// How sure one can be of an answer.
pub const SURENESS: [&str; 3] = ["a guess", "I think so", "sure"];

/// What somebody should know who is here for the first time.
const WELCOME: [&str; 3] = [
    "Predict what an optimization method does, then see it, step by step.",
    "→ steps on, ← back; 1 to 4 answer; ? tells every key.",
    "q leads to all lessons; all is kept.",
];

/// Which other glyphs there are, for somebody who is here for the first time.
pub fn other_glyphs(theme: Theme) -> &'static str {
    if theme.glyphs == Glyphs::Ascii { "Finer drawing? Press G." } else { "Strange characters? Press G." }
}

/// Who looks at what, with which letters, in how many columns.
#[derive(Clone, Copy)]
pub struct PageReader<'a> {
    /// The lesson in progress.
    pub sitting: &'a Sitting,
    /// Who looks.
    pub viewer: &'a Viewer,
    /// Who the two are; `None` where one learns alone.
    pub pair: Option<&'a Pair>,
    /// What the terminal can show.
    pub theme: Theme,
    /// The columns inside the box.
    pub width: usize,
}

impl PageReader<'_> {
    /// An empty box of that title for this reader.
    fn titled(&self, title: &str) -> Content {
        Content::titled(title, self.theme, self.width)
    }
}

/// What becomes of the prose as soon as the learner has answered, or steps on a page that does not ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    /// It gives its rows to the map.
    Folds,
    /// It has rows of its own.
    Stays,
}

/// What the box says to this viewer, alone or one of two, laid out for so many columns.
pub fn content(reader: &PageReader<'_>) -> Content {
    card(reader).unwrap_or_else(|| beneath(reader, Prose::Folds))
}

/// What lies on top of the page, if anything does.
pub fn card(reader: &PageReader<'_>) -> Option<Content> {
    let PageReader { sitting, viewer, theme, width, .. } = *reader;
    let card = match &viewer.layer {
        Layer::Hint(level) => hint(reader, *level),
        Layer::Why(number) => why(sitting, *number, theme, width),
        Layer::Confidence(answer) => confidence(reader, answer),
        Layer::GoTo(typed) => {
            let mut content = Content::titled("Go to iteration", theme, width);
            content.say(&format!("t = {typed}_"), Ink::Emphasis);
            content.need_from(0);
            content
        }
        Layer::Pair(typed) => {
            let mut content = Content::titled("Alone or two?", theme, width);
            let [keys, why, names] = pair::card(typed);
            content.tell([keys, why]);
            let first = content.lines.len();
            content.tell([names]);
            content.need_from(first);
            content
        }
        Layer::Welcome => {
            let mut content = Content::titled("Welcome", theme, width);
            let lines = WELCOME.into_iter().chain([other_glyphs(theme)]);
            content.add(lines.flat_map(|line| markup::wrap(&theme.text(line), width)).collect(), Ink::Text);
            content.need_from(0);
            content
        }
        Layer::Faults(found) => faults(found, theme, width),
        Layer::Reopen(command) => reopened::content(sitting, viewer, command, theme, width),
        Layer::Run | Layer::Help(_) | Layer::Terms { .. } | Layer::Settings(_) | Layer::Filter | Layer::Look => {
            return None;
        }
    };
    Some(card)
}

/// What the page says when nothing lies on top of it.
pub fn beneath(reader: &PageReader<'_>, prose: Prose) -> Content {
    let PageReader { sitting, pair, theme, width, .. } = *reader;
    if sitting.proof().is_some() {
        return proof_words(sitting, theme, width);
    }
    let page = sitting.page();
    let mut content = Content::titled(page.title.as_ref().map_or("", |title| title.as_str()), theme, width);
    let is_stepping = sitting.has_moved() && sitting.standing() == Standing::Stepping && page.ask.is_none();
    if sitting.is_outcome_seen() {
        outcome::outcome(sitting, &mut content);
        content.tell(pair::who_was_right(sitting));
    } else if let Some(ask) = sitting.open_question() {
        asked(reader, ask, &mut content);
    } else if sitting.record().answer.is_some() {
        content.is_folded = prose == Prose::Folds;
        if prose == Prose::Stays {
            content.say(page.text.as_str(), Ink::Text);
        }
        outcome::sealed(sitting, &mut content);
    } else if is_stepping && prose == Prose::Folds {
        content.is_folded = true;
        reminder(page.text.as_str(), &mut content);
    } else {
        content.say(page.text.as_str(), Ink::Text);
        goal(sitting, &mut content);
        content.tell(pair::swap(pair, sitting));
    }
    content
}

/// While the learner steps, a long prose gives its rows to the map: its first lines stay as a reminder.
fn reminder(text: &str, content: &mut Content) {
    const MOST: usize = 2;
    content.say(text, Ink::Dim);
    if content.lines.len() > MOST {
        let more = Piece { text: content.theme.text(" …").into_owned(), style: Style::Plain };
        content.lines.clear();
        let room = content.width.saturating_sub(more.text.chars().count());
        let mut lines = markup::wrap(&content.theme.text(text), room);
        lines.truncate(MOST);
        lines.iter_mut().skip(MOST - 1).for_each(|line| line.push(more.clone()));
        content.add(lines, Ink::Dim);
    }
}

fn hint(reader: &PageReader<'_>, level: usize) -> Content {
    let PageReader { sitting, viewer, .. } = *reader;
    let mut content = reader.titled("Hint");
    let Some(hint) = sitting.page().hints.get(level) else { return content };
    let mut below = reader.titled("");
    let is_asked = sitting.open_question().map(|ask| answerable(reader, ask, &mut content)).is_some();
    below.say(hint.as_str(), if is_asked { Ink::Code } else { Ink::Text });
    // The answer being typed stays in sight above the hint, wherever there is room for both.
    let attempt = viewer.attempt(sitting);
    let is_line = sitting.page().ask.as_ref().zip(attempt.as_ref());
    let is_line = is_line.is_some_and(|(ask, attempt)| question::kind(ask, Some(attempt)).is_line());
    let first = content.lines.len() - usize::from(is_line);
    content.lines.append(&mut below.lines);
    content.need_from(first);
    content
}

fn why(sitting: &Sitting, number: usize, theme: Theme, width: usize) -> Content {
    let mut content = Content::titled("Why", theme, width);
    if let Some(card) = sitting.page().why.get(number) {
        content.say(&format!("**The slide says:** {}", card.slide.as_str()), Ink::Text);
        content.say(&format!("**Look closer:** {}", card.actually.as_str()), Ink::Text);
        if card.prove.is_some() {
            content.right = "Enter shows it".into();
        }
    }
    content
}

fn confidence(reader: &PageReader<'_>, answer: &Answer) -> Content {
    let PageReader { sitting, pair, width, .. } = *reader;
    let mut content = reader.titled("How sure are you?");
    if let Some(ask) = &sitting.page().ask {
        let number = if let Answer::Choice(index) = answer { format!("{}) ", index + 1) } else { String::new() };
        let hidden = pair.and_then(|pair| pair::hidden(pair, sitting));
        let given = hidden.unwrap_or_else(|| format!("Your answer: {number}{}", grade::words(ask, answer)));
        content.say(&given, Ink::Text);
        content.add(markup::answers(&SURENESS, width), Ink::Emphasis);
    }
    content.need_from(0);
    content
}

/// The most complaints that stand in the box; the others come when these are cured.
const MOST_FAULTS: usize = 3;

fn faults(found: &Faults, theme: Theme, width: usize) -> Content {
    let title = if found.is_old {
        format!("{} cannot be read: this is how it was before", found.file)
    } else {
        format!("{}: to be cured", found.file)
    };
    let mut content = Content::titled(&title, theme, width);
    for brief in found.complaints.iter().take(MOST_FAULTS) {
        let ink = if brief.is_error { Ink::Warning } else { Ink::Text };
        content.say(&format!("{} {}", brief.place, brief.message), ink);
        if let Some(cure) = &brief.cure {
            content.say(&format!("→ {cure}"), Ink::Emphasis);
        }
    }
    match found.complaints.len().saturating_sub(MOST_FAULTS) {
        0 => {}
        more => content.say(&format!("… and {more} more: `downhill check` shows them with their lines."), Ink::Dim),
    }
    content
}

/// What a run is to prove stands beside it from its first step to its last.
fn proof_words(sitting: &Sitting, theme: Theme, width: usize) -> Content {
    let mut content = Content::titled("Proof: a run of its own", theme, width);
    let card = sitting.proof().and_then(|proof| sitting.page().why.get(proof.card));
    if let Some(card) = card {
        content.say(card.actually.as_str(), Ink::Text);
    }
    content.say("Esc brings you back to exactly where you left.", Ink::Dim);
    content
}

/// A question that is open: the prose, the question, and what there is to answer it with.
fn asked(reader: &PageReader<'_>, ask: &Ask, content: &mut Content) {
    let PageReader { sitting, viewer, theme, width, .. } = *reader;
    let layout = page_box::layout(sitting.page(), width, &|text| theme.text(text).into_owned());
    let tried = sitting.record().tried.as_ref();
    if tried.is_none() && sitting.record().partners.len() < 2 {
        content.add(layout.text, Ink::Text);
    }
    let first = content.lines.len();
    answerable(reader, ask, content);
    content.need_from(first);
    content.before_arrows = if viewer.moves_in_answer(sitting) { "Esc, then " } else { "" };
}

/// A question, what was wrong with the last answer, and what there is to answer it with.
fn answerable(reader: &PageReader<'_>, ask: &Ask, content: &mut Content) {
    let PageReader { sitting, viewer, pair, theme, width } = *reader;
    let layout = page_box::layout(sitting.page(), width, &|text| theme.text(text).into_owned());
    let tried = sitting.record().tried.as_ref();
    content.add(layout.question, Ink::Emphasis);
    content.add(layout.options, Ink::Text);
    if let Some((given, grade)) = tried {
        let nearly = grade.score.nearly.as_deref().unwrap_or("That is not right yet.");
        let refute = grade::refutation(ask, given, grade).map_or("", |refute| refute.as_str());
        content.say(&format!("{} {nearly} {refute}", theme.symbol(Mark::No)), Ink::Warning);
    }
    content.tell(pair.iter().flat_map(|pair| pair::asked(pair, sitting, ask)));
    if let Some(attempt) = viewer.attempt(sitting) {
        let AttemptShown { note, lines } = question::kind(ask, Some(&attempt)).shown(Columns { theme, width });
        content.right = note;
        content.add(lines, Ink::Text);
    }
}

fn goal(sitting: &Sitting, content: &mut Content) {
    let first = content.lines.len();
    match aim(sitting) {
        None => {}
        Some(Aim::Met(words)) => content.say(&format!("{} {words}", content.theme.symbol(Mark::Yes)), Ink::Good),
        Some(Aim::Missed(words)) => content.say(&words, Ink::Warning),
        Some(Aim::Open(words)) => content.say(&words, Ink::Emphasis),
    }
    content.need_from(first);
}
