//! Settings given other values for a page: `{ "step_size.gamma1" = 0.9 }`.

use crate::engine::rule::method::{Half, Method};
use crate::engine::rule::parameter::Parameter;
use crate::lesson::file::fields::{Fields, Sound, Value};
use crate::lesson::file::format::page::{RULE_SETTINGS, RUN_SETTINGS};
use crate::lesson::file::judge::{opened, setting as judged};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::start::start;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::{POINT, Shape};
use crate::lesson::scenario::{Change, RunPlan, Scenario};

/// `use`: changes to the named runs of a scenario; an unreadable scenario allows every name.
pub fn by_run(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let Some(scenario) = scenario else { return changes };
    for named in fields.all() {
        let Some(plan) = scenario.runs.iter().find(|plan| *plan.name == *named.name) else {
            let names = scenario.runs.iter().map(|plan| plan.name.as_str());
            let message = format!("scenario \"{}\" has no run `{}`", scenario.name, named.name);
            let cure = if named.name.contains('.') {
                format!("name the run first: use = {{ A = {{ \"{}\" = … }} }}", named.name)
            } else {
                spelling::cure(named.name, names)
            };
            desk.fault(&named.key, message, cure);
            continue;
        };
        if let Some(settings) = opened(named, &Shape::Table(&RUN_SETTINGS), desk).table() {
            let mut method = plan.method.clone();
            changes.extend(of_run(settings, Some(&plan.name), plan, &mut method, scenario, desk));
        }
    }
    changes
}

/// Changes to one run, tried out on `method`, which is left as they make it.
pub fn of_run(
    settings: &Fields<'_>,
    name: Option<&Safe>,
    plan: &RunPlan,
    method: &mut Method,
    scenario: &Scenario,
    desk: &mut Desk<'_>,
) -> Vec<Change> {
    let mut flat = Vec::new();
    flatten("", settings, &mut flat, desk);
    // A new rule comes before its parameters, wherever it stands.
    let is_rule = |path: &str| path.rsplit_once('.').is_some_and(|(_, name)| name == "rule");
    flat.sort_by_key(|(path, _)| !is_rule(path));
    let place = flat.iter().take_while(|(path, _)| is_rule(path)).last().or(flat.first());
    let place = place.map(|(_, value)| value.span.clone());
    let mut changes = Vec::new();
    for (path, value) in flat {
        let setting = if path == "start" {
            let dimension = plan.start.as_ref().map_or(scenario.start.len(), Vec::len);
            start(&opened(&value, &POINT, desk), dimension, desk).map(toml::Value::from)
        } else {
            setting(&path, &value, method, desk)
        };
        if let Some(value) = setting {
            changes.push(Change { run: name.cloned(), path, value });
        }
    }
    let objective = scenario.subject_of(plan).objective();
    let wrong = method.refusal().or_else(|| method.direction.rule().fits(&**objective).err());
    if let (Some(why), Some(place)) = (wrong, place) {
        desk.fault(&place, why, "see the pairs in docs/authoring.md");
    }
    changes
}

/// Takes `step_size = { tau = 0.5 }` and `step_size.tau = 0.5` for `"step_size.tau" = 0.5`.
fn flatten<'d>(prefix: &str, fields: &Fields<'d>, flat: &mut Vec<(String, Value<'d>)>, desk: &mut Desk<'_>) {
    for value in fields.all().filter(|value| matches!(value.content, Sound::Open)) {
        let path = format!("{prefix}{}", value.name);
        if value.raw.is_table() && Half::of(&path).is_some() {
            if let Some(inner) = opened(value, &Shape::Table(&RULE_SETTINGS), desk).table() {
                flatten(&format!("{path}."), inner, flat, desk);
            }
        } else {
            flat.push((path, opened(value, &Shape::Setting, desk)));
        }
    }
}

/// The value of a setting, after it was given to the method.
fn setting(path: &str, value: &Value<'_>, method: &mut Method, desk: &mut Desk<'_>) -> Option<toml::Value> {
    let half = path.strip_suffix(".rule").and_then(Half::of);
    let parameter = method.paths().into_iter().find(|(known, _)| known == path).map(|(_, parameter)| parameter);
    let setting = match (half, parameter) {
        (Some(half), _) => toml::Value::String(judged::rule(half, value, desk)?.to_owned()),
        (None, Some(parameter)) => judged::setting(parameter, value, desk)?,
        (None, None) => {
            desk.fault(&value.key, format!("`{path}` is no setting of this run"), near(path, &method.paths()));
            return None;
        }
    };
    *method =
        method.drafted(path, &setting).map_err(|why| desk.fault(&value.span, why, "choose another value")).ok()?;
    Some(setting)
}

/// The setting that was meant, or all that there are.
fn near(path: &str, paths: &[(String, &Parameter)]) -> String {
    let names = ["start"].into_iter().chain(paths.iter().map(|(path, _)| path.as_str()));
    // `tau` alone, or with the wrong half before it.
    let last = path.rsplit('.').next().unwrap_or(path);
    match names.clone().find(|known| known.rsplit('.').next() == Some(last)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => spelling::cure(path, names),
    }
}

/// `controls`: settings of the learner's run, or `start`.
pub fn controls(value: &Value<'_>, method: Option<&Method>, desk: &mut Desk<'_>) -> Option<Vec<String>> {
    let mut controls = Vec::new();
    for item in value.list()? {
        let Some(path) = item.written() else { continue };
        let is_known =
            path == "start" || Half::of(path).is_some() || method.is_none_or(|method| method.get(path).is_some());
        if is_known {
            controls.push(path.to_owned());
        } else if let Some(method) = method {
            let message = format!("`{path}` is no setting of the learner's run");
            desk.fault(&item.span, message, near(path, &method.paths()));
        }
    }
    Some(controls)
}
