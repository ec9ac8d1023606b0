//! The names that a formula may use: its variables, constants of its own, and those of mathematics.

use std::collections::BTreeMap;
use std::f64::consts::{E, PI};

use crate::objective::formula::elementary::Function;
use crate::objective::formula::mistake::Problem;
use crate::objective::formula::parse::glyph::{lowered, plain};

/// The names that one formula may use.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub(in crate::objective) variables: Variables,
    pub(in crate::objective) constants: &'a BTreeMap<String, f64>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::objective) enum Variables {
    Coordinates(usize),
    Time,
}

/// How a name is used in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUse {
    /// Arguments in brackets follow.
    Called,
    Bare,
}

impl NameUse {
    pub fn is_called(self) -> bool {
        self == Self::Called
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// The variable `x[i]`, counted from 0.
    Variable(usize),
    /// A constant, named in the lesson or known to everybody.
    Constant(f64),
    /// A function of one argument.
    Function(Function),
    /// `min`.
    Least,
    /// `max`.
    Greatest,
    /// `atan2`.
    Angle,
    /// `if`.
    Choice,
}

/// A name that means nothing, and what to write for it if that is clear.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// What is wrong.
    pub problem: Problem,
    /// What to write in its place.
    pub instead: Option<String>,
}

/// What becomes of a constant with an unknown name, for the author of a lesson.
pub const TABLE_OF_CONSTANTS: &str = "other constants belong in `with`";

const fn function(function: Function) -> Meaning {
    Meaning::Function(function)
}

pub(in crate::objective) const MATHEMATICS: [(&str, Meaning); 33] = [
    ("abs", function(Function::Abs)),
    ("acos", function(Function::Acos)),
    ("acosh", function(Function::Acosh)),
    ("asin", function(Function::Asin)),
    ("asinh", function(Function::Asinh)),
    ("atan", function(Function::Atan)),
    ("atan2", Meaning::Angle),
    ("atanh", function(Function::Atanh)),
    ("cbrt", function(Function::Cbrt)),
    ("cos", function(Function::Cos)),
    ("cosh", function(Function::Cosh)),
    ("e", Meaning::Constant(E)),
    ("erf", function(Function::Erf)),
    ("exp", function(Function::Exp)),
    ("expm1", function(Function::Expm1)),
    ("floor", function(Function::Floor)),
    ("if", Meaning::Choice),
    ("ln", function(Function::Ln)),
    ("log10", function(Function::Log10)),
    ("log1p", function(Function::Log1p)),
    ("log2", function(Function::Log2)),
    ("max", Meaning::Greatest),
    ("min", Meaning::Least),
    ("pi", Meaning::Constant(PI)),
    ("sigmoid", function(Function::Sigmoid)),
    ("sign", function(Function::Sign)),
    ("sin", function(Function::Sin)),
    ("sinh", function(Function::Sinh)),
    ("softplus", function(Function::Softplus)),
    ("sqrt", function(Function::Sqrt)),
    ("tan", function(Function::Tan)),
    ("tanh", function(Function::Tanh)),
    ("π", Meaning::Constant(PI)),
];

impl<'a> Names<'a> {
    /// For a formula in `x1 … x(dimension)`, with `x` for `x1` in one and two dimensions and `y` for `x2` in two.
    pub fn coordinates(dimension: usize, constants: &'a BTreeMap<String, f64>) -> Self {
        Self { variables: Variables::Coordinates(dimension), constants }
    }

    /// For a schedule: a formula in `t`, the number of completed steps.
    pub fn schedule(constants: &'a BTreeMap<String, f64>) -> Self {
        Self { variables: Variables::Time, constants }
    }

    /// What a name stands for; if nothing or two things, what the author can do about it. `used` says whether
    /// arguments follow.
    pub fn meaning(&self, written: &str, used: NameUse) -> Result<Meaning, Unknown> {
        // As it is written it may be a constant of `with`; then x_1, x₁ and X1 are x1, and SIN is sin.
        let canonical = canonical(written);
        let lower = canonical.to_ascii_lowercase();
        let known = match (self.one(written)?, self.one(&canonical)?) {
            (None, None) if lower != "e" => self.one(&lower)?,
            (exact, canonical) => exact.or(canonical),
        };
        known.ok_or_else(|| {
            let (cure, instead) = self.cure(written, &canonical, used);
            Unknown { problem: Problem::UnknownName { name: shortened(written), cure }, instead }
        })
    }

    pub(in crate::objective) fn one(&self, name: &str) -> Result<Option<Meaning>, Unknown> {
        let open = |problem| Unknown { problem, instead: None };
        match (self.built_in(name).map_err(open)?, self.constants.get(name)) {
            (Some(_), Some(_)) => Err(open(Problem::TakenName { name: name.into() })),
            (Some(meaning), None) => Ok(Some(meaning)),
            (None, Some(&value)) if value.is_finite() => Ok(Some(Meaning::Constant(value))),
            (None, Some(&value)) => Err(open(Problem::InfiniteConstant { name: name.into(), value })),
            (None, None) => Ok(None),
        }
    }

    /// Whether a name is a coordinate here.
    pub fn is_variable(&self, written: &str) -> bool {
        matches!(self.meaning(written, NameUse::Bare), Ok(Meaning::Variable(_)))
    }

    /// The number of variables.
    pub fn dimension(&self) -> usize {
        match self.variables {
            Variables::Coordinates(dimension) => dimension,
            Variables::Time => 1,
        }
    }

    fn built_in(&self, name: &str) -> Result<Option<Meaning>, Problem> {
        let known = MATHEMATICS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning);
        let Variables::Coordinates(dimension) = self.variables else {
            return Ok(if name == "t" { Some(Meaning::Variable(0)) } else { known });
        };
        let index = match (name, dimension) {
            ("x", 1 | 2) => 0,
            ("y", 1 | 2) if dimension == 2 || !self.constants.contains_key("y") => 1,
            _ => match coordinate(name) {
                Some(index) => index,
                None => return Ok(known),
            },
        };
        if index < dimension {
            Ok(Some(Meaning::Variable(index)))
        } else {
            Err(Problem::BeyondDimension { name: name.into(), variables: self.to_string() })
        }
    }
}

impl std::fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.variables {
            Variables::Time => write!(f, "t alone"),
            Variables::Coordinates(0) => write!(f, "none"),
            Variables::Coordinates(1) => write!(f, "x1 alone"),
            Variables::Coordinates(2) => write!(f, "x1 and x2"),
            Variables::Coordinates(n) => write!(f, "x1 to x{n}"),
        }
    }
}

/// The index that `x7` names (6), if it is such a name.
pub fn coordinate(name: &str) -> Option<usize> {
    let digits = name.strip_prefix('x')?;
    if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return None;
    }
    // A number too long to read is far beyond every dimension.
    Some(digits.parse::<usize>().map_or(usize::MAX, |number| number - 1))
}

/// A name in plain letters: `x_{12}`, `x₁₂` and a slanted x12 are `x12`.
pub fn canonical(written: &str) -> String {
    match written {
        "√" => return "sqrt".into(),
        "∛" | "\\sqrt[3]" => return "cbrt".into(),
        "pi" | "Pi" | "PI" => return "pi".into(),
        _ => {}
    }
    let letters: Vec<char> = written.chars().map(|c| lowered(c).unwrap_or_else(|| plain(c))).collect();
    let mut name = String::with_capacity(written.len());
    for (place, letter) in letters.iter().enumerate() {
        let is_before_index = letters.get(place + 1).is_some_and(|next| next.is_ascii_digit() || *next == '{');
        if !(matches!(letter, '{' | '}') || *letter == '_' && is_before_index) {
            name.push(*letter);
        }
    }
    name
}

/// A name as a complaint shows it.
fn shortened(name: &str) -> String {
    const MOST: usize = 40;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}
