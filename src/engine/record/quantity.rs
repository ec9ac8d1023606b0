//! What can be read off a row of a trace, as a type: `value`, `abs(x2)`, `hessian.eigenvalues[1]`.

pub mod costly;
pub mod datum;
pub mod keys;
pub mod parse;
pub mod parts;
pub mod read;
pub mod symbol;

use crate::engine::record::Beat;
use crate::engine::theory::promise::Promise;

/// A quantity of a trace, with the text that an author wrote for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    text: String,
    observable: Observable,
    is_absolute: bool,
}

/// What is read off a row. An index counts from 0; where one is `None`, the whole list or table is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observable {
    /// `iteration`: t.
    Iteration,
    /// `value`: f(xₜ).
    Value,
    /// `gradient_norm`: ‖∇f(xₜ)‖; not in the last row.
    GradientNorm,
    /// `gradient_norm_inf`: ‖∇f(xₜ)‖∞.
    GradientNormInf,
    /// `x`, `direction` and the like, or one component.
    Vector(VectorName, Option<usize>),
    /// `hessian` and what is known of ∇²f(xₜ).
    Hessian(Option<SpectrumPart>),
    /// `slope`: ∇fᵀd.
    Slope,
    /// `angle_degrees`: between d and −∇f.
    Angle,
    /// `alpha`: the step size taken.
    Alpha,
    /// `alpha_star`: where the quadratic model is lowest.
    AlphaStar,
    /// `alpha_max`: 2α*.
    AlphaMax,
    /// `predicted_change`: the change of f by the quadratic model.
    PredictedChange,
    /// `change`: f(xₜ₊₁) − f(xₜ).
    Change,
    /// `trials`: how many.
    Trials,
    /// One trial, or a part of it.
    Trial(TrialSource, Option<TrialPart>),
    /// `state`: what the rule remembers, by its name there, and the indices into it.
    State(Option<String>, Vec<usize>),
    /// `theory`: a promise held against the step, and a part of that.
    Theory(Option<(Promise, Option<CheckPart>)>),
    /// `evaluations`, of one kind or all.
    Evaluations(Option<CallKind>),
    /// `reason`: why the run ended; only in the last row, as all that follow.
    Reason,
    /// `sentence`: the same in words.
    Sentence,
    /// `note`: what else was seen.
    Note,
    /// `point`: the kind of critical point.
    Point,
    /// `attempt`: the step that failed.
    Attempt(Option<AttemptPart>),
    /// A key where a row may have keys, but none has this one.
    Nowhere,
}

/// The vectors of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorName {
    /// xₜ.
    X,
    /// ∇f(xₜ).
    Gradient,
    /// What was added to ∇f for the rule to see.
    Noise,
    /// What is added to xₜ whatever α is.
    Base,
    /// d.
    Direction,
    /// xₜ₊₁ − xₜ.
    Step,
}

/// What is known of ∇²f.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpectrumPart {
    /// The eigenvalues, largest first.
    Eigenvalues(Option<usize>),
    /// The eigenvectors, and a component.
    Eigenvectors(Option<usize>, Option<usize>),
    /// κ.
    Condition,
    /// What the signs say.
    Kind,
}

/// Which trial a part is read off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialSource {
    /// `trial`: the one that a claim names beside the quantity.
    Named,
    /// `trials[2]`: by its index in the row.
    Made(usize),
    /// `attempt.trials[2]`: by its index in the step that failed.
    Failed(usize),
}

/// A part of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialPart {
    /// α.
    Alpha,
    /// φ(α).
    Value,
    /// φ'(α).
    Slope,
    /// The Armijo condition.
    Armijo(Option<MarginPart>),
    /// The same held by slopes.
    BySlope(Option<MarginPart>),
    /// The curvature condition.
    Curvature(Option<MarginPart>),
    /// What the search was doing.
    Phase,
    /// The interval in which it looks, or an end of it.
    Bracket(Option<usize>),
    /// What became of the trial.
    Verdict,
    /// A key that no trial has.
    Nowhere,
}

/// A part of an inequality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarginPart {
    /// Its left side.
    Lhs,
    /// Its right side.
    Rhs,
    Holds,
}

/// A part of a promise held against a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPart {
    /// Its left side.
    Lhs,
    /// Its right side.
    Rhs,
    /// Whether it was kept.
    Verdict,
    /// Why it does not apply.
    Because,
}

/// What is counted when a method asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// f.
    Value,
    /// ∇f.
    Gradient,
    /// ∇²f.
    Hessian,
}

/// A part of the step that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptPart {
    /// d.
    Direction(Option<usize>),
    /// ∇fᵀd.
    Slope,
    /// All its trials.
    Trials,
}

impl Quantity {
    /// Every quantity that a trace can have, with index 0 for all indices.
    pub fn all() -> Vec<Self> {
        keys::paths().iter().filter_map(|path| Self::parse(path).ok()).collect()
    }

    /// As the author wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is read off a row.
    pub fn observable(&self) -> &Observable {
        &self.observable
    }

    /// Whether the absolute value is meant.
    pub fn is_absolute(&self) -> bool {
        self.is_absolute
    }

    /// Whether it is read off a trial that a claim names beside it: `trial.verdict`.
    pub fn is_of_trial(&self) -> bool {
        matches!(self.observable, Observable::Trial(TrialSource::Named, _))
    }

    /// Whether it is `x`, all of it.
    pub fn is_iterate(&self) -> bool {
        self.observable == Observable::Vector(VectorName::X, None)
    }

    /// `trial.verdict` of trial 3 as a quantity of the row: `trials[2].verdict`.
    #[must_use]
    pub fn of_trial(&self, number: usize) -> Self {
        let observable = match &self.observable {
            Observable::Trial(_, part) => Observable::Trial(TrialSource::Made(number.saturating_sub(1)), *part),
            other => other.clone(),
        };
        Self { observable, ..self.clone() }
    }

    /// The beat of iteration t from which on row t may be asked for it.
    pub fn seen_with(&self) -> Beat {
        match self.observable {
            Observable::Iteration
            | Observable::Value
            | Observable::GradientNorm
            | Observable::GradientNormInf
            | Observable::Vector(VectorName::X | VectorName::Gradient, _)
            | Observable::Hessian(_) => Beat::Here,
            Observable::State(..) => Beat::Memory,
            Observable::Vector(VectorName::Direction | VectorName::Noise | VectorName::Base, _)
            | Observable::Slope
            | Observable::Angle => Beat::Direction,
            Observable::Trials
            | Observable::Trial(TrialSource::Made(_), _)
            | Observable::Alpha
            | Observable::Evaluations(_) => Beat::StepSize,
            _ => Beat::Move,
        }
    }

    /// Whether a goal may ask it of the row in which a run stands: what is known on arrival, and the evaluations that the
    /// search there will have taken, so that a budget is held against the very row whose value is asked for.
    pub fn is_held_on_arrival(&self) -> bool {
        self.seen_with() == Beat::Here || matches!(self.observable, Observable::Evaluations(_))
    }

    /// Whether it is a number that stands in the record of a step, so that reading it costs nothing.
    pub fn is_recorded(&self) -> bool {
        matches!(
            self.observable,
            Observable::Iteration
                | Observable::Value
                | Observable::GradientNorm
                | Observable::GradientNormInf
                | Observable::Alpha
                | Observable::Trials
                | Observable::Evaluations(Some(CallKind::Value | CallKind::Gradient))
                | Observable::Vector(VectorName::X, Some(_))
        )
    }
}
