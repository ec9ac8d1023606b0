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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn constants() -> BTreeMap<String, f64> {
        BTreeMap::from([("kappa".to_owned(), 36.0), ("step".to_owned(), 0.5), ("endless".to_owned(), f64::INFINITY)])
    }

    fn at(text: &str, x: &[f64]) -> f64 {
        let tree = parse(text, &Names::coordinates(x.len(), &constants()));
        tree.unwrap_or_else(|error| panic!("{text}: {error}")).evaluate(x)
    }

    #[test]
    fn precedence_is_that_of_mathematics() {
        for (text, wanted) in [
            ("-x^2", -9.0),
            ("(-x)^2", 9.0),
            ("2^3^2", 512.0),
            ("(2^3)^2", 64.0),
            ("2^-1", 0.5),
            ("2^-x^2", 0.001_953_125),
            ("-2^2", -4.0),
            ("2*-x", -6.0),
            ("1 - -x", 4.0),
            ("--x", 3.0),
            ("---x", -3.0),
            ("+x", 3.0),
            ("10-4-3", 3.0),
            ("100/10/5", 2.0),
            ("100/10*5", 50.0),
            ("2*x^2", 18.0),
            ("12/x^2", 12.0 / 9.0),
            ("1e-3*x", 0.003),
            ("1E3 + .5 + 2.", 1002.5),
            ("7/2", 3.5),
            ("1 + 2*x", 7.0),
            ("(1 + 2)*x", 9.0),
            ("x1", 3.0),
            ("2*pi", std::f64::consts::TAU),
            ("e^1", std::f64::consts::E),
            ("exp(1)", std::f64::consts::E),
            ("kappa*x", 108.0),
            ("x^0*5", 5.0),
            (" x\t+\n1 ", 4.0),
        ] {
            assert_eq!(at(text, &[3.0]), wanted, "{text}");
        }
    }

    #[test]
    fn functions_are_those_of_mathematics() {
        for (text, wanted) in [
            ("sin(x)", 2.0_f64.sin()),
            ("cos(x)", 2.0_f64.cos()),
            ("tan(x)", 2.0_f64.tan()),
            ("tanh(x)", 2.0_f64.tanh()),
            ("ln(x)", std::f64::consts::LN_2),
            ("log10(x)", std::f64::consts::LOG10_2),
            ("sqrt(x)", std::f64::consts::SQRT_2),
            ("abs(-x)", 2.0),
            ("sign(-x)", -1.0),
            ("sign(x-2)", 0.0),
            ("min(5, x, 3)", 2.0),
            ("max(1, x)", 2.0),
            ("if(x < 2, 1, 0)", 0.0),
            ("if(x <= 2, 1, 0)", 1.0),
            ("if(x > 2, 1, 0)", 0.0),
            ("if(x >= 2, 1, 0)", 1.0),
            ("if(x == 2, x^2, 0)", 4.0),
        ] {
            assert_eq!(at(text, &[2.0]), wanted, "{text}");
        }
    }

    #[test]
    fn names_depend_on_the_dimension() {
        assert_eq!(at("x1 + 10*x2", &[1.0, 2.0]), 21.0);
        assert_eq!(at("x + 10*y", &[1.0, 2.0]), 21.0);
        assert_eq!(at("x12", &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0]), 7.0);
        let schedule = parse("0.5*(1 + (1+2^-(t+1))/(1+2^-t))", &Names::schedule(&constants())).unwrap();
        assert_eq!(schedule.evaluate(&[0.0]), 0.875);
        let named_y = BTreeMap::from([("y".to_owned(), 4.0)]);
        assert_eq!(parse("x*y", &Names::coordinates(1, &named_y)).unwrap().evaluate(&[3.0]), 12.0);
    }

    /// Every mistake: the text, what its span marks, and a part of the sentence.
    #[test]
    fn mistakes_are_marked_and_explained() {
        for (text, marked, sentence) in [
            ("", "", "formula is empty"),
            ("  ", "  ", "formula is empty"),
            ("2x", "2x", "write `2*x`"),
            ("2 x1", "2 x1", "write `2*x1`"),
            ("2(x1)", "2(", "write `2*(…)`"),
            ("(x1)(x2)", ")(", "write `(…)*(…)`"),
            ("x1(2)", "x1(", "write `x1*(…)`"),
            ("(x1)2", ")2", "write `(…)*2`"),
            ("x1^2x2", "2x2", "write `2*x2`"),
            ("2pi", "2pi", "write `2*pi`"),
            ("2e", "2e", "write `2*e`"),
            ("x3 + x1", "x3", "`x3` lies beyond the dimension: the variables are x1 and x2"),
            ("x99999999999999999999999", "x99999999999999999999999", "beyond the dimension"),
            ("x0", "x0", "write x1"),
            ("x1 ** 2", "**", "write ^"),
            ("log(x1)", "log", "write ln for the natural logarithm or log10"),
            ("pow(x1, 2)", "pow", "power with ^"),
            ("sinn(x1)", "sinn", "did you mean sin?"),
            ("Sin(x1)", "Sin", "write sin"),
            ("PI", "PI", "write pi"),
            ("X2", "X2", "write x2"),
            ("sqr(x1)", "sqr", "did you mean sqrt?"),
            ("kapa*x1", "kapa", "did you mean kappa?"),
            ("gamma*x1", "gamma", "constants belong in `with`"),
            ("t*x1", "t", "the variables are x1 and x2"),
            ("endless*x1", "endless", "give it a finite value"),
            ("sin x1", "sin", "write sin(…)"),
            ("sin", "sin", "write sin(…)"),
            ("sin(x1, x2)", "sin(x1, x2)", "takes one argument, found 2"),
            ("min(x1)", "min(x1)", "at least two arguments, found 1"),
            ("1 + if(x1 < 2, 3)", "if(x1 < 2, 3)", "three arguments, as in if(a < b, p, q), found 2"),
            ("if(x1, 1, 2)", ",", "expected a comparison"),
            ("x1 < 2", "<", "belongs in a condition"),
            ("sin(x1 < 2)", "<", "belongs in a condition"),
            ("x1 = 2", "=", "write == in a condition"),
            ("sin()", ")", "expected a number, a name or `(`"),
            ("(x1", "(", "never closed: add a `)`"),
            ("sin(x1", "(", "never closed"),
            ("x1)", ")", "closes nothing"),
            ("x1, x2", ",", "found `,`, expected an operator or the end"),
            ("(x1, x2)", ",", "expected an operator or `)`"),
            ("x1 +", "", "found the end of the formula, expected a number"),
            ("x1 + * 2", "*", "found `*`, expected a number"),
            ("1e999", "1e999", "larger than any number"),
            ("1.2.3", "1.2.3", "is not a number"),
            (".", ".", "is not a number"),
            ("x₁", "₁", "write 1, as in x1"),
            ("x1 $ 2", "$", "which formulas do not use"),
            ("2·x1", "·", "write *"),
            ("x1 − 2", "−", "write -"),
            ("x1²", "²", "write ^2"),
            ("x1⁻¹²", "⁻¹²", "write ^-12"),
            ("2*x₁₂", "₁₂", "write 12, as in x12"),
            ("π", "π", "write pi"),
            ("√x1", "√", "write sqrt(…)"),
            ("|x1|", "|", "write abs(…)"),
            ("if(x1 ≤ 2, 1, 2)", "≤", "write <="),
        ] {
            let error = parse(text, &Names::coordinates(2, &constants())).expect_err(text);
            assert!(error.to_string().contains(sentence), "{text}: {error}");
            assert_eq!(&text[error.span.clone()], marked, "{text}: {error}");
        }
    }

    #[test]
    fn mistakes_of_other_formulas_are_explained_too() {
        let none = BTreeMap::new();
        let complaint = |text: &str, names: Names<'_>| parse(text, &names).expect_err(text).to_string();
        assert!(
            complaint("y", Names::coordinates(1, &none)).contains("beyond the dimension: the variables are x1 alone")
        );
        assert!(complaint("x + y", Names::coordinates(3, &none)).contains("the variables are x1 to x3"));
        assert!(complaint("x1", Names::schedule(&none)).contains("the only variable is t; write constants as numbers"));
        let taken = BTreeMap::from([("e".to_owned(), 0.5)]);
        assert!(complaint("e*x1", Names::coordinates(1, &taken)).contains("rename the constant `e`"));
        let long = format!("{}{}", "x1+".repeat(LONGEST / 3), "é+x1");
        let error = parse(&long, &Names::coordinates(1, &none)).unwrap_err();
        assert_eq!(error.span, LONGEST - 1..long.len());
        assert!(error.to_string().contains("at most 4096"));
        let deep = format!("{}x1{}", "(".repeat(DEEPEST + 1), ")".repeat(DEEPEST + 1));
        let error = parse(&deep, &Names::coordinates(1, &none)).unwrap_err();
        assert_eq!(error.span.start, DEEPEST + 1);
    }
}
