//! Numbers with the digits of an `f64` and an exponent without bounds that matter: e⁸⁰⁰ is one, and so is its inverse.

use std::f64::consts::{LN_2, LOG2_E};
use std::ops::{Add, Mul, Neg, Sub};

/// `mantissa · 2^exponent` with 1/2 ≤ |mantissa| < 1; or 0, ±∞ or NaN with the exponent 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Wide {
    mantissa: f64,
    exponent: i64,
}

/// Beyond this exponent a number counts as infinite, below its negative as 0.
const FURTHEST: i64 = 1 << 61;

impl Wide {
    /// 0.
    pub const ZERO: Self = Self { mantissa: 0.0, exponent: 0 };
    /// Not a number.
    pub const NAN: Self = Self { mantissa: f64::NAN, exponent: 0 };

    /// `mantissa · 2^exponent`, whatever the mantissa.
    fn of(mantissa: f64, exponent: i64) -> Self {
        if mantissa == 0.0 || !mantissa.is_finite() {
            return Self { mantissa, exponent: 0 };
        }
        let (mantissa, shift) = libm::frexp(mantissa);
        let exponent = exponent.saturating_add(i64::from(shift));
        if exponent.abs() < FURTHEST {
            Self { mantissa, exponent }
        } else {
            Self { mantissa: if exponent < 0 { 0.0 } else { mantissa * f64::INFINITY }, exponent: 0 }
        }
    }

    /// The nearest `f64`: ±∞ above all of them, 0 below.
    pub fn narrow(self) -> f64 {
        libm::ldexp(self.mantissa, self.exponent.clamp(-2200, 2200) as i32)
    }

    /// Whether an `f64` holds it, with all its digits.
    pub fn is_narrow(self) -> bool {
        self.mantissa == 0.0 || !self.mantissa.is_finite() || (-1021..=1024).contains(&self.exponent)
    }

    /// −1, 0 or 1; NaN of NaN.
    pub fn sign(self) -> f64 {
        if self.mantissa == 0.0 { 0.0 } else { self.mantissa.signum() }
    }

    /// |v|.
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), ..self }
    }

    /// 1/v.
    pub fn recip(self) -> Self {
        Self::of(self.mantissa.recip(), -self.exponent)
    }

    /// eᵛ.
    pub fn exp(self) -> Self {
        // ln 2 in two parts, so that a multiple of it is subtracted without an error.
        const HIGH: f64 = 0.693_147_180_369_123_8;
        const LOW: f64 = 1.908_214_929_270_587_7e-10;
        let v = self.narrow();
        let whole = (v * LOG2_E).round();
        if v.is_nan() || whole.abs() > FURTHEST as f64 {
            return Self::of(v.exp(), 0);
        }
        Self::of((v - whole * HIGH - whole * LOW).exp(), whole as i64)
    }

    /// The natural logarithm.
    pub fn ln(self) -> Self {
        if self.is_narrow() {
            self.narrow().ln().into()
        } else {
            (self.mantissa.ln() + self.exponent as f64 * LN_2).into()
        }
    }

    /// √v.
    pub fn sqrt(self) -> Self {
        let odd = self.exponent.rem_euclid(2);
        Self::of((self.mantissa * (1 + odd) as f64).sqrt(), (self.exponent - odd) / 2)
    }

    /// v^k for a whole number k.
    pub fn whole_power(self, k: i32) -> Self {
        let mut power = Self::from(1.0);
        let mut square = self;
        let mut rest = k.unsigned_abs();
        while rest > 0 {
            if rest % 2 == 1 {
                power = power * square;
            }
            square = square * square;
            rest /= 2;
        }
        if k < 0 { power.recip() } else { power }
    }

    /// v^p for v > 0.
    pub fn power(self, p: f64) -> Self {
        (self.ln() * p.into()).exp()
    }
}

impl From<f64> for Wide {
    fn from(value: f64) -> Self {
        Self::of(value, 0)
    }
}

impl Neg for Wide {
    type Output = Self;
    fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }
}

impl Add for Wide {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.mantissa == 0.0 || !other.mantissa.is_finite() {
            return Self::of(self.mantissa + other.mantissa, other.exponent);
        }
        let (large, small) =
            if other.mantissa == 0.0 || self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let shift = small.exponent.saturating_sub(large.exponent).max(-2200);
        Self::of(large.mantissa + libm::ldexp(small.mantissa, shift as i32), large.exponent)
    }
}

impl Sub for Wide {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Wide {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::of(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overflows_is_a_number_and_comes_back() {
        let wide = Wide::from;
        let close = |found: Wide, wanted: f64| (found.narrow() - wanted).abs() <= 4e-13 * wanted.abs();
        assert!(close((wide(1.0) + wide(800.0).exp()).ln(), 800.0));
        assert!(close(wide(-1e6).exp().ln(), -1e6));
        assert!(close((wide(1e200).whole_power(2) + wide(2e200).whole_power(2)).sqrt(), 5.0_f64.sqrt() * 1e200));
        assert!(close(wide(1e300).whole_power(-3) * wide(1e300).whole_power(3), 1.0));
        assert!(close(wide(1e200).power(2.5).power(0.4), 1e200));
        assert_eq!((wide(800.0).exp().narrow(), wide(-800.0).exp().narrow()), (f64::INFINITY, 0.0));
        assert_eq!((wide(3.0) - wide(3.0), wide(0.0).recip().narrow()), (Wide::ZERO, f64::INFINITY));
        assert!((wide(0.0) * wide(f64::INFINITY)).narrow().is_nan() && wide(-1.0).ln().narrow().is_nan());
        assert_eq!([wide(1e308).exp().narrow(), wide(-1e308).exp().narrow()], [f64::INFINITY, 0.0]);
        for value in [0.1, -3.0, 1e-310, f64::MAX, f64::MIN_POSITIVE] {
            assert_eq!(wide(value).narrow(), value);
            assert_eq!((wide(value) + wide(-0.0)).narrow(), value);
        }
    }
}
