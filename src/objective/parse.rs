//! From the text of a formula to its tree, or to a sentence about what is wrong and where.

use std::ops::Range;

use crate::objective::expression::{Choice, Comparison, Expression};
use crate::objective::mistake::{ParseError, Problem};
use crate::objective::names::{Meaning, Names};
use crate::objective::token::{Kind, Token, split};

/// The longest formula that is read, in bytes.
pub const LONGEST: usize = 4096;

/// How deep parentheses, calls and powers may nest. Evaluation recurses as deep, and must fit every thread's stack.
pub const DEEPEST: usize = 128;

const OPERAND: &str = "a number, a name or `(`";

/// Reads a formula: `+ − * /`, `^` (binds to the right and tighter than a minus sign, so `-x^2` at 3 is −9 and `2^3^2`
/// is 512), parentheses, numbers such as `1e-3`, and the names and functions of `names`.
pub fn parse(text: &str, names: &Names<'_>) -> Result<Expression, ParseError> {
    if text.len() > LONGEST {
        let mut border = LONGEST;
        while !text.is_char_boundary(border) {
            border -= 1;
        }
        let problem = Problem::TooLong { bytes: text.len(), limit: LONGEST };
        return Err(ParseError { span: border..text.len(), problem });
    }
    let tokens = split(text)?;
    if tokens.len() == 1 {
        return Err(ParseError { span: 0..text.len(), problem: Problem::Empty });
    }
    let mut parser = Parser { text, names, tokens, place: 0, depth: 0 };
    let expression = parser.sum()?;
    match parser.peek() {
        Kind::End => Ok(expression),
        Kind::Sign(")") => Err(parser.wrong_here(Problem::Unopened)),
        Kind::Sign("<" | "<=" | ">" | ">=" | "==") => Err(parser.wrong_here(Problem::LooseComparison)),
        _ => Err(parser.unexpected("an operator or the end of the formula")),
    }
}

/// One function per level of the grammar, loosest first: sum, product, signed, power, operand.
struct Parser<'a> {
    text: &'a str,
    names: &'a Names<'a>,
    tokens: Vec<Token>,
    place: usize,
    depth: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expression, ParseError> {
        let mut terms = vec![self.product()?];
        loop {
            if self.take("+") {
                terms.push(self.product()?);
            } else if self.take("-") {
                terms.push(Expression::negative(self.product()?));
            } else {
                return Ok(Expression::sum(terms));
            }
        }
    }

    fn product(&mut self) -> Result<Expression, ParseError> {
        let mut factors = vec![self.signed()?];
        loop {
            if self.take("*") {
                factors.push(self.signed()?);
            } else if self.take("/") {
                factors.push(Expression::Inverse(Box::new(self.signed()?)));
            } else if matches!(self.peek(), Kind::Number(_) | Kind::Name | Kind::Sign("(")) {
                return Err(self.missing_operator());
            } else {
                return Ok(Expression::product(factors));
            }
        }
    }

    /// Minus signs before a power; any number of them, without recursion.
    fn signed(&mut self) -> Result<Expression, ParseError> {
        let mut negative = false;
        loop {
            if self.take("-") {
                negative = !negative;
            } else if !self.take("+") {
                break;
            }
        }
        let power = self.power()?;
        Ok(if negative { Expression::negative(power) } else { power })
    }

    fn power(&mut self) -> Result<Expression, ParseError> {
        let base = self.operand()?;
        if self.take("^") {
            let exponent = self.nested(Self::signed)?;
            return Ok(Expression::power(base, exponent));
        }
        Ok(base)
    }

    fn operand(&mut self) -> Result<Expression, ParseError> {
        let open = self.span();
        match self.peek() {
            Kind::Number(value) => {
                self.place += 1;
                Ok(Expression::Number(value))
            }
            Kind::Name => self.name(),
            Kind::Sign("(") => {
                self.place += 1;
                let inner = self.nested(Self::sum)?;
                self.close(&open, "an operator or `)`")?;
                Ok(inner)
            }
            Kind::Sign(_) | Kind::End => Err(self.unexpected(OPERAND)),
        }
    }

    fn name(&mut self) -> Result<Expression, ParseError> {
        let span = self.span();
        let name = &self.text[span.clone()];
        let meaning = self.names.meaning(name).map_err(|problem| ParseError { span: span.clone(), problem })?;
        self.place += 1;
        match meaning {
            Meaning::Variable(index) => return Ok(Expression::Variable(index)),
            Meaning::Constant(value) => return Ok(Expression::Number(value)),
            Meaning::Function(_) | Meaning::Least | Meaning::Greatest | Meaning::Choice => {}
        }
        let open = self.span();
        if !self.take("(") {
            return Err(ParseError { span, problem: Problem::NeedsParentheses { name: name.into() } });
        }
        let condition = if meaning == Meaning::Choice { Some(self.nested(Self::condition)?) } else { None };
        let mut arguments = Vec::new();
        while condition.is_none() && arguments.is_empty() || self.take(",") {
            arguments.push(self.nested(Self::sum)?);
        }
        self.close(&open, "an operator, `,` or `)`")?;
        let call = span.start..self.tokens[self.place - 1].span.end;
        apply(name, meaning, condition, arguments).map_err(|problem| ParseError { span: call, problem })
    }

    fn condition(&mut self) -> Result<(Expression, Comparison, Expression), ParseError> {
        let left = self.sum()?;
        let comparison = match self.peek() {
            Kind::Sign("<") => Comparison::Less,
            Kind::Sign("<=") => Comparison::LessOrEqual,
            Kind::Sign(">") => Comparison::Greater,
            Kind::Sign(">=") => Comparison::GreaterOrEqual,
            Kind::Sign("==") => Comparison::Equal,
            _ => return Err(self.unexpected("a comparison, as in if(a < b, p, q)")),
        };
        self.place += 1;
        Ok((left, comparison, self.sum()?))
    }

    fn nested<T>(&mut self, read: fn(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong_here(Problem::TooDeep { limit: DEEPEST }));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn close(&mut self, open: &Range<usize>, expected: &'static str) -> Result<(), ParseError> {
        match self.peek() {
            _ if self.take(")") => Ok(()),
            Kind::End => Err(ParseError { span: open.clone(), problem: Problem::Unclosed }),
            Kind::Sign("<" | "<=" | ">" | ">=" | "==") => Err(self.wrong_here(Problem::LooseComparison)),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn take(&mut self, sign: &str) -> bool {
        let taken = matches!(self.peek(), Kind::Sign(next) if next == sign);
        self.place += usize::from(taken);
        taken
    }

    fn peek(&self) -> Kind {
        self.tokens[self.place].kind
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.place].span.clone()
    }

    fn wrong_here(&self, problem: Problem) -> ParseError {
        ParseError { span: self.span(), problem }
    }

    fn unexpected(&self, expected: &'static str) -> ParseError {
        let found = match self.peek() {
            Kind::End => "the end of the formula".to_owned(),
            _ => format!("`{}`", &self.text[self.span()]),
        };
        self.wrong_here(Problem::Unexpected { found, expected })
    }

    /// `2x`: the span covers both neighbours, the cure puts a `*` between them.
    fn missing_operator(&self) -> ParseError {
        let (left, right) = (self.tokens[self.place - 1].span.clone(), self.span());
        let shown = |span: &Range<usize>| match &self.text[span.clone()] {
            "(" | ")" => "(…)".to_owned(),
            text => text.to_owned(),
        };
        let cure = format!("{}*{}", shown(&left), shown(&right));
        ParseError { span: left.start..right.end, problem: Problem::MissingOperator { cure } }
    }
}

/// The call of `name` with its arguments, if their number is right.
fn apply(
    name: &str,
    meaning: Meaning,
    condition: Option<(Expression, Comparison, Expression)>,
    mut arguments: Vec<Expression>,
) -> Result<Expression, Problem> {
    let found = arguments.len();
    let wrong = |wanted, found| Problem::WrongCount { name: name.into(), wanted, found };
    match (meaning, condition) {
        (Meaning::Function(function), _) => match (arguments.pop(), found) {
            (Some(argument), 1) => Ok(Expression::call(function, argument)),
            _ => Err(wrong("one argument", found)),
        },
        (Meaning::Choice, Some((left, comparison, right))) => match (arguments.pop(), arguments.pop(), found) {
            (Some(otherwise), Some(then), 2) => {
                Ok(Expression::choice(Choice { left, comparison, right, then, otherwise }))
            }
            _ => Err(wrong("three arguments, as in if(a < b, p, q)", found + 1)),
        },
        (Meaning::Least | Meaning::Greatest, _) if found < 2 => Err(wrong("at least two arguments", found)),
        (Meaning::Least, _) => Ok(Expression::least(arguments)),
        _ => Ok(Expression::greatest(arguments)),
    }
}
