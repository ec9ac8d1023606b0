//! The two contracts of a method: which way to go, and how far.

#[macro_use]
pub mod parameter;

pub mod list;
pub mod method;
pub mod narration;
pub mod pairing;
pub mod schedule;
pub mod seen;
pub mod way;
pub mod working;

use std::sync::Arc;

use crate::engine::ask::line::SearchLine;
use crate::engine::ask::oracle::Oracle;
use crate::engine::number::product::dot;
use crate::engine::record::ending::Stuck;
use crate::engine::record::memory::Memory;
use crate::engine::record::trial::{Knot, Trial, Verdict};
use crate::engine::record::{OwnBeat, Proposal, Sample, Step};
use crate::engine::rule::narration::Narration;
use crate::engine::rule::pairing::{Length, Wants};
use crate::engine::rule::parameter::Settings;
use crate::engine::rule::seen::Seen;
use crate::engine::rule::way::Way;
use crate::engine::rule::working::{Equation, Working};
use crate::engine::search::condition::Demand;
use crate::engine::search::judged;
use crate::objective::function::Objective;

/// How to choose a direction d.
///
/// A rule holds settings only: what it remembers it reads from the past steps, by name.
pub trait Direction: Settings {
    /// The direction from `here`, or why there is none.
    fn propose(&self, here: &Sample, past: &[Arc<Step>], ask: &Oracle<'_>) -> Result<Proposal, Stuck>;

    /// d in letters: `−∇f`.
    fn letters(&self) -> String;

    /// The direction as a formula for people: `d = −∇f`.
    fn formula(&self) -> String {
        format!("d = {}", self.letters())
    }

    /// The line of pseudo-code that computes it.
    fn code(&self) -> &'static str;

    /// How d comes about, its numbers put in; nothing for −∇f itself.
    fn working(&self, _seen: &Seen<'_>, _proposal: &Proposal) -> Working {
        Working::new()
    }

    /// What the rule remembers, in words with its numbers; `memory` is that of one of its proposals.
    fn recalled(&self, _memory: &Memory) -> String {
        "the rule looks up what it remembers of the steps before".into()
    }

    /// What the rule reads off the past steps besides its memory, its numbers put in.
    fn recall(&self, _seen: &Seen<'_>, _memory: &Memory) -> Working {
        Working::new()
    }

    /// The symbol of something in the memory, by its name there; `None` if it has none.
    fn symbol(&self, _name: &str) -> Option<&'static str> {
        None
    }

    /// The symbol of the base, which is added to x whatever α is.
    fn base(&self) -> &'static str {
        "b"
    }

    /// What a move by α leaves behind for the next step, its numbers put in.
    fn leaves(&self, _proposal: &Proposal, _alpha: f64) -> Working {
        Working::new()
    }

    /// What is told of a beat of the rule's own; `seen` is the whole step.
    fn tell(&self, _beat: OwnBeat, _seen: &Seen<'_>) -> Option<Narration> {
        None
    }

    /// The arithmetic of a beat of the rule's own; `seen` is the whole step.
    fn work(&self, _beat: OwnBeat, _seen: &Seen<'_>) -> Option<Working> {
        None
    }

    /// Says why the rule cannot descend this objective, if it cannot.
    fn fits(&self, _objective: &dyn Objective) -> Result<(), String> {
        Ok(())
    }

    /// Who sets the length of a step, and why not every step size does.
    fn length(&self) -> Length {
        Length::Any
    }

    /// What theory knows of the direction.
    fn way(&self) -> Way {
        Way::Other
    }

    /// What lessons call it with these settings; `None` if they call it by the name of the rule.
    fn called(&self) -> Option<String> {
        None
    }
}

/// How to choose a step size α.
pub trait StepSize: Settings {
    /// The step size along `line`, or why there is none.
    fn choose(&self, line: &mut SearchLine<'_>, past: &[Arc<Step>]) -> Result<f64, Stuck>;

    /// For a rule that tries nothing: α as a formula for people with its numbers put in, at iteration t.
    fn formula(&self, _t: usize) -> String {
        "α".into()
    }

    /// The line of pseudo-code that is executed when a trial was judged so, or when α comes from the formula.
    fn code(&self, _verdict: Option<Verdict>) -> &'static str {
        "α ← α(t)"
    }

    /// For a rule whose α depends on t and its settings alone: α at iteration t, its numbers put in.
    fn plan(&self, _t: usize) -> Working {
        Working::new()
    }

    /// For a rule that tries nothing: how α came about, its numbers put in.
    fn working(&self, seen: &Seen<'_>, _alpha: f64) -> Working {
        self.plan(seen.t)
    }

    /// For a search: where the α of a trial comes from, after the trial `before` it.
    fn tried(&self, _before: Option<&Trial>, trial: &Trial) -> Equation {
        working::tried(trial)
    }

    /// For a search: the conditions that decided about a trial, their numbers put in.
    fn judged(&self, seen: &Seen<'_>, trial: &Trial) -> Working {
        let Some(proposal) = seen.proposal else { return Working::new() };
        let slope = dot(&seen.here.gradient, &proposal.direction);
        let from = Knot { alpha: 0.0, value: seen.here.value, slope };
        let epsilon = self.demand().and_then(|demand| demand.epsilon());
        judged::judged(trial, &from, self.number("gamma1"), epsilon)
    }

    /// For a search: what it does after a trial that was not accepted.
    fn after(&self, _trial: &Trial) -> String {
        "try again".into()
    }

    /// For a schedule, whose α depends on t alone: α at iteration t, whatever happens until then.
    fn planned(&self, _t: usize) -> Option<f64> {
        None
    }

    /// Whether α depends on t alone: one that is lost in rounding is a row like any other, since a longer one may follow.
    fn is_schedule(&self) -> bool {
        self.planned(0).is_some()
    }

    /// The α of every iteration; `None` if it may differ from one to the next.
    fn constant(&self) -> Option<f64> {
        None
    }

    /// T: the iterations after which a schedule has done all that it does; `None` if it goes on for ever.
    fn period(&self) -> Option<usize> {
        None
    }

    /// What a search demands of α.
    fn demand(&self) -> Option<Demand> {
        None
    }

    /// γ₁, for a search that demands the Armijo condition.
    fn gamma1(&self) -> Option<f64> {
        self.demand().map(|demand| demand.gamma1)
    }

    /// What the rule asks of the direction that it is paired with.
    fn wants(&self) -> Wants {
        Wants::Nothing
    }

    /// Why these settings cannot go together, if they cannot; names the settings in backticks.
    fn refusal(&self) -> Option<String> {
        None
    }
}
