//! A page in a lesson file: what is said, shown, asked and aimed for.

use crate::engine::rule::method::Method;
use crate::lesson::file::format::claim::GOAL;
use crate::lesson::file::format::page::{FORK, PAGE, PLACE, PROOF, SOLUTION, WHY};
use crate::lesson::file::read::ask;
use crate::lesson::file::read::change;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::Fields;
use crate::lesson::file::read::length::is_short;
use crate::lesson::file::read::quantity::quantity;
use crate::lesson::file::read::shown::{PageScenarios, Scenarios, scenario};
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;
use crate::lesson::scenario::{Change, Scenario};
use crate::lesson::schema::{Goal, Grain, Page, Panel, Place, Prove, Reached, Solution, Why};

/// The panels that the format names and this version does not have yet.
const PLANNED_PANELS: [&str; 1] = ["data"];

/// One page; `before` is the scenario of the page before.
pub fn page(value: &Value<'_>, scenarios: &Scenarios, before: usize, desk: &mut Desk<'_>) -> Option<Page> {
    let mut fields = value.table(desk, &PAGE)?;
    let shown = PageScenarios::take(&mut fields, scenarios, before, desk);
    let here = shown.scenario.and_then(|index| scenarios.get(index)?.1.as_ref());
    let changes = fields.take(desk, "use").map_or_else(Vec::new, |value| change::by_run(&value, here, desk));
    let method = here.and_then(|here| varied(here, &changes));
    let controls = fields.get(desk, "controls", |value, desk| change::controls(value, method.as_ref(), desk));
    let goal = fields.take(desk, "goal");
    let proof = fields.take(desk, "proof");
    if let (None, Some(proof)) = (&goal, &proof) {
        desk.fault(&proof.key, "a proof without a goal", "add a goal, or take `proof` out");
    }
    let solution = fields.take(desk, "solution");
    if let (None, Some(solution)) = (&goal, &solution) {
        desk.fault(&solution.key, "a solution without a goal", "add a goal, or take `solution` out");
    }
    let solution = solution.and_then(|value| self::solution(&value, here, method.as_ref(), desk));
    let page = Page {
        title: fields.get(desk, "title", Value::heading),
        scenario: shown.scenario.unwrap_or(before),
        starts_over: shown.is_named,
        compared: shown.compared,
        from: fields.get(desk, "from", place),
        until: fields.get(desk, "until", place),
        changes,
        carry: fields.get(desk, "carry", Value::flag).unwrap_or(false),
        text: fields.get(desk, "text", Value::text).unwrap_or_default(),
        show: list(&mut fields, "show", desk, panel),
        plot: list(&mut fields, "plot", desk, quantity),
        grain: fields.get(desk, "grain", grain),
        controls,
        reveals: list(&mut fields, "reveals", desk, Value::line),
        ask: fields.get(desk, "ask", |value, desk| ask::ask(value, here, method.as_ref(), desk)),
        hints: list(&mut fields, "hints", desk, Value::text),
        why: list(&mut fields, "why", desk, |value, desk| why(value, scenarios, here, desk)),
        goal: goal.and_then(|value| self::goal(&value, here, desk)),
        proof: proof.map_or_else(Vec::new, |value| self::proof(&value, here, method, desk)),
        solution,
        colour_words: fields.get(desk, "colour_words", Value::line),
    };
    shown.need_map(&page.show, desk);
    fields.finish(desk);
    shown.scenario.map(|_| page)
}

/// The items of a list that can be read; none where there is no list.
fn list<'d, T>(
    fields: &mut Fields<'d>,
    key: &'static str,
    desk: &mut Desk<'_>,
    read: impl Fn(&Value<'d>, &mut Desk<'_>) -> Option<T>,
) -> Vec<T> {
    let items = fields.get(desk, key, Value::list).unwrap_or_default();
    items.iter().filter_map(|item| read(item, desk)).collect()
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
    let mut fields = value.table(desk, &PLACE)?;
    let iteration = fields.get(desk, "iteration", Value::count);
    let trial = fields.take(desk, "trial");
    let sub_step = fields.take(desk, "sub_step");
    fields.finish(desk);
    let reached = match (trial, sub_step) {
        (Some(_), Some(sub_step)) => {
            desk.fault(&sub_step.key, "a place has `trial` or `sub_step`, not both", "take one out");
            None
        }
        (Some(trial), None) => trial.count(desk).map(|number| Reached::Trial(number as usize)),
        (None, Some(sub_step)) => sub_step.word(desk).map(|word| match word {
            "here" => Reached::Here,
            "direction" => Reached::Direction,
            _ => Reached::Move,
        }),
        (None, None) => Some(Reached::Here),
    };
    Some(Place { iteration: iteration? as usize, reached: reached? })
}

fn grain(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Grain> {
    Some(match value.word(desk)? {
        "sub-step" => Grain::SubStep,
        "iteration" => Grain::Iteration,
        _ => Grain::Run,
    })
}

fn panel(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Panel> {
    let names = Panel::ALL.map(Panel::name);
    if let Some(word) = value.as_str().filter(|word| PLANNED_PANELS.contains(word)) {
        desk.later(&value.span, &format!("the panel `{word}`"), format!("there are {}", spelling::listed(names)));
        return None;
    }
    let name = value.word_of(desk, &names)?;
    Panel::ALL.into_iter().find(|panel| panel.name() == name)
}

/// A claim with what makes it a goal.
fn goal(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Goal> {
    let mut fields = value.table(desk, &GOAL)?;
    let par = fields.get(desk, "par", Value::count);
    let met_at_start = fields.get(desk, "met_at_start", Value::flag);
    let claim = claim::of_fields(&mut fields, scenario, desk, 0).filter(|claim| is_short(claim, &value.key, desk));
    fields.finish(desk);
    Some(Goal { claim: claim?, par, met_at_start: met_at_start.unwrap_or(false) })
}

fn proof(value: &Value<'_>, scenario: Option<&Scenario>, method: Option<Method>, desk: &mut Desk<'_>) -> Vec<Change> {
    let Some(settings) = value.table(desk, &PROOF) else { return Vec::new() };
    let (Some(scenario), Some(mut method)) = (scenario, method) else { return Vec::new() };
    let Some(learner) = scenario.runs.first() else { return Vec::new() };
    change::of_run(settings, None, learner, &mut method, scenario, desk)
}

/// Settings as in `proof`, and `ask`, a question about why they work.
fn solution(
    value: &Value<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Option<Solution> {
    let mut fields = value.table(desk, &SOLUTION)?;
    let ask = fields.get(desk, "ask", |value, desk| ask::ask(value, scenario, method, desk));
    let (scenario, mut method) = (scenario?, method?.clone());
    let changes = change::of_run(fields, None, scenario.runs.first()?, &mut method, scenario, desk);
    Some(Solution { changes, ask })
}

fn why(value: &Value<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Why> {
    let mut fields = value.table(desk, &WHY)?;
    let slide = fields.get(desk, "slide", Value::text);
    let actually = fields.get(desk, "actually", Value::text);
    let prove = fields.get(desk, "prove", |value, desk| prove(value, scenarios, here, desk));
    fields.finish(desk);
    Some(Why { slide: slide?, actually: actually?, prove })
}

fn prove(value: &Value<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Prove> {
    let mut fields = value.table(desk, &FORK)?;
    let named = fields.take(desk, "scenario");
    let index = named.as_ref().map(|value| scenario(value, scenarios, desk));
    let there = match index {
        Some(index) => index.and_then(|index| scenarios.get(index)?.1.as_ref()),
        None => here,
    };
    let changes = fields.take(desk, "use").map_or_else(Vec::new, |value| change::by_run(&value, there, desk));
    let until = fields.get(desk, "until", place);
    fields.finish(desk);
    Some(Prove { scenario: index.flatten(), changes, until })
}
