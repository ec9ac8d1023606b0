//! Reading a quantity off a row of a run, with no more computed than it asks for.

use std::borrow::Cow;

use crate::engine::number::product::{dot, norm};
use crate::engine::record::ending::Ending;
use crate::engine::record::quantity::costly::Costly;
use crate::engine::record::quantity::datum::Datum;
use crate::engine::record::quantity::{Observable, Quantity, TrialSource, VectorName, parts};
use crate::engine::record::row::angle_from_steepest;
use crate::engine::record::trial::Trial;
use crate::engine::record::{Calls, Proposal, Sample, Step};
use crate::engine::run::Run;
use crate::engine::theory::curvature::Spectrum;
use crate::engine::theory::promise::Check;
use crate::engine::theory::{Known, critical, curvature};
use crate::objective::point::{Matrix, Vector};

/// A row of a run that quantities are read off: of a step that was computed, or of its ending.
#[derive(Clone, Copy)]
pub struct RowReader<'r> {
    run: &'r Run,
    t: usize,
    known: &'r Known,
    costly: &'r Costly,
    source: Result<&'r Step, &'r Ending>,
    trial: Option<&'r Trial>,
}

impl<'r> RowReader<'r> {
    /// Row `t` of a run, the one ahead among them; `None` if the run has not come so far. `costly` belongs to this row.
    pub fn new(run: &'r Run, t: usize, known: &'r Known, costly: &'r Costly) -> Option<Self> {
        let source = match run.past().get(t) {
            Some(step) => Ok(&**step),
            None if t == run.iteration() => run.peek().map(|step| &**step),
            None => return None,
        };
        Some(Self { run, t, known, costly, source, trial: None })
    }

    /// The same row for a quantity of its trial of this number, from 1, also of a step that failed; `None` if there is no
    /// such trial.
    pub fn of_trial(self, number: usize) -> Option<Self> {
        let trials = self.trials().or_else(|| Some(&self.attempt()?.1[..]))?;
        Some(Self { trial: Some(trials.get(number.checked_sub(1)?)?), ..self })
    }

    /// Whether it is the last row, which has fewer keys.
    pub fn is_end(&self) -> bool {
        self.source.is_err()
    }

    fn step(&self) -> Option<&'r Step> {
        self.source.ok()
    }

    fn ending(&self) -> Option<&'r Ending> {
        self.source.err()
    }

    fn sample(&self) -> &'r Sample {
        match self.source {
            Ok(step) => &step.from,
            Err(ending) => &ending.at,
        }
    }

    fn trials(&self) -> Option<&'r [Trial]> {
        self.step().map(|step| &step.trials[..])
    }

    fn attempt(&self) -> Option<&'r (Proposal, Vec<Trial>)> {
        self.ending()?.attempt.as_ref()
    }

    fn calls(&self) -> Calls {
        match self.source {
            Ok(step) => step.calls,
            Err(ending) => ending.calls,
        }
    }

    fn looked(&self) -> Option<&'r (Matrix, Spectrum)> {
        self.costly.looked(self.run, self.sample())
    }

    fn hessian(&self) -> Option<&'r Matrix> {
        self.costly.hessian(self.run, self.sample())
    }

    fn checks(&self) -> Option<&'r [Check]> {
        Some(self.costly.checks(self.run, self.t, self.step()?, self.known))
    }

    /// α* of a step, times a factor.
    fn best_step(&self, times: f64) -> Option<Datum> {
        let step = self.step()?;
        let star = self.hessian().and_then(|hessian| curvature::best_step(step, hessian));
        Some(Datum::perhaps(star.map(|star| times * star)))
    }
}

impl Quantity {
    /// What a row says of it; `None` if the row has no such key.
    pub fn read(&self, row: &RowReader<'_>) -> Option<Datum> {
        let found = self.observable().read(row)?;
        let size = |found: &Datum| found.number().map_or(Datum::Nothing, |number| Datum::Number(number.abs()));
        Some(if self.is_absolute() { size(&found) } else { found })
    }

    /// Its number at an iterate where no step need be known; `None` if it takes more than the iterate to tell.
    pub fn at(&self, sample: &Sample) -> Option<f64> {
        let number = self.observable().at(sample)?.number()?;
        Some(if self.is_absolute() { number.abs() } else { number })
    }
}

impl Observable {
    /// What an iterate alone tells.
    fn at(&self, sample: &Sample) -> Option<Datum> {
        match self {
            Self::Value => Some(Datum::Number(sample.value)),
            Self::GradientNorm => Some(Datum::Number(norm(&sample.gradient))),
            Self::GradientNormInf => Some(Datum::Number(sample.gradient.amax())),
            Self::Vector(VectorName::X, index) => Datum::of_vector(&sample.point, *index),
            Self::Vector(VectorName::Gradient, index) => Datum::of_vector(&sample.gradient, *index),
            _ => None,
        }
    }

    fn read(&self, row: &RowReader<'_>) -> Option<Datum> {
        match self {
            Self::Iteration => Some(Datum::Count(row.t as u64)),
            Self::GradientNorm if row.is_end() => None,
            Self::Value
            | Self::GradientNorm
            | Self::GradientNormInf
            | Self::Vector(VectorName::X | VectorName::Gradient, _) => self.at(row.sample()),
            Self::Vector(arrow, index) => Datum::of_vector(&*arrow.of(row.step()?)?, *index),
            Self::Hessian(part) => parts::of_hessian(row.looked().map(|(_, spectrum)| spectrum), *part),
            Self::Slope | Self::Angle | Self::Alpha | Self::Trials | Self::Change => self.of_step(row.step()?),
            Self::AlphaStar => row.best_step(1.0),
            Self::AlphaMax => row.best_step(2.0),
            Self::PredictedChange => {
                let step = row.step()?;
                Some(Datum::perhaps(row.hessian().map(|hessian| curvature::predicted_change(step, hessian))))
            }
            Self::Trial(which, part) => {
                let trial = match *which {
                    TrialSource::Named => row.trial?,
                    TrialSource::Made(index) => row.trials()?.get(index)?,
                    TrialSource::Failed(index) => row.attempt()?.1.get(index)?,
                };
                part.map_or_else(|| Some(Datum::of_trial(trial)), |part| part.of(trial))
            }
            Self::State(name, indices) => parts::of_state(row.step()?, name.as_deref(), indices),
            Self::Theory(of) => parts::of_theory(row.checks()?, *of),
            Self::Evaluations(asked) => Some(parts::of_calls(row.calls(), *asked)),
            Self::Reason => Some(row.ending()?.reason.word().into()),
            Self::Sentence => Some((&row.ending()?.sentence).into()),
            Self::Note => Some(row.ending()?.note.as_ref().map_or(Datum::Nothing, Datum::from)),
            Self::Point => {
                let ending = row.ending()?;
                let class = |looked| critical::classify(row.run.objective(), looked, &ending.at, row.run.start());
                Some(row.looked().and_then(class).map_or(Datum::Nothing, |class| class.word().into()))
            }
            Self::Attempt(part) => parts::of_attempt(row.ending()?, *part),
            Self::Nowhere => None,
        }
    }

    /// What a step tells by itself.
    fn of_step(&self, step: &Step) -> Option<Datum> {
        let direction = &step.proposal.direction;
        Some(match self {
            Self::Slope => Datum::Number(dot(&step.from.gradient, direction)),
            Self::Angle => Datum::perhaps(angle_from_steepest(&step.from, direction)),
            Self::Alpha => Datum::Number(step.alpha),
            Self::Trials => Datum::Count(step.trials.len() as u64),
            Self::Change => Datum::Number(step.to.value - step.from.value),
            _ => return None,
        })
    }
}

impl VectorName {
    /// This vector of a step; `None` where there is no noise.
    fn of(self, step: &Step) -> Option<Cow<'_, Vector>> {
        let proposal = &step.proposal;
        Some(match self {
            Self::X => Cow::Borrowed(&step.from.point),
            Self::Gradient => Cow::Borrowed(&step.from.gradient),
            Self::Noise => Cow::Borrowed(step.noise.as_ref()?),
            Self::Base => match &proposal.base {
                Some(base) => Cow::Borrowed(base),
                None => Cow::Owned(Vector::zeros(proposal.direction.len())),
            },
            Self::Direction => Cow::Borrowed(&proposal.direction),
            Self::Step => Cow::Owned(step.displacement()),
        })
    }
}
