//! The settings as one learner drafts them, before they take effect.

use crate::app::room::sitting::Sitting;
use crate::app::settings::round_step::{round_step, stepped};
use crate::app::settings::row::{self, Setting, What};
use crate::app::settings::typed::Typed;
use crate::engine::number::{Sense, trimmed};
use crate::engine::rule::method::{Half, Method};
use crate::engine::rule::parameter::Domain;
use crate::lesson::scenario::Change;
use crate::lesson::schema::Page;
use crate::objective::subject::Subject;

/// The settings that a page lets the learner change, with what was drafted.
#[derive(Clone)]
pub struct Draft {
    /// The row in focus.
    pub selected: usize,
    /// What is being typed into it.
    pub typed: Option<Typed>,
    /// While the start is moved on the map: where it was, and how fine the arrows are.
    pub placing: Option<Placing>,
    /// The method as drafted.
    pub method: Method,
    /// The start as drafted.
    pub start: Vec<f64>,
    /// What is descended as drafted, which is the run's own until another was typed.
    pub subject: Subject,
    /// Whether another objective was typed.
    pub is_elsewhere: bool,
    pub(in crate::app) window: Vec<[f64; 2]>,
    pub(in crate::app) page: Page,
    is_sandbox: bool,
    /// What the run has now.
    now: (Method, Vec<f64>),
    /// What the page gave it.
    base: (Method, Vec<f64>),
    /// The settings of rules that were left, to come back to.
    pub(in crate::app) left: Vec<(Half, toml::Table)>,
}

/// The start on its way over the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Placing {
    /// Where it was.
    pub from: Vec<f64>,
    /// How fine the arrows are: each level is a nudge of the size of a step.
    pub level: i32,
}

impl Draft {
    /// The settings that the page in view lets the learner change.
    pub fn of(sitting: &Sitting) -> Self {
        #[cfg(test)]
        crate::engine::tally::drafted();
        let run = &sitting.cast.runs[0];
        let now = (run.method().clone(), run.start().iter().copied().collect::<Vec<f64>>());
        let mut draft = Self {
            selected: 0,
            typed: None,
            placing: None,
            method: now.0.clone(),
            start: now.1.clone(),
            subject: sitting.subject().clone(),
            is_elsewhere: false,
            window: (0..now.1.len()).map_while(|index| sitting.scenario().interval(index)).collect(),
            page: sitting.page().clone(),
            is_sandbox: sitting.is_sandbox(),
            base: sitting.base().unwrap_or_else(|_| now.clone()),
            now,
            left: Vec::new(),
        };
        let rows = draft.rows();
        let is_step_size =
            |row: &Setting| matches!(&row.what, What::Parameter(path, _) if path.starts_with(Half::StepSize.key()));
        let is_setting = |row: &Setting| matches!(row.what, What::Parameter(..));
        let first = rows.iter().position(is_step_size).or_else(|| rows.iter().position(is_setting));
        draft.selected = first.unwrap_or(0);
        draft
    }

    /// Every row, in order.
    pub fn rows(&self) -> Vec<Setting> {
        let mut rows = Vec::new();
        if self.is_sandbox {
            rows.push(Setting {
                what: What::Objective,
                symbol: "f".into(),
                meaning: "the objective".into(),
                range: "a formula, as (1-x1)^2 + 5*(x2-x1^2)^2, or a name, as himmelblau".into(),
                value: self.subject.title().to_owned(),
                was: None,
            });
        }
        let allows = |path: &str| self.page.allows(path);
        rows.extend(row::of_half(Half::Direction, &self.method, &self.now.0, &allows));
        rows.extend(row::of_half(Half::StepSize, &self.method, &self.now.0, &allows));
        if self.page.allows("start") {
            rows.extend((0..self.start.len()).map(|index| self.coordinate(index)));
        }
        rows
    }

    /// Whether the start may move.
    pub fn allows_start(&self) -> bool {
        self.page.allows("start")
    }

    fn coordinate(&self, index: usize) -> Setting {
        let was = self.now.1.get(index).filter(|was| !self.is_elsewhere && **was != self.start[index]);
        Setting {
            what: What::Coordinate(index),
            symbol: format!("x{} of the start", subscript(index + 1)),
            meaning: "m moves it on the map".into(),
            range: self.reach(index).in_words(),
            value: trimmed(self.start[index], 10),
            was: was.map(|was| trimmed(*was, 10)),
        }
    }

    /// What a coordinate of the start may be: in a lesson, what the map shows.
    pub(in crate::app) fn reach(&self, index: usize) -> Domain {
        match self.window.get(index) {
            Some([low, high]) if !self.is_sandbox => Domain::Within(*low, *high),
            _ => Domain::Real,
        }
    }

    /// The row in focus.
    pub fn row(&self) -> Option<Setting> {
        self.rows().into_iter().nth(self.selected)
    }

    /// Whether the row in focus takes every character.
    pub fn is_writing(&self) -> bool {
        self.row().is_some_and(|row| row.is_written())
    }

    /// Moves the focus up or down; what was typed is taken first, and if it cannot be, the focus stays.
    pub fn select(&mut self, sense: Sense) {
        if self.settle() {
            self.selected = sense.next(self.selected, self.rows().len().max(1));
        }
    }

    /// Nudges the row in focus, or moves the caret where something is typed; says in words why it cannot.
    pub fn nudge(&mut self, sense: Sense) -> Result<(), String> {
        let Some(row) = self.row() else { return Ok(()) };
        match (&mut self.typed, &row.what) {
            (Some(typed), _) => typed.walk(sense),
            (None, _) if row.is_written() => self.typed = Some(Typed::of(row.value)),
            (None, What::Rule(half)) => return self.walk(*half, sense),
            (None, What::Coordinate(index)) => {
                let pace = self.pace(*index, 0);
                self.start[*index] = self.moved(*index, sense.signed(pace));
            }
            (None, What::Parameter(path, domain)) => {
                if let Some(value) = self.method.get(path).and_then(|value| nudged(*domain, &value, sense)) {
                    self.method = self.method.drafted(path, &value)?;
                }
            }
            (None, What::Objective) => {}
        }
        Ok(())
    }

    /// A round step of about a fortieth of the window; each level makes it about half or twice as long.
    pub fn pace(&self, index: usize, level: i32) -> f64 {
        round_step(self.window.get(index).map_or(2.0, |[low, high]| high - low), level)
    }

    /// Where a coordinate of the start comes to by a step: to a multiple of it, inside what it may be.
    pub(in crate::app) fn moved(&self, index: usize, by: f64) -> f64 {
        let to = stepped(self.start[index], by);
        match self.reach(index) {
            Domain::Within(low, high) => to.clamp(low, high),
            _ => to,
        }
    }

    /// Which two rules do not go together, and which step size would; or what is wrong with the settings of one.
    pub fn misfit(&self) -> Option<String> {
        let why = self.method.refusal()?;
        if self.method.misfit().is_none() {
            return Some(why);
        }
        let (direction, step_size) = (self.method.direction.name(), self.method.step_size.name());
        Some(format!("{step_size} does not go with {direction}; {} does", self.method.fitting().first()?))
    }

    /// What is drafted to be different, in words: ` with τ = 0.3 (was 0.5)`.
    pub fn difference(&self) -> String {
        const MOST: usize = 2;
        let rows = self.rows();
        let changed: Vec<String> = rows
            .iter()
            .filter_map(|row| Some(format!("{} = {} (was {})", row.symbol, row.value, row.was.as_ref()?)))
            .collect();
        match changed.len() {
            0 => ", nothing changed".into(),
            more if more > MOST => format!(" with {} and more", changed[..MOST].join(", ")),
            _ => format!(" with {}", changed.join(", ")),
        }
    }

    /// What the learner's own changes are: how the draft differs from what the page gave.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut put = |path: String, value| changes.push(Change { run: None, path, value });
        for half in [Half::Direction, Half::StepSize] {
            if half == Half::StepSize && self.method.direction.own_step().is_some() {
                continue;
            }
            let (name, mut before) = (self.method.name(half), self.base.0.settings(half));
            if self.base.0.name(half) != name {
                put(format!("{}.rule", half.key()), toml::Value::from(name.as_str()));
                before = half.rules().into_iter().find(|rule| named(rule) == Some(&name)).unwrap_or_default();
            }
            for (key, value) in self.method.settings(half) {
                if before.get(&key) != Some(&value) && key != "rule" {
                    put(format!("{}.{key}", half.key()), value);
                }
            }
        }
        if self.start != self.base.1 {
            put("start".to_owned(), toml::Value::from(self.start.clone()));
        }
        changes
    }
}

/// Whether the page in view lets the learner change anything.
pub fn has_rows(sitting: &Sitting) -> bool {
    let (page, method) = (sitting.page(), sitting.cast.runs[0].method());
    let has_half = |half: Half| {
        let has = |name: &str| {
            let path = format!("{}.{name}", half.key());
            page.allows(&path) && method.get(&path).is_some()
        };
        page.allows(&format!("{}.rule", half.key())) || method.parameters(half).iter().any(|one| has(one.name))
    };
    sitting.is_sandbox() || page.allows("start") || has_half(Half::Direction) || has_half(Half::StepSize)
}

pub(in crate::app) fn named(rule: &toml::Table) -> Option<&str> {
    rule.get("rule")?.as_str()
}

fn nudged(domain: Domain, value: &toml::Value, sense: Sense) -> Option<toml::Value> {
    match domain {
        Domain::Flag => Some(toml::Value::Boolean(!value.as_bool()?)),
        Domain::Word(words) => {
            let at = words.iter().position(|word| Some(*word) == value.as_str())?;
            Some(toml::Value::from(words[sense.next(at, words.len())]))
        }
        _ => {
            let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))?;
            Some(domain.value(domain.nudge(number, sense)))
        }
    }
}

/// A number in subscript digits, as coordinates wear them.
pub fn subscript(number: usize) -> String {
    number.to_string().chars().filter_map(|digit| char::from_u32('₀' as u32 + digit.to_digit(10)?)).collect()
}
