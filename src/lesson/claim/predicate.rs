//! What can be claimed of a trace, as types: a place, a quantity, a comparison.

use crate::lesson::file::safe::Safe;

/// A predicate on the trace of a scenario's runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// About one row, or all, or some.
    Row(RowClaim),
    /// Some single row, the first, meets all of these.
    First {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// What the row must meet.
        conditions: Vec<Condition>,
        /// Which row it must be.
        iteration: Option<Comparison>,
    },
    /// Every one holds.
    All(Vec<Self>),
    /// At least one holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
}

impl Claim {
    /// Whether a quantity in it begins with this word.
    pub fn names(&self, word: &str) -> bool {
        let is_named = |condition: &Condition| condition.quantity.path.first().is_some_and(|first| first == word);
        match self {
            Self::Row(row) => is_named(&row.condition),
            Self::First { conditions, .. } => conditions.iter().any(is_named),
            Self::All(claims) | Self::Any(claims) => claims.iter().any(|claim| claim.names(word)),
            Self::Not(claim) => claim.names(word),
        }
    }

    /// How many conditions stand in it.
    pub fn count(&self) -> usize {
        match self {
            Self::Row(_) => 1,
            Self::First { conditions, .. } => conditions.len(),
            Self::All(claims) | Self::Any(claims) => claims.iter().map(Self::count).sum(),
            Self::Not(claim) => claim.count(),
        }
    }
}

/// A condition at a place of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RowClaim {
    /// The run; the learner's if absent.
    pub run: Option<Safe>,
    /// Where.
    pub at: At,
    /// The trial there, from 1, if the quantity is one of a trial.
    pub trial: Option<usize>,
    /// What must hold.
    pub condition: Condition,
}

/// Where in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The row of this iteration.
    Iteration(usize),
    /// The last line of the trace.
    End,
    /// Every row.
    Every,
    /// At least one row.
    Some,
}

impl At {
    /// Where a run does not get to.
    pub(in crate::lesson) fn told(self) -> String {
        match self {
            Self::Iteration(t) => format!("iteration {t}"),
            Self::End => "an end".into(),
            Self::Every | Self::Some => "such a row".into(),
        }
    }
}

/// A quantity compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is looked up.
    pub quantity: Quantity,
    /// What it must be.
    pub comparison: Comparison,
}

/// A path into the trace, such as `value`, `abs(x2)` or `hessian.eigenvalues[1]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// As written.
    pub text: String,
    /// The keys to follow, an index as its digits.
    pub path: Vec<String>,
    /// Whether the absolute value is meant.
    pub is_absolute: bool,
}

impl Quantity {
    /// Whether the row of xₜ has it as soon as xₜ is reached, before anything is chosen there.
    pub fn is_known_on_arrival(&self) -> bool {
        const KNOWN: &[&str] =
            &["iteration", "x", "value", "gradient", "gradient_norm", "gradient_norm_inf", "hessian"];
        self.path.first().is_some_and(|first| KNOWN.contains(&first.as_str()))
    }

    /// Whether a goal may ask it of the row in which a run stands: what is known on arrival, and the evaluations that the
    /// search there will have taken, so that a budget is held against the very row whose value is asked for.
    pub fn is_held_on_arrival(&self) -> bool {
        self.is_known_on_arrival() || self.path.first().is_some_and(|first| first == "evaluations")
    }

    /// `trial.verdict` of trial 3 as a path into the row: `trials[2].verdict`.
    #[must_use]
    pub fn of_trial(&self, number: usize) -> Self {
        let rest = self.path.iter().skip(1).cloned();
        let path = ["trials".to_owned(), number.saturating_sub(1).to_string()].into_iter().chain(rest).collect();
        Self { path, ..self.clone() }
    }
}

/// Exactly one comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// The same number, or no farther than `within`.
    Equals {
        /// The number.
        to: Operand,
        /// How far it may be off.
        within: f64,
    },
    /// Strictly less.
    Below(Operand),
    /// Strictly more.
    Above(Operand),
    /// Less or the same.
    AtMost(Operand),
    /// More or the same.
    AtLeast(Operand),
    /// This word.
    Is(Safe),
    /// A point no farther than `within` in any coordinate.
    Near {
        /// The point.
        point: Vec<f64>,
        /// How far each coordinate may be off.
        within: f64,
    },
}

/// The right side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A number.
    Number(f64),
    /// What another run shows.
    Elsewhere {
        /// The run; the learner's if absent.
        run: Option<Safe>,
        /// Where.
        at: At,
        /// What.
        quantity: Quantity,
    },
}
