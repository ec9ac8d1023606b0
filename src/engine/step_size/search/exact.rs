//! All the way down along d, to the first place where f rises again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::engine::ask::line::SearchLine;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::{Phase, Trial, Verdict};
use crate::engine::rule::StepSize;
use crate::engine::rule::pairing::Wants;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::search;
use crate::engine::search::univariate::bracket::Caught;
use crate::engine::search::univariate::{bracket, brent, golden, root};

/// The first minimiser of φ that a widening search meets, as exact as the method allows.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exact {
    /// The longest α that is tried.
    pub max: f64,
    /// How exact α shall be, relative to itself; values alone cannot do better than 1.5e-8.
    pub tolerance: f64,
    /// How the minimiser is found.
    pub method: ExactMethod,
}

/// Ways to find a minimiser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExactMethod {
    /// φ' = 0, by secants and halving.
    #[default]
    Derivative,
    /// Values alone, by the golden ratio.
    Golden,
    /// Values alone, by parabolas guarded by the golden ratio.
    Brent,
}

impl Default for Exact {
    fn default() -> Self {
        Self { max: search::LONGEST, tolerance: 1e-15, method: ExactMethod::Derivative }
    }
}

const PARAMETERS: &[Parameter] = &[
    search::MAX,
    Parameter { name: "tolerance", symbol: "tol", meaning: "relative error of α", domain: Domain::Between(0.0, 1.0) },
    Parameter {
        name: "method",
        symbol: "method",
        meaning: "how the minimum is found",
        domain: Domain::Word(&["derivative", "golden", "brent"]),
    },
];

settings!(Exact { max, tolerance, method } of PARAMETERS);

/// √ε: φ is flat at its minimum, so values tell α no better than this.
const FLAT: f64 = 1.5e-8;

impl StepSize for Exact {
    fn code(&self, verdict: Option<Verdict>) -> &'static str {
        match (verdict, self.method) {
            (Some(Verdict::Accepted | Verdict::CurvatureNotMet), _) => "return α",
            (_, ExactMethod::Derivative) => "narrow [a, b] with φ'(a) < 0 ≤ φ'(b)",
            _ => "narrow [a, b] around the lowest φ(α)",
        }
    }

    fn after(&self, trial: &Trial) -> String {
        match (trial.phase, trial.verdict) {
            (Phase::Bracketing, Verdict::TooShort) => "f still falls: lengthen α by the golden ratio".into(),
            (Phase::Bracketing, _) => "the minimum is caught: narrow the interval".into(),
            _ => "narrow the interval further".into(),
        }
    }

    fn wants(&self) -> Wants {
        Wants::Descent
    }

    fn choose(&self, line: &mut SearchLine<'_>, _past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let longest = search::longest(line, self.max);
        let by_values = match self.method {
            ExactMethod::Derivative => return root::minimise(line, longest, self.tolerance),
            ExactMethod::Golden => golden::minimise,
            ExactMethod::Brent => brent::minimise,
        };
        match bracket::triple(line, longest)? {
            Caught::Minimum(triple) => Ok(by_values(line, triple, self.tolerance.max(FLAT))),
            Caught::Nothing(last) => search::take_longest(line, &last),
        }
    }
}
