//! A quantity as it is written, such as `hessian.eigenvalues[1]`, or what is wrong with it.

use crate::engine::record::quantity::keys::{Keys, TRACE};
use crate::engine::record::quantity::{
    AttemptPart, CallKind, CheckPart, MarginPart, Observable, Quantity, SpectrumPart, TrialPart, TrialSource,
    VectorName,
};
use crate::engine::theory::promise::Promise;

/// Why a text is no quantity of a trace. A place is a path of keys with points between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// It is no path of keys and indices.
    NoPath,
    /// There is no such key.
    NoKey {
        /// Where it would stand; empty for the row itself.
        place: String,
        key: String,
        /// The keys that stand there, in the order of the alphabet.
        known: Vec<&'static str>,
    },
    /// At this place stands a list, which wants an index.
    NoIndex(String),
    /// At this place stands one thing with nothing in it.
    NothingInside(String),
}

impl Quantity {
    /// Reads a quantity: keys with points between them, indices in brackets, `x2` for `x[1]`, `abs(…)` around it.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let written = text.trim();
        let inner = written.strip_prefix("abs(").and_then(|rest| rest.strip_suffix(')'));
        let path = split(inner.unwrap_or(written).trim()).ok_or(Misread::NoPath)?;
        check(&path)?;
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        let observable = observable(&keys).unwrap_or(Observable::Nowhere);
        Ok(Self { text: written.to_owned(), observable, is_absolute: inner.is_some() })
    }
}

/// `hessian.eigenvalues[1]` as hessian, eigenvalues, 1; `x2` as x, 1.
fn split(text: &str) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    for part in text.split('.') {
        let (name, indices) = part.split_once('[').map_or((part, ""), |(name, rest)| (name, rest));
        let is_name = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        match name.strip_prefix('x').and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => keys.extend(["x".to_owned(), number.checked_sub(1)?.to_string()]),
            None => keys.push(name.to_owned()),
        }
        if !indices.is_empty() {
            for index in indices.strip_suffix(']')?.split("][") {
                keys.push(index.parse::<usize>().ok()?.to_string());
            }
        } else if part.ends_with('[') {
            return None;
        }
    }
    Some(keys)
}

/// Complains about the first key that no row of a trace has.
fn check(path: &[String]) -> Result<(), Misread> {
    let mut stands: &Keys = &TRACE;
    for (depth, key) in path.iter().enumerate() {
        let place = || path[..depth].join(".");
        stands = match stands {
            Keys::Perhaps(_) => return Ok(()),
            Keys::List(of) if key.parse::<usize>().is_ok() => of,
            Keys::List(_) => return Err(Misread::NoIndex(place())),
            Keys::One => return Err(Misread::NothingInside(place())),
            Keys::Table(keys) => {
                let known = || keys.iter().map(|(name, _)| *name).collect();
                let found = keys.iter().find(|(name, _)| name == key).map(|(_, keys)| keys);
                found.ok_or_else(|| Misread::NoKey { place: place(), key: key.clone(), known: known() })?
            }
        };
    }
    Ok(())
}

/// A path goes on below what only some rows have, and none of them has that.
struct NoSuchPart;

/// What a path of known keys means.
fn observable(path: &[&str]) -> Result<Observable, NoSuchPart> {
    Ok(match path {
        ["iteration"] => Observable::Iteration,
        ["value"] => Observable::Value,
        ["gradient_norm"] => Observable::GradientNorm,
        ["gradient_norm_inf"] => Observable::GradientNormInf,
        ["x", rest @ ..] => Observable::Vector(VectorName::X, part(rest, index)?),
        ["gradient", rest @ ..] => Observable::Vector(VectorName::Gradient, part(rest, index)?),
        ["noise", rest @ ..] => Observable::Vector(VectorName::Noise, part(rest, index)?),
        ["base", rest @ ..] => Observable::Vector(VectorName::Base, part(rest, index)?),
        ["direction", rest @ ..] => Observable::Vector(VectorName::Direction, part(rest, index)?),
        ["step", rest @ ..] => Observable::Vector(VectorName::Step, part(rest, index)?),
        ["hessian", rest @ ..] => Observable::Hessian(part(rest, bend)?),
        ["slope"] => Observable::Slope,
        ["angle_degrees"] => Observable::Angle,
        ["alpha"] => Observable::Alpha,
        ["alpha_star"] => Observable::AlphaStar,
        ["alpha_max"] => Observable::AlphaMax,
        ["predicted_change"] => Observable::PredictedChange,
        ["change"] => Observable::Change,
        ["trials"] => Observable::Trials,
        ["trials", number, rest @ ..] => {
            Observable::Trial(TrialSource::Made(number.parse().or(Err(NoSuchPart))?), tried(rest))
        }
        ["trial", rest @ ..] => Observable::Trial(TrialSource::Named, tried(rest)),
        ["state"] => Observable::State(None, Vec::new()),
        ["state", name, rest @ ..] => {
            let indices =
                rest.iter().map(|index| index.parse().or(Err(NoSuchPart))).collect::<Result<Vec<usize>, _>>()?;
            Observable::State(Some((*name).to_owned()), indices)
        }
        ["theory"] => Observable::Theory(None),
        ["theory", name, rest @ ..] => {
            let promise = Promise::ALL.into_iter().find(|promise| promise.word() == *name).ok_or(NoSuchPart)?;
            Observable::Theory(Some((promise, part(rest, held)?)))
        }
        ["evaluations", rest @ ..] => Observable::Evaluations(part(rest, asked)?),
        ["reason"] => Observable::Reason,
        ["sentence"] => Observable::Sentence,
        ["note"] => Observable::Note,
        ["point"] => Observable::Point,
        ["attempt", "trials", number, rest @ ..] => {
            Observable::Trial(TrialSource::Failed(number.parse().or(Err(NoSuchPart))?), tried(rest))
        }
        ["attempt", rest @ ..] => Observable::Attempt(part(rest, failed)?),
        _ => return Err(NoSuchPart),
    })
}

/// A part that the rest of a path names, or none for the whole where the path ends.
fn part<T>(rest: &[&str], read: impl FnOnce(&[&str]) -> Option<T>) -> Result<Option<T>, NoSuchPart> {
    if rest.is_empty() { Ok(None) } else { read(rest).map(Some).ok_or(NoSuchPart) }
}

fn index(path: &[&str]) -> Option<usize> {
    if let [index] = path { index.parse().ok() } else { None }
}

fn bend(path: &[&str]) -> Option<SpectrumPart> {
    Some(match path {
        ["eigenvalues", rest @ ..] => SpectrumPart::Eigenvalues(part(rest, index).ok()?),
        ["eigenvectors", number, component] => {
            SpectrumPart::Eigenvectors(Some(number.parse().ok()?), Some(component.parse().ok()?))
        }
        ["eigenvectors", rest @ ..] => SpectrumPart::Eigenvectors(part(rest, index).ok()?, None),
        ["condition"] => SpectrumPart::Condition,
        ["kind"] => SpectrumPart::Kind,
        _ => return None,
    })
}

/// A part of a trial, or none for the whole.
fn tried(path: &[&str]) -> Option<TrialPart> {
    (!path.is_empty()).then(|| part_of_trial(path).unwrap_or(TrialPart::Nowhere))
}

fn part_of_trial(path: &[&str]) -> Option<TrialPart> {
    Some(match path {
        ["alpha"] => TrialPart::Alpha,
        ["value"] => TrialPart::Value,
        ["slope"] => TrialPart::Slope,
        ["armijo", rest @ ..] => TrialPart::Armijo(part(rest, margined).ok()?),
        ["by_slope", rest @ ..] => TrialPart::BySlope(part(rest, margined).ok()?),
        ["curvature", rest @ ..] => TrialPart::Curvature(part(rest, margined).ok()?),
        ["phase"] => TrialPart::Phase,
        ["bracket", rest @ ..] => TrialPart::Bracket(part(rest, index).ok()?),
        ["verdict"] => TrialPart::Verdict,
        _ => return None,
    })
}

fn margined(path: &[&str]) -> Option<MarginPart> {
    match path {
        ["lhs"] => Some(MarginPart::Lhs),
        ["rhs"] => Some(MarginPart::Rhs),
        ["holds"] => Some(MarginPart::Holds),
        _ => None,
    }
}

fn held(path: &[&str]) -> Option<CheckPart> {
    match path {
        ["lhs"] => Some(CheckPart::Lhs),
        ["rhs"] => Some(CheckPart::Rhs),
        ["verdict"] => Some(CheckPart::Verdict),
        ["because"] => Some(CheckPart::Because),
        _ => None,
    }
}

fn asked(path: &[&str]) -> Option<CallKind> {
    match path {
        ["value"] => Some(CallKind::Value),
        ["gradient"] => Some(CallKind::Gradient),
        ["hessian"] => Some(CallKind::Hessian),
        _ => None,
    }
}

fn failed(path: &[&str]) -> Option<AttemptPart> {
    match path {
        ["direction", rest @ ..] => Some(AttemptPart::Direction(part(rest, index).ok()?)),
        ["slope"] => Some(AttemptPart::Slope),
        ["trials"] => Some(AttemptPart::Trials),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_of_the_format_are_read() {
        let velocity = Observable::State(Some("velocity".into()), vec![0]);
        let lemma = Observable::Theory(Some((Promise::DescentLemma, Some(CheckPart::Verdict))));
        for (text, observable, is_absolute) in [
            ("value", Observable::Value, false),
            ("abs(x2)", Observable::Vector(VectorName::X, Some(1)), true),
            (" abs( x[1] ) ", Observable::Vector(VectorName::X, Some(1)), true),
            ("x.1", Observable::Vector(VectorName::X, Some(1)), false),
            ("x12", Observable::Vector(VectorName::X, Some(11)), false),
            ("x", Observable::Vector(VectorName::X, None), false),
            ("gradient_norm_inf", Observable::GradientNormInf, false),
            ("hessian.eigenvalues[1]", Observable::Hessian(Some(SpectrumPart::Eigenvalues(Some(1)))), false),
            (
                "hessian.eigenvectors[0][1]",
                Observable::Hessian(Some(SpectrumPart::Eigenvectors(Some(0), Some(1)))),
                false,
            ),
            ("trials", Observable::Trials, false),
            ("trials[2].verdict", Observable::Trial(TrialSource::Made(2), Some(TrialPart::Verdict)), false),
            (
                "trial.armijo.lhs",
                Observable::Trial(TrialSource::Named, Some(TrialPart::Armijo(Some(MarginPart::Lhs)))),
                false,
            ),
            (
                "attempt.trials[0].bracket[1]",
                Observable::Trial(TrialSource::Failed(0), Some(TrialPart::Bracket(Some(1)))),
                false,
            ),
            ("theory.descent-lemma.verdict", lemma, false),
            ("evaluations.value", Observable::Evaluations(Some(CallKind::Value)), false),
            ("reason", Observable::Reason, false),
            ("state.velocity[0]", velocity, false),
        ] {
            let quantity = Quantity::parse(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"));
            assert_eq!((quantity.observable(), quantity.is_absolute()), (&observable, is_absolute), "{text}");
        }
        assert_eq!(
            Quantity::parse("trial.verdict").unwrap().of_trial(3).observable(),
            &Observable::Trial(TrialSource::Made(2), Some(TrialPart::Verdict))
        );
    }

    /// What only some rows have may have anything in it.
    #[test]
    fn below_what_only_some_rows_have_a_path_may_go_on() {
        for text in ["note.more", "attempt.more", "state.velocity.more"] {
            assert_eq!(Quantity::parse(text).unwrap().observable(), &Observable::Nowhere, "{text}");
        }
        for text in ["trial.slope.more", "trial.by_slope[3]"] {
            let observable = Observable::Trial(TrialSource::Named, Some(TrialPart::Nowhere));
            assert_eq!(Quantity::parse(text).unwrap().observable(), &observable, "{text}");
        }
        for text in
            ["value.more", "hessian.more", "x.more", "x[0][0]", "trial.armijo.more", "theory.more", "point.more"]
        {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_quantity_is_read_as_it_is_listed() {
        let all = Quantity::all();
        assert!(all.len() > 150, "{}", all.len());
        assert!(all.iter().all(|quantity| *quantity.observable() != Observable::Nowhere));
    }
}
