//! The functions that a formula may call, each with its slope and its curvature.

/// A function of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of mathematics; Ln is the natural logarithm")]
pub enum Function {
    Sin,
    Cos,
    Tan,
    Exp,
    Ln,
    Log10,
    Sqrt,
    Abs,
    Sign,
    Tanh,
}

impl Function {
    /// f(v).
    pub fn value(self, v: f64) -> f64 {
        match self {
            Self::Sin => v.sin(),
            Self::Cos => v.cos(),
            Self::Tan => v.tan(),
            Self::Exp => v.exp(),
            Self::Ln => v.ln(),
            Self::Log10 => v.log10(),
            Self::Sqrt => v.sqrt(),
            Self::Abs => v.abs(),
            Self::Sign => sign(v),
            Self::Tanh => v.tanh(),
        }
    }

    /// (f′(v), f″(v)), given f(v). At the kink of `abs` the slope is 0, the middle of all slopes it has there.
    pub fn slopes(self, v: f64, value: f64) -> (f64, f64) {
        match self {
            Self::Sin => (v.cos(), -value),
            Self::Cos => (-v.sin(), -value),
            Self::Tan => {
                let slope = v.cos().powi(2).recip();
                (slope, 2.0 * value * slope)
            }
            Self::Exp => (value, value),
            // 1/v exists for v < 0, the logarithm does not.
            Self::Ln | Self::Log10 if v < 0.0 || v.is_nan() => (f64::NAN, f64::NAN),
            Self::Ln => (v.recip(), -(v * v).recip()),
            Self::Log10 => ((v * std::f64::consts::LN_10).recip(), -(v * v * std::f64::consts::LN_10).recip()),
            // abs: the root of −0 is −0, its slope is not −∞.
            Self::Sqrt => (0.5 / value.abs(), -0.25 / (value * v).abs()),
            Self::Abs => (sign(v), 0.0),
            Self::Sign => (0.0, 0.0),
            Self::Tanh => {
                let slope = v.cosh().recip().powi(2); // 1 − tanh² would lose every digit for large v
                (slope, -2.0 * value * slope)
            }
        }
    }
}

/// −1, 0 or 1 (the standard library's `signum` calls 0 positive).
fn sign(v: f64) -> f64 {
    if v == 0.0 { 0.0 } else { v.signum() }
}
