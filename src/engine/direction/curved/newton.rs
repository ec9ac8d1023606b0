//! Go to the minimum of the quadratic model: solve ∇²f d = −∇f.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::definite;
use crate::engine::number::short;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, MOST_ROWS, Tone, Working, factor, index, matrix};
use crate::engine::theory::curvature::Spectrum;
use crate::objective::point::{Matrix, Vector};

/// Newton's direction, pure or made safe where the Hessian is not positive definite.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Newton {
    /// What is done where the model has no minimum.
    pub safeguard: Safeguard,
}

/// What is done where the model has no minimum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safeguard {
    /// Nothing: the step goes to the model's critical point, be it a saddle or a maximum.
    #[default]
    None,
    /// τ is added to every eigenvalue until all are positive (Nocedal & Wright, algorithm 3.3).
    Shift,
    /// Every eigenvalue is replaced by its size, at least ε·max|λ|; a positive definite Hessian stays as it is.
    Absolute,
}

const PARAMETERS: &[Parameter] = &[Parameter {
    name: "safeguard",
    symbol: "safeguard",
    meaning: "where the Hessian is not positive definite",
    domain: Domain::Word(&["none", "shift", "absolute"]),
}];

settings!(Newton { safeguard } of PARAMETERS);

const SHIFT: &str = "shift";
/// The first shift, β of Nocedal & Wright's algorithm 3.3.
const FIRST_SHIFT: f64 = 1e-3;
/// The smallest eigenvalue that is left alone beside the largest.
const LEAST_EIGENVALUE: f64 = 1e-8;
/// From the first shift to the largest double.
const MOST_TRIES: u32 = 1100;

impl Direction for Newton {
    fn letters(&self) -> String {
        match self.safeguard {
            Safeguard::None => "−(∇²f)⁻¹∇f",
            Safeguard::Shift => "−(∇²f + τI)⁻¹∇f",
            Safeguard::Absolute => "−|∇²f|⁻¹∇f",
        }
        .into()
    }

    fn code(&self) -> &'static str {
        match self.safeguard {
            Safeguard::None => "solve ∇²f(x) d = −∇f(x)",
            Safeguard::Shift => "τ ← max(2τ, 0.001) until ∇²f + τI ≻ 0; solve (∇²f + τI) d = −∇f",
            Safeguard::Absolute => "∇²f = VΛVᵀ; d ← −V max(|Λ|, ε)⁻¹ Vᵀ∇f, unless ∇²f ≻ 0",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        let gradient = &*seen.gradient();
        let (n, d) = (gradient.len(), &proposal.direction);
        if n > MOST_ROWS {
            return Working::new();
        }
        let mut hessian = seen.objective.hessian(&seen.here.point);
        let mut working = matrix("H", &hessian);
        let shift = proposal.memory.number(SHIFT).unwrap_or(0.0);
        if shift != 0.0 {
            working.push(Equation::new("τ", [short(shift)]).noted(Tone::Dim, "is added on the diagonal"));
            hessian = raised(&hessian, shift);
        }
        let product = &hessian * d;
        working.extend((0..n).map(|i| {
            let terms: Vec<String> = (0..n).map(|j| format!("{}·{}", factor(hessian[(i, j)]), factor(d[j]))).collect();
            let is_solved = (product[i] + gradient[i]).abs() <= 1e-9 * (1.0 + gradient.amax());
            let name = index(i + 1);
            let row = Equation::new(format!("(Hd){name}"), [terms.join(" + "), short(product[i])]);
            if is_solved { row.noted(Tone::Good, format!("= −∂f/∂x{name}")) } else { row }
        }));
        working
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        (name == SHIFT).then_some("τ")
    }

    fn recalled(&self, memory: &Memory) -> String {
        let tries = memory.number("tries").unwrap_or_default();
        match memory.number(SHIFT) {
            Some(0.0) => "∇²f is positive definite as it is: τ = 0".into(),
            Some(shift) => format!("∇²f + τI is positive definite from τ = {} on (try {tries})", short(shift)),
            None => "nothing".into(),
        }
    }

    fn propose(&self, here: &Sample, _past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let hessian = ask.hessian(&here.point);
        if !hessian.iter().all(|entry| entry.is_finite()) {
            let sentence = "the Hessian holds numbers that are not finite".into();
            return Err(Stuck { reason: Reason::NotFinite, sentence });
        }
        match self.safeguard {
            Safeguard::None => solved(&hessian, &here.gradient).map(Proposal::ray),
            Safeguard::Shift => shifted(&hessian, &here.gradient),
            Safeguard::Absolute => absolute(&hessian, &here.gradient).map(Proposal::ray),
        }
    }
}

/// d with H d = −g.
fn solved(hessian: &Matrix, gradient: &Vector) -> Result<Vector, Stuck> {
    // Rows and columns are brought to one size by powers of 2, which round nothing: a unit makes no matrix singular.
    let scales = hessian.column_iter().map(|column| (-0.5 * column.amax().log2()).round().clamp(-512.0, 512.0).exp2());
    let scales = Vector::from_iterator(gradient.len(), scales);
    let factors =
        Matrix::from_fn(hessian.nrows(), hessian.ncols(), |i, j| scales[i] * hessian[(i, j)] * scales[j]).lu();
    let pivots = factors.u().diagonal().abs();
    let is_singular = pivots.min() <= gradient.len() as f64 * f64::EPSILON * pivots.max();
    let solution = if is_singular { None } else { factors.solve(&-gradient.component_mul(&scales)) };
    solution.map(|scaled| scaled.component_mul(&scales)).ok_or_else(|| Stuck {
        reason: Reason::SingularHessian,
        sentence: "the Hessian is singular: ∇²f d = −∇f has no solution, or more than one".into(),
    })
}

/// H + τI.
fn raised(hessian: &Matrix, shift: f64) -> Matrix {
    let mut raised = hessian.clone();
    (0..raised.nrows()).for_each(|i| raised[(i, i)] += shift);
    raised
}

/// The direction with the first shift that makes the Hessian positive definite.
fn shifted(hessian: &Matrix, gradient: &Vector) -> Result<Proposal, Stuck> {
    let least = hessian.diagonal().min();
    let mut shift = if least > 0.0 { 0.0 } else { FIRST_SHIFT - least };
    for tries in 1..=MOST_TRIES {
        if let Some(factor) = definite::factor(raised(hessian, shift)) {
            let memory = Memory::default().with(SHIFT, shift).with("tries", u64::from(tries));
            return Ok(Proposal::ray(-factor.solve(gradient)).recalling(memory));
        }
        shift = (2.0 * shift).max(FIRST_SHIFT);
    }
    let sentence = "no shift τ makes the Hessian positive definite: its numbers overflow".into();
    Err(Stuck { reason: Reason::SingularHessian, sentence })
}

/// −H⁻¹g where H is positive definite, else −V max(|Λ|, ε)⁻¹ Vᵀg.
fn absolute(hessian: &Matrix, gradient: &Vector) -> Result<Vector, Stuck> {
    if let Some(factor) = definite::factor(hessian.clone()) {
        return Ok(-factor.solve(gradient));
    }
    let Some(spectrum) = Spectrum::of(hessian) else {
        let sentence = "the Hessian has no eigenvalues that are numbers".into();
        return Err(Stuck { reason: Reason::NotFinite, sentence });
    };
    let least = if spectrum.largest() > 0.0 { LEAST_EIGENVALUE * spectrum.largest() } else { LEAST_EIGENVALUE };
    let parts = spectrum.values.iter().zip(&spectrum.vectors);
    Ok(parts.fold(Vector::zeros(gradient.len()), |direction, (value, vector)| {
        direction - vector * (vector.dot(gradient) / value.abs().max(least))
    }))
}
