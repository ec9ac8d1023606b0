//! The page box: the prose, the question, or whatever card lies on top of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::sitting::{Sitting, Standing};
use crate::app::viewer::{Layer, Viewer};
use crate::lesson::markup::{self, Line, Piece, Style};
use crate::view::plot::{Frame, put};
use crate::view::spelling::Mark;
use crate::view::theme::{Ink, Theme};

/// What the box says now.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// In its frame.
    pub title: String,
    /// In its frame, on the right.
    pub right: String,
    /// Line by line, each with the ink of its plain pieces.
    pub lines: Vec<(Line, Ink)>,
}

impl Content {
    /// A box of that title.
    fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds text, wrapped.
    fn say(&mut self, text: &str, ink: Ink, width: usize) {
        self.lines.extend(markup::wrap(text, width).into_iter().map(|line| (line, ink)));
    }

    fn add(&mut self, lines: Vec<Line>, ink: Ink) {
        self.lines.extend(lines.into_iter().map(|line| (line, ink)));
    }
}

/// What the box says to this viewer, laid out for so many columns.
pub fn content(sitting: &Sitting, viewer: &Viewer, theme: Theme, width: usize) -> Content {
    match &viewer.layer {
        Layer::Hint(level) => return hint(sitting, *level, width),
        Layer::Why(number) => return why(sitting, *number, width),
        Layer::Confidence(index) => return confidence(sitting, *index, width),
        Layer::GoTo(typed) => {
            let mut content = Content::titled("Go to iteration");
            content.say(&format!("t = {typed}_"), Ink::Emphasis, width);
            return content;
        }
        Layer::Run | Layer::Help(_) | Layer::Settings(_) => {}
    }
    if sitting.detour.is_some() {
        return detour(width);
    }
    let page = sitting.page();
    let mut content = Content::titled(page.title.as_ref().map_or("", |title| title.as_str()));
    let is_stepping = sitting.has_moved() && sitting.standing() == Standing::Stepping;
    if sitting.is_outcome_seen() {
        outcome(sitting, theme, width, &mut content);
    } else if sitting.open_question().is_some() {
        let layout = markup::layout(page, width);
        content.add(layout.text, Ink::Text);
        content.add(layout.question, Ink::Emphasis);
        content.add(layout.options, Ink::Text);
    } else if sitting.record().answer.is_some() {
        if !is_stepping {
            content.say(page.text.as_str(), Ink::Text, width);
        }
        sealed(sitting, width, &mut content);
    } else if is_stepping {
        // While the learner steps, the prose gives its rows to the map: its first line stays as a reminder.
        content.say(page.text.as_str(), Ink::Dim, width);
        content.lines.truncate(1);
    } else {
        content.say(page.text.as_str(), Ink::Text, width);
        goal(sitting, theme, width, &mut content);
    }
    content
}

fn hint(sitting: &Sitting, level: usize, width: usize) -> Content {
    let mut content = Content::titled("Hint");
    if let Some(hint) = sitting.page().hints.get(level) {
        content.say(hint.as_str(), Ink::Text, width);
    }
    content
}

fn why(sitting: &Sitting, number: usize, width: usize) -> Content {
    let mut content = Content::titled("Why");
    if let Some(card) = sitting.page().why.get(number) {
        content.say(&format!("**The slide says:** {}", card.slide.as_str()), Ink::Text, width);
        content.say(&format!("**Actually:** {}", card.actually.as_str()), Ink::Text, width);
        if card.prove.is_some() {
            content.right = "Enter shows it".into();
        }
    }
    content
}

fn confidence(sitting: &Sitting, index: usize, width: usize) -> Content {
    let mut content = Content::titled("How sure are you?");
    if let Some(option) = sitting.page().ask.as_ref().and_then(|ask| ask.options.get(index)) {
        content.say(&format!("Your answer: {}) {}", index + 1, option.text.as_str()), Ink::Text, width);
        content.add(markup::answers(&["a guess", "I think so", "sure"], width), Ink::Emphasis);
    }
    content
}

fn detour(width: usize) -> Content {
    let mut content = Content::titled("Proof");
    content.say(
        "A run of its own, to show the point. **Esc** brings you back to exactly where you left.",
        Ink::Text,
        width,
    );
    content
}

fn sealed(sitting: &Sitting, width: usize, content: &mut Content) {
    let record = sitting.record();
    let Some((ask, index)) = sitting.page().ask.as_ref().zip(record.answer) else { return };
    content.say(&format!("? {}", ask.question.as_str()), Ink::Dim, width);
    let answer = ask.options.get(index).map_or("", |option| option.text.as_str());
    content.say(
        &format!("You said {answer}{}. Sealed until the run shows it.", sureness(record.confidence)),
        Ink::Emphasis,
        width,
    );
}

fn sureness(confidence: Option<usize>) -> &'static str {
    match confidence {
        Some(0) => " (a guess)",
        Some(1) => " (you thought so)",
        Some(2) => " (you were sure)",
        _ => "",
    }
}

fn outcome(sitting: &Sitting, theme: Theme, width: usize, content: &mut Content) {
    let record = sitting.record();
    let Some((ask, chosen)) = sitting.page().ask.as_ref().zip(record.answer) else { return };
    let right = record.truth.map_or(chosen, |(right, _)| right);
    let text = |index: usize| ask.options.get(index).map_or("", |option| option.text.as_str());
    let because =
        ask.options.get(right).and_then(|option| option.because.as_ref()).map_or("", |because| because.as_str());
    let sure = sureness(record.confidence);
    if chosen == right {
        let mark = theme.symbol(Mark::Yes);
        content.say(&format!("{mark} You said **{}**{sure}, and so it is. {because}", text(chosen)), Ink::Good, width);
        return;
    }
    let mark = theme.symbol(Mark::No);
    let refute = ask.options.get(chosen).and_then(|option| option.refute.as_ref()).map_or("", |refute| refute.as_str());
    content.say(&format!("{mark} You said **{}**{sure}. {refute}", text(chosen)), Ink::Text, width);
    content.say(&format!("{} It is **{}**. {because}", theme.symbol(Mark::Yes), text(right)), Ink::Good, width);
}

fn goal(sitting: &Sitting, theme: Theme, width: usize, content: &mut Content) {
    let Some(goal) = &sitting.page().goal else { return };
    let spent = sitting.cast.runs[0].calls().value;
    match (sitting.record().goal, goal.par) {
        (Some(evaluations), Some(par)) => {
            let verdict = match evaluations.cmp(&par) {
                std::cmp::Ordering::Less => format!("{} under par", par - evaluations),
                std::cmp::Ordering::Equal => "exactly par".to_owned(),
                std::cmp::Ordering::Greater => format!("par is {par}"),
            };
            let mark = theme.symbol(Mark::Yes);
            content.say(&format!("{mark} Goal met with {evaluations} evaluations of f: {verdict}."), Ink::Good, width);
        }
        (Some(evaluations), None) => {
            content.say(
                &format!("{} Goal met with {evaluations} evaluations of f.", theme.symbol(Mark::Yes)),
                Ink::Good,
                width,
            );
        }
        (None, _) if sitting.is_over() => {
            content.say(
                &format!("The run has ended after {spent} evaluations of f, and the goal is not met."),
                Ink::Warning,
                width,
            );
        }
        (None, par) => {
            let par = par.map_or(String::new(), |par| format!(" Par is {par} evaluations of f."));
            content.say(&format!("Goal: not met yet.{par}"), Ink::Emphasis, width);
        }
    }
}

/// Draws what the box says.
pub fn draw(content: &Content, theme: Theme, area: Rect, cells: &mut Buffer) {
    let frame = Frame { title: &content.title, right: &content.right, bottom: "", ink: Ink::Frame };
    let inner = frame.draw(theme, area, cells);
    for (row, (line, ink)) in content.lines.iter().take(usize::from(inner.height)).enumerate() {
        // One column of air on each side.
        let mut x = inner.x + 1;
        for Piece { text, style } in line {
            let ink = match style {
                Style::Plain => *ink,
                Style::Bold | Style::Emphasis => Ink::Emphasis,
                Style::Code => Ink::Code,
            };
            let room = (inner.right()).saturating_sub(x);
            x += put(text, ink, (x, inner.y + row as u16), room, theme, cells);
        }
    }
}
