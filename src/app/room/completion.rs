//! How far a lesson has come: which of its questions and goals are done.

use crate::app::room::sitting::Sitting;

/// How far a lesson has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// Not opened yet.
    Untouched,
    /// So many of its questions and goals are done, of so many.
    Started(usize, usize),
    /// All are.
    Done,
}

/// What was done of a lesson's questions and goals.
pub fn how_far(sitting: &Sitting) -> Completion {
    let (done, all) = counts(sitting);
    let is_at_end = sitting.page + 1 == sitting.lesson.pages.len();
    if done == all && (all > 0 || is_at_end) { Completion::Done } else { Completion::Started(done, all) }
}

/// How many of a lesson's pages that ask or aim are done, and how many there are.
pub fn counts(sitting: &Sitting) -> (usize, usize) {
    let pages = sitting.lesson.pages.iter().zip(&sitting.records);
    let asked = pages.filter(|(page, _)| page.ask.is_some() || page.goal.is_some());
    let (mut done, mut all) = (0, 0);
    for (page, record) in asked {
        all += 1;
        let is_answered = page.ask.is_none() || record.answer.is_some();
        done += usize::from(is_answered && (page.goal.is_none() || record.goal.is_some()));
    }
    (done, all)
}
