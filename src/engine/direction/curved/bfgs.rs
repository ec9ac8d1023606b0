//! Learn the curvature from how the gradient changes, and step as if it were Newton's.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::secant::SecantPair;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Working, matrix};
use crate::objective::point::{Matrix, Vector};

/// BFGS with the inverse Hessian H⁻, from H⁻ = I (Nocedal & Wright, algorithm 6.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bfgs {
    /// Whether the first pair sets the size of H⁻: (sᵀy/yᵀy) I instead of I.
    pub rescale: bool,
    /// Whether a pair that bends down is mended (Powell) instead of skipped.
    pub damping: bool,
}

const PARAMETERS: &[Parameter] = &[
    Parameter { name: "rescale", symbol: "rescale", meaning: "let the first pair set the size", domain: Domain::Flag },
    Parameter { name: "damping", symbol: "damping", meaning: "mend pairs that bend down", domain: Domain::Flag },
];

settings!(Bfgs { rescale, damping } of PARAMETERS);

const MODEL: &str = "inverse_hessian";
const UPDATE: &str = "update";
/// Powell's bound: the mended pair keeps this share of the curvature that the model expects.
const POWELL: f64 = 0.2;

impl Bfgs {
    /// H⁻ at `here`, and what was done to it on arrival.
    fn model(self, here: &Sample, past: &[Arc<Step>]) -> (Arc<Matrix>, &'static str) {
        let n = here.point.len();
        let before = past.last().and_then(|last| Some((last, last.proposal.memory.matrix(MODEL)?)));
        let (Some((last, model)), Some(pair)) = (before, SecantPair::last(here, past)) else {
            return (Arc::new(Matrix::identity(n, n)), "start");
        };
        let scale = (self.rescale && is_unscaled(last, model) && pair.bends_up()).then(|| pair.scale());
        let (pair, word) = if self.damping { mended(pair, last, scale) } else { (pair, "updated") };
        if !pair.bends_up() {
            return (Arc::clone(model), "skipped");
        }
        let next = match scale {
            Some(scale) => updated(&Matrix::from_diagonal_element(n, n, scale), &pair),
            None => updated(model, &pair),
        };
        (Arc::new(next), word)
    }
}

/// Whether no pair has changed H⁻ yet: it is I, from the start or again.
fn is_unscaled(last: &Step, model: &Matrix) -> bool {
    match last.proposal.memory.word(UPDATE) {
        Some("start" | "reset") => true,
        Some("skipped") => *model == Matrix::identity(model.nrows(), model.ncols()),
        _ => false,
    }
}

/// Powell's damping: y drawn towards Bs until sᵀy ≥ 0.2 sᵀBs, so that H⁻ stays positive definite; B is I/scale where a
/// scale was just chosen.
fn mended(pair: SecantPair, last: &Step, scale: Option<f64>) -> (SecantPair, &'static str) {
    let expected: Vector = match scale {
        Some(scale) => &pair.s / scale,
        // d = −H⁻g and s = αd, so that Bs = −αg without a matrix.
        None => last.seen_gradient().into_owned() * -last.alpha,
    };
    let (bend, expected_bend) = (pair.curvature(), pair.s.dot(&expected));
    if bend >= POWELL * expected_bend {
        return (pair, "updated");
    }
    let theta = (1.0 - POWELL) * expected_bend / (expected_bend - bend);
    let y = &pair.y * theta + expected * (1.0 - theta);
    (SecantPair { y, ..pair }, "damped")
}

/// (I − ρsyᵀ)H⁻(I − ρysᵀ) + ρssᵀ with ρ = 1/yᵀs in O(n²), as two changes of rank one.
///
/// First A = (I − ρsyᵀ)H⁻, then A(I − ρysᵀ) + ρssᵀ with A·y multiplied out: the rank-two formula in one go would subtract
/// numbers as large as κ from each other.
fn updated(model: &Matrix, pair: &SecantPair) -> Matrix {
    let SecantPair { s, y, .. } = pair;
    let n = s.len();
    let rho = 1.0 / pair.curvature();
    let hy = times(model, y);
    let mut entries = Vec::with_capacity(n * n);
    for (column, hy_j) in model.as_slice().chunks_exact(n).zip(hy.as_slice()) {
        let weight = rho * hy_j;
        entries.extend(column.iter().zip(s.as_slice()).map(|(entry, s)| entry - weight * s));
    }
    let mut next = Matrix::from_vec(n, n, entries);
    let rest = s - times(&next, y);
    for (column, s_j) in next.as_mut_slice().chunks_exact_mut(n).zip(s.as_slice()) {
        let weight = rho * s_j;
        column.iter_mut().zip(rest.as_slice()).for_each(|(entry, rest)| *entry += weight * rest);
    }
    next
}

/// M·v. Four columns at a time, so that the sums are read and written a fourth as often; each is summed in its usual order.
fn times(matrix: &Matrix, vector: &Vector) -> Vector {
    let n = vector.len();
    let (Some((first, rest)), Some((weight, weights))) =
        (matrix.as_slice().split_at_checked(n), vector.as_slice().split_first())
    else {
        return Vector::zeros(n);
    };
    let mut sums: Vec<f64> = first.iter().map(|entry| entry * weight).collect();
    let (mut fours, mut weights) = (rest.chunks_exact(4 * n), weights.chunks_exact(4));
    for (columns, weights) in fours.by_ref().zip(weights.by_ref()) {
        let (left, right) = columns.split_at(2 * n);
        let ((one, two), (three, four)) = (left.split_at(n), right.split_at(n));
        for (sum, ((one, two), (three, four))) in sums.iter_mut().zip(one.iter().zip(two).zip(three.iter().zip(four))) {
            *sum = *sum + one * weights[0] + two * weights[1] + three * weights[2] + four * weights[3];
        }
    }
    for (column, weight) in fours.remainder().chunks_exact(n).zip(weights.remainder()) {
        sums.iter_mut().zip(column).for_each(|(sum, entry)| *sum += entry * weight);
    }
    Vector::from_vec(sums)
}

fn are_finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

impl Direction for Bfgs {
    fn letters(&self) -> String {
        "−H⁻∇f".into()
    }

    fn code(&self) -> &'static str {
        "update H⁻ so that H⁻y = s; d ← −H⁻∇f(x)"
    }

    fn working(&self, _seen: &Seen<'_>, proposal: &Proposal) -> Working {
        proposal.memory.matrix(MODEL).map_or_else(Working::new, |model| matrix("H⁻", model))
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == MODEL).then_some("H⁻")
    }

    fn recalled(&self, memory: &Memory) -> String {
        match memory.word(UPDATE) {
            Some("start") => "no steps yet: the inverse Hessian is H⁻ = I".into(),
            Some("skipped") => "H⁻ stays: the last step saw no upward bend (yᵀs ≤ 0)".into(),
            Some("damped") => "H⁻ learned from a mended pair: the last step bent down".into(),
            Some("reset") => "H⁻ is I again: its direction went uphill".into(),
            _ => "H⁻ learned from the last step: now H⁻y = s".into(),
        }
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let (mut model, mut word) = self.model(here, past);
        let mut direction = -times(&model, &here.gradient);
        // An entry that is not finite shows in its row of the product, which is looked through much sooner.
        if !are_finite(direction.as_slice()) && !are_finite(model.as_slice()) {
            let before = past.last().and_then(|last| last.proposal.memory.matrix(MODEL));
            (model, word) = (before.map_or(model, Arc::clone), "skipped");
            direction = -times(&model, &here.gradient);
        }
        if here.gradient.dot(&direction) >= 0.0 && word != "start" {
            model = Arc::new(Matrix::identity(direction.len(), direction.len()));
            (direction, word) = (-&here.gradient, "reset");
        }
        Ok(Proposal::ray(direction).recalling(Memory(vec![(MODEL, model.into()), (UPDATE, word.into())])))
    }
}
