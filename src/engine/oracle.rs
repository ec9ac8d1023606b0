//! The only way to ask the objective, and so the place where asking is counted.

use std::cell::Cell;

use crate::engine::record::Calls;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

/// An objective that counts what a method asks of it.
pub struct Oracle<'a> {
    objective: &'a dyn Objective,
    noise: Option<&'a Vector>,
    calls: Cell<Calls>,
}

impl<'a> Oracle<'a> {
    /// An oracle that goes on counting from `calls`.
    pub fn new(objective: &'a dyn Objective, calls: Calls) -> Self {
        Self::noisy(objective, None, calls)
    }

    /// An oracle that adds the same vector to every gradient.
    pub fn noisy(objective: &'a dyn Objective, noise: Option<&'a Vector>, calls: Calls) -> Self {
        Self { objective, noise, calls: Cell::new(calls) }
    }

    /// What was asked so far.
    pub fn calls(&self) -> Calls {
        self.calls.get()
    }

    /// f at a point: one evaluation of f.
    pub fn value(&self, at: &Point) -> f64 {
        self.count(|calls| calls.value += 1);
        self.objective.value(at)
    }

    /// ∇f at a point: one evaluation of ∇f.
    pub fn gradient(&self, at: &Point) -> Vector {
        self.count(|calls| calls.gradient += 1);
        let gradient = self.objective.gradient(at);
        self.blurred(gradient)
    }

    /// f and ∇f at a point: one evaluation of each.
    pub fn sample(&self, at: &Point) -> (f64, Vector) {
        self.count(|calls| {
            calls.value += 1;
            calls.gradient += 1;
        });
        let (value, gradient) = self.objective.sample(at);
        (value, self.blurred(gradient))
    }

    /// ∇²f at a point: one evaluation of ∇²f.
    pub fn hessian(&self, at: &Point) -> Matrix {
        self.count(|calls| calls.hessian += 1);
        self.objective.hessian(at)
    }

    /// For a sum of squares f = Σ rᵢ²: the residuals and their Jacobian, which cost as much as one ∇f = 2Jᵀr.
    pub fn residuals(&self, at: &Point) -> Option<(Vector, Matrix)> {
        self.count(|calls| calls.gradient += 1);
        self.objective.residuals(at)
    }

    /// The same where the last step has asked for them already: worked out again, so that no record has to hold J, and
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

    fn count(&self, more: impl FnOnce(&mut Calls)) {
        let mut calls = self.calls.get();
        more(&mut calls);
        self.calls.set(calls);
    }
}
