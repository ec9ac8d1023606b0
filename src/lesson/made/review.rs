//! A review as a lesson of its own: questions that were answered rightly before, asked again with other numbers.

use crate::lesson::file::safe::Safe;
use crate::lesson::question::vary;
use crate::lesson::schema::{Lesson, Page};

/// What a review is called where lessons go by their ids.
pub const ID: &str = "review";

/// A page that asks again: its lesson, its index, and the seed of its numbers.
pub struct Again {
    pub lesson: Lesson,
    /// The page, as an index.
    pub page: usize,
    /// What its numbers are drawn from.
    pub seed: u64,
}

/// The lesson that asks all of them, a page each.
pub fn lesson(items: &[Again]) -> Lesson {
    let mut review = Lesson {
        id: ID.into(),
        title: Safe::line("Review"),
        chapter: None,
        summary: None,
        lecture: None,
        minutes: None,
        after: Vec::new(),
        scenarios: Vec::new(),
        pages: Vec::new(),
    };
    for item in items {
        let Some(page) = item.lesson.pages.get(item.page) else { continue };
        let Some(scenario) = item.lesson.scenarios.get(page.scenario) else { continue };
        let Some(ask) = &page.ask else { continue };
        let drawn = vary::draw(&ask.vary, item.seed);
        let told = drawn.iter().map(|change| change.in_words(scenario)).collect::<Vec<_>>().join(", ");
        let text = format!("From “{}”. This time {told}.", item.lesson.title.as_str());
        // What is said of the numbers of the lesson is not true of others.
        let mut ask = ask.clone();
        ask.forget_reasons();
        review.pages.push(Page {
            title: page.title.clone(),
            scenario: review.scenarios.len(),
            starts_over: true,
            from: page.until.or(page.from),
            until: page.until,
            changes: page.changes.iter().cloned().chain(drawn).collect(),
            text: Safe::new(&text),
            show: page.show.clone(),
            plot: page.plot.clone(),
            grain: page.grain,
            controls: Some(Vec::new()),
            ask: Some(ask),
            ..Page::default()
        });
        review.scenarios.push(scenario.clone());
    }
    review
}
