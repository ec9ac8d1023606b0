//! Putting a formula together; what is constant is worked out once, while the formula is read.

use std::f64::consts::E;

use crate::objective::formula::elementary::Function;
use crate::objective::formula::expression::{Criterion, Expression, Piecewise};

impl Expression {
    /// `−inner`.
    pub fn negative(inner: Self) -> Self {
        match inner {
            Self::Number(value) => Self::Number(-value),
            inner => Self::Negative(Box::new(inner)),
        }
    }

    /// The sum of `terms` from left to right. Only constants in front are added up: floating-point addition is not
    /// associative, and folding must never change a bit of the result.
    pub fn sum(terms: Vec<Self>) -> Self {
        Self::joined(terms, Self::Sum)
    }

    /// The product of `factors` from left to right, with an [`Expression::Inverse`] for each divisor.
    pub fn product(factors: Vec<Self>) -> Self {
        let mut product = Self::joined(factors, Self::Product);
        if let Self::Product(factors) = &mut product
            && let [Self::Number(_), second, ..] = factors.as_slice()
            && !matches!(second, Self::Inverse(_))
        {
            factors.swap(0, 1); // a·b = b·a to the last bit, and scaling by a plain number is the cheaper way round
        }
        product
    }

    /// `base^exponent`, in the form whose derivatives are right at 0; a power of e is `exp`, which does not round e.
    pub fn power(base: Self, exponent: Self) -> Self {
        if base == Self::Number(E) && !exponent.is_constant() {
            return Self::call(Function::Exp, exponent);
        }
        let Self::Number(p) = exponent else { return Self::Power(Box::new((base, exponent))).worked_out() };
        if p == 0.0 {
            Self::Number(1.0)
        } else if p == 1.0 {
            base
        } else if p.fract() == 0.0 && p.abs() < f64::from(i32::MAX) {
            Self::IntegerPower(Box::new(base), p as i32).worked_out()
        } else {
            Self::RealPower(Box::new(base), p).worked_out()
        }
    }

    /// `function(inner)`.
    pub fn call(function: Function, inner: Self) -> Self {
        Self::Call(function, Box::new(inner)).worked_out()
    }

    /// `min(candidates)`.
    pub fn least(candidates: Vec<Self>) -> Self {
        Self::Least(candidates).worked_out()
    }

    /// `max(candidates)`.
    pub fn greatest(candidates: Vec<Self>) -> Self {
        Self::Greatest(candidates).worked_out()
    }

    /// `atan2(y, x)`.
    pub fn angle(y: Self, x: Self) -> Self {
        Self::Angle(Box::new((y, x))).worked_out()
    }

    /// `if(condition, then, otherwise)`.
    pub fn choice(condition: Criterion, then: Self, otherwise: Self) -> Self {
        Self::Choice(Box::new(Piecewise { condition, then, otherwise })).worked_out()
    }

    fn joined(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        let constants = parts.iter().take_while(|part| part.is_constant()).count();
        if constants > 1 {
            let front = join(parts.drain(..constants).collect()).worked_out();
            parts.insert(0, front);
        }
        if parts.len() == 1 { parts.remove(0) } else { join(parts) }
    }

    fn is_constant(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Inverse(inner) => matches!(**inner, Self::Number(_)),
            _ => false,
        }
    }

    /// The number that this is, if every part of it is a number.
    fn worked_out(self) -> Self {
        let constant = match &self {
            Self::IntegerPower(inner, _) | Self::RealPower(inner, _) | Self::Call(_, inner) => inner.is_constant(),
            Self::Sum(parts) | Self::Product(parts) | Self::Least(parts) | Self::Greatest(parts) => {
                parts.iter().all(Self::is_constant)
            }
            Self::Power(both) | Self::Angle(both) => both.0.is_constant() && both.1.is_constant(),
            Self::Choice(choice) => {
                let sides = choice.condition.sides();
                sides.into_iter().chain([&choice.then, &choice.otherwise]).all(Self::is_constant)
            }
            _ => false,
        };
        match constant.then(|| self.evaluate::<f64>(&[])) {
            Some(value) if value.is_finite() => Self::Number(value),
            _ => self, // e^800 stays what it is, so that e^800/e^801 can be worked out
        }
    }
}
