//! A formula where its numbers leave the range of `f64` on the way, as in 1/(1 + e⁸⁰⁰): evaluated once more in a wider
//! range, with its derivatives.

use std::f64::consts::{FRAC_PI_2, LN_2, LN_10};

use crate::objective::formula::elementary::Function;
use crate::objective::formula::expression::{Criterion, Expression, Piecewise, Relation};
use crate::objective::formula::wide::Wide;

/// A number with its derivatives along two directions, and the mixed one.
#[derive(Clone, Copy)]
struct Jet {
    value: Wide,
    left: Wide,
    right: Wide,
    both: Wide,
}

/// f at `x`.
pub fn value(expression: &Expression, x: &[f64]) -> f64 {
    evaluate(expression, &|index| Jet::constant(x[index].into())).value.narrow()
}

/// ∂f/∂xᵢ and ∂²f/∂xᵢ∂xⱼ at `x`.
pub fn slopes(expression: &Expression, x: &[f64], i: usize, j: usize) -> (f64, f64) {
    let seed = |is_seed: bool| Wide::from(if is_seed { 1.0 } else { 0.0 });
    let variable =
        |index: usize| Jet { left: seed(index == i), right: seed(index == j), ..Jet::constant(x[index].into()) };
    let jet = evaluate(expression, &variable);
    (jet.left.narrow(), jet.both.narrow())
}

impl Jet {
    fn constant(value: Wide) -> Self {
        Self { value, left: Wide::ZERO, right: Wide::ZERO, both: Wide::ZERO }
    }

    /// g(self) from g, g′ and g″.
    fn chain(self, value: Wide, first: Wide, second: Wide) -> Self {
        let (left, right) = (self.left * first, self.right * first);
        Self { value, left, right, both: self.both * first + self.left * self.right * second }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            left: self.left + other.left,
            right: self.right + other.right,
            both: self.both + other.both,
        }
    }

    fn times(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            left: self.left * other.value + self.value * other.left,
            right: self.right * other.value + self.value * other.right,
            both: self.both * other.value + self.left * other.right + self.right * other.left + self.value * other.both,
        }
    }

    fn negative(self) -> Self {
        Self { value: -self.value, left: -self.left, right: -self.right, both: -self.both }
    }

    fn inverse(self) -> Self {
        let inverse = self.value.recip();
        let square = inverse * inverse;
        self.chain(inverse, -square, Wide::from(2.0) * square * inverse)
    }

    fn exp(self) -> Self {
        let power = self.value.exp();
        self.chain(power, power, power)
    }

    fn ln(self) -> Self {
        let inverse = self.value.recip();
        self.chain(self.value.ln(), inverse, -(inverse * inverse))
    }

    fn scaled(self, factor: f64) -> Self {
        self.times(Self::constant(factor.into()))
    }
}

fn evaluate(expression: &Expression, variable: &dyn Fn(usize) -> Jet) -> Jet {
    let at = |inner: &Expression| evaluate(inner, variable);
    match expression {
        Expression::Number(value) => Jet::constant((*value).into()),
        Expression::Variable(index) => variable(*index),
        Expression::Negative(inner) => at(inner).negative(),
        Expression::Sum(terms) => terms.iter().map(at).reduce(Jet::plus).unwrap_or(Jet::constant(Wide::ZERO)),
        Expression::Product(factors) => factors.iter().map(at).reduce(Jet::times).unwrap_or(Jet::constant(1.0.into())),
        Expression::Inverse(inner) => at(inner).inverse(),
        Expression::IntegerPower(base, exponent) => {
            let (base, k) = (at(base), *exponent);
            let term = |factor: f64, k: i32| {
                if factor == 0.0 { Wide::ZERO } else { Wide::from(factor) * base.value.whole_power(k) }
            };
            let n = f64::from(k);
            base.chain(term(1.0, k), term(n, k.saturating_sub(1)), term(n * (n - 1.0), k.saturating_sub(2)))
        }
        Expression::RealPower(base, p) => {
            let base = at(base);
            let term = |factor: f64, p: f64| Wide::from(factor) * base.value.power(p);
            base.chain(term(1.0, *p), term(*p, p - 1.0), term(p * (p - 1.0), p - 2.0))
        }
        Expression::Power(both) => at(&both.0).ln().times(at(&both.1)).exp(),
        Expression::Call(function, inner) => call(*function, at(inner)),
        // No angle overflows; where its sides do, no caller evaluates it.
        Expression::Angle(_) => Jet::constant(Wide::NAN),
        Expression::Least(candidates) => best(candidates.iter().map(at), Relation::Less),
        Expression::Greatest(candidates) => best(candidates.iter().map(at), Relation::Greater),
        Expression::Choice(choice) => branch(choice, variable).map_or(Jet::constant(Wide::NAN), at),
    }
}

fn best(candidates: impl Iterator<Item = Jet>, beats: Relation) -> Jet {
    let better = |best: Jet, new: Jet| match beats.holds((new.value - best.value).narrow(), 0.0) {
        Some(is_better) => {
            if is_better {
                new
            } else {
                best
            }
        }
        None => {
            if best.value.narrow().is_nan() {
                best
            } else {
                new
            }
        }
    };
    candidates.reduce(better).unwrap_or(Jet::constant(Wide::NAN))
}

fn branch<'e>(choice: &'e Piecewise, variable: &dyn Fn(usize) -> Jet) -> Option<&'e Expression> {
    Some(if holds(&choice.condition, variable)? { &choice.then } else { &choice.otherwise })
}

fn holds(condition: &Criterion, variable: &dyn Fn(usize) -> Jet) -> Option<bool> {
    condition.decide(&|left, comparison, right| {
        let difference = evaluate(left, variable).value - evaluate(right, variable).value;
        comparison.holds(difference.narrow(), 0.0)
    })
}

/// A function of a number that may be out of range; what grows like an exponential is made of one.
fn call(function: Function, inner: Jet) -> Jet {
    let (v, one) = (inner.value, Jet::constant(1.0.into()));
    let e = |jet: Jet| jet.exp();
    match function {
        Function::Exp => e(inner),
        Function::Expm1 => e(inner).plus(one.negative()),
        Function::Cosh => e(inner).plus(e(inner.negative())).scaled(0.5),
        Function::Sinh => e(inner).plus(e(inner.negative()).negative()).scaled(0.5),
        Function::Tanh if v.abs().narrow() > 20.0 => {
            let shrunk = (Wide::from(-2.0) * v.abs()).exp();
            let slope = Wide::from(4.0) * shrunk;
            inner.chain(v.sign().into(), slope, Wide::from(-2.0 * v.sign()) * slope)
        }
        Function::Sigmoid => one.plus(e(inner.negative())).inverse(),
        Function::Softplus if v.sign() > 0.0 => inner.plus(call(Function::Softplus, inner.negative())),
        Function::Softplus if v.narrow() < -40.0 => e(inner),
        _ if is_ordinary(function, v) => ordinary(function, inner),
        Function::Ln => inner.ln(),
        Function::Log1p => one.plus(inner).ln(),
        Function::Log2 => inner.ln().scaled(LN_2.recip()),
        Function::Log10 => inner.ln().scaled(LN_10.recip()),
        Function::Abs if v.sign() < 0.0 => inner.negative(),
        Function::Abs => inner,
        Function::Sign | Function::Erf => inner.chain(v.sign().into(), Wide::ZERO, Wide::ZERO),
        Function::Floor => inner.chain(v, Wide::ZERO, Wide::ZERO),
        Function::Sqrt => {
            let root = v.sqrt();
            let slope = Wide::from(0.5) * root.recip();
            inner.chain(root, slope, Wide::from(-0.5) * slope * v.recip())
        }
        Function::Cbrt => {
            let root = Wide::from(v.sign()) * v.abs().power(1.0 / 3.0);
            let slope = root * v.recip() * Wide::from(1.0 / 3.0);
            inner.chain(root, slope, Wide::from(-2.0 / 3.0) * slope * v.recip())
        }
        Function::Atan if v.abs().narrow() > 1.0 => {
            let slope = (v * v).recip();
            inner.chain((FRAC_PI_2 * v.sign()).into(), slope, Wide::from(-2.0) * slope * v.recip())
        }
        // Of a number too small for an f64 these are what they are at 0; of one too large they are nothing.
        _ => ordinary(function, inner),
    }
}

/// Whether value and slopes of a function at `v` fit in `f64`; so they do not at a pole, an edge or outside its domain,
/// where what the slope is to be was decided for `f64`.
fn is_ordinary(function: Function, v: Wide) -> bool {
    let value = function.value(v.narrow());
    let (first, second) = function.slopes(v.narrow(), value);
    v.is_narrow() && (v == Wide::ZERO || value.is_nan() || first.is_finite() && second.is_finite())
}

fn ordinary(function: Function, inner: Jet) -> Jet {
    let v = inner.value.narrow();
    let value = function.value(v);
    let (first, second) = function.slopes(v, value);
    inner.chain(value.into(), first.into(), second.into())
}
