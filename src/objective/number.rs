//! Numbers that carry their own derivatives, so that one formula yields its value, its slope and its curvature.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, U1};
use num_dual::{Dual2Vec, DualNum, DualVec};

/// What a formula can be evaluated over: `f64` for the value alone, [`DualVec`] for the gradient as well, [`Dual2Vec`]
/// for the Hessian as well.
///
/// num-dual supplies the arithmetic. This trait supplies the chain rule in a form where *we* say the value, the slope
/// and the curvature of a function, because num-dual alone gives `abs` the slope 1 at 0 and `x^2.5` the slope NaN there.
pub trait Number: DualNum<Primitive = f64> {
    /// `f(self)`, where `value` is f at the real part of `self` and `slopes` gives (f′, f″) there.
    ///
    /// The value is passed on untouched, so every number type computes the same value to the last bit.
    #[must_use]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self;

    /// The same derivatives around another value.
    #[must_use]
    fn with_value(self, value: f64) -> Self;
}

impl Number for f64 {
    #[inline]
    fn chain(&self, value: f64, _slopes: impl FnOnce() -> (f64, f64)) -> Self {
        value
    }

    #[inline]
    fn with_value(self, value: f64) -> Self {
        value
    }
}

impl<D: Dim> Number for DualVec<f64, D>
where
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self {
        Self::new(value, &self.eps * slopes().0)
    }

    #[inline]
    fn with_value(mut self, value: f64) -> Self {
        self.re = value;
        self
    }
}

impl<D: Dim> Number for Dual2Vec<f64, D>
where
    DefaultAllocator: Allocator<U1, D> + Allocator<D, D>,
{
    #[inline]
    fn chain(&self, value: f64, slopes: impl FnOnce() -> (f64, f64)) -> Self {
        let (first, second) = slopes();
        Self::new(value, &self.v1 * first, &self.v2 * first + self.v1.tr_mul(&self.v1) * second)
    }

    #[inline]
    fn with_value(mut self, value: f64) -> Self {
        self.re = value;
        self
    }
}
