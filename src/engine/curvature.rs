//! How the ground bends: eigenvalues and eigenvectors of the Hessian, and what they say.

use serde::Serialize;

use crate::engine::record::Sample;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Vector};

/// Above this many coordinates nobody looks at a Hessian.
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

/// What a critical point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriticalPoint {
    /// Every λ is positive.
    Minimum,
    /// Every λ is negative.
    Maximum,
    /// Both signs occur.
    Saddle,
    /// Some λ is 0: the second-order test is inconclusive.
    Degenerate,
}

impl CriticalPoint {
    /// The word that the trace uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Degenerate => "degenerate",
        }
    }
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

    /// The word for it.
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
    /// The spectrum of a symmetric n×n matrix; `None` if an entry is not finite.
    pub fn of(matrix: &Matrix) -> Option<Self> {
        if matrix.iter().any(|entry| !entry.is_finite()) {
            return None;
        }
        let symmetric = (matrix + matrix.transpose()) * 0.5;
        let raw = nalgebra::SymmetricEigen::new(symmetric);
        let mut pairs: Vec<(f64, Vector)> = raw
            .eigenvalues
            .iter()
            .zip(raw.eigenvectors.column_iter())
            .map(|(&value, vector)| (value, with_canonical_sign(vector.into_owned())))
            .collect();
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (values, vectors) = pairs.into_iter().unzip();
        Some(Self { values, vectors })
    }

    /// κ = max|λ| / min|λ|; infinite for a singular matrix.
    pub fn condition(&self) -> f64 {
        let sizes = self.values.iter().map(|value| value.abs());
        let (smallest, largest) =
            sizes.fold((f64::INFINITY, 0.0_f64), |(low, high), size| (low.min(size), high.max(size)));
        if smallest == 0.0 { f64::INFINITY } else { largest / smallest }
    }

    /// What the signs say, with a tolerance of 1e-8·max(1, max|λ|).
    pub fn kind(&self) -> Kind {
        let largest = self.values.iter().fold(1.0_f64, |high, value| high.max(value.abs()));
        let tolerance = 1e-8 * largest;
        let up = self.values.iter().filter(|value| **value > tolerance).count();
        let down = self.values.iter().filter(|value| **value < -tolerance).count();
        match (up, down) {
            (up, 0) if up == self.values.len() => Kind::MinimumLike,
            (0, down) if down == self.values.len() => Kind::MaximumLike,
            (up, down) if up > 0 && down > 0 => Kind::SaddleLike,
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

/// The spectrum of ∇²f at a sample, if somebody may look (n ≤ 64) and it is finite.
pub fn look(objective: &dyn Objective, sample: &Sample) -> Option<(Matrix, Spectrum)> {
    if objective.dimension() > MOST_COORDINATES || !sample.is_finite() {
        return None;
    }
    let hessian = objective.hessian(&sample.point);
    let spectrum = Spectrum::of(&hessian)?;
    Some((hessian, spectrum))
}

/// What the critical point at a sample is; `None` unless ‖g‖∞ ≤ 1e-6·max(1, ‖H‖∞).
pub fn critical_point(objective: &dyn Objective, sample: &Sample) -> Option<CriticalPoint> {
    classify(&look(objective, sample)?, sample)
}

/// The same, by somebody who has looked at ∇²f there already.
pub fn classify((hessian, spectrum): &(Matrix, Spectrum), sample: &Sample) -> Option<CriticalPoint> {
    let row_sums = hessian.row_iter().map(|row| row.iter().map(|entry| entry.abs()).sum::<f64>());
    let scale = row_sums.fold(1.0_f64, f64::max);
    (sample.gradient.amax() <= 1e-6 * scale).then(|| match spectrum.kind() {
        Kind::MinimumLike => CriticalPoint::Minimum,
        Kind::MaximumLike => CriticalPoint::Maximum,
        Kind::SaddleLike => CriticalPoint::Saddle,
        Kind::FlatLike => CriticalPoint::Degenerate,
    })
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
        Self { slope: gradient.dot(direction), bend: direction.dot(&(hessian * direction)) }
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
        assert_eq!(spectrum.condition(), 20.0);
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
    fn kinds_follow_the_signs() {
        for (diagonal, kind) in [
            ([2.0, 1.0], Kind::MinimumLike),
            ([2.0, -2.0], Kind::SaddleLike),
            ([-1.0, -3.0], Kind::MaximumLike),
            ([0.0, 3.0], Kind::FlatLike),
            ([0.0, 0.0], Kind::FlatLike),
            ([1e-12, 5.0], Kind::FlatLike),
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
