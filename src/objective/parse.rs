//! From the text of a formula to its tree, or to a sentence about each thing that is wrong and where.

use std::ops::Range;

use crate::objective::expression::Expression;
use crate::objective::heading;
use crate::objective::mistake::{Edit, Fault, ParseError, Problem, edited};
use crate::objective::names::Names;
use crate::objective::parser::{Parser, UNREAD};
use crate::objective::token::{Kind, Pieces, split};

/// The longest formula that is read, in bytes.
pub const LONGEST: usize = 4096;

/// So often a corrected formula may need correcting again.
const ROUNDS: usize = 3;

/// Reads a formula: `+ − * /`, `^` (binds to the right and tighter than a minus sign, so `-x^2` at 3 is −9 and `2^3^2`
/// is 512), parentheses, numbers such as `1e-3`, and the names and functions of `names`. A product may leave out its
/// `*`, as in `2x1` and `(x+1)(x-1)`; behind `/` and `^` that would have two readings, and is refused with both.
pub fn parse(text: &str, names: &Names<'_>) -> Result<Expression, ParseError> {
    let faults = match read(text, names) {
        Ok(expression) => return Ok(expression),
        Err(faults) => faults,
    };
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

/// The tree of a formula, or all its faults, at least one, in the order of the text.
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
    tokens.iter_mut().for_each(|token| shift(&mut token.span));
    for fault in &mut faults {
        shift(&mut fault.span);
        fault.edits.iter_mut().flatten().for_each(|edit| shift(&mut edit.span));
    }
    faults.extend(heading);
    if tokens.len() == 1 && faults.iter().all(|fault| fault.edits.is_some()) {
        faults.push(Fault::open(0..text.len(), Problem::Empty));
        return Err(faults);
    }
    let mut parser = Parser::new(text, names, tokens, faults);
    let expression = parser.value(None);
    match parser.peek() {
        Kind::End => {}
        Kind::Sign(")") => {
            parser.stop(parser.span(), Problem::Unopened);
        }
        _ => {
            parser.unexpected("an operator or the end of the formula");
        }
    }
    let mut faults = parser.faults;
    if faults.is_empty() {
        return Ok(expression);
    }
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    Err(faults)
}

/// A part of a product that is written without signs in between, as in `2x1`.
struct Joined {
    /// Where the product began.
    product: usize,
    /// The piece after the last sign.
    first: usize,
    /// Whether that sign is `/`, and where it stands.
    divisor: Option<usize>,
    /// The bytes of each factor since.
    factors: Vec<Range<usize>>,
}

/// One function per level of the grammar, loosest first: value, sum, product, signed, power, operand.
impl Parser<'_> {
    /// A formula or an argument; a condition in its place is answered with the `if` to write. `open` is the `(` before.
    pub fn value(&mut self, open: Option<Range<usize>>) -> Expression {
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
                self.root_without_parentheses(sign);
                joined = Joined { first: self.place, divisor: Some(sign), factors: Vec::new(), ..joined };
                factors.push(Expression::Inverse(Box::new(self.factor(&mut joined, true))));
            } else if self.is_at("%") {
                return self.percent(joined.product);
            } else if self.begins_factor() {
                let is_raised = self.has_open_exponent;
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

    /// Whether a factor begins here although no sign stands before it.
    pub fn begins_factor(&self) -> bool {
        match self.peek() {
            Kind::Number(_) | Kind::Name | Kind::Coordinate(_) | Kind::Unreadable | Kind::Sign("(") => true,
            // A bar that no other opened, behind a number: `2|x|`.
            Kind::Sign("|") => {
                self.bars == 0 && matches!(self.tokens[self.place - 1].kind, Kind::Number(_)) && !self.is_double_bar()
            }
            _ => false,
        }
    }

    /// Two factors side by side: `left` is the place of the second one.
    fn join(&mut self, left: usize) {
        let (before, here) = (self.tokens[left - 1].clone(), self.tokens[left].clone());
        let first = self.shown(before.span.clone());
        let name = if before.kind == Kind::Name { first.as_str() } else { "" };
        let number = self.shown(here.span.clone());
        let both = before.span.start..here.span.end;
        let shown = match before.kind {
            Kind::Sign(")") => "(…)",
            Kind::Sign(_) => "|…|",
            _ => &first,
        };
        let readings = match (before.kind, here.kind) {
            (Kind::Unreadable, _) | (_, Kind::Unreadable) => return,
            (Kind::Number(a), Kind::Number(b)) if b < 1.0 && a.fract() == 0.0 && !number.starts_with(['0', '.']) => {
                vec![format!("{}", a + b), format!("{first}*({b})")]
            }
            (Kind::Number(_), Kind::Number(_)) => vec![format!("{first}*{number}"), format!("{first}{number}")],
            (_, Kind::Number(_)) => vec![format!("{shown}*{number}"), format!("{shown}^{number}")],
            (Kind::Name, Kind::Sign("(")) if name == "e" => vec!["e*(…)".into(), "exp(…)".into()],
            (Kind::Name, Kind::Sign("(")) => match (self.ahead(1), self.ahead(2), self.names.is_variable(name)) {
                (Kind::Number(index), Kind::Sign(")"), true) if index.fract() == 0.0 => {
                    vec![format!("x{index}"), format!("{name}*{index}")]
                }
                _ => return,
            },
            _ => return,
        };
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
    }

    /// `x^2y`: the y may belong to the exponent.
    fn open_exponent(&mut self, base: Range<usize>, left: usize) {
        let (power, factor) = (self.shown(base.clone()), self.piece(left));
        let raised = power.rsplit_once("**").or_else(|| power.rsplit_once(['^', '＾', 'ˆ']));
        let (bottom, exponent) = raised.unwrap_or((&power, ""));
        let readings = vec![format!("{power}*{factor}"), format!("{bottom}^({exponent}*{factor})")];
        let both = base.start..self.since(left).end;
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
    }

    /// `1/2x`: the x may stand above or below.
    fn end_joined(&mut self, joined: &Joined) {
        let (Some(slash), [first, .., last]) = (joined.divisor, joined.factors.as_slice()) else { return };
        let above = self.shown(self.tokens[joined.product].span.start..self.tokens[slash].span.start);
        let below: Vec<String> = joined.factors.iter().map(|factor| self.shown(factor.clone())).collect();
        let rest = below[1..].join("*");
        let readings = vec![format!("({above}/{})*{rest}", below[0]), format!("{above}/({})", below.join("*"))];
        let readings = readings.into_iter().map(|reading| shortened(&reading)).collect();
        let span = self.tokens[joined.product].span.start..last.end;
        let found = self.shown(self.tokens[slash].span.start..last.end);
        let found = if above.contains('…') { found } else { format!("{above}{found}") };
        debug_assert!(first.start >= self.tokens[joined.first].span.start);
        self.tell(span, Problem::Readings { found, readings }, None);
    }

    /// `x^1/2`: nobody writes the first power, so the whole fraction may be the exponent.
    fn root_without_parentheses(&mut self, slash: usize) {
        let one = slash.checked_sub(1).filter(|one| self.has_open_exponent && self.tokens[*one].kind == Kind::Number(1.0));
        let (Some(one), Kind::Number(_)) = (one, self.peek()) else { return };
        if self.tokens[one - 1].kind != Kind::Sign("^") {
            return;
        }
        let (number, span) = (self.shown(self.span()), self.tokens[one - 1].span.start..self.span().end);
        let readings = vec![format!("^(1/{number})"), format!("^1/({number})")];
        self.tell(span.clone(), Problem::Readings { found: self.shown(span), readings }, None);
    }

    /// `x1 % 2`, `5%`.
    fn percent(&mut self, from: usize) -> Expression {
        let left = self.piece(from);
        let span = self.span();
        self.place += 1;
        let is_remainder = self.begins_factor() && !matches!(self.peek(), Kind::Name if self.tokens[self.place].span.start == span.end);
        self.place -= 1;
        let cure = if is_remainder {
            let right = self.shown(self.tokens[self.place + 1].span.clone());
            format!("write a remainder as {left} - {right}*floor({left}/{right})")
        } else {
            "write a percentage as a number, 5 % as 0.05".into()
        };
        self.stop(span, Problem::Other { sentence: "`%` is no operator here".into(), cure })
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
        if let Kind::Raised(exponent) = self.peek() {
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
        if let [Kind::Number(_), Kind::Raised(above)] = [self.kind(begin), self.kind(begin + 1)] {
            let (below, number) = (self.shown(self.tokens[from].span.clone()), self.shown(self.tokens[begin].span.clone()));
            let readings = vec![format!("{below}^({number}^{above})"), format!("({below}^{number})^{above}")];
            self.tell(self.since(from), Problem::Readings { found: self.piece(from), readings }, None);
        }
        self.has_open_exponent = !(is_grouped && self.kind(self.place - 1) == Kind::Sign(")"));
        Expression::power(base, exponent)
    }

    fn kind(&self, place: usize) -> Kind {
        self.tokens.get(place).map_or(Kind::End, |token| token.kind)
    }

    fn operand(&mut self) -> Expression {
        let open = self.span();
        match self.peek() {
            Kind::Number(value) => {
                self.place += 1;
                self.decimal_comma(value)
            }
            Kind::Coordinate(index) => {
                self.place += 1;
                if index >= self.names.dimension() {
                    let (name, variables) = (format!("x{}", index + 1), self.names.to_string());
                    self.tell(open, Problem::BeyondDimension { name, variables }, None);
                    return UNREAD;
                }
                Expression::Variable(index)
            }
            Kind::Name => self.name(),
            Kind::Unreadable => {
                self.place += 1;
                UNREAD
            }
            Kind::Sign("(") => {
                self.place += 1;
                let inner = self.nested(false, |parser| parser.value(Some(open.clone())));
                self.close(&open, "an operator or `)`");
                inner
            }
            Kind::Sign("|") => self.absolute(open),
            Kind::Sign(_) | Kind::Raised(_) | Kind::End => self.unexpected("a number, a name or `(`"),
        }
    }

    /// `0,5` outside a call is a number with a comma.
    fn decimal_comma(&mut self, value: f64) -> Expression {
        let comma = self.span();
        let is_decimal = !self.in_call || self.text.contains(';');
        if !(is_decimal && self.is_tight_comma(self.place) && self.text.get(comma.clone()) == Some(",")) {
            return Expression::Number(value);
        }
        let span = self.tokens[self.place - 1].span.start..self.tokens[self.place + 1].span.end;
        self.place += 2;
        let found = self.shown(span.clone());
        let digits = comma.end..span.end;
        if digits.len() == 3 && value.fract() == 0.0 && (1.0..1000.0).contains(&value) {
            let readings = vec![found.replace(',', "."), found.replace(',', "")];
            self.tell(span, Problem::Readings { found, readings }, None);
        } else {
            let cure = format!("write {}", found.replace(',', "."));
            let problem = Problem::Other { sentence: format!("`{found}` has a comma where a point belongs"), cure };
            self.tell(span, problem, Some(vec![Edit::new(comma, ".")]));
        }
        Expression::Number(value)
    }

    /// Whether a comma stands at `place` between two numbers, with no space around it.
    pub fn is_tight_comma(&self, place: usize) -> bool {
        let Some([left, comma, right]) = place.checked_sub(1).and_then(|left| self.tokens.get(left..left + 3)) else {
            return false;
        };
        let digits = self.text.get(right.span.clone()).is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        let whole = self.text.get(left.span.clone()).is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
        comma.kind == Kind::Sign(",")
            && matches!((left.kind, right.kind), (Kind::Number(_), Kind::Number(_)))
            && left.span.end == comma.span.start
            && comma.span.end == right.span.start
            && digits
            && whole
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::objective::parser::DEEPEST;

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
        assert!(complaint("x + y", Names::coordinates(3, &none)).contains("the variables are x1 to x3"));
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
