//! Let the last step say how f bends: a step size from two gradients.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Tone, Working, vector};
use crate::objective::point::Vector;

/// α = sᵀs/sᵀy or sᵀy/yᵀy with s and y the last changes of x and ∇f (Barzilai & Borwein 1988). f may rise, by design.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BarzilaiBorwein {
    /// Which of the two quotients.
    pub variant: Quotient,
    /// The first step size, before there are two gradients.
    pub alpha0: f64,
}

/// The two quotients; both lie between 1/λmax and 1/λmin on a quadratic that bends up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotient {
    /// sᵀs/sᵀy.
    #[default]
    Long,
    /// sᵀy/yᵀy.
    Short,
}

impl Quotient {
    /// The quotient in letters, and its two numbers.
    fn quotient(self, s: &Vector, y: &Vector) -> (&'static str, f64, f64) {
        match self {
            Self::Long => ("sᵀs/sᵀy", s.norm_squared(), s.dot(y)),
            Self::Short => ("sᵀy/yᵀy", s.dot(y), y.norm_squared()),
        }
    }
}

/// s and y: how x and ∇f changed in a step.
fn changes(last: &Step) -> (Vector, Vector) {
    (last.displacement(), &last.to.gradient - &last.from.gradient)
}

impl Default for BarzilaiBorwein {
    fn default() -> Self {
        Self { variant: Quotient::Long, alpha0: 0.01 }
    }
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "variant",
        symbol: "variant",
        meaning: "sᵀs/sᵀy or sᵀy/yᵀy",
        domain: Domain::Word(&["long", "short"]),
    },
    Parameter { name: "alpha0", symbol: "α₀", meaning: "first step size", domain: Domain::Positive },
];

settings!(BarzilaiBorwein { variant, alpha0 } of PARAMETERS);

/// Beyond these a quotient is not believed.
const SAFE: (f64, f64) = (1e-10, 1e10);

impl StepSize for BarzilaiBorwein {
    fn formula(&self, t: usize) -> String {
        match (t, self.variant) {
            (0, _) => "α = α₀".into(),
            (_, Quotient::Long) => "α = sᵀs/sᵀy".into(),
            (_, Quotient::Short) => "α = sᵀy/yᵀy".into(),
        }
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        match self.variant {
            Quotient::Long => "α ← sᵀs/sᵀy",
            Quotient::Short => "α ← sᵀy/yᵀy",
        }
    }

    fn working(&self, seen: &Seen<'_>, alpha: f64) -> Working {
        let Some(last) = seen.past.last() else {
            return vec![Equation::new("α", ["α₀".to_owned(), short(alpha)])];
        };
        let (s, y) = changes(last);
        let (name, above, below) = self.variant.quotient(&s, &y);
        vec![
            Equation::new("s", ["x − x₋".to_owned(), vector(s.as_slice())]),
            Equation::new("y", ["∇f − ∇f₋".to_owned(), vector(y.as_slice())]),
            if s.dot(&y) > 0.0 {
                let numbers = format!("{}/{}", short(above), short(below));
                Equation::new("α", [name.to_owned(), numbers, short(alpha)])
            } else {
                Equation::new("α", [short(alpha)]).noted(Tone::Warning, ": sᵀy ≤ 0, so the last α stays")
            },
        ]
    }

    fn wants(&self) -> Wants {
        Wants::Steepest
    }

    fn choose(&self, line: &mut SearchLine<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let Some(last) = past.last() else { return Ok(self.alpha0) };
        let (step, turn) = changes(last);
        let (step_scale, turn_scale) = (step.amax(), turn.amax());
        if step_scale == 0.0 || turn_scale == 0.0 {
            return Ok(last.alpha);
        }
        // Scaled first: near the minimum sᵀs is below the smallest double long before s is.
        let (step, turn) = (step / step_scale, turn / turn_scale);
        let product = step.dot(&turn);
        if product.is_nan() || product <= 0.0 {
            return Ok(last.alpha);
        }
        let (_, above, below) = self.variant.quotient(&step, &turn);
        let quotient = above / below;
        // Along a normalised d the same step is ‖∇f‖ times as long.
        let stretch = line.here().gradient.norm() / line.direction_norm();
        let stretch = if stretch.is_finite() { stretch } else { 1.0 };
        Ok((quotient * (step_scale / turn_scale)).clamp(SAFE.0, SAFE.1) * stretch)
    }
}
