//! Turn each direction so that it does not undo what the last one gained.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::oracle::Oracle;
use crate::engine::number::{short, tuple};
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::{Proposal, Sample, Step};
use crate::engine::rule::Direction;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::seen::Seen;
use crate::engine::rule::working::{Equation, Working, factor, vector};
use crate::objective::point::Vector;

/// Nonlinear conjugate gradients: d ← −∇f + βd, with restarts (Nocedal & Wright, section 5.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConjugateGradient {
    /// Which β.
    pub beta: Beta,
    /// When to start again with −∇f, besides where it must be.
    pub restart: ConjugateRestart,
}

/// When to start again with −∇f; where βd₋ makes d go uphill, every choice does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConjugateRestart {
    /// Only there.
    #[default]
    Uphill,
    /// After every n steps, which are enough for a quadratic.
    EveryN,
    /// When the last two gradients are far from orthogonal (Nocedal & Wright, eq. 5.52).
    NotOrthogonal,
}

/// Formulas for β; on a quadratic with exact steps all are equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beta {
    /// Polak and Ribière, never negative: max(0, gᵀy/‖g₋‖²).
    #[default]
    #[serde(rename = "pr+")]
    PolakRibiere,
    /// Fletcher and Reeves: ‖g‖²/‖g₋‖².
    #[serde(rename = "fr")]
    FletcherReeves,
    /// Hestenes and Stiefel: gᵀy/d₋ᵀy.
    #[serde(rename = "hs")]
    HestenesStiefel,
    /// Dai and Yuan: ‖g‖²/d₋ᵀy.
    #[serde(rename = "dy")]
    DaiYuan,
}

const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "beta",
        symbol: "β",
        meaning: "how much of the last direction stays",
        domain: Domain::Word(&["pr+", "fr", "hs", "dy"]),
    },
    Parameter {
        name: "restart",
        symbol: "restart",
        meaning: "when to start again with −∇f",
        domain: Domain::Word(&["uphill", "every-n", "not-orthogonal"]),
    },
];

settings!(ConjugateGradient { beta, restart } of PARAMETERS);

const PREVIOUS: &str = "previous_direction";
const BETA: &str = "beta";
const RESTART: &str = "restart";

/// Gradients with |gᵀg₋| from this share of ‖g‖² on are far from orthogonal (Nocedal & Wright, eq. 5.52).
const ORTHOGONAL: f64 = 0.1;

/// Sizes whose squares are neither 0 nor infinite, with room for sums of many.
const SQUARABLE: std::ops::Range<f64> = 1e-145..1e145;

impl Beta {
    /// The quotient in letters and its two numbers, from the gradient, the one before, and the direction before.
    fn quotient(self, gradient: &Vector, before: &Vector, direction: &Vector) -> (&'static str, f64, f64) {
        let change = gradient - before;
        match self {
            Self::PolakRibiere => ("gᵀ(g − g₋)/‖g₋‖²", gradient.dot(&change), before.norm_squared()),
            Self::FletcherReeves => ("‖g‖²/‖g₋‖²", gradient.norm_squared(), before.norm_squared()),
            Self::HestenesStiefel => ("gᵀ(g − g₋)/d₋ᵀ(g − g₋)", gradient.dot(&change), direction.dot(&change)),
            Self::DaiYuan => ("‖g‖²/d₋ᵀ(g − g₋)", gradient.norm_squared(), direction.dot(&change)),
        }
    }

    /// β from the gradient, the one before, and the direction before.
    fn of(self, gradient: &Vector, before: &Vector, direction: &Vector) -> f64 {
        let (_, above, below) = self.quotient(gradient, before, direction);
        let beta = above / below;
        if self == Self::PolakRibiere { beta.max(0.0) } else { beta }
    }
}

impl ConjugateGradient {
    /// The direction, its β, and why it is −∇f again, if it is.
    fn turned(self, gradient: &Vector, last: &Step, since: u64) -> (Vector, f64, &'static str) {
        let (before, previous) = (last.seen_gradient(), &last.proposal.direction);
        let slope = gradient.amax().max(before.amax());
        if !SQUARABLE.contains(&slope) || !SQUARABLE.contains(&previous.amax()) {
            // In units of the largest slope; d₋ is a sum of gradients and has the same unit.
            let unit = if slope > 0.0 && slope.is_finite() { slope } else { 1.0 };
            let (direction, beta, why) =
                self.mixed(&(gradient / unit), &(before.as_ref() / unit), &(previous / unit), since);
            return (direction * unit, beta, why);
        }
        self.mixed(gradient, &before, previous, since)
    }

    fn mixed(self, gradient: &Vector, before: &Vector, previous: &Vector, since: u64) -> (Vector, f64, &'static str) {
        let beta = self.beta.of(gradient, before, previous);
        let direction = previous * beta - gradient;
        let is_oblique = || gradient.dot(before).abs() >= ORTHOGONAL * gradient.norm_squared();
        let why = if !beta.is_finite() {
            "no-curvature"
        } else if beta == 0.0 {
            "zero-beta"
        } else if self.restart == ConjugateRestart::EveryN && since >= gradient.len() as u64 {
            "every-n"
        } else if self.restart == ConjugateRestart::NotOrthogonal && is_oblique() {
            "not-orthogonal"
        } else if gradient.dot(&direction) >= 0.0 {
            "uphill"
        } else {
            return (direction, beta, "none");
        };
        (-gradient, 0.0, why)
    }
}

impl Direction for ConjugateGradient {
    fn letters(&self) -> String {
        "−∇f + βd₋".into()
    }

    fn code(&self) -> &'static str {
        match self.beta {
            Beta::PolakRibiere => "β ← max(0, gᵀ(g−g₋)/‖g₋‖²); d ← −g + βd",
            Beta::FletcherReeves => "β ← ‖g‖²/‖g₋‖²; d ← −g + βd",
            Beta::HestenesStiefel => "β ← gᵀy/dᵀy; d ← −g + βd",
            Beta::DaiYuan => "β ← ‖g‖²/dᵀy; d ← −g + βd",
        }
    }

    fn working(&self, seen: &Seen<'_>, proposal: &Proposal) -> Working {
        let memory = &proposal.memory;
        let (Some(last), Some("none")) = (seen.past.last(), memory.word(RESTART)) else { return Working::new() };
        let (Some(beta), Some(previous)) = (memory.number(BETA), memory.vector(PREVIOUS)) else {
            return Working::new();
        };
        let gradient = &*seen.gradient();
        let (name, above, below) = self.beta.quotient(gradient, &last.seen_gradient(), previous);
        let quotient = format!("{}/{}", short(above), factor(below));
        let sum = format!("{} + {}·{}", vector((-gradient).as_slice()), short(beta), vector(previous.as_slice()));
        vec![
            Equation::new("β", [name.to_owned(), quotient, short(beta)]),
            Equation::new("d", [sum, vector((previous * beta - gradient).as_slice())]),
        ]
    }

    fn symbol(&self, name: &str) -> Option<&'static str> {
        match name {
            PREVIOUS => Some("d₋"),
            BETA => Some("β"),
            _ => None,
        }
    }

    fn recalled(&self, memory: &Memory) -> String {
        let why = match memory.word(RESTART) {
            Some("first") => return "no direction before: the first is −∇f".into(),
            Some("zero-beta") => "β = 0, as low as it may go",
            Some("no-curvature") => "β would be divided by 0",
            Some("every-n") => "n steps were made since the last",
            Some("not-orthogonal") => "the last two gradients are far from orthogonal",
            Some("uphill") => "−∇f + βd₋ goes uphill",
            _ => {
                let beta = short(memory.number(BETA).unwrap_or_default());
                let previous = memory.vector(PREVIOUS).map_or_else(String::new, tuple);
                return format!("direction before d₋ = {previous}, of which β = {beta} stays");
            }
        };
        format!("restart with −∇f: {why}")
    }

    fn propose(&self, here: &Sample, past: &[Arc<Step>], _ask: &Oracle<'_>) -> Result<Proposal, Stuck> {
        let gradient = &here.gradient;
        let before = past.last().and_then(|last| Some((last, last.proposal.kept.count("since_restart")?)));
        let (previous, since, (direction, beta, why)) = match before {
            Some((last, since)) => (last.proposal.direction.clone(), since, self.turned(gradient, last, since)),
            None => (Vector::zeros(gradient.len()), 0, (-gradient, 0.0, "first")),
        };
        let memory =
            Memory::default().with(PREVIOUS, previous).with("since_restart", since).with(BETA, beta).with(RESTART, why);
        let since = if why == "none" { since + 1 } else { 1 };
        Ok(Proposal::ray(direction).recalling(memory).keeping(Memory::default().with("since_restart", since)))
    }
}
