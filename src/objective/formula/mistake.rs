//! What can be wrong with a formula: every fault with one sentence, and the formula to write instead where there is one.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// Maximum number of faults listed in one complaint; more are counted.
const MOST_TOLD: usize = 8;

/// A formula that cannot be read: everything that is wrong with it, in the order of the text, at least one fault.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseError {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The whole formula as it could be written; it reads. `None` if only its author can say what was meant.
    pub corrected: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The bytes of the text that are at fault: on character borders, and empty at the end of the text.
    pub span: Range<usize>,
    /// What is wrong there.
    pub problem: Problem,
    /// What to change in the text; `None` if that is not clear.
    pub edits: Option<Vec<Edit>>,
}

/// A piece of the text and what to write for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The bytes to replace; empty where something is put in.
    pub span: Range<usize>,
    /// What goes there.
    pub text: String,
}

impl Edit {
    /// `text` in the place of the bytes of `span`.
    pub fn new(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }
}

impl Fault {
    /// A fault without a correction.
    pub fn open(span: Range<usize>, problem: Problem) -> Self {
        Self { span, problem, edits: None }
    }

    /// A fault that is corrected by replacing `span` with `instead`.
    pub fn cured(span: Range<usize>, problem: Problem, instead: impl Into<String>) -> Self {
        Self { edits: Some(vec![Edit::new(span.clone(), instead)]), span, problem }
    }
}

impl ParseError {
    /// An error of a single fault.
    pub fn of(fault: Fault) -> Self {
        Self { faults: vec![fault], corrected: None }
    }

    /// The faults that a complaint lists, and how many it leaves out.
    pub fn told(&self) -> (&[Fault], usize) {
        let told = self.faults.len().min(MOST_TOLD);
        (&self.faults[..told], self.faults.len() - told)
    }

    /// The sentences of a complaint without repetition, and how many faults it leaves out.
    pub fn sentences(&self) -> (Vec<String>, usize) {
        let (told, more) = self.told();
        let mut sentences: Vec<String> = Vec::new();
        for fault in told {
            let sentence = fault.problem.to_string();
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        (sentences, more)
    }

    /// Short form for one line: the first fault, the number of others, and the corrected formula.
    pub fn brief(&self) -> String {
        let first = self.faults.first().map_or_else(String::new, |fault| fault.problem.to_string());
        let more = match self.faults.len() {
            0 | 1 => String::new(),
            2 => "; 1 more fault".into(),
            many => format!("; {} more faults", many - 1),
        };
        let corrected = self.corrected.as_ref().map_or_else(String::new, |text| format!("; in full: {text}"));
        format!("{first}{more}{corrected}")
    }

    /// The bytes of the first fault.
    pub fn span(&self) -> Range<usize> {
        self.faults.first().map_or(0..0, |fault| fault.span.clone())
    }

    /// The same error with `old` replaced by `new` in its sentences.
    #[must_use]
    pub fn reworded(mut self, from: &str, to: &str) -> Self {
        for fault in &mut self.faults {
            if let Problem::UnknownName { cure, .. } = &mut fault.problem {
                *cure = cure.replace(from, to);
            }
        }
        self
    }
}

impl fmt::Display for ParseError {
    /// Long form: all listed faults in one line, and the corrected formula.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sentences, more) = self.sentences();
        f.write_str(&sentences.join("; "))?;
        if more > 0 {
            write!(f, "; {more} more faults")?;
        }
        match &self.corrected {
            Some(corrected) => write!(f, "; in full: {corrected}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseError {}

/// `text` with all `edits` made; `None` if two of them touch the same bytes.
pub fn edited(text: &str, faults: &[Fault]) -> Option<String> {
    let mut edits: Vec<&Edit> = Vec::new();
    for fault in faults {
        edits.extend(fault.edits.as_ref()?);
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end)); // stable: insertions at one place keep their order
    let mut written = String::new();
    let mut end = 0;
    for edit in edits {
        written.push_str(text.get(end..edit.span.start)?);
        written.push_str(&edit.text);
        end = edit.span.end;
    }
    written.push_str(text.get(end..)?);
    Some(written.trim().to_owned())
}

/// Everything that can be wrong with a formula.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Problem {
    #[error("the formula is empty: write one such as x1^2 + x2^2")]
    Empty,
    #[error("the formula is {bytes} bytes long and at most {limit} can be read: split it or name its constants")]
    TooLong { bytes: usize, limit: usize },
    #[error("parentheses, calls and powers are nested more than {limit} deep here: write the formula flatter")]
    TooDeep { limit: usize },
    #[error("found {found}, which formulas do not use{cure}")]
    Strange { found: String, cure: String },
    #[error("`{found}` is not a number: write numbers like 12, 0.5 or 1e-3")]
    BadNumber { found: String },
    #[error("`{found}` is larger than any number the computer holds (about 1.8e308): write a smaller one")]
    HugeNumber { found: String },
    #[error("found {found}, expected {expected}")]
    Unexpected { found: String, expected: &'static str },
    #[error("`{found}` has more than one reading: write {}", or(readings))]
    Readings { found: String, readings: Vec<String> },
    #[error("this `{sign}` is never closed: add a `{closing}`")]
    Unclosed { sign: char, closing: char },
    #[error("this `)` closes nothing: remove it or add a `(` before")]
    Unopened,
    #[error("`{name}` is not known here: {cure}")]
    UnknownName { name: String, cure: String },
    #[error("`{name}` lies beyond the dimension: the variables are {variables}; use one of them or lengthen the start")]
    BeyondDimension { name: String, variables: String },
    #[error("`{name}` already has a meaning: rename the constant `{name}` of `with`")]
    TakenName { name: String },
    #[error("the constant `{name}` is {value}: give it a finite value in `with`")]
    InfiniteConstant { name: String, value: f64 },
    #[error("`{name}` is a function and needs parentheses: write {cure}")]
    NeedsParentheses { name: String, cure: String },
    #[error("`{name}` takes {wanted}, found {found}{hint}")]
    WrongCount { name: String, wanted: &'static str, found: usize, hint: &'static str },
    #[error("a comparison belongs in a condition: write {cure}")]
    LooseComparison { cure: String },
    #[error("{sentence}: {cure}")]
    Other { sentence: String, cure: String },
}

/// `a` or `b`.
fn or(readings: &[String]) -> String {
    readings.iter().map(|reading| format!("`{reading}`")).collect::<Vec<_>>().join(" or ")
}
