//! A quantity as the course writes it: `f`, `‖∇f‖`, `x₁`, `evaluations of f`.

use crate::engine::record::quantity::{CallKind, Observable, Quantity, VectorName};

impl Quantity {
    /// As the course writes it; as the author wrote it, where the course has no sign for it.
    pub fn symbol(&self) -> String {
        let bare = match &self.observable {
            Observable::Iteration => "t",
            Observable::Value => "f",
            Observable::Vector(VectorName::Gradient, None) => "∇f",
            Observable::GradientNorm => "‖∇f‖",
            Observable::GradientNormInf => "‖∇f‖∞",
            Observable::Slope => "∇fᵀd",
            Observable::Vector(VectorName::Direction, None) => "d",
            Observable::Alpha => "α",
            Observable::AlphaStar => "α*",
            Observable::Change => "the change of f",
            Observable::Angle => "the angle between d and −∇f, in degrees,",
            Observable::Trials => "the number of trials",
            Observable::Evaluations(Some(CallKind::Value)) => "evaluations of f",
            Observable::Evaluations(Some(CallKind::Gradient)) => "evaluations of ∇f",
            Observable::Evaluations(Some(CallKind::Hessian)) => "evaluations of ∇²f",
            Observable::Reason => "the ending",
            Observable::Point => "the kind of point",
            Observable::Vector(VectorName::X, Some(index)) => &format!("x{}", lowered(index + 1)),
            Observable::Vector(VectorName::Direction, Some(index)) => &format!("d{}", lowered(index + 1)),
            Observable::Vector(VectorName::Gradient, Some(index)) => &format!("component {} of ∇f", index + 1),
            _ => return self.text.clone(),
        };
        if self.is_absolute { format!("|{bare}|") } else { bare.to_owned() }
    }
}

/// A number as an index below the line: `₁₂`.
fn lowered(number: usize) -> String {
    let digits = number.to_string();
    digits.chars().filter_map(|digit| "₀₁₂₃₄₅₆₇₈₉".chars().nth(digit.to_digit(10)? as usize)).collect()
}
