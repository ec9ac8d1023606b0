//! A lesson is proved before it ships: every claim behaves as its page says, every goal can be met, every text fits.

use crate::lesson::check::notes::Notes;
use crate::lesson::file::complaint::Complaint;
use crate::lesson::file::read::{Reading, study};
use crate::lesson::made::solution;
use crate::lesson::schema::Lesson;

pub mod bound;
pub mod goal;
pub mod landscape;
pub mod mutant;
pub mod notes;
pub mod prose;
pub mod question;
pub mod witness;

/// What a check found.
pub struct CheckReport {
    /// The lesson, if it can be read.
    pub lesson: Option<Lesson>,
    /// All that is wrong with it, in no order; none for a lesson that may ship.
    pub complaints: Vec<Complaint>,
}

/// A lesson takes at most this long.
const MOST_MINUTES: u32 = 12;

/// Proves a lesson; `others` says which ids are those of lessons, written or planned.
pub fn check(id: &str, source: &str, others: &dyn Fn(&str) -> bool) -> CheckReport {
    check_while(id, source, others, &|| true)
}

/// The same, for as long as there is time; what was not proved any more is complained about.
pub fn check_while(id: &str, source: &str, others: &dyn Fn(&str) -> bool, has_time: &dyn Fn() -> bool) -> CheckReport {
    let Reading { lesson, complaints, marks } = study(id, source);
    let Some(lesson) = lesson else { return CheckReport { lesson: None, complaints } };
    let mut notes = Notes::new(source, &marks, complaints, has_time);
    company(&lesson, others, &mut notes);
    for scenario in &lesson.scenarios {
        landscape::check(scenario, &mut notes);
    }
    let short = bound::bounded(&lesson, &mut notes);
    for (index, page) in short.pages.iter().enumerate() {
        notes.turn_to(index);
        let scenario = &short.scenarios[page.scenario];
        landscape::check_starts(page, scenario, &mut notes);
        question::check(page, scenario, &mut notes);
        if index == 0 {
            question::check_first(page, &mut notes);
        }
        question::check_places(page, scenario, &mut notes);
        goal::check(page, scenario, &mut notes);
        prose::check(page, scenario, &mut notes);
        if let Some(shown) = solution::page(page, scenario) {
            notes.go_into("solution.");
            question::check(&shown, scenario, &mut notes);
            prose::check(&shown, scenario, &mut notes);
        }
        if !notes.has_time() {
            let message = format!("the proof takes too long: page {} and what follows it are not proved", index + 1);
            notes.go_into("");
            notes.error("text", message, "let the runs stop earlier, or make several lessons of it");
            break;
        }
    }
    CheckReport { lesson: Some(lesson), complaints: notes.into_complaints() }
}

/// Checks the fields of the lesson that name its time and other lessons.
fn company(lesson: &Lesson, others: &dyn Fn(&str) -> bool, notes: &mut Notes<'_>) {
    for (index, before) in lesson.after.iter().enumerate().filter(|(_, before)| !others(before)) {
        let cure = "name a lesson of the course or one beside this file";
        notes.error(&format!("after[{index}]"), format!("there is no lesson `{before}`"), cure);
    }
    if lesson.minutes.is_some_and(|minutes| minutes > MOST_MINUTES) {
        notes.warning("minutes", format!("a lesson takes at most {MOST_MINUTES} minutes"), "make two lessons of it");
    }
}
