//! A page in a lesson file: what is said, shown, asked and aimed for.

use crate::engine::rule::method::Method;
use crate::lesson::file::read::ask;
use crate::lesson::file::read::change;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::{Fields, Value};
use crate::lesson::file::read::quantity::quantity;
use crate::lesson::file::read::shown::{Scenarios, Shown, scenario};
use crate::lesson::file::read::spelling;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{Change, Scenario};
use crate::lesson::schema::{Grain, Page, Panel, Place, Prove, Reached, Solution, Why};

/// The panels that the format names and this version does not have yet.
const PLANNED_PANELS: [&str; 1] = ["data"];

/// One page; `before` is the scenario of the page before.
pub fn page(value: &Value<'_>, scenarios: &Scenarios, before: usize, desk: &mut Desk<'_>) -> Option<Page> {
    let mut fields = value.table(desk, "a page")?;
    let shown = Shown::take(&mut fields, scenarios, before, desk);
    let here = shown.scenario.and_then(|index| scenarios.get(index)?.1.as_ref());
    let changes = fields.take(desk, "use").map_or_else(Vec::new, |value| change::by_run(&value, here, desk));
    let method = here.and_then(|here| varied(here, &changes));
    let controls = fields.take(desk, "controls").and_then(|value| change::controls(&value, method.as_ref(), desk));
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
        title: fields.take(desk, "title").and_then(|value| value.heading(desk)),
        scenario: shown.scenario.unwrap_or(before),
        starts_over: shown.is_named,
        compared: shown.compared,
        from: fields.take(desk, "from").and_then(|value| place(&value, desk)),
        until: fields.take(desk, "until").and_then(|value| place(&value, desk)),
        changes,
        carry: flag(&mut fields, "carry", desk),
        text: text(&mut fields, desk),
        show: fields.take(desk, "show").map_or_else(Vec::new, |value| panels(&value, desk)),
        plot: list(&mut fields, "plot", desk, quantity),
        grain: fields.take(desk, "grain").and_then(|value| {
            value.word(desk, &[("sub-step", Grain::SubStep), ("iteration", Grain::Iteration), ("run", Grain::Run)])
        }),
        controls,
        reveals: list(&mut fields, "reveals", desk, Value::line),
        ask: fields.take(desk, "ask").and_then(|value| ask::ask(&value, here, method.as_ref(), desk)),
        hints: list(&mut fields, "hints", desk, Value::text),
        why: fields.take(desk, "why").map_or_else(Vec::new, |value| whys(&value, scenarios, here, desk)),
        goal: goal.and_then(|value| claim::goal(&value, here, desk)),
        proof: proof.map_or_else(Vec::new, |value| self::proof(&value, here, method, desk)),
        solution,
        colour_words: fields.take(desk, "colour_words").and_then(|value| value.line(desk)),
    };
    shown.need_map(&page.show, desk);
    fields.finish(desk);
    shown.scenario.map(|_| page)
}

fn text(fields: &mut Fields<'_>, desk: &mut Desk<'_>) -> Safe {
    fields.need(desk, "text", "text = \"\"\"…\"\"\"").and_then(|value| value.text(desk)).unwrap_or_default()
}

fn flag(fields: &mut Fields<'_>, key: &'static str, desk: &mut Desk<'_>) -> bool {
    fields.take(desk, key).and_then(|value| value.flag(desk)).unwrap_or(false)
}

fn list<'d, T>(
    fields: &mut Fields<'d>,
    key: &'static str,
    desk: &mut Desk<'_>,
    read: impl Fn(&Value<'d>, &mut Desk<'_>) -> Option<T>,
) -> Vec<T> {
    let items = fields.take(desk, key).and_then(|value| value.list(desk)).unwrap_or_default();
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
    let mut fields = value.table(desk, "a place")?;
    let iteration = fields.need(desk, "iteration", "iteration = 0").and_then(|value| value.count(desk, 0));
    let trial = fields.take(desk, "trial");
    let sub_step = fields.take(desk, "sub_step");
    fields.finish(desk);
    let words = [("here", Reached::Here), ("direction", Reached::Direction), ("move", Reached::Move)];
    let reached = match (trial, sub_step) {
        (Some(_), Some(sub_step)) => {
            desk.fault(&sub_step.key, "a place has `trial` or `sub_step`, not both", "take one out");
            None
        }
        (Some(trial), None) => trial.count(desk, 1).map(|number| Reached::Trial(number as usize)),
        (None, Some(sub_step)) => sub_step.word(desk, &words),
        (None, None) => Some(Reached::Here),
    };
    Some(Place { iteration: iteration? as usize, reached: reached? })
}

fn panels(value: &Value<'_>, desk: &mut Desk<'_>) -> Vec<Panel> {
    let words = Panel::ALL.map(|panel| (panel.name(), panel));
    let mut panels = Vec::new();
    for item in value.list(desk).unwrap_or_default() {
        match item.as_str() {
            Some(word) if PLANNED_PANELS.contains(&word) => {
                let cure = format!("there are {}", spelling::listed(words.map(|(name, _)| name)));
                desk.later(&item.span, &format!("the panel `{word}`"), cure);
            }
            _ => panels.extend(item.word(desk, &words)),
        }
    }
    panels
}

fn proof(value: &Value<'_>, scenario: Option<&Scenario>, method: Option<Method>, desk: &mut Desk<'_>) -> Vec<Change> {
    let Some(settings) = value.table(desk, "a proof") else { return Vec::new() };
    match (scenario, method) {
        (Some(scenario), Some(mut method)) => match scenario.runs.first() {
            Some(learner) => change::of_run(settings, None, learner, &mut method, scenario, desk),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Settings as in `proof`, and `ask`, a question about why they work.
fn solution(
    value: &Value<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Option<Solution> {
    let mut fields = value.table(desk, "a solution")?;
    let ask = fields.take(desk, "ask").and_then(|value| ask::ask(&value, scenario, method, desk));
    let (scenario, mut method) = (scenario?, method?.clone());
    let changes = change::of_run(fields, None, scenario.runs.first()?, &mut method, scenario, desk);
    Some(Solution { changes, ask })
}

fn whys(value: &Value<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Vec<Why> {
    let mut whys = Vec::new();
    for item in value.list(desk).unwrap_or_default() {
        let Some(mut fields) = item.table(desk, "a why card") else { continue };
        let slide = fields.need(desk, "slide", "slide = \"what the slide says\"").and_then(|value| value.text(desk));
        let actually = fields.need(desk, "actually", "actually = \"what is true\"").and_then(|value| value.text(desk));
        let prove = fields.take(desk, "prove").and_then(|value| prove(&value, scenarios, here, desk));
        fields.finish(desk);
        if let (Some(slide), Some(actually)) = (slide, actually) {
            whys.push(Why { slide, actually, prove });
        }
    }
    whys
}

fn prove(value: &Value<'_>, scenarios: &Scenarios, here: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Prove> {
    let mut fields = value.table(desk, "a proof on a fork")?;
    let named = fields.take(desk, "scenario");
    let index = named.as_ref().map(|value| scenario(value, scenarios, desk));
    let there = match index {
        Some(index) => index.and_then(|index| scenarios.get(index)?.1.as_ref()),
        None => here,
    };
    let changes = fields.take(desk, "use").map_or_else(Vec::new, |value| change::by_run(&value, there, desk));
    let until = fields.take(desk, "until").and_then(|value| place(&value, desk));
    fields.finish(desk);
    Some(Prove { scenario: index.flatten(), changes, until })
}
