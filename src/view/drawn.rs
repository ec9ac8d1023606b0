//! What the progress panel can draw against t: its name, and its value at an iterate.

use crate::app::settings::subscript;
use crate::engine::number::product::norm;
use crate::engine::record::Sample;
use crate::lesson::claim::predicate::Quantity;

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
            Drawn::Asked(quantity) => {
                let path: Vec<&str> = quantity.path.iter().map(String::as_str).collect();
                let name = match path[..] {
                    ["value"] => "f",
                    ["gradient_norm"] => "‖∇f‖",
                    ["gradient_norm_inf"] => "‖∇f‖∞",
                    ["alpha"] => "α",
                    _ => match coordinate(&path) {
                        Some(index) => &format!("x{}", subscript(index + 1)),
                        None => return quantity.text.clone(),
                    },
                };
                if quantity.is_absolute { format!("|{name}|") } else { name.to_owned() }
            }
        }
    }

    /// Whether it can be computed from an iterate and its α.
    pub fn is_drawable(self) -> bool {
        let Drawn::Asked(quantity) = self else { return true };
        let path: Vec<&str> = quantity.path.iter().map(String::as_str).collect();
        matches!(path[..], ["value" | "gradient_norm" | "gradient_norm_inf" | "alpha"]) || coordinate(&path).is_some()
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
            Drawn::Asked(quantity) => {
                let path: Vec<&str> = quantity.path.iter().map(String::as_str).collect();
                let value = match path[..] {
                    ["value"] => sample.value,
                    ["gradient_norm"] => norm(&sample.gradient),
                    ["gradient_norm_inf"] => sample.gradient.amax(),
                    ["alpha"] => alpha?,
                    _ => *sample.point.get(coordinate(&path)?)?,
                };
                Some(if quantity.is_absolute { value.abs() } else { value })
            }
        }
    }
}

/// The coordinate that a path names, from 0: `x`, `1` or `x2`.
pub fn coordinate(path: &[&str]) -> Option<usize> {
    match path {
        ["x", index] => index.parse().ok(),
        [name] => name.strip_prefix('x')?.parse::<usize>().ok()?.checked_sub(1),
        _ => None,
    }
}
