//! Settings as a command line writes them: `step_size.tau=0.3`, `start=2,20`, `momentum:beta=0.5`.

use crate::engine::method::{Half, Method, fit};
use crate::engine::rule::{Domain, Parameter};
use crate::lesson::schema::Change;

/// A setting of a method as a change: `step_size.tau=0.3`.
pub fn written(change: &Change) -> String {
    format!("{}={}", change.path, plain(&change.value, ","))
}

/// A rule with what is not as it is by default: `backtracking:initial=0.5,tau=0.3`.
pub fn rule(method: &Method, half: Half) -> String {
    let name = method.name(half);
    let usual = half.rules().into_iter().find(|rule| rule.get("rule").and_then(toml::Value::as_str) == Some(&name));
    let changed = differences(&method.settings(half), &usual.unwrap_or_default());
    if changed.is_empty() { name } else { format!("{name}:{changed}") }
}

/// What a table has that a usual one has not: `iterations=50,cycle=true`.
pub fn differences(table: &toml::Table, usual: &toml::Table) -> String {
    let changed = table.iter().filter(|(key, value)| usual.get(*key) != Some(value));
    changed.map(|(key, value)| format!("{key}={}", plain(value, ";"))).collect::<Vec<_>>().join(",")
}

/// Numbers to their last digit, with commas.
pub fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| exact(*number)).collect::<Vec<_>>().join(",")
}

fn plain(value: &toml::Value, comma: &str) -> String {
    match value {
        toml::Value::Float(number) => exact(*number),
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(|item| plain(item, comma)).collect::<Vec<_>>().join(comma),
        other => other.to_string(),
    }
}

/// A number that reads back to itself, without a point where it is whole.
fn exact(number: f64) -> String {
    let text = format!("{number:?}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Reads a list of numbers, parted by commas; or says which is none.
pub fn numbers(text: &str) -> Result<Vec<f64>, String> {
    let read = |part: &str| part.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let parts = text.split([',', ';']).filter(|part| !part.trim().is_empty());
    parts.map(|part| read(part).ok_or_else(|| format!("`{part}` is not a finite number"))).collect()
}

/// Reads `step_size.tau=0.3` and puts it into the method; the change that it is, or why it cannot be.
pub fn read(text: &str, method: &mut Method) -> Result<Change, String> {
    let Some((path, value)) = text.split_once('=') else {
        return Err(format!("`{text}` sets nothing: write it as step_size.tau=0.3"));
    };
    let path = path.trim();
    let value = if path == "start" {
        toml::Value::from(numbers(value)?)
    } else {
        let paths = method.paths();
        let parameter = paths.iter().find(|(known, _)| known == path).map(|(_, parameter)| *parameter);
        let value = match parameter {
            Some(parameter) => value_of(parameter, value)?,
            // A rule's name; and what is no setting at all, for the method to say so.
            None => toml::Value::from(value),
        };
        if Half::of(path.strip_suffix(".rule").unwrap_or_default()).is_some_and(|half| !has(half, &value)) {
            let names = path.strip_suffix(".rule").and_then(Half::of).map(Half::names).unwrap_or_default();
            return Err(format!("there is no rule {value}; there are {}", names.join(", ")));
        }
        *method = method.drafted(path, &value)?;
        value
    };
    Ok(Change { run: None, path: path.to_owned(), value })
}

fn has(half: Half, rule: &toml::Value) -> bool {
    half.names().iter().any(|name| Some(name.as_str()) == rule.as_str())
}

fn value_of(parameter: &Parameter, text: &str) -> Result<toml::Value, String> {
    let text = text.trim();
    let value = match parameter.domain {
        Domain::Text | Domain::Word(_) => toml::Value::from(text),
        Domain::Vector => toml::Value::from(numbers(text)?),
        Domain::Flag => toml::Value::from(text.parse::<bool>().map_err(|_| format!("`{text}` is not true or false"))?),
        _ => toml::Value::from(text.parse::<f64>().map_err(|_| format!("`{text}` is not a number"))?),
    };
    fit(parameter, &value)
}

/// Reads `backtracking:initial=0.5,tau=0.3` into one half of the method.
pub fn read_rule(half: Half, text: &str, method: &mut Method) -> Result<(), String> {
    let (name, settings) = text.split_once(':').unwrap_or((text, ""));
    read(&format!("{}.rule={}", half.key(), name.trim()), method)?;
    // A formula may have commas of its own.
    let is_text = half.parameters(name.trim()).is_some_and(|all| all.iter().any(|one| one.domain == Domain::Text));
    let parts: Vec<&str> = if is_text { vec![settings] } else { settings.split(',').collect() };
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        read(&format!("{}.{}", half.key(), part.trim()), method)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::sandbox::first_run;

    #[test]
    fn a_rule_reads_back_to_itself() {
        for (half, text) in [
            (Half::StepSize, "backtracking:initial=0.5,restart=previous,tau=0.3"),
            (Half::StepSize, "fixed:alpha=1e-10"),
            (Half::StepSize, "formula:alpha=max(0.1, 1/(t+1))"),
            (Half::Direction, "steepest-descent:normalize=true"),
            (Half::Direction, "momentum:velocity=0.5;-1"),
            (Half::Direction, "newton"),
        ] {
            let mut method = first_run().method;
            read_rule(half, text, &mut method).unwrap();
            assert_eq!(rule(&method, half), text);
        }
    }

    #[test]
    fn what_cannot_be_set_is_refused_with_a_sentence() {
        for (text, sentence) in [
            ("step_size.tau", "write it as step_size.tau=0.3"),
            ("step_size.tau=2", "out of range"),
            ("step_size.tau=half", "`half` is not a number"),
            ("step_size.alpha=1", "no setting of this rule, which has initial"),
            ("step_size.rule=newtonn", "there is no rule \"newtonn\"; there are fixed"),
            ("tau=0.3", "is no setting; there are step_size.initial"),
            ("start=1,two", "`two` is not a finite number"),
            ("direction.normalize=yes", "is not true or false"),
        ] {
            let why = read(text, &mut first_run().method).unwrap_err();
            assert!(why.contains(sentence), "{text}: {why}");
        }
    }
}
