//! Every question has one right answer, whatever numbers review draws, and the moments that a page names exist.

use crate::engine::number::counted;
use crate::engine::record::Beat;
use crate::engine::record::ending::Ending;
use crate::lesson::check::notes::Notes;
use crate::lesson::check::witness::witness;
use crate::lesson::claim::holds;
use crate::lesson::claim::predicate::Claim;
use crate::lesson::markup::{BOX_WIDTH, WORK_ROWS, layout};
use crate::lesson::question::exercise;
use crate::lesson::question::grade::{self, Answer};
use crate::lesson::question::vary;
use crate::lesson::question::{Ask, Choice, Kind, Spot, Target, Truth};
use crate::lesson::scenario::{Cast, cast};
use crate::lesson::schema::{Change, Page, Place, Reached, Scenario};

/// So many draws of the settings that vary are tried.
const DRAWS: u64 = 100;

/// Proves that the page's question has exactly one right answer.
pub fn check(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let Some(ask) = &page.ask else { return };
    let mut runs = match cast(scenario, &page.changes) {
        Ok(runs) => runs,
        Err(why) => return notes.error("use", why, "choose other values"),
    };
    match &ask.kind {
        Kind::Choose(options) => choose(options, &mut runs, notes),
        Kind::Point(Spot { truth: Target::StartsFor(claim, example), .. }) => {
            starts(claim, example, page, scenario, notes);
        }
        _ => answerable(page, ask, &mut runs, notes),
    }
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

fn choose(options: &[Choice], cast: &mut Cast, notes: &mut Notes<'_>) {
    let mut right = Vec::new();
    let mut is_decided = true;
    let mut evidence = Vec::new();
    for (index, option) in options.iter().enumerate() {
        if !notes.has_time() {
            is_decided = false;
            break;
        }
        let (key, verdict) = match &option.truth {
            Truth::Said(correct) => ("correct", Ok(*correct)),
            Truth::Claim(claim) => {
                let verdict = holds(claim, cast);
                evidence.extend(witness(claim, cast).filter(|found| !evidence.contains(found)));
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

/// The engine knows the answer.
fn answerable(page: &Page, ask: &Ask, cast: &mut Cast, notes: &mut Notes<'_>) {
    let part = if matches!(ask.kind, Kind::Table(_)) { "ask.at" } else { "ask.truth" };
    match grade::key(ask, cast) {
        Err(why) => {
            notes.error(part, format!("the question has no answer: {why}"), "`downhill trace` shows what there is");
        }
        Ok(Answer::Cells(cells)) if cells.is_empty() => {
            notes.error("ask.blank", "no cell of the table is blank", "blank = [\"verdict\"] fits every search");
        }
        Ok(Answer::Cells(_)) => roomy(page, ask, cast, notes),
        Ok(_) => {}
    }
}

/// The table has room below text and question.
fn roomy(page: &Page, ask: &Ask, cast: &mut Cast, notes: &mut Notes<'_>) {
    let Kind::Table(blanks) = &ask.kind else { return };
    let Ok(search) = cast.ahead(|cast| exercise::search(blanks, cast)) else { return };
    let rows = layout(page, BOX_WIDTH, &str::to_owned).rows() + search.trials.len() + 1;
    if rows > WORK_ROWS {
        let message = format!(
            "text and question with a table of {} trials take {rows} rows, and there are {WORK_ROWS}",
            search.trials.len()
        );
        notes.error("ask.at", message, "say it shorter, or add rows = 4");
    }
}

/// The example is right, and the start that is given is not.
fn starts(claim: &Claim, example: &[f64], page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let does = |start: Option<&[f64]>| {
        let own =
            start.map(|start| Change { run: None, path: "start".into(), value: toml::Value::from(start.to_vec()) });
        let changes: Vec<Change> = page.changes.iter().cloned().chain(own).collect();
        cast(scenario, &changes).and_then(|mut runs| Ok((holds(claim, &mut runs)?, witness(claim, &mut runs))))
    };
    match does(Some(example)) {
        Err(why) => notes.error(
            "ask.truth",
            format!("the claim cannot be decided: {why}"),
            "`downhill trace` shows what there is",
        ),
        Ok((false, found)) => {
            let cure = found
                .map_or_else(|| "choose another".to_owned(), |found| format!("from there the trace says: {found}"));
            notes.error("ask.such_as", "the run from this start does not do what is asked", cure);
        }
        Ok((true, _)) if does(None).is_ok_and(|(holds, _)| holds) => {
            notes.error("ask.truth", "the start as given is right already", "give the scenario another start");
        }
        Ok(_) => {}
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
            Ok(mut runs) => right_ones(ask, &mut runs),
        };
        if let Some(why) = wrong {
            let told: Vec<String> = drawn.iter().map(|change| change.in_words(scenario)).collect();
            return notes.error("ask.vary", format!("with {} {why}", told.join(", ")), "choose a narrower range");
        }
    }
}

/// What is wrong with the question on these runs, if anything is.
fn right_ones(ask: &Ask, runs: &mut Cast) -> Option<String> {
    let Kind::Choose(options) = &ask.kind else {
        return grade::key(ask, runs).err().map(|why| format!("the question has no answer: {why}"));
    };
    let mut is_right = |option: &&Choice| match &option.truth {
        Truth::Said(correct) => *correct,
        Truth::Claim(claim) => runs.ahead(|runs| holds(claim, runs)).unwrap_or(false),
    };
    match options.iter().filter(&mut is_right).count() {
        1 => None,
        0 => Some("no option is right".into()),
        count => Some(format!("{count} options are right")),
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
        let trials_there = counted(trials as u64, "trial");
        let message = format!("iteration {} has {trials_there}, and no trial {number}", place.iteration);
        notes.warning(&format!("{part}.trial"), message, format!("name a trial up to {trials}"));
    }
}
