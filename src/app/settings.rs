//! The settings as one learner drafts them, before they take effect.

use crate::app::sitting::Sitting;
use crate::engine::method::fit;
use crate::engine::rule::{Domain, Parameter};
use crate::lesson::schema::Change;

/// The settings that a page lets the learner change, with what was drafted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// One row a setting.
    pub fields: Vec<Field>,
    /// The row in focus.
    pub selected: usize,
    /// What is being typed into it.
    pub typed: Option<String>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its path in a lesson file; for a coordinate of the start, `start`.
    pub path: String,
    /// Which coordinate of the start, if it is one.
    pub coordinate: Option<usize>,
    /// Its symbol.
    pub symbol: String,
    /// What it is.
    pub meaning: &'static str,
    /// What may be put there.
    pub domain: Domain,
    /// What it is drafted to be.
    pub value: toml::Value,
    /// What it is in the run now.
    pub now: toml::Value,
}

impl Field {
    /// The parameter that this field fills, to check a value against.
    fn parameter(&self) -> Parameter {
        Parameter { name: "the value", symbol: "", meaning: self.meaning, domain: self.domain }
    }

    /// The number in it, if it holds one.
    pub fn number(&self) -> Option<f64> {
        self.value.as_float().or_else(|| self.value.as_integer().map(|whole| whole as f64))
    }

    /// Moves the value one nudge down or up, or to the other word.
    fn nudge(&mut self, up: bool) {
        self.value = match (self.domain, self.number()) {
            (Domain::Flag, _) => toml::Value::Boolean(!self.value.as_bool().unwrap_or(false)),
            (Domain::Word(words), _) => {
                let at = words.iter().position(|word| Some(*word) == self.value.as_str()).unwrap_or(0);
                let next = if up { at + 1 } else { at + words.len() - 1 } % words.len();
                toml::Value::String(words[next].to_owned())
            }
            (domain, Some(number)) => domain.value(domain.nudge(number, up)),
            (_, None) => return,
        };
    }
}

impl Draft {
    /// The settings that the page in view lets the learner change.
    pub fn of(sitting: &Sitting) -> Self {
        let run = &sitting.cast.runs[0];
        let is_allowed = |path: &str| {
            sitting.page().controls.as_ref().is_none_or(|controls| controls.iter().any(|control| control == path))
        };
        let mut fields: Vec<Field> = Vec::new();
        for (path, parameter) in run.method().paths() {
            let Some(now) = run.method().get(&path).filter(|_| is_allowed(&path)) else { continue };
            fields.push(Field {
                path,
                coordinate: None,
                symbol: parameter.symbol.to_owned(),
                meaning: parameter.meaning,
                domain: parameter.domain,
                value: now.clone(),
                now,
            });
        }
        if is_allowed("start") {
            let scenario = sitting.scenario();
            fields.extend(run.start().iter().enumerate().map(|(index, &coordinate)| {
                let now = toml::Value::Float(coordinate);
                let [low, high] = scenario.interval(index).unwrap_or([f64::MIN, f64::MAX]);
                Field {
                    path: "start".to_owned(),
                    coordinate: Some(index),
                    symbol: format!("x{} of the start", subscript(index + 1)),
                    meaning: "where the run starts",
                    domain: Domain::Within(low, high),
                    value: now.clone(),
                    now,
                }
            }));
        }
        Self { fields, selected: 0, typed: None }
    }

    /// Moves the focus up or down, leaving nothing half-typed.
    pub fn select(&mut self, down: bool) {
        self.typed = None;
        let count = self.fields.len().max(1);
        self.selected = if down { self.selected + 1 } else { self.selected + count - 1 } % count;
    }

    /// Nudges the field in focus.
    pub fn nudge(&mut self, up: bool) {
        self.typed = None;
        if let Some(field) = self.fields.get_mut(self.selected) {
            field.nudge(up);
        }
    }

    /// Adds a character to what is typed.
    pub fn type_in(&mut self, character: char) {
        let typed = self.typed.get_or_insert_default();
        if typed.len() < 24 {
            typed.push(character);
        }
    }

    /// Takes the last character back.
    pub fn erase(&mut self) {
        if let Some(typed) = &mut self.typed {
            typed.pop();
        }
    }

    /// Puts what was typed into its field; says in words why it cannot go there.
    pub fn settle(&mut self) -> Result<(), String> {
        let (Some(typed), Some(field)) = (self.typed.take(), self.fields.get_mut(self.selected)) else {
            return Ok(());
        };
        if field.domain == Domain::Text {
            field.value = toml::Value::String(typed);
            return Ok(());
        }
        let number: f64 = typed.trim().parse().map_err(|_| format!("\"{typed}\" is not a number"))?;
        field.value = fit(&field.parameter(), &toml::Value::Float(number))
            .map_err(|_| format!("{} cannot be {typed}: it takes {}", field.symbol, field.domain.in_words()))?;
        Ok(())
    }

    /// What the learner's own changes are, with this draft laid over them.
    pub fn changes(&self, own: &[Change]) -> Vec<Change> {
        let mut changes = own.to_vec();
        for field in self.fields.iter().filter(|field| field.value != field.now && field.coordinate.is_none()) {
            put(&mut changes, field.path.clone(), field.value.clone());
        }
        let start: Vec<&Field> = self.fields.iter().filter(|field| field.coordinate.is_some()).collect();
        if start.iter().any(|field| field.value != field.now) {
            let coordinates = start.iter().map(|field| field.value.clone()).collect();
            put(&mut changes, "start".to_owned(), toml::Value::Array(coordinates));
        }
        changes
    }
}

fn put(changes: &mut Vec<Change>, path: String, value: toml::Value) {
    changes.retain(|change| change.path != path);
    changes.push(Change { run: None, path, value });
}

/// A number in subscript digits, as coordinates wear them.
pub fn subscript(number: usize) -> String {
    number.to_string().chars().filter_map(|digit| char::from_u32('₀' as u32 + digit.to_digit(10)?)).collect()
}
