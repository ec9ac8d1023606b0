//! What theory knows of a direction: whether it is −∇f, or that of a ball with momentum.

use crate::engine::theory::modes::Form;

/// What theory knows of the direction of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// d = −∇f: along an eigenvector of the Hessian, a step multiplies the rest by 1 − αλ.
    Steepest,
    /// d = −∇f/‖∇f‖.
    UnitSteepest,
    /// A ball with momentum: the form of its update, and β.
    Ball(Form, f64),
    /// Another direction.
    Other,
}

impl Way {
    /// Whether d points along −∇f, whatever its length.
    pub fn is_along_steepest(self) -> bool {
        matches!(self, Self::Steepest | Self::UnitSteepest)
    }
}
