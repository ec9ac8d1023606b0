//! A page in a lesson file: what is said, shown, asked and aimed for.

use crate::engine::rule::method::Method;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::ask::ask;
use crate::lesson::file::read::change;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::length::is_short;
use crate::lesson::file::read::shown::{PageScenarios, Scenarios, scenario};
use crate::lesson::scenario::{Change, Scenario};
use crate::lesson::schema::{Goal, Grain, Page, Panel, Place, Prove, Reached, Solution, Why};

/// One page; `before` is the scenario of the page before.
pub fn page(value: &Value<'_>, scenarios: &Scenarios, before: usize, desk: &mut Desk<'_>) -> Option<Page> {
    let fields = value.table()?;
    let shown = PageScenarios::of(fields, scenarios, before, desk);
    let here = shown.scenario.and_then(|index| scenarios.get(index)?.1.as_ref());
    let changes = changes(fields, here, desk);
    let method = here.and_then(|here| varied(here, &changes));
    let controls = fields.get("controls").and_then(|value| change::controls(value, method.as_ref(), desk));
    for key in ["proof", "solution"] {
        if let (None, Some(value)) = (fields.get("goal"), fields.get(key)) {
            desk.fault(&value.key, format!("a {key} without a goal"), format!("add a goal, or take `{key}` out"));
        }
    }
    let why = fields.items("why").iter().filter_map(|card| why(card, scenarios, here, desk)).collect();
    let page = Page {
        title: fields.text("title"),
        scenario: shown.scenario.unwrap_or(before),
        starts_over: shown.is_named,
        compared: shown.compared,
        from: fields.get("from").and_then(|value| place(value, desk)),
        until: fields.get("until").and_then(|value| place(value, desk)),
        changes,
        carry: fields.flag("carry").unwrap_or(false),
        text: fields.text("text").unwrap_or_default(),
        show: fields.items("show").iter().filter_map(panel).collect(),
        plot: fields.items("plot").iter().filter_map(Value::quantity).collect(),
        grain: fields.word("grain").map(grain),
        controls,
        reveals: fields.items("reveals").iter().filter_map(Value::text).collect(),
        ask: fields.get("ask").and_then(|value| ask(value, here, method.as_ref(), desk)),
        hints: fields.items("hints").iter().filter_map(Value::text).collect(),
        why,
        goal: fields.get("goal").and_then(|value| goal(value, here, desk)),
        proof: fields.table("proof").map_or_else(Vec::new, |proof| settings(proof, here, method.as_ref(), desk)),
        solution: fields.table("solution").map(|value| solution(value, here, method.as_ref(), desk)),
        colour_words: fields.text("colour_words"),
    };
    shown.need_map(&page.show, desk);
    shown.scenario.map(|_| page)
}

/// `use`: changes to the runs of a scenario.
fn changes(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Vec<Change> {
    fields.table("use").map_or_else(Vec::new, |by_run| change::by_run(by_run, scenario, desk))
}

/// The learner's method after the changes of a page.
fn varied(scenario: &Scenario, changes: &[Change]) -> Option<Method> {
    let learner = scenario.runs.first()?;
    let mine = |change: &&Change| change.run.as_ref().is_none_or(|run| *run == learner.name) && change.path != "start";
    let mine = changes.iter().filter(mine).map(|change| (change.path.as_str(), &change.value));
    learner.method.with_all(mine).ok()
}

/// `{ iteration = 0, trial = 3 }`; without more it is the moment in which the iterate is reached.
fn place(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Place> {
    let fields = value.table()?;
    let reached = match (fields.get("trial"), fields.get("sub_step")) {
        (Some(_), Some(sub_step)) => {
            desk.fault(&sub_step.key, "a place has `trial` or `sub_step`, not both", "take one out");
            return None;
        }
        (Some(trial), None) => Reached::Trial(trial.count()? as usize),
        (None, Some(sub_step)) => match sub_step.word()? {
            "here" => Reached::Here,
            "direction" => Reached::Direction,
            _ => Reached::Move,
        },
        (None, None) => Reached::Here,
    };
    Some(Place { iteration: fields.count("iteration")? as usize, reached })
}

fn grain(word: &str) -> Grain {
    match word {
        "sub-step" => Grain::SubStep,
        "iteration" => Grain::Iteration,
        _ => Grain::Run,
    }
}

fn panel(value: &Value<'_>) -> Option<Panel> {
    let name = value.word()?;
    Panel::ALL.into_iter().find(|panel| panel.name() == name)
}

/// A claim with what makes it a goal.
fn goal(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Goal> {
    let fields = value.table()?;
    let claim = claim::of_fields(fields, scenario, desk, 0).filter(|claim| is_short(claim, &value.key, desk));
    let (par, met_at_start) = (fields.count("par"), fields.flag("met_at_start").unwrap_or(false));
    Some(Goal { claim: claim?, par, met_at_start })
}

/// Settings of the learner's run, tried out on its method; none where there is no such run.
fn settings(
    fields: &Fields<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Vec<Change> {
    let (Some(scenario), Some(method)) = (scenario, method) else { return Vec::new() };
    let Some(learner) = scenario.runs.first() else { return Vec::new() };
    change::of_run(fields, None, learner, &mut method.clone(), scenario, desk)
}

/// Settings as in `proof`, and `ask`, a question about why they work.
fn solution(
    fields: &Fields<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Solution {
    let ask = fields.get("ask").and_then(|value| ask(value, scenario, method, desk));
    Solution { changes: settings(fields, scenario, method, desk), ask }
}

fn why(value: &Value<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Why> {
    let fields = value.table()?;
    let prove = fields.table("prove").map(|fork| prove(fork, scenarios, here, desk));
    Some(Why { slide: fields.text("slide")?, actually: fields.text("actually")?, prove })
}

fn prove(fields: &Fields<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Prove {
    let index = fields.get("scenario").map(|value| scenario(value, scenarios, desk));
    let there = match index {
        Some(index) => index.and_then(|index| scenarios.get(index)?.1.as_ref()),
        None => here,
    };
    let changes = changes(fields, there, desk);
    let until = fields.get("until").and_then(|value| place(value, desk));
    Prove { scenario: index.flatten(), changes, until }
}
