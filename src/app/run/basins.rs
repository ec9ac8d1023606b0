//! The map of basins as a work: from each start of a grid a run, and where it led.

use crate::app::run::work_progress::WorkProgress;
use crate::engine::many::basin::{Destination, StartGrid};
use crate::engine::rule::method::Method;
use crate::engine::run::stop::Limits;
use crate::objective::point::Point;
use crate::objective::subject::Subject;

/// What is asked: which starts, and what runs from them. An answer to the same question need not be sought again.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is descended.
    pub subject: Subject,
    /// The starts, and the minima that may be reached.
    pub search: StartGrid,
    /// What runs from each start.
    pub method: Method,
    /// How long.
    pub limits: Limits,
}

/// Where each start leads, row by row from the lower left.
#[derive(Debug, Clone, PartialEq)]
pub struct BasinMap {
    /// What was asked.
    pub question: Question,
    /// The answer, one for each start.
    pub goals: Vec<Destination>,
    /// The minima that have a letter: those that are known, or else those that were found.
    pub minima: Vec<Point>,
}

/// A map of basins that is being made.
#[derive(Clone)]
pub struct Basins {
    question: Question,
    goals: Vec<Destination>,
    found: Vec<Option<Point>>,
}

/// How many iterations a slice makes at most, all its runs together, unless a single run is longer.
const SLICE: u64 = 8000;

impl Basins {
    /// Asks a question.
    pub fn new(question: Question) -> Self {
        Self { question, goals: Vec::new(), found: Vec::new() }
    }

    /// Follows the next few starts; whether there are more.
    pub fn slice(&mut self) -> bool {
        let Question { subject, search, method, limits } = &self.question;
        let few = usize::try_from(SLICE / limits.iterations.max(1)).unwrap_or(1).max(1);
        let first = self.goals.len();
        let few = few.min(search.count() - first);
        let some = search.some_basins(first..first + few, subject.objective(), method, limits);
        for (goal, found) in some {
            self.goals.push(goal);
            self.found.push(found);
        }
        self.goals.len() < self.question.search.count()
    }

    /// How far it is.
    pub fn progress(&self) -> WorkProgress {
        let (done, total) = (self.goals.len(), self.question.search.count());
        WorkProgress { what: "The map of basins", words: format!("start {done} of {total}"), done, total: Some(total) }
    }

    /// The map, once all starts were followed.
    pub fn map(self) -> BasinMap {
        let Self { question, mut goals, found, .. } = self;
        let mut minima = question.search.minima.clone();
        if let Some((gathered, indices)) = question.search.gathered(&found).filter(|_| minima.is_empty()) {
            minima = gathered;
            for (goal, index) in goals.iter_mut().zip(indices) {
                *goal = index.map_or(*goal, Destination::Minimum);
            }
        }
        BasinMap { question, goals, minima }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::step_size::schedule::fixed::Fixed;
    use crate::objective::catalog::named;

    #[test]
    fn slices_make_the_same_map_as_one_go() {
        let himmelblau = named("himmelblau").unwrap();
        let search = StartGrid {
            counts: [13, 7],
            window: [himmelblau.window[0], himmelblau.window[1]],
            minima: himmelblau.minima.iter().map(|minimum| Point::from_column_slice(minimum)).collect(),
            tolerance: 1e-3,
            others: Vec::new(),
        };
        let method = Method {
            direction: DirectionRule::SteepestDescent(SteepestDescent::default()),
            step_size: StepSizeRule::Fixed(Fixed { alpha: 0.01 }),
        };
        let limits = Limits { iterations: 500, ..Limits::default() };
        let subject = Subject::from(himmelblau.objective().unwrap());
        let whole = search.basins(subject.objective(), &method, &limits, &|_| true).unwrap();
        let mut basins = Basins::new(Question { subject, search, method, limits });
        let mut slices = 1;
        while basins.slice() {
            assert!(basins.progress().done < 13 * 7);
            slices += 1;
        }
        assert!(slices > 2, "{slices}");
        assert_eq!(basins.map().goals, whole);
    }
}
