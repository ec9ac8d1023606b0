//! A path into the trace, such as `value`, `abs(x2)` or `hessian.eigenvalues[1]`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use crate::engine::ask::noise::Noise;
use crate::engine::record::row;
use crate::engine::rule::method::Method;
use crate::engine::run::Run;
use crate::engine::run::stop::Limits;
use crate::engine::theory::Known;
use crate::lesson::claim::predicate::Quantity;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::read::value::Value;
use crate::objective::formula::Formula;
use crate::objective::point::Point;

/// The quantity that a value names.
pub fn quantity(value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Quantity> {
    let text = value.raw(desk)?;
    match parse(text) {
        Ok(quantity) => Some(quantity),
        Err((message, cure)) => {
            desk.fault(&value.span, message, cure);
            None
        }
    }
}

/// Reads a quantity; or says what is wrong with it, and the cure.
pub fn parse(text: &str) -> Result<Quantity, (String, String)> {
    let written = text.trim();
    let inner = written.strip_prefix("abs(").and_then(|rest| rest.strip_suffix(')'));
    let path = keys(inner.unwrap_or(written).trim()).ok_or_else(|| {
        let message = format!("`{written}` is no quantity of a trace");
        (message, "write a path such as value, abs(x2) or hessian.eigenvalues[1]".to_owned())
    })?;
    unknown(&path, written)?;
    Ok(Quantity { text: written.to_owned(), path, is_absolute: inner.is_some() })
}

/// `hessian.eigenvalues[1]` as hessian, eigenvalues, 1; `x2` as x, 1.
fn keys(text: &str) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    for part in text.split('.') {
        let (name, indices) = part.split_once('[').map_or((part, ""), |(name, rest)| (name, rest));
        let is_name = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        match name.strip_prefix('x').and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => keys.extend(["x".to_owned(), number.checked_sub(1)?.to_string()]),
            None => keys.push(name.to_owned()),
        }
        if !indices.is_empty() {
            for index in indices.strip_suffix(']')?.split("][") {
                keys.push(index.parse::<usize>().ok()?.to_string());
            }
        } else if part.ends_with('[') {
            return None;
        }
    }
    Some(keys)
}

/// Complains about the first key that no line of a trace has.
fn unknown(path: &[String], written: &str) -> Result<(), (String, String)> {
    let mut found = shape();
    for (depth, key) in path.iter().enumerate() {
        let next = match found {
            Json::Array(items) if key.parse::<usize>().is_ok() => items.first(),
            Json::Object(entries) if entries.is_empty() => None,
            Json::Object(entries) if entries.contains_key(key) => entries.get(key),
            Json::Object(entries) => {
                let place = if depth == 0 { "the trace".into() } else { format!("`{}`", path[..depth].join(".")) };
                let cure = spelling::cure(key, entries.keys().map(String::as_str));
                return Err((format!("{place} has no `{key}`"), cure));
            }
            Json::Null => None,
            Json::Array(_) => {
                let cure = format!("add an index such as {}[0]", path[..depth].join("."));
                return Err((format!("`{}` is a list", path[..depth].join(".")), cure));
            }
            _ => {
                let cure = format!("end the path at `{}`", path[..depth].join("."));
                return Err((format!("there is nothing inside `{}` of `{written}`", path[..depth].join(".")), cure));
            }
        };
        // Below an empty or absent part everything may come.
        let Some(next) = next else { return Ok(()) };
        found = next;
    }
    Ok(())
}

/// All keys that a line of a trace can have, read off the lines of a real run.
fn shape() -> &'static Json {
    static SHAPE: OnceLock<Json> = OnceLock::new();
    SHAPE.get_or_init(|| {
        let mut keys = serde_json::Map::new();
        for line in lines().into_iter().flatten() {
            if let Json::Object(line) = line {
                keys.extend(line);
            }
        }
        let trial = keys.get("trials").and_then(|trials| trials.get(0)).cloned();
        keys.insert("trial".to_owned(), trial.unwrap_or_default());
        Json::Object(keys)
    })
}

/// The first and the last line of a short run.
fn lines() -> Option<[Json; 2]> {
    let formula = Formula::parse("x1^2 + x2^2", 2, &BTreeMap::new()).ok()?;
    let method = Method::backtracking();
    let known = Known {
        lipschitz: Some(2.0),
        strong_convexity: Some(2.0),
        value: Some(0.0),
        points: vec![vec![0.0, 0.0]],
        saddles: vec![],
    };
    let limits = Limits { iterations: 1, ..Limits::default() };
    let run = Run::new(Arc::new(formula), Point::from_vec(vec![1.0, 2.0]), method, limits);
    let mut run = run.with_noise(Some(Noise { sigma: 0.0, seed: 0 }));
    let first = serde_json::to_value(row::row(&run, 0, &known)?).ok()?;
    run.advance();
    let last = serde_json::to_value(row::end_row(&run, run.peek().err()?)).ok()?;
    Some([last, first])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_of_the_format_are_read() {
        for (text, path, is_absolute) in [
            ("value", &["value"][..], false),
            ("abs(x2)", &["x", "1"], true),
            ("x12", &["x", "11"], false),
            ("gradient_norm_inf", &["gradient_norm_inf"], false),
            ("hessian.eigenvalues[1]", &["hessian", "eigenvalues", "1"], false),
            ("hessian.eigenvectors[0][1]", &["hessian", "eigenvectors", "0", "1"], false),
            ("trial.armijo.lhs", &["trial", "armijo", "lhs"], false),
            ("theory.descent-lemma.verdict", &["theory", "descent-lemma", "verdict"], false),
            ("evaluations.value", &["evaluations", "value"], false),
            ("reason", &["reason"], false),
            ("state.velocity[0]", &["state", "velocity", "0"], false),
        ] {
            let quantity = parse(text).unwrap_or_else(|(message, _)| panic!("{text}: {message}"));
            assert_eq!(quantity.path, path, "{text}");
            assert_eq!(quantity.is_absolute, is_absolute, "{text}");
        }
    }

    #[test]
    fn what_no_trace_has_is_refused() {
        for (text, cure) in [
            ("valeu", "did you mean `value`?"),
            ("evaluations.valeu", "did you mean `value`?"),
            ("hessian.eigenvalue[1]", "did you mean `eigenvalues`?"),
            ("value.x", "end the path at `value`"),
            ("x.first", "add an index such as x[0]"),
        ] {
            assert_eq!(parse(text).unwrap_err().1, cure, "{text}");
        }
        for text in ["", "x0", "abs(x1", "x[", "x[-1]", "a b", "x[1", "x]", "..", "value["] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
