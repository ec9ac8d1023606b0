//! A formula as a tree; evaluating it over a number that carries derivatives differentiates it exactly.

use crate::objective::formula::arithmetic::{angle, integer_power, power, quotient, real_power};
use crate::objective::formula::elementary::Function;
use crate::objective::formula::number::DualNumber;

/// A formula in the variables `x[0] … x[n−1]`, as read by [`parse`](crate::objective::formula::parse::parse).
///
/// `a − b` is a sum with a negative term, `a / b` a product with an inverse factor; sums and products hold any number of
/// parts, so a thousand terms are no deeper than two.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A constant.
    Number(f64),
    /// `x[i]`, counted from 0 (the coordinate that people call `x1` is `Variable(0)`).
    Variable(usize),
    /// `−a`.
    Negative(Box<Expression>),
    /// `a + b + …`, from left to right.
    Sum(Vec<Expression>),
    /// `a · b · …`, from left to right.
    Product(Vec<Expression>),
    /// `1 / a`.
    Inverse(Box<Expression>),
    /// `a^k` with a whole number k, also for negative a.
    IntegerPower(Box<Expression>, i32),
    /// `a^p` with any other constant p; not a number where a < 0.
    RealPower(Box<Expression>, f64),
    /// `a^b` where the exponent varies.
    Power(Box<(Expression, Expression)>),
    /// `sin(a)` and its like.
    Call(Function, Box<Expression>),
    /// `min(a, b, …)`; at a tie the first argument.
    Least(Vec<Expression>),
    /// `max(a, b, …)`; at a tie the first argument.
    Greatest(Vec<Expression>),
    /// `atan2(y, x)`: the angle of the point (x, y), in (−π, π].
    Angle(Box<(Expression, Expression)>),
    /// `if(a < b, p, q)`.
    Choice(Box<Piecewise>),
}

/// `if(condition, then, otherwise)`: a piecewise function.
#[derive(Clone, Debug, PartialEq)]
pub struct Piecewise {
    pub condition: Criterion,
    pub then: Expression,
    pub otherwise: Expression,
}

/// What an `if` asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Criterion {
    /// `left ⋚ right`.
    Compare(Expression, Relation, Expression),
    /// `a and b and …`.
    All(Vec<Criterion>),
    /// `a or b or …`.
    Any(Vec<Criterion>),
    /// `not a`.
    Not(Box<Criterion>),
}

/// How the two sides of a condition are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

impl Relation {
    /// Whether the comparison holds; `None` if a side is not a number, so that no branch is taken by accident.
    pub fn holds(self, left: f64, right: f64) -> Option<bool> {
        left.partial_cmp(&right).map(|order| match self {
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
        })
    }
}

impl Expression {
    /// The value at `x`; with dual numbers also the derivatives, exact to rounding.
    ///
    /// What lies outside a function's domain comes out as ∞ or NaN, in the value or in the derivatives: `sqrt` at 0 has
    /// the value 0 and an infinite slope. Allocates nothing unless the numbers do; recursion is as deep as the tree.
    ///
    /// # Panics
    /// If `x` is shorter than the dimension that the formula was parsed for.
    #[inline]
    pub fn evaluate<N: DualNumber>(&self, x: &[N]) -> N {
        // Half of all nodes are leaves: read in place, they cost no call.
        match self {
            Self::Number(value) => N::from(*value),
            Self::Variable(index) => x[*index].clone(),
            inner => inner.evaluate_inner(x),
        }
    }

    /// How many nodes the tree has.
    pub fn size(&self) -> usize {
        let all = |parts: &[Self]| parts.iter().map(Self::size).sum::<usize>();
        1 + match self {
            Self::Number(_) | Self::Variable(_) => 0,
            Self::Negative(inner)
            | Self::Inverse(inner)
            | Self::IntegerPower(inner, _)
            | Self::RealPower(inner, _)
            | Self::Call(_, inner) => inner.size(),
            Self::Sum(parts) | Self::Product(parts) | Self::Least(parts) | Self::Greatest(parts) => all(parts),
            Self::Power(both) | Self::Angle(both) => both.0.size() + both.1.size(),
            Self::Choice(choice) => {
                let Piecewise { condition, then, otherwise } = &**choice;
                condition.size() + then.size() + otherwise.size()
            }
        }
    }

    fn evaluate_inner<N: DualNumber>(&self, x: &[N]) -> N {
        match self {
            Self::Number(_) | Self::Variable(_) => self.evaluate(x),
            Self::Negative(inner) => -inner.evaluate(x),
            Self::Sum(terms) => sum(terms, x),
            Self::Product(factors) => product(factors, x),
            Self::Inverse(inner) => quotient(&N::from(1.0), &inner.evaluate(x)),
            Self::IntegerPower(base, exponent) => integer_power(&base.evaluate(x), *exponent),
            Self::RealPower(base, exponent) => real_power(&base.evaluate(x), *exponent),
            Self::Power(both) => power(&both.0.evaluate(x), both.1.evaluate(x)),
            Self::Call(function, inner) => {
                let inner = inner.evaluate(x);
                let value = function.value(inner.re());
                inner.chain(value, || function.slopes(inner.re(), value))
            }
            Self::Least(candidates) => pick(candidates, x, |new, best| new < best),
            Self::Greatest(candidates) => pick(candidates, x, |new, best| new > best),
            Self::Angle(both) => angle(&both.0.evaluate(x), &both.1.evaluate(x)),
            Self::Choice(choice) => match choice.branch(x) {
                Some(branch) => branch.evaluate(x),
                None => N::from(f64::NAN),
            },
        }
    }

    /// Whether some part of the formula changes its branch exactly at `x`: `abs` or `sign` at 0, a root at 0, the edge
    /// of `asin`, a jump of `floor`, the cut of `atan2`, a tie in `min` or `max`, the border of an `if`. The slope there is one choice among several, unless the branches happen to
    /// join smoothly.
    pub fn has_kink_at(&self, x: &[f64]) -> bool {
        match self {
            Self::Number(_) | Self::Variable(_) => false,
            Self::Negative(inner) | Self::Inverse(inner) | Self::IntegerPower(inner, _) => inner.has_kink_at(x),
            Self::Call(function, inner) => function.has_kink_at(inner.evaluate(x)) || inner.has_kink_at(x),
            Self::RealPower(base, _) => base.evaluate(x) == 0.0 || base.has_kink_at(x),
            Self::Power(both) => both.0.has_kink_at(x) || both.1.has_kink_at(x),
            Self::Sum(parts) | Self::Product(parts) => parts.iter().any(|part| part.has_kink_at(x)),
            Self::Least(parts) | Self::Greatest(parts) => {
                let chosen = self.evaluate(x);
                let mut ties = parts.iter().filter(|part| part.evaluate(x) == chosen);
                ties.next().is_some_and(|first| first.has_kink_at(x)) || ties.next().is_some()
            }
            Self::Angle(both) => {
                let is_on_cut = both.0.evaluate(x) == 0.0 && both.1.evaluate(x) <= 0.0;
                is_on_cut || both.0.has_kink_at(x) || both.1.has_kink_at(x)
            }
            Self::Choice(choice) => {
                choice.condition.has_border_at(x) || choice.branch(x).is_some_and(|branch| branch.has_kink_at(x))
            }
        }
    }
}

impl Criterion {
    /// How many nodes its comparisons have.
    fn size(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => left.size() + right.size(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum(),
            Self::Not(inner) => inner.size(),
        }
    }

    /// Whether it holds at `x`; `None` as [`Criterion::decide`] says.
    fn holds<N: DualNumber>(&self, x: &[N]) -> Option<bool> {
        self.decide(&|left, comparison, right| comparison.holds(left.evaluate(x).re(), right.evaluate(x).re()))
    }

    /// Whether it holds, where `compare` decides a comparison. `None` if that hangs on a number that is none: so no
    /// branch is taken by accident, and `x1 > 0 and ln(x1) < 1` is yet decided everywhere. // Kleene
    pub fn decide(&self, compare: &dyn Fn(&Expression, Relation, &Expression) -> Option<bool>) -> Option<bool> {
        let (parts, verdict) = match self {
            Self::Compare(left, comparison, right) => return compare(left, *comparison, right),
            Self::Not(inner) => return inner.decide(compare).map(|holds| !holds),
            Self::All(parts) => (parts, false),
            Self::Any(parts) => (parts, true),
        };
        let mut decided = Some(!verdict);
        for part in parts {
            match part.decide(compare) {
                Some(holds) if holds == verdict => return Some(verdict),
                Some(_) => {}
                None => decided = None,
            }
        }
        decided
    }

    /// Whether `x` lies where one of its comparisons changes.
    fn has_border_at(&self, x: &[f64]) -> bool {
        match self {
            Self::Compare(left, _, right) => left.evaluate(x) == right.evaluate(x),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.has_border_at(x)),
            Self::Not(inner) => inner.has_border_at(x),
        }
    }

    /// Every expression in it.
    pub fn sides(&self) -> Vec<&Expression> {
        match self {
            Self::Compare(left, _, right) => vec![left, right],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::sides).collect(),
            Self::Not(inner) => inner.sides(),
        }
    }
}

impl Piecewise {
    /// The branch that applies at `x`, unless a side of the condition is not a number.
    fn branch<N: DualNumber>(&self, x: &[N]) -> Option<&Expression> {
        Some(if self.condition.holds(x)? { &self.then } else { &self.otherwise })
    }
}

fn sum<N: DualNumber>(terms: &[Expression], x: &[N]) -> N {
    let Some((first, rest)) = terms.split_first() else { return N::from(0.0) };
    let mut total = first.evaluate(x);
    for term in rest {
        match term {
            Expression::Number(value) => total += *value,
            Expression::Negative(term) => total -= term.evaluate(x),
            term => total += term.evaluate(x),
        }
    }
    total
}

#[expect(clippy::assign_op_pattern, reason = "num-dual's `*=` first clones its left side")]
fn product<N: DualNumber>(factors: &[Expression], x: &[N]) -> N {
    let Some((first, rest)) = factors.split_first() else { return N::from(1.0) };
    let mut total = first.evaluate(x);
    for factor in rest {
        match factor {
            Expression::Number(value) => total *= *value,
            Expression::Inverse(divisor) => match &**divisor {
                Expression::Number(value) => total /= *value,
                divisor => total = quotient(&total, &divisor.evaluate(x)),
            },
            factor => total = total * factor.evaluate(x),
        }
    }
    total
}

/// The best candidate; the first of several, and NaN as soon as one of them is not a number.
fn pick<N: DualNumber>(candidates: &[Expression], x: &[N], beats: fn(f64, f64) -> bool) -> N {
    let Some((first, rest)) = candidates.split_first() else { return N::from(f64::NAN) };
    let mut best = first.evaluate(x);
    for candidate in rest {
        let candidate = candidate.evaluate(x);
        if beats(candidate.re(), best.re()) || candidate.re().is_nan() {
            best = candidate;
        }
    }
    best
}
