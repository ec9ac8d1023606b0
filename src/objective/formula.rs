//! An objective written as text: a formula with exact derivatives.

pub mod arithmetic;
pub mod condition;
pub mod dimension;
pub mod elementary;
pub mod expression;
pub mod far;
pub mod fold;
pub mod mistake;
pub mod names;
pub mod number;
pub mod parse;
pub mod token;
pub mod wide;

use std::array::from_fn;
use std::collections::BTreeMap;

use nalgebra::{Const, Dyn, U1};
use num_dual::{Dual2DVec64, Dual2SVec64, DualDVec64, DualSVec64};

use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::ParseError;
use crate::objective::formula::names::Names;
use crate::objective::formula::parse::parse;
use crate::objective::function::Objective;
use crate::objective::point::{Matrix, Point, Vector};

/// An objective written as text, such as `(1-x1)^2 + kappa*(x2-x1^2)^2`.
#[derive(Clone, Debug)]
pub struct Formula {
    text: String,
    dimension: usize,
    expression: Expression,
    operations: usize,
    residuals: Option<Vec<Expression>>,
    constants: BTreeMap<String, f64>,
}

impl Formula {
    /// Reads `text` as a function of `x1 … x(dimension)`; `with` names further constants.
    pub fn parse(text: &str, dimension: usize, with: &BTreeMap<String, f64>) -> Result<Self, ParseError> {
        let expression = parse(text, &Names::coordinates(dimension, with))?;
        let residuals = square_roots(&expression);
        let operations = expression.size();
        Ok(Self { text: text.to_owned(), dimension, expression, operations, residuals, constants: with.clone() })
    }

    /// The text as its author wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The constants that it was read with, by their names.
    pub fn constants(&self) -> &BTreeMap<String, f64> {
        &self.constants
    }

    /// The expression tree that the text was parsed into.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl Objective for Formula {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn value(&self, at: &Point) -> f64 {
        value(&self.expression, at, self.expression.evaluate(at.as_slice()))
    }

    fn hessian(&self, at: &Point) -> Matrix {
        self.survey(at).2
    }

    fn survey(&self, at: &Point) -> (f64, Vector, Matrix) {
        let (found, mut gradient, mut hessian) = match at.len() {
            1 => survey_of_size::<1>(&self.expression, at),
            2 => survey_of_size::<2>(&self.expression, at),
            3 => survey_of_size::<3>(&self.expression, at),
            4 => survey_of_size::<4>(&self.expression, at),
            n => {
                let x: Vec<_> = at.iter().enumerate().map(|(i, &v)| Dual2DVec64::from_re(v).derivative(n, i)).collect();
                let result = self.expression.evaluate(&x);
                let gradient = result.v1.unwrap_generic(U1, Dyn(n)).transpose();
                (result.re, gradient, symmetrised(result.v2.unwrap_generic(Dyn(n), Dyn(n))))
            }
        };
        if !mend_gradient(&self.expression, at, found, &mut gradient) || !are_finite(hessian.as_slice()) {
            mend_hessian(&self.expression, at, &mut hessian);
        }
        (value(&self.expression, at, found), gradient, hessian)
    }

    fn sample(&self, at: &Point) -> (f64, Vector) {
        sample(&self.expression, at)
    }

    fn residuals(&self, at: &Point) -> Option<(Vector, Matrix)> {
        let residuals = self.residuals.as_ref()?;
        let mut values = Vector::zeros(residuals.len());
        let mut jacobian = Matrix::zeros(residuals.len(), self.dimension);
        for (i, residual) in residuals.iter().enumerate() {
            let (value, gradient) = sample(residual, at);
            values[i] = value;
            jacobian.row_mut(i).tr_copy_from(&gradient);
        }
        Some((values, jacobian))
    }

    fn is_quadratic(&self) -> bool {
        degree(&self.expression).is_some_and(|degree| degree <= 2)
    }

    fn has_kink_at(&self, at: &Point) -> bool {
        self.expression.has_kink_at(at.as_slice())
    }

    fn operations(&self) -> usize {
        self.operations
    }
}

/// Value and gradient; numbers of fixed size up to four dimensions, since those need no allocation.
fn sample(expression: &Expression, at: &Point) -> (f64, Vector) {
    let (found, mut gradient) = match at.len() {
        1 => sample_of_size::<1>(expression, at),
        2 => sample_of_size::<2>(expression, at),
        3 => sample_of_size::<3>(expression, at),
        4 => sample_of_size::<4>(expression, at),
        n => {
            let x: Vec<_> = at.iter().enumerate().map(|(i, &v)| DualDVec64::from_re(v).derivative(n, i)).collect();
            let result = expression.evaluate(&x);
            (result.re, result.eps.unwrap_generic(Dyn(n), U1))
        }
    };
    mend_gradient(expression, at, found, &mut gradient);
    (value(expression, at, found), gradient)
}

/// `found` where it is finite, else f evaluated in the wide number type, where only an intermediate result overflowed.
fn value(expression: &Expression, at: &Point, found: f64) -> f64 {
    if found.is_finite() { found } else { finite_or(far::value(expression, at.as_slice()), found) }
}

/// Recomputes a gradient in the wide number type where an entry or f overflowed; true if nothing had to be recomputed.
fn mend_gradient(expression: &Expression, at: &Point, found: f64, gradient: &mut Vector) -> bool {
    if found.is_finite() && are_finite(gradient.as_slice()) {
        return true;
    }
    for (i, slope) in gradient.iter_mut().enumerate() {
        *slope = finite_or(far::slopes(expression, at.as_slice(), i, i).0, *slope);
    }
    false
}

/// Recomputes a Hessian in the wide number type, one pass an entry, up to a maximum dimension.
fn mend_hessian(expression: &Expression, at: &Point, hessian: &mut Matrix) {
    const MOST: usize = 32;
    if at.len() > MOST {
        return;
    }
    for i in 0..at.len() {
        for j in 0..=i {
            let bend = finite_or(far::slopes(expression, at.as_slice(), i, j).1, hessian[(i, j)]);
            hessian[(i, j)] = bend;
            hessian[(j, i)] = bend;
        }
    }
}

fn are_finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

fn finite_or(number: f64, otherwise: f64) -> f64 {
    if number.is_finite() { number } else { otherwise }
}

fn sample_of_size<const N: usize>(expression: &Expression, at: &Point) -> (f64, Vector) {
    let x: [DualSVec64<N>; N] = from_fn(|i| DualSVec64::from_re(at[i]).derivative(i));
    let result = expression.evaluate(&x);
    (result.re, Vector::from_column_slice(result.eps.unwrap_generic(Const::<N>, U1).as_slice()))
}

fn survey_of_size<const N: usize>(expression: &Expression, at: &Point) -> (f64, Vector, Matrix) {
    let x: [Dual2SVec64<N>; N] = from_fn(|i| Dual2SVec64::from_re(at[i]).derivative(i));
    let result = expression.evaluate(&x);
    let gradient = result.v1.unwrap_generic(U1, Const::<N>);
    let hessian = result.v2.unwrap_generic(Const::<N>, Const::<N>);
    let hessian = Matrix::from_column_slice(N, N, hessian.as_slice());
    (result.re, Vector::from_column_slice(gradient.as_slice()), symmetrised(hessian))
}

fn symmetrised(mut matrix: Matrix) -> Matrix {
    for row in 0..matrix.nrows() {
        for column in 0..row {
            let mean = f64::midpoint(matrix[(row, column)], matrix[(column, row)]);
            matrix[(row, column)] = mean;
            matrix[(column, row)] = mean;
        }
    }
    matrix
}

/// The rᵢ of f = Σ rᵢ², if the formula is written as a sum of c·(…)² with every c > 0.
fn square_roots(expression: &Expression) -> Option<Vec<Expression>> {
    let mut roots = Vec::new();
    collect_square_roots(expression, 1.0, &mut roots)?;
    Some(roots)
}

fn collect_square_roots(expression: &Expression, weight: f64, roots: &mut Vec<Expression>) -> Option<()> {
    match expression {
        Expression::IntegerPower(base, 2) if weight > 0.0 => {
            let base = (**base).clone();
            let scaled = || Expression::product(vec![base.clone(), Expression::Number(weight.sqrt())]);
            roots.push(if weight == 1.0 { base } else { scaled() });
            Some(())
        }
        Expression::Sum(terms) => terms.iter().try_for_each(|term| collect_square_roots(term, weight, roots)),
        Expression::Product(factors) => {
            let mut weight = weight;
            let mut square = None;
            for factor in factors {
                match factor {
                    Expression::Number(value) => weight *= value,
                    Expression::Inverse(divisor) => match **divisor {
                        Expression::Number(value) => weight /= value,
                        _ => return None,
                    },
                    _ if square.is_some() => return None,
                    factor => square = Some(factor),
                }
            }
            collect_square_roots(square?, weight, roots)
        }
        Expression::Negative(inner) => collect_square_roots(inner, -weight, roots),
        _ => None,
    }
}

/// The degree of a formula that is written as a polynomial; terms that would cancel are counted.
fn degree(expression: &Expression) -> Option<u32> {
    match expression {
        Expression::Number(_) => Some(0),
        Expression::Variable(_) => Some(1),
        Expression::Negative(inner) => degree(inner),
        Expression::Sum(terms) => terms.iter().try_fold(0, |highest, term| Some(degree(term)?.max(highest))),
        Expression::Product(factors) => {
            factors.iter().try_fold(0_u32, |total, factor| Some(degree(factor)?.saturating_add(total)))
        }
        Expression::Inverse(inner) => degree(inner).filter(|degree| *degree == 0),
        Expression::IntegerPower(base, exponent) => Some(degree(base)?.saturating_mul(u32::try_from(*exponent).ok()?)),
        _ => None,
    }
}
