//! A lesson file as types: what is run, said, asked and aimed for. Computes nothing.

use crate::engine::record::quantity::Quantity;
use crate::lesson::claim::predicate::Claim;
use crate::lesson::file::safe::Safe;
use crate::lesson::question::Ask;
use crate::lesson::scenario::{Change, Scenario};

/// One lesson file.
#[derive(Clone)]
pub struct Lesson {
    /// The file name without its ending.
    pub id: String,
    pub title: Safe,
    /// The chapter of the course, by its id.
    pub chapter: Option<Safe>,
    /// What it is about, in one sentence.
    pub summary: Option<Safe>,
    /// The deck and slide that it goes with.
    pub lecture: Option<Safe>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// The lessons it builds on.
    pub after: Vec<Safe>,
    /// What is run, in the order of the file; at least one.
    pub scenarios: Vec<Scenario>,
    /// What is said and asked; none is enough for `trace`.
    pub pages: Vec<Page>,
}

/// A moment of a run: an iteration, and how much of it has been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The iteration t.
    pub iteration: usize,
    /// How far into it.
    pub reached: Reached,
}

/// How much of an iteration has been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The iterate: f, ∇f and the stop tests.
    Here,
    /// What the rule remembers, where it does.
    Memory,
    Direction,
    /// The trial of this number, from 1.
    Trial(usize),
    /// α, from a formula or with the last trial.
    StepSize,
    /// The whole of it, up to the move.
    Move,
}

/// A panel of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Panel {
    /// The landscape from above.
    Map,
    /// The landscape of the scenario that the page compares with; no page names it.
    SecondMap,
    /// φ(α), the bound and the trials.
    LineSearch,
    /// The Hessian's eigenvalues in words and numbers.
    Curvature,
    /// The formulas of this sub-step with the numbers put in.
    Numbers,
    /// A quantity against the iterations or the evaluations.
    Progress,
    /// What theorems promise of this step, and whether it is kept.
    Theory,
    /// α against the iterations.
    Schedule,
    /// The iterations as a table.
    Table,
    /// f of one variable; in more, f along the direction.
    Curve,
}

impl Panel {
    /// Every panel that a page can show, in the order in which Tab walks.
    pub const ALL: [Self; 9] = [
        Self::Map,
        Self::LineSearch,
        Self::Curvature,
        Self::Numbers,
        Self::Progress,
        Self::Theory,
        Self::Schedule,
        Self::Table,
        Self::Curve,
    ];

    /// The name in a lesson file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::SecondMap => "second-map",
            Self::LineSearch => "line-search",
            Self::Curvature => "curvature",
            Self::Numbers => "numbers",
            Self::Progress => "progress",
            Self::Theory => "theory",
            Self::Schedule => "schedule",
            Self::Table => "table",
            Self::Curve => "curve",
        }
    }
}

/// How much one press of → takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    SubStep,
    Iteration,
    /// The whole run.
    Run,
}

/// One page.
#[derive(Clone, Default)]
pub struct Page {
    /// Its heading, if it has one.
    pub title: Option<Safe>,
    /// The scenario, as an index into the lesson's.
    pub scenario: usize,
    /// Whether the page names its scenario, and so starts it over.
    pub starts_over: bool,
    /// The scenario that this one is compared with, as an index.
    pub compared: Option<usize>,
    /// Where it opens.
    pub from: Option<Place>,
    /// Where → stops until the question is answered.
    pub until: Option<Place>,
    /// How the scenario is varied for this page.
    pub changes: Vec<Change>,
    /// Whether the learner's own settings stay.
    pub carry: bool,
    /// The prose, in a little Markdown.
    pub text: Safe,
    /// The panels, in order of importance; empty for the screen's own choice.
    pub show: Vec<Panel>,
    /// What the progress panel draws, when not f − f*.
    pub plot: Vec<Quantity>,
    /// What → takes here.
    pub grain: Option<Grain>,
    /// What may be changed here; absent: everything.
    pub controls: Option<Vec<String>>,
    /// What appears from this page on.
    pub reveals: Vec<Safe>,
    /// The question.
    pub ask: Option<Ask>,
    /// Hints, one a level.
    pub hints: Vec<Safe>,
    /// What the slide says, and what is true.
    pub why: Vec<Why>,
    /// What is aimed for.
    pub goal: Option<Goal>,
    /// Settings that meet the goal.
    pub proof: Vec<Change>,
    /// What is played as a solution, if not the proof alone.
    pub solution: Option<Solution>,
    /// Whether colour words are allowed in the text, and why.
    pub colour_words: Option<Safe>,
}

impl Page {
    /// Whether the learner may change a setting here; a half of the method stands for its rule and all its settings.
    pub fn allows(&self, path: &str) -> bool {
        let half = path.split('.').next().unwrap_or(path);
        let stands_for = |control: &String| control == path || control == half;
        self.controls.as_ref().is_none_or(|controls| controls.iter().any(stands_for))
    }
}

/// What a slide says, and what is true.
#[derive(Clone)]
pub struct Why {
    /// What the slide says.
    pub slide: Safe,
    /// What is true.
    pub actually: Safe,
    /// A run that shows it.
    pub prove: Option<Prove>,
}

/// A run that shows what is true.
#[derive(Clone)]
pub struct Prove {
    /// The scenario, if another than the page's, as an index.
    pub scenario: Option<usize>,
    /// How it is varied.
    pub changes: Vec<Change>,
    /// Where it stops.
    pub until: Option<Place>,
}

/// A way to meet the goal, to be followed step by step.
#[derive(Clone)]
pub struct Solution {
    /// Settings that meet it; none for those of the proof.
    pub changes: Vec<Change>,
    /// What is asked afterwards: why it works.
    pub ask: Option<Ask>,
}

/// What is aimed for.
#[derive(Clone)]
pub struct Goal {
    /// What must hold of the learner's run.
    pub claim: Claim,
    /// How few evaluations of f a good answer needs, or iterations, where the claim is about no evaluations.
    pub par: Option<u64>,
    /// Whether the run as given may meet it.
    pub met_at_start: bool,
}

impl Goal {
    /// What the way to it is counted in, as one of them.
    pub fn unit(&self) -> &'static str {
        if self.claim.counts_evaluations() { "evaluation of f" } else { "iteration" }
    }
}
