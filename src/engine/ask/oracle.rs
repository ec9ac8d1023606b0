//! The only way to ask the objective, and so the place where asking is counted.

use std::cell::Cell;

use crate::engine::number::tuple;
use crate::engine::record::ending::{Reason, Stuck, not_finite};
use crate::engine::record::{Calls, Sample};
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

/// An objective that counts what a method asks of it.
pub struct Oracle<'a> {
    objective: &'a dyn Objective,
    noise: Option<&'a Vector>,
    values: Cell<u64>,
    gradients: Cell<u64>,
    hessians: Cell<u64>,
}

impl<'a> Oracle<'a> {
    /// An oracle that goes on counting from `calls`.
    pub fn new(objective: &'a dyn Objective, calls: Calls) -> Self {
        Self::noisy(objective, None, calls)
    }

    /// An oracle that adds the same vector to every gradient.
    pub fn noisy(objective: &'a dyn Objective, noise: Option<&'a Vector>, calls: Calls) -> Self {
        let [values, gradients, hessians] = [calls.value, calls.gradient, calls.hessian].map(Cell::new);
        Self { objective, noise, values, gradients, hessians }
    }

    /// The evaluation counts so far.
    pub fn calls(&self) -> Calls {
        Calls { value: self.values.get(), gradient: self.gradients.get(), hessian: self.hessians.get() }
    }

    /// f at a point: one evaluation of f.
    pub fn value(&self, at: &Point) -> f64 {
        bump(&self.values);
        self.objective.value(at)
    }

    /// ∇f at a point: one evaluation of ∇f.
    pub fn gradient(&self, at: &Point) -> Vector {
        bump(&self.gradients);
        let gradient = self.objective.gradient(at);
        self.blurred(gradient)
    }

    /// ∇f at a point beside x, which a sentence may name as `place`: one evaluation of ∇f. What is wrong there, if it is
    /// not finite.
    pub fn gradient_beside(&self, at: &Point, place: &str) -> Result<Vector, Stuck> {
        let gradient = self.gradient(at);
        if gradient.iter().all(|slope| slope.is_finite()) {
            return Ok(gradient);
        }
        // The run ends here: this value is only for the sentence, and is not counted.
        let there = Sample { point: at.clone(), value: self.objective.value(at), gradient };
        let sentence = format!("{place} = {}: {}", tuple(at), not_finite(&there, "there"));
        Err(Stuck { reason: Reason::NotFinite, sentence })
    }

    /// f and ∇f at a point: one evaluation of each.
    pub fn sample(&self, at: &Point) -> (f64, Vector) {
        bump(&self.values);
        bump(&self.gradients);
        let (value, gradient) = self.objective.sample(at);
        (value, self.blurred(gradient))
    }

    /// ∇²f at a point: one evaluation of ∇²f.
    pub fn hessian(&self, at: &Point) -> Matrix {
        bump(&self.hessians);
        self.objective.hessian(at)
    }

    /// For a sum of squares f = Σ rᵢ²: the residuals and their Jacobian, which cost as much as one ∇f = 2Jᵀr.
    pub fn residuals(&self, at: &Point) -> Option<(Vector, Matrix)> {
        bump(&self.gradients);
        self.objective.residuals(at)
    }

    /// The same where the last step has evaluated them already: recomputed, so that no record has to hold J, and
    /// not counted again.
    pub fn residuals_again(&self, at: &Point) -> Option<(Vector, Matrix)> {
        self.objective.residuals(at)
    }

    fn blurred(&self, gradient: Vector) -> Vector {
        match self.noise {
            Some(noise) => gradient + noise,
            None => gradient,
        }
    }
}

fn bump(count: &Cell<u64>) {
    count.set(count.get() + 1);
}
