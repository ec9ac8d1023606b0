//! A method in a lesson file: two rules that go together, and what stands beside them in a run.

use toml::{Table, Value as Setting};

use crate::engine::ask::noise::Noise;
use crate::engine::rule::method::{Half, Method};
use crate::engine::run::stop::Limits;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::judge::opened;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::shape::Shape;

/// The method of a run: `direction` (steepest descent unless given) and `step_size`, which two directions do without.
pub fn method(run: &Fields<'_>, desk: &mut Desk<'_>) -> Option<Method> {
    let plain = Method::default();
    let turned = match run.get("direction") {
        Some(value) => half(Half::Direction, value, &plain, desk),
        None => Some(plain.clone()),
    };
    if let Some((turned, own)) = turned.as_ref().and_then(|turned| Some((turned, turned.direction.own_step()?))) {
        if let (Some(given), Some(why)) = (run.get("step_size"), turned.misfit()) {
            desk.fault(&given.key, why, "take it out");
        }
        return Some(Method { step_size: own, ..turned.clone() });
    }
    let step_size = match turned {
        Some(_) => run.need("step_size", "step_size = { rule = \"fixed\", alpha = 0.1 }", desk),
        // A direction that could not be read may be one that takes its own steps.
        None => run.get("step_size"),
    };
    let step_size = opened(step_size?, &Shape::Rule(Half::StepSize), desk);
    let sized = half(Half::StepSize, &step_size, &plain, desk)?;
    let method = Method { step_size: sized.step_size, ..turned? };
    if let Some(why) = method.refusal() {
        let place = desk.marks.find(&format!("{}.step_size.rule", run.path)).unwrap_or_else(|| run.place.clone());
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
pub fn noise(run: &Fields<'_>) -> Option<Noise> {
    let noise = run.table("noise")?;
    let seed = noise.count("seed").unwrap_or(1);
    Some(Noise { sigma: noise.number("sigma")?, seed })
}

/// `method` with the half that `value` spells out; `None` if one of its settings is at fault.
fn half(half: Half, value: &Value<'_>, method: &Method, desk: &mut Desk<'_>) -> Option<Method> {
    let fields = value.table()?;
    let rule = Setting::String(fields.get("rule")?.written()?.to_owned());
    let mut table = Table::from_iter([("rule".to_owned(), rule)]);
    for written in fields.all().filter(|value| value.name != "rule") {
        table.insert(written.name.to_owned(), written.setting()?.clone());
    }
    let made = method.with_half(half, table);
    match made.map(|method| (method.step_size.rule().refusal(), method)) {
        Ok((None, method)) => Some(method),
        Ok((Some(why), _)) | Err(why) => {
            // Two settings may not go together: mark the one that the author wrote.
            let named = half.parameters(fields.get("rule")?.written()?).unwrap_or_default();
            let named = named.iter().find(|one| why.contains(&format!("`{}`", one.name)) && fields.has(one.name));
            let place = named.and_then(|one| fields.get(one.name)).map_or(&value.key, |written| &written.span);
            desk.fault(place, why, "see the rules in docs/authoring.md");
            None
        }
    }
}

/// `stop`: the limits of a run.
pub fn limits(run: &Fields<'_>) -> Limits {
    let usual = Limits::default();
    let Some(stop) = run.table("stop") else { return usual };
    Limits {
        iterations: stop.count("iterations").unwrap_or(usual.iterations),
        gradient: stop.number("gradient").unwrap_or(usual.gradient),
        step: stop.number("step").unwrap_or(usual.step),
        cycle: stop.flag("cycle").unwrap_or(usual.cycle),
        value: stop.number("value"),
        evaluations: stop.count("evaluations"),
    }
}
