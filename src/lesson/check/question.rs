//! Every question has one right answer, and the moments that a page names exist.

use crate::engine::ending::Ending;
use crate::engine::record::Beat;
use crate::lesson::check::notes::Notes;
use crate::lesson::check::witness::witness;
use crate::lesson::claim::{Horizon, holds};
use crate::lesson::scenario::{Cast, cast};
use crate::lesson::schema::{Page, Place, Reached, Scenario, Truth};

/// Proves that exactly one option of the page's question is right.
pub fn check(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let Some(ask) = &page.ask else { return };
    let mut cast = match cast(scenario, &page.changes) {
        Ok(cast) => cast,
        Err(why) => return notes.error("use", why, "choose other values"),
    };
    let mut right = Vec::new();
    let mut is_decided = true;
    let mut evidence = Vec::new();
    for (index, option) in ask.options.iter().enumerate() {
        let (key, verdict) = match &option.truth {
            Truth::Said(correct) => ("correct", Ok(*correct)),
            Truth::Claim(claim) => {
                let verdict = holds(claim, &mut cast, Horizon::Whole);
                evidence.extend(witness(claim, &mut cast).filter(|found| !evidence.contains(found)));
                ("claim", verdict)
            }
        };
        match verdict {
            Ok(true) => right.push((index, key)),
            Ok(false) => {}
            Err(why) => {
                is_decided = false;
                let cure = "`downhill trace` shows what there is";
                notes.error(
                    &format!("ask.options[{index}].{key}"),
                    format!("the claim cannot be decided: {why}"),
                    cure,
                );
            }
        }
    }
    if is_decided {
        one_is_right(&right, &evidence, notes);
    }
}

fn one_is_right(right: &[(usize, &str)], evidence: &[String], notes: &mut Notes<'_>) {
    let cure = match evidence {
        [] => "write correct = true at one option".to_owned(),
        found => format!("the trace says: {}", found.join("; ")),
    };
    match right {
        [_] => {}
        [] => notes.error("ask.question", "no option of the question is right", cure),
        [_, (second, key), ..] => {
            let numbers: Vec<String> = right.iter().map(|(index, _)| (index + 1).to_string()).collect();
            let part = format!("ask.options[{second}].{key}");
            notes.error(&part, format!("options {} are right, and only one may be", numbers.join(" and ")), cure);
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
        let message = format!("iteration {} has {trials} trials, and no trial {number}", place.iteration);
        notes.warning(&format!("{part}.trial"), message, format!("name a trial up to {trials}"));
    }
}
