//! One row of the settings: what it is called, what it holds, and what may be put there.

use crate::engine::number::trimmed;
use crate::engine::rule::method::{Half, Method};
use crate::engine::rule::parameter::Domain;

/// What a row changes.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The objective, as a formula.
    Objective,
    /// Which rule a half of the method has.
    Rule(Half),
    /// A setting of a rule, by its path in a lesson file.
    Parameter(String, Domain),
    /// A coordinate of the start.
    Coordinate(usize),
}

/// One row of the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What it changes.
    pub what: What,
    /// Its symbol or name.
    pub symbol: String,
    /// What it is, in a few words.
    pub meaning: String,
    /// What may be put there, in words.
    pub range: String,
    /// What it is drafted to be.
    pub value: String,
    /// What it is in the run now, where that is something else.
    pub was: Option<String>,
}

impl Setting {
    /// Whether it holds a text, so that every character is typed into it.
    pub fn is_written(&self) -> bool {
        matches!(self.what, What::Objective | What::Parameter(_, Domain::Text | Domain::Vector))
    }

    /// Whether it is chosen with ← and → alone.
    pub fn is_chosen(&self) -> bool {
        matches!(self.what, What::Rule(_) | What::Parameter(_, Domain::Flag | Domain::Word(_)))
    }
}

/// The rows of one half: its rule, then the rule's settings; `now` is the method of the run.
pub fn of_half(half: Half, method: &Method, now: &Method, allows: &dyn Fn(&str) -> bool) -> Vec<Setting> {
    let mut rows = Vec::new();
    let (name, before) = (method.name(half), now.name(half));
    if allows(&format!("{}.rule", half.key())) {
        rows.push(Setting {
            what: What::Rule(half),
            symbol: half.key().replace('_', " "),
            meaning: in_formula(half, method),
            range: "← and → walk through the rules".into(),
            value: if method.direction.own_step().is_some() && half == Half::StepSize {
                "its own".into()
            } else {
                name.clone()
            },
            was: (name != before).then(|| before.clone()),
        });
    }
    for parameter in method.parameters(half) {
        let path = format!("{}.{}", half.key(), parameter.name);
        let Some(value) = method.get(&path).filter(|_| allows(&path)) else { continue };
        let was = now.get(&path).filter(|was| name == before && *was != value);
        rows.push(Setting {
            what: What::Parameter(path, parameter.domain),
            symbol: parameter.symbol.to_owned(),
            meaning: parameter.meaning.to_owned(),
            range: in_words(parameter.domain),
            value: written(&value),
            was: was.as_ref().map(written),
        });
    }
    rows
}

/// What may be put there, as somebody types it.
fn in_words(domain: Domain) -> String {
    match domain {
        Domain::Text => "a formula in t, such as 0.1/(t+1)".into(),
        Domain::Vector => "a number for each coordinate, as in 0.5, -1; empty for zeros".into(),
        _ => domain.in_words(),
    }
}

/// What a rule does, as short as a formula.
fn in_formula(half: Half, method: &Method) -> String {
    match half {
        Half::Direction => method.direction.rule().formula(),
        Half::StepSize if method.direction.own_step().is_some() => "the direction sets its own lengths".into(),
        Half::StepSize => match method.step_size.rule().formula(0) {
            formula if formula == "α" => "found by trying along d".into(),
            formula => formula.split(" = ").take(2).collect::<Vec<_>>().join(" = "),
        },
    }
}

/// A value as a row shows it.
pub fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::Float(number) => trimmed(*number, 10),
        toml::Value::String(word) => word.clone(),
        toml::Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
