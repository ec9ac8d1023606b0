//! Review: what was answered rightly comes again after 1, 3 and 7 days, with other numbers.

use crate::app::room::errand::Errand;
use crate::app::room::repetition::{Due, Repetition};
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::lesson::made::review::{self, Again};

/// More are not asked at once.
const MOST: usize = 8;

impl Session {
    /// What is due today, in the order of the course; nothing where nobody knows which day it is.
    pub fn due(&self) -> Vec<Due> {
        let Some(today) = self.today else { return Vec::new() };
        let is_due = |passed: &Repetition| passed.next().is_some_and(|day| day <= today);
        let mut due = Vec::new();
        for entry in self.entries() {
            let kept = self.notes.progress.lessons.get(&self.pack.key(&entry.id));
            let pages = kept.iter().flat_map(|kept| &kept.pages).filter(|did| did.passed.as_ref().is_some_and(is_due));
            due.extend(pages.map(|did| Due { lesson: entry.id.clone(), page: did.page, is_counted: false }));
        }
        due
    }

    /// In how many days something is due next, if not today.
    pub fn days_to_review(&self) -> Option<u32> {
        let entries = self.entries();
        let kept = entries.iter().filter_map(|entry| self.notes.progress.lessons.get(&self.pack.key(&entry.id)));
        let pages = kept.flat_map(|kept| &kept.pages);
        let next = pages.filter_map(|did| did.passed.and_then(Repetition::next)).min()?;
        Some(next.saturating_sub(self.today?))
    }

    /// Why there is nothing to review, if there is nothing.
    pub fn nothing_due(&self) -> Option<String> {
        if !self.due().is_empty() {
            return None;
        }
        Some(match self.days_to_review() {
            Some(1) => "Nothing is due for review today: come again tomorrow.".into(),
            Some(days) => format!("Nothing is due for review today: come again in {days} days."),
            None => "Nothing is due yet: right answers come back a day later.".into(),
        })
    }

    /// Opens a review of what is due; says in words why there is none.
    pub fn open_review(&mut self) -> Result<(), String> {
        if let Some(why) = self.nothing_due() {
            return Err(why);
        }
        let today = self.today.unwrap_or_default();
        let mut items = Vec::new();
        self.review.clear();
        for due in self.due().into_iter().take(MOST) {
            // A page that no longer asks with other numbers is passed over.
            let Ok(lesson) = self.pack.open(&due.lesson) else { continue };
            let page = due.page - 1;
            let asks = lesson.pages.get(page).and_then(|page| page.ask.as_ref());
            if asks.is_some_and(|ask| !ask.vary.is_empty()) {
                let seed = u64::from(today) * 1000 + due.page as u64 + due.lesson.len() as u64 * 100;
                items.push(Again { lesson, page, seed });
                self.review.push(due);
            }
        }
        if items.is_empty() {
            return Err("What was due is no longer in these lessons.".into());
        }
        self.sitting = Some(Sitting { errand: Errand::Review, ..Sitting::open(review::lesson(&items))? });
        Ok(())
    }

    /// Counts what was answered in the review at hand.
    pub(in crate::app) fn note_review(&mut self) {
        let (Some(sitting), Some(today)) = (&self.sitting, self.today) else { return };
        for (due, record) in self.review.iter_mut().zip(&sitting.records) {
            let Some(verdict) = record.verdict.as_ref().filter(|_| record.answer.is_some() && !due.is_counted) else {
                continue;
            };
            due.is_counted = true;
            let kept = self.notes.progress.lessons.get_mut(&self.pack.key(&due.lesson));
            let did = kept.and_then(|kept| kept.pages.iter_mut().find(|did| did.page == due.page));
            if let Some(passed) = did.and_then(|did| did.passed.as_mut()) {
                *passed = passed.answered(verdict.grade.is_right(), today);
                self.notes.is_unsaved = true;
            }
        }
    }
}
