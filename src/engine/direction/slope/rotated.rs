//! Turn away from the steepest descent, to see which directions still go down.

use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::short;
use crate::engine::record::ending::Stuck;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::objective::point::Vector;

/// −∇f turned by an angle; more than 90° goes uphill.
///
/// In the plane counter-clockwise. With more coordinates in the plane of −∇f and the axis that it is least aligned with
/// (the first of several), so that the angle to −∇f is the one asked for; on a line there is only its projection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rotated {
    /// The angle in degrees.
    pub degrees: f64,
}

const PARAMETERS: &[Parameter] = &[Parameter {
    name: "degrees",
    symbol: "θ",
    meaning: "angle between d and −∇f",
    domain: Domain::Within(-180.0, 180.0),
}];

settings!(Rotated { degrees } of PARAMETERS);

impl Direction for Rotated {
    fn letters(&self) -> String {
        if self.degrees == 0.0 { "−∇f".into() } else { format!("−∇f turned by {}°", short(self.degrees)) }
    }

    fn formula(&self) -> String {
        if self.degrees == 0.0 { "d = −∇f".into() } else { format!("{}: d", self.letters()) }
    }

    fn called(&self) -> Option<String> {
        Some(format!("steepest-descent, turned by {}°", short(self.degrees)))
    }

    fn code(&self) -> &'static str {
        if self.degrees == 0.0 { "d ← −∇f(x)" } else { "d ← −∇f(x), turned by θ" }
    }

    fn propose(&self, here: &Sample, _past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let mut direction = -&here.gradient;
        let (sin, cos) = sine_and_cosine(self.degrees);
        match direction.len() {
            0 | 1 => direction *= cos,
            2 => {
                let (first, second) = (direction[0], direction[1]);
                direction[0] = cos * first - sin * second;
                direction[1] = sin * first + cos * second;
            }
            _ => {
                if let Some(across) = across(&direction) {
                    direction = direction * cos + across * sin;
                }
            }
        }
        Ok(Proposal::ray(direction))
    }
}

/// A vector as long as `down` and orthogonal to it: the part across it of the axis that it is least aligned with.
fn across(down: &Vector) -> Option<Vector> {
    let scale = down.amax();
    if scale == 0.0 || !scale.is_finite() {
        return None;
    }
    let scaled = down / scale;
    let unit = scaled.normalize();
    let axis = unit.iter().enumerate().min_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))?.0;
    let mut across = &unit * -unit[axis];
    across[axis] += 1.0;
    Some(across.normalize() * (scaled.norm() * scale))
}

/// Exact at the quarter turns, where a lesson looks: cos 90° is 0 here, not 6e-17.
fn sine_and_cosine(degrees: f64) -> (f64, f64) {
    match degrees {
        0.0 => (0.0, 1.0),
        90.0 => (1.0, 0.0),
        -90.0 => (-1.0, 0.0),
        180.0 | -180.0 => (0.0, -1.0),
        _ => degrees.to_radians().sin_cos(),
    }
}
