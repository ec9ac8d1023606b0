//! Bars around an absolute value, which open and close alike.

use std::ops::Range;

use crate::objective::formula::elementary::Function;
use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::Problem;
use crate::objective::formula::parse::parser::Parser;
use crate::objective::formula::token::TokenKind;

impl Parser<'_> {
    /// `|x|`.
    pub fn absolute(&mut self, open: Range<usize>) -> Expression {
        let from = self.place;
        let is_double = self.is_double_bar();
        self.place += 1;
        let bars = self.bars;
        self.bars += 1;
        let inner = self.deeper(Self::sum);
        self.bars = bars;
        let is_closed_twice = self.place > from + 3
            && self.tokens[self.place - 1].kind == TokenKind::Sign("|")
            && self.tokens[self.place - 1].span.end == self.span().start;
        if !self.take("|") {
            return match self.peek() {
                TokenKind::End => self.stop(open, Problem::Unclosed { sign: '|', closing: '|' }),
                _ => self.unexpected("an operator or `|`"),
            };
        }
        if is_double && is_closed_twice && matches!(inner, Expression::Call(..) | Expression::Number(_)) {
            let inner = self.tokens[from + 1].span.end..self.tokens[self.place - 2].span.start;
            let readings = vec![format!("abs({})", self.shown(inner)), "sqrt(x1^2 + x2^2)".into()];
            self.tell(self.since(from), Problem::Readings { found: self.piece(from), readings }, None);
        }
        Expression::call(Function::Abs, inner)
    }

    /// Whether `||` comes next.
    pub fn is_double_bar(&self) -> bool {
        let next = self.tokens.get(self.place + 1);
        self.is_at("|")
            && next.is_some_and(|next| next.kind == TokenKind::Sign("|") && next.span.start == self.span().end)
    }
}
