//! What a kind of question tells of itself: its keys, its right answer, and how an answer is graded, told and proved.

use std::cmp::Ordering;

use crate::lesson::check::notes::Notes;
use crate::lesson::file::fields::Fields;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::Text;
use crate::lesson::file::shape::{FormatKey, key};
use crate::lesson::scenario::{Cast, Change, Scenario};

/// Said to a wrong answer.
pub const REFUTE: FormatKey = key("refute", Text, "said when the answer is wrong");
/// Said of the right answer.
pub const BECAUSE: FormatKey = key("because", Text, "why it is right, said when the outcome is seen");

/// How near an answer came.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// What of the answer is right: its lines, its cells or its coordinates, or all of it.
    pub marks: Vec<bool>,
    /// Said of an answer that is not right, but not simply wrong either.
    pub nearly: Option<String>,
    /// On which side of the right number the given one lies; `Equal` where it is the same, or no number.
    pub side: Ordering,
    /// Whether a wrong number comes within a tenth of the right one, or three times the tolerance.
    pub is_close: bool,
}

impl Score {
    /// The score of an answer that is no number.
    pub fn of(marks: Vec<bool>, nearly: Option<String>) -> Self {
        Self { marks, nearly, side: Ordering::Equal, is_close: false }
    }

    /// Whether the answer is right.
    pub fn is_right(&self) -> bool {
        self.marks.iter().all(|mark| *mark)
    }

    /// What is said of an answer that is not simply wrong, after a blank; empty for any other.
    pub fn remark(&self) -> String {
        self.nearly.as_ref().map_or(String::new(), |nearly| format!(" {nearly}"))
    }
}

/// Where a question is asked, for the proof that it has one right answer.
pub struct Asked<'a> {
    /// The scenario of its page.
    pub scenario: &'a Scenario,
    /// How its page varies the scenario.
    pub changes: &'a [Change],
    /// The runs of its page, each at its start.
    pub runs: &'a Cast,
    /// The rows that text, question and options take in the page box.
    pub rows: usize,
}

/// A kind of question.
pub trait Answerable: Sized {
    /// What an answer is.
    type Given: PartialEq;
    /// The value of `kind` in a lesson file.
    const NAME: &'static str;
    /// Its keys in a lesson file, beside those that every question has.
    const KEYS: &'static [FormatKey];
    /// How many significant digits a number of an answer has in words.
    const DIGITS: usize = 6;
    /// Whether an answer in words stands in quotation marks.
    const IS_QUOTED: bool = true;
    /// Whether a wrong answer is mended until it is right, rather than kept as a prediction.
    const IS_EXERCISE: bool = false;

    /// Reads its keys; `None` if something in them is wrong.
    fn read(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Self>;

    /// The right answer, as the engine decides on runs from their start; or, in words, why there is none.
    fn key(&self, cast: &mut Cast) -> Result<Self::Given, String>;

    /// Grades an answer beside the right one.
    fn score(&self, given: &Self::Given, key: &Self::Given) -> Score {
        Score::of(vec![given == key], None)
    }

    /// Whether the runs, which start where the answer says, do what is asked; `None` where runs cannot tell.
    fn shown(&self, _runs: &mut Cast) -> Option<bool> {
        None
    }

    /// An answer in words, its numbers with so many significant digits.
    fn words(&self, given: &Self::Given, digits: usize) -> String;

    /// An answer as it was kept in words.
    fn recall(&self, kept: &str) -> Option<Self::Given>;

    /// How an answer compares with the right one, as a sentence without the reason; `said` is “You said 57 (a guess)”.
    fn told(&self, _given: &Self::Given, _key: &Self::Given, score: &Score, said: &str) -> String {
        if score.is_right() { format!("{said}, and so it is.") } else { format!("{said}.{}", score.remark()) }
    }

    /// What is said to this wrong answer alone.
    fn refutation(&self, _given: &Self::Given, _score: &Score) -> Option<&Safe> {
        None
    }

    /// Why this right answer is right, where that differs from answer to answer.
    fn reason(&self, _key: &Self::Given) -> Option<&Safe> {
        None
    }

    /// Takes out what is said to single answers.
    fn forget_reasons(&mut self) {}

    /// The answers that there are to choose from.
    fn options(&self) -> Vec<&Safe> {
        Vec::new()
    }

    /// Its texts, by the part of the page in which each stands.
    fn texts(&self) -> Vec<(String, &str)> {
        Vec::new()
    }

    /// Complains about what does not fit into the page box; `rows` are those of text and question.
    fn fit(&self, _rows: usize, _notes: &mut Notes<'_>) {}

    /// Proves that there is exactly one right answer.
    fn prove(&self, asked: &Asked<'_>, notes: &mut Notes<'_>) {
        if let Err(why) = self.key(&mut asked.runs.clone()) {
            unanswered("ask.truth", &why, notes);
        }
    }

    /// What is wrong with the question on these runs; `None` if there is one right answer.
    fn flaw(&self, runs: &mut Cast) -> Option<String> {
        runs.ahead(|runs| self.key(runs)).err().map(|why| format!("the question has no answer: {why}"))
    }

    /// The right answer in words, with as many digits as tell it from the given one.
    fn key_words(&self, given: &Self::Given, key: &Self::Given) -> String {
        let told = |digits: usize| self.words(key, digits);
        let differs = |digits: &usize| told(*digits) != self.words(given, *digits);
        let digits = [4, 6, 9, 12, 15, 17].into_iter().skip_while(|digits| *digits < Self::DIGITS);
        told(digits.filter(|_| given != key).find(differs).unwrap_or(Self::DIGITS))
    }
}

/// Complains about a question without an answer.
pub fn unanswered(part: &str, why: &str, notes: &mut Notes<'_>) {
    notes.error(part, format!("the question has no answer: {why}"), "`downhill trace` shows what there is");
}

/// A sentence as it goes on after a colon.
pub fn lowered(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
