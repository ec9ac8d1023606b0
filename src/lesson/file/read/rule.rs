//! A method in a lesson file: two rules and their parameters, each complaint at its own key or value.

use toml::{Table, Value as Setting};

use crate::engine::ask::noise::Noise;
use crate::engine::rule::method::{Half, Method, fit};
use crate::engine::rule::parameter::Parameter;
use crate::engine::run::stop::Limits;
use crate::lesson::file::format::{NOISE, STOP};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::fields::Fields;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;

/// The method of a run: `direction` (steepest descent unless given) and `step_size`, which two directions do without.
pub fn method(run: &mut Fields<'_>, desk: &mut Desk<'_>) -> Option<Method> {
    let plain = Method::default();
    let turned = match run.take(desk, "direction") {
        Some(value) => half(Half::Direction, &value, &plain, desk),
        None => Some(plain.clone()),
    };
    if let Some((turned, own)) = turned.as_ref().and_then(|turned| Some((turned, turned.direction.own_step()?))) {
        let given = run.take(desk, "step_size");
        if let (Some(given), Some(why)) = (given, turned.misfit()) {
            desk.fault(&given.key, why, "take it out");
        }
        return Some(Method { step_size: own, ..turned.clone() });
    }
    let step_size = match turned {
        Some(_) => run.need(desk, "step_size", "step_size = { rule = \"fixed\", alpha = 0.1 }"),
        // A direction that could not be read may be one that takes its own steps.
        None => run.take(desk, "step_size"),
    };
    let sized = half(Half::StepSize, &step_size?, &plain, desk)?;
    let method = Method { step_size: sized.step_size, ..turned? };
    if let Some(why) = method.refusal() {
        let place = desk.marks.find(&format!("{}.step_size.rule", run.path())).unwrap_or_else(|| run.place().clone());
        desk.fault(&place, why, format!("there are {}", spelling::listed(method.fitting().into_iter())));
        return None;
    }
    Some(method)
}

/// Complains about a direction that cannot descend its objective.
pub fn misfit(run: &str, method: &Method, why: &str, desk: &mut Desk<'_>) {
    let Some(place) = desk.marks.find(&format!("{run}.direction.rule")) else { return };
    let message = format!("`{}` does not fit: {why}", method.name(Half::Direction));
    desk.fault(&place, message, "change the direction or the objective");
}

/// `noise`: what is added to the gradients that the direction rule sees.
pub fn noise(run: &mut Fields<'_>, desk: &mut Desk<'_>) -> Option<Noise> {
    let mut fields = run.take(desk, "noise")?.table(desk, &NOISE)?;
    let sigma = fields.get(desk, "sigma", Value::size);
    let seed = fields.take(desk, "seed").map_or(Some(1), |value| value.count(desk));
    fields.finish(desk);
    Some(Noise { sigma: sigma?, seed: seed? })
}

/// `method` with the half that `value` spells out.
fn half(half: Half, value: &Value<'_>, method: &Method, desk: &mut Desk<'_>) -> Option<Method> {
    let mut fields = value.rule(desk, half)?;
    let rule = fields.need(desk, "rule", &format!("rule = \"{}\"", half.names().first()?));
    let Some(rule) = rule.and_then(|rule| name(half, &rule, desk)) else {
        // The parameters of a rule that is not known cannot be judged.
        fields.give_up(desk);
        return None;
    };
    let mut table = Table::from_iter([("rule".to_owned(), Setting::String(rule.to_owned()))]);
    let mut written = Vec::new();
    let mut is_sound = true;
    for parameter in half.parameters(rule).unwrap_or_default() {
        if let Some(value) = fields.take(desk, parameter.name) {
            match setting(parameter, &value, desk) {
                Some(setting) => drop(table.insert(parameter.name.to_owned(), setting)),
                None => is_sound = false,
            }
            written.push(value);
        }
    }
    fields.finish(desk);
    if !is_sound {
        return None;
    }
    let made = method.with_half(half, table);
    match made.map(|method| (method.step_size.rule().refusal(), method)) {
        Ok((None, method)) => Some(method),
        Ok((Some(why), _)) | Err(why) => {
            // Two settings may not go together: mark the one that the author wrote.
            let named = written.iter().find(|value| why.contains(&format!("`{}`", value.name)));
            desk.fault(named.map_or(&value.key, |named| &named.span), why, "see the rules in docs/authoring.md");
            None
        }
    }
}

/// The name of a rule that this version has.
pub fn name<'d>(half: Half, value: &Value<'d>, desk: &mut Desk<'_>) -> Option<&'d str> {
    let rule = value.raw(desk)?;
    let names = half.names();
    if names.iter().any(|name| name == rule) {
        return Some(rule);
    }
    let names = names.iter().map(String::as_str);
    let near = spelling::nearest(rule, names.clone());
    let cure =
        near.map_or_else(|| format!("there are {}", spelling::listed(names)), |near| format!("did you mean `{near}`?"));
    desk.fault(&value.span, format!("`{}` has no rule `{rule}`", half.key()), cure);
    None
}

/// What is put into a parameter, if it may be.
pub fn setting(parameter: &Parameter, value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Setting> {
    let setting = value.setting().and_then(|setting| fit(parameter, &setting).ok());
    if setting.is_none() {
        let written =
            desk.source.get(value.span.clone()).filter(|written| written.len() < 40 && !written.contains('\n'));
        let message = format!("`{}` cannot be {}", parameter.name, written.unwrap_or("this"));
        let cure = format!("{} ({}) takes {}", parameter.symbol, parameter.meaning, parameter.domain.in_words());
        desk.fault(&value.span, message, cure);
    }
    setting
}

/// `stop`: the limits of a run.
pub fn limits(run: &mut Fields<'_>, desk: &mut Desk<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(mut fields) = run.get(desk, "stop", |value, desk| value.table(desk, &STOP)) else { return limits };
    limits.iterations = fields.get(desk, "iterations", Value::count).unwrap_or(limits.iterations);
    limits.gradient = fields.get(desk, "gradient", Value::size).unwrap_or(limits.gradient);
    limits.step = fields.get(desk, "step", Value::size).unwrap_or(limits.step);
    limits.cycle = fields.get(desk, "cycle", Value::flag).unwrap_or(limits.cycle);
    limits.value = fields.get(desk, "value", Value::number);
    limits.evaluations = fields.get(desk, "evaluations", Value::count);
    fields.finish(desk);
    limits
}
