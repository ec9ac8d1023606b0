//! One line of a trace: a step with everything that can be said about it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::engine::number::product;
use crate::engine::record::ending::Ending;
use crate::engine::record::memory::Remembered;
use crate::engine::record::trial::{Margin, Trial};
use crate::engine::record::{Calls, Proposal, Sample, Step};
use crate::engine::run::Run;
use crate::engine::theory::critical::{self, CriticalPoint};
use crate::engine::theory::curvature::{self, Spectrum};
use crate::engine::theory::promise::{Check, Promise, PromiseStatus};
use crate::engine::theory::{self, Known};
use crate::objective::function::Objective;
use crate::objective::point::Vector;

/// A number as the trace writes it: the same double when read back, and a word where JSON has no number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() { serializer.serialize_f64(self.0) } else { serializer.serialize_str(self.word()) }
    }
}

impl Number {
    /// "nan", "inf" or "-inf" for a number that is not finite.
    pub fn word(self) -> &'static str {
        if self.0.is_nan() {
            "nan"
        } else if self.0 > 0.0 {
            "inf"
        } else {
            "-inf"
        }
    }
}

/// The coordinates of a vector.
pub type Numbers = Vec<Number>;

fn numbers(vector: &Vector) -> Numbers {
    vector.iter().copied().map(Number).collect()
}

/// The step taken from xₜ.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub iteration: usize,
    pub x: Numbers,
    pub value: Number,
    pub gradient: Numbers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<Numbers>,
    pub gradient_norm: Number,
    pub gradient_norm_inf: Number,
    pub hessian: Option<HessianRow>,
    pub base: Numbers,
    pub direction: Numbers,
    pub slope: Number,
    pub angle_degrees: Option<Number>,
    pub alpha: Number,
    pub alpha_star: Option<Number>,
    pub alpha_max: Option<Number>,
    pub step: Numbers,
    pub predicted_change: Option<Number>,
    pub change: Number,
    pub trials: Vec<TrialRow>,
    pub state: BTreeMap<&'static str, serde_json::Value>,
    pub theory: BTreeMap<Promise, TheoryRow>,
    pub evaluations: Calls,
}

/// The curvature at xₜ.
#[derive(Debug, Clone, Serialize)]
pub struct HessianRow {
    pub eigenvalues: Numbers,
    pub eigenvectors: Vec<Numbers>,
    pub condition: Option<Number>,
    pub kind: curvature::Kind,
}

/// One look along the line.
#[derive(Debug, Clone, Serialize)]
pub struct TrialRow {
    pub alpha: Number,
    pub value: Number,
    pub slope: Option<Number>,
    pub armijo: Option<MarginRow>,
    pub by_slope: Option<MarginRow>,
    pub curvature: Option<MarginRow>,
    pub phase: crate::engine::record::trial::Phase,
    pub bracket: Option<[Number; 2]>,
    pub verdict: crate::engine::record::trial::Verdict,
}

/// Both sides of a condition.
#[derive(Debug, Clone, Serialize)]
pub struct MarginRow {
    pub lhs: Number,
    pub rhs: Number,
    pub holds: bool,
}

/// A promise held against the step.
#[derive(Debug, Clone, Serialize)]
pub struct TheoryRow {
    pub lhs: Number,
    pub rhs: Number,
    pub verdict: PromiseStatus,
    pub because: Option<String>,
}

/// How the run ended.
#[derive(Debug, Clone, Serialize)]
pub struct EndRow {
    pub iteration: usize,
    pub x: Numbers,
    pub value: Number,
    pub gradient: Numbers,
    pub gradient_norm_inf: Number,
    pub hessian: Option<HessianRow>,
    pub reason: crate::engine::record::ending::Reason,
    pub sentence: String,
    pub note: Option<String>,
    pub point: Option<CriticalPoint>,
    pub attempt: Option<AttemptRow>,
    pub evaluations: Calls,
}

/// The step that failed.
#[derive(Debug, Clone, Serialize)]
pub struct AttemptRow {
    pub direction: Numbers,
    pub slope: Number,
    pub trials: Vec<TrialRow>,
}

/// The row of step `t` of a run that has computed it: all that is past, and the one step ahead.
pub fn row(run: &Run, t: usize, known: &Known) -> Option<Row> {
    let step = match run.past().get(t) {
        Some(step) => step,
        None if t == run.iteration() => run.peek().ok()?,
        None => return None,
    };
    let past = run.past().get(..t)?;
    Some(Row { iteration: t, ..told(past, step, run.objective(), known) })
}

fn told(past: &[Arc<Step>], step: &Step, objective: &dyn Objective, known: &Known) -> Row {
    let from = &step.from;
    let direction = &step.proposal.direction;
    let looked = curvature::look(objective, from);
    let displacement = step.displacement();
    let star = looked.as_ref().and_then(|(hessian, _)| curvature::best_step(step, hessian));
    let predicted = looked.as_ref().map(|(hessian, _)| curvature::predicted_change(step, hessian));
    let checks = theory::checks(past, step, objective, looked.as_ref(), known);
    Row {
        iteration: 0,
        x: numbers(&from.point),
        value: Number(from.value),
        gradient: numbers(&from.gradient),
        noise: step.noise.as_ref().map(numbers),
        gradient_norm: Number(product::norm(&from.gradient)),
        gradient_norm_inf: Number(from.gradient.amax()),
        hessian: looked.map(|(_, spectrum)| hessian_row(&spectrum)),
        base: step.proposal.base.as_ref().map_or_else(|| vec![Number(0.0); direction.len()], numbers),
        direction: numbers(direction),
        slope: Number(product::dot(&from.gradient, direction)),
        angle_degrees: angle_from_steepest(from, direction).map(Number),
        alpha: Number(step.alpha),
        alpha_star: star.map(Number),
        alpha_max: star.map(|star| Number(2.0 * star)),
        step: numbers(&displacement),
        predicted_change: predicted.map(Number),
        change: Number(step.to.value - from.value),
        trials: step.trials.iter().map(trial_row).collect(),
        state: step.proposal.memory.0.iter().map(|(name, remembered)| (*name, state(remembered))).collect(),
        theory: checks.iter().map(|check| (check.promise, theory_row(check))).collect(),
        evaluations: step.calls,
    }
}

/// The angle between d and −∇f in degrees, 0 to 180; `None` if one of them is 0.
pub fn angle_from_steepest(sample: &Sample, direction: &Vector) -> Option<f64> {
    let (down, along) = (-&sample.gradient, direction);
    let (down_scale, along_scale) = (down.amax(), along.amax());
    if down_scale == 0.0 || along_scale == 0.0 || !down_scale.is_finite() || !along_scale.is_finite() {
        return None;
    }
    let (down, along) = ((down / down_scale).normalize(), (along / along_scale).normalize());
    if product::dot(&down, &along) == 0.0 {
        return Some(90.0);
    }
    // Kahan's form: exact for parallel vectors, where acos loses half of the digits.
    Some((2.0 * (&down - &along).norm().atan2((&down + &along).norm())).to_degrees())
}

fn hessian_row(spectrum: &Spectrum) -> HessianRow {
    HessianRow {
        eigenvalues: spectrum.values.iter().copied().map(Number).collect(),
        eigenvectors: spectrum.vectors.iter().map(numbers).collect(),
        condition: spectrum.condition().map(Number),
        kind: spectrum.kind(),
    }
}

fn trial_row(trial: &Trial) -> TrialRow {
    TrialRow {
        alpha: Number(trial.alpha),
        value: Number(trial.value),
        slope: trial.slope.map(Number),
        armijo: trial.armijo.as_ref().map(margin_row),
        by_slope: trial.by_slope().as_ref().map(margin_row),
        curvature: trial.curvature.as_ref().map(margin_row),
        phase: trial.phase,
        bracket: trial.bracket.map(|(low, high)| [Number(low), Number(high)]),
        verdict: trial.verdict,
    }
}

fn margin_row(margin: &Margin) -> MarginRow {
    MarginRow { lhs: Number(margin.lhs), rhs: Number(margin.rhs), holds: margin.holds() }
}

fn theory_row(check: &Check) -> TheoryRow {
    TheoryRow {
        lhs: Number(check.margin.lhs),
        rhs: Number(check.margin.rhs),
        verdict: check.kept,
        because: check.because.clone(),
    }
}

fn state(remembered: &Remembered) -> serde_json::Value {
    let shown = match remembered {
        Remembered::Number(number) => serde_json::to_value(Number(*number)),
        Remembered::Count(count) => serde_json::to_value(count),
        Remembered::Vector(vector) => serde_json::to_value(numbers(vector)),
        Remembered::Matrix(matrix) => {
            let rows: Vec<Numbers> = matrix.row_iter().map(|row| row.iter().copied().map(Number).collect()).collect();
            serde_json::to_value(rows)
        }
        Remembered::Word(word) => serde_json::to_value(word),
        Remembered::Dropped => Ok(serde_json::Value::Null),
    };
    shown.unwrap_or_default()
}

/// The last line of a trace, for a run that stands at `ending`.
pub fn end_row(run: &Run, ending: &Ending) -> EndRow {
    let attempt = |(proposal, trials): &(Proposal, Vec<Trial>)| AttemptRow {
        direction: numbers(&proposal.direction),
        slope: Number(product::dot(&ending.at.gradient, &proposal.direction)),
        trials: trials.iter().map(trial_row).collect(),
    };
    let looked = curvature::look(run.objective(), &ending.at);
    EndRow {
        iteration: run.iteration(),
        x: numbers(&ending.at.point),
        value: Number(ending.at.value),
        gradient: numbers(&ending.at.gradient),
        gradient_norm_inf: Number(ending.at.gradient.amax()),
        point: looked.as_ref().and_then(|looked| critical::classify(run.objective(), looked, &ending.at, run.start())),
        hessian: looked.map(|(_, spectrum)| hessian_row(&spectrum)),
        reason: ending.reason,
        sentence: ending.sentence.clone(),
        note: ending.note.clone(),
        attempt: ending.attempt.as_ref().map(attempt),
        evaluations: ending.calls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::scaled::adam::Adam;
    use crate::engine::direction::slope::momentum::Momentum;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::run::stop::Limits;
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    fn run(formula: &str, start: &[f64], direction: DirectionRule) -> Run {
        let objective = Formula::parse(formula, start.len(), &BTreeMap::new()).unwrap();
        let method = Method { direction, step_size: StepSizeRule::Fixed(Fixed { alpha: 0.01 }) };
        Run::new(Arc::new(objective), Point::from_column_slice(start), method, Limits::default())
    }

    #[test]
    fn a_velocity_of_zero_leaves_a_ray_from_x() {
        let mut run = run("10*x1^2 + x2^2/2", &[2.0, 20.0], DirectionRule::Momentum(Momentum::default()));
        let known = Known { lipschitz: Some(20.0), ..Known::default() };
        let first = row(&run, 0, &known).unwrap();
        assert_eq!(first.base, [Number(0.0); 2]);
        assert_eq!(first.alpha_star, Some(Number(2000.0 / 32400.0)));
        assert_eq!(first.theory[&Promise::DescentLemma].verdict, PromiseStatus::Holds);
        run.advance();
        let second = row(&run, 1, &known).unwrap();
        assert_eq!((second.alpha_star, second.alpha_max), (None, None));
        assert_eq!(second.theory[&Promise::DescentLemma].because.as_deref(), Some("d is not −∇f"));
    }

    #[test]
    fn a_run_that_starts_on_a_critical_point_shows_its_curvature() {
        let run = run("x1^2 - 3*x2^2", &[0.0, 0.0], DirectionRule::SteepestDescent(SteepestDescent::default()));
        let end = end_row(&run, run.peek().unwrap_err());
        let hessian = end.hessian.unwrap();
        assert_eq!((end.iteration, hessian.eigenvalues), (0, vec![Number(2.0), Number(-6.0)]));
        assert_eq!((hessian.kind, end.point), (curvature::Kind::SaddleLike, Some(CriticalPoint::Saddle)));
    }

    #[test]
    fn counts_are_whole_numbers_and_quantities_are_not() {
        let run = run("x1^2", &[1.0], DirectionRule::Adam(Adam::default()));
        let state = row(&run, 0, &Known::default()).unwrap().state;
        assert_eq!((state["updates"].to_string(), state["first_moment"].to_string()), ("0".into(), "[0.0]".into()));
    }
}
