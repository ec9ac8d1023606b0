//! Conditions in a formula: comparisons, joined by `and`, `or` and `not`.

use std::ops::Range;

use crate::objective::formula::expression::{Criterion, Expression, Relation};
use crate::objective::formula::mistake::{Edit, Problem};
use crate::objective::formula::parse::parser::{COMPARISONS, Parser};
use crate::objective::formula::token::TokenKind;

impl Parser<'_> {
    /// Comparisons, loosest first: `or`, `and`, `not`.
    pub fn condition(&mut self) -> Criterion {
        let mut parts = vec![self.both()];
        loop {
            if self.bars == 0 && self.is_double_bar() {
                self.place += 2;
            } else if !self.take("or") {
                break;
            }
            parts.push(self.both());
        }
        if parts.len() == 1 { parts.remove(0) } else { Criterion::Any(parts) }
    }

    fn both(&mut self) -> Criterion {
        let mut parts = vec![self.single()];
        while self.take("and") {
            parts.push(self.single());
        }
        if parts.len() == 1 { parts.remove(0) } else { Criterion::All(parts) }
    }

    fn single(&mut self) -> Criterion {
        if self.take("not") {
            return Criterion::Not(Box::new(self.deeper(Self::single)));
        }
        if self.is_at("(") && self.compares(self.place + 1) {
            let open = self.span();
            self.place += 1;
            let inner = self.nested(false, Self::condition);
            self.close(&open, "`and`, `or` or `)`");
            return inner;
        }
        let left = self.sum();
        let Some(comparison) = self.comparison() else {
            let expected = "a comparison, as in if(a < b, p, q)";
            let value = self.unexpected(expected);
            return Criterion::Compare(left, Relation::Less, value);
        };
        let from = self.place;
        let right = self.sum();
        self.chain(Criterion::Compare(left, comparison, right.clone()), right, from)
    }

    /// Parses a chained comparison `0 < x1 < 1` and records it as a fault.
    fn chain(&mut self, first: Criterion, mut left: Expression, mut from: usize) -> Criterion {
        let mut parts = vec![first];
        loop {
            let (middle, text) = (self.piece(from), self.text.get(self.since(from)).unwrap_or_default());
            let (end, at) = (self.since(from).end, self.span());
            let Some(comparison) = self.comparison() else { break };
            let is_whole = !self.faults.iter().any(|fault| fault.span.start >= self.since(from).start);
            from = self.place;
            let right = self.sum();
            let sign = self.shown(at.clone());
            let cure = format!("write … {middle} and {middle} {sign} {}", self.piece(from));
            let problem = Problem::Other { sentence: "comparisons stand in a chain".into(), cure };
            let edits = is_whole.then(|| vec![Edit::new(end..at.start, format!(" and {text} "))]);
            self.tell(at, problem, edits);
            parts.push(Criterion::Compare(left, comparison, right.clone()));
            left = right;
        }
        if parts.len() == 1 { parts.remove(0) } else { Criterion::All(parts) }
    }

    fn comparison(&mut self) -> Option<Relation> {
        let TokenKind::Sign(sign) = self.peek() else { return None };
        let comparison = match sign {
            "<" => Relation::Less,
            "<=" => Relation::LessOrEqual,
            ">" => Relation::Greater,
            ">=" => Relation::GreaterOrEqual,
            "==" => Relation::Equal,
            "!=" => Relation::NotEqual,
            _ => return None,
        };
        debug_assert!(COMPARISONS.contains(&sign));
        self.place += 1;
        Some(comparison)
    }

    /// Parses a condition in the place of a number, `(x1 < 0)` or `x1 < 0 ? p : q`; records a fault whose cure is an `if`.
    pub fn loose_condition(&mut self, open: Option<&Range<usize>>) -> Expression {
        let from = self.place;
        let condition = self.condition();
        let asked = self.since(from);
        if !self.is_at("?") {
            let cure = format!("if({}, 1, 0)", self.piece(from));
            let (begin, end) = (Edit::insert(open.unwrap_or(&asked).start, "if"), asked.end);
            let edits = match open {
                Some(_) => vec![begin, Edit::insert(end, ", 1, 0")],
                None => vec![Edit::insert(asked.start, "if("), Edit::insert(end, ", 1, 0)")],
            };
            self.tell(asked, Problem::LooseComparison { cure }, Some(edits));
            return Expression::choice(condition, Expression::Number(1.0), Expression::Number(0.0));
        }
        let question = asked.end..self.span().end;
        self.place += 1;
        self.choices += 1;
        let begin = self.place;
        let then = self.deeper(|parser| parser.value(None));
        let (first, colon) = (self.piece(begin), self.since(begin).end..self.span().end);
        self.choices -= 1;
        if !self.take(":") {
            return self.unexpected("an operator or `:`");
        }
        let begin = self.place;
        let otherwise = self.deeper(|parser| parser.value(None));
        let whole = self.since(from);
        let cure = format!("write if({}, {first}, {})", self.shown(asked.clone()), self.piece(begin));
        let edits = vec![
            Edit::insert(asked.start, "if("),
            Edit::new(question, ","),
            Edit::new(colon, ","),
            Edit::insert(whole.end, ")"),
        ];
        self.tell(whole, Problem::Other { sentence: "`? :` is not read here".into(), cure }, Some(edits));
        Expression::choice(condition, then, otherwise)
    }
}
