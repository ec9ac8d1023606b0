//! Factors side by side without a sign, as in `2x1`: what they mean, or between which readings their author has to say.

use std::ops::Range;

use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::{Edit, Problem};
use crate::objective::formula::parse::parser::Parser;
use crate::objective::formula::token::TokenKind;

/// A part of a product that is written without signs in between, as in `2x1`.
pub struct Joined {
    /// Where the product began.
    pub product: usize,
    /// The piece after the last sign.
    pub first: usize,
    /// Whether that sign is `/`, and where it stands.
    pub divisor: Option<usize>,
    /// The bytes of each factor since.
    pub factors: Vec<Range<usize>>,
}

impl Parser<'_> {
    /// Whether a factor begins here although no sign stands before it.
    pub fn begins_factor(&self) -> bool {
        match self.peek() {
            TokenKind::Number(_)
            | TokenKind::Name
            | TokenKind::Coordinate(_)
            | TokenKind::Unreadable
            | TokenKind::Sign("(") => true,
            // A bar that no other opened, behind a number: `2|x|`.
            TokenKind::Sign("|") => {
                self.bars == 0
                    && matches!(self.tokens[self.place - 1].kind, TokenKind::Number(_))
                    && !self.is_double_bar()
            }
            _ => false,
        }
    }

    /// Two factors side by side: `left` is the place of the second one.
    pub fn join(&mut self, left: usize) {
        let (before, here) = (self.tokens[left - 1].clone(), self.tokens[left].clone());
        if !self.text[before.span.end.min(here.span.start)..here.span.start].trim().is_empty() {
            return; // something between them was told
        }
        let first = self.shown(before.span.clone());
        let name = if before.kind == TokenKind::Name { first.as_str() } else { "" };
        let number = self.shown(here.span.clone());
        let mut both = before.span.start..here.span.end;
        let shown = match before.kind {
            TokenKind::Sign(")") => "(…)",
            TokenKind::Sign(_) => "|…|",
            _ => &first,
        };
        let readings = match (before.kind, here.kind) {
            (TokenKind::Unreadable, _) | (_, TokenKind::Unreadable) => return,
            (TokenKind::Number(a), TokenKind::Number(b))
                if b < 1.0 && a.fract() == 0.0 && !number.starts_with(['0', '.']) =>
            {
                vec![format!("{}", a + b), format!("{first}*({b})")]
            }
            (TokenKind::Number(_), TokenKind::Number(_)) => {
                vec![format!("{first}{number}"), format!("{first}*{number}")]
            }
            (_, TokenKind::Number(_)) => vec![format!("{shown}*{number}"), format!("{shown}^{number}")],
            (TokenKind::Name, TokenKind::Sign("(")) if name == "e" => vec!["e*(…)".into(), "exp(…)".into()],
            (TokenKind::Name, TokenKind::Sign("(")) => {
                match (self.ahead(1), self.ahead(2), self.names.is_variable(name)) {
                    (TokenKind::Number(index), TokenKind::Sign(")"), true) if index.fract() == 0.0 => {
                        both.end = self.tokens[left + 2].span.end;
                        vec![format!("x{index}"), format!("{name}*{index}")]
                    }
                    _ => return,
                }
            }
            _ => return,
        };
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
    }

    /// Records the fault of `x^2y`, where y may belong to the exponent.
    pub fn open_exponent(&mut self, base: Range<usize>, left: usize) {
        let (power, factor) = (self.shown(base.clone()), self.piece(left));
        let raised = power.rsplit_once("**").or_else(|| power.rsplit_once(['^', '＾', 'ˆ']));
        let (bottom, exponent) = raised.unwrap_or((&power, ""));
        let readings = vec![format!("{power}*{factor}"), format!("{bottom}^({exponent}*{factor})")];
        let both = base.start..self.since(left).end;
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
    }

    /// Records the fault of `1/2x`, where x may be in the numerator or the denominator.
    pub fn end_joined(&mut self, joined: &Joined) {
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

    /// Records the fault of `x^1/2`, where the whole fraction may be the exponent.
    pub fn root_without_parentheses(&mut self, slash: usize, factor: Option<&Range<usize>>) {
        let is_first_power = self.has_open_exponent && self.kind(slash - 1) == TokenKind::Number(1.0);
        let (Some(factor), TokenKind::Number(_), true) = (factor.cloned(), self.peek(), is_first_power) else { return };
        let (power, number) = (self.shown(factor.clone()), self.shown(self.span()));
        let base = power.trim_end_matches(['1', '^', '*', ' ']);
        let readings = vec![format!("{base}^(1/{number})"), format!("({power})/{number}")];
        let span = factor.start..self.span().end;
        self.tell(span.clone(), Problem::Readings { found: self.shown(span), readings }, None);
    }

    /// Parses `%` and records its fault: `x1 % 2`, `5%`.
    pub fn percent(&mut self, from: usize) -> Expression {
        let left = self.piece(from);
        let span = self.span();
        self.place += 1;
        let is_remainder = self.begins_factor()
            && !matches!(self.peek(), TokenKind::Name if self.tokens[self.place].span.start == span.end);
        self.place -= 1;
        let cure = if is_remainder {
            let right = self.shown(self.tokens[self.place + 1].span.clone());
            format!("write a remainder as {left} - {right}*floor({left}/{right})")
        } else {
            "write a percentage as a number, 5 % as 0.05".into()
        };
        self.stop(span, Problem::Other { sentence: "`%` is no operator here".into(), cure })
    }

    /// Parses `0,5` outside a call as a number with a decimal comma, and records its fault.
    pub fn decimal_comma(&mut self, value: f64) -> Expression {
        let comma = self.span();
        let is_decimal = !self.in_call || self.text.contains(';');
        let is_comma = self.text.get(comma.clone()) == Some(",");
        let span = match self.numbers_around(self.place).filter(|_| is_decimal && is_comma) {
            Some([left, right]) => left.start..right.end,
            None => return Expression::Number(value),
        };
        self.place += 2;
        let found = self.shown(span.clone());
        let digits = comma.end..span.end;
        if digits.len() == 3 && value.fract() == 0.0 && (1.0..1000.0).contains(&value) && !found.contains('.') {
            let readings = vec![found.replace(',', "."), found.replace(',', "")];
            self.tell(span, Problem::Readings { found, readings }, None);
            return Expression::Number(value);
        }
        // 1.234,5 and 1,234.5: the last sign is the decimal one.
        let mut number = found.clone();
        if let Some(decimal) = number.rfind([',', '.']) {
            number = format!("{}.{}", number[..decimal].replace([',', '.'], ""), &number[decimal + 1..]);
        }
        let cure = format!("write {number}");
        let problem = Problem::Other { sentence: format!("`{found}` has a comma where a point belongs"), cure };
        self.tell(span.clone(), problem, Some(vec![Edit::new(span, number)]));
        Expression::Number(value)
    }

    /// Whether a comma stands at `place` between two numbers with no space around it, the first of them whole.
    pub fn is_tight_comma(&self, place: usize) -> bool {
        self.numbers_around(place).is_some_and(|[left, _]| self.text[left].bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The bytes of the two numbers around a comma, if no space parts them.
    fn numbers_around(&self, place: usize) -> Option<[Range<usize>; 2]> {
        let [left, comma, right] = self.tokens.get(place.checked_sub(1)?..place + 2)? else { return None };
        let is_number = |span: &Range<usize>| self.text[span.clone()].starts_with(|c: char| c.is_ascii_digit());
        let is_tight = comma.kind == TokenKind::Sign(",")
            && matches!((left.kind, right.kind), (TokenKind::Number(_), TokenKind::Number(_)))
            && (left.span.end, comma.span.end) == (comma.span.start, right.span.start)
            && is_number(&left.span)
            && is_number(&right.span);
        is_tight.then(|| [left.span.clone(), right.span.clone()])
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}
