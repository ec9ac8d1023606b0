//! The page box, laid out exactly as it is drawn: text, question and answers.

use crate::lesson::markup::{MarkupLine, answers, hung, wrap};
use crate::lesson::schema::Page;

/// What the page box holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageBox {
    /// The prose.
    pub text: Vec<MarkupLine>,
    /// The question, after "? ".
    pub question: Vec<MarkupLine>,
    /// The answers, after their numbers: two a row if every one fits in half of the width.
    pub options: Vec<MarkupLine>,
}

impl PageBox {
    /// How many rows it takes.
    pub fn rows(&self) -> usize {
        self.text.len() + self.question.len() + self.options.len()
    }
}

/// The page's text, question and answers for a width in columns, spelled as the terminal can show them: spelling
/// changes how long a word is, so it comes before the lines are broken.
pub fn layout(page: &Page, width: usize, spell: &dyn Fn(&str) -> String) -> PageBox {
    let text = wrap(&spell(&page.text), width);
    let Some(ask) = &page.ask else { return PageBox { text, ..PageBox::default() } };
    let options: Vec<String> = ask.kind.options().into_iter().map(|option| spell(option)).collect();
    PageBox { text, question: hung("? ", &spell(&ask.question), width), options: answers(&options, width) }
}
