//! stub
use crate::objective::point::{Matrix, Point, Vector};
/// f
pub trait Objective: Send + Sync {
    /// n
    fn dimension(&self) -> usize;
    /// f
    fn value(&self, at: &Point) -> f64;
    /// g
    fn gradient(&self, at: &Point) -> Vector;
    /// h
    fn hessian(&self, at: &Point) -> Matrix;
    /// fg
    fn sample(&self, at: &Point) -> (f64, Vector);
    /// r
    fn residuals(&self, _at: &Point) -> Option<(Vector, Matrix)> {
        None
    }
}
/// Formula
pub struct Formula;
