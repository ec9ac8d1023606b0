//! What a rule remembers from step to step, by names that the trace shows.

use std::sync::Arc;

use crate::objective::point::{Matrix, Vector};

/// A model of more numbers than this is large: that of nine coordinates has 81.
const LARGE: usize = 64;

/// One thing that a rule remembers from step to step.
#[derive(Debug, Clone, PartialEq)]
pub enum Remembered {
    /// A scalar, such as a damping.
    Number(f64),
    /// How many, such as updates.
    Count(u64),
    /// One number per coordinate, such as a velocity.
    Vector(Vector),
    /// A model, such as an inverse Hessian.
    Matrix(Arc<Matrix>),
    /// What was done, and why: `skipped`, `uphill`.
    Word(&'static str),
    /// A large model of a step long past: dropped, and made again when somebody goes back there.
    Dropped,
}

impl From<f64> for Remembered {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Remembered {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<Vector> for Remembered {
    fn from(vector: Vector) -> Self {
        Self::Vector(vector)
    }
}

impl From<Arc<Matrix>> for Remembered {
    fn from(matrix: Arc<Matrix>) -> Self {
        Self::Matrix(matrix)
    }
}

impl From<&'static str> for Remembered {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

/// What a rule remembers, by the names that the trace shows as `state`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory(pub Vec<(&'static str, Remembered)>);

impl Memory {
    /// The remembered thing of that name, if the rule left one.
    pub fn get(&self, name: &str) -> Option<&Remembered> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, remembered)| remembered)
    }

    /// This memory with one more thing in it.
    #[must_use]
    pub fn with(mut self, name: &'static str, remembered: impl Into<Remembered>) -> Self {
        self.0.push((name, remembered.into()));
        self
    }

    /// The number or count of that name.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Remembered::Number(number) => Some(*number),
            Remembered::Count(count) => Some(*count as f64),
            _ => None,
        }
    }

    /// The count of that name.
    pub fn count(&self, name: &str) -> Option<u64> {
        if let Remembered::Count(count) = self.get(name)? { Some(*count) } else { None }
    }

    /// The vector of that name.
    pub fn vector(&self, name: &str) -> Option<&Vector> {
        if let Remembered::Vector(vector) = self.get(name)? { Some(vector) } else { None }
    }

    /// The matrix of that name.
    pub fn matrix(&self, name: &str) -> Option<&Arc<Matrix>> {
        if let Remembered::Matrix(matrix) = self.get(name)? { Some(matrix) } else { None }
    }

    /// The word of that name.
    pub fn word(&self, name: &str) -> Option<&'static str> {
        if let Remembered::Word(word) = self.get(name)? { Some(word) } else { None }
    }

    /// Whether a model in it takes more room than all else that is known of a step.
    pub fn is_large(&self) -> bool {
        let is_large =
            |remembered: &Remembered| matches!(remembered, Remembered::Matrix(model) if Self::is_large_model(model));
        self.0.iter().any(|(_, remembered)| is_large(remembered))
    }

    /// Whether a model is so large that it is dropped after a while.
    pub fn is_large_model(model: &Matrix) -> bool {
        model.len() > LARGE
    }

    /// This memory without its matrices.
    #[must_use]
    pub fn thinned(&self) -> Self {
        let thinned = |remembered: &Remembered| match remembered {
            Remembered::Matrix(_) => Remembered::Dropped,
            other => other.clone(),
        };
        Self(self.0.iter().map(|(name, remembered)| (*name, thinned(remembered))).collect())
    }

    /// Whether a model was dropped from it.
    pub fn is_thinned(&self) -> bool {
        self.0.iter().any(|(_, remembered)| *remembered == Remembered::Dropped)
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
