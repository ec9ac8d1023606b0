//! A landscape: an objective with a name, a window to look through, a place to start, and what is known of it.

use std::collections::BTreeMap;

use crate::objective::formula::Formula;
use crate::objective::formula::mistake::ParseError;

/// An objective with a name, and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landscape {
    /// Its name in lessons and on the command line, in kebab case.
    pub name: &'static str,
    /// Its name in a heading.
    pub title: &'static str,
    /// f, in `x1 … xn`.
    pub formula: &'static str,
    /// For each coordinate the lower and the upper end of the part worth seeing.
    pub window: &'static [[f64; 2]],
    /// Where a run begins unless the lesson says otherwise; its length is the dimension.
    pub start: &'static [f64],
    /// Known minima to full double precision: the global ones first, then local ones near the window's middle.
    pub minima: &'static [&'static [f64]],
    /// Known saddle points, degenerate ones included.
    pub saddles: &'static [&'static [f64]],
    /// f at the global minima; `None` where f has no global minimum.
    pub value: Option<f64>,
    /// L, the largest |eigenvalue| of the Hessian over all of ℝⁿ, where it is finite and known exactly.
    pub lipschitz: Option<f64>,
    /// μ, the smallest eigenvalue of the Hessian over all of ℝⁿ, where it is positive and known exactly.
    pub strong_convexity: Option<f64>,
    /// One line: what there is to learn.
    pub story: &'static str,
}

impl Landscape {
    /// The number of coordinates.
    pub fn dimension(&self) -> usize {
        self.start.len()
    }

    /// The landscape's function.
    pub fn objective(&self) -> Result<Formula, ParseError> {
        Formula::parse(self.formula, self.dimension(), &BTreeMap::new())
    }
}
