//! What can be claimed of a trace, as types: a place, a quantity, a comparison.

use crate::engine::record::quantity::{Observable, Quantity};
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
    /// Whether it asks how many evaluations were made.
    pub fn counts_evaluations(&self) -> bool {
        let counts = |condition: &Condition| matches!(condition.quantity.observable(), Observable::Evaluations(_));
        match self {
            Self::Row(row) => counts(&row.condition),
            Self::First { conditions, .. } => conditions.iter().any(counts),
            Self::All(claims) | Self::Any(claims) => claims.iter().any(Self::counts_evaluations),
            Self::Not(claim) => claim.counts_evaluations(),
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
        point: Vec<f64>,
        /// How far each coordinate may be off.
        within: f64,
    },
}

/// The right side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
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
