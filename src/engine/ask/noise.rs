//! Gradients as they are seen through a mist: the true one plus chance, the same chance on every visit.

use crate::engine::number::random::Generator;
use crate::objective::point::Vector;

/// Gaussian noise in every component of the gradients that a direction rule sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// The standard deviation σ of each component.
    pub sigma: f64,
    /// The seed of the random numbers.
    pub seed: u64,
}

impl Noise {
    /// The noise vector of iteration `t`, n entries; it depends on seed and t alone, so going back is exact.
    pub fn at(&self, t: usize, n: usize) -> Vector {
        let mut generator = Generator::of_iteration(self.seed, t);
        Vector::from_fn(n, |_, _| self.sigma * generator.normal())
    }
}
