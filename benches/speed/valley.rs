//! Rosenbrock's valley written by hand, for both sides: `f = Σ (1 − xᵢ)² + 100 (xᵢ₊₁ − xᵢ²)²`.

use argmin::core::{CostFunction, Error, Gradient};
use downhill::objective::function::Objective;
use downhill::objective::point::{Matrix, Point, Vector};

/// The valley in so many coordinates.
#[derive(Clone)]
pub struct Valley(pub usize);

impl Valley {
    /// The usual start: −1.2 and 1 in turn.
    pub fn start(&self) -> Vec<f64> {
        (0..self.0).map(|i| if i % 2 == 0 { -1.2 } else { 1.0 }).collect()
    }
}

/// f(x).
pub fn value(x: &[f64]) -> f64 {
    x.windows(2).map(|pair| (1.0 - pair[0]).powi(2) + 100.0 * (pair[1] - pair[0] * pair[0]).powi(2)).sum()
}

/// ∇f(x), written over what is in `gradient`.
pub fn slope(x: &[f64], gradient: &mut [f64]) {
    gradient.fill(0.0);
    for i in 0..x.len() - 1 {
        let rise = x[i + 1] - x[i] * x[i];
        gradient[i] -= 2.0 * (1.0 - x[i]) + 400.0 * rise * x[i];
        gradient[i + 1] += 200.0 * rise;
    }
}

impl Objective for Valley {
    fn dimension(&self) -> usize {
        self.0
    }

    fn value(&self, at: &Point) -> f64 {
        value(at.as_slice())
    }

    fn hessian(&self, _at: &Point) -> Matrix {
        unreachable!("no method here asks for it")
    }

    fn gradient(&self, at: &Point) -> Vector {
        let mut gradient = Vector::zeros(at.len());
        slope(at.as_slice(), gradient.as_mut_slice());
        gradient
    }

    fn sample(&self, at: &Point) -> (f64, Vector) {
        (self.value(at), Objective::gradient(self, at))
    }
}

/// The vectors of argmin.
pub type Theirs = ndarray::Array1<f64>;

/// The numbers of one of them.
fn numbers(vector: &Theirs) -> &[f64] {
    vector.as_slice().unwrap()
}

impl CostFunction for Valley {
    type Param = Theirs;
    type Output = f64;

    fn cost(&self, x: &Theirs) -> Result<f64, Error> {
        Ok(value(numbers(x)))
    }
}

impl Gradient for Valley {
    type Param = Theirs;
    type Gradient = Theirs;

    fn gradient(&self, x: &Theirs) -> Result<Theirs, Error> {
        let mut gradient = Theirs::zeros(x.len());
        slope(numbers(x), gradient.as_slice_mut().unwrap());
        Ok(gradient)
    }
}
