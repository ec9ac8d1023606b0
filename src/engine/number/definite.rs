//! Is a symmetric matrix positive definite, and not by its rounding alone?

use nalgebra::{Cholesky, Dyn};

use crate::objective::point::Matrix;

/// Relative size below which a pivot may consist of rounding error alone.
const LOST: f64 = 64.0 * f64::EPSILON;

/// The Cholesky factor L, with M = `LLᵀ`, of a symmetric matrix; `None` unless it is positive definite beyond rounding.
///
/// Each pivot is held against its own row's diagonal entry: no scaling of the coordinates changes the answer.
pub fn factor(matrix: Matrix) -> Option<Cholesky<f64, Dyn>> {
    let least = matrix.nrows() as f64 * LOST;
    factor_above(matrix, least)
}

/// The same where no pivot is smaller than that share of its diagonal entry: the solution has so many digits more.
pub fn factor_above(matrix: Matrix, least: f64) -> Option<Cholesky<f64, Dyn>> {
    let diagonal = matrix.diagonal();
    let factor = Cholesky::new(matrix)?;
    let pivots = factor.l_dirty().diagonal();
    let is_real = |(pivot, entry): (&f64, &f64)| entry.is_finite() && pivot * pivot > least * entry;
    pivots.iter().zip(diagonal.iter()).all(is_real).then_some(factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{DMatrix, dmatrix, dvector};

    #[test]
    fn no_scale_makes_a_matrix_definite_or_singular() {
        for scale in [1e-300, 1e-20, 1.0, 1e20, 1e300] {
            assert!(factor(DMatrix::from_diagonal(&dvector![1.0, scale])).is_some(), "{scale:e}");
            let bowl = dmatrix![2.0, 1.0; 1.0, 2.0] * scale;
            assert!(factor(bowl).is_some(), "{scale:e}");
            for flat in [dmatrix![1.0, 1.0; 1.0, 1.0], dmatrix![1.0, 0.1; 0.1, 0.1 * 0.1], dmatrix![1.0, 2.0; 2.0, 1.0]]
            {
                assert!(factor(&flat * scale).is_none(), "{scale:e} {flat}");
            }
        }
        // Badly scaled, and yet as good as [2 1; 1 2].
        assert!(factor(dmatrix![2.0, 1e-12; 1e-12, 2e-24]).is_some());
        assert!(factor(dmatrix![f64::NAN, 0.0; 0.0, 1.0]).is_none());
        assert!(factor(dmatrix![f64::INFINITY, 0.0; 0.0, 1.0]).is_none());
    }
}
