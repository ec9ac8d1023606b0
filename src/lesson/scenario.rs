//! A scenario, and the runs that it becomes: the learner's first, then the rivals.

use std::sync::Arc;

use crate::engine::ask::noise::Noise;
use crate::engine::number::trimmed;
use crate::engine::rule::method::Method;
use crate::engine::run::Run;
use crate::engine::run::room::ROOM;
use crate::engine::run::stop::Limits;
use crate::engine::theory::Known;
use crate::engine::theory::curvature::Spectrum;
use crate::lesson::file::safe::Safe;
use crate::objective::function::Objective;
use crate::objective::landscape::Landscape;
use crate::objective::point::Point;
use crate::objective::subject::Subject;

/// The most coordinates for which the eigenvalues of a quadratic are computed.
const MOST_EIGENVALUES: usize = 64;

/// A landscape, a start, and the runs that are drawn together.
#[derive(Clone)]
pub struct Scenario {
    /// The name in the file.
    pub name: Safe,
    /// What it descends.
    pub subject: Subject,
    /// What the map shows: low and high for each axis shown.
    pub window: Vec<[f64; 2]>,
    /// Through which plane it cuts, where there are more than two coordinates.
    pub slice: Slice,
    /// Where the runs start.
    pub start: Vec<f64>,
    /// What is known beyond the formula.
    pub known: Known,
    /// The learner's run, then its rivals; at least one.
    pub runs: Vec<RunPlan>,
}

/// The plane through xₜ that a map of more than two coordinates shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slice {
    /// Two coordinates, counted from 0.
    Coordinates([usize; 2]),
    /// The eigenvectors of the largest and the smallest eigenvalue.
    Eigen,
    /// The two main directions of the path.
    Path,
}

impl Default for Slice {
    fn default() -> Self {
        Self::Coordinates([0, 1])
    }
}

/// One run of a scenario, as written.
#[derive(Clone)]
pub struct RunPlan {
    /// Its name: A, B, … when unnamed.
    pub name: Safe,
    pub method: Method,
    pub limits: Limits,
    /// The noise in the gradients that its direction rule sees.
    pub noise: Option<Noise>,
    /// Its own start, if it has one.
    pub start: Option<Vec<f64>>,
    /// Its own objective, if it has one.
    pub subject: Option<Subject>,
}

/// One setting given another value: of a named run, or of the learner's.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The run; the learner's if absent.
    pub run: Option<Safe>,
    /// The setting: `step_size.tau`, `direction.degrees`, `start`.
    pub path: String,
    pub value: toml::Value,
}

/// The runs of a scenario; the learner's is the first.
#[derive(Clone, Default)]
pub struct Cast {
    /// Their names.
    pub names: Vec<Safe>,
    /// The runs, all at iteration 0 when made.
    pub runs: Vec<Run>,
    /// What is known of their objectives.
    pub known: Vec<Known>,
    /// The runs of a scenario that these are compared with; they go wherever these go.
    pub compared: Option<Box<Compared>>,
    /// How many rows of the traces were read for the claim at hand.
    pub read: usize,
}

/// The runs of another scenario, without the changes of the page.
#[derive(Clone)]
pub struct Compared {
    /// The scenario, as an index into the lesson's.
    pub scenario: usize,
    /// Its runs.
    pub cast: Cast,
}

impl Cast {
    /// Every run at iteration `t`, or at its ending if that comes first.
    pub fn go_to(&mut self, t: usize) {
        for run in &mut self.runs {
            run.go_to(t);
        }
        if let Some(compared) = &mut self.compared {
            compared.cast.go_to(t);
        }
    }

    /// Lets these runs go anywhere, and has them stand again where they stood: what they computed stays known to them.
    pub fn ahead<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let (stood, read): (Vec<usize>, usize) = (self.runs.iter().map(Run::iteration).collect(), self.read);
        let seen = look(self);
        self.runs.iter_mut().zip(stood).for_each(|(run, t)| run.go_to(t));
        self.read = read;
        seen
    }

    /// The iteration to which the run that is farthest has come.
    pub fn farthest(&self) -> usize {
        self.everyone().map(Run::iteration).max().unwrap_or(0)
    }

    /// Whether every run has ended.
    pub fn is_over(&self) -> bool {
        self.everyone().all(|run| run.peek().is_err())
    }

    /// The runs and those they are compared with.
    pub fn everyone(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().chain(self.compared.iter().flat_map(|compared| &compared.cast.runs))
    }

    /// The bytes that the records of all runs take.
    pub fn taken(&self) -> usize {
        self.everyone().map(Run::taken).sum()
    }

    /// The index of a run by its name; the learner's when no name is given.
    pub fn index(&self, name: Option<&Safe>) -> Option<usize> {
        match name {
            None => Some(0),
            Some(name) => self.names.iter().position(|known| known == name),
        }
    }
}

impl Scenario {
    /// What the learner's run descends.
    pub fn subject(&self) -> &Subject {
        self.runs.first().map_or(&self.subject, |plan| self.subject_of(plan))
    }

    /// What a run of this scenario descends: its own objective, or else that of the scenario.
    pub fn subject_of<'s>(&'s self, plan: &'s RunPlan) -> &'s Subject {
        plan.subject.as_ref().unwrap_or(&self.subject)
    }

    /// The ends between which the map shows a coordinate, counted from 0; `None` where it shows directions of its own.
    pub fn interval(&self, coordinate: usize) -> Option<[f64; 2]> {
        let Slice::Coordinates(shown) = self.slice else { return None };
        let axis = if self.start.len() == 1 { Some(0) } else { shown.iter().position(|one| *one == coordinate) };
        self.window.get(axis?).copied()
    }
}

impl Change {
    /// The setting by its symbol, with its value: `τ = 0.42`.
    pub fn in_words(&self, scenario: &Scenario) -> String {
        let paths = scenario.runs.first().map(|learner| learner.method.paths()).unwrap_or_default();
        let symbol = paths.iter().find(|(path, _)| *path == self.path).map(|(_, parameter)| parameter.symbol);
        let name = symbol.unwrap_or(match self.path.as_str() {
            "step_size.rule" => "the step size",
            "direction.rule" => "the direction",
            "start" => "x₀",
            path => path,
        });
        let value = match &self.value {
            toml::Value::Float(number) => trimmed(*number, 6),
            toml::Value::String(word) => word.clone(),
            other => other.to_string(),
        };
        format!("{name} = {value}")
    }
}

/// What the catalog knows of a landscape.
pub fn known_of(landscape: &Landscape) -> Known {
    Known {
        lipschitz: landscape.lipschitz,
        strong_convexity: landscape.strong_convexity,
        value: landscape.value,
        points: landscape.minima.iter().map(|minimum| minimum.to_vec()).collect(),
        saddles: landscape.saddles.iter().map(|saddle| saddle.to_vec()).collect(),
    }
}

/// L and μ of a quadratic are the largest and the smallest |λ| of its one Hessian.
pub fn completed(mut known: Known, objective: &dyn Objective, start: &[f64]) -> Known {
    if known.lipschitz.is_some() || !objective.is_quadratic() || start.len() > MOST_EIGENVALUES {
        return known;
    }
    let hessian = objective.hessian(&Point::from_vec(start.to_vec()));
    if let Some(spectrum) = Spectrum::of(&hessian) {
        let (largest, smallest) =
            spectrum.values.iter().fold((0.0_f64, f64::INFINITY), |(largest, smallest), value| {
                (largest.max(value.abs()), smallest.min(*value))
            });
        known.lipschitz = (largest > 0.0).then_some(largest);
        known.strong_convexity = known.strong_convexity.or((smallest > 0.0).then_some(smallest));
    }
    known
}

/// Makes the runs of a scenario, with some settings changed; says in words which change is impossible.
pub fn cast(scenario: &Scenario, changes: &[Change]) -> Result<Cast, String> {
    let mut cast = Cast::default();
    for (index, plan) in scenario.runs.iter().enumerate() {
        let mine = changes.iter().filter(|change| match &change.run {
            None => index == 0,
            Some(name) => *name == plan.name,
        });
        let known = if plan.subject.is_none() { scenario.known.clone() } else { Known::default() };
        cast.names.push(plan.name.clone());
        // The runs of a scenario share its maximum of bytes.
        cast.runs.push(run(scenario, plan, mine)?.within(ROOM / scenario.runs.len()));
        cast.known.push(known);
    }
    Ok(cast)
}

/// Method and start of the learner's run, with some settings changed.
pub fn learner(scenario: &Scenario, changes: &[Change]) -> Result<(Method, Vec<f64>), String> {
    let plan = &scenario.runs[0];
    let is_mine = |change: &&Change| change.run.as_ref().is_none_or(|name| *name == plan.name);
    changed(scenario, plan, changes.iter().filter(is_mine))
}

fn changed<'c>(
    scenario: &Scenario,
    plan: &RunPlan,
    changes: impl Iterator<Item = &'c Change>,
) -> Result<(Method, Vec<f64>), String> {
    let mut start = plan.start.clone().unwrap_or_else(|| scenario.start.clone());
    let mut settings = Vec::new();
    for change in changes {
        if change.path == "start" {
            start = coordinates(&change.value, start.len())?;
        } else {
            settings.push((change.path.as_str(), &change.value));
        }
    }
    Ok((plan.method.with_all(settings)?, start))
}

fn run<'c>(scenario: &Scenario, plan: &RunPlan, changes: impl Iterator<Item = &'c Change>) -> Result<Run, String> {
    let objective = scenario.subject_of(plan).objective();
    let (method, start) = changed(scenario, plan, changes)?;
    method.direction.rule().fits(&**objective)?;
    Ok(Run::new(Arc::clone(objective), Point::from_vec(start), method, plan.limits.clone()).with_noise(plan.noise))
}

/// The n coordinates that a value spells out.
pub fn coordinates(value: &toml::Value, dimension: usize) -> Result<Vec<f64>, String> {
    let read = |entry: &toml::Value| entry.as_float().or_else(|| entry.as_integer().map(|whole| whole as f64));
    let numbers: Option<Vec<f64>> = value.as_array().and_then(|entries| entries.iter().map(read).collect());
    match numbers {
        Some(numbers) if numbers.len() == dimension && numbers.iter().all(|number| number.is_finite()) => Ok(numbers),
        _ => Err(format!("a start is {dimension} finite numbers in brackets, not {value}")),
    }
}
