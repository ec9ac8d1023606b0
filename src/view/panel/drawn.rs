//! What the progress panel can draw against t: its name, and its value at an iterate.

use crate::engine::record::Sample;
use crate::engine::record::quantity::{Observable, Quantity, VectorName};

/// What is drawn against t.
#[derive(Clone, Copy)]
pub enum Drawn<'a> {
    /// f − f*.
    Gap,
    /// ‖∇f‖∞, where f* is not known.
    Gradient,
    /// What the page asks for.
    Asked(&'a Quantity),
}

impl Drawn<'_> {
    /// Its name, as a title writes it.
    pub fn name(self) -> String {
        match self {
            Drawn::Gap => "f − f*".to_owned(),
            Drawn::Gradient => "‖∇f‖∞".to_owned(),
            Drawn::Asked(quantity) if self.is_drawable() => quantity.symbol(),
            Drawn::Asked(quantity) => quantity.text().to_owned(),
        }
    }

    /// Whether it can be computed from an iterate and its α.
    pub fn is_drawable(self) -> bool {
        let Drawn::Asked(quantity) = self else { return true };
        matches!(
            quantity.observable(),
            Observable::Value
                | Observable::GradientNorm
                | Observable::GradientNormInf
                | Observable::Alpha
                | Observable::Vector(VectorName::X, Some(_))
        )
    }

    /// The value at an iterate, with the α that was taken there, if it was.
    pub fn at(self, sample: &Sample, alpha: Option<f64>, lowest: Option<f64>) -> Option<f64> {
        match self {
            Drawn::Gap => {
                let (lowest, gap) = (lowest?, sample.value - lowest?);
                // Rounding may fall a little below f*.
                let is_rounding = gap < 0.0 && gap > -1e-12 * lowest.abs().max(1.0);
                Some(if is_rounding { 0.0 } else { gap })
            }
            Drawn::Gradient => Some(sample.gradient.amax()),
            Drawn::Asked(quantity) if *quantity.observable() == Observable::Alpha => {
                alpha.map(|alpha| if quantity.is_absolute() { alpha.abs() } else { alpha })
            }
            Drawn::Asked(quantity) => quantity.at(sample).filter(|_| self.is_drawable()),
        }
    }
}
