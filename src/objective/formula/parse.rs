//! From the text of a formula to its tree, or to a sentence about each thing that is wrong and where.

pub mod bars;
pub mod call;
pub mod cure;
pub mod foreign;
pub mod glyph;
pub mod heading;
pub mod joined;
pub mod latex;
pub mod parser;
pub mod strange;

use std::ops::Range;

use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::{Edit, Fault, ParseError, Problem, edited};
use crate::objective::formula::names::Names;
use crate::objective::formula::parse::joined::Joined;
use crate::objective::formula::parse::parser::{Parser, UNREAD};
use crate::objective::formula::token::{Pieces, Token, TokenKind, split};

/// The longest formula that is read, in bytes.
pub const LONGEST: usize = 4096;

/// So often a corrected formula may need correcting again.
const ROUNDS: usize = 3;

/// Reads a formula: `+ − * /`, `^` (binds to the right and tighter than a minus sign, so `-x^2` at 3 is −9 and `2^3^2`
/// is 512), parentheses, numbers such as `1e-3`, and the names and functions of `names`. A product may leave out its
/// `*`, as in `2x1` and `(x+1)(x-1)`; behind `/` and `^` that would have two readings, and is refused with both.
pub fn parse(text: &str, names: &Names<'_>) -> Result<Expression, ParseError> {
    let mut faults = match read(text, names) {
        Ok(expression) => return Ok(expression),
        Err(faults) => faults,
    };
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    let corrected = corrected(text, &faults, names);
    Err(ParseError { faults, corrected })
}

/// The formula with every cure taken, if each fault has one and the result reads.
fn corrected(text: &str, faults: &[Fault], names: &Names<'_>) -> Option<String> {
    let mut written = edited(text, faults)?;
    for _ in 0..ROUNDS {
        match read(&written, names) {
            Ok(_) => return Some(written),
            Err(faults) => written = edited(&written, &faults)?,
        }
    }
    None
}

/// The tree of a formula, or all its faults, at least one, in no order.
fn read(text: &str, names: &Names<'_>) -> Result<Expression, Vec<Fault>> {
    if text.len() > LONGEST {
        let mut border = LONGEST;
        while !text.is_char_boundary(border) {
            border -= 1;
        }
        let problem = Problem::TooLong { bytes: text.len(), limit: LONGEST };
        return Err(vec![Fault::open(border..text.len(), problem)]);
    }
    let (body, heading) = heading::of(text);
    let Pieces { mut tokens, mut faults } = split(&text[body..]);
    let shift = |span: &mut Range<usize>| *span = span.start + body..span.end + body;
    for token in &mut tokens {
        shift(&mut token.span);
    }
    for fault in &mut faults {
        shift(&mut fault.span);
        for edit in fault.edits.iter_mut().flatten() {
            shift(&mut edit.span);
        }
    }
    faults.extend(heading);
    if tokens.len() == 1 && faults.iter().all(|fault| fault.edits.is_some()) {
        faults.push(Fault::open(0..text.len(), Problem::Empty));
        return Err(faults);
    }
    if tokens.iter().any(|token| token.kind == TokenKind::Notation) {
        faults.retain(|fault| fault.edits.is_none());
        return Err(faults);
    }
    if let Some(fault) = choice_in_words(text, &tokens) {
        return Err(vec![fault]);
    }
    let mut parser = Parser::new(text, names, tokens, faults);
    let expression = parser.value(None);
    match parser.peek() {
        TokenKind::End => {}
        TokenKind::Sign(")") => {
            parser.stop(parser.span(), Problem::Unopened);
        }
        _ => {
            parser.unexpected("an operator or the end of the formula");
        }
    }
    if parser.faults.is_empty() { Ok(expression) } else { Err(parser.faults) }
}

/// `if a < b then p else q` and `p if a < b else q`, with the `if` to write.
fn choice_in_words(text: &str, tokens: &[Token]) -> Option<Fault> {
    let word = |word: &str| {
        let mut places =
            tokens.iter().filter(|token| token.kind == TokenKind::Name && &text[token.span.clone()] == word);
        places.next().map(|token| token.span.clone()).filter(|_| places.next().is_none())
    };
    let otherwise = word("else")?;
    let choice = word("if")?;
    let (condition, then) = match word("then") {
        Some(then) => (text.get(choice.end..then.start)?, text.get(then.end..otherwise.start)?),
        None => (text.get(choice.end..otherwise.start)?, text.get(..choice.start)?),
    };
    let mut parts = [condition, then, text.get(otherwise.end..)?].map(str::trim);
    if parts[0].matches('(').count() > parts[0].matches(')').count() {
        parts[0] = parts[0].strip_prefix('(')?;
        parts[2] = parts[2].strip_suffix(')')?;
    }
    let instead = format!("if({})", parts.join(", "));
    let cure = if instead.len() <= 60 { format!("write {instead}") } else { "write if(a < b, p, q)".into() };
    let problem = Problem::Other { sentence: "`else` is no part of a formula".into(), cure };
    Some(Fault::cured(0..text.len(), problem, instead))
}

/// One function per level of the grammar, loosest first: value, sum, product, signed, power, operand.
impl Parser<'_> {
    /// A formula or an argument; a condition in its place is answered with the `if` to write. `open` is the `(` before.
    pub fn value(&mut self, open: Option<&Range<usize>>) -> Expression {
        if self.compares(self.place) { self.loose_condition(open) } else { self.sum() }
    }

    /// Terms with `+` and `-` between them.
    pub fn sum(&mut self) -> Expression {
        let mut terms = vec![self.product()];
        loop {
            if self.take("+") {
                terms.push(self.product());
            } else if self.take("-") {
                terms.push(Expression::negative(self.product()));
            } else {
                return Expression::sum(terms);
            }
        }
    }

    fn product(&mut self) -> Expression {
        let mut joined = Joined { product: self.place, first: self.place, divisor: None, factors: Vec::new() };
        let mut factors = vec![self.factor(&mut joined, true)];
        loop {
            let sign = self.place;
            if self.take("*") {
                self.end_joined(&joined);
                joined = Joined { first: self.place, divisor: None, factors: Vec::new(), ..joined };
                factors.push(self.factor(&mut joined, true));
            } else if self.take("/") || self.take_colon() {
                self.end_joined(&joined);
                self.root_without_parentheses(sign, joined.factors.last());
                joined = Joined { first: self.place, divisor: Some(sign), factors: Vec::new(), ..joined };
                factors.push(Expression::Inverse(Box::new(self.factor(&mut joined, true))));
            } else if self.is_at("%") {
                return self.percent(joined.product);
            } else if self.is_at("not") {
                let (sentence, cure) = ("`!` is no operator here".into(), "write a factorial as its number".into());
                return self.stop(self.span(), Problem::Other { sentence, cure });
            } else if self.begins_factor() {
                let is_raised = self.has_open_exponent && self.peek() != TokenKind::Unreadable;
                let (base, left) = (joined.factors.last().cloned().unwrap_or_default(), self.place);
                self.join(left);
                factors.push(self.factor(&mut joined, false));
                if is_raised {
                    self.open_exponent(base, left);
                }
            } else {
                self.end_joined(&joined);
                return Expression::product(factors);
            }
        }
    }

    /// `:` for a quotient, told as a fault.
    fn take_colon(&mut self) -> bool {
        let span = self.span();
        let taken = self.choices == 0 && self.take(":");
        if taken {
            let problem = Problem::Other { sentence: "`:` is no operator here".into(), cure: "write /".into() };
            self.tell(span.clone(), problem, Some(vec![Edit::new(span, "/")]));
        }
        taken
    }

    fn factor(&mut self, joined: &mut Joined, may_have_sign: bool) -> Expression {
        let from = self.place;
        let factor = if may_have_sign { self.signed() } else { self.power() };
        joined.factors.push(self.since(from));
        factor
    }

    /// Minus signs before a power; any number of them, without recursion.
    pub fn signed(&mut self) -> Expression {
        let mut negative = false;
        loop {
            if self.take("-") {
                negative = !negative;
            } else if !self.take("+") {
                break;
            }
        }
        let power = self.power();
        if negative { Expression::negative(power) } else { power }
    }

    /// An operand with its exponent: `x^2`, `x²`.
    pub fn power(&mut self) -> Expression {
        let from = self.place;
        let base = self.operand();
        self.raised_operand(from, base)
    }

    fn raised_operand(&mut self, from: usize, base: Expression) -> Expression {
        self.has_open_exponent = false;
        if let TokenKind::Raised(exponent) = self.peek() {
            let below = self.piece(from);
            let number = format!("{exponent}");
            self.place += 1;
            if self.take("^") {
                let again = self.place;
                self.deeper(Self::signed);
                let outer = self.piece(again);
                let readings = vec![format!("({below}^{number})^{outer}"), format!("{below}^({number}^{outer})")];
                self.tell(self.since(from), Problem::Readings { found: self.piece(from), readings }, None);
                self.has_open_exponent = false;
            }
            return Expression::power(base, Expression::Number(exponent));
        }
        if !self.take("^") {
            return base;
        }
        let begin = self.place;
        let is_grouped = self.is_at("(");
        let exponent = self.deeper(Self::signed);
        if let [TokenKind::Number(_), TokenKind::Raised(above)] = [self.kind(begin), self.kind(begin + 1)] {
            let (below, number) =
                (self.shown(self.tokens[from].span.clone()), self.shown(self.tokens[begin].span.clone()));
            let readings = vec![format!("{below}^({number}^{above})"), format!("({below}^{number})^{above}")];
            self.tell(self.since(from), Problem::Readings { found: self.piece(from), readings }, None);
        }
        self.has_open_exponent = !(is_grouped && self.kind(self.place - 1) == TokenKind::Sign(")"));
        Expression::power(base, exponent)
    }

    /// What the piece at a place is.
    pub fn kind(&self, place: usize) -> TokenKind {
        self.tokens.get(place).map_or(TokenKind::End, |token| token.kind)
    }

    fn operand(&mut self) -> Expression {
        let open = self.span();
        match self.peek() {
            TokenKind::Number(value) => {
                self.place += 1;
                self.decimal_comma(value)
            }
            TokenKind::Coordinate(index) => {
                self.place += 1;
                if index >= self.names.dimension() {
                    let (name, variables) = (format!("x{}", index + 1), self.names.to_string());
                    self.tell(open, Problem::BeyondDimension { name, variables }, None);
                    return UNREAD;
                }
                Expression::Variable(index)
            }
            TokenKind::Name => self.name(),
            TokenKind::Unreadable => {
                self.place += 1;
                UNREAD
            }
            TokenKind::Sign("(") => {
                self.place += 1;
                let inner = self.nested(false, |parser| parser.value(Some(&open)));
                self.close(&open, "an operator or `)`");
                inner
            }
            TokenKind::Sign("|") => self.absolute(open),
            TokenKind::Sign(_) | TokenKind::Raised(_) | TokenKind::Notation | TokenKind::End => {
                self.unexpected("a number, a name or `(`")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::objective::formula::parse::parser::DEEPEST;

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
            ("(x1)2", ")2", "write `(…)*2` or `(…)^2`"),
            ("x3 + x1", "x3", "`x3` lies beyond the dimension: the variables are x1 and x2"),
            ("x99999999999999999999999", "x99999999999999999999999", "beyond the dimension"),
            ("x0", "x0", "write x1"),
            ("sinn(x1)", "sinn", "did you mean sin?"),
            ("kapa*x1", "kapa", "did you mean kappa?"),
            ("delta*x1", "delta", "constants belong in `with`"),
            ("t*x1", "t", "the variables are x1 and x2"),
            ("endless*x1", "endless", "give it a finite value"),
            ("sin", "sin", "write sin(…)"),
            ("sin(x1, x2)", "sin(x1, x2)", "takes one argument, found 2"),
            ("min(x1)", "min(x1)", "at least two arguments, found 1"),
            ("1 + if(x1 < 2, 3)", "if(x1 < 2, 3)", "three arguments, as in if(a < b, p, q), found 2"),
            ("if(x1, 1, 2)", ",", "expected a comparison"),
            ("sin(x1 < 2)", "x1 < 2", "belongs in a condition"),
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
            ("x1 $ 2", "$", "which formulas do not use"),
        ] {
            let error = parse(text, &Names::coordinates(2, &constants())).expect_err(text);
            assert!(error.to_string().contains(sentence), "{text}: {error}");
            assert_eq!(&text[error.span()], marked, "{text}: {error}");
        }
    }

    /// A name of `with` wins over another way to write a coordinate.
    #[test]
    fn constants_keep_their_names() {
        let named = BTreeMap::from([("X".to_owned(), 4.0), ("x_2".to_owned(), 5.0), ("θ".to_owned(), 6.0)]);
        let value = |text: &str| parse(text, &Names::coordinates(2, &named)).map(|tree| tree.evaluate(&[3.0, 7.0]));
        assert_eq!((value("X"), value("x_2"), value("θx₂")), (Ok(4.0), Ok(5.0), Ok(42.0)));
    }

    #[test]
    fn mistakes_of_other_formulas_are_explained_too() {
        let none = BTreeMap::new();
        let complaint = |text: &str, names: Names<'_>| parse(text, &names).expect_err(text).to_string();
        assert!(
            complaint("y", Names::coordinates(1, &none)).contains("beyond the dimension: the variables are x1 alone")
        );
        assert!(complaint("x + y", Names::coordinates(3, &none)).ends_with("write x2; in full: x1 + x2"));
        assert!(complaint("x1", Names::schedule(&none)).contains("the only variable is t; write constants as numbers"));
        let taken = BTreeMap::from([("e".to_owned(), 0.5)]);
        assert!(complaint("e*x1", Names::coordinates(1, &taken)).contains("rename the constant `e`"));
        let long = format!("{}{}", "x1+".repeat(LONGEST / 3), "é+x1");
        let error = parse(&long, &Names::coordinates(1, &none)).unwrap_err();
        assert_eq!(error.span(), LONGEST - 1..long.len());
        assert!(error.to_string().contains("at most 4096"));
        let deep = format!("{}x1{}", "(".repeat(DEEPEST + 1), ")".repeat(DEEPEST + 1));
        let error = parse(&deep, &Names::coordinates(1, &none)).unwrap_err();
        assert_eq!(error.span().start, DEEPEST + 1);
    }
}
