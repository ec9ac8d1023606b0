//! Settings as a command line writes them: `step_size.tau=0.3`, `start=2,20`, `momentum:beta=0.5`.

use crate::engine::number::coordinates;
use crate::engine::number::numeral::{self, quoted};
use crate::engine::rule::method::{Half, Method, fit};
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::run::stop::Limits;
use crate::engine::step_size::schedule::formula::AlphaFormula;
use crate::lesson::scenario::Change;

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

/// Numbers to their last digit, parted by commas or the like.
pub fn list(numbers: &[f64], parted: &str) -> String {
    numbers.iter().map(|number| exact(*number)).collect::<Vec<_>>().join(parted)
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

/// Reads `step_size.tau=0.3` and puts it into the method, or `start=2,20` for a run that has its start there now; the
/// change that it is, or why it cannot be.
pub fn read(text: &str, method: &mut Method, start: &[f64]) -> Result<Change, String> {
    let Some((path, value)) = text.split_once('=') else {
        let cure = example(text.trim(), method, start).map_or(String::new(), |cure| format!(": write {cure}"));
        return Err(format!("`{}` sets nothing{cure}", quoted(text)));
    };
    let path = path.trim();
    let value = if path == "start" {
        toml::Value::from(coordinates::exactly(value, start.len())?)
    } else {
        let paths = method.paths();
        let parameter = paths.iter().find(|(known, _)| known == path).map(|(_, parameter)| *parameter);
        let value = match parameter {
            Some(parameter) => value_of(parameter, value, start.len())?,
            // A rule's name; and what is no setting at all, for the method to say so.
            None => toml::Value::from(value.trim()),
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

/// A setting as it can be written, with the value that it has now: that of this name, or else the first.
fn example(name: &str, method: &Method, start: &[f64]) -> Option<String> {
    if name == "start" {
        return Some(format!("start={}", list(start, ",")));
    }
    let paths = method.paths();
    let is_it = |path: &str| path == name || path.rsplit('.').next() == Some(name);
    let (path, _) = paths.iter().find(|(path, _)| is_it(path)).or(paths.first())?;
    Some(format!("{path}={}", plain(&method.get(path)?, ",")))
}

fn has(half: Half, rule: &toml::Value) -> bool {
    half.names().iter().any(|name| Some(name.as_str()) == rule.as_str())
}

fn value_of(parameter: &Parameter, text: &str, dimension: usize) -> Result<toml::Value, String> {
    let text = text.trim();
    let value = match parameter.domain {
        Domain::Text | Domain::Word(_) => toml::Value::from(text),
        Domain::Vector => toml::Value::from(coordinates::or_none(text, dimension)?),
        Domain::Flag => toml::Value::from(flag(text)?),
        _ => toml::Value::from(numeral::number(text)?),
    };
    fit(parameter, &value)
}

fn flag(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("`{}` is not true or false", quoted(text)))
}

/// The settings of a list such as `initial=0,5,tau=0.3`: a comma, a `;` or a blank parts two of them only where a name and
/// `=` follow, so that a value may have commas of its own.
fn settings(text: &str) -> Vec<&str> {
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, _) in text.match_indices('=') {
        let before = text[..at].trim_end();
        let name = before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        let is_parted = name.trim_end().ends_with([',', ';']) || name.ends_with(' ');
        let begins = before[name.len()..].starts_with(|letter: char| letter.is_ascii_alphabetic());
        if begins && is_parted && name.len() > from {
            let part = text[from..name.len()].trim();
            parts.push(part.strip_suffix([',', ';']).unwrap_or(part));
            from = name.len();
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads `backtracking:initial=0.5,tau=0.3` into one half of the method of a run with that start.
pub fn read_rule(half: Half, text: &str, method: &mut Method, start: &[f64]) -> Result<(), String> {
    let (name, given) = text.split_once(':').unwrap_or((text, ""));
    let name = name.trim();
    read(&format!("{}.rule={name}", half.key()), method, start)?;
    // A formula may have commas and comparisons of its own.
    let parameters = half.parameters(name).unwrap_or_default();
    let is_text = parameters.iter().any(|one| one.domain == Domain::Text);
    let parts = if is_text { vec![given.trim()] } else { settings(given) };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !part.contains('=') {
            return Err(format!("`{}` names no setting{}", quoted(part), named(half, name, part, method, start)));
        }
        read(&format!("{}.{part}", half.key()), method, start)?;
    }
    Ok(())
}

/// What to write for a value of a rule that bears no name: the setting that it fits, or the rule alone if it has none.
fn named(half: Half, rule: &str, value: &str, method: &Method, start: &[f64]) -> String {
    let parameters = method.parameters(half);
    let fitting = parameters.iter().find_map(|parameter| {
        let is_formula = || AlphaFormula { alpha: value.to_owned() }.at(0).is_ok_and(|alpha| alpha > 0.0);
        let value = value_of(parameter, value, start.len()).ok()?;
        if parameter.domain == Domain::Text && !is_formula() {
            return None;
        }
        Some(format!(": write {rule}:{}={}", parameter.name, plain(&value, ";")))
    });
    let first = || {
        let name = parameters.first()?.name;
        let value = method.get(&format!("{}.{name}", half.key()))?;
        Some(format!(": write {rule}:{name}={}", plain(&value, ";")))
    };
    fitting.or_else(first).unwrap_or_else(|| format!(", and {rule} has none: write {rule}"))
}

/// Reads `iterations=100,gradient=1e-6`.
pub fn limits(text: &str) -> Result<Limits, String> {
    let usual = || Limits { value: Some(0.0), evaluations: Some(1000), ..Limits::default() };
    let known = toml::Table::try_from(usual()).unwrap_or_default();
    let mut found = Limits::default();
    for part in settings(text) {
        let (name, value) = part.split_once('=').map_or((part, ""), |(name, value)| (name.trim(), value.trim()));
        let size = || match numeral::number(value)? {
            size if size < 0.0 => Err(format!("{name} is 0 or above, and not {}", quoted(value))),
            size => Ok(size),
        };
        match name {
            _ if value.is_empty() => return Err(format!("`{}` says not when to stop: {STOP}", quoted(part))),
            "iterations" => found.iterations = numeral::count(value)?,
            "evaluations" => found.evaluations = Some(numeral::count(value)?),
            "gradient" => found.gradient = size()?,
            "step" => found.step = size()?,
            "value" => found.value = Some(numeral::number(value)?),
            "cycle" => found.cycle = flag(value)?,
            _ => {
                let names: Vec<&str> = known.keys().map(String::as_str).collect();
                return Err(format!("`{}` is no limit; there are {}", quoted(name), names.join(", ")));
            }
        }
    }
    Ok(found)
}

/// How limits are written.
const STOP: &str = "write iterations=100,gradient=1e-6";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::made::sandbox::first_run;

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
            read_rule(half, text, &mut method, &[2.0, 20.0]).unwrap();
            assert_eq!(rule(&method, half), text);
        }
    }

    #[test]
    fn what_cannot_be_set_is_refused_with_a_sentence() {
        for (text, sentence) in [
            ("step_size.tau", "write step_size.tau=0.5"),
            ("tau", "write step_size.tau=0.5"),
            ("start", "write start=2,20"),
            ("0.1", "write step_size.initial=1"),
            ("step_size.tau=2", "out of range"),
            ("step_size.tau=half", "`half` is no number"),
            ("step_size.tau=1,000", "can be 1000 or 1.000: write which"),
            ("step_size.alpha=1", "no setting of this rule, which has initial"),
            ("step_size.rule=newtonn", "there is no rule \"newtonn\"; there are fixed"),
            ("tau=0.3", "is no setting; there are step_size.initial"),
            ("start=1,two", "`two` is no number"),
            ("start=1", "`1` is 1 number; 2 are asked here"),
            ("start=0,5,1,2", "With a decimal comma it is 0.5; 1.2"),
            ("direction.normalize=yes", "is not true or false"),
        ] {
            let why = read(text, &mut first_run().method, &[2.0, 20.0]).unwrap_err();
            assert!(why.contains(sentence), "{text}: {why}");
        }
    }

    #[test]
    fn values_of_a_rule_may_have_commas_of_their_own() {
        for (half, text, path, value) in [
            (Half::StepSize, "backtracking:initial=0,5,tau=1/3", "step_size.initial", toml::Value::from(0.5)),
            (Half::StepSize, "backtracking:tau=1/3, initial=2", "step_size.tau", toml::Value::from(1.0 / 3.0)),
            (Half::StepSize, "backtracking:tau=½;initial=2", "step_size.tau", toml::Value::from(0.5)),
            (Half::StepSize, "fixed:alpha=10⁻³", "step_size.alpha", toml::Value::from(1e-3)),
            (Half::Direction, "momentum:velocity=1,2", "direction.velocity", toml::Value::from(vec![1.0, 2.0])),
            (Half::Direction, "momentum:velocity=0,5; −1,beta=0,5", "direction.beta", toml::Value::from(0.5)),
            (Half::Direction, "momentum:velocity=(1, 2)", "direction.velocity", toml::Value::from(vec![1.0, 2.0])),
            (
                Half::StepSize,
                "formula:alpha=if(t<3, 0.1, 0.01)",
                "step_size.alpha",
                toml::Value::from("if(t<3, 0.1, 0.01)"),
            ),
        ] {
            let mut method = first_run().method;
            read_rule(half, text, &mut method, &[2.0, 20.0]).unwrap();
            assert_eq!(method.get(path), Some(value), "{text}");
        }
    }

    /// Of every rule: a value without a name, and a word, are answered with a setting that can be written.
    #[test]
    fn each_cure_of_a_rule_is_accepted() {
        let mut count = 0;
        for (half, name) in [Half::Direction, Half::StepSize]
            .map(|half| half.names().into_iter().map(move |name| (half, name)))
            .into_iter()
            .flatten()
        {
            for value in ["0.1", "0,5", "-1", "1;2", "yes", "true"] {
                let mut method = first_run().method;
                let why = match read_rule(half, &format!("{name}:{value}"), &mut method, &[2.0, 20.0]) {
                    Ok(()) => panic!("{name}:{value} is taken"),
                    Err(why) => why,
                };
                let cure = why.split(": write ").nth(1).unwrap_or_else(|| panic!("{name}: {why}"));
                assert_eq!(read_rule(half, cure, &mut first_run().method, &[2.0, 20.0]), Ok(()), "{name}: {why}");
                count += 1;
            }
            let mut method = first_run().method;
            read_rule(half, &name, &mut method, &[]).unwrap();
            for text in ["", "tau", "nonsense", "start", "0.1"] {
                let why = read(text, &mut method.clone(), &[2.0]).unwrap_err();
                let Some(cure) = why.split(": write ").nth(1) else { continue };
                assert!(read(cure, &mut method.clone(), &[2.0]).is_ok(), "{text} for {name}: {why}");
                count += 1;
            }
        }
        assert!(count > 150, "{count}");
    }

    #[test]
    fn limits_are_read_as_they_are_written() {
        let found = limits("iterations=1e3, gradient=0,001 value=−2;step=1/4,evaluations=2·10²,cycle=true").unwrap();
        let wanted = Limits {
            iterations: 1000,
            gradient: 1e-3,
            value: Some(-2.0),
            step: 0.25,
            evaluations: Some(200),
            cycle: true,
        };
        assert_eq!(found, wanted);
        assert_eq!(limits("iterations=50").map(|limits| limits.gradient), Ok(Limits::default().gradient));
        for (text, sentence) in [
            ("never", "says not when to stop: write iterations=100,gradient=1e-6"),
            ("iterations", "write iterations=100"),
            ("iterations=1.5", "is no whole number"),
            ("iterations=1,000", "can be 1000 or"),
            ("gradient=-1", "gradient is 0 or above"),
            ("cycle=1", "is not true or false"),
            ("steps=3", "`steps` is no limit; there are cycle, evaluations, gradient, iterations, step, value"),
            ("value=nan", "is no finite number"),
        ] {
            let why = limits(text).unwrap_err();
            assert!(why.contains(sentence), "{text}: {why}");
        }
        assert!(limits(STOP.trim_start_matches("write ")).is_ok());
    }
}
