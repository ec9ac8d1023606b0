//! A method is a direction rule × a step-size rule, and every setting of the two has a path.

use serde::Serialize;

use crate::engine::number::short;
use crate::engine::rule::Parameter;
use crate::engine::rule::list::{DirectionRule, StepSizeRule};
use crate::engine::rule::pairing;
use crate::engine::step_size::closed::whole::Whole;
use crate::engine::step_size::schedule::fixed::Fixed;
use crate::engine::step_size::search::if_lower::IfLower;

/// A published method as data: which way, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// Which way.
    pub direction: DirectionRule,
    /// How far.
    pub step_size: StepSizeRule,
}

/// The two halves of a method, by their names in a lesson file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// `direction`
    Direction,
    /// `step_size`
    StepSize,
}

impl Half {
    /// The key in a lesson file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Direction => "direction",
            Self::StepSize => "step_size",
        }
    }

    /// The half that a key names.
    pub fn of(key: &str) -> Option<Self> {
        [Self::Direction, Self::StepSize].into_iter().find(|half| half.key() == key)
    }

    /// The default settings of every rule of this half, each with its name under `rule`.
    pub fn rules(self) -> Vec<toml::Table> {
        match self {
            Self::Direction => DirectionRule::all().iter().map(settings).collect(),
            Self::StepSize => StepSizeRule::all().iter().map(settings).collect(),
        }
    }

    /// The names of the rules of this half.
    pub fn names(self) -> Vec<String> {
        self.rules().iter().filter_map(|table| table.get("rule")?.as_str().map(str::to_owned)).collect()
    }

    /// The parameters of the named rule.
    pub fn parameters(self, rule: &str) -> Option<&'static [Parameter]> {
        let named = |table: toml::Table| table.get("rule").and_then(toml::Value::as_str) == Some(rule);
        match self {
            Self::Direction => {
                DirectionRule::all().iter().find(|known| named(settings(known))).map(|known| known.rule().parameters())
            }
            Self::StepSize => {
                StepSizeRule::all().iter().find(|known| named(settings(known))).map(|known| known.rule().parameters())
            }
        }
    }
}

/// The settings of a rule as a table, its name under `rule`.
fn settings(rule: &impl Serialize) -> toml::Table {
    toml::Table::try_from(rule).unwrap_or_default()
}

impl DirectionRule {
    /// The step size of a direction that takes its own steps.
    pub fn own_step(&self) -> Option<StepSizeRule> {
        match self {
            Self::Rprop(_) => Some(StepSizeRule::Whole(Whole {})),
            Self::LevenbergMarquardt(_) => Some(StepSizeRule::IfLower(IfLower {})),
            _ => None,
        }
    }
}

impl Method {
    /// The settings of one half, its rule's name under `rule`.
    pub fn settings(&self, half: Half) -> toml::Table {
        match half {
            Half::Direction => settings(&self.direction),
            Half::StepSize => settings(&self.step_size),
        }
    }

    /// The parameters of one half.
    pub fn parameters(&self, half: Half) -> &'static [Parameter] {
        match half {
            Half::Direction => self.direction.rule().parameters(),
            Half::StepSize => self.step_size.rule().parameters(),
        }
    }

    /// This method with one half replaced by the rule that `table` spells out.
    pub fn with_half(&self, half: Half, table: toml::Table) -> Result<Self, String> {
        let value = toml::Value::Table(table);
        let mut method = self.clone();
        match half {
            Half::Direction => method.direction = value.try_into().map_err(|error| said(&error))?,
            Half::StepSize => method.step_size = value.try_into().map_err(|error| said(&error))?,
        }
        Ok(method)
    }

    /// This method with one setting changed; `path` is `step_size.tau` and the like.
    pub fn with(&self, path: &str, value: &toml::Value) -> Result<Self, String> {
        self.with_all([(path, value)])
    }

    /// This method with some settings changed, one after the other; only the whole is judged.
    pub fn with_all<'c>(&self, changes: impl IntoIterator<Item = (&'c str, &'c toml::Value)>) -> Result<Self, String> {
        let method = changes.into_iter().try_fold(self.clone(), |method, (path, value)| method.drafted(path, value))?;
        method.refusal().map_or(Ok(method), Err)
    }

    /// This method with one setting changed, while others may still change: the pair is not judged.
    pub fn drafted(&self, path: &str, value: &toml::Value) -> Result<Self, String> {
        let (half, name) = self.address(path)?;
        if name == "rule" {
            let method = self.with_half(half, toml::Table::from_iter([("rule".to_owned(), value.clone())]))?;
            return Ok(if half == Half::Direction { method.with_fitting_step() } else { method });
        }
        let Some(parameter) = self.parameters(half).iter().find(|parameter| parameter.name == name) else {
            let names: Vec<&str> = self.parameters(half).iter().map(|parameter| parameter.name).collect();
            return Err(format!("`{path}` is no setting of this rule, which has {}", names.join(", ")));
        };
        let mut table = self.settings(half);
        table.insert(name.to_owned(), fit(parameter, value)?);
        self.with_half(half, table)
    }

    /// Directions that take their own steps bring them along; leaving such a direction leaves its steps, too.
    fn with_fitting_step(self) -> Self {
        let step_size = match self.direction.own_step() {
            Some(own) => own,
            None if pairing::is_own_step(&self.name(Half::StepSize)) => StepSizeRule::Fixed(Fixed::default()),
            None => return self,
        };
        Self { step_size, ..self }
    }

    /// Says why these two rules, or their settings, cannot work together, if they cannot.
    pub fn refusal(&self) -> Option<String> {
        pairing::refusal(&self.name(Half::Direction), &self.name(Half::StepSize))
            .or_else(|| self.step_size.rule().refusal())
    }

    /// The name of a half's rule, as a lesson file spells it.
    pub fn name(&self, half: Half) -> String {
        self.settings(half).get("rule").and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    }

    /// One half in words, its settings by their symbols: `backtracking (α_init 1, γ₁ 0.1, τ 0.5)`.
    pub fn in_words(&self, half: Half) -> String {
        let settings = self.settings(half);
        let set = |parameter: &Parameter| {
            let value = match settings.get(parameter.name)? {
                toml::Value::Boolean(false) => return None,
                toml::Value::Float(number) => short(*number),
                toml::Value::String(word) => word.clone(),
                other => other.to_string(),
            };
            Some(format!("{} {value}", parameter.symbol))
        };
        let set: Vec<String> = self.parameters(half).iter().filter_map(set).collect();
        let name = self.name(half);
        // What lessons call it, rather than the rule that turns it.
        if let (Half::Direction, DirectionRule::Rotated(rotated)) = (half, &self.direction) {
            return format!("steepest-descent, turned by {}°", short(rotated.degrees));
        }
        if set.is_empty() { name } else { format!("{name} ({})", set.join(", ")) }
    }

    /// The value of a setting, if there is one of that path.
    pub fn get(&self, path: &str) -> Option<toml::Value> {
        let (half, name) = self.address(path).ok()?;
        self.settings(half).get(name).cloned()
    }

    /// The paths of all settings, with their parameters: the step size's first, since it is what most lessons change.
    pub fn paths(&self) -> Vec<(String, &'static Parameter)> {
        [Half::StepSize, Half::Direction]
            .into_iter()
            .flat_map(|half| {
                self.parameters(half)
                    .iter()
                    .map(move |parameter| (format!("{}.{}", half.key(), parameter.name), parameter))
            })
            .collect()
    }

    fn address<'p>(&self, path: &'p str) -> Result<(Half, &'p str), String> {
        path.split_once('.').and_then(|(half, name)| Some((Half::of(half)?, name))).ok_or_else(|| {
            let paths: Vec<String> = self.paths().into_iter().map(|(path, _)| path).collect();
            format!("`{path}` is no setting; there are {}", paths.join(", "))
        })
    }
}

/// The value as a parameter holds it, or why it cannot be put there.
pub fn fit(parameter: &Parameter, value: &toml::Value) -> Result<toml::Value, String> {
    let words = || format!("{} = {value} is out of range: {}", parameter.name, parameter.domain.in_words());
    parameter.domain.fitted(value).ok_or_else(words)
}

fn said(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

/// Which of the methods, each with the iteration from which it is in force, makes the step from xₜ.
pub(in crate::engine) fn made_by<'m>(
    t: usize,
    earlier: &'m [(usize, Method)],
    latest: (usize, &'m Method),
) -> &'m Method {
    let earlier = earlier.iter().rev().find(|(since, _)| t >= *since).filter(|_| t < latest.0);
    earlier.map_or(latest.1, |(_, method)| method)
}
