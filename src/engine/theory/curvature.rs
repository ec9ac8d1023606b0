//! How the ground bends: eigenvalues and eigenvectors of the Hessian, and what they say.

use serde::Serialize;

use crate::engine::number::product;
use crate::engine::record::{Sample, Step};
use crate::engine::theory::promise::is_ray;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Vector};

/// Maximum number of coordinates for which Hessians are shown and decomposed.
pub const MOST_COORDINATES: usize = 64;

/// The eigenpairs of a symmetric matrix, in a reproducible order and sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Eigenvalues, largest first.
    pub values: Vec<f64>,
    /// Unit eigenvectors in the same order; the first of the largest components is positive.
    pub vectors: Vec<Vector>,
}

/// What the signs of the eigenvalues say of a point, whether or not ∇f vanishes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Every λ is positive: f bends up in all directions.
    MinimumLike,
    /// Both signs occur.
    SaddleLike,
    /// Every λ is negative.
    MaximumLike,
    /// Some λ is 0 and no two signs differ: second order does not decide.
    FlatLike,
}

impl Kind {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::MinimumLike => "minimum-like",
            Self::SaddleLike => "saddle-like",
            Self::MaximumLike => "maximum-like",
            Self::FlatLike => "flat-like",
        }
    }
}

/// What one eigen-direction does under steepest descent with step size α: its factor per step is 1 − αλ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// αλ = 1: solved at once.
    OneStep,
    /// 0 < αλ < 1: shrinks on one side.
    Monotone,
    /// 1 < αλ < 2: shrinks, changing sides.
    Oscillating,
    /// αλ = 2 or λ = 0: neither shrinks nor grows.
    Neutral,
    /// αλ > 2: grows, changing sides.
    Diverging,
    /// λ < 0: grows on one side.
    Escaping,
}

impl Regime {
    /// The regime of step size `alpha` along an eigenvector of eigenvalue `lambda`, with a tolerance of 1e-12.
    pub fn of(alpha: f64, lambda: f64) -> Self {
        let factor = 1.0 - alpha * lambda;
        let near = |target: f64| (factor - target).abs() <= 1e-12;
        if near(0.0) {
            Self::OneStep
        } else if near(1.0) || near(-1.0) {
            Self::Neutral
        } else if factor > 1.0 {
            Self::Escaping
        } else if factor < -1.0 {
            Self::Diverging
        } else if factor > 0.0 {
            Self::Monotone
        } else {
            Self::Oscillating
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::OneStep => "one step",
            Self::Monotone => "monotone",
            Self::Oscillating => "oscillating",
            Self::Neutral => "neutral",
            Self::Diverging => "diverging",
            Self::Escaping => "escaping",
        }
    }
}

impl Spectrum {
    /// The spectrum of a symmetric n×n matrix; `None` if an entry is not finite. An eigenvalue that is no more than the
    /// rounding of its matrix is 0.
    pub fn of(matrix: &Matrix) -> Option<Self> {
        if matrix.iter().any(|entry| !entry.is_finite()) {
            return None;
        }
        #[cfg(test)]
        crate::engine::tally::decomposed();
        let symmetric = (matrix + matrix.transpose()) * 0.5;
        let raw = nalgebra::SymmetricEigen::new(symmetric.clone());
        let mut pairs: Vec<(f64, Vector)> = raw
            .eigenvalues
            .iter()
            .zip(raw.eigenvectors.column_iter())
            .map(|(&value, vector)| {
                let vector = with_canonical_sign(vector.into_owned());
                let terms = product::size_of_terms(&symmetric, &vector);
                // The iteration that finds it adds its own rounding.
                (product::settled(value, 4.0 * terms, vector.len()), vector)
            })
            .collect();
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (values, vectors) = pairs.into_iter().unzip();
        Some(Self { values, vectors })
    }

    /// κ = max|λ| / min|λ|; infinite for a singular matrix, `None` where λ of both signs occur: κ means nothing there.
    pub fn condition(&self) -> Option<f64> {
        let is_indefinite =
            self.values.iter().any(|value| *value > 0.0) && self.values.iter().any(|value| *value < 0.0);
        let smallest = self.values.iter().fold(f64::INFINITY, |low, value| low.min(value.abs()));
        (!is_indefinite).then(|| if smallest == 0.0 { f64::INFINITY } else { self.largest() / smallest })
    }

    /// max|λ|.
    pub fn largest(&self) -> f64 {
        self.values.iter().fold(0.0, |high, value| high.max(value.abs()))
    }

    /// Whether an eigenvalue counts as 0 beside the largest: |λ| ≤ 1e-8·max|λ|.
    pub fn is_flat(&self, value: f64) -> bool {
        value.abs() <= 1e-8 * self.largest()
    }

    /// What the signs say.
    pub fn kind(&self) -> Kind {
        let bent = || self.values.iter().filter(|value| !self.is_flat(**value));
        let (up, down) = (bent().filter(|value| **value > 0.0).count(), bent().filter(|value| **value < 0.0).count());
        match (up, down) {
            (1.., 1..) => Kind::SaddleLike,
            (up, 0) if up == self.values.len() => Kind::MinimumLike,
            (0, down) if down == self.values.len() => Kind::MaximumLike,
            _ => Kind::FlatLike,
        }
    }

    /// How much of ‖g‖² lies along each eigenvector; sums to 1 unless g = 0.
    pub fn shares(&self, gradient: &Vector) -> Vec<f64> {
        let scale = gradient.amax();
        if scale == 0.0 || !scale.is_finite() {
            return vec![0.0; self.values.len()];
        }
        let scaled = gradient / scale;
        let total = scaled.norm_squared();
        self.vectors.iter().map(|vector| scaled.dot(vector).powi(2) / total).collect()
    }
}

/// Flips a vector so that the first of its largest components is positive: signs then do not depend on history.
fn with_canonical_sign(vector: Vector) -> Vector {
    let largest = vector.amax();
    let lead = vector.iter().find(|component| component.abs() >= largest * (1.0 - 1e-12)).copied().unwrap_or(1.0);
    if lead < 0.0 { -vector } else { vector }
}

/// ∇²f at a sample; `None` for n > 64, or where a number is not finite.
pub fn hessian(objective: &dyn Objective, sample: &Sample) -> Option<Matrix> {
    if objective.dimension() > MOST_COORDINATES || !sample.is_finite() {
        return None;
    }
    let hessian = objective.hessian(&sample.point);
    hessian.iter().all(|entry| entry.is_finite()).then_some(hessian)
}

/// The same with its spectrum.
pub fn look(objective: &dyn Objective, sample: &Sample) -> Option<(Matrix, Spectrum)> {
    let hessian = hessian(objective, sample)?;
    let spectrum = Spectrum::of(&hessian)?;
    Some((hessian, spectrum))
}

/// α* of the candidates of a step that lie on a ray, by ∇²f where it starts; `None` where the model has no minimum ahead.
pub fn best_step(step: &Step, hessian: &Matrix) -> Option<f64> {
    is_ray(&step.proposal).then(|| Model::best_step(&step.from.gradient, hessian, &step.proposal.direction))?
}

/// By how much f changes in a step, says the quadratic model.
pub fn predicted_change(step: &Step, hessian: &Matrix) -> f64 {
    let model = Model::along(&step.from.gradient, hessian, &step.displacement());
    model.slope + 0.5 * model.bend
}

/// What the quadratic model says along a direction d from a point with gradient g and Hessian H.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// gᵀd.
    pub slope: f64,
    /// dᵀHd.
    pub bend: f64,
}

impl Model {
    /// The model along `direction`.
    pub fn along(gradient: &Vector, hessian: &Matrix, direction: &Vector) -> Self {
        Self { slope: product::dot(gradient, direction), bend: product::bend(hessian, direction) }
    }

    /// α* = −gᵀd / dᵀHd, the minimiser of the model; `None` where the model has no minimum ahead.
    pub fn best_step(gradient: &Vector, hessian: &Matrix, direction: &Vector) -> Option<f64> {
        let (slope_scale, step_scale) = (gradient.amax(), direction.amax());
        if slope_scale == 0.0 || step_scale == 0.0 {
            return None;
        }
        // Scaled first, so that gᵀg may be far below the smallest double and α* still be right.
        let scaled = Self::along(&(gradient / slope_scale), hessian, &(direction / step_scale));
        (scaled.bend > 0.0 && scaled.slope < 0.0).then(|| -scaled.slope / scaled.bend * (slope_scale / step_scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{DMatrix, dmatrix, dvector};

    #[test]
    fn eigenpairs_are_sorted_and_signed() {
        let spectrum = Spectrum::of(&dmatrix![1.0, 0.0; 0.0, 20.0]).unwrap();
        assert_eq!(spectrum.values, [20.0, 1.0]);
        assert_eq!(spectrum.vectors, [dvector![0.0, 1.0], dvector![1.0, 0.0]]);
        assert_eq!(spectrum.condition(), Some(20.0));
        let tied = Spectrum::of(&dmatrix![0.0, -1.0; -1.0, 0.0]).unwrap();
        assert!(tied.vectors.iter().all(|vector| vector[0] > 0.0), "{tied:?}");
    }

    #[test]
    fn random_matrices_are_rebuilt_from_their_spectrum() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        for size in 1..=6 {
            let raw = DMatrix::from_fn(size, size, |_, _| random());
            let matrix = &raw + raw.transpose();
            let spectrum = Spectrum::of(&matrix).unwrap();
            let rebuilt = spectrum
                .values
                .iter()
                .zip(&spectrum.vectors)
                .fold(DMatrix::zeros(size, size), |sum, (value, vector)| sum + vector * vector.transpose() * *value);
            assert!((rebuilt - &matrix).amax() < 1e-12);
            assert!(spectrum.values.is_sorted_by(|one, other| one >= other));
        }
    }

    #[test]
    fn kappa_is_shown_where_it_means_something() {
        let diagonal = |one: f64, other: f64| Spectrum::of(&DMatrix::from_diagonal(&dvector![one, other])).unwrap();
        assert_eq!(diagonal(2.0, -2.0).condition(), None, "a saddle is no round bowl");
        assert_eq!(diagonal(2.0, -1e-9).condition(), None);
        assert_eq!(diagonal(-2.0, -4.0).condition(), Some(2.0));
        assert_eq!(diagonal(2.0, 0.0).condition(), Some(f64::INFINITY));
        assert_eq!(diagonal(0.0, 0.0).condition(), Some(f64::INFINITY));
        assert_eq!(diagonal(1.0, 1e-17).condition(), Some(1e17), "a small number in H is no rounding");
    }

    /// Valleys turned at random: what the eigenvalue of 0 comes out as is rounding, and told as 0.
    #[test]
    fn an_eigenvalue_that_is_rounding_is_0() {
        let mut dice = crate::engine::number::random::Generator::of_iteration(3, 0);
        let mut was_rounding = false;
        for n in 2..6 {
            for size in [1e-200, 1e-12, 1.0, 1e12, 1e200] {
                let along = Vector::from_fn(n, |_, _| dice.normal());
                let matrix = &along * along.transpose() * size;
                was_rounding |=
                    nalgebra::SymmetricEigen::new(matrix.clone()).eigenvalues.iter().filter(|it| **it != 0.0).count()
                        > 1;
                let spectrum = Spectrum::of(&matrix).unwrap();
                assert_eq!(spectrum.values.iter().filter(|value| **value != 0.0).count(), 1, "{spectrum:?}");
                assert_eq!((spectrum.kind(), spectrum.condition()), (Kind::FlatLike, Some(f64::INFINITY)));
            }
        }
        assert!(was_rounding, "no case would have shown rounding");
    }

    #[test]
    fn kinds_follow_the_signs() {
        for (diagonal, kind) in [
            ([2.0, 1.0], Kind::MinimumLike),
            ([2.0, -2.0], Kind::SaddleLike),
            ([-1.0, -3.0], Kind::MaximumLike),
            ([0.0, 3.0], Kind::FlatLike),
            ([0.0, 0.0], Kind::FlatLike),
            ([1e-12, 5.0], Kind::FlatLike),
            ([2e-30, 1e-30], Kind::MinimumLike),
            ([2e-30, -1e-30], Kind::SaddleLike),
        ] {
            let matrix = DMatrix::from_diagonal(&dvector![diagonal[0], diagonal[1]]);
            assert_eq!(Spectrum::of(&matrix).unwrap().kind(), kind, "{diagonal:?}");
        }
        assert!(Spectrum::of(&dmatrix![f64::NAN, 0.0; 0.0, 1.0]).is_none());
    }

    #[test]
    fn regimes_change_at_one_and_two() {
        for (alpha, lambda, regime) in [
            (0.05, 20.0, Regime::OneStep),
            (0.01, 20.0, Regime::Monotone),
            (0.08, 20.0, Regime::Oscillating),
            (0.1, 20.0, Regime::Neutral),
            (0.11, 20.0, Regime::Diverging),
            (0.2, -2.0, Regime::Escaping),
            (0.2, 0.0, Regime::Neutral),
        ] {
            assert_eq!(Regime::of(alpha, lambda), regime, "α = {alpha}, λ = {lambda}");
        }
    }

    #[test]
    fn the_best_step_survives_tiny_slopes() {
        let hessian = dmatrix![20.0, 0.0; 0.0, 1.0];
        for scale in [1.0, 1e-170, 1e170] {
            let gradient = dvector![40.0 * scale, 20.0 * scale];
            let best = Model::best_step(&gradient, &hessian, &-&gradient).unwrap();
            assert!((best - 2000.0 / 32400.0).abs() < 1e-15, "{scale}: {best}");
        }
        let saddle = dmatrix![2.0, 0.0; 0.0, -2.0];
        assert_eq!(Model::best_step(&dvector![0.0, -1.0], &saddle, &dvector![0.0, 1.0]), None);
    }
}
