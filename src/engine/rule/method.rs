//! A method is a direction rule × a step-size rule, and every setting of the two has a path.

use crate::engine::number::short;
use crate::engine::rule::list::{DirectionRule, StepSizeRule};
use crate::engine::rule::pairing::{self, Wants};
use crate::engine::rule::parameter::{Parameter, Settings};
use crate::engine::step_size::search::backtracking::Backtracking;

/// A published method as data: which way, and how far.
#[derive(Debug, Clone, PartialEq, Default)]
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
            Self::Direction => DirectionRule::all().iter().map(|rule| table(rule.name(), rule.rule())).collect(),
            Self::StepSize => StepSizeRule::all().iter().map(|rule| table(rule.name(), rule.rule())).collect(),
        }
    }

    /// The names of the rules of this half.
    pub fn names(self) -> Vec<String> {
        match self {
            Self::Direction => DirectionRule::all().iter().map(|rule| rule.name().to_owned()).collect(),
            Self::StepSize => StepSizeRule::all().iter().map(|rule| rule.name().to_owned()).collect(),
        }
    }

    /// The parameters of the named rule.
    pub fn parameters(self, name: &str) -> Option<&'static [Parameter]> {
        match self {
            Self::Direction => {
                DirectionRule::all().iter().find(|rule| rule.name() == name).map(|rule| rule.rule().parameters())
            }
            Self::StepSize => {
                StepSizeRule::all().iter().find(|rule| rule.name() == name).map(|rule| rule.rule().parameters())
            }
        }
    }
}

#[cfg(test)]
thread_local! {
    /// How many tables were made of rules on this thread: for tests that hold how few there are.
    pub static TABLES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The settings of a rule as a table, its name under `rule`.
fn table(name: &str, rule: &dyn Settings) -> toml::Table {
    #[cfg(test)]
    TABLES.set(TABLES.get() + 1);
    let setting = |parameter: &Parameter| Some((parameter.name.to_owned(), rule.get(parameter.name)?));
    let settings = rule.parameters().iter().filter_map(setting);
    settings.chain([("rule".to_owned(), toml::Value::from(name))]).collect()
}

impl Method {
    /// Steepest descent with a step size.
    pub fn steepest(step_size: impl Into<StepSizeRule>) -> Self {
        Self { direction: DirectionRule::default(), step_size: step_size.into() }
    }

    /// Steepest descent with backtracking: it goes down wherever it starts.
    pub fn backtracking() -> Self {
        Self::steepest(Backtracking::default())
    }

    /// The settings of one half, its rule's name under `rule`.
    pub fn settings(&self, half: Half) -> toml::Table {
        table(self.rule_name(half), self.half(half))
    }

    /// The parameters of one half.
    pub fn parameters(&self, half: Half) -> &'static [Parameter] {
        self.half(half).parameters()
    }

    /// The rule of one half, as far as it has settings.
    pub fn half(&self, half: Half) -> &dyn Settings {
        match half {
            Half::Direction => self.direction.rule(),
            Half::StepSize => self.step_size.rule(),
        }
    }

    fn half_mut(&mut self, half: Half) -> &mut dyn Settings {
        match half {
            Half::Direction => self.direction.rule_mut(),
            Half::StepSize => self.step_size.rule_mut(),
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
        let mut method = self.clone();
        method.half_mut(half).set(name, &fit(parameter, value)?)?;
        Ok(method)
    }

    /// Directions that take their own steps bring them along; leaving such a direction leaves its steps, too.
    fn with_fitting_step(self) -> Self {
        let step_size = match self.direction.own_step() {
            Some(own) => own,
            None if matches!(self.step_size.rule().wants(), Wants::Own(_)) => StepSizeRule::default(),
            None => return self,
        };
        Self { step_size, ..self }
    }

    /// Says why these two rules, or their settings, cannot work together, if they cannot.
    pub fn refusal(&self) -> Option<String> {
        self.misfit().or_else(|| self.step_size.rule().refusal())
    }

    /// Says why these two rules cannot work together, whatever their settings, if they cannot.
    pub fn misfit(&self) -> Option<String> {
        self.misfit_of(&self.step_size)
    }

    fn misfit_of(&self, step_size: &StepSizeRule) -> Option<String> {
        let rule = self.direction.rule();
        let direction = (self.direction.name(), rule.length(), rule.way().is_along_steepest());
        pairing::refusal(direction, (step_size.name(), step_size.rule().wants()))
    }

    /// The names of the step sizes that go with the direction.
    pub fn fitting(&self) -> Vec<&'static str> {
        StepSizeRule::all().iter().filter(|rule| self.misfit_of(rule).is_none()).map(StepSizeRule::name).collect()
    }

    /// The name of a half's rule, as a lesson file spells it.
    pub fn name(&self, half: Half) -> String {
        self.rule_name(half).to_owned()
    }

    fn rule_name(&self, half: Half) -> &'static str {
        match half {
            Half::Direction => self.direction.name(),
            Half::StepSize => self.step_size.name(),
        }
    }

    /// One half in words, its settings by their symbols: `backtracking (α_init 1, γ₁ 0.1, τ 0.5)`.
    pub fn in_words(&self, half: Half) -> String {
        if let Some(called) = self.direction.rule().called().filter(|_| half == Half::Direction) {
            return called;
        }
        let set = |parameter: &Parameter| {
            let value = match self.half(half).get(parameter.name)? {
                toml::Value::Boolean(false) => return None,
                toml::Value::Float(number) => short(number),
                toml::Value::String(word) => word,
                other => other.to_string(),
            };
            Some(format!("{} {value}", parameter.symbol))
        };
        let set: Vec<String> = self.parameters(half).iter().filter_map(set).collect();
        let name = self.name(half);
        if set.is_empty() { name } else { format!("{name} ({})", set.join(", ")) }
    }

    /// The value of a setting, if there is one of that path.
    pub fn get(&self, path: &str) -> Option<toml::Value> {
        let (half, name) = self.address(path).ok()?;
        if name == "rule" { Some(toml::Value::from(self.rule_name(half))) } else { self.half(half).get(name) }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every rule, each as a half of a method.
    fn halves() -> Vec<(Half, Method)> {
        let directions = DirectionRule::all().into_iter();
        let step_sizes = StepSizeRule::all().into_iter();
        let turned = directions.map(|direction| (Half::Direction, Method { direction, ..Method::default() }));
        let sized = step_sizes.map(|step_size| (Half::StepSize, Method { step_size, ..Method::default() }));
        turned.chain(sized).collect()
    }

    #[test]
    fn every_setting_is_read_and_put_back_by_its_name() {
        for (half, method) in halves() {
            let mut other = method.clone();
            for parameter in method.parameters(half) {
                let value = method.half(half).get(parameter.name).unwrap();
                assert_eq!(parameter.domain.fitted(&value), Some(value.clone()), "{method:?}: {}", parameter.name);
                other.half_mut(half).set(parameter.name, &value).unwrap();
            }
            assert_eq!(other, method);
            assert_eq!(method.half(half).get("nothing"), None);
            assert!(other.half_mut(half).set("nothing", &toml::Value::from(1.0)).is_err());
        }
    }

    #[test]
    fn a_rule_made_a_table_is_read_back_as_the_same_rule() {
        for (half, method) in halves() {
            assert_eq!(method.with_half(half, method.settings(half)), Ok(method));
        }
    }

    #[test]
    fn a_nudged_setting_is_the_only_one_that_changes() {
        let method = Method::backtracking().with("step_size.tau", &toml::Value::from(0.25)).unwrap();
        assert_eq!(method.get("step_size.tau"), Some(toml::Value::from(0.25)));
        assert_eq!(method.with("step_size.tau", &toml::Value::from(0.5)), Ok(Method::backtracking()));
        assert_eq!(method.get("step_size.rule"), Some(toml::Value::from("backtracking")));
        assert_eq!((method.half(Half::StepSize).number("gamma1"), method.get("step_size.gamma2")), (Some(1e-4), None));
    }

    #[test]
    fn a_direction_with_steps_of_its_own_brings_them() {
        let own = |name: &str| {
            let method = Method::backtracking().drafted("direction.rule", &toml::Value::from(name)).unwrap();
            (method.name(Half::StepSize), method.refusal())
        };
        assert_eq!(own("rprop"), ("whole".into(), None));
        assert_eq!(own("levenberg-marquardt"), ("if-lower".into(), None));
        assert_eq!(own("newton"), ("backtracking".into(), None));
        assert_eq!(Method::default().fitting().len(), StepSizeRule::all().len());
    }
}
