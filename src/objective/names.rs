//! The names that a formula may use: its variables, constants of its own, and those of mathematics.

use std::collections::BTreeMap;
use std::f64::consts::{E, PI};

use crate::objective::elementary::Function;
use crate::objective::mistake::Problem;

/// The names that one formula may use.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    variables: Variables,
    constants: &'a BTreeMap<String, f64>,
}

#[derive(Clone, Copy, Debug)]
enum Variables {
    Coordinates(usize),
    Time,
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
    /// `if`.
    Choice,
}

/// What becomes of a constant with an unknown name, for the author of a lesson.
pub const TABLE_OF_CONSTANTS: &str = "other constants belong in `with`";

const MATHEMATICS: [(&str, Meaning); 15] = [
    ("abs", Meaning::Function(Function::Abs)),
    ("cos", Meaning::Function(Function::Cos)),
    ("e", Meaning::Constant(E)),
    ("exp", Meaning::Function(Function::Exp)),
    ("if", Meaning::Choice),
    ("ln", Meaning::Function(Function::Ln)),
    ("log10", Meaning::Function(Function::Log10)),
    ("max", Meaning::Greatest),
    ("min", Meaning::Least),
    ("pi", Meaning::Constant(PI)),
    ("sign", Meaning::Function(Function::Sign)),
    ("sin", Meaning::Function(Function::Sin)),
    ("sqrt", Meaning::Function(Function::Sqrt)),
    ("tan", Meaning::Function(Function::Tan)),
    ("tanh", Meaning::Function(Function::Tanh)),
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

    /// What `name` stands for; if nothing or two things, what the author can do about it.
    pub fn meaning(&self, name: &str) -> Result<Meaning, Problem> {
        let built_in = self.built_in(name)?;
        match (built_in, self.constants.get(name)) {
            (Some(_), Some(_)) => Err(Problem::TakenName { name: name.into() }),
            (Some(meaning), None) => Ok(meaning),
            (None, Some(&value)) if value.is_finite() => Ok(Meaning::Constant(value)),
            (None, Some(&value)) => Err(Problem::InfiniteConstant { name: name.into(), value }),
            (None, None) => Err(Problem::UnknownName { name: name.into(), cure: self.cure(name) }),
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

    /// What to write instead of an unknown name.
    fn cure(&self, name: &str) -> String {
        match (name, self.variables) {
            ("log", _) => return "write ln for the natural logarithm or log10 for base 10".into(),
            ("pow", _) => return "write a power with ^, as in x1^2".into(),
            ("x0", Variables::Coordinates(_)) => return "coordinates are counted from 1: write x1".into(),
            ("x" | "y" | "z", Variables::Coordinates(3..)) => return format!("the variables are {self}"),
            _ => {}
        }
        let coordinates = match self.variables {
            Variables::Coordinates(dimension) => (1..=dimension.min(99)).map(|i| format!("x{i}")).collect(),
            Variables::Time => vec!["t".to_owned()],
        };
        let known = MATHEMATICS.iter().map(|(known, _)| *known);
        let known =
            known.chain(self.constants.keys().map(String::as_str)).chain(coordinates.iter().map(String::as_str));
        let lower = name.to_ascii_lowercase();
        // Of two equally near, the one that the author went beyond: sinn is sin rather than sign.
        let nearness = |known: &str| (distance(&lower, &known.to_ascii_lowercase()), !lower.starts_with(known));
        // Nothing is near a name that nobody would write.
        let is_short = |known: &&str| name.len() <= LONGEST && known.len() <= LONGEST;
        let near = known.filter(is_short).map(|known| (nearness(known), known)).min();
        match near {
            Some(((0, _), known)) => format!("write {known}"),
            Some(((far, _), known)) if far < name.len().div_ceil(2).min(3) => format!("did you mean {known}?"),
            _ => match self.variables {
                Variables::Time => "the only variable is t; write constants as numbers".into(),
                Variables::Coordinates(_) => format!("the variables are {self}; {TABLE_OF_CONSTANTS}"),
            },
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
fn coordinate(name: &str) -> Option<usize> {
    let digits = name.strip_prefix('x')?;
    if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return None;
    }
    // A number too long to read is far beyond every dimension.
    Some(digits.parse::<usize>().map_or(usize::MAX, |number| number - 1))
}

/// Longer names are not compared, in bytes: it takes as many steps as both have letters, multiplied.
const LONGEST: usize = 64;

/// How many letters must be put in, taken out or replaced to turn `a` into `b`. // Levenshtein
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}
