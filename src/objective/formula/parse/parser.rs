//! Where the reading of a formula stands, and what was found wrong with it so far.

use std::ops::Range;

use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::{Edit, Fault, Problem};
use crate::objective::formula::names::{NameUse, Names};
use crate::objective::formula::token::{Token, TokenKind};

/// How deep parentheses, calls and powers may nest. Evaluation recurses as deep, and must fit every thread's stack.
pub const DEEPEST: usize = 128;

/// The signs that compare.
pub const COMPARISONS: [&str; 6] = ["<", "<=", ">", ">=", "==", "!="];

/// Reads a formula to its end, whatever is wrong: a fault is kept and the reading goes on as if its cure had been taken.
/// What cannot be read stands as NaN; the tree counts only if there was no fault.
pub struct Parser<'a> {
    /// The formula.
    pub text: &'a str,
    /// The names that the formula may use.
    pub names: &'a Names<'a>,
    pub tokens: Vec<Token>,
    /// Index of the next token.
    pub place: usize,
    /// The faults found so far, in no order.
    pub faults: Vec<Fault>,
    /// Whether a comma parts arguments here.
    pub in_call: bool,
    /// How many bars `|` of absolute values are open inside the innermost parentheses.
    pub bars: usize,
    /// How many `? :` are open.
    pub choices: usize,
    /// Whether the last power ended in an exponent after `^` without parentheses.
    pub has_open_exponent: bool,
    depth: usize,
    is_stopped: bool,
}

/// The placeholder expression for text that cannot be parsed.
pub const UNREAD: Expression = Expression::Number(f64::NAN);

impl<'a> Parser<'a> {
    /// At the first of the pieces; `faults` were found in cutting them.
    pub fn new(text: &'a str, names: &'a Names<'a>, tokens: Vec<Token>, faults: Vec<Fault>) -> Self {
        Self {
            text,
            names,
            tokens,
            place: 0,
            faults,
            in_call: false,
            bars: 0,
            choices: 0,
            has_open_exponent: false,
            depth: 0,
            is_stopped: false,
        }
    }

    /// The next token.
    pub fn peek(&self) -> TokenKind {
        self.ahead(0)
    }

    /// The token `by` places after the next one.
    pub fn ahead(&self, by: usize) -> TokenKind {
        self.tokens.get(self.place + by).map_or(TokenKind::End, |token| token.kind)
    }

    /// The bytes of the next token.
    pub fn span(&self) -> Range<usize> {
        self.tokens.get(self.place).map_or(self.text.len()..self.text.len(), |token| token.span.clone())
    }

    /// Whether the next token is `sign`.
    pub fn is_at(&self, sign: &str) -> bool {
        matches!(self.peek(), TokenKind::Sign(next) if next == sign)
    }

    /// Consumes the next token if it is `sign`; true if it was.
    pub fn take(&mut self, sign: &str) -> bool {
        let taken = self.is_at(sign);
        self.place += usize::from(taken);
        taken
    }

    /// The bytes of the tokens from index `from` to the one before the next.
    pub fn since(&self, from: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(self.text.len(), |token| token.span.start);
        let end =
            self.place.checked_sub(1).filter(|last| *last >= from).map_or(start, |last| self.tokens[last].span.end);
        start..end.max(start)
    }

    /// The text of those bytes for a complaint; long text is cut in the middle.
    pub fn piece(&self, from: usize) -> String {
        self.shown(self.since(from))
    }

    /// The text of `span` for a complaint.
    pub fn shown(&self, span: Range<usize>) -> String {
        const MOST: usize = 40;
        let text = self.text.get(span).unwrap_or_default().trim();
        let letters: Vec<char> = text.chars().take(LONGEST_LOOK).collect();
        if letters.len() <= MOST && letters.len() < LONGEST_LOOK {
            return text.to_owned();
        }
        letters[..MOST / 2].iter().chain(&['…']).collect()
    }

    /// Whether the tokens since index `from` are a single number or name.
    pub fn is_simple(&self, from: usize) -> bool {
        self.place == from + 1
            && matches!(self.tokens[from].kind, TokenKind::Number(_) | TokenKind::Name | TokenKind::Coordinate(_))
    }

    /// Records a fault.
    pub fn tell(&mut self, span: Range<usize>, problem: Problem, edits: Option<Vec<Edit>>) {
        if !self.is_stopped {
            self.faults.push(Fault { span, problem, edits });
        }
    }

    /// Records a fault after which the rest cannot be parsed; only its names are still checked.
    pub fn stop(&mut self, span: Range<usize>, problem: Problem) -> Expression {
        if !self.is_stopped {
            // Unreadable tokens were recorded by the lexer.
            if self.peek() != TokenKind::Unreadable {
                self.tell(span, problem, None);
            }
            for index in self.place..self.tokens.len() {
                let is_called = matches!(self.tokens.get(index + 1), Some(Token { kind: TokenKind::Sign("("), .. }));
                let used = if is_called { NameUse::Called } else { NameUse::Bare };
                let name = self.tokens[index].span.clone();
                if self.tokens[index].kind == TokenKind::Name
                    && let Err(unknown) = self.names.meaning(&self.text[name.clone()], used)
                {
                    self.tell(name, unknown.problem, None);
                }
            }
            self.is_stopped = true;
            self.place = self.tokens.len() - 1;
        }
        UNREAD
    }

    /// Records that another token was expected here, and stops.
    pub fn unexpected(&mut self, expected: &'static str) -> Expression {
        let span = self.span();
        if self.is_at("|") {
            let sentence = "this `|` may open or close".into();
            return self.stop(span, Problem::Other { sentence, cure: "write abs(…), and * between factors".into() });
        }
        let found = match self.peek() {
            TokenKind::End => "the end of the formula".to_owned(),
            _ => format!("`{}`", self.shown(span.clone())),
        };
        self.stop(span, Problem::Unexpected { found, expected })
    }

    /// Reads one level deeper, with no bars open.
    pub fn nested<T>(&mut self, in_call: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let (was_call, bars) = (self.in_call, self.bars);
        (self.in_call, self.bars) = (in_call, 0);
        let value = self.deeper(read);
        (self.in_call, self.bars) = (was_call, bars);
        value
    }

    /// Reads one level deeper; stops where that is too deep.
    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.stop(self.span(), Problem::TooDeep { limit: DEEPEST });
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// Consumes the `)` that closes the bracket at `open`, or records its fault.
    pub fn close(&mut self, open: &Range<usize>, expected: &'static str) {
        if self.take(")") {
            return;
        }
        if self.peek() == TokenKind::End {
            self.stop(open.clone(), Problem::Unclosed { sign: '(', closing: ')' });
        } else {
            self.unexpected(expected);
        }
    }

    /// Whether a comparison, `and`, `or` or `not` stands before the end of the argument that begins here.
    pub fn compares(&self, from: usize) -> bool {
        let mut depth = 0_usize;
        for (place, token) in self.tokens.iter().enumerate().skip(from) {
            match token.kind {
                TokenKind::Sign("not") if place == from => return true,
                TokenKind::Sign("(") => depth += 1,
                TokenKind::Sign(")" | "," | "?" | ":") if depth == 0 => return false,
                TokenKind::Sign(")") => depth -= 1,
                TokenKind::Sign("and" | "or") if depth == 0 => return true,
                TokenKind::Sign(sign) if depth == 0 && COMPARISONS.contains(&sign) => return true,
                _ => {}
            }
        }
        false
    }
}

const LONGEST_LOOK: usize = 64;
