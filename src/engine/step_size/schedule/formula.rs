//! Whatever step sizes you write down, as a formula in t.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::{Reason, Stuck};
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::rule::working::{Equation, Working};
use crate::objective::formula::expression::Expression;
use crate::objective::formula::mistake::ParseError;
use crate::objective::formula::names::Names;
use crate::objective::formula::parse::parse;

/// αₜ as a formula in t, the number of completed steps.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlphaFormula {
    /// The formula, such as `0.1/(t+1)`.
    pub alpha: String,
}

impl Default for AlphaFormula {
    fn default() -> Self {
        Self { alpha: "0.1/sqrt(t+1)".into() }
    }
}

const PARAMETERS: &[Parameter] =
    &[Parameter { name: "alpha", symbol: "α(t)", meaning: "formula in t", domain: Domain::Text }];

settings!(AlphaFormula { alpha } of PARAMETERS);

thread_local! {
    /// The formula that was read last on this thread, so that a run reads its own once and not at each step.
    static LAST: RefCell<Option<(String, Expression)>> = const { RefCell::new(None) };
}

impl AlphaFormula {
    /// α at iteration t = 0, 1, …, whatever number the formula yields.
    pub fn at(&self, t: usize) -> Result<f64, ParseError> {
        LAST.with_borrow_mut(|last| {
            if last.as_ref().is_none_or(|(text, _)| *text != self.alpha) {
                *last = Some((self.alpha.clone(), parse(&self.alpha, &Names::schedule(&BTreeMap::new()))?));
            }
            Ok(last.as_ref().map_or(f64::NAN, |(_, read)| read.evaluate(&[t as f64])))
        })
    }
}

impl StepSize for AlphaFormula {
    fn formula(&self, t: usize) -> String {
        let alpha = self.at(t).map_or_else(|mistake| mistake.to_string(), short);
        format!("α = {} = {alpha} at t = {t}", self.alpha)
    }

    fn plan(&self, t: usize) -> Working {
        let alpha = self.at(t).map_or_else(|mistake| mistake.to_string(), short);
        vec![Equation::new("α(t)", [self.alpha.clone(), format!("{alpha} at t"), t.to_string()])]
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α(t)"
    }

    fn refusal(&self) -> Option<String> {
        self.at(0).err().map(|mistake| format!("`alpha` cannot be read: {mistake}"))
    }

    fn planned(&self, t: usize) -> Option<f64> {
        self.at(t).ok()
    }

    fn choose(&self, _line: &mut SearchLine<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        let stuck = |sentence: String| Stuck { reason: Reason::NoAcceptableStep, sentence };
        let t = past.len();
        let alpha = self.at(t).map_err(|mistake| stuck(mistake.to_string()))?;
        if alpha >= 0.0 && alpha.is_finite() {
            return Ok(alpha);
        }
        let what = if alpha < 0.0 { "would go backwards" } else { "is no finite number" };
        Err(stuck(format!("the formula says α = {} at t = {t}, which {what}", short(alpha))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_t_is_read_and_evaluated() {
        let rule = |alpha: &str| AlphaFormula { alpha: alpha.into() };
        // Any decrease, and no convergence: the lecture's counter-example.
        let shrinking = rule("0.5*(1 + (1+2^-(t+1))/(1+2^-t))");
        assert_eq!(shrinking.at(0).ok(), Some(0.875));
        assert!((shrinking.at(60).unwrap_or_default() - 1.0).abs() < 1e-15);
        assert!(rule("0.1/(s+1)").refusal().is_some_and(|why| why.contains("`s` is not known")));
        assert_eq!(rule("t").refusal(), None);
        assert_eq!(rule("1/(t+1)").formula(3), "α = 1/(t+1) = 0.25 at t = 3");
    }
}
