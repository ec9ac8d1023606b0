//! Quotients, powers and angles of numbers that carry derivatives, right at 0 and far out.

use crate::objective::formula::elementary::Function;
use crate::objective::formula::number::{BothSlopes, DualNumber};

/// a/b. num-dual multiplies by a rounded 1/b; this keeps the correctly rounded value.
pub fn quotient<N: DualNumber>(a: &N, b: &N) -> N {
    let inverse = b.re().recip();
    let slope = -inverse * inverse;
    let product = b.chain(inverse, || (slope, -2.0 * slope * inverse)) * a;
    product.with_value(a.re() / b.re())
}

/// v^k for a whole number k.
fn whole_power(v: f64, k: i32) -> f64 {
    match k {
        0 => 1.0,
        1 => v,
        2 => v * v,
        3 => v * v * v,
        4 => (v * v) * (v * v),
        _ => v.powi(k),
    }
}

/// a^k. The derivatives of a^0, a^1 and a^2 are written out: k·a^(k−1) would be 0·∞ at a = 0.
pub fn integer_power<N: DualNumber>(a: &N, k: i32) -> N {
    let v = a.re();
    a.chain(whole_power(v, k), || match k {
        0 => (0.0, 0.0),
        1 => (1.0, 0.0),
        2 => (2.0 * v, 2.0),
        _ => {
            let exponent = f64::from(k);
            (
                exponent * whole_power(v, k.saturating_sub(1)),
                exponent * (exponent - 1.0) * whole_power(v, k.saturating_sub(2)),
            )
        }
    })
}

/// a^p with p neither 0 nor 1.
pub fn real_power<N: DualNumber>(a: &N, p: f64) -> N {
    let v = a.re();
    a.chain(v.powf(p), || (p * v.powf(p - 1.0), p * (p - 1.0) * v.powf(p - 2.0)))
}

/// a^b as exp(b·ln a), with the value from `powf`, so that (−2)^b keeps its value where b is whole.
pub fn power<N: DualNumber>(a: &N, b: N) -> N {
    let value = a.re().powf(b.re());
    if a.re() <= 0.0 {
        return a.chain_both(&b, value, || slopes_of_power(a.re(), b.re()));
    }
    let logarithm = a.chain(a.re().ln(), || Function::Ln.slopes(a.re(), 0.0));
    (logarithm * b).chain(value, || (value, value))
}

/// The derivatives of a^b where a ≤ 0 and there is no logarithm: along a those of a power, along b 0 where a = 0 < b (0^b
/// stays 0) and elsewhere none, for beside a whole b there is no value.
fn slopes_of_power(a: f64, b: f64) -> BothSlopes {
    let term = |factor: f64, exponent: f64| if factor == 0.0 { 0.0 } else { factor * a.powf(exponent) };
    let is_level = a == 0.0 && b > 0.0;
    let along_exponent = if is_level { 0.0 } else { f64::NAN };
    BothSlopes {
        first: term(b, b - 1.0),
        second: along_exponent,
        first_first: term(b * (b - 1.0), b - 2.0),
        // a^(b−1)(1 + b·ln a)
        first_second: if is_level && b <= 1.0 { f64::NEG_INFINITY } else { along_exponent },
        second_second: along_exponent,
    }
}

/// The angle of (x, y); the distance is divided out step by step, for its square may overflow.
pub fn angle<N: DualNumber>(y: &N, x: &N) -> N {
    let (v, u) = (y.re(), x.re());
    y.chain_both(x, v.atan2(u), || {
        let r = v.hypot(u);
        let (sine, cosine) = (v / r, u / r);
        let bend = 2.0 * sine * cosine / r / r;
        BothSlopes {
            first: cosine / r,
            second: -sine / r,
            first_first: -bend,
            first_second: (sine - cosine) * (sine + cosine) / r / r,
            second_second: bend,
        }
    })
}
