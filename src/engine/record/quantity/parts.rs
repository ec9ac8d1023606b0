//! The parts of a row: of ∇²f, of a trial, of a memory, of a theorem, of a step that failed.

use crate::engine::number::product::dot;
use crate::engine::record::ending::Ending;
use crate::engine::record::memory::Remembered;
use crate::engine::record::quantity::datum::Datum;
use crate::engine::record::quantity::{AttemptPart, CallKind, CheckPart, MarginPart, SpectrumPart, TrialPart};
use crate::engine::record::trial::{Margin, Trial};
use crate::engine::record::{Calls, Step};
use crate::engine::theory::curvature::Spectrum;
use crate::engine::theory::promise::{Check, Promise};

/// What is known of ∇²f; `None` for a part where nothing is known.
pub(in crate::engine::record::quantity) fn of_hessian(
    spectrum: Option<&Spectrum>,
    part: Option<SpectrumPart>,
) -> Option<Datum> {
    let Some(part) = part else {
        let Some(spectrum) = spectrum else { return Some(Datum::Nothing) };
        let of = |part: SpectrumPart| of_hessian(Some(spectrum), Some(part)).unwrap_or(Datum::Nothing);
        return Some(Datum::Table(vec![
            ("eigenvalues", of(SpectrumPart::Eigenvalues(None))),
            ("eigenvectors", of(SpectrumPart::Eigenvectors(None, None))),
            ("condition", of(SpectrumPart::Condition)),
            ("kind", of(SpectrumPart::Kind)),
        ]));
    };
    let Spectrum { values, vectors } = spectrum?;
    match part {
        SpectrumPart::Eigenvalues(Some(index)) => values.get(index).copied().map(Datum::Number),
        SpectrumPart::Eigenvalues(None) => Some(Datum::List(values.iter().copied().map(Datum::Number).collect())),
        SpectrumPart::Eigenvectors(Some(index), component) => Datum::of_vector(vectors.get(index)?, component),
        SpectrumPart::Eigenvectors(None, _) => {
            vectors.iter().map(|vector| Datum::of_vector(vector, None)).collect::<Option<_>>().map(Datum::List)
        }
        SpectrumPart::Condition => Some(Datum::perhaps(spectrum?.condition())),
        SpectrumPart::Kind => Some(spectrum?.kind().word().into()),
    }
}

impl TrialPart {
    /// This part of a trial.
    pub(in crate::engine::record::quantity) fn of(self, trial: &Trial) -> Option<Datum> {
        match self {
            Self::Alpha => Some(Datum::Number(trial.alpha)),
            Self::Value => Some(Datum::Number(trial.value)),
            Self::Slope => Some(Datum::perhaps(trial.slope)),
            Self::Armijo(part) => of_margin(trial.armijo, part),
            Self::BySlope(part) => of_margin(trial.by_slope(), part),
            Self::Curvature(part) => of_margin(trial.curvature, part),
            Self::Phase => Some(trial.phase.word().into()),
            Self::Bracket(None) => Some(trial.bracket.map_or(Datum::Nothing, Datum::of_bracket)),
            Self::Bracket(Some(index)) => {
                let (low, high) = trial.bracket?;
                [low, high].get(index).copied().map(Datum::Number)
            }
            Self::Verdict => Some(trial.verdict.word().into()),
            Self::Nowhere => None,
        }
    }
}

fn of_margin(margin: Option<Margin>, part: Option<MarginPart>) -> Option<Datum> {
    let Some(part) = part else { return Some(margin.as_ref().map_or(Datum::Nothing, Datum::of_margin)) };
    let margin = margin?;
    Some(match part {
        MarginPart::Lhs => Datum::Number(margin.lhs),
        MarginPart::Rhs => Datum::Number(margin.rhs),
        MarginPart::Holds => Datum::Flag(margin.holds()),
    })
}

/// What the rule remembers, or one thing of it; `None` if it remembers no such thing.
pub(in crate::engine::record::quantity) fn of_state(
    step: &Step,
    name: Option<&str>,
    indices: &[usize],
) -> Option<Datum> {
    let memory = &step.proposal.memory;
    let Some(name) = name else {
        return memory
            .0
            .iter()
            .map(|(name, one)| Some((*name, of_memory(one, &[])?)))
            .collect::<Option<_>>()
            .map(Datum::Table);
    };
    of_memory(memory.get(name)?, indices)
}

fn of_memory(remembered: &Remembered, indices: &[usize]) -> Option<Datum> {
    match (remembered, indices) {
        (Remembered::Number(number), []) => Some(Datum::Number(*number)),
        (Remembered::Count(count), []) => Some(Datum::Count(*count)),
        (Remembered::Word(word), []) => Some((*word).into()),
        (Remembered::Dropped, []) => Some(Datum::Nothing),
        (Remembered::Vector(vector), []) => Datum::of_vector(vector, None),
        (Remembered::Vector(vector), [index]) => Datum::of_vector(vector, Some(*index)),
        (Remembered::Matrix(matrix), []) => {
            (0..matrix.nrows()).map(|row| of_memory(remembered, &[row])).collect::<Option<_>>().map(Datum::List)
        }
        (Remembered::Matrix(matrix), [row]) if *row < matrix.nrows() => {
            Some(Datum::List(matrix.row(*row).iter().copied().map(Datum::Number).collect()))
        }
        (Remembered::Matrix(matrix), [row, column]) => matrix.get((*row, *column)).copied().map(Datum::Number),
        _ => None,
    }
}

/// What theory says of a step, or of one promise; `None` if it says nothing of that.
pub(in crate::engine::record::quantity) fn of_theory(
    checks: &[Check],
    of: Option<(Promise, Option<CheckPart>)>,
) -> Option<Datum> {
    let part = |check: &Check, part: CheckPart| match part {
        CheckPart::Lhs => Datum::Number(check.margin.lhs),
        CheckPart::Rhs => Datum::Number(check.margin.rhs),
        CheckPart::Verdict => check.kept.word().into(),
        CheckPart::Because => check.because.as_ref().map_or(Datum::Nothing, Datum::from),
    };
    let whole = |check: &Check| {
        let parts = [
            ("lhs", CheckPart::Lhs),
            ("rhs", CheckPart::Rhs),
            ("verdict", CheckPart::Verdict),
            ("because", CheckPart::Because),
        ];
        Datum::Table(parts.into_iter().map(|(name, held)| (name, part(check, held))).collect())
    };
    let Some((promise, held)) = of else {
        return Some(Datum::Table(checks.iter().map(|check| (check.promise.word(), whole(check))).collect()));
    };
    let check = checks.iter().find(|check| check.promise == promise)?;
    Some(held.map_or_else(|| whole(check), |held| part(check, held)))
}

/// How often the method has asked.
pub(in crate::engine::record::quantity) fn of_calls(calls: Calls, asked: Option<CallKind>) -> Datum {
    let Calls { value, gradient, hessian } = calls;
    match asked {
        Some(CallKind::Value) => Datum::Count(value),
        Some(CallKind::Gradient) => Datum::Count(gradient),
        Some(CallKind::Hessian) => Datum::Count(hessian),
        None => {
            let all = [("value", value), ("gradient", gradient), ("hessian", hessian)];
            Datum::Table(all.into_iter().map(|(name, count)| (name, Datum::Count(count))).collect())
        }
    }
}

/// The step that failed, or a part of it; `None` for a part where none failed.
pub(in crate::engine::record::quantity) fn of_attempt(ending: &Ending, part: Option<AttemptPart>) -> Option<Datum> {
    let Some((proposal, trials)) = &ending.attempt else {
        return part.is_none().then_some(Datum::Nothing);
    };
    match part {
        None => Some(Datum::Table(vec![
            ("direction", of_attempt(ending, Some(AttemptPart::Direction(None)))?),
            ("slope", of_attempt(ending, Some(AttemptPart::Slope))?),
            ("trials", of_attempt(ending, Some(AttemptPart::Trials))?),
        ])),
        Some(AttemptPart::Direction(index)) => Datum::of_vector(&proposal.direction, index),
        Some(AttemptPart::Slope) => Some(Datum::Number(dot(&ending.at.gradient, &proposal.direction))),
        Some(AttemptPart::Trials) => Some(Datum::List(trials.iter().map(Datum::of_trial).collect())),
    }
}
