//! A sum of squares near a point: its residuals, each made straight, foretell how far a step lowers it.

use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

/// The residuals r and the Jacobian J at a point, and what they foretell of f.
#[derive(Debug, Clone)]
pub struct Linearised {
    /// r, one a square.
    pub residuals: Vector,
    /// J, one row a residual.
    pub jacobian: Matrix,
}

impl Linearised {
    /// At a point, for a sum of squares.
    pub fn at(objective: &dyn Objective, point: &Point) -> Option<Self> {
        objective.residuals(point).map(|(residuals, jacobian)| Self { residuals, jacobian })
    }

    /// Jᵀr, which is ∇f/2.
    pub fn slopes(&self) -> Vector {
        self.jacobian.tr_mul(&self.residuals)
    }

    /// JᵀJ.
    pub fn square(&self) -> Matrix {
        self.jacobian.tr_mul(&self.jacobian)
    }

    /// By how much ‖r + Jd‖² is below ‖r‖² = f.
    pub fn foretold_fall(&self, direction: &Vector) -> f64 {
        // The difference of the squares, multiplied out: near a minimum they are equal in most of their digits.
        let change = &self.jacobian * direction;
        -change.dot(&(&self.residuals * 2.0 + &change))
    }
}
