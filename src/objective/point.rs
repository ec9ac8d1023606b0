//! Points, vectors and matrices of the space we descend in.

use nalgebra::{DMatrix, DVector};

/// A place in ℝⁿ: the coordinates `x1 … xn`.
pub type Point = DVector<f64>;

/// A displacement, gradient or direction in ℝⁿ.
pub type Vector = DVector<f64>;

/// An n×n matrix, such as a Hessian.
pub type Matrix = DMatrix<f64>;
