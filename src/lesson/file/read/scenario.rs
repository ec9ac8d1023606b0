//! A scenario in a lesson file: a landscape, a window, a start, and the runs.

use crate::engine::theory::Known;
use crate::lesson::file::format::{KNOWN, RUN, SCENARIO};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::Fields;
use crate::lesson::file::read::objective::{self, ObjectiveDraft};
use crate::lesson::file::read::rule;
use crate::lesson::file::read::start;
use crate::lesson::file::read::value::Value;
use crate::lesson::file::read::window::window;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::{RunPlan, Scenario, completed, known_of};
use crate::objective::landscape::Landscape;
use crate::objective::subject::Subject;

pub fn scenario(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Scenario> {
    let mut fields = value.table(desk, &SCENARIO)?;
    let draft = fields.get(desk, "objective", objective::objective);
    if draft.is_none() {
        // A landscape that was meant may have a start and a window of its own: nothing is missing yet.
        return runs_alone(fields, desk);
    }
    let landscape = draft.as_ref().and_then(ObjectiveDraft::landscape);
    let start = start(&mut fields, landscape, desk);
    let at = desk.marks.find(&format!("{}.start", fields.path()));
    let dimension = start.as_ref().map(Vec::len);
    let subject = draft.and_then(|draft| draft.of_dimension(dimension?, at.as_ref(), desk));
    let window = window(&mut fields, dimension, landscape, desk);
    let known = known(&mut fields, dimension, landscape, desk);
    let runs = runs(&mut fields, start.as_deref(), subject.as_ref(), desk);
    fields.finish(desk);
    let (subject, start) = (subject?, start?);
    let known = completed(known?, &**subject.objective(), &start);
    let (window, slice) = window?;
    Some(Scenario { name: Safe::line(&value.name), subject, window, slice, start, known, runs: runs? })
}

fn start(fields: &mut Fields<'_>, landscape: Option<&Landscape>, desk: &mut Desk<'_>) -> Option<Vec<f64>> {
    let value = match landscape {
        Some(landscape) => match fields.take(desk, "start") {
            Some(value) => value,
            None => return Some(landscape.start.to_vec()),
        },
        None => fields.need(desk, "start", "start = [2, 20]; its length is the dimension")?,
    };
    value.numbers(desk).filter(|start| is_sized(start, &value, desk))
}

/// Whether a start has a sensible number of coordinates; complains if not.
fn is_sized(start: &[f64], value: &Value<'_>, desk: &mut Desk<'_>) -> bool {
    let (least, most) = value.lengths();
    let fits = (least..=most).contains(&start.len());
    if !fits {
        let message = format!("a start has {least} to {most} coordinates, not {}", start.len());
        desk.fault(&value.span, message, "write one number for each of x1, x2, …");
    }
    fits
}

/// Reads what does not depend on the objective.
fn runs_alone(mut fields: Fields<'_>, desk: &mut Desk<'_>) -> Option<Scenario> {
    runs(&mut fields, None, None, desk);
    for key in ["start", "window", "known"] {
        fields.take(desk, key);
    }
    fields.finish(desk);
    None
}

fn known(
    fields: &mut Fields<'_>,
    dimension: Option<usize>,
    landscape: Option<&Landscape>,
    desk: &mut Desk<'_>,
) -> Option<Known> {
    let mut known = landscape.map_or_else(Known::default, known_of);
    let Some(value) = fields.take(desk, "known") else { return Some(known) };
    let mut fields = value.table(desk, &KNOWN)?;
    known.lipschitz = fields.take(desk, "lipschitz").map_or(known.lipschitz, |value| value.size(desk));
    known.strong_convexity =
        fields.take(desk, "strong_convexity").map_or(known.strong_convexity, |value| value.size(desk));
    known.value = fields.take(desk, "value").map_or(known.value, |value| value.number(desk));
    for (key, points) in [("points", &mut known.points), ("saddles", &mut known.saddles)] {
        if let Some(given) = fields.take(desk, key) {
            let given = given.list(desk)?;
            let read = |dimension| given.iter().filter_map(|point| start::start(point, dimension, desk)).collect();
            *points = dimension.map_or_else(Vec::new, read);
        }
    }
    fields.finish(desk);
    Some(known)
}

fn runs(
    fields: &mut Fields<'_>,
    start: Option<&[f64]>,
    subject: Option<&Subject>,
    desk: &mut Desk<'_>,
) -> Option<Vec<RunPlan>> {
    let value = fields.take(desk, "run")?;
    let items = value.list(desk)?;
    let (least, most) = value.lengths();
    if !(least..=most).contains(&items.len()) {
        let message = format!("a scenario has {least} to {most} runs, not {}", items.len());
        desk.fault(&value.key, message, "the learner's run comes first, then its rivals");
        return None;
    }
    let mut runs: Vec<RunPlan> = Vec::new();
    let mut names: Vec<Safe> = Vec::new();
    for (letter, item) in ('A'..='Z').zip(&items) {
        let Some(mut fields) = item.table(desk, &RUN) else { continue };
        let own = fields.take(desk, "name");
        let name = own.as_ref().and_then(|name| name.heading(desk)).unwrap_or_else(|| Safe::line(&letter.to_string()));
        if names.contains(&name) {
            let at = own.map_or_else(|| fields.place().clone(), |own| own.span);
            desk.fault(&at, format!("two runs are called `{name}`"), "give each run a name of its own");
        }
        names.push(name.clone());
        runs.extend(run(name, fields, start, subject, desk));
    }
    (runs.len() == items.len()).then_some(runs)
}

fn run(
    name: Safe,
    mut fields: Fields<'_>,
    start: Option<&[f64]>,
    subject: Option<&Subject>,
    desk: &mut Desk<'_>,
) -> Option<RunPlan> {
    let path = fields.path().to_owned();
    let noise = rule::noise(&mut fields, desk);
    let method = rule::method(&mut fields, desk);
    let limits = rule::limits(&mut fields, desk);
    let own_objective = fields.take(desk, "objective");
    let place = own_objective.as_ref().map_or_else(|| fields.place().clone(), |value| value.key.clone());
    let own_objective = own_objective.and_then(|value| objective::objective(&value, desk));
    let own_start = fields.take(desk, "start");
    fields.finish(desk);
    let own = own_start.as_ref().and_then(|value| match (&own_objective, start) {
        (None, Some(start)) => start::start(value, start.len(), desk),
        _ => value.numbers(desk).filter(|start| is_sized(start, value, desk)),
    });
    let dimension = own.as_deref().or(start).map(<[f64]>::len);
    let own_subject = match own_objective {
        Some(draft) => {
            let at = own_start.map_or(place, |value| value.span);
            Some(draft.of_dimension(dimension?, Some(&at), desk)?)
        }
        None => None,
    };
    let method = method?;
    let subject = own_subject.as_ref().or(subject);
    if let Some(Err(why)) = subject.map(|subject| method.direction.rule().fits(&**subject.objective())) {
        rule::misfit(&path, &method, &why, desk);
    }
    Some(RunPlan { name, method, limits, noise, start: own, subject: own_subject })
}
