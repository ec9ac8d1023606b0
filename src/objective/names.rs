//! The names that a formula may use: its variables, constants of its own, and those of mathematics.

use std::collections::BTreeMap;
use std::f64::consts::{E, PI};

use crate::objective::elementary::Function;
use crate::objective::foreign::{Foreign, foreign};
use crate::objective::glyph::{is_lowered_letter, lowered, plain};
use crate::objective::mistake::Problem;

/// No longer name is taken for a product of names.
const LONGEST_PARTED: usize = 24;

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

const MATHEMATICS: [(&str, Meaning); 33] = [
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

    /// What a name stands for; if nothing or two things, what the author can do about it. `is_called` says whether
    /// arguments follow.
    pub fn meaning(&self, written: &str, is_called: bool) -> Result<Meaning, Unknown> {
        // As it is written it may be a constant of `with`; then x_1, x₁ and X1 are x1, and SIN is sin.
        let canonical = canonical(written);
        let lower = canonical.to_ascii_lowercase();
        let known = match (self.one(written)?, self.one(&canonical)?) {
            (None, None) if lower != "e" => self.one(&lower)?,
            (exact, canonical) => exact.or(canonical),
        };
        known.ok_or_else(|| {
            let (cure, instead) = self.cure(written, &canonical, is_called);
            Unknown { problem: Problem::UnknownName { name: shortened(written), cure }, instead }
        })
    }

    fn one(&self, name: &str) -> Result<Option<Meaning>, Unknown> {
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
        matches!(self.meaning(written, false), Ok(Meaning::Variable(_)))
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

    /// What to do about an unknown name, in words, and what to write for it if that is clear.
    fn cure(&self, written: &str, name: &str, is_called: bool) -> (String, Option<String>) {
        let write = |instead: &str| (format!("write {instead}"), Some(instead.to_owned()));
        match (name, self.variables) {
            ("E", _) => return write("e"),
            ("x0", Variables::Coordinates(_)) => return ("coordinates are counted from 1: write x1".into(), None),
            ("x" | "X", Variables::Coordinates(3..)) => return write("x1"),
            ("y" | "Y", Variables::Coordinates(3..)) => return write("x2"),
            ("z" | "Z", Variables::Coordinates(3..)) => return write("x3"),
            _ => {}
        }
        match foreign(name, is_called) {
            Some(Foreign::Name(instead)) => return write(instead),
            Some(Foreign::Author(cure)) => return (cure.into(), None),
            _ => {}
        }
        if let Some(base) = name.strip_prefix("log").filter(|base| is_called && base.parse::<u32>().is_ok()) {
            return (format!("write ln(…)/ln({base})"), None);
        }
        if let Some((_, last)) = name.rsplit_once('.') {
            return match self.meaning(last, is_called) {
                Ok(_) => write(last),
                Err(_) => ("write numbers, x1, x2 and functions such as sin(x1)".into(), None),
            };
        }
        if let Some(instead) = latin(written).filter(|latin| self.meaning(latin, is_called).is_ok()) {
            return (format!("write it in Latin letters, {instead}"), Some(instead));
        }
        if let Some(parts) = self.parts(name, is_called) {
            return write(&parts.join("*"));
        }
        if written.contains(is_lowered_letter) || name.ends_with("_i") || name == "xi" {
            return ("write out every coordinate, as in x1^2 + x2^2".into(), None);
        }
        if let (Some(index), Variables::Coordinates(dimension)) = (indexed(name), self.variables)
            && index < dimension
        {
            return write(&format!("x{}", index + 1));
        }
        match self.near(name, is_called) {
            Some((0, known)) => write(&known),
            Some((_, known)) => (format!("did you mean {known}?"), Some(known)),
            None if is_called => ("formulas have no function of this name".into(), None),
            None => match self.variables {
                Variables::Time => ("the only variable is t; write constants as numbers".into(), None),
                Variables::Coordinates(_) => (format!("the variables are {self}; {TABLE_OF_CONSTANTS}"), None),
            },
        }
    }

    /// The known name that differs by a slip of the fingers, and by how many letters. No other function is ever taken
    /// for a missing one: names that people know from elsewhere were answered before, and digits are no slip.
    fn near(&self, name: &str, is_called: bool) -> Option<(usize, String)> {
        let coordinates = match self.variables {
            Variables::Coordinates(dimension) => (1..=dimension.min(99)).map(|i| format!("x{i}")).collect(),
            Variables::Time => vec!["t".to_owned()],
        };
        let is_function = |meaning: Meaning| !matches!(meaning, Meaning::Variable(_) | Meaning::Constant(_));
        let known = MATHEMATICS.iter().filter(|(_, meaning)| is_function(*meaning) == is_called);
        let known = known.map(|(known, _)| (*known).to_owned());
        let others = self.constants.keys().cloned().chain(coordinates);
        let lower = name.to_ascii_lowercase();
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        let furthest = match name.chars().count() {
            0..=2 => 0,
            3..=5 => 1,
            6..=24 => 2,
            _ => return None,
        };
        let near = known.chain(others.filter(|_| !is_called)).filter(|known| digits(known) == digits(&lower));
        // Of two equally near, the one that the author went beyond: sinn is sin rather than sign.
        near.map(|known| (distance(&lower, &known.to_ascii_lowercase()), !lower.starts_with(&known), known))
            .min()
            .filter(|(far, ..)| *far <= furthest)
            .map(|(far, _, known)| (far, known))
    }

    /// The known names that `name` is made of, as in `xy` and `x1x2`, if there is one way to part it.
    fn parts(&self, name: &str, is_called: bool) -> Option<Vec<String>> {
        if name.len() > LONGEST_PARTED || !name.is_ascii() {
            return None;
        }
        let mut ways: Vec<Vec<Vec<&str>>> = vec![vec![Vec::new()]];
        for end in 1..=name.len() {
            let mut here = Vec::new();
            for begin in 0..end {
                let part = &name[begin..end];
                let is_number_cut = part.ends_with(|c: char| c.is_ascii_digit())
                    && name[end..].starts_with(|c: char| c.is_ascii_digit());
                let is_part = !is_number_cut
                    && match self.one(part) {
                        Ok(Some(Meaning::Variable(_) | Meaning::Constant(_))) => true,
                        Ok(Some(_)) => end == name.len() && is_called && begin > 0,
                        _ => false,
                    };
                if is_part {
                    here.extend(ways[begin].iter().map(|way| [way.as_slice(), &[part]].concat()));
                }
            }
            here.truncate(2);
            ways.push(here);
        }
        match ways.pop()?.as_slice() {
            [only] if only.len() > 1 => Some(only.iter().map(|part| (*part).to_owned()).collect()),
            _ => None,
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

/// The same word in Latin letters, of Cyrillic ones that look alike.
fn latin(written: &str) -> Option<String> {
    let letter = |c: char| match c {
        'х' => Some('x'),
        'у' => Some('y'),
        'е' => Some('e'),
        'с' => Some('c'),
        'о' => Some('o'),
        'а' => Some('a'),
        'р' => Some('p'),
        c => c.is_ascii().then_some(c),
    };
    (!written.is_ascii()).then(|| written.chars().map(letter).collect()).flatten()
}

/// The coordinate, counted from 0, that a book means by `θ₁`, `w_2` or `theta3`.
pub fn indexed(name: &str) -> Option<usize> {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_vector = ["θ", "theta", "w", "W", "ξ", "xi", "ω", "Θ", "p", "u"].contains(&base);
    is_vector.then(|| name[base.len()..].parse::<usize>().ok()?.checked_sub(1)).flatten()
}

/// A name as a complaint shows it.
fn shortened(name: &str) -> String {
    const MOST: usize = 40;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

/// How many letters must be put in, taken out, replaced or exchanged with the next to turn `a` into `b`.
// Damerau & Levenshtein
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
