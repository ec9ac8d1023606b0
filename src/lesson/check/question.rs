//! Every question has one right answer, whatever numbers review draws, and the moments that a page names exist.

use crate::engine::number::counted;
use crate::engine::record::Beat;
use crate::engine::record::ending::Ending;
use crate::lesson::check::notes::Notes;
use crate::lesson::markup::BOX_WIDTH;
use crate::lesson::page_box::layout;
use crate::lesson::question::Ask;
use crate::lesson::question::answerable::Asked;
use crate::lesson::question::vary;
use crate::lesson::scenario::{Cast, Change, Scenario, cast};
use crate::lesson::schema::{Page, Place, Reached};

/// So many draws of the settings that vary are tried.
const DRAWS: u64 = 100;

/// Proves that the page's question has exactly one right answer.
pub fn check(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let Some(ask) = &page.ask else { return };
    let runs = match cast(scenario, &page.changes) {
        Ok(runs) => runs,
        Err(why) => return notes.error("use", why, "choose other values"),
    };
    let rows = layout(page, BOX_WIDTH, &str::to_owned).rows();
    ask.kind.prove(&Asked { scenario, changes: &page.changes, runs: &runs, rows }, notes);
    varied(page, ask, scenario, notes);
}

/// Warns where a lesson asks before anything was seen: the first page lets the learner make a step first.
pub fn check_first(page: &Page, notes: &mut Notes<'_>) {
    let start = Place { iteration: 0, reached: Reached::Here };
    let opens = page.from.unwrap_or(start);
    if page.ask.is_some() && page.until.unwrap_or(opens) == opens {
        let cure = "until = { iteration = 1 } asks after the first step";
        notes.warning("ask", "the lesson opens with a question, before one step was seen", cure);
    }
}

/// Whatever numbers review draws, there is one right answer.
fn varied(page: &Page, ask: &Ask, scenario: &Scenario, notes: &mut Notes<'_>) {
    if ask.vary.is_empty() {
        return;
    }
    for seed in (0..DRAWS).take_while(|_| notes.has_time()) {
        let drawn = vary::draw(&ask.vary, seed);
        let changes: Vec<Change> = page.changes.iter().cloned().chain(drawn.iter().cloned()).collect();
        let wrong = match cast(scenario, &changes) {
            Err(why) => Some(why),
            Ok(runs) => ask.kind.flaw(&runs),
        };
        if let Some(why) = wrong {
            let told: Vec<String> = drawn.iter().map(|change| change.in_words(scenario)).collect();
            return notes.error("ask.vary", format!("with {} {why}", told.join(", ")), "choose a narrower range");
        }
    }
}

/// Warns of a moment, named by `from`, `until` or a why card, that the run never comes to.
pub fn check_places(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let Ok(mut cast) = cast(scenario, &page.changes) else { return };
    for (part, place) in [("from", page.from), ("until", page.until)] {
        if let Some(place) = place {
            check_place(part, place, &mut cast, notes);
        }
    }
}

fn check_place(part: &str, place: Place, cast: &mut Cast, notes: &mut Notes<'_>) {
    let Some(run) = cast.runs.first_mut() else { return };
    run.go_to(place.iteration);
    if run.iteration() < place.iteration {
        let last = run.iteration();
        let message = format!("the run ends at t = {last} and never comes to iteration {}", place.iteration);
        return notes.warning(&format!("{part}.iteration"), message, format!("name an iteration up to {last}"));
    }
    let story = run.peek().map_or_else(Ending::story, |step| step.story());
    let trials = story.iter().filter(|beat| matches!(beat, Beat::Trial(_))).count();
    if let Reached::Trial(number) = place.reached
        && number > trials
    {
        let trials_there = counted(trials as u64, "trial");
        let message = format!("iteration {} has {trials_there}, and no trial {number}", place.iteration);
        notes.warning(&format!("{part}.trial"), message, format!("name a trial up to {trials}"));
    }
}
