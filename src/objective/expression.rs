//! A formula as a tree; evaluating it over a number that carries derivatives differentiates it exactly.

use crate::objective::elementary::Function;
use crate::objective::number::{BothSlopes, Number};

/// A formula in the variables `x[0] … x[n−1]`, as read by [`parse`](crate::objective::parse::parse).
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
    Choice(Box<Choice>),
}

/// `if(condition, then, otherwise)`: a piecewise function.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the sentence above names every field")]
pub struct Choice {
    pub condition: Condition,
    pub then: Expression,
    pub otherwise: Expression,
}

/// What an `if` asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `left ⋚ right`.
    Compare(Expression, Comparison, Expression),
    /// `a and b and …`.
    All(Vec<Condition>),
    /// `a or b or …`.
    Any(Vec<Condition>),
    /// `not a`.
    Not(Box<Condition>),
}

/// How the two sides of a condition are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

impl Comparison {
    /// Whether the comparison holds; `None` if a side is not a number, so that no branch is taken by accident.
    fn holds(self, left: f64, right: f64) -> Option<bool> {
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
    pub fn evaluate<N: Number>(&self, x: &[N]) -> N {
        // Half of all nodes are leaves: read in place, they cost no call.
        match self {
            Self::Number(value) => N::from(*value),
            Self::Variable(index) => x[*index].clone(),
            inner => inner.evaluate_inner(x),
        }
    }

    fn evaluate_inner<N: Number>(&self, x: &[N]) -> N {
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
            Self::Call(function, inner) => {
                function.has_kink_at(inner.evaluate(x)) || inner.has_kink_at(x)
            }
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

impl Condition {
    /// Whether it holds at `x`. `None` if that hangs on a number that is none: so no branch is taken by accident, and
    /// `x1 > 0 and ln(x1) < 1` is yet decided everywhere. // Kleene
    fn holds<N: Number>(&self, x: &[N]) -> Option<bool> {
        match self {
            Self::Compare(left, comparison, right) => comparison.holds(left.evaluate(x).re(), right.evaluate(x).re()),
            Self::All(parts) => Self::decided(parts, false, x),
            Self::Any(parts) => Self::decided(parts, true, x),
            Self::Not(inner) => inner.holds(x).map(|holds| !holds),
        }
    }

    /// `verdict` as soon as one part says so, else the opposite if every part is decided.
    fn decided<N: Number>(parts: &[Self], verdict: bool, x: &[N]) -> Option<bool> {
        let mut decided = Some(!verdict);
        for part in parts {
            match part.holds(x) {
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

impl Choice {
    /// The branch that applies at `x`, unless a side of the condition is not a number.
    fn branch<N: Number>(&self, x: &[N]) -> Option<&Expression> {
        Some(if self.condition.holds(x)? { &self.then } else { &self.otherwise })
    }
}

fn sum<N: Number>(terms: &[Expression], x: &[N]) -> N {
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
fn product<N: Number>(factors: &[Expression], x: &[N]) -> N {
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

/// a/b. num-dual multiplies by a rounded 1/b; this keeps the correctly rounded value.
fn quotient<N: Number>(a: &N, b: &N) -> N {
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
fn integer_power<N: Number>(a: &N, k: i32) -> N {
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
fn real_power<N: Number>(a: &N, p: f64) -> N {
    let v = a.re();
    a.chain(v.powf(p), || (p * v.powf(p - 1.0), p * (p - 1.0) * v.powf(p - 2.0)))
}

/// a^b as exp(b·ln a), with the value from `powf`, so that (−2)^b keeps its value where b is whole.
fn power<N: Number>(a: &N, b: N) -> N {
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
fn angle<N: Number>(y: &N, x: &N) -> N {
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

/// The best candidate; the first of several, and NaN as soon as one of them is not a number.
fn pick<N: Number>(candidates: &[Expression], x: &[N], beats: fn(f64, f64) -> bool) -> N {
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
