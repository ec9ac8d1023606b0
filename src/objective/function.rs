//! What can be descended: a function that tells its value, gradient and Hessian at a point.

use crate::objective::point::{Matrix, Point, Vector};

/// A function ℝⁿ → ℝ with exact derivatives.
///
/// Every point has `dimension` coordinates. Nothing fails: outside the domain the numbers are ∞ or NaN, and it is for
/// the caller to say so. `value` and `sample` agree to the last bit.
pub trait Objective: Send + Sync {
    /// n, the number of coordinates.
    fn dimension(&self) -> usize;

    /// f(x).
    fn value(&self, at: &Point) -> f64;

    /// ∇f(x), n entries.
    fn gradient(&self, at: &Point) -> Vector {
        self.sample(at).1
    }

    /// ∇²f(x), n×n, symmetrised as (H + Hᵀ)/2: mixed partials differ in their last bits by the route taken.
    fn hessian(&self, at: &Point) -> Matrix;

    /// f(x) and ∇f(x) in one pass.
    fn sample(&self, at: &Point) -> (f64, Vector);

    /// f(x), ∇f(x) and ∇²f(x); a formula finds all three in the pass that ∇²f(x) takes alone.
    fn survey(&self, at: &Point) -> (f64, Vector, Matrix) {
        let (value, gradient) = self.sample(at);
        (value, gradient, self.hessian(at))
    }

    /// For a sum of squares f = Σ rᵢ²: the m residuals r(x) and their m×n Jacobian. `None` for every other function.
    fn residuals(&self, _at: &Point) -> Option<(Vector, Matrix)> {
        None
    }

    /// Whether f is known to be a polynomial of degree ≤ 2, so that the extreme eigenvalues of its constant Hessian are
    /// exactly the largest and smallest curvature.
    fn is_quadratic(&self) -> bool {
        false
    }

    /// Whether f changes its branch at exactly this point (|x| at 0, a tie in min or max), so that the gradient is one
    /// choice among several.
    fn has_kink_at(&self, _at: &Point) -> bool {
        false
    }

    /// About how many operations a value takes: of a formula, one for each number, coordinate and function in it.
    fn operations(&self) -> usize {
        1
    }
}
