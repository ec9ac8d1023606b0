//! A scenario in a lesson file: a landscape, a window, a start, and the runs.

use crate::engine::theory::Known;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::objective;
use crate::lesson::file::read::rule;
use crate::lesson::file::read::start::{free_start, start};
use crate::lesson::file::read::window::window;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{RunPlan, Scenario, completed, known_of};
use crate::objective::landscape::Landscape;
use crate::objective::subject::Subject;

pub fn scenario(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Scenario> {
    let fields = value.table()?;
    let Some(draft) = fields.get("objective").and_then(|value| objective::objective(value, desk)) else {
        // Of the rest only the runs can be read without an objective.
        runs(fields, None, None, desk);
        return None;
    };
    let landscape = draft.landscape();
    let own = fields.get("start");
    let start = match (own, landscape) {
        (None, Some(landscape)) => Some(landscape.start.to_vec()),
        (own, _) => own.and_then(|value| free_start(value, desk)),
    };
    let dimension = start.as_ref().map(Vec::len);
    let at = own.map_or_else(|| value.face(desk.source), |own| own.face(desk.source));
    let subject = dimension.and_then(|dimension| draft.of_dimension(dimension, Some(&at), desk));
    let window = window(fields, dimension, landscape, desk);
    let known = known(fields, dimension, landscape, desk);
    let runs = runs(fields, start.as_deref(), subject.as_ref(), desk);
    let (subject, start) = (subject?, start?);
    let known = completed(known?, &**subject.objective(), &start);
    let (window, slice) = window?;
    Some(Scenario { name: Safe::line(value.name), subject, window, slice, start, known, runs: runs? })
}

/// What is known of the objective; `None` if `known` is no table.
fn known(
    fields: &Fields<'_>,
    dimension: Option<usize>,
    landscape: Option<&Landscape>,
    desk: &mut Desk<'_>,
) -> Option<Known> {
    let mut known = landscape.map_or_else(Known::default, known_of);
    let Some(value) = fields.get("known") else { return Some(known) };
    let fields = value.table()?;
    known.lipschitz = fields.number("lipschitz").or(known.lipschitz);
    known.strong_convexity = fields.number("strong_convexity").or(known.strong_convexity);
    known.value = fields.number("value").or(known.value);
    for (key, points) in [("points", &mut known.points), ("saddles", &mut known.saddles)] {
        if let (Some(given), Some(dimension)) = (fields.get(key), dimension) {
            *points = given.list()?.iter().filter_map(|point| start(point, dimension, desk)).collect();
        }
    }
    Some(known)
}

/// The runs; `None` if one of them is at fault.
fn runs(
    fields: &Fields<'_>,
    start: Option<&[f64]>,
    subject: Option<&Subject>,
    desk: &mut Desk<'_>,
) -> Option<Vec<RunPlan>> {
    let items = fields.get("run")?.list()?;
    let mut runs: Vec<RunPlan> = Vec::new();
    let mut names: Vec<Safe> = Vec::new();
    for (letter, item) in ('A'..='Z').zip(items) {
        let Some(fields) = item.table() else { continue };
        let name = fields.text("name").unwrap_or_else(|| Safe::line(&letter.to_string()));
        if names.contains(&name) {
            let at = fields.get("name").map_or(&fields.place, |own| &own.span);
            desk.fault(at, format!("two runs are called `{name}`"), "give each run a name of its own");
        }
        names.push(name.clone());
        runs.extend(run(name, fields, start, subject, desk));
    }
    (runs.len() == items.len()).then_some(runs)
}

fn run(
    name: Safe,
    fields: &Fields<'_>,
    start: Option<&[f64]>,
    subject: Option<&Subject>,
    desk: &mut Desk<'_>,
) -> Option<RunPlan> {
    let method = rule::method(fields, desk);
    let objective = fields.get("objective");
    let own_objective = objective.and_then(|value| objective::objective(value, desk));
    let own_start = fields.get("start");
    let own = own_start.and_then(|value| match (&own_objective, start) {
        (None, Some(start)) => self::start(value, start.len(), desk),
        _ => free_start(value, desk),
    });
    let dimension = own.as_deref().or(start).map(<[f64]>::len);
    let own_subject = match own_objective {
        Some(draft) => {
            let at = own_start.map(|value| &value.span).or(objective.map(|value| &value.key));
            Some(draft.of_dimension(dimension?, at, desk)?)
        }
        None => None,
    };
    let method = method?;
    let subject = own_subject.as_ref().or(subject);
    if let Some(Err(why)) = subject.map(|subject| method.direction.rule().fits(&**subject.objective())) {
        rule::misfit(&fields.path, &method, &why, desk);
    }
    let (limits, noise) = (rule::limits(fields), rule::noise(fields));
    Some(RunPlan { name, method, limits, noise, start: own, subject: own_subject })
}
