//! The functions that a formula may call, each with its slope and its curvature.

use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10};

/// A function of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Abs,
    Acos,
    Acosh,
    Asin,
    Asinh,
    Atan,
    Atanh,
    Cbrt,
    Cos,
    Cosh,
    Erf,
    Exp,
    Expm1,
    Floor,
    Ln,
    Log10,
    Log1p,
    Log2,
    Sigmoid,
    Sign,
    Sin,
    Sinh,
    Softplus,
    Sqrt,
    Tan,
    Tanh,
}

impl Function {
    /// f(v).
    pub fn value(self, v: f64) -> f64 {
        match self {
            Self::Abs => v.abs(),
            Self::Acos => v.acos(),
            Self::Acosh => libm::acosh(v),
            Self::Asin => v.asin(),
            Self::Asinh => libm::asinh(v),
            Self::Atan => v.atan(),
            Self::Atanh => libm::atanh(v),
            Self::Cbrt => v.cbrt(),
            Self::Cos => v.cos(),
            Self::Cosh => v.cosh(),
            Self::Erf => libm::erf(v),
            Self::Exp => v.exp(),
            Self::Expm1 => v.exp_m1(),
            Self::Floor => v.floor(),
            Self::Ln => v.ln(),
            Self::Log10 => v.log10(),
            Self::Log1p => v.ln_1p(),
            Self::Log2 => v.log2(),
            Self::Sigmoid => sigmoid(v),
            Self::Sign => sign(v),
            Self::Sin => v.sin(),
            Self::Sinh => v.sinh(),
            Self::Softplus => v.max(0.0) + (-v.abs()).exp().ln_1p(),
            Self::Sqrt => v.sqrt(),
            Self::Tan => v.tan(),
            Self::Tanh => v.tanh(),
        }
    }

    /// (f′(v), f″(v)), given f(v). At the kink of `abs` the slope is 0, the middle of all slopes it has there; at the
    /// edge of a domain it is infinite, outside it is NaN.
    pub fn slopes(self, v: f64, value: f64) -> (f64, f64) {
        match self {
            Self::Abs => (sign(v), 0.0),
            Self::Acos => {
                let (slope, bend) = Self::Asin.slopes(v, value);
                (-slope, -bend)
            }
            Self::Acosh if v < 1.0 => (f64::NAN, f64::NAN),
            // v² − 1 and 1 − v² would lose their digits near 1, and overflow far out.
            Self::Acosh => {
                let slope = ((v - 1.0).sqrt() * (v + 1.0).sqrt()).recip();
                (slope, -(v * slope) * slope * slope)
            }
            Self::Asin => {
                let slope = ((1.0 - v) * (1.0 + v)).sqrt().recip();
                (slope, if v == 0.0 { v } else { v * slope * slope * slope })
            }
            Self::Asinh => {
                let slope = v.hypot(1.0).recip();
                (slope, -(v * slope) * slope * slope)
            }
            Self::Atan => {
                let slope = if v.abs() > 1e8 { v.recip() / v } else { (1.0 + v * v).recip() };
                (slope, -2.0 * (v * slope) * slope)
            }
            Self::Atanh if v.abs() > 1.0 => (f64::NAN, f64::NAN),
            Self::Atanh => {
                let slope = ((1.0 - v) * (1.0 + v)).recip();
                (slope, 2.0 * (v * slope) * slope)
            }
            Self::Cbrt => {
                let slope = (value * value).recip() / 3.0;
                (slope, -2.0 / 3.0 * slope / v.abs() * sign(v))
            }
            Self::Cos => (-v.sin(), -value),
            Self::Cosh => (v.sinh(), value),
            Self::Erf => {
                let slope = FRAC_2_SQRT_PI * (-v * v).exp();
                (slope, -2.0 * v * slope)
            }
            Self::Exp => (value, value),
            Self::Expm1 => (v.exp(), v.exp()),
            Self::Sign | Self::Floor => (0.0, 0.0),
            // 1/v exists for v < 0, the logarithm does not.
            Self::Ln | Self::Log10 | Self::Log2 if v < 0.0 || v.is_nan() => (f64::NAN, f64::NAN),
            Self::Ln => (v.recip(), -v.recip() / v),
            Self::Log10 => ((v * LN_10).recip(), -(v * LN_10).recip() / v),
            Self::Log2 => ((v * LN_2).recip(), -(v * LN_2).recip() / v),
            Self::Log1p => Self::Ln.slopes(1.0 + v, value),
            Self::Sigmoid => {
                let slope = sigmoid(v) * sigmoid(-v);
                (slope, -slope * (0.5 * v).tanh())
            }
            Self::Sin => (v.cos(), -value),
            Self::Sinh => (v.cosh(), value),
            Self::Softplus => (sigmoid(v), sigmoid(v) * sigmoid(-v)),
            // abs: the root of −0 is −0, its slope is not −∞.
            Self::Sqrt => (0.5 / value.abs(), -0.25 / (value * v).abs()),
            Self::Tan => {
                let slope = v.cos().powi(2).recip();
                (slope, 2.0 * value * slope)
            }
            Self::Tanh => {
                let slope = v.cosh().recip().powi(2); // 1 − tanh² would lose every digit for large v
                (slope, -2.0 * value * slope)
            }
        }
    }

    /// Whether the function changes its branch at `v`, jumps there, or has the edge of its domain there.
    pub fn has_kink_at(self, v: f64) -> bool {
        match self {
            Self::Abs | Self::Sign | Self::Sqrt | Self::Cbrt => v == 0.0,
            Self::Acos | Self::Asin => v.abs() == 1.0,
            Self::Acosh => v == 1.0,
            // From 2⁵² on every number is whole, and none says more of a jump than of the next.
            Self::Floor => v == v.floor() && v.abs() < 4_503_599_627_370_496.0,
            _ => false,
        }
    }
}

/// 1/(1 + e⁻ᵛ), without an exponential that overflows.
fn sigmoid(v: f64) -> f64 {
    let shrunk = (-v.abs()).exp();
    if v >= 0.0 { (1.0 + shrunk).recip() } else { shrunk / (1.0 + shrunk) }
}

/// −1, 0 or 1 (the standard library's `signum` calls 0 positive).
fn sign(v: f64) -> f64 {
    if v == 0.0 { 0.0 } else { v.signum() }
}
