//! A step size that depends on t alone, and the adaptor that makes a step-size rule of it.

use std::sync::Arc;

use crate::engine::ask::line::SearchLine;
use crate::engine::number::short;
use crate::engine::record::Step;
use crate::engine::record::ending::Stuck;
use crate::engine::record::trial::Verdict;
use crate::engine::rule::StepSize;
use crate::engine::rule::parameter::Settings;
use crate::engine::rule::working::{Equation, Tone, Working};

/// α as a function of t = 0, 1, …
pub trait Schedule: Settings {
    /// α at iteration t.
    fn at(&self, t: usize) -> f64;

    /// α(t) in letters, and the same with its numbers put in.
    fn ways(&self, t: usize) -> [String; 2];

    /// α as a formula for people with its numbers put in, at iteration t.
    fn formula(&self, t: usize) -> String {
        let [letters, numbers] = self.ways(t);
        format!("α = {letters} = {numbers} = {}", short(self.at(t)))
    }

    /// α at iteration t, its numbers put in.
    fn plan(&self, t: usize) -> Equation {
        self.written(t)
    }

    /// α(t) as an equation.
    fn written(&self, t: usize) -> Equation {
        let [letters, numbers] = self.ways(t);
        Equation::new("α(t)", [letters, numbers, short(self.at(t))])
    }

    /// α(t) with words in the place of its formula.
    fn said(&self, words: String, t: usize) -> Equation {
        Equation::text(words).noted(Tone::Result, format!("α(t) = {}", short(self.at(t))))
    }

    /// The line of pseudo-code that computes it.
    fn code(&self) -> &'static str;

    /// T: the iterations after which it has done all that it does; `None` if it goes on for ever.
    fn period(&self) -> Option<usize> {
        None
    }

    /// Why these settings cannot go together, if they cannot; names the settings in backticks.
    fn refusal(&self) -> Option<String> {
        None
    }
}

impl<S: Schedule> StepSize for S {
    fn choose(&self, _line: &mut SearchLine<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck> {
        Ok(self.at(past.len()))
    }

    fn formula(&self, t: usize) -> String {
        Schedule::formula(self, t)
    }

    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        Schedule::code(self)
    }

    fn plan(&self, t: usize) -> Working {
        vec![Schedule::plan(self, t)]
    }

    fn planned(&self, t: usize) -> Option<f64> {
        Some(self.at(t))
    }

    fn period(&self) -> Option<usize> {
        Schedule::period(self)
    }

    fn refusal(&self) -> Option<String> {
        Schedule::refusal(self)
    }
}
