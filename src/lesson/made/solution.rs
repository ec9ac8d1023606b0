//! The solution of a goal as a small lesson of its own: a run to follow step by step, then one question about why.

use crate::lesson::claim::predicate::Claim;
use crate::lesson::claim::{Horizon, first_row};
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{Change, Scenario, cast};
use crate::lesson::schema::{Grain, Lesson, Page, Place, Reached};

/// Number of steps from which on → takes all of them at once.
const LONG: usize = 60;

/// The page on which the solution of another page is followed; `None` where there is nothing to solve.
pub fn page(asking: &Page, scenario: &Scenario) -> Option<Page> {
    let goal = asking.goal.as_ref()?;
    let solution = asking.solution.as_ref();
    let settings = solution.map(|solution| &solution.changes).filter(|changes| !changes.is_empty());
    let settings = settings.unwrap_or(&asking.proof);
    if settings.is_empty() {
        return None;
    }
    let changes: Vec<Change> = asking.changes.iter().chain(settings).cloned().collect();
    let place = met_at(&goal.claim, scenario, &changes)?;
    let told: Vec<String> = settings.iter().map(|change| change.in_words(scenario)).collect();
    let text = format!(
        "One way to meet the goal: {}. Follow it with →; it is met at t = {}.",
        told.join(", "),
        place.iteration
    );
    Some(Page {
        title: Some(Safe::line("A solution")),
        until: Some(place),
        changes,
        text: Safe::new(&text),
        show: asking.show.clone(),
        plot: asking.plot.clone(),
        grain: asking.grain.or((place.iteration > LONG).then_some(Grain::Run)),
        controls: Some(Vec::new()),
        ask: solution.and_then(|solution| solution.ask.clone()),
        ..Page::default()
    })
}

/// The lesson around that page.
pub fn lesson(of: &Lesson, asking: &Page) -> Option<Lesson> {
    let scenario = of.scenarios.get(asking.scenario)?;
    let page = page(asking, scenario)?;
    Some(Lesson {
        id: "solution".into(),
        title: of.title.clone(),
        scenarios: vec![scenario.clone()],
        pages: vec![page],
        after: Vec::new(),
        ..of.clone()
    })
}

/// Where the goal is met: at a row, if it asks for the first, else at the end.
fn met_at(claim: &Claim, scenario: &Scenario, changes: &[Change]) -> Option<Place> {
    let mut cast = cast(scenario, changes).ok()?;
    if let Claim::First { run, conditions, .. } = claim {
        let index = cast.index(run.as_ref())?;
        let t = first_row(conditions, &mut cast, index, Horizon::Whole).ok()??;
        return Some(Place { iteration: t, reached: Reached::Move });
    }
    let run = cast.runs.first_mut()?;
    run.go_to(usize::MAX);
    Some(Place { iteration: run.iteration(), reached: Reached::Move })
}
