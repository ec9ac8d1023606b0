//! A method is a direction rule × a step-size rule; this is the only list of rules.

use serde::{Deserialize, Serialize};

use crate::engine::direction::rotated::Rotated;
use crate::engine::direction::steepest_descent::SteepestDescent;
use crate::engine::rule::{Direction, Domain, Parameter, StepSize};
use crate::engine::step_size::backtracking::Backtracking;
use crate::engine::step_size::barzilai_borwein::BarzilaiBorwein;
use crate::engine::step_size::cosine_annealing::CosineAnnealing;
use crate::engine::step_size::diminishing::Diminishing;
use crate::engine::step_size::exact::Exact;
use crate::engine::step_size::exponential_decay::ExponentialDecay;
use crate::engine::step_size::fixed::Fixed;
use crate::engine::step_size::formula::Formula;
use crate::engine::step_size::goldstein::Goldstein;
use crate::engine::step_size::hager_zhang::HagerZhang;
use crate::engine::step_size::inverse_time_decay::InverseTimeDecay;
use crate::engine::step_size::lipschitz::Lipschitz;
use crate::engine::step_size::more_thuente::MoreThuente;
use crate::engine::step_size::optimal_quadratic::OptimalQuadratic;
use crate::engine::step_size::polyak::Polyak;
use crate::engine::step_size::step_decay::StepDecay;
use crate::engine::step_size::strong_wolfe::StrongWolfe;
use crate::engine::step_size::warmup_cosine::WarmupCosine;
use crate::engine::step_size::weak_wolfe::WeakWolfe;

/// The direction rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum DirectionRule {
    /// d = −∇f.
    SteepestDescent(SteepestDescent),
    /// −∇f, turned.
    Rotated(Rotated),
}

/// A list of rules: an enum with one variant a rule, named in lesson files as its type is named here.
macro_rules! rules {
    ($(#[$about:meta])* $list:ident of $contract:ident { $($(#[$doc:meta])* $rule:ident),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "rule", rename_all = "kebab-case")]
        pub enum $list { $($(#[$doc])* $rule($rule)),* }

        impl $list {
            /// Every rule, with its default settings.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$rule($rule::default())),*]
            }

            /// The rule itself.
            pub fn rule(&self) -> &dyn $contract {
                match self { $(Self::$rule(rule) => rule),* }
            }
        }
    };
}

rules! {
    /// The step-size rules.
    StepSizeRule of StepSize {
        /// α.
        Fixed,
        /// α₀/(t+1).
        Diminishing,
        /// Shorten until Armijo holds.
        Backtracking,
        /// α₀γ^⌊t/s⌋.
        StepDecay,
        /// α₀e^(−λt).
        ExponentialDecay,
        /// α₀/(1+λt).
        InverseTimeDecay,
        /// Half a wave down.
        CosineAnnealing,
        /// A ramp up, then half a wave down.
        WarmupCosine,
        /// A formula in t.
        Formula,
        /// The first minimiser along d.
        Exact,
        /// Bracket, then pinpoint.
        StrongWolfe,
        /// Lengthen, then halve.
        WeakWolfe,
        /// Between two lines.
        Goldstein,
        /// Cubics and secants.
        MoreThuente,
        /// Two secants at a time.
        HagerZhang,
        /// The minimiser of the quadratic model.
        OptimalQuadratic,
        /// 1/L.
        Lipschitz,
        /// From the last two gradients.
        BarzilaiBorwein,
        /// From the value at the minimum.
        Polyak,
    }
}

impl DirectionRule {
    /// Every rule, with its default settings.
    pub fn all() -> Vec<Self> {
        vec![Self::SteepestDescent(SteepestDescent::default()), Self::Rotated(Rotated::default())]
    }

    /// The rule itself.
    pub fn rule(&self) -> &dyn Direction {
        match self {
            Self::SteepestDescent(rule) => rule,
            Self::Rotated(rule) => rule,
        }
    }
}

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

/// The rules that the lesson format names and this version does not have yet.
pub const PLANNED_DIRECTIONS: &[&str] = &[
    "momentum",
    "nesterov",
    "conjugate-gradient",
    "newton",
    "bfgs",
    "l-bfgs",
    "levenberg-marquardt",
    "rprop",
    "adagrad",
    "rmsprop",
    "adam",
    "perturbed",
];

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

    /// Names that the format knows and this version lacks.
    pub fn planned(self) -> &'static [&'static str] {
        match self {
            Self::Direction => PLANNED_DIRECTIONS,
            Self::StepSize => &[],
        }
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
        method.step_size.rule().refusal().map_or(Ok(method), Err)
    }

    /// This method with one setting changed; `path` is `step_size.tau` and the like.
    pub fn with(&self, path: &str, value: &toml::Value) -> Result<Self, String> {
        let (half, name) = self.address(path)?;
        if name == "rule" {
            let table = toml::Table::from_iter([("rule".to_owned(), value.clone())]);
            return self.with_half(half, table);
        }
        let Some(parameter) = self.parameters(half).iter().find(|parameter| parameter.name == name) else {
            let names: Vec<&str> = self.parameters(half).iter().map(|parameter| parameter.name).collect();
            return Err(format!("`{path}` is no setting of this rule, which has {}", names.join(", ")));
        };
        refuse(parameter, value)?;
        let mut table = self.settings(half);
        table.insert(name.to_owned(), value.clone());
        self.with_half(half, table)
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

/// Says why a value cannot be put into a parameter, if it cannot.
pub fn refuse(parameter: &Parameter, value: &toml::Value) -> Result<(), String> {
    let number = value.as_float().or_else(|| value.as_integer().map(|integer| integer as f64));
    let fits = match parameter.domain {
        Domain::Flag => value.as_bool().is_some(),
        Domain::Text => value.as_str().is_some(),
        Domain::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        domain => number.is_some_and(|number| domain.admits(number)),
    };
    if fits {
        Ok(())
    } else {
        Err(format!("{} = {value} is out of range: {}", parameter.name, parameter.domain.in_words()))
    }
}

fn said(error: &toml::de::Error) -> String {
    error.message().to_owned()
}
