//! Names in a formula, and the calls of functions, also as people write them elsewhere.

use std::ops::Range;

use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::{Edit, Problem};
use crate::objective::formula::names::{Meaning, NameUse, Unknown, canonical};
use crate::objective::formula::parse::foreign::{Foreign, filled, foreign};
use crate::objective::formula::parse::parser::{Parser, UNREAD};
use crate::objective::formula::token::TokenKind;

/// The arguments of a call.
#[derive(Default)]
struct Arguments {
    values: Vec<Expression>,
    /// The bytes of each, and whether it is a single number or name.
    pieces: Vec<(Range<usize>, bool)>,
    /// The places of commas that stand between two numbers without a space, as in `0,5`.
    tight: Vec<usize>,
}

impl Parser<'_> {
    /// A variable, a constant, or a function with its arguments.
    pub fn name(&mut self) -> Expression {
        let from = self.place;
        let name = &self.text[self.span()];
        self.place += 1;
        let is_called =
            self.is_at("(") || matches!(self.peek(), TokenKind::Raised(_)) && self.ahead(1) == TokenKind::Sign("(");
        let used = if is_called { NameUse::Called } else { NameUse::Bare };
        match self.names.meaning(name, used) {
            Ok(Meaning::Variable(index)) => Expression::Variable(index),
            Ok(Meaning::Constant(value)) => Expression::Number(value),
            Ok(meaning) => self.call(from, &canonical(name), meaning),
            Err(unknown) => self.unknown(from, name, unknown),
        }
    }

    /// A name that means nothing; its arguments are read all the same.
    fn unknown(&mut self, from: usize, name: &str, unknown: Unknown) -> Expression {
        let span = self.tokens[from].span.clone();
        let edits = |instead: &String| vec![Edit::new(span.clone(), instead.clone())];
        let is_raised = self.is_at("^") || matches!(self.peek(), TokenKind::Raised(_));
        if let Some(instead) = unknown.instead.as_ref().filter(|instead| instead.contains(['*', '('])) {
            let signs = self.tokens[..from].iter().rposition(|token| !matches!(token.kind, TokenKind::Sign("-" | "+")));
            if let Some(sign) = signs.map(|place| self.tokens[place].clone())
                && matches!(sign.kind, TokenKind::Sign("/" | "^"))
                && instead.contains('*')
            {
                let before = self.shown(sign.span.start..span.start);
                let readings = vec![format!("{before}({instead})"), format!("{before}{instead}")];
                let found = format!("{before}{}", self.shown(span.clone()));
                self.tell(span, Problem::Readings { found, readings }, None);
                return UNREAD;
            }
            // sinx^2
            if instead.contains('(') && is_raised {
                self.tell(span, unknown.problem, None);
                return UNREAD;
            }
        }
        let other = unknown
            .instead
            .as_ref()
            .and_then(|instead| Some((instead, self.names.meaning(instead, NameUse::Called).ok()?)));
        if let Some((instead, meaning)) = other
            && !matches!(meaning, Meaning::Variable(_) | Meaning::Constant(_))
        {
            self.tell(span.clone(), unknown.problem, Some(edits(instead)));
            return self.call(from, instead, meaning);
        }
        if !self.is_at("(") {
            self.tell(span.clone(), unknown.problem, unknown.instead.as_ref().map(edits));
            return UNREAD;
        }
        let faults = self.faults.len();
        let arguments = self.arguments();
        let template = match (foreign(&canonical(name), NameUse::Called), arguments.pieces.len()) {
            (Some(Foreign::Call(template)), _) => Some(template),
            (_, 2) if canonical(name).eq_ignore_ascii_case("log") => Some("(ln(#)/ln(#))"),
            _ => None,
        };
        let texts: Vec<(String, bool)> =
            arguments.pieces.iter().map(|(span, is_simple)| (self.text[span.clone()].to_owned(), *is_simple)).collect();
        let call = self.since(from);
        match template.and_then(|template| Some((template, filled(template, &texts)?))) {
            Some((template, whole)) => {
                let edits = rewritten(template, &call, &arguments)
                    .or_else(|| (self.faults.len() == faults).then(|| vec![Edit::new(call.clone(), whole.clone())]));
                let cure = if whole.chars().count() <= 60 { whole } else { template.replace(['#', '@'], "…") };
                let problem = Problem::UnknownName { name: self.shown(span.clone()), cure: format!("write {cure}") };
                self.tell(span, problem, edits);
            }
            None => self.tell(span.clone(), unknown.problem, unknown.instead.as_ref().map(edits)),
        }
        UNREAD
    }

    /// `(a, b, …)` behind a name.
    fn arguments(&mut self) -> Arguments {
        let mut arguments = Arguments::default();
        let open = self.span();
        self.place += 1;
        self.further_arguments(&mut arguments);
        self.close(&open, "an operator, `,` or `)`");
        arguments
    }

    fn further_arguments(&mut self, arguments: &mut Arguments) {
        loop {
            let from = self.place;
            arguments.values.push(self.nested(true, |parser| parser.value(None)));
            arguments.pieces.push((self.since(from), self.is_simple(from)));
            if self.is_tight_comma(self.place) {
                arguments.tight.push(self.place);
            }
            if !self.take(",") {
                return;
            }
        }
    }

    /// A call of a function there is, after its name.
    fn call(&mut self, from: usize, name: &str, meaning: Meaning) -> Expression {
        let power = self.place;
        let exponent = self.exponent_of_call();
        let raised = self.piece(power);
        if !self.is_at("(") {
            return self.without_parentheses(from, name, meaning, &raised);
        }
        let mut arguments = Arguments::default();
        let open = self.span();
        self.place += 1;
        let mut condition = None;
        if meaning == Meaning::Choice {
            condition = Some(self.nested(true, Self::condition));
            if self.is_tight_comma(self.place) {
                arguments.tight.push(self.place);
            }
        }
        if meaning != Meaning::Choice || self.take(",") {
            self.further_arguments(&mut arguments);
        }
        self.close(&open, "an operator, `,` or `)`");
        let call = self.since(from);
        let found = arguments.values.len() + usize::from(condition.is_some());
        let mut values = arguments.values.into_iter();
        let value = match (meaning, condition, found) {
            (Meaning::Function(function), _, 1) => values.next().map(|value| Expression::call(function, value)),
            (Meaning::Angle, _, 2) => values.next().zip(values.next()).map(|(y, x)| Expression::angle(y, x)),
            (Meaning::Choice, Some(condition), 3) => {
                values.next().zip(values.next()).map(|(then, otherwise)| Expression::choice(condition, then, otherwise))
            }
            (Meaning::Least | Meaning::Greatest, _, 2..) => {
                self.ambiguous_commas(&call, &arguments.tight, found);
                let values = values.collect();
                Some(if meaning == Meaning::Least { Expression::least(values) } else { Expression::greatest(values) })
            }
            _ => None,
        };
        let Some(value) = value else {
            self.wrong_count(call, name, meaning, found, &arguments.tight);
            return UNREAD;
        };
        match exponent {
            Some(exponent) if exponent < 0.0 => {
                let argument = self.shown(open.start..call.end);
                let found = self.shown(call.clone());
                let problem = if exponent == -1.0 && ["sin", "cos", "tan", "sinh", "cosh", "tanh"].contains(&name) {
                    let readings = vec![format!("1/{name}{argument}"), format!("a{name}{argument}")];
                    Problem::Readings { found, readings }
                } else {
                    let cure = format!("write {name}{argument}^{exponent} for a power");
                    Problem::Other { sentence: format!("`{found}` may be an inverse function"), cure }
                };
                self.tell(call, problem, None);
                UNREAD
            }
            Some(exponent) => Expression::power(value, Expression::Number(exponent)),
            None => value,
        }
    }

    /// The exponent between a name and its arguments, as in `sin²(x)` and `sin^2(x)`.
    fn exponent_of_call(&mut self) -> Option<f64> {
        if let TokenKind::Raised(exponent) = self.peek() {
            self.place += 1;
            return Some(exponent);
        }
        let ahead = [1, 2, 3, 4].map(|by| self.ahead(by));
        let (exponent, length) = match ahead {
            _ if !self.is_at("^") => return None,
            [TokenKind::Number(exponent), ..] => (exponent, 2),
            [TokenKind::Sign("-"), TokenKind::Number(exponent), ..] => (-exponent, 3),
            [TokenKind::Sign("("), TokenKind::Number(exponent), TokenKind::Sign(")"), _] => (exponent, 4),
            [TokenKind::Sign("("), TokenKind::Sign("-"), TokenKind::Number(exponent), TokenKind::Sign(")")] => {
                (-exponent, 5)
            }
            _ => return None,
        };
        self.place += length;
        Some(exponent)
    }

    /// `sin x`: what the argument is, is told where it is clear. A root sign needs none before one number or name.
    fn without_parentheses(&mut self, from: usize, name: &str, meaning: Meaning, raised: &str) -> Expression {
        let span = self.tokens[from].span.clone();
        let begin = self.place;
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut value = UNREAD;
        if let Meaning::Function(function) = meaning {
            while self.begins_factor() && !self.is_at("(") && (pieces.is_empty() || !self.begins_call()) {
                let piece = self.place;
                value = Expression::call(function, self.deeper(Self::power));
                pieces.push(self.since(piece));
            }
        }
        let is_single = self.is_simple(begin);
        if is_single && self.text[span.clone()].starts_with(['√', '∛']) {
            return value;
        }
        let exponent = match self.tokens.get(begin - 1).map(|token| token.kind) {
            Some(TokenKind::Raised(exponent)) => format!("^{exponent}"),
            _ => raised.replacen("**", "^", 1),
        };
        let written = name.to_owned();
        let Some(first) = pieces.first().cloned() else {
            let cure = format!("{name}(…){exponent}");
            self.tell(span, Problem::NeedsParentheses { name: written, cure }, None);
            return UNREAD;
        };
        let whole = first.start..pieces.last().map_or(first.end, |last| last.end);
        if is_single {
            let cure = format!("{name}({}){exponent}", self.shown(first.clone()));
            let before = Edit::new(span.end..first.start, "(");
            let edits = vec![before, Edit::insert(first.end, format!("){exponent}"))];
            self.tell(span, Problem::NeedsParentheses { name: written, cure }, Some(edits));
            return value;
        }
        let shown: Vec<String> = pieces.iter().map(|piece| self.shown(piece.clone())).collect();
        let head = self.shown(self.tokens[begin].span.clone());
        let readings = if shown.len() > 1 {
            vec![
                format!("{name}({}){exponent}", shown.join("*")),
                format!("{name}({}){exponent}*{}", shown[0], shown[1..].join("*")),
            ]
        } else {
            let tail = shown[0].strip_prefix(&head).unwrap_or_default();
            vec![format!("{name}({}){exponent}", shown[0]), format!("{name}({head}){exponent}{tail}")]
        };
        let both = span.start..whole.end;
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
        UNREAD
    }

    /// Whether the name that comes next is a function.
    fn begins_call(&self) -> bool {
        let meaning = self.names.meaning(&self.text[self.span()], NameUse::Bare);
        self.peek() == TokenKind::Name && !matches!(meaning, Err(_) | Ok(Meaning::Variable(_) | Meaning::Constant(_)))
    }

    /// `max(x1, 0,5)`: two arguments, or one with a decimal comma.
    fn ambiguous_commas(&mut self, call: &Range<usize>, tight: &[usize], found: usize) {
        let Some(comma) = tight.first().filter(|_| found >= 3 && !self.text.contains(';')) else { return };
        let [left, right] = [comma - 1, comma + 1].map(|place| self.shown(self.tokens[place].span.clone()));
        let readings = vec![format!("{left}.{right}"), format!("{left}, {right}")];
        let both = self.tokens[comma - 1].span.start..self.tokens[comma + 1].span.end;
        debug_assert!(call.start <= both.start);
        self.tell(both.clone(), Problem::Readings { found: self.shown(both), readings }, None);
    }

    fn wrong_count(&mut self, call: Range<usize>, name: &str, meaning: Meaning, found: usize, tight: &[usize]) {
        let (wanted, count) = match meaning {
            Meaning::Choice => ("three arguments, as in if(a < b, p, q)", 3),
            Meaning::Angle => ("two arguments, as in atan2(x2, x1)", 2),
            Meaning::Least | Meaning::Greatest => ("at least two arguments", 2),
            _ => ("one argument", 1),
        };
        // Decimal commas explain it.
        let is_decimal = !tight.is_empty() && found == count + tight.len();
        let edits =
            is_decimal.then(|| tight.iter().map(|comma| Edit::new(self.tokens[*comma].span.clone(), ".")).collect());
        let hint = if is_decimal { ": write numbers with a point, as in 0.5" } else { "" };
        self.tell(call, Problem::WrongCount { name: name.into(), wanted, found, hint }, edits);
    }
}

/// What to change in a call to make it what `template` says, if each argument stands there once.
fn rewritten(template: &str, call: &Range<usize>, arguments: &Arguments) -> Option<Vec<Edit>> {
    let parts: Vec<&str> = template.split(['#', '@']).collect();
    if parts.len() != arguments.pieces.len() + 1 {
        return None;
    }
    let wraps = template.chars().filter(|letter| matches!(letter, '#' | '@'));
    let wraps: Vec<bool> = wraps.zip(&arguments.pieces).map(|(mark, (_, simple))| mark == '@' && !simple).collect();
    let mut edits = Vec::new();
    let mut end = call.start;
    for (place, (piece, _)) in arguments.pieces.iter().enumerate() {
        let before = if place > 0 && wraps[place - 1] { ")" } else { "" };
        let after = if wraps[place] { "(" } else { "" };
        edits.push(Edit::new(end..piece.start, format!("{before}{}{after}", parts[place])));
        end = piece.end;
    }
    let before = if wraps.last() == Some(&true) { ")" } else { "" };
    edits.push(Edit::new(end..call.end, format!("{before}{}", parts[parts.len() - 1])));
    Some(edits)
}
