//! Numbers that carry their own derivatives, so that one formula yields its value, its slope and its curvature.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, U1};
use num_dual::{Derivative, Dual2Vec, DualNum, DualVec};

/// What a formula can be evaluated over: `f64` for the value alone, [`DualVec`] for the gradient as well, [`Dual2Vec`]
/// for the Hessian as well.
///
/// num-dual supplies the arithmetic. This trait supplies the chain rule in a form where *we* say the value, the slope
/// and the curvature of a function, because num-dual alone gives `abs` the slope 1 at 0 and `x^2.5` the slope NaN there.
pub trait DualNumber: DualNum<Primitive = f64> {
    /// `f(self)`, where `value` is f at the real part of `self` and `slopes` gives (f′, f″) there.
    ///
    /// The value is passed on untouched, so every number type computes the same value to the last bit.
    #[must_use]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self;

    /// `f(self, other)` for a function of two arguments. A derivative that is not a number counts only where its argument
    /// really varies.
    #[must_use]
    fn chain_both(&self, other: &Self, value: f64, slopes: impl FnOnce() -> BothSlopes) -> Self;

    /// The same derivatives around another value.
    #[must_use]
    fn with_value(self, value: f64) -> Self;
}

/// The derivatives of a function of two arguments, of first and second order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BothSlopes {
    /// ∂f/∂a.
    pub first: f64,
    /// ∂f/∂b.
    pub second: f64,
    /// ∂²f/∂a².
    pub first_first: f64,
    /// ∂²f/∂a∂b.
    pub first_second: f64,
    /// ∂²f/∂b².
    pub second_second: f64,
}

/// A derivative times a factor, where 0 times anything is 0.
fn scaled<R: Dim, C: Dim>(derivative: &Derivative<f64, R, C>, factor: f64) -> Derivative<f64, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    let times = |part: f64| if part == 0.0 { 0.0 } else { part * factor };
    Derivative::new(derivative.0.as_ref().map(|parts| parts.map(times)))
}

impl DualNumber for f64 {
    #[inline]
    fn chain(&self, value: f64, _slopes: impl FnOnce() -> (f64, f64)) -> Self {
        value
    }

    #[inline]
    fn chain_both(&self, _other: &Self, value: f64, _slopes: impl FnOnce() -> BothSlopes) -> Self {
        value
    }

    #[inline]
    fn with_value(self, value: f64) -> Self {
        value
    }
}

impl<D: Dim> DualNumber for DualVec<f64, D>
where
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self {
        Self::new(value, &self.eps * slopes().0)
    }

    fn chain_both(&self, other: &Self, value: f64, slopes: impl FnOnce() -> BothSlopes) -> Self {
        let by = slopes();
        Self::new(value, scaled(&self.eps, by.first) + scaled(&other.eps, by.second))
    }

    #[inline]
    fn with_value(mut self, value: f64) -> Self {
        self.re = value;
        self
    }
}

impl<D: Dim> DualNumber for Dual2Vec<f64, D>
where
    DefaultAllocator: Allocator<U1, D> + Allocator<D, D>,
{
    #[inline]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self {
        let (first, second) = slopes();
        Self::new(value, &self.v1 * first, &self.v2 * first + self.v1.tr_mul(&self.v1) * second)
    }

    fn chain_both(&self, other: &Self, value: f64, slopes: impl FnOnce() -> BothSlopes) -> Self {
        let by = slopes();
        let mixed = self.v1.tr_mul(&other.v1) + other.v1.tr_mul(&self.v1);
        Self::new(
            value,
            scaled(&self.v1, by.first) + scaled(&other.v1, by.second),
            scaled(&self.v2, by.first)
                + scaled(&other.v2, by.second)
                + scaled(&self.v1.tr_mul(&self.v1), by.first_first)
                + scaled(&mixed, by.first_second)
                + scaled(&other.v1.tr_mul(&other.v1), by.second_second),
        )
    }

    #[inline]
    fn with_value(mut self, value: f64) -> Self {
        self.re = value;
        self
    }
}
